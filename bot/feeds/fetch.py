"""Asking a server for a feed: conditional, bounded, and never into private networks.

    Ask → hop → (redirect → hop)* → Page | Unchanged | Failed

Every fault of a server comes back as a `Failed` with its true reason. Not done
here: reading the body (decode), deciding when to ask again (cadence).
"""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
from yarl import URL

from bot.feeds.addresses import AddressPolicy
from bot.feeds.answers import bad_status, fresh_for, validators, wishes
from bot.feeds.blockers import (
    EXCERPT,
    TURNED_AWAY,
    blocked,
    blocker_by_head,
    blocker_by_page,
    refused_hop,
    refused_page,
)
from bot.feeds.faults import FAULTS, refused
from bot.feeds.hops import askable, target
from bot.feeds.inflate import GZIP_MAGIC, OversizeError, PackingError, Unpacker
from bot.feeds.network import Client
from bot.feeds.page import Ask, Page, RefusedError, Reply, shown
from bot.model.fetch import Failed, Refusal, Unchanged

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
)
_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GOOD = range(200, 300)
_MOST_HIDDEN_LAYERS = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """What one look may cost (DESIGN.md §6): seconds in all, bytes unpacked, redirects."""

    seconds: float = 30.0
    size: int = 10_000_000
    redirects: int = 5


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class _Redirect:
    target: URL
    permanent: bool


class Fetcher:
    """One HTTP client for the life of the process.

    `workers` is how many asks run at once; `user_agent` names Draht truthfully.
    """

    def __init__(
        self, workers: int, user_agent: str, policy: AddressPolicy, limits: Limits = DEFAULT_LIMITS
    ) -> None:
        self._limits = limits
        usual = {
            "User-Agent": user_agent,
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip, br, zstd, deflate",
        }
        self._client = Client(policy, workers, usual)

    async def close(self) -> None:
        """Close all connections."""
        await self._client.close()

    async def get(self, ask: Ask) -> Reply:
        """Ask once; every fault of the server or the network is a `Failed`."""
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._follow(ask)
        except RefusedError as refusal:
            return refusal.failed
        except TimeoutError:
            sentence = f"{shown(ask.url)} did not answer in full within {self._limits.seconds:g} s"
            return Failed(Refusal.TIMEOUT, sentence)

    async def _follow(self, ask: Ask) -> Reply:
        url, moved_to, permanent = askable(ask.url), None, True
        for _ in range(self._limits.redirects + 1):
            try:
                answer = await self._hop(url, moved_to, ask)
            except FAULTS as fault:
                raise refused(fault, str(url)) from fault
            if not isinstance(answer, _Redirect):
                return answer
            permanent = permanent and answer.permanent
            url = answer.target
            moved_to = str(url) if permanent else moved_to
        raise RefusedError(
            Refusal.TOO_MANY_REDIRECTS,
            f"{shown(ask.url)} redirects more than {self._limits.redirects} times, "
            f"at last to {shown(str(url))}",
        )

    async def _hop(self, url: URL, moved_to: str | None, ask: Ask) -> Reply | _Redirect:
        conditions = _conditions(ask)
        async with self._client.get(url, conditions) as response:
            status = response.status
            if status == HTTPStatus.NOT_MODIFIED and conditions:
                kept = validators(response.headers, moved_to)
                return Unchanged(kept, wishes(response.headers, ask.now), not_modified=True)
            if status in _REDIRECTS and (location := response.headers.get("Location")):
                reached = target(url, location)
                return refused_hop(url, reached) or _Redirect(reached, status in _PERMANENT)
            who = blocker_by_head(status, response.headers)
            if status not in _GOOD or who:
                failed = bad_status(status, response.headers, str(url), ask.now)
                return blocked(failed, who or blocker_by_page(await self._excerpt(response)))
            body, whole = await self._body(response, str(url))
        page = _page(response, body, moved_to, ask, whole=whole and status != HTTPStatus.PARTIAL_CONTENT)
        return refused_page(page.url, body) or page

    async def _excerpt(self, response: aiohttp.ClientResponse) -> bytes:
        """Give the beginning of the page that came with a refusal, where it could tell who sent it."""
        if response.status not in TURNED_AWAY:
            return b""
        unpacker = Unpacker("", EXCERPT)
        try:
            unpacker = Unpacker(response.headers.get("Content-Encoding", ""), EXCERPT)
            await self._pour(response.content, unpacker)
        except (OversizeError, PackingError, aiohttp.ClientError):
            pass  # what came before is all that is wanted
        return unpacker.body

    async def _body(self, response: aiohttp.ClientResponse, url: str) -> tuple[bytes, bool]:
        """Give the body unpacked, and whether it came in full."""
        unpacker = Unpacker(response.headers.get("Content-Encoding", ""), self._limits.size)
        try:
            await self._pour(response.content, unpacker)
        except (aiohttp.ClientPayloadError, aiohttp.ClientConnectionError) as error:
            if unpacker.body:
                return unpacker.body, False
            raise RefusedError(
                Refusal.TRUNCATED, f"{shown(url)} broke off before the first byte of its body"
            ) from error
        # Some sites store the file compressed and do not say so in a header.
        whole = unpacker.whole
        for _ in range(_MOST_HIDDEN_LAYERS):
            if unpacker.body.startswith(GZIP_MAGIC):
                unpacker = _unpacked(unpacker.body, self._limits.size)
                whole = whole and unpacker.whole
        return unpacker.body, whole

    async def _pour(self, content: aiohttp.StreamReader, unpacker: Unpacker) -> None:
        taken = 0
        try:
            while chunk := await content.readany():
                taken += len(chunk)
                if taken > self._limits.size:
                    raise OversizeError
                unpacker.feed(chunk)
        except (aiohttp.ClientPayloadError, aiohttp.ClientConnectionError):
            # aiohttp keeps what came before the fault, but gives it to nobody who asks properly.
            unpacker.feed(content._read_nowait(-1))  # noqa: SLF001
            raise


def _unpacked(body: bytes, limit: int) -> Unpacker:
    unpacker = Unpacker("gzip", limit)
    unpacker.feed(body)
    return unpacker


def _conditions(ask: Ask) -> dict[str, str]:
    headers = {}
    if ask.etag:
        headers["If-None-Match"] = ask.etag
    if ask.last_modified:
        headers["If-Modified-Since"] = ask.last_modified
    return headers


def _page(
    response: aiohttp.ClientResponse, body: bytes, moved_to: str | None, ask: Ask, *, whole: bool
) -> Page:
    headers = response.headers
    kept = validators(headers, moved_to)
    return Page(
        url=shown(str(response.url)),
        body=body,
        content_type=headers.get("Content-Type", ""),
        etag=kept.etag,
        last_modified=kept.last_modified,
        moved_to=moved_to,
        whole=whole,
        fresh_for=fresh_for(headers, ask.now),
    )
