"""What the Bot API stand-in knows: chats, what stands in them, and Telegram's answers.

Pure bookkeeping without HTTP. Error texts are those of telegram-bot-api's
Client.cpp; text goes through TDLib (`telegram_html.parse`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.servers.telegram_html import Entity, Parsed, RefusedHtmlError, parse, units

BOT_ID = 123456789
SOURCE_LIMIT = 32768
TEXT_LIMIT = 4096
_EPOCH = 1_720_778_400
_RIGHTS = ("can_post_messages", "can_edit_messages", "can_delete_messages")
_OTHER_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
_ENTITY_NAMES = {
    "TextUrl": "text_link",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "PreCode": "pre",
    "DateTime": "date_time",
}

Params = Mapping[str, str]


class ApiError(Exception):
    """An answer that is not ok: HTTP status, description, parameters."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad_request(description: str) -> ApiError:
    """Make Telegram's usual refusal."""
    return ApiError(400, f"Bad Request: {description}")


@dataclass(frozen=True)
class Origin:
    """Where a forwarded message stems from: the chat's id and name, and the message's id."""

    chat: int
    username: str | None
    message: int


@dataclass
class Shown:
    """A message as its readers see it."""

    id: int
    text: str
    entities: tuple[Entity, ...] = ()
    html: str = ""
    silent: bool = False
    by_bot: bool = True
    service: bool = False
    deleted: bool = False
    forwarded_from: Origin | None = None
    topic: int | None = None
    reply_to: int | None = None
    buttons: tuple[tuple[str, str], ...] = ()
    edits: list[str] = field(default_factory=list)


@dataclass
class Chat:
    """A channel (or private chat) with one growing sequence of message ids."""

    id: int
    username: str | None = None
    kind: str = "channel"
    next_id: int = 1
    status: str = "administrator"
    rights: dict[str, bool] = field(
        default_factory=lambda: {
            "can_post_messages": True,
            "can_edit_messages": False,
            "can_delete_messages": True,
        }
    )
    protected: bool = False
    moved_to: int | None = None
    topics: tuple[int, ...] = ()
    messages: dict[int, Shown] = field(default_factory=dict)

    def add(self, shown: Shown) -> Shown:
        """Put a message under the next id."""
        shown.id, self.next_id = self.next_id, self.next_id + 1
        self.messages[shown.id] = shown
        return shown

    def foreign(self, text: str, *, service: bool = False) -> Shown:
        """Let somebody else post, or let a service message take an id."""
        return self.add(Shown(0, text, by_bot=False, service=service))

    def hole(self) -> None:
        """Take an id for a message that is gone."""
        self.next_id += 1

    def visible(self) -> list[Shown]:
        """Give what a reader of the channel sees now, in order."""
        return [m for m in self.messages.values() if not m.deleted and not m.service]

    def texts(self, topic: int | None = None) -> list[str]:
        """Give the plain texts that a reader sees now, in order; of one topic, where it is named."""
        return [m.text for m in self.visible() if topic in {None, m.topic}]

    def find(self, params: Params, missing: str) -> Shown:
        """Give the message meant, or refuse with `missing`."""
        shown = self.messages.get(int(params.get("message_id", 0)))
        if shown is None or shown.deleted:
            raise bad_request(missing)
        return shown


class World:
    """All chats of the stand-in, and the methods of the Bot API on them."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.chats: list[Chat] = []
        self.profiles: dict[int, Chat] = {}

    def channel(self, name: str, *, number: int, first_id: int = 1) -> Chat:
        """Open a channel in which the bot may post."""
        self.chats.append(Chat(number, name.removeprefix("@") or None, next_id=first_id))
        return self.chats[-1]

    def forum(self, name: str, *, number: int, topics: tuple[int, ...], first_id: int = 1) -> Chat:
        """Open a group with topics in which the bot may post."""
        chat = Chat(number, name.removeprefix("@") or None, "supergroup", first_id, topics=topics)
        self.chats.append(chat)
        return chat

    def migrate(self, chat: Chat, *, number: int, first_id: int = 1) -> Chat:
        """Make a group a supergroup, which counts its messages anew."""
        chat.moved_to = number
        self.chats.append(Chat(number, kind="supergroup", next_id=first_id))
        return self.chats[-1]

    def private(self, number: int, *, first_id: int = 1) -> Chat:
        """Open a private chat with the bot."""
        self.chats.append(Chat(number, kind="private", next_id=first_id))
        return self.chats[-1]

    def call(self, method: str, params: Params) -> Any:
        """Do a method and give its result; ApiError carries a refusal."""
        handler = getattr(self, f"_do_{method.lower()}", None)
        if handler is None:
            raise ApiError(404, "Not Found: method not found")
        return handler(params)

    def find_chat(self, wanted: str) -> Chat:
        """Give the chat of this id or @name."""
        for chat in self.chats:
            if wanted in {str(chat.id), f"@{chat.username}"}:
                return chat
        raise bad_request("chat not found")

    def _writable(self, wanted: str) -> Chat:
        chat = self.find_chat(wanted)
        if chat.moved_to is not None:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, text, migrate_to_chat_id=chat.moved_to)
        if chat.status == "kicked":
            raise ApiError(403, "Forbidden: bot was kicked from the channel chat")
        if chat.status == "left":
            raise ApiError(403, "Forbidden: bot is not a member of the channel chat")
        if chat.kind == "channel" and not chat.rights["can_post_messages"]:
            raise bad_request("need administrator rights in the channel chat")
        return chat

    def _do_getme(self, _: Params) -> Any:
        return _user()

    def _do_getupdates(self, _: Params) -> Any:
        return []

    def _do_getchat(self, params: Params) -> Any:
        gifts = (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        )
        chat = self.find_chat(params["chat_id"])
        marks = {"is_forum": True} if chat.topics else {}
        marks |= {"has_protected_content": True} if chat.protected else {}
        return (
            _chat(chat)
            | marks
            | {
                "accent_color_id": 0,
                "max_reaction_count": 11,
                "accepted_gift_types": dict.fromkeys(gifts, False),
            }
        )

    def _do_getchatmember(self, params: Params) -> Any:
        chat = self.find_chat(params["chat_id"])
        if chat.status != "administrator":
            return {"user": _user(), "status": chat.status, "until_date": 0}
        rights = dict.fromkeys(_OTHER_RIGHTS, False) | {right: chat.rights[right] for right in _RIGHTS}
        return {"user": _user(), "status": "administrator"} | rights

    def _do_sendmessage(self, params: Params) -> Any:
        chat = self._writable(params["chat_id"])
        topic, reply_to = _topic(chat, params), _answered(chat, params)
        parsed, buttons = _read_text(params), _buttons(params)
        silent = params.get("disable_notification", "").lower() == "true"
        shown = Shown(0, parsed.text, parsed.entities, params["text"], silent)
        shown.topic, shown.reply_to, shown.buttons = topic, reply_to, buttons
        return _message(chat, chat.add(shown))

    def _do_editmessagetext(self, params: Params) -> Any:
        chat = self._writable(params["chat_id"])
        shown = chat.find(params, "message to edit not found")
        if shown.service or shown.forwarded_from or not (shown.by_bot or chat.rights["can_edit_messages"]):
            raise bad_request("message can't be edited")
        parsed, buttons = _read_text(params), _buttons(params)
        if (parsed.text, parsed.entities, buttons) == (shown.text, shown.entities, shown.buttons):
            raise bad_request(
                "message is not modified: specified new message content and reply markup "
                "are exactly the same as a current content and reply markup of the message"
            )
        shown.edits.append(shown.text)
        shown.text, shown.entities, shown.html = parsed.text, parsed.entities, params["text"]
        shown.buttons = buttons
        return _message(chat, shown)

    def _do_getuserpersonalchatmessages(self, params: Params) -> Any:
        chat = self.profiles.get(int(params["user_id"]))
        if chat is None:
            raise bad_request("user not found")
        standing = [m for m in chat.messages.values() if not m.deleted]
        return [_message(chat, shown) for shown in standing[-int(params["limit"]) :]]

    def _do_editmessagereplymarkup(self, params: Params) -> Any:
        shown = self._writable(params["chat_id"]).find(params, "message to edit not found")
        raise bad_request("message is not modified" if shown.by_bot else "message can't be edited")

    def _do_deletemessage(self, params: Params) -> Any:
        chat = self._writable(params["chat_id"])
        shown = chat.find(params, "message to delete not found")
        if not (shown.by_bot or chat.rights["can_delete_messages"]):
            raise bad_request("message can't be deleted")
        shown.deleted = True
        return True

    def _do_forwardmessage(self, params: Params) -> Any:
        source = self.find_chat(params["from_chat_id"])
        target = self._writable(params["chat_id"])
        shown = source.find(params, "message to forward not found")
        if shown.service:
            raise bad_request("the message can't be forwarded")
        if source.protected:
            raise bad_request("message has protected content and can't be forwarded")
        silent = params.get("disable_notification", "").lower() == "true"
        origin = shown.forwarded_from or Origin(source.id, source.username, shown.id)
        copy = Shown(0, shown.text, shown.entities, shown.html, silent, forwarded_from=origin)
        copy.topic = _topic(target, params)
        return _message(target, target.add(copy))


def _topic(chat: Chat, params: Params) -> int | None:
    topic = int(params["message_thread_id"]) if params.get("message_thread_id") else None
    if topic is not None and topic not in chat.topics:
        raise bad_request("message thread not found")
    return topic


def _answered(chat: Chat, params: Params) -> int | None:
    wish = json.loads(params.get("reply_parameters") or "{}")
    number: int | None = wish.get("message_id")
    known = None if number is None else chat.messages.get(number)
    if number is None or (known and not known.deleted):
        return number
    if not wish.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return None


def _urls(buttons: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Give the addresses of buttons; one that calls back has none."""
    yield from (button.get("url", "") for button in buttons if not button.get("callback_data"))


def _buttons(params: Params) -> tuple[tuple[str, str], ...]:
    rows = json.loads(params.get("reply_markup") or "{}").get("inline_keyboard", [])
    told = [button for row in rows for button in row]
    buttons = tuple((button["text"], button.get("url", button.get("callback_data", ""))) for button in told)
    if any(not text for text, _ in buttons):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if any(not url.startswith(("https://", "http://", "tg://")) for url in _urls(told)):
        raise bad_request("BUTTON_URL_INVALID")
    return buttons


def _user() -> dict[str, Any]:
    return {"id": BOT_ID, "is_bot": True, "first_name": "Draht", "username": "draht_test_bot"}


def _chat(chat: Chat) -> dict[str, Any]:
    name = {"username": chat.username} if chat.username else {}
    return {"id": chat.id, "type": chat.kind, "title": f"Chat {chat.id}"} | name


def _entity(entity: Entity) -> dict[str, Any]:
    name = _ENTITY_NAMES.get(entity.kind, entity.kind.lower())
    url = {"url": entity.detail} if name == "text_link" else {}
    return {"type": name, "offset": entity.offset, "length": entity.length} | url


def _message(chat: Chat, shown: Shown) -> dict[str, Any]:
    answer = {
        "message_id": shown.id,
        "date": _EPOCH + shown.id,
        "chat": _chat(chat),
        "text": shown.text,
        "entities": [_entity(entity) for entity in shown.entities],
    }
    if shown.buttons:
        keys = [[{"text": text, "url": url}] for text, url in shown.buttons]
        answer["reply_markup"] = {"inline_keyboard": keys}
    if shown.topic is not None:
        answer |= {"message_thread_id": shown.topic, "is_topic_message": True}
    if shown.forwarded_from:
        origin = shown.forwarded_from
        source = _chat(Chat(origin.chat, origin.username))
        answer["forward_origin"] = {
            "type": "channel",
            "date": _EPOCH + origin.message,
            "chat": source,
            "message_id": origin.message,
        }
    return answer


def _read_text(params: Params) -> Parsed:
    text = params.get("text", "")
    if len(text.encode()) > SOURCE_LIMIT:
        raise bad_request("message is too long")
    try:
        parsed = parse(text) if params.get("parse_mode") == "HTML" else Parsed(text.strip(), ())
    except RefusedHtmlError as refusal:
        raise bad_request(str(refusal)[:1].lower() + str(refusal)[1:]) from refusal
    if not parsed.text:
        raise bad_request("message text is empty")
    if units(parsed.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return parsed
