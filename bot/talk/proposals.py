"""What is suggested for the watch-list and the register, with a button for yes and one for no."""

from collections.abc import Iterator, Sequence

from bot.alerts.budget import clip
from bot.alerts.markup import Bold, Line
from bot.model.office import Office
from bot.pipeline.suggestions import NewHolder, Spelling, Suggestion, Word
from bot.talk.answer import Answer, Button, line, rows, sheet
from bot.talk.answers import plainly
from bot.talk.buttons import Accept, Veto
from bot.talk.paper import Paper

MOST = 8
LONGEST_LINE = 300
_TITLES = 2


def suggested(found: Sequence[Suggestion], paper: Paper) -> Answer:
    """Tell the first suggestions with their evidence."""
    words, labels = paper.words.watch, paper.words.labels
    if not found:
        return plainly(words.nothing_missing)
    paragraphs = [list(_lines(number, one, paper)) for number, one in enumerate(found[:MOST], 1)]
    buttons = [
        button
        for number, one in enumerate(found[:MOST], 1)
        for button in (
            Button(f"{number} {labels.accept}", Accept(one.id).data),
            Button(f"{number} {labels.veto}", Veto(one.id).data),
        )
    ]
    return Answer(sheet([Line((Bold(words.missing),))], *paragraphs), rows(buttons, 2))


def name_of(suggestion: Suggestion) -> str:
    """Name the watch that a suggestion is for, "" where it is for none."""
    return suggestion.name if isinstance(suggestion, Word) else ""


def _lines(number: int, one: Suggestion, paper: Paper) -> Iterator[Line]:
    yield line(clip(f"{number}. {_told(one, paper)}", LONGEST_LINE))
    if isinstance(one, Word):
        yield from (line(clip(f"· {title}", LONGEST_LINE)) for title in one.titles[:_TITLES])


def _told(one: Suggestion, paper: Paper) -> str:
    words = paper.words.watch
    match one:
        case Word():
            return words.word.format(word=one.word, name=one.name, found=one.found, missed=one.missed)
        case NewHolder(who, since):
            told = {"person": who.name, "office": Office(who.country), "stories": who.stories}
            return words.holder.format(**told, outlets=who.outlets, day=paper.day(since))
        case Spelling():
            office = Office(one.country)
            told = {"spelling": one.spelling, "person": one.person, "office": office}
            return words.spelling.format(**told, stories=one.stories, outlets=one.outlets)
