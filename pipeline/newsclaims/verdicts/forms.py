"""What a verdict is, and the file of them.

``verdicts.jsonl`` has one line a row: its ``key``, a ``verdict`` (right, wrong, unsure, or null to
take one back) and, each optional, a ``note`` and ``correct``, the fields that should stand in the
row. There a span is given as ``{"start": 4, "end": 19}``.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from newsclaims.dataset import read_lines
from newsclaims.errors import UsageError


class Verdict(BaseModel):
    """What a reader says of one row."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    key: str = Field(min_length=1)
    """Key of the row."""
    verdict: Literal["right", "wrong", "unsure"] | None = None
    """What the reader says; null takes an earlier verdict back."""
    note: str = ""
    """Why."""
    correct: Mapping[str, Any] | None = None
    """The fields that should stand in the row, of a span its start and end."""
    article: str | None = None
    """Id of the article, for the eye alone."""
    kind: str | None = None
    """Kind of the row, for the eye alone."""

    @property
    def is_wrong(self) -> bool:
        """Whether the row should not stand as it is."""
        return self.verdict == "wrong" or bool(self.correct)

    @property
    def says_nothing(self) -> bool:
        return self.verdict is None and not self.correct and not self.note

    def kept(self) -> dict[str, Any]:
        """The verdict as a dataset keeps it: spans as offsets, so that it holds no text."""
        verdict = self.model_dump(mode="json", exclude_defaults=True)
        return {name: _without_words(value) for name, value in verdict.items()}


def read_verdicts(path: Path) -> dict[str, Verdict]:
    """Verdicts by key, the last one on a row in its place. Raises `UsageError` for a bad line."""
    verdicts: dict[str, Verdict] = {}
    for number, line in enumerate(read_lines(path), 1):
        try:
            verdict = Verdict.model_validate(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise UsageError(f"{path.name}: line {number}: {where}: {first['msg']}") from error
        verdicts[verdict.key] = verdict
    return verdicts


def _without_words(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_words(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    return {name: _without_words(item) for name, item in value.items() if name != "text"}
