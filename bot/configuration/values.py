"""The kinds of values that the files share, each read with its own sentence."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, PlainValidator

from bot.configuration import shapes
from bot.configuration.codes import countries, languages, likely_country, likely_language
from bot.configuration.quote import meant, quoted
from bot.configuration.strict import misread, refuse
from bot.languages.post import codes
from bot.text.fold import fold

_DURATION = re.compile(r"([0-9]{1,9})\s*([a-z]*)", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
_LONGEST = timedelta(days=36500)
_LINE_BREAKS = re.compile(r"\s+")
_CHAT_NAME = re.compile(r"@[A-Za-z][A-Za-z0-9_]{0,31}")
_CHANNEL = re.compile(
    r"(@[A-Za-z][A-Za-z0-9_]{0,31}|-?[0-9]{1,16})(/[1-9][0-9]{0,9})?"  # a chat, or a topic of it
    r"|[A-Za-z][A-Za-z0-9_-]{0,31}"  # an entry of `channels`
)
_INVISIBLE = {"Cc", "Cs", "Cn"}


def text_of(value: object, what: str) -> str:
    """Give a value that must be text."""
    if isinstance(value, str):
        return value
    if value is None:
        refuse(f"{what} is empty", "write one, or remove the line")
    if isinstance(value, (list, dict)):
        refuse(f"{what} must be one text, not a list or mapping", "remove the brackets or the dash")
    return refuse(*misread(value, str(value).lower()))


def read_duration(value: object) -> timedelta:
    """Read "90s", "10m", "2h", "3d": at least a second, at most a hundred years."""
    found = _DURATION.fullmatch(str(value).strip()) if isinstance(value, (str, int)) else None
    if found is None or isinstance(value, bool):
        refuse(f"{quoted(str(value))} is not a duration", "write a number and s, m, h or d, e.g. 10m")
    number, unit = int(found[1]), found[2]
    step = _UNITS.get(unit[:1].lower() if unit.lower().startswith(("sec", "min", "hour", "day")) else unit)
    if step is None or len(unit) > 1:
        hint = f'did you mean "{number}{unit[0].lower()}"?' if step else "units are s, m, h and d, e.g. 10m"
        refuse(f"{quoted(str(value))} is not a duration", hint)
    if not timedelta(seconds=1) <= number * step <= _LONGEST:
        refuse(f"{quoted(str(value))} must be between 1s and 36500d", "e.g. 10m or 3d")
    return number * step


def write_duration(length: timedelta) -> str:
    """Write a length of whole seconds as `read_duration` reads it, in its largest even unit."""
    unit, step = next((unit, step) for unit, step in reversed(_UNITS.items()) if not length % step)
    return f"{length // step}{unit}"


def read_phrase(value: str) -> str:
    """Read one line of text, its blanks made single."""
    phrase = _LINE_BREAKS.sub(" ", value).strip()
    if not phrase:
        refuse("this text is empty", "write a word or remove the entry")
    if any(unicodedata.category(character) in _INVISIBLE for character in phrase):
        refuse(f"{quoted(phrase)} holds a character that cannot be shown", "remove it")
    return phrase


def read_word(value: str) -> str:
    """Read a phrase that can be found in a story."""
    phrase = read_phrase(value)
    if not any(character.isalnum() for character in fold(phrase)):
        refuse(f"{quoted(phrase)} has no letter or digit and would never be found", "remove it")
    return phrase


def read_language(value: object) -> str:
    """Read an ISO 639-1 code."""
    text = text_of(value, "a language")
    if text.lower() in languages():
        return text.lower()
    return refuse(
        f"{quoted(text)} is not an ISO 639-1 language code", _code_hint(likely_language(text), "de")
    )


def read_country(value: object) -> str:
    """Read an ISO 3166-1 code."""
    text = text_of(value, "a country")
    if text.upper() in countries():
        return text.upper()
    return refuse(f"{quoted(text)} is not an ISO 3166 country code", _code_hint(likely_country(text), "DE"))


def _code_hint(option: str | None, example: str) -> str:
    return f'did you mean "{option}"?' if option else f"two letters, e.g. {example}"


def read_timezone(value: object) -> str:
    """Read the name of a time zone, e.g. "Europe/Berlin"."""
    text = text_of(value, "a time zone")
    try:
        return ZoneInfo(text).key
    except (KeyError, ValueError, OSError):
        zones = available_timezones()
        by_city = {zone.rpartition("/")[2]: zone for zone in zones}
        option = by_city.get(text.strip().replace(" ", "_").title())
        hint = f'did you mean "{option}"?' if option else meant(text, zones)
        return refuse(f"{quoted(text)} is not a known time zone", hint or "e.g. Europe/Berlin")


def read_channel(value: object) -> str:
    """Read "@name" or a numeric id, either with "/17" for a topic, or a name that `channels` describes."""
    text = (
        str(value) if isinstance(value, int) and not isinstance(value, bool) else text_of(value, "a channel")
    )
    if is_channel(text):
        return text
    name = "@" + text.rstrip("/").rpartition("/")[2].lstrip("@")
    fits = _CHAT_NAME.fullmatch(name)
    hint = f"did you mean '{name}'?" if fits else 'write "@name" or a numeric id such as -1001234567890'
    return refuse(f"{quoted(text)} is not a channel", hint)


def read_post_language(value: object) -> str:
    """Read a language that posts can be written in."""
    return one_of(value, "a language of posts", codes())


def one_of(value: object, what: str, known: tuple[str, ...]) -> str:
    """Read one of a few known words."""
    text = text_of(value, what)
    if text not in known:
        refuse(f"{quoted(text)} is not {what}", meant(text, known) or f"known are: {', '.join(known)}")
    return text


def is_channel(text: str) -> bool:
    """Whether a word can name a channel."""
    return bool(_CHANNEL.fullmatch(text))


def read_date(value: object) -> date | None:
    """Read a day as YYYY-MM-DD; null is an open end."""
    if value is None:
        return None
    # A year alone is a number in YAML; quotes would not make it a day.
    text = str(value) if type(value) in {int, float} else text_of(value, "a day")
    try:
        # fromisoformat knows week dates too, which nobody means.
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        return refuse(f"{quoted(text)} is not a day", "write YYYY-MM-DD, e.g. 2026-01-31")


Duration = Annotated[timedelta, PlainValidator(read_duration), shapes.DURATION]
Language = Annotated[str, PlainValidator(read_language), shapes.Codes(languages, ("de", "en", "ru"))]
CountryCode = Annotated[str, PlainValidator(read_country), shapes.Codes(countries, ("DE", "US"))]
TimeZone = Annotated[str, PlainValidator(read_timezone), shapes.TIMEZONE]
ChannelName = Annotated[str, PlainValidator(read_channel), shapes.CHANNEL]
PostLanguage = Annotated[str, PlainValidator(read_post_language), shapes.Words(codes)]
Day = Annotated[date | None, PlainValidator(read_date), shapes.DAY]
Phrase = Annotated[str, AfterValidator(read_phrase), shapes.PHRASE]
Word = Annotated[str, AfterValidator(read_word), shapes.WORD]
