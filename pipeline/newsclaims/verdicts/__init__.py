"""A reader's verdicts on the rows of a dataset: read, applied, and counted by rule.

`forms` says what a verdict is, `mend` changes one record, `apply` the whole dataset.
"""

from newsclaims.dataset import HISTORY, VERDICTS
from newsclaims.verdicts.apply import (
    Applied,
    apply_verdicts,
    corrected_from,
    describe,
    kept_verdicts,
)
from newsclaims.verdicts.forms import Verdict, read_verdicts
from newsclaims.verdicts.mend import Change, MendError, mend

__all__ = [
    "HISTORY",
    "VERDICTS",
    "Applied",
    "Change",
    "MendError",
    "Verdict",
    "apply_verdicts",
    "corrected_from",
    "describe",
    "kept_verdicts",
    "mend",
    "read_verdicts",
]
