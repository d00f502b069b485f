"""Ministers beside holders of other offices: who is in contact with those, who is one of them by now."""

from collections.abc import Iterable
from datetime import date

from bot.recognition.dates import Day
from bot.recognition.ministers import Cast, Minister
from bot.recognition.token import Scan, Sentence, Token


def met_another(scan: Scan, sentence: Sentence, cast: Cast, cues: tuple[Token, ...]) -> bool:
    """Whether the one minister before the cues is in contact with a holder of another office after them.

    "Austin met Lavrov while Shoigu stayed in Moscow": the other minister is
    none of it unless he is named in one breath, "met Lavrov and Shoigu".
    """
    last = cues[-1]
    before = [m for m in cast.ministers if m.start < cues[0].start]
    after = [o for o in cast.others if o.start >= last.end]
    if len(before) != 1 or not after or len(scan.gap(last, after[0]).split()) > 1:
        return False
    later = [m for m in cast.ministers if m.start > last.start]
    return bool(later) and later[0].start > after[0].end and not _in_one_breath(sentence, after[-1], later[0])


def as_minister(sentence: Sentence, cast: Cast, former: Minister, days: Iterable[Day]) -> bool:
    """Whether one in another office by now is spoken of as what he was: of a day in his term, or of old."""
    others = {o.start for o in cast.others}
    if former.start not in others or former.holder is None or sentence.of("status.past_anchor"):
        return True
    first, last = (former.holder.start or date.min).isoformat(), (former.holder.end or date.max).isoformat()
    return any(first <= (day.iso or "") <= last for day in days)


def _in_one_breath(sentence: Sentence, other: Token, minister: Minister) -> bool:
    return bool(sentence.of_within((other.end, minister.start), "grammar.list_and"))
