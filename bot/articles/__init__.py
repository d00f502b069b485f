"""Article text: what a web page says, without everything around it."""

from bot.articles.article import extract
from bot.model.article import Article

__all__ = ["Article", "extract"]
