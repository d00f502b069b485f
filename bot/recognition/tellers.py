"""Who tells of a contact: the sides that a story cites as saying that it took place, or that it never did.

    … spoke by phone, the Pentagon said          a house beside a word of speech, about the contact
    Austin said that he had spoken with …        a minister who tells of his own call
    Moscow also expressed hopes                  heard of, but not for sure about the contact

What a house is only the scene or the receiver of ("in Moscow", "told Kyiv") tells nothing.
"""

from collections.abc import Iterable, Iterator

from bot.model.claim import Cited, Claim, Status
from bot.recognition.claims import Spans
from bot.recognition.frames import Frame
from bot.recognition.ministers import Minister
from bot.recognition.reading import Reading
from bot.recognition.status import denials
from bot.recognition.subjects import topics_in
from bot.recognition.token import Scan, Sentence, Token
from bot.recognition.voices import heard_in, joint, ministries, written

_SPEECH = "speech.public"
_IMPERSONAL = "speech.impersonal"
_BEFORE = 48  # characters between a house and its verb: "Pentagon spokesman Major General Pat Ryder said"
_BEHIND = 28  # characters between a verb and its house: "sagte ein Sprecher des Pentagons"
_ACCORDING = 40  # characters: "laut einer Mitteilung des russischen Verteidigungsministeriums"
_SHORT = 3  # letters of a word that cites only behind a comma: ", so das Pentagon"
_ARTICLE = 5  # characters: "in the Pentagon", "в Минобороны"
_SAID = 24  # characters between a minister and his verb: "Austin later said that"
_CLOSING = 2  # characters between a sentence's last word and its end
_NOT = 20  # characters between a verb and its negation
_SCENE = ("grammar.place", "grammar.setting", "grammar.place_before", "grammar.with", "grammar.about")
_SEATED = ("office.ministry", "office.spokesperson", _IMPERSONAL)  # before "in Kyiv"
_PARTIES = ("name", "country", "office.defence", "office.defence_plural", "office.ministry", "office.other")
_AHEAD = ("status.plan", "status.time_future", "status.unreal")
_ASKED = ("initiative.asks", "initiative.follows", "initiative.precedes", "initiative.within")
_UNSAID = ("status.negation", "status.refusal", "status.denial", "status.conditional")


def tellers_of(
    reading: Reading, near: Iterable[Sentence], own: Iterable[Frame], claim: Claim, spans: Spans
) -> tuple[Cited, ...]:
    """Give each side that is cited near a claim's contact once, with who is named: for sure where it is."""
    countries = frozenset(o.country for o in claim.offices)
    frames: dict[int, list[Frame]] = {}
    for frame in own:
        frames.setdefault(frame.sentence.number, []).append(frame)
    found: dict[str, Cited] = {}
    for sentence in near:
        cited = [*_surely(reading, sentence, frames.get(sentence.number, []), claim, spans)]
        cited += [Cited(side, written(sentence, t, t, spans), sure=False) for t, side in heard_in(sentence)]
        for one in cited:
            if one.side in countries and (one.side not in found or one.sure > found[one.side].sure):
                found[one.side] = one
    return tuple(sorted(found.values(), key=lambda one: one.side))


def _surely(
    reading: Reading, sentence: Sentence, frames: list[Frame], claim: Claim, spans: Spans
) -> Iterator[Cited]:
    """Give who tells of the contact in a sentence, beyond doubt."""
    if claim.status is Status.DENIED:
        yield from _denying(reading, sentence, frames, spans)
    elif (frames or _goes_on(reading, sentence, claim, spans)) and not denials(sentence):
        said = [v for v in sentence.of(_SPEECH, _IMPERSONAL) if not _is_unsaid(sentence, v)]
        yield from houses_telling(reading.scan, sentence, said, spans, cited=True)
        for minister in reading.casts[sentence.number].ministers:
            if any(_tells_himself(sentence, minister, v, frames) for v in said):
                yield Cited(minister.office.country, minister.office.country)


def _denying(reading: Reading, sentence: Sentence, frames: list[Frame], spans: Spans) -> Iterator[Cited]:
    """Give who denies: the subject of "denied", else the one house that says that there was nothing."""
    scan = reading.scan
    verbs = [v for v in denials(sentence) if _is_verb_of_denial(scan, sentence, v)]
    found = list(houses_telling(scan, sentence, verbs, spans))
    for minister in reading.casts[sentence.number].ministers:
        country = minister.office.country
        if any(is_right_before(sentence, minister, verb) for verb in verbs):
            found.append(Cited(country, country))
    if (
        not found
        and any(not _is_refused(f) for f in frames)
        and len({country for _, country in _houses(sentence)}) == 1
    ):
        found = list(
            houses_telling(scan, sentence, list(sentence.of(_SPEECH, _IMPERSONAL)), spans, cited=True)
        )
    yield from found


def _is_refused(frame: Frame) -> bool:
    """Whether a contact was declined; who tells that does not deny anything."""
    return frame.judgement.word is not None and frame.judgement.word.is_a("status.refusal")


def _is_verb_of_denial(scan: Scan, sentence: Sentence, word: Token) -> bool:
    """Whether a word says that somebody denies, not that something did not happen ("did not call")."""
    return " " not in scan.text[word.start : word.end] and not sentence.of_within(
        (word.start, word.end), "status.negation"
    )


def _goes_on(reading: Reading, sentence: Sentence, claim: Claim, spans: Spans) -> bool:
    """Whether a sentence after that of a contact goes on about it: its topics, both sides, or "it"."""
    if not sentence.number or sentence.of(*_AHEAD):
        return False
    cast = reading.casts[sentence.number]
    countries = {o.country for o in claim.offices}
    mine = {m.office.country for m in cast.ministers} & countries
    if cast.others and not mine:
        return False
    sides = {t.side for t in sentence.of("name", "country")} & countries
    about = len(mine) > 1 or bool(mine and (len(sides) > 1 or topics_in(reading, sentence, spans)))
    return about or bool(sentence.of("speech.of_it", "grammar.agenda", *_ASKED))


def houses_telling(
    scan: Scan, sentence: Sentence, said: list[Token], spans: Spans, *, cited: bool = False
) -> Iterator[Cited]:
    """Give the houses that are the subject of a word, with `cited` also those behind "according to"."""
    houses = _houses(sentence)
    for house, country in houses:
        alone = {c for _, c in houses} == {country}
        speaks = _speaks(scan, sentence, house, country, said) or (
            alone and _opens(scan, sentence, house, said)
        )
        if speaks or (cited and _is_cited(scan, sentence, house)):
            yield Cited(country, written(sentence, house, house, spans))


def _opens(scan: Scan, sentence: Sentence, house: Token, said: list[Token]) -> bool:
    """Whether a house begins a sentence that ends with its verb: "Rusya Savunma Bakanlığı, … açıkladı."."""
    adjectives = [t for t in sentence.of("country") if 0 <= house.start - t.end <= 1]
    start = adjectives[-1].start if adjectives else house.start
    behind = scan.text[house.end : house.end + 1] == ","
    closing = [v for v in said if sentence.end - v.end <= _CLOSING and v.start > house.end]
    return behind and start - sentence.start <= _CLOSING and bool(closing)


def _houses(sentence: Sentence) -> list[tuple[Token, str]]:
    """Give the houses of a sentence; of two in one place the longer: "Russian Ministry in Moscow"."""
    found = sorted((*ministries(sentence), *joint(sentence)), key=lambda one: (one[0].start, -one[0].end))
    return [
        (t, c)
        for t, c in found
        if not any(o is not t and o.start <= t.start and t.end <= o.end and o.end - o.start > t.end - t.start
                   for o, _ in found)
    ]  # fmt: skip


def _speaks(scan: Scan, sentence: Sentence, house: Token, country: str, said: list[Token]) -> bool:
    """Whether a house is the subject of a word of speech: before it, after it, or inside "teilte … mit"."""
    scene = _is_scene(scan, sentence, house)
    inside = scan.bare_genitive and house.kind.endswith("ministry")  # "сообщили в Минобороны"
    if scene and not inside:
        return False
    return any(_is_subject(scan, sentence, house, country, verb) for verb in said)


def _is_subject(scan: Scan, sentence: Sentence, house: Token, country: str, verb: Token) -> bool:
    if verb.gapped and verb.start < house.start and house.end < verb.end:
        return not _others(sentence, (verb.start, house.start), country)
    if house.end <= verb.start:
        return verb.start - house.end <= _BEFORE and not _others(sentence, (house.end, verb.start), country)
    if house.start - verb.end > _BEHIND or house.start < verb.end:
        return False
    told = (max(sentence.segment(verb.start)[0], sentence.clause(verb.start)[0]), verb.start)
    between = (verb.end, house.start)
    spoken = sentence.of_within(told, *_PARTIES, "office.pronoun", "office.spokesperson")
    return not spoken and not _others(sentence, between, country) and "," not in scan.text[slice(*between)]


def _is_cited(scan: Scan, sentence: Sentence, house: Token) -> bool:
    """Whether a house stands behind "according to", or before "göre" and "zufolge"."""
    if _is_scene(scan, sentence, house):
        return False
    for word in sentence.of("speech.according"):
        short = word.end - word.start <= _SHORT
        if short and scan.text[max(0, word.start - 2) : word.start] != ", ":
            continue
        span = (word.end, house.start) if word.end <= house.start else (house.end, word.start)
        reach = _ACCORDING if word.end <= house.start else _ARTICLE
        if 0 <= span[1] - span[0] <= reach and not _cuts(sentence, span):
            return True
    return False


def _cuts(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether somebody else or something else stands between: "according to Paris, … Moscow"."""
    parted = sentence.of_within(span, "name", "contact", "speech.public", "speech.verbs")
    return bool(parted) or any(span[0] <= at < span[1] for at in sentence.commas)


def _others(sentence: Sentence, span: tuple[int, int], country: str) -> bool:
    """Whether another side, or a contact, stands within a span.

    A spokesman's name is nobody else's ("spokesperson Singh"), and a readout is no contact.
    """
    kinds = ("country",) if sentence.of_within(span, "office.spokesperson") else ("name", "country")
    if any(t.side not in ("", country) for t in sentence.of_within(span, *kinds)):
        return True
    said = {t.start for t in sentence.of("speech.public")}
    return any(t.start not in said for t in sentence.of_within(span, "contact"))


def _is_scene(scan: Scan, sentence: Sentence, house: Token) -> bool:
    """Whether a preposition stands before a house, but for an article or an adjective of its own.

    "The ministry in Berlin said", "hieß es in Kiew" and "в Москве сообщили" let the place speak.
    """
    adjectives = [t for t in sentence.of("country") if 0 <= house.start - t.end <= 1]
    start = adjectives[-1].start if adjectives else house.start
    led = [
        t
        for t in sentence.of(*_SCENE)
        if 0 < start - t.end <= _ARTICLE and scan.text[t.end : start].strip().count(" ") == 0
    ]
    named = any(0 < t.start - house.end <= 1 for t in sentence.of(_IMPERSONAL))
    return not named and any(not _is_seat(sentence, t) for t in led)


def _is_seat(sentence: Sentence, led: Token) -> bool:
    """Whether right before "in" stands who speaks: a ministry, its spokesman, a verb that names nobody."""
    return any(0 < led.start - t.end <= 1 for t in sentence.of(*_SEATED))


def _is_unsaid(sentence: Sentence, verb: Token) -> bool:
    """Whether a word of speech is negated, or only possible: "did not confirm", "bestätigte … nicht"."""
    near = (verb.start - _NOT, sentence.segment(verb.start)[1])
    return any(t.within(*near) for t in sentence.of(*_UNSAID))


def is_right_before(sentence: Sentence, minister: Minister, verb: Token) -> bool:
    """Whether a minister is the subject of a word of speech by where he stands."""
    return 0 <= verb.start - minister.end <= _SAID and not _others(
        sentence, (minister.end, verb.start), minister.office.country
    )


def _tells_himself(sentence: Sentence, minister: Minister, verb: Token, frames: list[Frame]) -> bool:
    """Whether a minister tells of the contact: he is the subject, and it stands in a clause of its own.

    "Austin said that he had spoken with …", but not "told … that they should speak".
    """
    if not is_right_before(sentence, minister, verb):
        return False
    for cue in (cue for frame in frames for cue in frame.cues if cue.start >= verb.end):
        cut = next((c for c in sentence.cuts if verb.end <= c <= cue.start), None)
        if cut is not None:
            mine = minister.office.country
            partner = any(
                t.is_a("office.counterpart") or t.side not in ("", mine)
                for t in sentence.of_within((cut, sentence.end), "name", "country", "office.counterpart")
            )
            return partner and not _others(sentence, (minister.end, cut), mine)
    return False
