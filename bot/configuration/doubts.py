"""What the register may have wrong by now: who left, who came; all of it is told in holders.yaml."""

from collections.abc import Iterable, Iterator

from bot.errors import Problem, Severity
from bot.model.office import Holder, Newcomer, Register


def doubts(register: Register, newcomers: Iterable[Newcomer], file: str) -> Iterator[Problem]:
    """Give one warning for all ministers of whom nobody knows whether they left, and one for each new one.

    `file` is the holders.yaml to correct, as the user would type it.
    """
    if unsure := [h for h in register.holders if h.end is None and not h.incumbent]:
        who = ", ".join(map(_since, unsure))
        yield _doubt(
            file,
            f"the register does not know whether these are still in office: {who}",
            "enter each with its end there, or with end: null",
        )
    for one in newcomers:
        nouns = register.country(one.country).in_language("en").nouns
        yield _doubt(
            file,
            f"a new minister? {one.stories} stories of {one.outlets} outlets in the last 30 days call "
            f"{one.name} the defence minister of {nouns[0] if nouns else one.country}, "
            "and the register has no such name",
            f"if so, enter it there: {{country: {one.country}, person: {one.name}, start: the first day}}",
        )


def _since(holder: Holder) -> str:
    return f"{holder.person} ({holder.office.country})"


def _doubt(file: str, message: str, hint: str) -> Problem:
    return Problem(file, 0, 0, message, hint, Severity.WARNING)
