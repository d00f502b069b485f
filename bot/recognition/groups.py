"""Who of several people in a sentence is in contact with whom."""

from itertools import pairwise

from bot.recognition.ministers import Cast, Minister
from bot.recognition.token import Sentence, Token

_PAIR, _MOST_APART = 2, 3
_TITLED = 2  # characters between a title and its holder's name
JOINED = 60  # characters between two who are met together: "President A B and with Defence Minister "


def groups(
    sentence: Sentence, ministers: tuple[Minister, ...], cues: tuple[Token, ...]
) -> list[tuple[tuple[Minister, ...], tuple[Token, ...]]]:
    """Tell who of several ministers is in contact with whom.

    Two are a pair; a list ("the ministers of A, B and C"), a table word or
    four and more are one table; else each cue joins its neighbours.
    """
    if apart := _one_by_one(sentence, ministers, cues) or _two_with_a_third(sentence, ministers, cues):
        return apart
    cues = _of_both(sentence, ministers, cues)
    if not cues:
        return []
    if _is_one_list(sentence, ministers, cues):
        return [(ministers, cues)]
    if (
        len(ministers) == _PAIR
        or len(ministers) > _MOST_APART
        or any(m.listed for m in ministers)
        or sentence.of("office.table")
        or _are_two_and_one(sentence, ministers, cues)
    ):
        return [(ministers, cues)]
    pairs: dict[frozenset[str], tuple[tuple[Minister, ...], tuple[Token, ...]]] = {}
    for cue in cues:
        left = [m for m in ministers if m.start < cue.start]
        right = [m for m in ministers if m.start > cue.start]
        pair = (left[-1], right[0]) if left and right else tuple((left or right)[-2:] if left else right[:2])
        key = frozenset(m.office.country for m in pair)
        pairs[key] = (pair, (*pairs.get(key, (pair, ()))[1], cue))
    return list(pairs.values())


def _are_two_and_one(sentence: Sentence, ministers: tuple[Minister, ...], cues: tuple[Token, ...]) -> bool:
    """Whether three sat together: "A and B met C", "A met B and C", no word of contact between the two."""
    for left, right in pairwise(ministers):
        between = (left.end, right.start)
        if sentence.of_within(between, "grammar.list_and") and right.start - left.end <= JOINED:
            return not any(between[0] <= c.start < between[1] for c in cues)
    return False


def _one_by_one(
    sentence: Sentence, ministers: tuple[Minister, ...], cues: tuple[Token, ...]
) -> list[tuple[tuple[Minister, ...], tuple[Token, ...]]]:
    """Tell one who spoke with several one by one from a table: "A telephoned with B and C" are two calls.

    So they are unless a word says that all were on one line ("a three-way
    call"); of meetings a word has to say it ("met separately with B and C").
    """
    if len(ministers) <= _PAIR:
        return []
    partners = (ministers[1].end, ministers[-1].start)
    each = bool(sentence.of("grammar.each") or sentence.of_within(partners, "grammar.then"))
    if sentence.of("office.table", "office.three") and not each:
        return []
    rang = any(_rings(c) for c in cues) and all(_rings(c) or c.is_a("contact.talk") for c in cues)
    if not rang and not each:
        return []
    caller, called = ministers[0], ministers[1:]
    reached = [
        t.start
        for t in (*sentence.of("grammar.with"), *cues)
        if caller.end <= t.start < called[0].start or (each and 0 <= t.start - called[-1].end <= 1)
    ]
    joined = sentence.of_within((caller.end, called[0].start), "grammar.list_and")
    return [((caller, one), cues) for one in called] if reached and not joined else []


def _two_with_a_third(
    sentence: Sentence, ministers: tuple[Minister, ...], cues: tuple[Token, ...]
) -> list[tuple[tuple[Minister, ...], tuple[Token, ...]]]:
    """Tell two who each met a third from a table: "A and B held separate talks with C" are two contacts."""
    if len(ministers) != _MOST_APART:
        return []
    first, second, third = ministers
    between = (second.end, third.start)
    withs = sentence.of_within(between, "grammar.with")
    each = any(_leads_to(one, withs, cues) for one in sentence.of_within(between, "grammar.each"))
    joined = sentence.of_within((first.end, second.start), "grammar.list_and")
    if not (each and joined) or sentence.of_within(between, "grammar.list_and"):
        return []
    return [((one, third), cues) for one in (first, second)]


def _of_both(
    sentence: Sentence, ministers: tuple[Minister, ...], cues: tuple[Token, ...]
) -> tuple[Token, ...]:
    """Leave out the cues of what two did each by himself: "A and B held separate talks with troops".

    "Separate" and "with" stand side by side, or the cue between them.
    """
    first, last = ministers[0], ministers[-1]
    if len(ministers) != _PAIR or not sentence.of_within((first.end, last.start), "grammar.list_and"):
        return cues
    behind = (last.end, sentence.end)
    withs = tuple(w for w in sentence.of_within(behind, "grammar.with") if not _is_mutual(sentence, w))
    for one in sentence.of_within(behind, "grammar.each"):
        if cues and _leads_to(one, withs, cues):
            nearest = max(min(_distance(cue, one) for cue in cues), 1)
            cues = tuple(cue for cue in cues if _distance(cue, one) > nearest)
    return cues


def _leads_to(one: Token, withs: tuple[Token, ...], cues: tuple[Token, ...]) -> bool:
    """Whether a word is followed or preceded by "with", at once or after a cue."""
    beside = [one, *(cue for cue in cues if _distance(one, cue) <= 1)]
    return any(_distance(word, other) <= 1 for word in beside for other in withs)


def _is_mutual(sentence: Sentence, led: Token) -> bool:
    """Whether "with" leads to the two themselves: "with each other", "ze sobą"."""
    return any(led.start <= t.start <= led.end + 1 for t in sentence.of("office.both"))


def _distance(one: Token, other: Token) -> int:
    """Count the characters between two words, in whatever order they stand."""
    return max(other.start - one.end, one.start - other.end)


def _rings(cue: Token) -> bool:
    return cue.is_a("contact.phone") or cue.is_a("contact.weak.phone")


def _is_one_list(sentence: Sentence, ministers: tuple[Minister, ...], cues: tuple[Token, ...]) -> bool:
    """Whether all stand on one side of every cue of a verb: "A, B and C have met"."""
    verbs = [c for c in cues if not c.kind.endswith((".noun", ".adverb"))]
    first, last = ministers[0].start, ministers[-1].end
    joined = sentence.of_within((first, last), "grammar.list_and")
    return bool(verbs and joined) and all(c.end <= first or c.start >= last for c in cues)


def others_only(sentence: Sentence, cast: Cast, cues: tuple[Token, ...]) -> bool:
    """Whether every cue stands between holders of other offices, not between ministers."""
    if not cast.others:
        return False
    people = sorted(
        [(m.start, m.end, True) for m in cast.ministers] + [(o.start, o.end, False) for o in cast.others]
    )
    return all(not _between_ministers(sentence, people, cue) for cue in cues)


def _between_ministers(sentence: Sentence, people: list[tuple[int, int, bool]], cue: Token) -> bool:
    """Whether a minister stands next to a cue; after "talks with" only who follows counts."""
    left = [minister for start, _, minister in people if start < cue.start]
    right = [person for person in people if person[0] > cue.start]
    follows = bool(right) and (right[0][2] or _joined_to_minister(sentence, right))
    if right and any(0 <= t.start - cue.end <= 1 for t in sentence.of("grammar.with")):
        return follows
    return follows or bool(left and left[-1])


def _joined_to_minister(sentence: Sentence, people: list[tuple[int, int, bool]]) -> bool:
    """Whether the next person is met together with a minister: "with President A and with B"."""
    for (_, end, known), (start, _, minister) in pairwise(people):
        if not (known or minister) and start - end <= _TITLED:  # "President" and his name
            continue
        if start - end > JOINED or not sentence.of_within((end, start), "grammar.list_and"):
            return False
        if minister:
            return True
    return False
