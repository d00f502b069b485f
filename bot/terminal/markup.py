"""Telegram's HTML as styled text for a terminal."""

from html.parser import HTMLParser

from rich.style import Style
from rich.text import Text

_STYLES = {
    "b": Style(bold=True),
    "strong": Style(bold=True),
    "i": Style(italic=True),
    "em": Style(italic=True),
    "u": Style(underline=True),
    "ins": Style(underline=True),
    "s": Style(strike=True),
    "strike": Style(strike=True),
    "del": Style(strike=True),
    "code": Style(color="cyan"),
    "pre": Style(color="cyan"),
    "blockquote": Style(dim=True),
    "tg-spoiler": Style(dim=True),
}
_BAR = "▏ "


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self._open: list[tuple[str, Style]] = []
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link = dict(attrs).get("href") if tag == "a" else None
        style = Style(link=link, color="blue", underline=True) if link else _STYLES.get(tag, Style())
        self._open.append((tag, style))
        if tag == "blockquote":
            self._quoted += 1
            self.text.append(_BAR, Style(dim=True))

    def handle_endtag(self, tag: str) -> None:
        for place in reversed(range(len(self._open))):
            if self._open[place][0] == tag:
                del self._open[place]
                self._quoted -= tag == "blockquote"
                return

    def handle_data(self, data: str) -> None:
        text = data.replace("\n", f"\n{_BAR}") if self._quoted else data
        self.text.append(text, sum((style for _, style in self._open), Style()))


def styled(html: str) -> Text:
    """Show a post as Telegram would: bold, links that can be clicked, quotes with a bar; times as written."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text
