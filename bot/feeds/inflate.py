"""Decompression that cannot be made to explode: output comes in bounded pieces.

HTTP clients decode a whole chunk at once; 64 kB of zstd can become 2 GB.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import brotli  # type: ignore[import-untyped]  # it ships no types
import zstandard

GZIP_MAGIC = b"\x1f\x8b"
_PIECE = 64 * 1024
# A zstd block of four bytes can stand for 128 kB: this much input is at most 2 MB.
_ZSTD_SLICE = 64
_ZSTD_WINDOW = 8 * 1024 * 1024
_MOST_LAYERS = 3


class PackingError(Exception):
    """A compressed body is damaged, or packed in a way that Draht does not know."""


class OversizeError(Exception):
    """A body is longer than the limit once it is unpacked."""


class _Layer(Protocol):
    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Give what the data unpacks to, a bounded piece at a time."""
        ...

    @property
    def ended(self) -> bool:
        """Whether the stream came to its own end."""
        ...


class _Zlib:
    """gzip and deflate; a body that is none of it although the header says so passes as it is."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._head = b""
        self._plain = False
        self._stream: zlib._Decompress | None = None

    def pieces(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None and not self._plain:
            data = self._head = self._head + data
            if len(data) < len(GZIP_MAGIC):
                return
            self._begin(data)
        if self._stream is None:
            yield data
            return
        while data:
            yield self._stream.decompress(data, _PIECE)
            data = self._rest(self._stream)

    def _begin(self, data: bytes) -> None:
        if self._gzip:
            self._plain = not data.startswith(GZIP_MAGIC)
            bits = zlib.MAX_WBITS | 16
        else:
            zlib_header = data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
            bits = zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS
        self._stream = None if self._plain else zlib.decompressobj(bits)

    def _rest(self, stream: "zlib._Decompress") -> bytes:
        if stream.eof and self._gzip and stream.unused_data.startswith(GZIP_MAGIC):
            self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
            return stream.unused_data
        return b"" if stream.eof else stream.unconsumed_tail

    @property
    def ended(self) -> bool:
        return self._plain or (self._stream.eof if self._stream else not self._head)


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def pieces(self, data: bytes) -> Iterator[bytes]:
        if self._stream.is_finished():
            return
        yield self._stream.process(data, output_buffer_limit=_PIECE)
        while not self._stream.can_accept_more_data():
            yield self._stream.process(b"", output_buffer_limit=_PIECE)

    @property
    def ended(self) -> bool:
        return bool(self._stream.is_finished())


class _Zstd:
    def __init__(self) -> None:
        self._stream = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()

    def pieces(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_SLICE):
            if self._stream.eof:
                return
            yield self._stream.decompress(data[start : start + _ZSTD_SLICE])

    @property
    def ended(self) -> bool:
        return bool(self._stream.eof)


class Unpacker:
    """Unpacks a body chunk by chunk and stops at `limit` bytes of output.

    `content_encoding` is the header; raises PackingError for one that is not
    known or a damaged stream, OversizeError beyond the limit.
    """

    def __init__(self, content_encoding: str, limit: int) -> None:
        names = [name for part in content_encoding.lower().split(",") if (name := part.strip())]
        if len(names) > _MOST_LAYERS:
            raise PackingError(f"it is packed {len(names)} times over")
        self._layers = [layer for name in reversed(names) if (layer := _layer(name)) is not None]
        self._limit = limit
        self._body = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk of the body as it came."""
        try:
            for piece in _through(self._layers, chunk):
                self._body += piece
                if len(self._body) > self._limit:
                    raise OversizeError
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise PackingError(f"its compressed body is damaged: {error}") from error

    @property
    def body(self) -> bytes:
        """All that was unpacked so far."""
        return bytes(self._body)

    @property
    def whole(self) -> bool:
        """Whether every compressed stream came to its end."""
        return all(layer.ended for layer in self._layers)


def _through(layers: Sequence[_Layer], chunk: bytes) -> Iterator[bytes]:
    pieces: Iterable[bytes] = (chunk,)
    for layer in layers:
        pieces = _unpacked(layer, pieces)
    return iter(pieces)


def _unpacked(layer: _Layer, pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        if piece:
            yield from layer.pieces(piece)


def _layer(name: str) -> _Layer | None:
    match name:
        case "gzip" | "x-gzip":
            return _Zlib(gzip=True)
        case "deflate":
            return _Zlib(gzip=False)
        case "br":
            return _Brotli()
        case "zstd":
            return _Zstd()
        case "identity":
            return None
        case _:
            # A header may hold anything; what cannot be printed or stored must not get into a sentence.
            shown = name[:40].encode("ascii", "replace").decode("ascii")
            shown = "".join(sign if sign.isprintable() else "?" for sign in shown)
            raise PackingError(f"it is packed as “{shown}”, which Draht did not ask for")
