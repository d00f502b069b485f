"""Which country an office belongs to: the words before it, inside it, after it."""

import re
from bisect import bisect_right

from bot.recognition.token import Scan, Sentence, Token

_WORD = re.compile(r"[^\s,;:()\"]+")
STOP = re.compile(r"[,;:()\"]|\.\s|\s-+\s")


def is_anothers(scan: Scan, sentence: Sentence, title: Token) -> bool:
    """Whether a title that one country has is said of another: "US Defence Secretary", "… Lloyd Austin"."""
    for token in sentence.of("country", "name"):
        before = token.end <= title.start and len(scan.gap(token, title)) <= 1
        after = token.kind == "name" and token.start >= title.end and len(scan.gap(title, token)) <= 1
        if (before or after) and token.side != title.country:
            return True
    return False


def countries_of(scan: Scan, sentence: Sentence, office: Token) -> list[Token]:
    """Give the country words that belong to an office: before it, inside it, after it."""
    countries = [
        t for t in sentence.of("country") if not t.is_a("country.ministry") and not _in_a_name(sentence, t)
    ]
    inside = [t for t in countries if t.start < office.end and office.start < t.end]
    inside = [t for t in inside if t.kind != "country.title" or not is_anothers(scan, sentence, t)]
    if inside:
        return _each_country(inside) if office.is_a("office.defence_plural") else inside[:1]
    before = _chain_before(scan, sentence, countries, office)
    return before or _chain_after(scan, sentence, countries, office)


def _in_a_name(sentence: Sentence, token: Token) -> bool:
    """Whether a token lies inside a name; no name lies inside another, so it is the last one begun."""
    names = sentence.of("name")
    begun = bisect_right(names, token.start, key=lambda name: name.start)
    return begun > 0 and token.end <= names[begun - 1].end


def _chain_before(scan: Scan, sentence: Sentence, countries: list[Token], office: Token) -> list[Token]:
    chain: list[Token] = []
    right, reach = office, 2
    for token in reversed([t for t in countries if t.end <= office.start]):
        if token.end > right.start:
            continue
        gap = scan.gap(token, right)
        if _is_place(scan, sentence, token):
            break
        joined = bool(chain) and _is_list(scan, sentence, token, right)
        if not joined and (
            chain
            or STOP.search(gap)
            or len(words_of(gap)) > reach
            or _crosses(sentence, token, right)
            or _opens_anew(sentence, token, right)
        ):
            break
        chain.insert(0, token)
        right = token
    return _each_country(chain)


def _chain_after(scan: Scan, sentence: Sentence, countries: list[Token], office: Token) -> list[Token]:
    chain: list[Token] = []
    left = office
    of_words = {scan.text[t.start : t.end] for t in sentence.of("grammar.of")}
    for token in (t for t in countries if t.start >= office.end):
        if token.start < left.end:  # the same word once more: "Siria" is a country and an adjective
            continue
        gap = scan.gap(left, token)
        if chain and not _is_list(scan, sentence, left, token):
            break
        if not chain and (
            STOP.search(gap) or not set(words_of(gap)) <= of_words or _nominative(scan, token, gap)
        ):
            break
        chain.append(token)
        left = token
    return _each_country(chain)


def _opens_anew(sentence: Sentence, country: Token, office: Token) -> bool:
    """Whether an article between a country and an office parts them: "en Berlín el ministro"."""
    return bool(sentence.of_within((country.end, office.start), "grammar.article"))


def _is_place(scan: Scan, sentence: Sentence, token: Token) -> bool:
    """Whether a country is only where something is: "in Brussels the minister of …"."""
    return not token.is_a("country.adjective") and any(
        t.end <= token.start and not scan.gap(t, token).strip() for t in sentence.of("grammar.place_before")
    )


def _nominative(scan: Scan, token: Token, gap: str) -> bool:
    """Whether a country's own name directly after an office is no genitive: "minister France said"."""
    if scan.bare_genitive or token.kind == "country.adjective" or words_of(gap):
        return False
    return not scan.text[token.start : token.end].endswith(("s", "'"))


def _is_list(scan: Scan, sentence: Sentence, left: Token, right: Token) -> bool:
    """Whether two country words are joined by "and" or a comma."""
    gap = scan.gap(left, right)
    joins = sentence.of_within((left.end, right.start), "grammar.list_and")
    extra = set(words_of(gap)) - {scan.text[t.start : t.end] for t in (*joins, *sentence.of("grammar.of"))}
    return not extra and (bool(joins) or gap.lstrip().startswith(","))


def _crosses(sentence: Sentence, left: Token, right: Token) -> bool:
    return bool(sentence.of_within((left.end, right.start), "contact", "speech.verbs", "name", "office"))


def _each_country(chain: list[Token]) -> list[Token]:
    return list({t.country: t for t in chain}.values())


def words_of(gap: str) -> list[str]:
    """Give the words between two tokens."""
    return _WORD.findall(gap)
