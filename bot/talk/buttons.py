"""What the buttons under an answer mean, written within Telegram's 64 bytes and read with suspicion.

y:<alert>  e:<contact>                      show the evidence
n:<contact>                                 no contact
d:<contact>  d:<contact>:<elder>            duplicate, of which
w:<contact>  w:<contact>:<slot>[:<value>]   wrong slot, which, what is right ("-": not known)
u:<ruling>                                  undo
a:<alert>  r:<alert>                        approve, reject
k:<edit>                                    take a change of the watch-list back
j:<suggestion>  v:<suggestion>              accept what is suggested, or never hear of it again
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.model.claim import Medium
from bot.model.ruling import Slot, Wrong

MOST_BYTES = 64
UNKNOWN = "-"
_ID = re.compile(r"[0-9a-f]{20}", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ShowPost:
    """Show what the post of an alert rests on."""

    alert: str

    @property
    def data(self) -> str:
        """Give what the button carries."""
        return f"y:{self.alert}"


@dataclass(frozen=True, slots=True)
class ShowContact:
    """Show what a contact rests on."""

    contact: str

    @property
    def data(self) -> str:
        """Give what the button carries."""
        return f"e:{self.contact}"


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask what exactly is wrong with a contact: which elder it repeats, which slot, which value."""

    contact: str
    wrong: Wrong
    slot: Slot | None = None

    @property
    def data(self) -> str:
        """Give what the button carries."""
        kind = "d" if self.wrong is Wrong.DUPLICATE else "w"
        return ":".join((kind, self.contact, *filter(None, [self.slot])))


@dataclass(frozen=True, slots=True)
class Correct:
    """Correct a contact; `value` is None where what is right is not known."""

    contact: str
    wrong: Wrong
    slot: Slot | None = None
    value: str | None = None

    @property
    def data(self) -> str:
        """Give what the button carries."""
        match self.wrong:
            case Wrong.CONTACT:
                return f"n:{self.contact}"
            case Wrong.DUPLICATE:
                return f"d:{self.contact}:{self.value}"
            case Wrong.SLOT:
                return f"w:{self.contact}:{self.slot}:{self.value or UNKNOWN}"


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take a ruling back."""

    ruling: str

    @property
    def data(self) -> str:
        """Give what the button carries."""
        return f"u:{self.ruling}"


@dataclass(frozen=True, slots=True)
class LetOut:
    """Approve the post of an alert."""

    alert: str

    @property
    def data(self) -> str:
        """Give what the button carries."""
        return f"a:{self.alert}"


@dataclass(frozen=True, slots=True)
class TurnDown:
    """Reject the post of an alert."""

    alert: str

    @property
    def data(self) -> str:
        """Give what the button carries."""
        return f"r:{self.alert}"


@dataclass(frozen=True, slots=True)
class TakeEditBack:
    """Take a change of the watch-list back."""

    edit: str

    @property
    def data(self) -> str:
        """Give what the button carries."""
        return f"k:{self.edit}"


@dataclass(frozen=True, slots=True)
class Accept:
    """Do what is suggested."""

    suggestion: str

    @property
    def data(self) -> str:
        """Give what the button carries."""
        return f"j:{self.suggestion}"


@dataclass(frozen=True, slots=True)
class Veto:
    """Never suggest this again."""

    suggestion: str

    @property
    def data(self) -> str:
        """Give what the button carries."""
        return f"v:{self.suggestion}"


EditPressed = TakeEditBack | Accept | Veto
Pressed = EditPressed | ShowPost | ShowContact | Ask | Correct | TakeBack | LetOut | TurnDown

_ONE: dict[str, Callable[[str], Pressed]] = {
    "y": ShowPost,
    "e": ShowContact,
    "n": lambda contact: Correct(contact, Wrong.CONTACT),
    "d": lambda contact: Ask(contact, Wrong.DUPLICATE),
    "w": lambda contact: Ask(contact, Wrong.SLOT),
    "u": TakeBack,
    "a": LetOut,
    "r": TurnDown,
    "k": TakeEditBack,
    "j": Accept,
    "v": Veto,
}


def pressed(written: str) -> Pressed | None:
    """Read what a button means; None of anything that no button of ours says."""
    kind, *words = written[:MOST_BYTES].split(":")
    if kind not in _ONE or not words or not _ID.fullmatch(words[0]):
        return None
    return _ONE[kind](words[0]) if len(words) == 1 else _exactly(kind, words)


def _exactly(kind: str, words: list[str]) -> Pressed | None:
    """Read a button that says more than whose it is."""
    match kind, words:
        case "d", [contact, elder] if _ID.fullmatch(elder) and elder != contact:
            return Correct(contact, Wrong.DUPLICATE, None, elder)
        case "w", [contact, slot] if slot in set(Slot):
            return Ask(contact, Wrong.SLOT, Slot(slot))
        case "w", [contact, slot, value] if slot in set(Slot) and _fits(Slot(slot), value):
            return Correct(contact, Wrong.SLOT, Slot(slot), None if value == UNKNOWN else value)
    return None


def _fits(slot: Slot, value: str) -> bool:
    """Whether a value can stand in a slot."""
    if value == UNKNOWN:
        return True
    match slot:
        case Slot.DAY:
            return _is_day(value)
        case Slot.MEDIUM:
            return value in set(Medium)
        case Slot.INITIATIVE:
            return _COUNTRY.fullmatch(value) is not None
        case _:
            return False


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
