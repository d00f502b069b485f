"""config/holders.yaml: what the editor knows better than the shipped register, entry by entry."""

import re
from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, PlainValidator, SkipValidation

from bot.configuration import shapes
from bot.configuration.codes import languages
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


_Forms = Annotated[list[Word], Field(min_length=1)]
_ByLanguage = Annotated[
    dict[Annotated[str, PlainValidator(_read_spelling_language), shapes.Codes(languages, ("ru",))], _Forms],
    Field(min_length=1),
]
Spellings = Annotated[_ByLanguage, BeforeValidator(_by_language, json_schema_input_type=_Forms | _ByLanguage)]


class HolderEntry(Strict):
    """One term of one defence minister."""

    noun = "holder"
    example = '"- country: US"'
    may_be_null = frozenset({"start", "end"})

    country: CountryCode = Field(description="ISO 3166-1 code of the office.")
    person: Word = Field(
        description="Usual English spelling, or any that the register knows.", examples=["Pete Hegseth"]
    )
    start: Day = Field(
        None, description="First day in office; says which term is meant where there are several."
    )
    end: Day = Field(None, description="Last day in office; null for one who holds it.")
    acting: bool = Field(default=False, description="Whether the holder is only acting.")
    names: Spellings | None = Field(
        None,
        description="Further spellings, the best one first: a list, or one list for each language.",
        examples=[["Belusov"], {"ru": ["Андрей Белоусов"]}],
    )

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
    """Who held which office, where the editor knows better than Draht's own register."""

    noun = "file"
    example = '"holders:"'
    entries: ClassVar[dict[str, type[Strict]]] = {"holders": HolderEntry}

    # Read one by one, so that good entries count beside bad ones.
    holders: list[SkipValidation[HolderEntry]] = Field(
        min_length=1, description="Corrections and additions to the register."
    )
