from datetime import date
from pathlib import Path

import pytest

from bot.configuration import load
from bot.model.office import Holder, Office, Register
from tests.configuration.desk import Desk

US = Office("US")
EARLIER = Holder(US, "Ann Able", date(2019, 1, 1), date(2020, 1, 1), (("en", ("Ann Able",)),))
AGAIN = Holder(US, "Ann Able", date(2022, 1, 1), date(2023, 1, 1), (("en", ("Ann Able",)),))
NOW = Holder(US, "Ben Brown", date(2024, 1, 1), None, (("de", ("Ben Braun",)),), incumbent=True)
SHIPPED = Register((EARLIER, AGAIN, NOW))


def corrected(desk: Desk, *entries: str) -> tuple[Register, list[str]]:
    """Read holders.yaml with these entries; give the register and the warnings."""
    lines = "".join(f"  - {{{entry}}}\n" for entry in entries)
    desk.write("holders.yaml", f"holders:\n{lines}")
    found = load(Path("config"), SHIPPED)
    return found.register, [problem.message for problem in found.warnings]


def test_without_the_file_the_shipped_register_stands(desk: Desk) -> None:
    """holders.yaml is optional, and one of comments only says nothing."""
    assert load(Path("config"), SHIPPED).register == SHIPPED
    desk.write("holders.yaml", "# nothing yet\n")
    assert load(Path("config"), SHIPPED).register == SHIPPED


def test_a_link_to_nowhere_is_not_left_out(desk: Desk) -> None:
    """Corrections that cannot be read are told, not silently lost."""
    (desk.folder / "holders.yaml").symlink_to("nowhere.yaml")
    (problem,) = desk.problems()
    assert problem.startswith("config/holders.yaml: error: the file is missing")


def test_an_end_makes_a_minister_a_former_one(desk: Desk) -> None:
    """A known person's entry corrects what it tells and keeps the rest."""
    register, warnings = corrected(desk, "country: US, person: Ben Brown, end: 2026-03-01")
    assert register.holders[2].end == date(2026, 3, 1)
    assert not register.holders[2].incumbent
    assert register.holders[2].start == NOW.start
    assert register.holders[2].names == NOW.names
    assert warnings == []


def test_an_end_before_the_known_start_is_refused(desk: Desk) -> None:
    """A wrong year would take a minister out of office for all days, without a word."""
    desk.write("holders.yaml", "holders:\n  - {country: US, person: Pete Hegseth, end: 2024-12-01}\n")
    (problem,) = desk.problems()
    assert problem.startswith(
        "config/holders.yaml:2:46: error: the end 2024-12-01 lies before the start 2025"
    )
    assert problem.endswith("(correct the end, or tell the start too)")


def test_null_puts_a_minister_back_into_office(desk: Desk) -> None:
    """`end: null` says that the term goes on."""
    register, _ = corrected(desk, "country: US, person: Ann Able, start: 2022-01-01, end: null")
    assert register.holders[1].incumbent
    assert register.holders[1].end is None


def test_a_person_is_known_by_any_spelling(desk: Desk) -> None:
    """The register's spelling in another language finds the same person."""
    register, _ = corrected(desk, "country: US, person: ben braun, acting: true")
    assert len(register.holders) == 3
    assert register.holders[2].acting
    assert register.holders[2].person == "Ben Brown"


def test_start_says_which_of_several_terms(desk: Desk) -> None:
    """An entry with the start of one term leaves the other alone."""
    register, _ = corrected(desk, "country: US, person: Ann Able, start: 2019-01-01, end: 2019-06-30")
    assert [holder.end for holder in register.holders[:2]] == [date(2019, 6, 30), date(2023, 1, 1)]


def test_spellings_hold_for_every_term(desk: Desk) -> None:
    """Names are about the person: no start is needed, and they come before the shipped ones."""
    register, _ = corrected(desk, "country: US, person: Ann Able, names: {en: [Anne Able], ru: [Энн Эйбл]}")
    assert {holder.names for holder in register.holders[:2]} == {
        (("en", ("Anne Able", "Ann Able")), ("ru", ("Энн Эйбл",)))
    }


def test_a_bare_list_of_spellings_is_sorted_by_script(desk: Desk) -> None:
    """Cyrillic goes to Russian, so that it is inflected; anything else belongs to no language."""
    register, _ = corrected(desk, "country: US, person: Ben Brown, names: [Браун, Brawn]")
    assert register.holders[2].names == (("de", ("Ben Braun",)), ("ru", ("Браун",)), ("und", ("Brawn",)))
    assert register.holders[2].name_in("de") == "Ben Braun"


def test_somebody_new_is_added(desk: Desk) -> None:
    """An unknown person is a new holder, in office until an end is told."""
    register, warnings = corrected(
        desk,
        "country: US, person: Ben Brown, end: 2026-03-01",
        "country: US, person: Cy Cole, start: 2026-03-01, acting: true, names: {de: [Cy Kohl]}",
    )
    names = (("de", ("Cy Kohl",)),)
    assert register.holders[3] == Holder(
        US, "Cy Cole", date(2026, 3, 1), None, names, acting=True, incumbent=True
    )
    assert register.holder_on(US, date(2026, 5, 1)) == register.holders[3]
    assert warnings == []


def test_who_comes_back_has_a_new_term(desk: Desk) -> None:
    """A start after the known end is another term, not a correction of the old one."""
    one_term = Register((EARLIER,))
    desk.write("holders.yaml", "holders:\n  - {country: US, person: Ann Able, start: 2026-01-01}\n")
    holders = load(Path("config"), one_term).register.holders
    assert [(holder.start, holder.end) for holder in holders] == [
        (date(2019, 1, 1), date(2020, 1, 1)),
        (date(2026, 1, 1), None),
    ]


def test_the_only_term_can_have_its_start_corrected(desk: Desk) -> None:
    """A start within or before the only known term moves its beginning."""
    register, _ = corrected(desk, "country: US, person: Ben Brown, start: 2023-12-24")
    assert register.holders[2].start == date(2023, 12, 24)
    assert len(register.holders) == 3


def test_two_at_one_time_are_a_warning(desk: Desk) -> None:
    """Overlapping terms load, and the editor hears which; a common day of handover is none."""
    _, warnings = corrected(desk, "country: US, person: Cy Cole, start: 2026-03-01")
    assert warnings == ["Cy Cole and Ben Brown hold the office US defence minister at one time"]
    _, warnings = corrected(desk, "country: US, person: Cy Cole, start: 2023-01-01, end: 2024-01-01")
    assert warnings == []


def test_two_entries_at_one_time_are_one_warning(desk: Desk) -> None:
    """A pair is told once, where its later entry stands, and nobody overlaps with himself as he was."""
    _, warnings = corrected(
        desk,
        "country: US, person: Ben Brown, names: [Brawn]",
        "country: US, person: Ben Brown, end: 2025-01-01",
        "country: US, person: Cy Cole, start: 2025-01-01, end: 2026-03-01",
        "country: US, person: Di Dow, start: 2026-02-01",
    )
    assert warnings == ["Di Dow and Cy Cole hold the office US defence minister at one time"]


def test_a_holder_without_a_start_is_one_warning(desk: Desk) -> None:
    """Whoever is told no start, or misspelt, was in office for ever: one sentence for all others."""
    desk.write("holders.yaml", "holders:\n  - {country: US, person: Pete Hegzeth, end: 2026-03-01}\n")
    (problem,) = desk.problems()
    assert "Pete Hegzeth holds the office US defence minister at one time with " in problem
    assert "(tell the start; a known person is written as in the register)" in problem


def test_a_watch_may_name_whom_the_file_adds(desk: Desk) -> None:
    """The watch-list is read against the corrected register."""
    found = desk.load(
        watch_list="watches:\n  - name: w\n    contacts: [Zebulon Quux]\n",
        holders="holders:\n  - {country: LI, person: Zebulon Quux, start: 2026-01-01}\n",
    )
    assert found.watchlist.watches[0].parties[0].person == "Zebulon Quux"


def test_a_bad_entry_does_not_hide_a_good_one(desk: Desk) -> None:
    """A watch on an added person is no second problem when another entry of the file is wrong."""
    desk.write("watchlist.yaml", "watches:\n  - name: w\n    contacts: [Zebulon Quux]\n")
    desk.write("holders.yaml", "holders:\n  - {country: LI, person: Zebulon Quux}\n  - {country: LI}\n")
    assert desk.problems() == [
        'config/holders.yaml:3:5: error: this holder has no "person" (add the line person: …)'
    ]


@pytest.mark.parametrize("day", ["2024", "20240625", "2024-6-25", "2024-W26-2", "25.06.2024"])
def test_a_day_is_written_in_one_way(desk: Desk, day: str) -> None:
    """Other forms of a day, also ISO's rarer ones and a year alone, are refused instead of guessed."""
    desk.write("holders.yaml", f"holders:\n  - {{country: US, person: Cy Cole, start: {day}}}\n")
    (problem,) = desk.problems()
    assert "is not a day (write YYYY-MM-DD, e.g. 2026-01-31)" in problem


def test_a_name_has_a_letter(desk: Desk) -> None:
    """A name of signs would never be found in a story, as with keywords."""
    desk.write("holders.yaml", "holders:\n  - {country: US, person: '--', start: 2026-01-01, names: ['?']}\n")
    assert [problem.partition("error: ")[2] for problem in desk.problems()] == [
        '"--" has no letter or digit and would never be found (remove it)',
        '"?" has no letter or digit and would never be found (remove it)',
    ]
