"""An outlet's feed as it stands at a moment: RSS 2.0, RSS 1.0 or Atom, with its own zone's dates."""

from collections.abc import Sequence
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from bot.demo.newsday import Article, Format, Outlet

_RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel>
<title>{name}</title><link>{site}</link><description>{name}</description><language>{language}</language>
{entries}
</channel></rss>
"""
_RSS_ITEM = """<item><title>{title}</title><link>{url}</link><guid isPermaLink="true">{url}</guid>
<pubDate>{date}</pubDate><description>{text}</description></item>"""
_RDF = """<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="{site}"><title>{name}</title><link>{site}</link><description>{name}</description>
<dc:language>{language}</dc:language></channel>
{entries}
</rdf:RDF>
"""
_RDF_ITEM = """<item rdf:about={about}><title>{title}</title><link>{url}</link>
<dc:date>{date}</dc:date><description>{text}</description></item>"""
_ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">
<id>{site}</id><title>{name}</title><link href="{site}"/>
{entries}
</feed>
"""
_ATOM_ENTRY = """<entry><id>{url}</id><title>{title}</title><link href={about}/>
<published>{date}</published><updated>{date}</updated><summary type="html">{text}</summary></entry>"""

_TEMPLATES = {
    Format.RSS: (_RSS, _RSS_ITEM),
    Format.RDF: (_RDF, _RDF_ITEM),
    Format.ATOM: (_ATOM, _ATOM_ENTRY),
}


def edition(outlet: Outlet, articles: Sequence[Article]) -> bytes:
    """Write an outlet's feed with these articles, in their order."""
    whole, _ = _TEMPLATES[outlet.format]
    entries = "\n".join(_entry(outlet, article) for article in articles)
    name, site = escape(outlet.name), escape(outlet.site)
    return whole.format(name=name, site=site, language=outlet.language, entries=entries).encode()


def _entry(outlet: Outlet, article: Article) -> str:
    _, entry = _TEMPLATES[outlet.format]
    local = article.at.astimezone(outlet.zone)
    return entry.format(
        title=escape(article.title),
        url=escape(article.url),
        about=quoteattr(article.url),
        date=format_datetime(local) if outlet.format is Format.RSS else local.isoformat(),
        text=escape(article.text),
    )
