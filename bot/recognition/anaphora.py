"""Who is meant by "he", "his counterpart", "the two" and "the meeting"."""

from dataclasses import replace

from bot.model.office import Office
from bot.recognition.groups import JOINED
from bot.recognition.ministers import Cast, Minister
from bot.recognition.reading import Reading
from bot.recognition.token import Sentence, Token

# Nouns that name an event, not just talk.
_EVENTS = ("contact.phone.noun", "contact.video.noun", "contact.meeting.noun")
_PAIR = 2
_OF_BOTH = 8  # characters between "the ministers" and "both countries": " of ", " dans les "
_BOTHS = 2  # characters between "both countries" and "ministers": "' "
_POSSESSIVE = ("'s", "'", "-")
_LONG_BACK = 6  # sentences in which those may have been named whom a third joins
_LOOK_BACK = 3  # sentences in which "the two" may have been named
_ABOUT_REACH = 12  # characters from "about" to the one spoken about: "über seinen "


def spoken_about(reading: Reading, sentence: Sentence, minister: Minister, cues: tuple[Token, ...]) -> bool:
    """Whether a minister is a subject of talk, not a partner: "spoke with respect about him"."""
    about = [
        t
        for t in sentence.of("grammar.about")
        if 0 < minister.start - t.end <= _ABOUT_REACH
        and not any(t.within(c.start, c.end) for c in cues)
        and _is_possessive(reading, sentence, t, minister)
    ]
    talked = [c for c in cues if c.end <= minister.start and not c.kind.endswith(".noun")]
    if not about or not talked:
        return False
    return not any(c.start > talked[-1].start for c in cues if c is not talked[-1])


def _is_possessive(reading: Reading, sentence: Sentence, about: Token, minister: Minister) -> bool:
    """Whether nothing but "his" stands between "about" and a minister."""
    between = (about.end, minister.start)
    told = sum(t.end - t.start for t in sentence.of_within(between, "office.pronoun", "grammar.article"))
    return len(reading.scan.text[slice(*between)].replace(" ", "")) <= told


def represented(reading: Reading, sentence: Sentence, minister: Minister) -> bool:
    """Whether somebody under a minister stands for him: "a spokesman of A", "B's adviser"."""
    text = reading.scan.text
    for token in sentence.of("office.under", "office.spokesperson"):
        if token.end < minister.start and _is_his(reading, sentence, token, minister):
            return True
        if minister.end < token.start and text[minister.end : token.start].strip() in _POSSESSIVE:
            return True
    return False


def _is_his(reading: Reading, sentence: Sentence, under: Token, minister: Minister) -> bool:
    """Whether nothing but "of" and a title stands between: "an adviser of Ukraine's defence minister A"."""
    between = (under.end, minister.start)
    words = sentence.of_within(between, "grammar.of", "grammar.article", "office", "country")
    covered = {at for t in words for at in range(t.start, t.end)}
    text = reading.scan.text
    bare = all(at in covered or text[at] == " " for at in range(*between))
    return bare and (bool(words) or reading.scan.bare_genitive)


def meant(reading: Reading, sentence: Sentence, cast: Cast, cues: tuple[Token, ...]) -> tuple[Minister, ...]:
    """Give those in contact where the sentence names one of them or none: they were named before."""
    return (
        _joined_by(reading, sentence, cast)
        or _partner(reading, cast)
        or _referred(reading, sentence, cast, cues)
        or _all_named(reading, sentence)
        or _just_named(reading, sentence, cast, cues)
    )


def of_both_countries(reading: Reading, sentence: Sentence, cast: Cast) -> tuple[Minister, ...]:
    """Give "the defence ministers of both countries": those two that the last sentence with several named."""
    words = sentence.of("office.both_countries")
    offices = sentence.of("office.defence_plural")
    near = [
        w
        for w in words
        for o in offices
        if 0 <= w.start - o.end <= _OF_BOTH or 0 <= o.start - w.end <= _BOTHS
    ]
    if not near or cast.ministers:
        return ()
    for earlier in reversed(reading.scan.sentences[max(0, sentence.number - _LOOK_BACK) : sentence.number]):
        named = dict.fromkeys(t.country for t in earlier.of("country"))
        if len(named) == _PAIR:
            return tuple(Minister(Office(c), near[0].start, near[0].end, "both") for c in named)
        if len(named) > _PAIR:
            return ()
    return ()


def _referred(
    reading: Reading, sentence: Sentence, cast: Cast, cues: tuple[Token, ...]
) -> tuple[Minister, ...]:
    """Give the pair where one minister is named and the other is "he", or "his" of a counterpart.

    He is the last minister of another country named before; of two in one
    sentence the first, who mostly is its subject.
    """
    if len(cast.ministers) != 1 or not cast.refers or _beside_another(sentence, cast, cues):
        return ()
    mine = cast.ministers[0]
    for earlier in reversed(reading.casts[max(0, sentence.number - _LOOK_BACK) : sentence.number]):
        partners = [m for m in earlier.ministers if m.office.country != mine.office.country]
        if partners:
            return (partners[0], mine)
    return ()


def _joined_by(reading: Reading, sentence: Sentence, cast: Cast) -> tuple[Minister, ...]:
    """Give the three where "the two" sat down with a third: "the two were joined by C"."""
    if len(cast.ministers) != 1 or not sentence.of("office.both") or cast.others:
        return ()
    third = cast.ministers[0]
    named: dict[str, Minister] = {}
    for earlier in reversed(reading.casts[max(0, sentence.number - _LONG_BACK) : sentence.number]):
        for minister in earlier.ministers:
            named.setdefault(minister.office.country, minister)
        if len(named) >= _PAIR:
            break
    if len(named) != _PAIR or third.office.country in named:
        return ()
    return (*named.values(), third)


def _partner(reading: Reading, cast: Cast) -> tuple[Minister, ...]:
    """Give the pair where one minister speaks with a counterpart whose country is left open."""
    if not cast.open or len(cast.ministers) != 1:
        return ()
    mine = cast.ministers[0]
    others = {
        m.office: m
        for other in reading.casts
        for m in other.ministers
        if m.office.country != mine.office.country
    }
    return (mine, *others.values()) if len(others) == 1 else ()


def _just_named(
    reading: Reading, sentence: Sentence, cast: Cast, cues: tuple[Token, ...]
) -> tuple[Minister, ...]:
    """Give the pair that the sentence right before named, where "the meeting", "a call" follows."""
    events = [c for c in cues if c.kind in _EVENTS or _is_that_talk(sentence, cast, c)]
    if cast.others or not sentence.number or not events:
        return ()
    before = reading.casts[sentence.number - 1]
    named = {m.office for m in before.ministers}
    if len(named) != _PAIR or before.others or not set(cast.offices) <= named:
        return ()
    return before.ministers


def _is_that_talk(sentence: Sentence, cast: Cast, cue: Token) -> bool:
    """Whether talk is the one just told of: "the conversation lasted an hour", "he said after talks"."""
    definite = sentence.is_led(cue.start, "grammar.article")
    return cue.kind == "contact.talk.noun" and (definite or cast.refers)


def he_with(
    reading: Reading, sentence: Sentence, present: tuple[Minister, ...], cues: tuple[Token, ...]
) -> tuple[Minister, ...]:
    """Give the ministers of a sentence with him who is its subject: "he called A, B and C".

    He is the last one named before who is none of them.
    """
    if len(present) < _PAIR or not cues or cues[0].start > present[0].start:
        return present
    he = next((t for t in sentence.of("office.pronoun") if t.end <= present[0].start), None)
    if he is None:
        return present
    here = {m.office.country for m in present}
    for earlier in reversed(reading.casts[max(0, sentence.number - 1) : sentence.number]):
        named = [m for m in earlier.ministers if m.office.country not in here]
        if named and not earlier.others:
            return (replace(named[-1], start=he.start, end=he.end), *present)
    return present


def _all_named(reading: Reading, sentence: Sentence) -> tuple[Minister, ...]:
    """Give those whom "the two", "both ministers" or "the three" means: the last so many named before."""
    three = bool(sentence.of("office.three"))
    if not three and not sentence.of("office.both") and not reading.casts[sentence.number].several:
        return ()
    number = _PAIR + three
    named: dict[str, Minister] = {}
    for cast in reversed(reading.casts[max(0, sentence.number - _LOOK_BACK) : sentence.number + 1]):
        if cast.others:
            return ()
        for minister in cast.ministers:
            named.setdefault(minister.office.country, minister)
        if len(named) >= number:
            break
    return tuple(named.values()) if len(named) == number else ()


def _beside_another(sentence: Sentence, cast: Cast, cues: tuple[Token, ...]) -> bool:
    """Whether somebody of another office is the partner: not so in "he met the president and minister B"."""
    if not cast.others:
        return False
    minister, other = cast.ministers[0], cast.others[0]
    left, right = (minister, other) if minister.start < other.start else (other, minister)
    between = (left.end, right.start)
    joined = sentence.of_within(between, "grammar.list_and") or any(
        left.end <= c < right.start for c in sentence.commas
    )
    apart = [c for c in cues if left.end <= c.start and c.end <= right.start]
    return not joined or bool(apart) or right.start - left.end > JOINED
