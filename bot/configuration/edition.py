"""feeds.yaml as it stands and as it would stand: read, changed in its text, saved whole.

    opened(folder) → Edition → with_added | without → Edition → save

Nothing is written that `draht check` would call an error, nor where anything
but the feeds meant would change.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.configuration.feeds import read_feeds
from bot.configuration.lists import UnforeseenLayoutError
from bot.configuration.load import FEEDS, insist_on
from bot.configuration.locate import shipped
from bot.configuration.read import read, read_bytes, shown
from bot.configuration.save import save_over
from bot.configuration.splice import with_feeds, without_feed
from bot.configuration.subscriptions import read_subscriptions
from bot.errors import ConfigurationError, DrahtError, Problem, Severity
from bot.model.feed import FeedList
from bot.model.subscription import Subscription

_BOM = "\ufeff"


class EditError(DrahtError):
    """feeds.yaml was left as it is, since the change would not have been the one meant."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The bytes of a feeds.yaml and what they say; `subscriptions` and `feeds` go side by side.

    `warnings` are the problems that do not keep Draht from working.
    """

    path: Path
    content: bytes
    feeds: FeedList
    subscriptions: tuple[Subscription, ...]
    warnings: tuple[Problem, ...] = ()

    def with_added(self, added: Sequence[Subscription]) -> "Edition":
        """Give the edition with more feeds at the end of the list; raises `EditError`."""
        return self._changed(lambda text: with_feeds(text, added), (*self.subscriptions, *added))

    def without(self, index: int) -> "Edition":
        """Give the edition without one of its feeds; raises `EditError`."""
        left = (*self.subscriptions[:index], *self.subscriptions[index + 1 :])
        return self._changed(lambda text: without_feed(text, index), left)

    def save(self, before: "Edition") -> None:
        """Write it over the edition that it was made from; raises `SaveError`, having changed nothing."""
        save_over(self.path, before.content, self.content)

    def new_warnings(self, before: "Edition") -> tuple[Problem, ...]:
        """Give the warnings that the edition before did not have, whatever their lines."""
        known = {problem.message for problem in before.warnings}
        return tuple(problem for problem in self.warnings if problem.message not in known)

    def _changed(self, change: Callable[[str], str], meant: tuple[Subscription, ...]) -> "Edition":
        text = self.content.decode("utf-8")
        bare = text.removeprefix(_BOM)
        try:
            content = (text[: len(text) - len(bare)] + change(bare)).encode("utf-8")
            edition = edition_of(self.path, content)
        except ConfigurationError as error:
            raise EditError(f"{shown(self.path)} is left as it is: {error.problems[0].message}") from error
        except UnforeseenLayoutError as error:
            raise self._unforeseen() from error
        if edition.subscriptions != meant or edition.feeds.allow_private != self.feeds.allow_private:
            raise self._unforeseen()
        return edition

    def _unforeseen(self) -> EditError:
        sentence = (
            f"{shown(self.path)} is left as it is: it is laid out in a way that only you can edit safely"
        )
        return EditError(f"{sentence}; change it by hand and see with: draht check")


def opened(folder: Path) -> Edition:
    """Read feeds.yaml of a folder; raises `ConfigurationError` with all its problems.

    A file of nothing or comments alone is a list without feeds.
    """
    insist_on(folder)
    path = folder / FEEDS
    try:
        content = path.read_bytes()
    except OSError:
        _, problems = read(path, shipped() / FEEDS)
        raise ConfigurationError(problems) from None
    return edition_of(path, content)


def edition_of(path: Path, content: bytes) -> Edition:
    """Read the bytes of a feeds.yaml; raises `ConfigurationError` with all its problems."""
    document, faults = read_bytes(content, shown(path))
    feeds, problems = read_feeds(document)
    told = (*faults, *problems)
    if any(problem.severity is Severity.ERROR for problem in told):
        raise ConfigurationError(sorted(set(told), key=lambda problem: (problem.line, problem.column)))
    return Edition(path, content, feeds or FeedList(()), read_subscriptions(document), told)
