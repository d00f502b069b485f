"""The query language of a watch.

==================== =========================================================================
``Telefonat``        the word, folded and inflected in the story's language; a person's name
                     means the person, in all spellings: exactly as in ``keywords``
``rote Linie``       plain words side by side: side by side in the story, each inflected
``"rote Linie"``     the words just so, in this order, without inflection; case and accents
                     make no difference
``telefon*``         every word that begins so
``=Austin``          the word as it is written, capitals, accents and all, without inflection
``A AND B``          both
``A OR B``           one of them, or both
``NOT A``            not this; ``A NOT B`` is ``A AND NOT B``
``A NEAR/5 B``       B at most five words before or behind A (neighbours: NEAR/1); in a chain
                     each part is near the same place of the one before it; never from the
                     title into the text
``A NEAR/5f B``      the same, B behind A
``( )``              what belongs together; NEAR binds closest, then NOT, AND, OR
``title:A``          A in the title; also ``title:"…"``, ``title:(…)``
``person:"A B"``     this person of the register, in all spellings
``office:"US …"``    e.g. ``office:"US defence minister"``: whoever held this office on the story's
                     day, in all spellings, or the office's own names in the register;
                     ``office:"any foreign minister"``: those of all countries
``source:nzz.ch``    stories of this outlet, by its name or its site
``lang:de``          stories in this language, by their feed or else by their words
==================== =========================================================================

Operators are written in capitals. A query must name something that a story has
to hold: what only forbids fits every story and is refused. Time is linear in
the story, whatever the query.
"""

from bot.matching.query.faults import Fault, QueryError
from bot.matching.query.reading import read
from bot.matching.query.subjects import Subjects

__all__ = ["Fault", "QueryError", "Subjects", "read"]
