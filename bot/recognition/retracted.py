"""What a story takes back by its form or its next sentence: a question, a report that is called false.

"Did A call B?" tells no call. "A called B, a paper wrote. The ministry called the
report false." tells none either, and "A claims to have met B. B denies it" no more.
"""

import re
from dataclasses import replace

from bot.recognition.frames import Frame
from bot.recognition.reading import Reading
from bot.recognition.status import Judgement, Standing, denials
from bot.recognition.token import Scan, Sentence, Token

_ASKED = "?"
_CLOSING = " \"'»”’)"
_PART = re.compile(r"[:;¿]| [-–—] ")  # "A in Kyiv: did he meet B?"
_ATTRIBUTED = 40  # characters: "a Telegram channel wrote on Monday"
# After these a report tells what it is of: "the report about", "l'information selon laquelle".
_TELLS = ("grammar.about", "grammar.of", "grammar.clause_opener", "grammar.relative", "speech.according")
_OF_OLD = ("status.past_anchor", "status.at_first")
_GOES_ON = re.compile(r"\s*[,(:]")  # "the report, according to which": it tells what it is about


def retracted(reading: Reading, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """See what is only asked as open, and what the next sentence calls a false report as denied."""
    frames = tuple(_open(f, reading.scan) if _is_asked(reading.scan, f) else f for f in frames)
    false: dict[frozenset[str], tuple[int, Token]] = {}
    for frame in frames:
        word = _disowned(reading, frame, frames) or _unanswered(reading, frame, frames)
        if word:
            false[frame.key] = (frame.sentence.number, word)
    return tuple(_denied(f, *false[f.key]) if f.key in false else f for f in frames)


def is_only_wished(frame: Frame, frames: tuple[Frame, ...]) -> bool:
    """Whether "wants to get on with B" is all that seems a plan: no word of a contact, no day, no journey."""
    word = frame.judgement.word
    if frame.standing is not Standing.PLANNED or word is None or not word.is_a("status.plan"):
        return False
    if not all(cue.is_a("contact.weak") for cue in frame.cues) or frame.sentence.of("scene"):
        return False
    beside = frame.sentence.segment(frame.cues[0].start)
    dated = any(beside[0] <= day.start < beside[1] for day in frame.days)
    return not dated and not any(f is not frame and f.key == frame.key for f in frames)


def _denied(frame: Frame, until: int, word: Token) -> Frame:
    if frame.standing is not Standing.HELD or frame.sentence.number > until:
        return frame
    return replace(frame, judgement=Judgement(Standing.DENIED, word))


def _open(frame: Frame, scan: Scan) -> Frame:
    mark = scan.text.rindex(_ASKED, frame.sentence.start, frame.sentence.end)
    return replace(frame, judgement=Judgement(Standing.PLANNED, Token("status.asked", mark, mark + 1)))


def _is_asked(scan: Scan, frame: Frame) -> bool:
    """Whether a contact is asked for; "what did they talk about?" takes it for granted."""
    sentence = frame.sentence
    text = scan.text[sentence.start : sentence.end].rstrip(_CLOSING)
    if frame.standing is not Standing.HELD or not text.endswith(_ASKED):
        return False
    parts = [m.end() for m in _PART.finditer(text)]
    start = sentence.start + (parts[-1] if parts else 0)
    asking = sentence.of_within((start, sentence.end), "grammar.asking")
    return all(c.start >= start for c in frame.cues) and not asking


def _disowned(reading: Reading, frame: Frame, frames: tuple[Frame, ...]) -> Token | None:
    """Give the word by which the sentence after a contact calls its report false, and not earlier did."""
    number = frame.sentence.number + 1
    if not frame.own or frame.standing is not Standing.HELD or number >= len(reading.scan.sentences):
        return None
    after = reading.scan.sentences[number]
    if any(f.sentence is after for f in frames) or not frame.sentence.number or after.of(*_OF_OLD):
        return None
    if _tells_more(frame):
        return None
    words = (*denials(after), *after.of("status.untrue"))
    alleged = any(t.start < frame.cues[-1].end for t in frame.sentence.of("status.alleged"))
    reports = any(_is_bare(reading.scan, after, t) for t in after.of("status.report"))
    return words[0] if words and (reports or alleged) else None


def _unanswered(reading: Reading, frame: Frame, frames: tuple[Frame, ...]) -> Token | None:
    """Give the word by which the next sentence tells that nobody took a call."""
    number = frame.sentence.number + 1
    called = frame.standing is Standing.HELD and any(c.is_a("contact.phone") for c in frame.cues)
    if not frame.own or not called or number >= len(reading.scan.sentences):
        return None
    after = reading.scan.sentences[number]
    words = after.of("status.unanswered")
    return words[0] if words and not any(f.sentence is after for f in frames) else None


def _tells_more(frame: Frame) -> bool:
    """Whether the sentence goes on with what was said: "called B and claimed that Kyiv plans an attack"."""
    last = max(*(c.end for c in frame.cues), *(m.end for m in frame.ministers))
    said = frame.sentence.of("speech.verbs", "status.alleged")
    opens = frame.sentence.of("grammar.subordinate", "grammar.clause_opener")
    end = frame.sentence.end
    return any(
        t.start >= last and (end - t.end > _ATTRIBUTED or any(o.start >= t.end for o in opens)) for t in said
    )


def _is_bare(scan: Scan, sentence: Sentence, report: Token) -> bool:
    """Whether a report is that told before: not "the report about", "the report that"."""
    led = (report.end, report.end + 1)
    follow = sentence.of(*_TELLS)
    goes_on = _GOES_ON.match(scan.text, report.end)
    return not goes_on and not any(t.start in led for t in follow)
