"""Names in their cases: Остин -> Остина, Остину, Остином, Остине; Belousov -> Belousova, Belousovem.

Not a grammar: the endings of every gender that the shape of a name allows are
given, since a form that nobody writes does no harm and a missing one does.
"""

from functools import lru_cache
from itertools import product

Slots = tuple[tuple[str, ...], ...]

# What a name ends in (the longest that fits), how many letters give way, and
# what follows in genitive, dative, accusative, instrumental and locative.
_TABLES: tuple[tuple[str, str], ...] = (
    (
        "ru",
        """
        ов|ев|ёв      0 а у а ым е
        ин|ын         0 а у а ым/ом е
        ский|цкий     2 ого ому ого им ом
        ий            1 я ю я ем и
        ый|ой         2 ого ому ого ым ом
        й             1 я ю я ем е
        ь             1 я/и ю/и я/ь ем/ью е/и
        ия            1 и и ю ей и
        ая            2 ой ой ую ой ой
        я             1 и е ю ей е
        ова|ева|ёва|ина|ына 1 ой/ы ой/е у ой ой/е
        га|ка|ха|жа|ша|ча|ща 1 и е у ой/ей е
        а             1 ы е у ой е
        ж|ш|ч|щ|ц     0 а у а ем/ом е
        б|в|г|д|з|к|л|м|н|п|р|с|т|ф|х 0 а у а ом е
        """,
    ),
    (
        "uk",
        """
        ов|ев|єв|їв|ін|їн|ин 0 а у/ові а им/ом і/ові
        ий            2 ого ому ого им ому
        ій            1 я ю/єві я єм ї/єві
        й             1 я ю/єві я єм ї/єві
        ь             1 я/і ю/еві/і я/ь ем і/еві
        ія            1 ї ї ю єю ї
        я             1 і і ю ею і
        ова|ева|єва|іна|їна 1 ої/и ій/і у ою ій/і
        а             1 и і у ою і
        о             1 а у/ові а ом і/ові
        ж|ш|ч|щ|ц     0 а у/еві а ем і/еві
        б|в|г|ґ|д|з|к|л|м|н|п|р|с|т|ф|х 0 а у/ові а ом і/ові
        """,
    ),
    (
        "pl",
        """
        ski|cki       0 ego emu ego m m
        i             0 ego emu ego m m
        ey|ay|oy      0 a owi a em u
        y             1 ego emu ego ym ym
        a             1 y/i ie/e ę/e ą/a ie/e
        o             1 a owi a em u
        b|c|č|d|f|g|h|j|k|l|ł|m|n|p|r|s|š|t|v|w|x|z|ž 0 a owi a em ovi
        """,
    ),
)


def _table(rows: str) -> dict[str, tuple[int, Slots]]:
    table: dict[str, tuple[int, Slots]] = {}
    for row in rows.strip().splitlines():
        endings, cut, *slots = row.split()
        rule = int(cut), tuple(tuple(slot.split("/")) for slot in slots)
        table |= dict.fromkeys(endings.split("|"), rule)
    return table


_RULES = {language: _table(rows) for language, rows in _TABLES}
_LONGEST = 4


@lru_cache(maxsize=64)  # one person's surname returns in many of his spellings
def decline(name: str, language: str) -> Slots:
    """Give the forms of a lower-case word by case; none where it stays as it is.

    Of a name with a hyphen the last part is declined, or every part.
    """
    *first, last = name.split("-")
    forms = _decline_word(last, language)
    if not first or not forms:
        return forms
    head = "-".join(first)
    alone = tuple(tuple(f"{head}-{form}" for form in slot) for slot in forms)
    together = _pair(decline(head, language), forms, "-")
    return tuple(a + b for a, b in zip(alone, together, strict=True)) if together else alone


def decline_full(words: tuple[str, ...], language: str, *, as_one: bool = False) -> tuple[str, ...]:
    """Give a whole name by case: first and last word bend together, or (`as_one`) the last alone.

    >>> decline_full(("lloyd", "austin"), "pl")[:1]
    ('lloyda austina',)
    """
    first, *middle, last = words
    joint = " ".join(("", *middle, "")) or " "
    forms = decline(last, language)
    together = _pair(decline(first, language), forms, joint)
    alone = tuple(tuple(f"{first}{joint}{form}" for form in slot) for slot in forms)
    return tuple(form for slot in (alone if as_one or not together else together) for form in slot)


def _pair(first: Slots, last: Slots, joint: str) -> Slots:
    return tuple(
        tuple(f"{a}{joint}{b}" for a, b in product(*both)) for both in zip(first, last, strict=False)
    )


def _decline_word(word: str, language: str) -> Slots:
    rules = _RULES[language]
    for length in range(min(_LONGEST, len(word)), 0, -1):
        if rule := rules.get(word[-length:]):
            cut, slots = rule
            stem = word[: len(word) - cut]
            return tuple([tuple([stem + ending for ending in slot]) for slot in slots])
    return ()
