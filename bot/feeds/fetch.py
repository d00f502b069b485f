"""Asking a server for a feed: conditional, bounded, and never into private networks.

    Ask → hop → (redirect → hop)* → Page | Unchanged | Failed

Every fault of a server comes back as a `Failed` with its true reason. Not done
here: reading the body (decode), deciding when to ask again (cadence).
"""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from bot.feeds.addresses import AddressPolicy
from bot.feeds.inflate import GZIP_MAGIC, OversizeError, PackingError, Unpacker
from bot.feeds.network import ForbiddenAddressError, GuardedTransport
from bot.feeds.page import Ask, Page, RefusedError, Reply, shown
from bot.model.fetch import Failed, Refusal, Unchanged, Validators

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
)
_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LONGEST_VALIDATOR = 1000
_LAST_PORT = 65_535
_MOST_HIDDEN_LAYERS = 2
_LONGEST_WAIT = 10 * 86400.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one look may cost (DESIGN.md §6): seconds in all, bytes unpacked, redirects."""

    seconds: float = 30.0
    size: int = 10_000_000
    redirects: int = 5


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class _Redirect:
    target: str
    permanent: bool


class Fetcher:
    """One HTTP client for the life of the process.

    `workers` is how many asks run at once: no more connections are made, so
    that nothing ever waits inside the client's pool (there it costs 10 times
    the CPU). `user_agent` names Draht truthfully.
    """

    def __init__(
        self, workers: int, user_agent: str, policy: AddressPolicy, limits: Limits = DEFAULT_LIMITS
    ) -> None:
        self._limits = limits
        self._client = httpx.AsyncClient(
            transport=GuardedTransport(policy, workers),
            headers={
                "User-Agent": user_agent,
                "Accept": ACCEPT,
                "Accept-Encoding": "gzip, br, zstd, deflate",
            },
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(limits.seconds),
            follow_redirects=False,
            trust_env=False,
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def get(self, ask: Ask) -> Reply:
        """Ask once; every fault of the server or the network is a `Failed`."""
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._follow(ask)
        except RefusedError as refused:
            return refused.failed
        except TimeoutError:
            sentence = f"{shown(ask.url)} did not answer in full within {self._limits.seconds:g} s"
            return Failed(Refusal.TIMEOUT, sentence)

    async def _follow(self, ask: Ask) -> Reply:
        url, moved_to, permanent = ask.url, None, True
        for _ in range(self._limits.redirects + 1):
            with _named_faults(url):
                answer = await self._hop(url, moved_to, ask)
            if not isinstance(answer, _Redirect):
                return answer
            permanent = permanent and answer.permanent
            url = answer.target
            moved_to = url if permanent else moved_to
        raise RefusedError(
            Refusal.TOO_MANY_REDIRECTS,
            f"{shown(ask.url)} redirects more than {self._limits.redirects} times, at last to {shown(url)}",
        )

    async def _hop(self, url: str, moved_to: str | None, ask: Ask) -> Reply | _Redirect:
        conditions = _conditions(ask)
        async with self._client.stream("GET", _checked(url), headers=conditions) as response:
            status = response.status_code
            if status in _REDIRECTS and "location" in response.headers:
                return _Redirect(_target(response), status in _PERMANENT)
            validators = _validators(response, moved_to)
            if status == HTTPStatus.NOT_MODIFIED and conditions:
                await response.aread()  # there is none, but the client closes what was not read to its end
                return Unchanged(validators)
            if not response.is_success:
                return _bad_status(response, url, ask.now)
            body, whole = await self._body(response, url)
        return Page(
            url=shown(url),
            body=body,
            content_type=response.headers.get("content-type", ""),
            etag=validators.etag,
            last_modified=validators.last_modified,
            moved_to=moved_to,
            whole=whole,
        )

    async def _body(self, response: httpx.Response, url: str) -> tuple[bytes, bool]:
        """Give the body unpacked, and whether it came in full."""
        unpacker = Unpacker(response.headers.get("content-encoding", ""), self._limits.size)
        try:
            await self._pour(response, unpacker)
        except (httpx.RemoteProtocolError, httpx.ReadError) as error:
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

    async def _pour(self, response: httpx.Response, unpacker: Unpacker) -> None:
        async for chunk in response.aiter_raw():
            if response.num_bytes_downloaded > self._limits.size:
                raise OversizeError
            unpacker.feed(chunk)


def _unpacked(body: bytes, limit: int) -> Unpacker:
    unpacker = Unpacker("gzip", limit)
    unpacker.feed(body)
    return unpacker


@contextmanager
def _named_faults(url: str) -> Iterator[None]:
    """Turn the faults of one hop into refusals with their true reason."""
    try:
        yield
    except ForbiddenAddressError as error:
        sentence = f"{error}; networks of your own are allowed by allow_private in feeds.yaml"
        raise RefusedError(Refusal.PRIVATE_ADDRESS, sentence) from error
    except OversizeError as error:
        raise RefusedError(Refusal.TOO_LARGE, f"{shown(url)} is larger than a feed may be") from error
    except PackingError as error:
        raise RefusedError(Refusal.BAD_ENCODING, f"{shown(url)} cannot be unpacked: {error}") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError) as error:
        raise RefusedError(
            Refusal.BAD_ADDRESS, f"{shown(url)} is not an address that can be asked"
        ) from error
    except httpx.TimeoutException as error:
        raise TimeoutError from error
    except httpx.RemoteProtocolError as error:
        raise RefusedError(
            Refusal.BROKEN_REPLY, f"{shown(url)} answered with broken HTTP: {error}"
        ) from error
    except httpx.TransportError as error:
        raise _unreachable(url, error) from error


def _unreachable(url: str, error: httpx.TransportError) -> RefusedError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", "") or cause.reason or "handshake failed"
            return RefusedError(Refusal.TLS, f"{shown(url)} has no valid TLS: {reason}")
        cause = cause.__cause__ or cause.__context__
    reason = str(error) or "the connection broke off"
    return RefusedError(Refusal.UNREACHABLE, f"{shown(url)} cannot be reached: {reason}")


def _checked(url: str) -> httpx.URL:
    address = httpx.URL(url)
    askable = address.scheme in {"http", "https"} and address.host and (address.port or 0) <= _LAST_PORT
    if not askable:
        raise RefusedError(Refusal.BAD_ADDRESS, f"{shown(url)} is not an http or https address")
    return address


def _conditions(ask: Ask) -> dict[str, str]:
    headers = {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
    return {name: value for name, value in headers.items() if value}


def _target(response: httpx.Response) -> str:
    """Where a redirect leads; a server's raw UTF-8 or blanks are taken as browsers take them."""
    location = response.headers["location"].strip()
    return str(response.url.join(location))


def _validators(response: httpx.Response, moved_to: str | None) -> Validators:
    etag, last_modified = (response.headers.get(name) for name in ("etag", "last-modified"))
    return Validators(etag=_kept(etag), last_modified=_kept(last_modified), moved_to=moved_to)


def _kept(validator: str | None) -> str | None:
    return validator if validator and len(validator) <= _LONGEST_VALIDATOR else None


def _bad_status(response: httpx.Response, url: str, now: datetime) -> Failed:
    status = response.status_code
    if status == HTTPStatus.GONE:
        return Failed(Refusal.GONE, f"{shown(url)} is gone for good (410); remove it from feeds.yaml")
    phrase = (
        HTTPStatus(status).phrase if status in {known.value for known in HTTPStatus} else "unknown status"
    )
    blocker = "; Cloudflare takes Draht for a bot" if "cf-mitigated" in response.headers else ""
    retry_after = _seconds(response.headers.get("retry-after", ""), now)
    return Failed(Refusal.HTTP_STATUS, f"{shown(url)} answered {status} {phrase}{blocker}", retry_after)


def _seconds(retry_after: str, now: datetime) -> float | None:
    """Read `Retry-After`: seconds or a date; None where there is none to obey."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:10]), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=now.tzinfo)
    return min(max((until - now).total_seconds(), 0.0), _LONGEST_WAIT)
