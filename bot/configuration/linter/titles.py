"""Whether an excluded word is one that stories call an office by ("Verteidigungsminister", "Pentagon")."""

from bot.configuration.linter.coverage import Coverage
from bot.model.office import Office, Role
from bot.register.offices import titles
from bot.text.fold import fold

_BEGINNING = 4  # letters by which a word's forms are told from most others


class Titles:
    """Compares words with the titles of offices, of which nearly all can be passed over at a glance."""

    def __init__(self, coverage: Coverage) -> None:
        """Take what compares words, and knows the titles."""
        self._coverage = coverage
        self._beginnings: dict[Office | None, frozenset[str]] = {}

    def found_by(self, word: str, office: Office | None) -> str | None:
        """Give the first title of an office that a word finds in all languages; None is anybody's."""
        if fold(word)[:_BEGINNING] not in self._begun(office):
            return None
        return next((title for title in self._titles(office) if self._coverage.covers(word, title)), None)

    def _begun(self, office: Office | None) -> frozenset[str]:
        if office not in self._beginnings:
            words = " ".join(self._titles(office)).replace("-", " ").split()
            self._beginnings[office] = frozenset(fold(word)[:_BEGINNING] for word in words)
        return self._beginnings[office]

    def _titles(self, office: Office | None) -> tuple[str, ...]:
        common = titles(Role.DEFENCE_MINISTER)
        return (*common, *(self._coverage.subjects.titles(office) if office else ()))
