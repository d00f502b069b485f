"""The Bot API stand-in with people in it: they write, press buttons, and see what they are answered."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.servers.telegram_chats import ApiError, Chat, Params, Shown, World, bad_request

MOST_DATA = 64
_EPOCH = 1_720_789_200  # 12 July 2024, 13:00 UTC


@dataclass(frozen=True)
class Person:
    """Somebody with a Telegram account."""

    id: int
    name: str = "Anna"
    language: str | None = "de"

    def user(self) -> dict[str, Any]:
        """Give the account as updates show it."""
        told = {"language_code": self.language} if self.language else {}
        return {"id": self.id, "is_bot": False, "first_name": self.name} | told


@dataclass
class Button:
    """A button under a message."""

    label: str
    data: str


@dataclass
class PeopledWorld(World):
    """A world whose people talk with the bot; every update comes until it is confirmed."""

    token: str
    chats: list[Chat] = field(default_factory=list)
    pending: list[dict[str, Any]] = field(default_factory=list)
    keyboards: dict[tuple[int, int], list[Button]] = field(default_factory=dict)
    notices: list[str | None] = field(default_factory=list)
    commands: list[dict[str, Any]] = field(default_factory=list)
    conflict: bool = False
    url: str = ""
    _updates: int = 1000
    _queries: set[str] = field(default_factory=set)

    def writes(self, who: Person, chat: Chat, text: str, **more: Any) -> None:
        """Let somebody write into a chat."""
        shown = chat.foreign(text)
        message = {
            "message_id": shown.id,
            "date": _EPOCH + shown.id,
            "chat": _chat(chat),
            "from": who.user(),
            "text": text,
        }
        self._update("message", message | more)

    def presses(self, who: Person, chat: Chat, message: int, data: str) -> None:
        """Let somebody press a button, or claim to."""
        query = f"query-{self._updates}"
        self._queries.add(query)
        shown = {"message_id": message, "date": _EPOCH + message, "chat": _chat(chat), "text": "…"}
        press = {"id": query, "from": who.user(), "message": shown, "chat_instance": "1", "data": data}
        self._update("callback_query", press)

    def joins(self, who: Person, chat: Chat) -> None:
        """Let somebody put the bot into a chat."""
        bot = {"id": 123456789, "is_bot": True, "first_name": "Draht"}
        change = {
            "chat": _chat(chat),
            "from": who.user(),
            "date": _EPOCH,
            "old_chat_member": {"user": bot, "status": "left"},
            "new_chat_member": {"user": bot, "status": "member"},
        }
        self._update("my_chat_member", change)

    def group(self, number: int) -> Chat:
        """Open a group that the bot is in."""
        self.chats.append(Chat(number, kind="supergroup"))
        return self.chats[-1]

    def answers(self, chat: Chat) -> list[Shown]:
        """Give what the bot has said in a chat, in order."""
        return [shown for shown in chat.visible() if shown.by_bot]

    def keyboard(self, chat: Chat, shown: Shown) -> list[Button]:
        """Give the buttons under a message."""
        return self.keyboards.get((chat.id, shown.id), [])

    def _update(self, kind: str, value: dict[str, Any]) -> None:
        self.pending.append({"update_id": self._updates, kind: value})
        self._updates += 1

    def _do_getupdates(self, params: Params) -> Any:
        if self.conflict:
            text = "Conflict: terminated by other getUpdates request; make sure that only one bot is running"
            raise ApiError(409, text)
        offset = int(params.get("offset", 0))
        allowed = json.loads(params["allowed_updates"])
        self.pending = [one for one in self.pending if one["update_id"] >= offset]
        return [one for one in self.pending if set(one) & set(allowed)]

    def _do_sendmessage(self, params: Params) -> Any:
        buttons = _buttons(params)
        message = super()._do_sendmessage(params)
        self.keyboards[message["chat"]["id"], message["message_id"]] = buttons
        return message

    def _do_editmessagetext(self, params: Params) -> Any:
        buttons = _buttons(params)
        message = super()._do_editmessagetext(params)
        self.keyboards[message["chat"]["id"], message["message_id"]] = buttons
        return message

    def _do_answercallbackquery(self, params: Params) -> Any:
        if params["callback_query_id"] not in self._queries:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        text = params.get("text")
        if text is not None and len(text) > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        self._queries.discard(params["callback_query_id"])
        self.notices.append(text)
        return True

    def _do_setmycommands(self, params: Params) -> Any:
        commands = json.loads(params["commands"])
        for one in commands:
            if not 1 <= len(one["command"]) <= 32 or not 1 <= len(one["description"]) <= 256:
                raise bad_request("BOT_COMMAND_INVALID")
        scope = json.loads(params["scope"])
        if scope["type"] == "chat":
            self.find_chat(str(scope["chat_id"]))
        self.commands.append({"scope": scope, "commands": commands, "language": params.get("language_code")})
        return True


def _chat(chat: Chat) -> dict[str, Any]:
    name = {"username": chat.username} if chat.username else {}
    return {"id": chat.id, "type": chat.kind, "title": f"Chat {chat.id}"} | name


def _buttons(params: Params) -> list[Button]:
    rows = json.loads(params.get("reply_markup", "{}")).get("inline_keyboard", [])
    buttons = [
        Button(one["text"], one["callback_data"]) for row in rows for one in row if "callback_data" in one
    ]
    if any(not 0 < len(one.data.encode()) <= MOST_DATA for one in buttons):
        raise bad_request("BUTTON_DATA_INVALID")
    if any(not one.label.strip() for one in buttons):
        raise bad_request("text buttons are not allowed to be empty")
    return buttons
