"""Looks up what an answer needs, and does what an answer says is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import singledispatchmethod

from bot.model.alert import EntryState
from bot.model.archive import Posted
from bot.model.contact import Contact
from bot.model.ruling import Ruling, Switch, Wrong
from bot.pipeline import approve, correct
from bot.pipeline.health import Condition, conditions
from bot.runners.discreet import MUTE
from bot.runners.parley import Parley
from bot.runners.wire import Wire
from bot.talk import answers, corrections, state
from bot.talk.access import Rank
from bot.talk.answer import Answer, Approve, Effect, Mute, Pause, Reject, Resume, Rule, Undo
from bot.talk.buttons import Ask, Correct, LetOut, ShowContact, ShowPost, TakeBack, TurnDown
from bot.talk.links import stands_in
from bot.talk.paper import Paper
from bot.talk.request import Request
from bot.talk.wish import (
    ApproveHeld,
    FindContacts,
    Help,
    LastPosts,
    LinkedPost,
    MuteUntil,
    NumberedPost,
    Refused,
    SendAgain,
    ShowHealth,
    ShowHeld,
    ShowStatus,
    StopSending,
    Unclear,
    Wish,
)

PAUSE = "pause"
MOST_ELDERS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, what its sender is, and the means of answering it."""

    request: Request
    rank: Rank
    paper: Paper

    @property
    def editor(self) -> bool:
        """Whether an editor asks."""
        return self.rank is Rank.EDITOR


class Replies:
    """Answers wishes from the store, each in a method of its own; `started` is when this process began."""

    def __init__(self, wire: Wire, parley: Parley, started: datetime) -> None:
        self._wire = wire
        self._store = wire.store
        self._archive = wire.store.archive
        self._parley = parley
        self._started = started

    def do(self, effect: Effect) -> None:
        """Do what is to be done; a second time changes nothing."""
        now = self._wire.clock.now()
        match effect:
            case Pause() | Resume() | Mute():
                self._turn(effect, now)
            case Rule(ruling):
                correct.rule(ruling, self._wire.desk, self._store, now)
            case Undo(ruling):
                correct.take_back(ruling, self._wire.desk, self._store, now)
            case Approve(alert):
                approve.approve(alert, self._wire.desk, self._store, now)
            case Reject(alert, ruling):
                self._reject(alert, ruling)

    def _turn(self, effect: Pause | Resume | Mute, now: datetime) -> None:
        match effect:
            case Pause(by) if self._store.switch(PAUSE) is None:
                self._store.turn_off(Switch(PAUSE, by, now))
            case Resume():
                self._store.turn_on(PAUSE)
            case Mute(by, until):
                self._store.turn_off(Switch(MUTE, by, now, until))

    def _reject(self, alert: str, ruling: Ruling | None) -> None:
        """Reject first: a ruling would rewrite the post that is never to be made."""
        approve.reject(alert, self._store)
        if ruling is not None:
            correct.rule(ruling, self._wire.desk, self._store, self._wire.clock.now())

    @singledispatchmethod
    def answer(self, wish: Wish, _: Asked) -> Answer:
        """Answer a wish; nothing is changed yet."""
        raise TypeError(f"nothing answers {wish!r}")

    @answer.register
    def _(self, wish: Help, asked: Asked) -> Answer:
        return answers.help_(wish, asked.paper, editor=asked.editor)

    @answer.register
    def _(self, wish: Unclear, asked: Asked) -> Answer:
        return answers.unclear(wish, asked.paper)

    @answer.register
    def _(self, _: Refused, asked: Asked) -> Answer:
        here = self._parley.access.is_ops(asked.request)
        return answers.refused(asked.request.user, asked.paper, here=here)

    @answer.register
    def _(self, wish: LastPosts, asked: Asked) -> Answer:
        return answers.last_posts(self._last(wish.count, asked), asked.paper)

    @answer.register
    def _(self, wish: FindContacts, asked: Asked) -> Answer:
        seen = self._for(asked, self._archive.contacts(wish.search))
        found = [known.told for known in map(self._known, seen) if known]
        return answers.contacts([one for one in found if one.same_as is None], asked.paper)

    @answer.register
    def _(self, wish: NumberedPost, asked: Asked) -> Answer:
        posts = self._last(wish.number, asked)
        return self._why(posts[-1] if 0 < wish.number == len(posts) else None, asked)

    @answer.register
    def _(self, wish: LinkedPost, asked: Asked) -> Answer:
        chat, place = self._parley.chat, wish.place
        posts = self._archive.posts_under(place.message)
        meant = (one for one in posts if stands_in(one.channel or chat, place.channel))
        return self._why(next(meant, None), asked)

    @answer.register
    def _(self, wish: ShowPost, asked: Asked) -> Answer:
        return self._why(self._archive.post(wish.alert), asked)

    @answer.register
    def _(self, wish: ShowContact, asked: Asked) -> Answer:
        found = self._archive.contact(wish.contact)
        seen = self._for(asked, [found] if found else [])
        known = self._known(next(iter(seen), None))
        return answers.why(None, known, asked.paper, editor=asked.editor)

    @answer.register
    def _(self, _: ShowStatus, asked: Asked) -> Answer:
        now, zone = self._wire.clock.now(), asked.paper.zone
        midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
        present = state.State(
            version=self._parley.version,
            running=now - self._started,
            feeds=self._feeds(now),
            day=self._store.history.since(midnight),
            outbox=self._archive.backlog(),
            pause=self._in_force(PAUSE, now),
            mute=self._in_force(MUTE, now),
            force=self._store.force.present(),
        )
        return state.status(present, asked.paper)

    @answer.register
    def _(self, _: ShowHealth, asked: Asked) -> Answer:
        return state.health(self._feeds(self._wire.clock.now()), asked.paper)

    @answer.register
    def _(self, wish: MuteUntil, asked: Asked) -> Answer:
        return state.silenced(wish.until, asked.request.by, asked.paper)

    @answer.register
    def _(self, _: StopSending, asked: Asked) -> Answer:
        return state.stopped(asked.request.by, asked.paper)

    @answer.register
    def _(self, _: SendAgain, asked: Asked) -> Answer:
        return state.going(asked.paper)

    @answer.register
    def _(self, _: ShowHeld, asked: Asked) -> Answer:
        return corrections.held(self._archive.held(), asked.paper)

    @answer.register
    def _(self, wish: ApproveHeld, asked: Asked) -> Answer:
        chosen = [
            one
            for one in self._archive.held()
            if (one.at <= wish.asked_at if wish.number is None else one.number == wish.number)
        ]
        return corrections.approved(chosen, asked.paper)

    @answer.register
    def _(self, wish: LetOut, asked: Asked) -> Answer:
        return corrections.let_out(self._archive.post(wish.alert), asked.paper)

    @answer.register
    def _(self, wish: TurnDown, asked: Asked) -> Answer:
        posted = self._archive.post(wish.alert)
        contact = self._archive.contact(posted.alert.subject) if posted else None
        return corrections.turned_down(posted, contact, asked.request, asked.paper)

    @answer.register
    def _(self, wish: Ask, asked: Asked) -> Answer:
        contact = self._archive.contact(wish.contact)
        if contact is None:
            return answers.plainly(asked.paper.words.say.outdated)
        return corrections.which(wish, contact, self._elders(contact), asked.paper)

    @answer.register
    def _(self, wish: Correct, asked: Asked) -> Answer:
        elder = self._archive.contact(wish.value or "") if wish.wrong is Wrong.DUPLICATE else None
        missing = wish.wrong is Wrong.DUPLICATE and elder is None
        if missing or self._archive.contact(wish.contact) is None:
            return answers.plainly(asked.paper.words.say.outdated)
        return corrections.corrected(wish, elder, asked.request, asked.paper)

    @answer.register
    def _(self, wish: TakeBack, asked: Asked) -> Answer:
        ruling = self._archive.ruling(wish.ruling)
        return corrections.taken_back(ruling, self._wire.clock.now(), asked.paper)

    def _why(self, posted: Posted | None, asked: Asked) -> Answer:
        """Show what a post rests on; to readers only where it was made in a channel that they may know of."""
        if posted is not None and not (asked.editor or self._is_read(posted)):
            posted = None
        known = self._known(self._archive.contact(posted.alert.subject)) if posted else None
        return answers.why(posted, known, asked.paper, editor=asked.editor)

    def _known(self, contact: Contact | None) -> answers.Known | None:
        """Give a contact with the rulings on it that stand."""
        if contact is None:
            return None
        return answers.Known(
            contact, tuple(one for one in self._archive.rulings() if one.contact == contact.id)
        )

    def _last(self, count: int, asked: Asked) -> Sequence[Posted]:
        """Give the latest posts that somebody may see, each contact once.

        Of several channels it is the one in the asker's language; the default one without a name is private.
        """
        home = asked.editor or self._parley.chat.startswith("@")
        limit = 2 * count + 1
        while True:
            posts = self._archive.last_posts(limit, private=asked.editor, home=home)
            chosen: dict[str, Posted] = {}
            for one in posts:
                if one.alert.subject not in chosen or self._is_in_language(one, asked):
                    chosen[one.alert.subject] = one
            if len(chosen) > count or len(posts) < limit:
                return list(chosen.values())[:count]
            limit *= 2

    def _is_in_language(self, posted: Posted, asked: Asked) -> bool:
        channel = self._wire.desk.watchlist.channel(posted.alert.channel)
        return channel.language == asked.paper.press.words.code

    def _is_read(self, posted: Posted) -> bool:
        """Whether a post was made in the default channel or one that has a public name."""
        channel = posted.alert.channel
        return posted.state is EntryState.SENT and (channel == "" or channel.startswith("@"))

    def _for(self, asked: Asked, found: Sequence[Contact]) -> Sequence[Contact]:
        """Give the contacts that somebody may see: readers none before its post is let out."""
        if asked.editor:
            return found
        channels = self._wire.desk.watchlist.all_channels
        posts = self._archive.held() if any(one.approve for one in channels) else ()
        waiting = {one.alert.subject for one in posts}
        return [one for one in found if one.id not in waiting]

    def _elders(self, contact: Contact) -> Sequence[Posted]:
        """Give the latest posts about other contacts, each contact once."""
        posts = self._archive.last_posts(4 * MOST_ELDERS, private=True)
        others = {one.alert.subject: one for one in posts if one.alert.subject != contact.id}
        known = [one for name, one in others.items() if self._archive.contact(name)]
        return known[:MOST_ELDERS]

    def _feeds(self, now: datetime) -> tuple[Condition, ...]:
        feeds = self._wire.feeds.feeds
        return conditions(feeds, self._store.feed_states([feed.url for feed in feeds]), now)

    def _in_force(self, name: str, now: datetime) -> Switch | None:
        switch = self._store.switch(name)
        return switch if switch and (switch.until is None or switch.until > now) else None
