"""What becomes of the demo's day: these contacts, these posts, and silence about everything else."""

import re
from datetime import date
from itertools import chain

import pytest

from bot.demo import telling
from bot.demo.play import Asked, Delivered
from bot.model.claim import Medium, Verdict
from bot.telegram.plain import plain
from tests.demo.stage import Played
from tests.servers.telegram_html import assert_valid_post

CONTACTS = [
    (("FR", "GB"), Medium.PHONE, "Healey und Lecornu telefonieren", "am 19. August 2024"),
    (("DE", "UA"), Medium.VIDEO, "Pistorius und Umjerow sprechen per Video", "am 20. August 2024"),
    (("LT", "PL"), Medium.MEETING, "Kasčiūnas und Kosiniak-Kamysz treffen sich", "am 20. August 2024"),
    (("RU", "US"), Medium.PHONE, "Austin und Beloussow telefonieren", "am 20. August 2024"),
]
SILENT = {
    "Pistorius will Lecornu in Paris treffen": Verdict.PLANNED,
    "Peking lehnt Gespräch mit Austin ab": Verdict.DENIED,
    "Ankara denies call with Greek minister": Verdict.DENIED,
    "Helmstreit: Pistorius verteidigt sich": Verdict.BACKGROUND,
    "German minister attacked over helmets": Verdict.BACKGROUND,
    "Austin swelters through a record night": Verdict.NONE,
    "Scholz telefoniert mit Erdogan": Verdict.NONE,
    "Starmer and Macron to meet every month": Verdict.NONE,
    "Baerbock trifft Sikorski in Danzig": Verdict.NONE,
    "Austin thanks troops at Fort Campbell": Verdict.NONE,
    "Marles inspects new patrol boats": Verdict.NONE,
    "Der Verteidigungsminister der Deiche geht": Verdict.NONE,
}


def test_the_day_has_four_contacts_and_each_makes_one_post(whole: Played) -> None:
    """A call without a day, a video call, a meeting and the call of the day ring once each."""
    rung = {
        (decision.countries, claim.medium)
        for event in whole.rung
        for decision in event.decisions
        for claim in event.recognition.claims
    }
    assert rung == {(countries, medium) for countries, medium, _, _ in CONTACTS}
    assert len(whole.channel.bodies) == len(CONTACTS)


def test_the_posts_say_who_how_and_when(whole: Played) -> None:
    """At the end of the day each post has its head and its day, whatever the outlets wrote."""
    last = [plain(body).splitlines() for body in whole.last_words]
    assert [lines[0].removeprefix("🔴 ") for lines in last] == [head for _, _, head, _ in CONTACTS]
    assert [day in lines[1] for lines, (_, _, _, day) in zip(last, CONTACTS, strict=True)] == [True] * 4


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_post_is_valid_in_telegrams_parser(language: str, whole: Played, read: Played) -> None:
    """Each post and each edit would stand in a channel as it is."""
    played = whole if language == "de" else read
    for body in chain(*played.channel.bodies.values(), played.channel.replies):
        assert_valid_post(body)


def test_the_other_sides_version_stands_beside_the_first(whole: Played) -> None:
    """Each side says that the other called; the post shows both, and who says so."""
    call = plain(whole.last_words[3])
    assert "Initiative: Russland (laut Pentagon) · USA (laut Moskau)" in call


def test_a_wrong_day_is_shown_as_its_outlets_own(whole: Played) -> None:
    """One outlet dates the call a day early; the post says which one."""
    assert "Tag: 20. August 2024 (The Harbour Post: 19. August)" in plain(whole.last_words[3])


def test_a_late_story_fills_in_the_day(whole: Played) -> None:
    """The first post told of no day; a story of the evening does, and edits it."""
    first = plain(whole.channel.bodies[1][0])
    late = whole.story("London und Paris bauen eine Rakete")
    assert "der Tag des Telefonats ist nicht genannt" in first
    assert [(decision.edited, decision.day) for decision in late.decisions] == [(True, date(2024, 8, 19))]


def test_an_old_contact_is_remembered_and_does_not_ring(whole: Played) -> None:
    """What was older than `max_age` makes no post, and stands in the next one as the contact before."""
    old = whole.story("Pistorius telefoniert mit Umjerow")
    assert [decision.held_back for decision in old.decisions] == ["older than max_age"]
    assert "Zuvor: 14. August 2024, Telefonat (6 Tage davor)" in plain(whole.last_words[1])


@pytest.mark.parametrize(("title", "verdict"), SILENT.items(), ids=SILENT.keys())
def test_what_is_no_contact_changes_nothing(title: str, verdict: Verdict, whole: Played) -> None:
    """Plans, refusals, memories, other offices, homonyms and visits to troops neither ring nor edit."""
    event = whole.story(title)
    assert event.matches, "a keyword bot would have rung"
    assert event.recognition.verdict is verdict, event.recognition.reasons
    assert not any(decision.posted or decision.edited for decision in event.decisions)


def test_the_german_and_english_half_makes_four_posts_two_replies_and_six_edits(read: Played) -> None:
    """Further reports of a round are one edit; one that adds nothing is none."""
    assert read.channel.said == [
        *("post 1", "post 2", "reply 2", "edit 2", "post 4", "edit 4", "edit 2"),
        *("post 5", "reply 5", "edit 5", "edit 5", "edit 1"),
    ]


def test_what_settles_or_is_disputed_is_answered(whole: Played) -> None:
    """The second side's confirmation, and each saying that the other called: one reply a post."""
    assert [plain(body) for body in whole.channel.replies] == [
        "🟡 Pistorius und Umjerow: von beiden Seiten bestätigt\nBerlin · Kiew",
        (
            "🟡 Austin und Beloussow: Initiative umstritten\nRussland (laut Pentagon) · USA (laut Moskau)\n"
            "🟡 Austin und Beloussow: von beiden Seiten bestätigt\nPentagon · Moskau"
        ),
    ]


def test_stories_in_other_languages_do_no_harm(whole: Played, read: Played) -> None:
    """With or without them the same contacts ring."""
    rung = [sorted(d.countries for event in one.rung for d in event.decisions) for one in (whole, read)]
    assert rung[0] == rung[1]


def test_a_mended_feed_loses_nothing(whole: Played) -> None:
    """The feed that was broken all morning is read when it works again, with the story of that time."""
    asked = [(event.feed.name, event.failed is None) for event in whole.events if isinstance(event, Asked)]
    assert asked == [("Leuchtturmbote", False), ("Old Mill Observer", False), ("Leuchtturmbote", True)]
    assert whole.story("Deutschland sagt Kiew Flugabwehr zu").story.source == "Leuchtturmbote"


def test_every_story_is_heard_once(whole: Played) -> None:
    """Every article of the day arrives, by its outlet's name, exactly once."""
    names = {outlet.key: outlet.name for outlet in whole.day.outlets}
    told = sorted((event.story.source, event.story.title) for event in whole.heard)
    assert told == sorted((names[article.outlet], article.title) for article in whole.day.articles)


def test_the_closing_words_count_what_happened(whole: Played) -> None:
    """The numbers at the end are those of the run, and each story that did not ring has its reason."""
    delivered = [event for event in whole.events if isinstance(event, Delivered)]
    posts, edits = sum(e.posted for e in delivered), sum(e.edited for e in delivered)
    closing = [line.text for line in telling.closing(whole.events, whole.day)]
    assert f"{len(whole.day.articles)} stories from 13 feeds, {posts} posts, {edits} edits." in closing
    matching = sum(1 for event in whole.heard if event.matches)
    assert any(f"rung {matching} times" in line for line in closing)
    reasons = [line for line in closing if re.match(r"  \d\d:\d\d  ", line)]
    numbers = [int(found[1]) for line in closing if (found := re.match(r" +(\d+)  [a-z]", line))]
    assert sum(numbers) == matching
    assert len(reasons) == numbers[-1]


def test_no_line_is_wider_than_a_terminal(whole: Played) -> None:
    """Eighty columns hold every line, and no title is cut."""
    lines = whole.paper.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if line.endswith("…")]
