"""Which of the model's organisations are none."""

from pipeline.extract.names.candidates import Candidate
from pipeline.extract.names.vocabulary import OCCASIONS, TITLE_MODIFIERS, TITLES
from pipeline.extract.names.words import Words


def is_organisation(words: Words, candidate: Candidate) -> bool:
    """False for a portfolio ("Defence" in "Defence Minister") and for occasions and laws."""
    lower = words.lower[candidate.start : candidate.end]
    if lower[-1] in OCCASIONS or lower[0] == "operation":
        return False
    after = words.after(candidate.end)
    return not (
        after >= 0
        and words.lower[after] in TITLES
        and words.is_capital(after)
        and all(word in TITLE_MODIFIERS for word in lower)
    )
