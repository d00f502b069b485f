"""Article text: what a web page says, without everything around it."""

from bot.articles.article import Article, extract

__all__ = ["Article", "extract"]
