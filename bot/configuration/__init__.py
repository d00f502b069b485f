"""What the user writes: three YAML files, read strictly, with all their problems told at once.

    feeds.yaml ──────┐
    watchlist.yaml ──┼─ bytes → text → tree with places → models → bot.model values
    holders.yaml ────┘         (read)   (parse)          (strict)  (load)

The only room that knows pydantic and ruamel.yaml.
"""

from bot.configuration.doubts import doubts
from bot.configuration.excerpt import excerpt, told
from bot.configuration.linter import lint
from bot.configuration.load import Configuration, Watching, load, load_watching

__all__ = ["Configuration", "Watching", "doubts", "excerpt", "lint", "load", "load_watching", "told"]
