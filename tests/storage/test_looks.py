"""What a look at a feed leaves in the store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.feed import FeedState
from bot.model.fetch import Wishes
from bot.model.harvest import Harvest
from bot.model.story import Story
from bot.storage import SqlStore, open_store
from bot.storage.seen import LatelySeen
from tests.storage.newsday import MINUTE, NOON, recognition_of, story_of

STATE = FeedState(
    url="https://one.example/rss",
    address="https://www.one.example/rss",
    etag='"abc"',
    last_modified="Fri, 12 Jul 2024 10:00:00 GMT",
    digest="00ff",
    first_read_at=NOON,
    checked_at=datetime(2024, 7, 12, 12, 0, 0, 123456, tzinfo=UTC),
    next_check=NOON + timedelta(minutes=10),
    failures=3,
    fault="http status 503",
    told=True,
    wishes=Wishes(timedelta(minutes=30), frozenset({0, 23}), frozenset({5, 6})),
    whole_at=NOON - timedelta(hours=1),
    news_at=NOON - timedelta(hours=2),
    newest=NOON - timedelta(hours=3),
    rhythm=timedelta(hours=4),
    entries=0,
    silence_told=True,
)


def test_a_feed_never_seen_has_a_new_state(store: SqlStore) -> None:
    """Asking for a feed that nobody has looked at gives a state without memory."""
    assert store.feed_states([STATE.url]) == {STATE.url: FeedState(STATE.url)}


def test_a_feed_state_comes_back_as_it_was(store: SqlStore) -> None:
    """Every field of a state survives, the latest state wins."""
    store.save_look(FeedState(STATE.url), [])
    store.save_look(STATE, [])
    assert store.feed_states([STATE.url, "https://two.example"])[STATE.url] == STATE


def test_states_of_looks_without_news_are_kept_together(store: SqlStore) -> None:
    """The same fields, many feeds in one transaction."""
    states = [replace(STATE, url=f"https://{n}.example/rss") for n in range(3)]
    store.save_unchanged(states)
    assert list(store.feed_states([one.url for one in states]).values()) == states


def test_what_a_feed_held_is_known_at_its_next_look(store: SqlStore) -> None:
    """The digests of its items are replaced by each reading and left alone by each look without one."""
    assert store.seen_blocks(STATE.url) == b""
    store.save_look(STATE, [], b"12345678")
    store.save_look(STATE, [])
    assert store.seen_blocks(STATE.url) == b"12345678"
    store.save_look(STATE, [], b"")
    assert store.seen_blocks(STATE.url) == b""


def test_what_was_held_is_known_without_the_store_as_far_as_it_fits(store: SqlStore, url: str) -> None:
    """What was kept lately is told from memory, whatever another program keeps; older is asked for."""
    store.save_look(STATE, [], b"12345678")
    other = open_store(url)
    other.save_look(STATE, [], b"x")
    assert (store.seen_blocks(STATE.url), other.seen_blocks(STATE.url)) == (b"12345678", b"x")
    other.close()
    lately = LatelySeen(most=20)
    for name in ("a", "b", "a", "c"):
        lately.note(name, b"12345678")
    assert [lately.get(name) for name in "abc"] == [b"12345678", None, b"12345678"]


def test_a_host_rests_until_its_last_word(store: SqlStore) -> None:
    """Who says again that he is busy is left alone until then."""
    store.rest_host("busy.example", NOON)
    store.rest_host("busy.example", NOON + MINUTE)
    assert store.resting_hosts() == {"busy.example": NOON + MINUTE}


def test_an_instant_of_another_zone_comes_back_in_utc(store: SqlStore) -> None:
    """Any aware instant is kept exactly, to the microsecond, and given back in UTC."""
    berlin = datetime(2024, 7, 12, 14, 0, 0, 1, tzinfo=timezone(timedelta(hours=2)))
    store.beat("run", berlin)
    found = store.last_beat("run")
    assert found == berlin
    assert found.tzinfo is UTC


def test_stories_come_back_as_they_were(store: SqlStore) -> None:
    """Every field of a story survives, an absent address and language too."""
    bare = replace(story_of("bare"), url=None, language=None, country=None, dated=False, fresh_feed=True)
    store.save_look(STATE, [story_of("one"), bare])
    assert store.unread(10) == (story_of("one"), bare)


def test_only_new_stories_are_counted(store: SqlStore) -> None:
    """What is known by its id and worded as before changes nothing."""
    first = story_of("one")
    assert store.save_look(STATE, [first]) == 1
    assert store.save_look(STATE, [first, story_of("two")]) == 1
    assert store.unread(10) == (first, story_of("two"))


def test_a_story_that_its_feed_rewords_is_read_again(store: SqlStore) -> None:
    """Title or text anew make it unread; when it was published stays as first told."""
    first = story_of("one")
    store.save_look(STATE, [first])
    with store.ledger() as ledger:
        ledger.close_story(first, recognition_of(), [])
    reworded = replace(first, title="Berichtigte Zeile", instant=NOON + MINUTE)
    assert store.save_look(STATE, [reworded]) == 0
    assert store.unread(10) == (replace(first, title="Berichtigte Zeile"),)


def test_a_story_under_an_id_made_up_anew_is_no_new_one(store: SqlStore) -> None:
    """Some feeds draw an id at each build; address and title tell the story."""
    first = story_of("one")
    store.save_look(STATE, [first])
    assert store.save_look(STATE, [replace(first, id="drawn anew")]) == 0
    other = replace(first, id="another", title="Andere Zeile")
    assert store.save_look(STATE, [other]) == 1
    assert store.unread(10) == (first, other)


def test_a_story_worded_anew_while_it_is_read_stays_unread(store: SqlStore) -> None:
    """The verdict on its old words does not close it over the new ones."""
    first = story_of("one")
    store.save_look(STATE, [first])
    mended = replace(first, text="Es gab kein Telefonat.")
    store.save_look(STATE, [mended])
    with store.ledger() as ledger:
        ledger.close_story(first, recognition_of(), [])
    assert store.unread(10) == (mended,)
    with store.ledger() as ledger:
        ledger.close_story(mended, recognition_of(), [])
    assert store.unread(10) == ()


def test_calls_under_one_headline_and_address_are_stories_of_their_own(store: SqlStore) -> None:
    """A ministry heads every call alike and links them to one page: their words and ids tell them apart."""
    first = replace(story_of("one"), title="Readout", text="Austin called Belousov.")
    second = replace(first, id="two", text="Austin called Umerov.")
    assert store.save_look(STATE, [first]) == 1
    assert store.save_look(STATE, [first, second]) == 1
    assert store.unread(10) == (first, second)


def test_another_feeds_words_for_a_known_story_change_nothing(store: SqlStore) -> None:
    """Two feeds that tell one article at different lengths do not take turns."""
    first = story_of("one")
    store.save_look(STATE, [first])
    store.save_look(
        FeedState("https://two.example/rss"), [replace(first, feed="https://two.example/rss", text="Kurz.")]
    )
    assert store.unread(10) == (first,)


def test_a_story_of_two_feeds_is_stored_once(store: SqlStore) -> None:
    """The first feed to bring a story owns it, in one look or in two."""
    twice = replace(story_of("one"), feed="https://two.example/rss")
    assert store.save_look(STATE, [story_of("one"), twice]) == 1
    assert store.save_look(FeedState("https://two.example/rss"), [twice]) == 0
    assert store.unread(10) == (story_of("one"),)


def test_unread_stories_come_by_instant_then_by_arrival(store: SqlStore) -> None:
    """The earliest instant is first; stories of one instant keep their order of arrival."""
    late, early = story_of("late", NOON + MINUTE), story_of("early", NOON - MINUTE)
    tied = [story_of(name) for name in ("z", "a", "m")]
    store.save_look(STATE, [late, *tied])
    store.save_look(STATE, [early])
    assert store.unread(10) == (early, *tied, late)
    assert store.unread(2) == (early, tied[0])


def test_a_story_that_was_read_is_not_unread(store: SqlStore) -> None:
    """Closing a story takes it from the unread ones, a second look does not bring it back."""
    store.save_look(STATE, [story_of("one"), story_of("two")])
    with store.ledger() as ledger:
        ledger.close_story(story_of("one"), recognition_of(), [])
    assert store.save_look(STATE, [story_of("one")]) == 0
    assert store.unread(10) == (story_of("two"),)


def test_letters_that_no_database_takes_keep_their_place(store: SqlStore) -> None:
    """NUL and half a surrogate pair become U+FFFD, one for one, so that spans stay true."""
    store.save_look(STATE, [replace(story_of("one"), text="a\x00b\ud800c 🔴")])
    assert store.unread(1)[0].text == "a\ufffdb\ufffdc 🔴"


def test_a_look_is_kept_whole_or_not_at_all(store: SqlStore) -> None:
    """If one story cannot be stored, neither the others nor the feed's state are."""
    broken = replace(story_of("two"), instant=NOON.replace(tzinfo=None))
    with pytest.raises(Exception, match="without zone"):
        store.save_look(STATE, [story_of("one"), broken])
    assert store.unread(10) == ()
    assert store.feed_states([STATE.url]) == {STATE.url: FeedState(STATE.url)}


def test_thousands_of_feeds_are_asked_for_at_once(store: SqlStore) -> None:
    """No limit on a statement's parameters is met by a long list of feeds."""
    store.save_look(STATE, [])
    urls = [STATE.url, *(f"https://{number}.example/rss" for number in range(40_000))]
    states = store.feed_states(urls)
    assert len(states) == len(urls)
    assert states[STATE.url] == STATE


def test_a_watch_keeps_its_first_day(store: SqlStore) -> None:
    """A watch known before keeps the instant at which it was first in force."""
    store.know_watches(["a"], NOON)
    store.know_watches(["a", "b", "b"], NOON + MINUTE)
    store.know_watches([], NOON + MINUTE)
    with store.ledger() as ledger:
        assert ledger.watches_since(["a", "b", "c"]) == {"a": NOON, "b": NOON + MINUTE}


def test_the_last_heartbeat_is_told(store: SqlStore) -> None:
    """A heartbeat is overwritten by the next; one never heard is None."""
    assert store.last_beat("run") is None
    store.beat("run", NOON)
    store.beat("run", NOON + MINUTE)
    assert store.last_beat("run") == NOON + MINUTE


def test_a_chat_that_moved_is_known_by_its_old_name(store: SqlStore) -> None:
    """The latest move of a channel wins."""
    store.move_chat("@draht", "-100", NOON)
    store.move_chat("@draht", "-200", NOON)
    assert store.chat_moves() == {"@draht": "-200"}


FEEDS = ("https://one.example/rss", "https://two.example/rss", "https://three.example/rss")
TOLD = st.builds(
    lambda name, title, url: replace(story_of(name), title=title, url=url),
    st.sampled_from("abcd"),
    st.sampled_from(["T", "U"]),
    st.sampled_from([None, "https://b.example/1", "https://b.example/2"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(FEEDS), st.lists(TOLD, max_size=4)), max_size=4))
def test_looks_kept_together_leave_what_they_leave_one_by_one(looks: list[dict[str, list[Story]]]) -> None:
    """Counts, words, owners and what is read again, whatever several feeds tell of the same stories."""
    together, singly = open_store("sqlite://"), open_store("sqlite://")
    for look in looks:
        harvests = [
            Harvest(
                FeedState(url),
                tuple(replace(story, feed=url) for story in told),
                b"8" * 8,
                FeedState(url, failures=7),
            )
            for url, told in look.items()
        ]
        counts = together.save_looks(harvests)
        assert list(counts) == [singly.save_looks([harvest])[0] for harvest in harvests]
        assert sorted(map(str, together.unread(99))) == sorted(map(str, singly.unread(99)))
        assert together.feed_states(FEEDS) == singly.feed_states(FEEDS)
        news = {one.state.url: 7 if count else 0 for one, count in zip(harvests, counts, strict=True)}
        assert {url: together.feed_states([url])[url].failures for url in news} == news
        _read(together)
        _read(singly)
    together.close()
    singly.close()


def _read(store: SqlStore) -> None:
    for story in store.unread(99):
        with store.ledger() as ledger:
            ledger.close_story(story, recognition_of(), [])
