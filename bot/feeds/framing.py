"""How the client takes an answer apart: as leniently as browsers, where no harm is in it."""

import re
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler

from bot.feeds.inflate import OversizeError

LARGEST_ANSWER = 32 << 20
"""Bytes of an answer with its head and the framing of its chunks; three times the largest body."""

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*(?=\r\n)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked[ \t]*(?=\r\n)", re.IGNORECASE)


class Answer(ResponseHandler):
    """Has the head of an answer read before its body, and the body end where it is broken.

    aiohttp throws away a whole piece of input where anything in it cannot be
    read: a feed whose Content-Length counts characters instead of bytes, a 304
    with a body, all good chunks before a broken one. Who waits for the rest of
    a body behind a broken chunk, it forgets. And what frames a body it takes
    without end (a chunk's extension, trailers), which would keep the loop busy.
    """

    _received = 0

    def set_response_params(self, **params: Any) -> None:  # noqa: ANN401  aiohttp's own
        """Begin to wait for the next answer."""
        self._received = 0
        super().set_response_params(**params)

    def data_received(self, data: bytes) -> None:
        """Take the next piece of input."""
        self._received += len(data)
        if self._received > LARGEST_ANSWER:
            self._give_up()
            return
        end = data.find(_END_OF_HEAD) + len(_END_OF_HEAD)
        if len(_END_OF_HEAD) <= end <= len(data):
            head = data[:end]
            super().data_received(one_length(head) if head.startswith(b"HTTP/") else head)
            if end < len(data):
                super().data_received(data[end:])
        else:
            super().data_received(data)

    def _give_up(self) -> None:
        payload, self._payload, self._parser = self._payload, None, None  # the end comes with no other reason
        if payload is not None:
            payload.set_exception(OversizeError())
        self.set_exception(OversizeError())
        if self.transport is not None:
            self.transport.abort()

    def set_exception(self, exc: BaseException, exc_cause: BaseException | None = None) -> None:
        """Tell those who wait for the head, and those who wait for the body."""
        super().set_exception(exc, *(() if exc_cause is None else (exc_cause,)))
        if self._payload is not None and not self._payload.is_eof():
            self._payload.set_exception(aiohttp.ClientPayloadError("the body is broken"))


def one_length(head: bytes) -> bytes:
    r"""Leave out of a head what says the length of its body twice, in the same way or beside chunks.

    Chunks tell the truth then (RFC 9112, 6.3); the parser would refuse the whole
    answer. Lengths that differ stay, and are refused.

    >>> one_length(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\ncontent-length: 5\r\n\r\n")
    b'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n'
    """
    lengths = _LENGTH.findall(head)
    if lengths and _CHUNKED.search(head):
        return _LENGTH.sub(b"", head)
    if len(lengths) > 1 and len(set(lengths)) == 1:
        return _LENGTH.sub(b"", head, count=len(lengths) - 1)
    return head
