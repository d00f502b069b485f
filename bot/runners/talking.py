"""The talk with people, and the cards that the operators' chat gets of posts.

    listen → request → rank → allowance → wish ─┬─ look up → answer → acknowledge → do → say → done
                                                └─ (nobody, or too often: silence)     → done

What is done is done before it is said, and an update is done last: a kill in
between makes it come again, and nothing that is done twice changes anything
the second time.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.errors import DrahtError
from bot.model.alert import EntryState
from bot.model.archive import Posted
from bot.runners.editing import Editing, EditWish
from bot.runners.parley import Parley
from bot.runners.present import Present
from bot.runners.replies import Asked, Replies
from bot.runners.single import Round
from bot.runners.wire import Wire
from bot.talk import access
from bot.talk.access import Buckets, Rank
from bot.talk.answer import Answer
from bot.talk.conversation import Deaf, Heard
from bot.talk.corrections import card
from bot.talk.paper import Paper
from bot.talk.request import Request, request_of
from bot.talk.who import Directory
from bot.talk.wish import Circumstances, Refused, wish_of

INTRODUCTION = timedelta(minutes=1)
"""How long to wait before the bot's name is asked for again."""
REST = timedelta(seconds=5)
MENDED = timedelta(hours=1)
"""What has not come up for so long is mended: two programs of one token disturb each other every minute,
and hear well in between."""
UNHELD = timedelta(seconds=5)
"""Telegram holds a question until something is said; who says "nothing" at once is left alone so long."""
_UNDERWAY = frozenset({EntryState.DUE, EntryState.SENDING, EntryState.UNKNOWN})

log = logging.getLogger("draht.talk")


class Talking:
    """Hears people one after another, as long as one instance acts."""

    def __init__(self, present: Present, parley: Parley) -> None:
        self._present = present
        self._began = present.wire.clock.now()
        self._means_now = _Means(present.wire, parley, self._began)
        self._editing = Editing(self._began)
        self._buckets = Buckets()
        self._name: str | None = None
        self._told: set[str] = set()
        self._deaf_at = self._began
        self.cards = Cards(present.wire, parley, lambda: self._paper(""))

    def rounds(self) -> tuple[Round, ...]:
        """Give the rounds in which people are talked with."""
        return (Round("talk", self.talk, rest=REST), Round("cards", self.cards.show, rest=REST))

    @property
    def _means(self) -> "_Means":
        """With what somebody is answered: by the configuration in force, though he was long listened for."""
        wire = self._present.wire
        if self._means_now.wire is not wire:
            self._means_now = _Means(wire, wire.parley or self._means_now.parley, self._began)
        return self._means_now

    @property
    def _wire(self) -> Wire:
        return self._means.wire

    @property
    def _parley(self) -> Parley:
        return self._means.parley

    async def talk(self) -> None:
        """Hear and answer what people say next; wait where nothing can be heard."""
        conversation = self._parley.conversation
        if self._name is None:
            first = self._wire.desk.watchlist.language
            languages = sorted(self._means.papers, key=lambda code: code != first)
            self._name = await conversation.introduce(languages)
        asked = self._wire.clock.now()
        heard = await conversation.listen() if self._name else Deaf("", INTRODUCTION.total_seconds())
        if isinstance(heard, Deaf):
            await self._wait(heard)
            return
        if self._wire.clock.now() - self._deaf_at >= MENDED:
            self._told.clear()
        for one in heard:
            await self._hear(one)
            conversation.done(one.number)
        if not heard and self._wire.clock.now() - asked < UNHELD:
            await self._wire.tempo.wait(UNHELD.total_seconds())

    async def _wait(self, deaf: Deaf) -> None:
        """Leave Telegram alone; what a person has to mend is told once until it is mended."""
        self._deaf_at = self._wire.clock.now()
        if deaf.reason and deaf.reason not in self._told:
            self._told.add(deaf.reason)
            if deaf.told:
                await self._wire.messenger.tell_operator(f"{deaf.reason}.")
            else:
                log.info("%s", deaf.reason)
        await self._wire.tempo.wait(deaf.rest)

    async def _hear(self, heard: Heard) -> None:
        """Answer one update; a fault of ours must not make it come again for ever, one of the store's may."""
        request = request_of(heard.incoming, self._name or "") if heard.incoming else None
        rank = self._parley.access.rank(request) if request else Rank.NOBODY
        if request is None or rank is Rank.NOBODY or not self._may(request, rank):
            return
        try:
            await self._answer(request, rank)
        except DrahtError:
            raise
        except Exception:
            log.exception("a request could not be answered")

    def _may(self, request: Request, rank: Rank) -> bool:
        now = self._wire.clock.now()
        self._buckets, free = access.taken(self._buckets, request.user, rank, now)
        return free

    async def _answer(self, request: Request, rank: Rank) -> None:
        conversation, paper = self._parley.conversation, self._paper(request.language)
        today = self._wire.clock.now().astimezone(paper.zone).date()
        wish = wish_of(request, Circumstances(rank, self._means.directory, today))
        if request.query:
            refused = isinstance(wish, Refused)
            await conversation.acknowledge(request.query, paper.words.say.refused if refused else None)
            if refused:
                return
        asked, replies = Asked(request, rank, paper), self._means.replies
        if isinstance(wish, EditWish):
            with self._present.taken() as wire:  # a page may be read with it for seconds
                answer = await self._editing.answer(wish, asked, wire)
        else:
            answer = replies.answer(wish, asked)
        for effect in answer.effects:
            replies.do(effect)
        await self._say(request, answer)

    async def _say(self, request: Request, answer: Answer) -> None:
        chat = str(request.chat)
        if answer.replaces and request.query and request.message is not None:
            await self._parley.conversation.change(chat, request.message, answer)
        else:
            await self._parley.conversation.say(chat, answer)

    def _paper(self, language: str) -> Paper:
        """Give the means of answering in somebody's language, else in that of the watch-list."""
        papers = self._means.papers
        fallback = papers.get(self._wire.desk.watchlist.language)
        return papers.get(language) or fallback or next(iter(papers.values()))


class _Means:
    """With what people are answered as long as one configuration is in force."""

    def __init__(self, wire: Wire, parley: Parley, began: datetime) -> None:
        self.wire = wire
        self.parley = parley
        self.papers = parley.papers(wire.desk.watchlist.timezone)
        self.directory = Directory(parley.register)
        self.replies = Replies(wire, parley, began)


class Cards:
    """Shows the operators' chat each post that is made or waits, once and silently, as well as it can."""

    def __init__(self, wire: Wire, parley: Parley, paper: Callable[[], Paper]) -> None:
        self._store = wire.store
        self._parley = parley
        self._paper = paper
        self._newest = 0
        self._open: set[int] = set()
        self._shown: frozenset[int] = frozenset()
        self._remember(wire.clock.now())

    async def show(self) -> None:
        """Show what has been made, or has come to wait, since the last time."""
        chat = self._parley.access.ops_chat
        if chat is None:
            return
        # What waits may be much and for long: each second only what waits no longer is read.
        waiting = self._store.archive.still_held(self._shown) if self._shown else frozenset()
        posts = self._store.archive.posts_after(self._newest, self._open | (self._shown - waiting))
        fresh = [one for one in posts if self._is_news(one)]
        self._keep(posts, waiting)
        for one in fresh:
            contact = self._store.archive.contact(one.alert.subject)
            answer = card(one, contact.id if contact else None, self._paper())
            await self._parley.conversation.say(chat, answer, silent=True)

    def _is_news(self, one: Posted) -> bool:
        if one.state is EntryState.HELD:
            return one.number not in self._shown
        return one.state is EntryState.SENT

    def _keep(self, posts: Sequence[Posted], waiting: frozenset[int]) -> None:
        """Note what may still change, before anything is shown: a fault in between repeats nothing."""
        self._newest = max([self._newest, *(one.number for one in posts)])
        self._open = {one.number for one in posts if one.state in _UNDERWAY}
        self._shown = waiting | {one.number for one in posts if one.state is EntryState.HELD}

    def _remember(self, now: datetime) -> None:
        """Begin with what is not made yet; what was made before this process is past."""
        self._newest = self._store.archive.newest_entry()
        due = self._store.outbox_due(now + timedelta(days=3650))
        self._open = {entry.number for entry in due} | {one.number for one in self._store.archive.held()}
