"""Mentions of a gold file, given to the pipeline instead of its own (``run --mentions``).

So that a resolver is measured by itself: plain `evaluate` scores what it makes of mentions that are
right. Layers that the gold does not annotate, and articles that it does not have, keep their own.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from newsclaims.errors import UsageError
from newsclaims.extract.finds import Kind, Name
from newsclaims.extract.given import Given
from newsclaims.schema import LAYERS, MENTIONED

_LAYERS = {f"{name}.mentions": Kind(LAYERS[name].kind) for name in MENTIONED}


class GivenMentions(NamedTuple):
    """Mentions by the hash of their article's text, and the hash of the file they came from."""

    by_text: Mapping[str, Given] = {}  # sent to workers, as no mapping proxy can be
    sha256: str | None = None


def read_mentions(path: Path) -> GivenMentions:
    """Read the mentions of a gold file.

    Raises:
        UsageError: for a line that is no line of a gold file.
    """
    by_text: dict[str, Given] = {}
    content = path.read_bytes()
    for number, line in enumerate(content.splitlines(), 1):
        try:
            gold = json.loads(line)
            by_text[gold["article"]["text_sha256"]] = {
                kind: _names(gold[layer.partition(".")[0]], kind)
                for layer, kind in _LAYERS.items()
                if layer in gold["annotated"]
            }
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}, line {number}: no line of a gold file ({error!r})") from None
    return GivenMentions(by_text, hashlib.sha256(content).hexdigest())


def _names(rows: list[dict[str, Any]], kind: Kind) -> list[Name]:
    spans = {(span["start"], span["end"]) for row in rows for span in row["mentions"]}
    return [Name(start, end, kind, "given") for start, end in sorted(spans)]
