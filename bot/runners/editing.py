"""Changes of watchlist.yaml and holders.yaml from the operators' chat.

    wish ─▶ read the file ─▶ plan ─▶ change its text, check it whole
                                       └─▶ row ─▶ file ─▶ answer

The row comes first: after a kill the same message comes again, finds it, and
writes the file where that is still as it was before. What is written the
running instance takes up by its live reload, like an edit by hand.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from bot.configuration.amend import mark_of
from bot.configuration.draft import Draft, DraftError, OneLineListError, file_of, opened, written
from bot.configuration.load import WATCH_LIST
from bot.configuration.save import ReadOnlyError, SaveError, insist_on_own, insist_on_writable
from bot.errors import ConfigurationError, Problem, Severity
from bot.model.change import AddWatch, Edit
from bot.model.story import derived_id
from bot.pipeline.suggestions import Suggestion
from bot.register.load import load as shipped
from bot.runners.evidence import Found, found
from bot.runners.parley import Files
from bot.runners.replies import Asked
from bot.runners.trying import Trying
from bot.runners.wire import Wire
from bot.talk import proposals, watchlist
from bot.talk.answer import Answer
from bot.talk.answers import plainly
from bot.talk.buttons import Accept, EditPressed, TakeEditBack, Veto
from bot.talk.planning import Objected, Plan, plan_for, plan_of
from bot.talk.watching import (
    Put,
    ShowWatches,
    Suggest,
    Take,
    TryPage,
    TryText,
    UndoEdit,
    WatchHelp,
    WatchWish,
)

EditWish = WatchWish | EditPressed

# Draht would neither take the file up nor start with it (`bot.outlets.channels`).
_HOMELESS = (
    "a new watch would have no channel, for DRAHT_TELEGRAM_CHAT is not set: "
    "write it by hand into watchlist.yaml, with a channel"
)

log = structlog.get_logger("draht.watch")


class Editing:
    """Shows, tries and changes the watch-list; one change at a time, whoever asks."""

    def __init__(self, now: datetime) -> None:
        self._trying = Trying(now)

    async def answer(self, wish: EditWish, asked: Asked, wire: Wire) -> Answer:
        """Answer what an editor asks about the watch-list, having done it."""
        parley = wire.parley
        if isinstance(wish, WatchHelp):
            return watchlist.help_(asked.paper)
        if parley is None or parley.files is None:
            return plainly(asked.paper.words.watch.no_folder)
        if isinstance(wish, TryText | TryPage | ShowWatches):
            return await self._shown(wish, asked, wire, parley.files)
        if not parley.access.is_ops(asked.request) and parley.access.ops_chat is not None:
            return plainly(asked.paper.words.watch.only_ops)
        # Beside the event loop: to read and check a long file takes a second.
        return await asyncio.to_thread(_Hand(wire, asked, parley.files).answer, wish)

    async def _shown(
        self, wish: TryText | TryPage | ShowWatches, asked: Asked, wire: Wire, files: Files
    ) -> Answer:
        try:
            draft = await asyncio.to_thread(opened, files.folder, WATCH_LIST, shipped())
        except ConfigurationError as error:
            return watchlist.faulty(_worded(error.problems), asked.paper)
        if isinstance(wish, ShowWatches):
            live = wire.desk.watchlist.revision
            return watchlist.shown(draft.watching.watchlist, live, asked.paper)
        return await self._trying.answer(wish, draft.watching, asked.paper, wire)


@dataclass(frozen=True, slots=True)
class _Hand:
    """What one editor does with the files, one thing."""

    wire: Wire
    asked: Asked
    files: Files

    def answer(self, wish: EditWish) -> Answer:
        """Do it and say so; a file that cannot be read or written is an answer too."""
        paper = self.asked.paper
        try:
            return self._done(wish)
        except ConfigurationError as error:
            return watchlist.faulty(_worded(error.problems), paper)
        except OneLineListError:
            return watchlist.one_line(paper)
        except ReadOnlyError:
            return watchlist.read_only(paper)
        except (SaveError, DraftError) as error:
            return watchlist.unwritten(str(error), paper)

    def _done(self, wish: EditWish) -> Answer:
        match wish:
            case Put() | Take():
                return self._once(lambda: self._plan(wish))
            case UndoEdit(edit) | TakeEditBack(edit):
                return self._undo(edit)
            case Suggest():
                return proposals.suggested(self._suggestions().every, self.asked.paper)
            case Accept(name):
                return self._accept(name)
            case Veto(name):
                self.wire.store.edits.veto(name, self.asked.request.by, self.wire.clock.now())
                return plainly(self.asked.paper.words.watch.vetoed)
        raise TypeError(f"nothing answers {wish!r}")

    def _plan(self, wish: Put | Take) -> Answer:
        draft = self._open(WATCH_LIST)
        plan = plan_of(wish, draft.watching.watchlist)
        if isinstance(plan, Objected):
            return watchlist.objected(plan, self.asked.paper)
        return self._carry_out(plan, draft)

    def _once(self, do: Callable[[], Answer]) -> Answer:
        """Do what a message asks for, unless it was done when the message came before."""
        edit = self.wire.store.edits.edit(self._key)
        if edit is None:
            return do()
        if edit.undone_by is None and self._content(edit.file) == edit.before:
            self._write(edit.file, edit.before, edit.after)
        return watchlist.changed(edit, (), self.asked.paper)

    def _carry_out(self, plan: Plan, draft: Draft) -> Answer:
        """Change the file, if `draht check` has nothing against it."""
        request, now = self.asked.request, self.wire.clock.now()
        zone = ZoneInfo(draft.watching.watchlist.timezone)
        changed = draft.changed(plan.change, mark_of(plan.what, request.by, now.astimezone(zone)))
        if isinstance(plan.change, AddWatch) and not (self.wire.parley and self.wire.parley.chat):
            raise DraftError(_HOMELESS)
        what = f"{plan.name}: {plan.what}"
        edit = Edit(self._key, draft.file, draft.content, changed.content or b"", what, request.by, now)
        self.wire.store.edits.keep(edit)
        try:
            self._write(draft.file, draft.content, changed.content)
        except SaveError:
            self.wire.store.edits.forget(edit.id)
            raise
        log.info("watch-list changed", file=draft.file, what=what, by=request.by)
        warnings = [one for one in changed.new_warnings(draft) if one.severity is Severity.WARNING]
        return watchlist.changed(edit, _worded(tuple(warnings)), self.asked.paper)

    def _undo(self, name: str | None) -> Answer:
        """Take an edit back, where the file still is as it left it."""
        edits, paper = self.wire.store.edits, self.asked.paper
        key = derived_id("undo", self._key)
        if before := edits.undone(key):
            if self._content(before.file) == before.after:
                self._write(before.file, before.after, before.before)
            return watchlist.undone(before, paper)
        edit = edits.edit(name) if name else edits.newest()
        if edit is None:
            words = paper.words
            return plainly(words.say.outdated if name else words.watch.nothing_to_undo)
        if edit.undone_by is not None:
            return plainly(paper.words.watch.undone_already)
        if self._content(edit.file) != edit.after:
            newest = edits.newest()
            later = newest is not None and newest.id != edit.id
            return watchlist.not_newest(edit, paper) if later else watchlist.moved_on(edit, paper)
        return self._take_back(edit, key)

    def _take_back(self, edit: Edit, key: str) -> Answer:
        edits = self.wire.store.edits
        edits.keep(replace(edit, undone_by=key))
        try:
            self._write(edit.file, edit.after, edit.before)
        except SaveError:
            edits.keep(edit)
            raise
        log.info("change of the watch-list taken back", what=edit.what, by=self.asked.request.by)
        return watchlist.undone(edit, self.asked.paper)

    def _accept(self, name: str) -> Answer:
        suggestion = self._suggestions().of(name)
        return self._once(partial(self._adopt, suggestion))

    def _adopt(self, suggestion: Suggestion | None) -> Answer:
        if suggestion is None:
            return plainly(self.asked.paper.words.say.outdated)
        plan = plan_for(suggestion.change, proposals.name_of(suggestion))
        return self._carry_out(plan, self._open(file_of(plan.change)))

    def _suggestions(self) -> Found:
        draft = opened(self.files.folder, WATCH_LIST, shipped())
        return found(draft.watching, self.wire.store, self.wire.clock.now())

    def _open(self, file: str) -> Draft:
        """Read a file to change it; raises `SaveError` where it is not to be changed."""
        if self.files.lent:
            insist_on_own(self.files.folder)
        if (path := self.files.folder / file).exists():
            insist_on_writable(path)
        return opened(self.files.folder, file, shipped())

    def _write(self, file: str, before: bytes | None, after: bytes | None) -> None:
        written(self.files.folder / file, before, after)

    def _content(self, file: str) -> bytes | None:
        path = self.files.folder / file
        return path.read_bytes() if path.exists() else None

    @property
    def _key(self) -> str:
        """Name what this message or press asks for: when it comes again, it is the same.

        Its time tells it from a message of an earlier bot, whose numbers began at 1 as well.
        """
        request = self.asked.request
        return derived_id("edit", request.query or f"{request.chat} {request.message} {request.at}")


def _worded(problems: tuple[Problem, ...]) -> list[str]:
    """Write problems as `draht check` does, errors before warnings, without the path of the folder."""
    order = sorted(problems, key=lambda one: one.severity is Severity.WARNING)
    return [_sentence(one) for one in order]


def _sentence(problem: Problem) -> str:
    file = problem.path.rpartition("/")[2]
    place = f"{file}:{problem.line}: " if problem.line else f"{file}: "
    return f"{place}{problem.message}" + (f" ({problem.hint})" if problem.hint else "")
