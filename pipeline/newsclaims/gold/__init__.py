"""Gold files and written records as values for scoring, and the check of a gold file.

`rows` reads, `check` judges, with `forms` and `spelling` for what merely warns. Nothing here makes
records: gold is handed on as it stands.
"""

from newsclaims.gold.check import Finding, check_gold, check_line, refuse
from newsclaims.gold.rows import (
    Annotations,
    Entity,
    GoldError,
    Mention,
    Role,
    Sample,
    Span,
    Statement,
    TimeExpression,
    annotations_of,
    is_line,
    json_lines,
    not_gold,
    read_annotations,
    read_metadata,
    sample_of,
    texts_beside,
)

__all__ = [
    "Annotations",
    "Entity",
    "Finding",
    "GoldError",
    "Mention",
    "Role",
    "Sample",
    "Span",
    "Statement",
    "TimeExpression",
    "annotations_of",
    "check_gold",
    "check_line",
    "is_line",
    "json_lines",
    "not_gold",
    "read_annotations",
    "read_metadata",
    "refuse",
    "sample_of",
    "texts_beside",
]
