"""Months of invented news: contacts told again and again in seven languages, homonyms, all the rest."""

import json
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.model.office import Office
from bot.model.story import Story
from bot.register.load import load

START, DAYS = date(2024, 7, 1), 120
REGISTER = load()
TABLES = ("US RU", "US UA", "DE FR", "US CN", "GB UA", "DE UA", "FR PL", "US JP", "DE US")
OUTLETS = ("nordblatt", "morgenpost", "courier", "gazette", "vestnik", "kurier", "lejournal", "eldiario")

# What an outlet writes of a call, of a meeting and of a plan, and the word for each.
_TOLD = {
    "de": (
        "Verteidigungsminister {a} hat am {day} mit seinem Amtskollegen {b} telefoniert. {more}",
        "Verteidigungsminister {a} hat am {day} seinen Amtskollegen {b} getroffen. {more}",
        "Verteidigungsminister {a} will am {day} seinen Amtskollegen {b} treffen. {more}",
    ),
    "en": (
        "Defense Minister {a} spoke by phone with his counterpart {b} on {day}. {more}",
        "Defense Minister {a} met his counterpart {b} on {day}. {more}",
        "Defense Minister {a} will meet his counterpart {b} on {day}. {more}",
    ),
    "fr": (
        "Le ministre de la Défense {a} s'est entretenu par téléphone avec son homologue {b} le {day}. {more}",
        "Le ministre de la Défense {a} a rencontré son homologue {b} le {day}. {more}",
        "Le ministre de la Défense {a} rencontrera son homologue {b} le {day}. {more}",
    ),
    "es": (
        "El ministro de Defensa {a} habló por teléfono con su homólogo {b} el {day}. {more}",
        "El ministro de Defensa {a} se reunió con su homólogo {b} el {day}. {more}",
        "El ministro de Defensa {a} se reunirá con su homólogo {b} el {day}. {more}",
    ),
    "it": (
        "Il ministro della Difesa {a} ha parlato al telefono con il suo omologo {b} il {day}. {more}",
        "Il ministro della Difesa {a} ha incontrato il suo omologo {b} il {day}. {more}",
        "Il ministro della Difesa {a} incontrerà il suo omologo {b} il {day}. {more}",
    ),
    "nl": (
        "Minister van Defensie {a} heeft op {day} getelefoneerd met zijn ambtgenoot {b}. {more}",
        "Minister van Defensie {a} heeft op {day} zijn ambtgenoot {b} ontmoet. {more}",
        "Minister van Defensie {a} zal op {day} zijn ambtgenoot {b} ontmoeten. {more}",
    ),
    "ru": (
        "Министр обороны {a} {day} провел телефонный разговор с министром обороны {b}. {more}",
        "Министр обороны {a} {day} провел встречу с министром обороны {b}. {more}",
        "Министр обороны {a} {day} проведет встречу с министром обороны {b}. {more}",
    ),
}
_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_DAYS = {"de": "{0}. {1}", "en": "{1} {0}", "es": "{0} de {1}"}
# Words that watches listen for, and what else bears them: a town, a club, a weapon.
_MORE = (
    "Taurus", "Patriot", "Ramstein", "Kiew", "Kyiv", "NATO", "Sarajevo", "Manila", "Odesa", "Pentagon",
    "Telefonat", "hotline", "Manöver", "munition", "Drohnen", "drones",
)  # fmt: skip
_HOMONYMS = (
    "Der Austin Marathon in Texas zieht Tausende an, die Stadt Austin feiert.",
    "Austin FC beat the visitors 3:1 in front of a sold-out stadium in Texas.",
    "Hollywood-Sternchen Pistorius singt in Odesa, ein Telefonat mit dem Veranstalter dauerte zwei Stunden.",
    "Ein Ford Taurus brannte auf der A7 aus, die Polizei ermittelt.",
    "The Patriot is shown again in cinemas; a hotline takes orders.",
    "El Manila, el bar de la esquina, cierra tras treinta años.",
)


@dataclass(frozen=True)
class _Event:
    """A contact that truly took place, or was planned."""

    table: str
    day: date
    kind: int


def stories(count: int, seed: int = 1, telling: float = 0.06) -> list[Story]:
    """Invent so many stories in order of time, this share of them of contacts; equal seeds, equal stories."""
    dice = random.Random(seed)  # noqa: S311 -- for texts
    elsewhere = _elsewhere()
    drawn = list(_told(dice, round(count * telling)))
    while len(drawn) < count:
        language = dice.choice([*elsewhere])
        text = " ".join(dice.choices(elsewhere[language], k=dice.randint(3, 14)))
        if dice.random() < 0.05:
            text = f"{dice.choice(_HOMONYMS)} {text}"
        elif dice.random() < 0.1:
            text = f"{text} {dice.choice(_MORE)}"
        at = datetime.combine(START, datetime.min.time(), UTC) + timedelta(
            minutes=dice.randrange(DAYS * 1440)
        )
        drawn.append(_story(dice, language, at, text))
    in_time = sorted(drawn, key=lambda pair: pair[0])
    return [_numbered(n, *pair) for n, pair in enumerate(in_time)]


_Drawn = tuple[datetime, tuple[str, str, str]]


def _told(dice: random.Random, count: int) -> Iterator[_Drawn]:
    """Draw contacts, each told by some outlets in days to come, in words of their languages."""
    while count > 0:
        table = dice.choice(TABLES).split()
        event = _Event(
            " ".join(table), START + timedelta(days=dice.randrange(DAYS)), dice.choice((0, 0, 0, 1, 1, 2))
        )
        for _ in range(min(count, dice.randint(1, 7))):
            count -= 1
            yield _telling(dice, event)


def _telling(dice: random.Random, event: _Event) -> _Drawn:
    language = dice.choice([*_TOLD])
    a, b = dice.sample(event.table.split(), 2)
    words = " ".join(dice.sample(_MORE, dice.choice((0, 1, 1, 2, 3))))
    told = _TOLD[language][event.kind].format(
        a=_name(a, event.day, language),
        b=_name(b, event.day, language),
        day=_day(event.day, language),
        more=words,
    )
    away = -dice.randint(1, 3) if event.kind == 2 else dice.choice((0, 0, 0, 1, 1, 2, 6))
    at = datetime.combine(event.day + timedelta(days=away), datetime.min.time(), UTC)
    return _story(dice, language, at + timedelta(minutes=dice.randrange(360, 1380)), told)


def _story(dice: random.Random, language: str, at: datetime, text: str) -> _Drawn:
    return at, (dice.choice(OUTLETS), language, text)


def _numbered(number: int, at: datetime, told: tuple[str, str, str]) -> Story:
    source, language, text = told
    return Story(
        id=f"s{number}",
        feed=f"https://{source}.example/feed",
        source=source,
        url=f"https://{source}.example/{number}",
        title=text.partition(". ")[0][:120],
        text=text,
        language=language,
        country=None,
        instant=at,
        day=at.date(),
    )


def _name(country: str, day: date, language: str) -> str:
    holder = REGISTER.holder_on(Office(country), day)
    if holder is None:
        raise LookupError(f"nobody is known to have held the office of {country} on {day}")
    return holder.name_in(language)


def _day(day: date, language: str) -> str:
    month = _MONTHS[language].split()[day.month - 1]
    return _DAYS.get(language, "{0} {1}").format(day.day, month)


def _elsewhere() -> dict[str, list[str]]:
    path = Path(__file__).resolve().parents[1] / "benchmarks" / "elsewhere.toml"
    every: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return every


def written(told: list[Story], path: Path) -> None:
    """Write stories as JSON lines (eval/FORMAT.md)."""
    lines = (
        json.dumps(
            {
                "id": one.id,
                "url": one.url,
                "source": one.source,
                "lang": one.language,
                "published": one.instant.isoformat(),
                "title": one.title,
                "text": one.text,
            },
            ensure_ascii=False,
        )
        for one in told
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
