"""Feeds: asking for them over HTTP and reading what comes back.

    Ask → fetch → Page → decode → Modified(stories) | Failed

`fetch` acts, everything else in this room is pure. `source.HttpFeedSource` is
the room's face; importing it costs aiohttp and feedparser (0.1 s), so assemblies
import it when they poll, not before.
"""
