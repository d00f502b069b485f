"""The ledger in memory answers as SQL does, whatever is played."""

from collections.abc import Iterable
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.contacts.reports import reports_of
from bot.matching.watch import Watcher
from bot.model.claim import Recognition, Verdict
from bot.model.watchlist import WatchList
from bot.pipeline.desk import Desk
from bot.pipeline.memory import MemoryStore
from bot.pipeline.recognise import Heard, Minutes, sit
from bot.pipeline.replay import count_as_sent
from bot.ports import Stage
from bot.register.load import load
from bot.storage import open_store
from tests.contacts.wire import call, july, steady
from tests.pipeline.script import Plainly, Script, story
from tests.pipeline.streams import Scene, scenes, watchlists

REGISTER = load()


def played(told: Iterable[tuple[Heard, datetime]], desk: Desk, stage: Stage) -> list[object]:
    """Play what was heard on a stage; give all that it says of it."""
    said: list[object] = []
    for place, (heard, now) in enumerate(told):
        if place == 0:
            stage.know_watches((watch.key for watch in desk.watchlist.watches), now)
        minutes: Minutes = sit(heard, desk, stage, now)
        count_as_sent(stage, now, place)
        with stage.ledger() as ledger:
            subjects = [*(one.id for one in minutes.contacts), heard.story.id]
            said += [minutes, ledger.alerts(subjects), ledger.told_by(heard.story.id)]
            said += [ledger.contact(name) for name in subjects]
    return said


@given(drawn=scenes(), again=st.lists(st.integers(0, 20), max_size=4), watchlist=watchlists())
@steady
def test_memory_and_sql_say_the_same(drawn: list[Scene], again: list[int], watchlist: WatchList) -> None:
    """Decisions, alerts, reports and contacts after each story are equal, those read again included."""
    desk = Desk(Script(), Watcher(watchlist, REGISTER), watchlist, Plainly())
    # Read again, a story says what another one said, at the end of the stream.
    rereads = [
        (drawn[n % len(drawn)][0], drawn[(n + 1) % len(drawn)][1]) for n in again if n % len(drawn) > 0
    ]
    last = drawn[-1][0].instant
    heard = []
    for place, (one, recognition) in enumerate([*drawn, *rereads]):
        watches = frozenset(match.watch for match in desk.watcher.matches(one))
        now = one.instant if place < len(drawn) else last
        heard.append((Heard(one, recognition, watches, reports_of(one, recognition, watches)), now))
    store = open_store("sqlite://")
    try:
        assert played(heard, desk, MemoryStore()) == played(heard, desk, store)
    finally:
        store.close()


def test_a_dropped_report_is_found_nowhere() -> None:
    """What a story no longer says is gone from the story, the table and the contact."""
    told, recognition = story("a", july(12)), Recognition(Verdict.CONTACT, (call(july(12)),))
    stage, nothing = MemoryStore(), WatchList(())
    desk = Desk(Script(), Watcher(nothing, REGISTER), nothing, Plainly())
    (report,) = reports_of(told, recognition, ())
    sit(Heard(told, recognition, reports=(report,)), desk, stage, told.instant)
    with stage.ledger() as ledger:
        assert ledger.held_before(report.claim.offices, july(13), "") is not None
        ledger.drop([report.id])
        assert ledger.told_by(told.id) == ()
        assert ledger.reports(report.claim.offices, told.day, told.day) == ()
        assert ledger.held_before(report.claim.offices, july(13), "") is None
