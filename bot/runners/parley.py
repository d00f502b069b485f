"""What the talk needs of the rest of Draht."""

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.alerts.press import Press
from bot.languages import post, talk
from bot.model.office import Register
from bot.talk.access import Access
from bot.talk.conversation import Conversation
from bot.talk.paper import Paper


@dataclass(frozen=True, slots=True)
class Files:
    """The folder of the configuration; `lent` where it is Draht's own, not to be changed."""

    folder: Path
    lent: bool = False


@dataclass(frozen=True, slots=True)
class Parley:
    """Through what people are talked with, who may do what, whom they may ask about.

    `chat` is where the default channel goes; `files` is what editors may change, None for nothing.
    """

    conversation: Conversation
    access: Access
    register: Register
    chat: str = ""
    version: str = ""
    files: Files | None = None

    def papers(self, timezone: str) -> dict[str, Paper]:
        """Give the means of writing answers, by language."""
        zone = ZoneInfo(timezone)
        return {
            code: Paper(talk.load(code), Press(post.load(code), self.register), zone, self.chat)
            for code in talk.codes()
            if code in post.codes()
        }
