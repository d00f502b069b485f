"""What a soak told, and whether the channels and the rows show just that."""

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.model.alert import Alert, Reply

FINAL = {"sent", "superseded", "elsewhere"}
MOVED = -500


@dataclass
class Told:
    """Every alert as it was last told, with all its words, and every reply."""

    alerts: dict[str, Alert] = field(default_factory=dict)
    bodies: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    number: int = 0
    changes: int = 0
    replies: int = 0

    def new(self, channel: str, now: datetime) -> Alert:
        """Make an alert; in the topics of the forum two contacts in a row say the same."""
        name = f"a{self.number:05}"
        words = f"twin{self.number // 5:05}" if channel.startswith("@two") else name
        self.number += 1
        self.alerts[name] = Alert(name, f"contact {name}", channel, f"<b>{words}</b> spoke", now)
        self.bodies[name] = [f"{words} spoke"]
        return self.alerts[name]

    def changed(self, name: str, reply: Reply | None) -> Alert:
        """Change an alert."""
        self.changes += 1
        one = replace(self.alerts[name], body=f"<b>{name}</b> spoke, state {self.changes}")
        self.alerts[name] = one
        self.bodies[name].append(f"{name} spoke, state {self.changes}")
        if reply:
            self.replies += 1
            self.said.setdefault(name, []).append(reply.body)
        return one


@dataclass
class Verdict:
    """What is wrong, and what is right."""

    right: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Say it in lines."""
        ended = "FAILED" if self.faults else "0 lost, 0 twice, order kept, every row final"
        return [*self.right, *self.faults[:40], ended]


@dataclass(frozen=True)
class Shown:
    """A message as it stands: its place, its number within, and its words."""

    chat: int
    topic: int | None
    id: int
    text: str
    reply_to: int | None


def judged(told: Told, state: dict[str, Any], database: Path, lost: frozenset[str]) -> Verdict:
    """Compare what stands with what was told; `lost` are alerts of which a message was of unknown end."""
    verdict = Verdict()
    shown = list(_shown(state))
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT alert, kind, state, message_id, body FROM outbox").fetchall()
        posts = dict(
            connection.execute("SELECT alert, message_id FROM outbox WHERE kind = 'post'").fetchall()
        )
    _judge_rows(verdict, rows)
    by_number = {(m.chat, m.id): m for m in shown}
    standing = {name: _post(told.alerts[name], posts[name], by_number) for name in told.alerts}
    _judge_posts(verdict, told, standing, {n for n, _, state_, _, _ in rows if state_ == "elsewhere"})
    _judge_replies(verdict, told, standing, rows, shown)
    _judge_rest(verdict, shown, standing, rows)
    _judge_order(verdict, told, standing, lost)
    verdict.right.append(f"{len(shown)} messages stand, {len(rows)} rows")
    return verdict


def _shown(state: dict[str, Any]) -> Any:
    for chat in state["chats"]:
        for m in chat["messages"].values():
            if not m["deleted"] and chat["kind"] != "private":
                yield Shown(chat["id"], m["topic"], m["id"], m["text"], m["reply_to"])


def _judge_rows(verdict: Verdict, rows: list[Any]) -> None:
    open_ = Counter((kind, state) for _, kind, state, _, _ in rows if state not in FINAL)
    verdict.faults += [f"{n} rows are {kind} {state}" for (kind, state), n in open_.items()]


def _chats(channel: str) -> tuple[int, ...]:
    """Give the chats that a channel was in, the earlier first."""
    return {"@one": (-1001,), "-1001": (-1001,), "-500": (MOVED, -1009)}.get(channel, (-1002,))


def _post(alert: Alert, number: int, shown: dict[tuple[int, int], Shown]) -> list[Shown]:
    """Give the messages under an alert's number, in the chats where it may stand."""
    return [shown[chat, number] for chat in _chats(alert.channel) if (chat, number) in shown]


def _judge_posts(verdict: Verdict, told: Told, standing: dict[str, list[Shown]], elsewhere: set[str]) -> None:
    for name, alert in told.alerts.items():
        texts = told.bodies[name] if name in elsewhere else told.bodies[name][-1:]
        standing[name][:] = [m for m in standing[name] if m.text in texts]
        if len(standing[name]) != 1:
            verdict.faults.append(f"{name} in {alert.channel} stands {len(standing[name])} times")
        topic = int(alert.channel.partition("/")[2] or 0) or None
        verdict.faults += [f"{name} stands in topic {m.topic}" for m in standing[name] if m.topic != topic]


def _judge_replies(
    verdict: Verdict,
    told: Told,
    standing: dict[str, list[Shown]],
    rows: list[Any],
    shown: list[Shown],
) -> None:
    """See that the newest reply stands once, under its post; none is told to posts left in an old chat."""
    lines = Counter(line for m in shown for line in m.text.splitlines() if line.startswith("re "))
    verdict.faults += [f"{line!r} is said {n} times" for line, n in lines.items() if n != 1]
    left = {name for name, _, state, _, _ in rows if state == "elsewhere"}
    for name, said in told.said.items():
        # A reply that waits gives way to the next one, which names all that changed.
        heard = max((place for place, line in enumerate(said) if line in lines), default=-1)
        missing = said[heard + 1 :]
        begun = [line for line in missing if name not in left and not _merged_into_post(line, rows, name)]
        verdict.faults += [f"{line!r} is lost" for line in begun]
    by_text = {m.text: m for m in shown}
    for name, kind, state, number, body in rows:
        if kind == "reply" and state == "sent":
            m = by_text.get(body)
            post = standing[name][0].id if standing[name] else None
            if m is None or m.id != number or (name not in left and m.reply_to != post):
                verdict.faults.append(f"reply {body!r} to {name} stands wrongly: {m}")


def _merged_into_post(line: str, rows: list[Any], name: str) -> bool:
    """Whether a reply had nothing to answer yet: the post itself was first sent with the newer words."""
    return not any(alert == name and kind == "reply" and line in body for alert, kind, _, _, body in rows)


def _judge_rest(
    verdict: Verdict, shown: list[Shown], standing: dict[str, list[Shown]], rows: list[Any]
) -> None:
    """Nothing else stands: no copy, no sign of a look."""
    ours = {id(m) for one in standing.values() for m in one}
    replies = {(number, body) for _, kind, _, number, body in rows if kind == "reply"}
    rest = [m for m in shown if id(m) not in ours and (m.id, m.text) not in replies]
    verdict.faults += [f"a stray message stands: {m}" for m in rest]


def _judge_order(
    verdict: Verdict, told: Told, standing: dict[str, list[Shown]], lost: frozenset[str]
) -> None:
    """First posts stand in the order in which they were told.

    But for those once of unknown end, and twins of them: what is lost holds up nobody.
    """
    words = {told.bodies[name][0] for name in lost if name in told.bodies}
    for channel in sorted({alert.channel for alert in told.alerts.values()}):
        names = [n for n, a in told.alerts.items() if a.channel == channel]
        sure = [n for n in names if n not in lost and told.bodies[n][0] not in words and standing[n]]
        order = {chat: place for place, chat in enumerate(_chats(channel))}
        places = [(order[standing[n][0].chat], standing[n][0].id, n) for n in sure]
        verdict.faults += [f"{b[2]} stands before {a[2]}" for a, b in pairwise(places) if b < a]
        verdict.right.append(f"{channel}: {len(names)} first posts, {len(places)} never lost and in order")
