"""What the scorers of all layers hand over: counts to be added up, and what became of each item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from newsclaims.gold import Span


class Tally(NamedTuple):
    """Counts of one metric in one article; tallies of articles are added up.

    `recalled` of the `gold` items were found and `precise` of the `found` items are right (the two
    differ in B-cubed only). Of `compared` matched pairs, `agreed` agree in what is compared.
    """

    gold: float = 0
    found: float = 0
    recalled: float = 0
    precise: float = 0
    compared: float = 0
    agreed: float = 0


def matches(gold: int, found: int, matched: int, compared: int = 0, agreed: int = 0) -> Tally:
    """The tally of a one-to-one matching."""
    return Tally(gold, found, matched, matched, compared, agreed)


def share(compared: int, agreed: int) -> Tally:
    """The tally of a plain share."""
    return Tally(compared=compared, agreed=agreed)


F1 = "f1"
SCALED_F1 = "f1 x share"
SHARE = "share"
"""The ways to make a figure of a tally: F1; F1 times the share of agreement; the share alone."""

RIGHT = "right"
BOUNDARY = "boundary"
KIND = "kind"
MISSED = "missed"
INVENTED = "invented"
WRONG_SLOT = "wrong slot"
WRONG_VALUE = "wrong value"
WRONG_LINK = "wrong link"
ERROR_CLASSES = (MISSED, INVENTED, BOUNDARY, KIND, WRONG_VALUE, WRONG_SLOT, WRONG_LINK)


class Side(NamedTuple):
    """One item as gold or as found: the span to show, and what it says beyond the words."""

    span: Span
    says: str = ""


class Outcome(NamedTuple):
    """What became of one item of gold, one find, or a matched pair of them."""

    verdict: str
    gold: Side | None = None
    found: Side | None = None
    rule: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LayerScore:
    """One layer of one article: a tally for each metric, and the outcomes."""

    tallies: Mapping[str, Tally]
    outcomes: Sequence[Outcome] = field(default_factory=tuple)
