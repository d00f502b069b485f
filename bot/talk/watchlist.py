"""What is answered about the watch-list and its changes."""

from collections.abc import Iterator, Sequence

from bot.alerts.budget import clip, cost_of
from bot.alerts.markup import Bold, Line
from bot.model.change import Edit, Part
from bot.model.watchlist import Ring, Watch, WatchList
from bot.talk.answer import Answer, Button, line, sheet
from bot.talk.answers import plainly
from bot.talk.buttons import TakeEditBack
from bot.talk.paper import Paper
from bot.talk.planning import Objected, Objection, listed

LONGEST_LINE = 400
LONGEST_NAME = 60
MOST_PROBLEMS = 5
MOST_WATCHES, ROOM = 80, 3_800
"""What a message holds of the watch-list: bold names, UTF-16 units; with room for the lines around."""


def help_(paper: Paper) -> Answer:
    """Say how the watch-list is asked about and changed."""
    return plainly(paper.words.watch.help)


def shown(watchlist: WatchList, revision: str, paper: Paper) -> Answer:
    """Show every watch; `revision` is the one in force, "" where it is not known."""
    words = paper.words.watch
    head = words.list_at.format(revision=revision) if revision else words.list
    told = [tuple(_told(watch, paper)) for watch in watchlist.watches]
    fitting = _fitting(told)
    more = [line(paper.words.facts.more.format(count=len(told) - fitting))] if fitting < len(told) else []
    return Answer(sheet([Line((Bold(head),))], *told[:fitting], more))


def _fitting(told: Sequence[Sequence[Line]]) -> int:
    """Count the watches that a message holds as a whole, each with a bold name."""
    left, fitting = ROOM, 0
    for lines_ in told[:MOST_WATCHES]:
        left -= sum(map(cost_of, lines_)) + len(lines_)
        if left < 0:
            break
        fitting += 1
    return fitting


def _told(watch: Watch, paper: Paper) -> Iterator[Line]:
    words = paper.words.watch
    yield Line((Bold(clip(watch.name, LONGEST_NAME)),))
    if watch.ring is Ring.STORIES:
        yield line(words.stories)
    if not watch.keywords and watch.query is None:
        yield line(_everything(watch, paper))
    every = {
        words.keywords: ", ".join(watch.keywords),
        words.query: str(watch.query or ""),
        words.exclude: ", ".join(watch.exclude),
        words.contacts: ", ".join(listed(watch, Part.CONTACTS)),
        words.channel: ", ".join(name or words.home for name in watch.channels),
    }
    for pattern, told in every.items():
        if told:
            yield line(clip(pattern.format(words=told), LONGEST_LINE))


def _everything(watch: Watch, paper: Paper) -> str:
    words = paper.words.watch
    if watch.ring is Ring.STORIES:
        return words.every_story
    return words.every if watch.parties else words.everyone


def objected(objection: Objected, paper: Paper) -> Answer:
    """Say why nothing can be changed, and what would be understood."""
    pattern = str(getattr(paper.words.watch, objection.why.value))
    names = ", ".join(clip(name, LONGEST_NAME) for name in objection.names)
    name = objection.name or next(iter(objection.names), "")
    told = {"word": clip(objection.word, LONGEST_NAME), "name": clip(name, LONGEST_NAME), "names": names}
    return plainly(pattern.format(**told, verb=objection.verb))


def one_line(paper: Paper) -> Answer:
    """Say that the watch-list has no place for a watch more."""
    return objected(Objected(Objection.ONE_LINE), paper)


def changed(edit: Edit, warnings: Sequence[str], paper: Paper) -> Answer:
    """Say what was changed, and of what `draht check` warns since; a button takes it back."""
    words = paper.words.watch
    undo = ((Button(paper.words.labels.undo, TakeEditBack(edit.id).data),),)
    warned = [line(words.warned), *_few(warnings)] if warnings else []
    return Answer(sheet([line(clip(edit.what, LONGEST_LINE))], [line(words.in_force)], warned), undo)


def faulty(problems: Sequence[str], paper: Paper) -> Answer:
    """Say that `draht check` would refuse it, in its words."""
    return Answer(sheet([line(paper.words.watch.faulty)], _few(problems)))


def unwritten(reason: str, paper: Paper) -> Answer:
    """Say that nothing was written, and why."""
    return plainly(paper.words.watch.unwritten.format(reason=clip(reason, LONGEST_LINE)))


def read_only(paper: Paper) -> Answer:
    """Say that the bot may not write the file, and who can let it."""
    return plainly(paper.words.watch.read_only)


def undone(edit: Edit, paper: Paper) -> Answer:
    """Say what was taken back."""
    return plainly(paper.words.watch.undone.format(what=clip(edit.what, LONGEST_LINE), who=edit.by))


def moved_on(edit: Edit, paper: Paper) -> Answer:
    """Say that the file was changed since, so that nothing is taken back."""
    words = paper.words.watch
    return plainly(words.moved_on.format(what=clip(edit.what, LONGEST_LINE), file=edit.file))


def not_newest(edit: Edit, paper: Paper) -> Answer:
    """Say that a later change stands in the way."""
    return plainly(paper.words.watch.not_newest.format(what=clip(edit.what, LONGEST_LINE)))


def _few(told: Sequence[str]) -> list[Line]:
    return [line(clip(one, LONGEST_LINE)) for one in told[:MOST_PROBLEMS]]
