"""config/holders.yaml: what the editor knows better than the shipped register, entry by entry."""

import re
from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import Field, PlainValidator

from bot.configuration.strict import Strict, refuse
from bot.configuration.values import CountryCode, Day, Phrase, read_language, read_phrase, text_of
from bot.model.office import Holder, Office

Names = tuple[tuple[str, tuple[str, ...]], ...]

_CYRILLIC = re.compile("[\u0400-\u04ff]")


def read_names(value: object) -> Names:
    """Read spellings: a list, or a mapping of a language to a list."""
    if isinstance(value, list):
        forms = _read_forms(value)
        told = [(code, tuple(f for f in forms if _language_of(f) == code)) for code in ("und", "ru")]
        return tuple((code, spellings) for code, spellings in told if spellings)
    if isinstance(value, dict):
        return tuple((read_language(language), _read_forms(forms)) for language, forms in value.items())
    return refuse('"names" must be a list of spellings', "write names: {de: [Hegseth], ru: [Хегсет]}")


def _read_forms(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        refuse("the spellings must be a list", "write names: {de: [Hegseth], ru: [Хегсет]}")
    return tuple(read_phrase(text_of(form, "a spelling")) for form in value)


def _language_of(form: str) -> str:
    """Tell a bare spelling's language by its script; "und" is ISO 639's word for any."""
    return "ru" if _CYRILLIC.search(form) else "und"


class HolderEntry(Strict):
    """One term of one defence minister."""

    noun = "holder"
    example = '"- country: US"'

    country: CountryCode = Field(description="ISO 3166-1 code of the office.")
    person: Phrase = Field(description="Usual English spelling, or any that the register knows.")
    start: Day = Field(None, description="First day in office.")
    end: Day = Field(None, description="Last day in office; null for one who holds it.")
    acting: bool = Field(default=False, description="Whether only acting.")
    names: Annotated[Names, PlainValidator(read_names)] = Field((), description="Spellings by language.")

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
            names=self.names,
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
            names=_merge(self.names, shipped.names),
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
