"""An editor's desk: a folder config/ in the working folder, and what Draht says of it."""

from dataclasses import dataclass
from pathlib import Path

from bot.configuration import Configuration, lint, load
from bot.errors import ConfigurationError, Problem
from bot.model.office import Register

FEEDS = "feeds:\n  - url: https://example.org/rss\n"
WATCH_LIST = "keywords: [Beloussow]\n"


@dataclass(frozen=True, slots=True)
class Desk:
    """The folder that the tests write to; a path in problems begins with "config/"."""

    folder: Path
    register: Register

    def write(self, name: str, content: str | bytes) -> None:
        """Save one file."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))

    def load(
        self, *, feeds: str = FEEDS, watch_list: str = WATCH_LIST, holders: str | None = None
    ) -> Configuration:
        """Save three files and read them."""
        self.write("feeds.yaml", feeds)
        self.write("watchlist.yaml", watch_list)
        if holders is not None:
            self.write("holders.yaml", holders)
        return self.read()

    def read(self) -> Configuration:
        """Read what is there."""
        return load(Path(self.folder.name), self.register)

    def problems(self) -> list[str]:
        """Give what Draht says of the files there, errors and warnings alike, one line each."""
        return [str(problem) for problem in self.findings()]

    def findings(self) -> tuple[Problem, ...]:
        """Give all problems of the files there."""
        try:
            found = self.read()
            return (*found.warnings, *lint(found))
        except ConfigurationError as error:
            return error.problems
