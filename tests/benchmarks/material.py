"""What the benchmark reads: stories about something else, and a register ten times as large."""

import random
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.model.office import Holder, Register
from bot.model.story import Story
from tests.recognition.reading import story

_SENTENCES = Path(__file__).with_name("elsewhere.toml")
_WORDS = 300
_ALPHABETS = ("bcdfghjklmnpqrstvwz", "бвгджзклмнпрстфхцчш")


def about_something_else(count: int) -> dict[str, list[Story]]:
    """Make so many stories of 300 words in each language, the same on every run."""
    dice = random.Random(7)  # noqa: S311 - for texts
    sentences: dict[str, list[str]] = tomllib.loads(_SENTENCES.read_text(encoding="utf-8"))
    return {
        code: [story(_text(own, dice), title=dice.choice(own), language=code) for _ in range(count)]
        for code, own in sentences.items()
    }


def _text(sentences: list[str], dice: random.Random) -> str:
    words: list[str] = []
    while len(words) < _WORDS:
        words += " ".join(dice.sample(sentences, len(sentences))).split()
    return " ".join(words[:_WORDS])


def enlarged(register: Register, times: int) -> Register:
    """Give a register of so many times the holders: each office has predecessors that nobody ever met."""
    invented = (_invented(holder, turn) for turn in range(1, times) for holder in register.holders)
    return Register(holders=(*register.holders, *invented), countries=register.countries)


def _invented(holder: Holder, turn: int) -> Holder:
    """Turn the consonants of every spelling on, so that name and cases look like names and are new."""
    turned = str.maketrans({
        letter: other
        for small in _ALPHABETS
        for own, shown in zip(small, small[turn:] + small[:turn], strict=True)
        for letter, other in ((own, shown), (own.upper(), shown.upper()))
    })  # fmt: skip
    return replace(
        holder,
        person=holder.person.translate(turned),
        names=tuple((code, tuple(f.translate(turned) for f in forms)) for code, forms in holder.names),
        start=date(1900 + turn, 1, 1),
        end=date(1900 + turn, 12, 31),
        incumbent=False,
    )
