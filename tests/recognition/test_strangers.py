"""Whom stories call a defence minister and the register does not know."""

from dataclasses import replace

import pytest

from bot.model.office import Newcomer
from bot.recognition.strangers import Stranger, newcomers
from tests.recognition.reading import recogniser, story

YZ = Stranger("FR", "Xaver Yz")


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Der französische Verteidigungsminister Xaver Yz sprach mit Boris Pistorius.", [YZ]),
        ("de", "Frankreichs Verteidigungsminister Xaver von Yz, ein Arzt, sprach.", [Stranger("FR", "Xaver von Yz")]),
        ("de", "US-Verteidigungsminister Quirin Zander Montag in Berlin.", [Stranger("US", "Quirin Zander")]),
        ("en", "The Minister of Defence of Norway Olav Nordby met Boris Pistorius.", [Stranger("NO", "Olav Nordby")]),
        ("en", "Israeli Defence Minister Yair Lapid met Boris Pistorius.", [Stranger("IL", "Yair Lapid")]),
        ("fr", "Le ministre de la Défense allemand Karl Huber est à Paris.", [Stranger("DE", "Karl Huber")]),
        ("ru", "Министр обороны Франции Ксавье Изар провёл переговоры.", [Stranger("FR", "Ксавье Изар")]),
        ("de", "Verteidigungsminister Xaver Yz sprach mit Boris Pistorius.", []),
        ("de", "Der frühere französische Verteidigungsminister Xaver Yz sprach.", []),
        ("en", "France's deputy defence minister Xaver Yz spoke.", []),
        ("en", "French Defence Minister Sebastien Lecornu spoke.", []),
        ("en", "Russian Defence Minister Sergej Shojgoo spoke.", []),
        ("en", "Pakistan's Defence Minister Gen. Hamid Khan spoke.", []),
    ],
)  # fmt: skip
def test_a_stranger_is_named_in_full_beside_the_office_of_a_country(
    language: str, text: str, found: list[Stranger]
) -> None:
    """Neither a deputy, nor a former one, nor a known one however spelt, nor one of no told country."""
    assert list(recogniser().strangers(story(text, language=language))) == found


def test_titles_name_no_strangers() -> None:
    """Where every word has a capital, nobody can tell where a name ends."""
    told = story("Nothing else.", title="French Defence Minister Xaver Yz Meets Press", language="en")
    assert recogniser().strangers(told) == ()


def test_a_new_minister_takes_three_stories_of_two_outlets() -> None:
    """Fewer may be a mistake, or copies of one."""
    told = [replace(story(""), id=str(n), url=f"https://www.{n % 2}.example/{n}") for n in range(4)]
    assert newcomers((one, [YZ]) for one in told[:2]) == ()
    assert newcomers((one, [YZ]) for one in (told[0], told[2], replace(told[0], id="copy"))) == ()
    assert newcomers((one, [YZ, YZ]) for one in told) == (Newcomer("FR", "Xaver Yz", 4, 2),)


def test_spellings_that_sound_alike_are_one_person_of_one_country() -> None:
    """The Latin spelling is shown; a namesake elsewhere is somebody else."""
    told = [replace(story(""), id=str(n), url=f"https://{n}.example/") for n in range(3)]
    sorin = [Stranger("RO", "Сорин Попов"), Stranger("RO", "Sorin Popov"), Stranger("RO", "Sorin Popow")]
    assert newcomers((one, [who]) for one, who in zip(told, sorin, strict=True)) == (
        Newcomer("RO", "Sorin Popov", 3, 3),
    )
    apart = [YZ, YZ, replace(YZ, country="BE")]
    assert newcomers((one, [who]) for one, who in zip(told, apart, strict=True)) == ()
