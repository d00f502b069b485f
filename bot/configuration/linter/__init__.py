"""What a configuration without errors says and hardly means: warnings, each with its place and what to do.

watches as written ┬ words   keywords and exclude: what does nothing, or finds somebody else
                   ├ table   contacts, media, ring: who cannot meet, which keys do nothing
                   ├ logic   queries that can never hold
                   └ shadow  watches that ring only where another one does

Pure, and without the archive. A warning that an editor shakes his head at is
worse than a missing one: what cannot be known for sure is not said.
"""

from bot.configuration.linter.lint import lint

__all__ = ["lint"]
