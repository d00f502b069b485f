"""config/holders.yaml: what the editor knows better than the shipped register, entry by entry."""

import re
from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, PlainValidator

from bot.configuration.strict import Strict
from bot.configuration.values import CountryCode, Day, Word, read_language
from bot.model.office import Holder, Office

Names = tuple[tuple[str, tuple[str, ...]], ...]

_UNTOLD = ""
_CYRILLIC = re.compile("[\u0400-\u04ff]")


def _by_language(value: object) -> object:
    """Take a bare list as spellings in no told language."""
    return {_UNTOLD: value} if isinstance(value, list) else value


def _read_spelling_language(value: object) -> str:
    return _UNTOLD if value == _UNTOLD else read_language(value)


def _names(told: dict[str, list[str]]) -> Names:
    """Sort spellings by language."""
    names: dict[str, list[str]] = {}
    for language, forms in told.items():
        for form in forms:
            names.setdefault(language or _language_of(form), []).append(form)
    return tuple((language, tuple(forms)) for language, forms in names.items())


def _language_of(form: str) -> str:
    """Tell a bare spelling's language by its script; "und" is ISO 639's word for any."""
    return "ru" if _CYRILLIC.search(form) else "und"


Spellings = Annotated[
    dict[
        Annotated[str, PlainValidator(_read_spelling_language, json_schema_input_type=str)],
        Annotated[list[Word], Field(min_length=1)],
    ],
    Field(min_length=1),
    BeforeValidator(_by_language, json_schema_input_type=dict[str, list[str]] | list[str]),
]


class HolderEntry(Strict):
    """One term of one defence minister."""

    noun = "holder"
    example = '"- country: US"'

    country: CountryCode = Field(description="ISO 3166-1 code of the office.")
    person: Word = Field(description="Usual English spelling, or any that the register knows.")
    start: Day = Field(None, description="First day in office.")
    end: Day = Field(None, description="Last day in office; null for one who holds it.")
    acting: bool = Field(default=False, description="Whether only acting.")
    names: Spellings | None = Field(None, description="Further spellings: a list, or one by language.")

    @property
    def office(self) -> Office:
        """Give the office."""
        return Office(self.country)

    @property
    def tells_only_names(self) -> bool:
        """Whether the entry is about the person, not about one term."""
        return self.model_fields_set <= {"country", "person", "names"}

    def holder(self) -> Holder:
        """Give the entry as a new holder."""
        return Holder(
            self.office,
            self.person,
            self.start,
            self.end,
            names=_names(self.names or {}),
            acting=self.acting,
            incumbent=self.end is None,
        )

    def correct(self, shipped: Holder) -> Holder:
        """Give the shipped holder with what this entry tells; spellings are added in front."""
        told = self.model_fields_set
        end = self.end if "end" in told else shipped.end
        return replace(
            shipped,
            start=self.start if "start" in told else shipped.start,
            end=end,
            incumbent=end is None if "end" in told else shipped.incumbent,
            acting=self.acting if "acting" in told else shipped.acting,
            names=_merge(_names(self.names or {}), shipped.names),
        )


def _merge(told: Names, shipped: Names) -> Names:
    """Put the told spellings before the shipped ones, each once."""
    first, then = dict(told), dict(shipped)
    return tuple(
        (language, tuple(dict.fromkeys((*first.get(language, ()), *then.get(language, ())))))
        for language in dict.fromkeys((*then, *first))
    )


class HoldersFile(Strict):
    """The whole of holders.yaml; its entries are read one by one, so that good ones count beside bad ones."""

    noun = "file"
    example = '"holders:"'
    entries: ClassVar[dict[str, type[Strict]]] = {"holders": HolderEntry}

    holders: list[object] = Field(min_length=1, description="Corrections and additions to the register.")
