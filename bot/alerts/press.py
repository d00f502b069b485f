"""What every post of a channel is written with: the words, the register, the names of topics."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.alerts.budget import clip
from bot.languages.post import PostWords
from bot.languages.topics import label
from bot.model.claim import Place
from bot.model.office import CountryWords, Register
from bot.register.towns import called

LONGEST_COUNTRY = 40

TopicLabel = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Press:
    """The means of writing posts in one language.

    `topic_label` names a topic of the vocabulary in a language: (id, language) -> label.
    A day is told as the local day that the stories tell, so no time zone is needed.
    """

    words: PostWords
    register: Register
    topic_label: TopicLabel = label

    def country_words(self, code: str) -> CountryWords:
        """Give the words for a country in the language of the posts, where there are any."""
        told = dict(self.register.country(code).words)
        return told.get(self.words.code, CountryWords())

    def country(self, code: str) -> str:
        """Name a country for readers: "USA"."""
        nouns = self.country_words(code).nouns
        return clip(nouns[0] if nouns else self.words.country(code), LONGEST_COUNTRY)

    def of_country(self, code: str) -> str:
        """Name a country as one whose minister is spoken of: "der USA"."""
        told = self.country_words(code).of
        return told or self.words.patterns.of_country.format(country=self.country(code))

    def place(self, place: Place) -> str | None:
        """Name a capital or house of a country for readers; None where their language has no word."""
        if place.country is None:
            return None
        if place.name in self.register.country(place.country).in_language("en").metonyms[:1]:
            return self.capital(place.country)
        named = called(place.name, self.country_words(place.country).metonyms)
        return clip(named, LONGEST_COUNTRY) if named else None

    def capital(self, code: str) -> str | None:
        """Name the place from which a country speaks: "Moskau"; None where it is not known."""
        metonyms = self.country_words(code).metonyms
        return clip(metonyms[0], LONGEST_COUNTRY) if metonyms else None
