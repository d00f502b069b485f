"""Many alerts, many faulty calls, crashes at random: nothing lost, nothing twice.

Without an operator's chat the look-ups themselves leave copies in the channel, so fewer faults are drawn.
"""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.model.alert import Alert
from bot.model.message import Message
from bot.model.outcome import Outcome, Sighting
from bot.telegram.messenger import Manner, TelegramMessenger
from tests.delivery.desk import Desk, alert
from tests.fakes.messenger import FakeMessenger
from tests.servers.bot_api import TOKEN, BotApi, FaultKind, random_faults, serving

CHANNELS = ("@one", "@two", "@three")
COUNT = 24
KINDS = [
    FaultKind.FLOOD,
    FaultKind.ERROR_JSON,
    FaultKind.ERROR_HTML,
    FaultKind.RESET,
    FaultKind.LOST,
    FaultKind.KICKED,
] * 4 + [FaultKind.KILL_BEFORE, FaultKind.KILL_DONE]

pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")


class Killed(BaseException):
    """The process is gone in the middle of a call: nothing after it is done."""


@dataclass
class Mortal:
    """A messenger whose process dies when the stand-in kills it."""

    inner: TelegramMessenger
    killed: list[bool] = field(default_factory=list)

    def _living(self) -> None:
        if self.killed:
            raise Killed

    async def post(self, channel: str, message: Message) -> Outcome:
        """Post, unless killed meanwhile."""
        outcome = await self.inner.post(channel, message)
        self._living()
        return outcome

    async def edit(self, channel: str, message_id: int, message: Message) -> Outcome:
        """Edit, unless killed meanwhile."""
        outcome = await self.inner.edit(channel, message_id, message)
        self._living()
        return outcome

    async def look_for(self, channel: str, body: str, above: int | None, upto: int | None) -> Sighting:
        """Look, unless killed meanwhile."""
        sighting = await self.inner.look_for(channel, body, above, upto)
        self._living()
        return sighting

    async def delete(self, channel: str, message_id: int) -> Outcome:
        """Delete, unless killed meanwhile."""
        outcome = await self.inner.delete(channel, message_id)
        self._living()
        return outcome

    async def tell_operator(self, text: str) -> None:
        """Tell, unless killed meanwhile."""
        await self.inner.tell_operator(text)
        self._living()


async def _live(api: BotApi, messenger: TelegramMessenger, desk: Desk) -> bool:
    """Let one process work until it is done (True) or killed (False)."""
    mortal = Mortal(messenger)
    api.kill = lambda: mortal.killed.append(True)
    try:
        report = await Desk(mortal, desk.store, desk.clock, desk.pace).deliver_all()
    except Killed:
        return False
    return report.waiting == 0


async def _lives(api: BotApi, ops: str | None, desk: Desk, changes: list[Alert]) -> int:
    """Start the sender again and again until all is done; say how often. In between the alerts change."""
    first = TelegramMessenger(TOKEN, None, ops, api.url, Manner(2))
    await first.start()
    for life in range(1, 400):
        messenger = TelegramMessenger(TOKEN, None, ops, api.url)
        messenger._opened = first._opened  # a new process, but for its costly connections
        done = await _live(api, messenger, desk)
        if life == 1:
            desk.tell(*changes)
        elif done:
            await first.close()
            return life
    return 0


@pytest.mark.parametrize(
    ("seed", "ops", "share"), [(3, "777", 0.3), (5, "777", 0.3), (3, None, 0.12), (5, None, 0.12)]
)
def test_nothing_is_lost_and_nothing_stands_twice(seed: int, ops: str | None, share: float) -> None:
    """Each channel ends with each of its alerts once, in its newest state, whatever went wrong."""
    alerts = [alert(f"a{n:02}", channel=CHANNELS[n % 3]) for n in range(COUNT)]
    changes = [alert(one.id, f"{one.id} changed", one.channel) for one in alerts[::5]]
    with serving(BotApi(chance=random_faults(seed, share, KINDS))) as api:
        channels = [
            api.world.channel(name, number=-1001 - place, first_id=300 * place + 1)
            for place, name in enumerate(CHANNELS)
        ]
        api.world.private(777)
        desk = Desk(FakeMessenger())
        desk.tell(*alerts)
        lives = asyncio.run(_lives(api, ops, desk, changes))
    assert lives, f"seed {seed}: never came to an end"
    changed = {one.id for one in changes}
    for channel in channels:
        names = [a.id for a in alerts if a.channel == f"@{channel.username}"]
        texts = [f"{name} {'changed' if name in changed else 'spoke'}" for name in names]
        assert sorted(channel.texts()) == texts, f"seed {seed}, {lives} lives"
