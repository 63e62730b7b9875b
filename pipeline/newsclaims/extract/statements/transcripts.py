"""The speakers in capitals before the lines of a transcript."""

import re
from bisect import bisect_left

from newsclaims.text.tokens import Tokens

_CAPITALS = r"(?:Mc|Mac)?[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+"
# "OKEKE:", "ANA OKEKE, MAYOR OF RIGA:", "OKEKE (through translator):", "OKEKE [laughs]:"
_LABEL = re.compile(
    rf"^(?P<source>(?P<name>{_CAPITALS}(?: {_CAPITALS}){{0,4}})(?P<title>,[^:\n]{{1,100}}?)?)"
    r"(?: ?[(\[][^()\[\]\n]{1,60}[)\]])?:(?=\s+\S)",
    re.MULTILINE,
)


def speaker_labels(tokens: Tokens) -> dict[int, int]:
    """The first token of each speaker's label -> the token behind the speaker.

    A text is a transcript when several lines begin so, and two speakers take turns, or one of them
    has a title behind the name or bears what is a person's name elsewhere, too.
    """
    labels = list(_LABEL.finditer(tokens.text))
    if len(labels) < 2:
        return {}
    people = {
        tokens.lower[entity.end - 1] for entity in tokens.entities if entity.label == "PERSON"
    }
    speakers = [label["name"].split()[-1].lower() for label in labels]
    turns = 1 < len(set(speakers)) < len(speakers)
    if not turns and people.isdisjoint(speakers) and not any(label["title"] for label in labels):
        return {}
    starts = tokens.starts
    return {
        bisect_left(starts, label.start()): bisect_left(starts, label.end("source"))
        for label in labels
    }
