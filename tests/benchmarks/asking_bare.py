"""The least that asking feeds can cost: a bare aiohttp loop with the same requests, keeping nothing."""

import asyncio
from time import process_time

import aiohttp

from tests.benchmarks.child import Order, obey

WORKERS = 20
_HEADERS = {"User-Agent": "bare", "Accept": "application/rss+xml", "Accept-Encoding": "gzip, deflate"}
_KNOWN = _HEADERS | {"If-None-Match": '"same"'}


async def _round(session: aiohttp.ClientSession, urls: list[str]) -> int:
    waiting, unchanged = iter(urls), 0

    async def worker() -> None:
        nonlocal unchanged
        for url in waiting:
            async with session.get(url, headers=_KNOWN, allow_redirects=False) as answer:
                await answer.read()
                unchanged += answer.status == 304

    await asyncio.gather(*(worker() for _ in range(WORKERS)))
    return unchanged


def main() -> None:
    """Obey orders to ask some addresses once."""
    with asyncio.Runner() as runner:

        async def opened() -> aiohttp.ClientSession:
            return aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=WORKERS), cookie_jar=aiohttp.DummyCookieJar()
            )

        session = runner.run(opened())

        def ask(order: Order) -> Order:
            start = process_time()
            unchanged = runner.run(_round(session, order["urls"]))
            return {"cpu": process_time() - start, "unchanged": unchanged}

        obey(ask)
        runner.run(session.close())


if __name__ == "__main__":
    main()
