"""Draws articles (for recall) or rows (for precision) to be annotated by people.

Each unit carries its design: how many were drawn of how many in its stratum. `evaluate` weighs by
it, so that figures of the sample hold for the whole dataset.
"""

import random
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newsclaims.dataset import NoTextsError, read_entries
from newsclaims.errors import UsageError
from newsclaims.records import MADE, fields_of
from newsclaims.schema import LAYERS, SCORED, Layer
from newsclaims.tables import Entry, rule_of, shown_part, to_json

_LEAST = 2  # of a stratum, where it has so many: one unit alone shows no spread


class SampleError(UsageError):
    """A sample that cannot be drawn."""


class Drawn(NamedTuple):
    """The design of one drawn unit, as it stands in files."""

    stratum: str
    drawn: int
    of: int

    @property
    def probability(self) -> float:
        """Of being drawn, the same for all units of a stratum."""
        return self.drawn / self.of

    def to_json(self, seed: int) -> dict[str, Any]:
        """The unit's ``sample`` field."""
        return {**self._asdict(), "probability": round(self.probability, 6), "seed": seed}


def draw(strata: Sequence[str], size: int, seed: int) -> dict[int, Drawn]:
    """Draw `size` of the units, given as their strata, without replacement: index -> its design.

    A stratum gets its share of the sample, and two units at least where it has them, so that small
    strata may make the sample larger than its size.
    """
    members: dict[str, list[int]] = {}
    for index, stratum in enumerate(strata):
        members.setdefault(stratum, []).append(index)
    drawn: dict[int, Drawn] = {}
    for stratum, indices in sorted(members.items()):
        share = round(size * len(indices) / len(strata))
        number = min(len(indices), max(share, _LEAST))
        chooser = random.Random(f"{seed} {stratum}")  # noqa: S311  # a sample, not a secret
        design = Drawn(stratum, number, len(indices))
        drawn |= dict.fromkeys(chooser.sample(indices, number), design)
    return dict(sorted(drawn.items()))


def sample_articles(
    folder: Path, size: int, output: Path, *, by: str | None = None, seed: int = 1, blind: bool
) -> int:
    """Write a gold file of `size` articles of a dataset; the number that was drawn.

    The rows that were found stand in it, to be corrected; `blind` leaves them out, so that nobody
    is led by them. `by` names a column of the articles that divides them into strata.

    Raises `SampleError` for a column that no article has and for articles without text.
    """
    strata = [_article_stratum(entry, by) for entry in read_entries(folder)]
    _check(strata, size, by)
    drawn = draw(strata, size, seed)
    lines = []
    for index, entry in enumerate(read_entries(folder)):
        if index in drawn:
            if entry.article["text"] is None:
                raise NoTextsError(folder)
            rows = {layer: [] if blind else entry.record[layer] for layer in LAYERS}
            lines.append(
                {
                    **entry.record,
                    **rows,
                    "annotated": list(SCORED),
                    "sample": drawn[index].to_json(seed),
                    "text": entry.article["text"],
                }
            )
    _write(output, lines)
    return len(lines)


def sample_rows(
    folder: Path,
    size: int,
    output: Path,
    *,
    layers: Sequence[str] = (),
    by: str | None = None,
    seed: int = 1,
    blind: bool = False,
) -> int:
    """Write `size` rows of a dataset, each to be given a ``verdict``; the number that was drawn.

    `layers` are all by default. `by` is ``layer``, ``rule`` or a column of the articles. `blind`
    leaves out which rule made a row and how sure it was.

    Raises `SampleError` for a column that nothing has.
    """
    wanted = list(layers or LAYERS)
    strata = [_row_stratum(*found, by) for found in _rows(read_entries(folder), wanted)]
    _check(strata, size, by)
    drawn = draw(strata, size, seed)
    lines = []
    for index, (entry, layer, row) in enumerate(_rows(read_entries(folder), wanted)):
        if index in drawn:
            lines.append(
                {
                    "key": row["key"],
                    "layer": layer,
                    "article": entry.article["id"],
                    "rule": None if blind else rule_of(row),
                    "row": _judged(row, _MADE if blind else {"key"}),
                    "sentence": _sentence(entry, LAYERS[layer], row),
                    "verdict": None,
                    "sample": drawn[index].to_json(seed),
                }
            )
    _write(output, lines)
    return len(lines)


def _rows(
    entries: Iterable[Entry], layers: Sequence[str]
) -> Iterator[tuple[Entry, str, Mapping[str, Any]]]:
    for entry in entries:
        for layer in layers:
            yield from ((entry, layer, row) for row in entry.record[layer])


def _check(strata: Sequence[str | None], size: int, by: str | None) -> None:
    if by and all(stratum == "" for stratum in strata):
        raise SampleError(f"nothing has a column {by}")
    if size > len(strata):
        raise SampleError(f"there are {len(strata)} to draw from, not {size}")


def _article_stratum(entry: Entry, by: str | None) -> str:
    if by is None:
        return ""
    value = {**entry.article["metadata"], **entry.article}.get(by)
    return "" if value is None else str(value)


def _row_stratum(entry: Entry, layer: str, row: Mapping[str, Any], by: str | None) -> str:
    if by == "layer":
        return layer
    return rule_of(row) or "" if by == "rule" else _article_stratum(entry, by)


# The fields of rows and spans that tell how a row was made.
_MADE = {"key"} | {
    name
    for layer in LAYERS.values()
    for model in (layer.row, *(held.item for held in layer.spans.values()))
    for name, held in fields_of(model).items()
    if MADE in held.marks
}


def _judged(value: Any, hidden: Container[str]) -> Any:
    """What a reader is asked to judge."""
    if isinstance(value, Mapping):
        return {name: _judged(one, hidden) for name, one in value.items() if name not in hidden}
    return [_judged(one, hidden) for one in value] if isinstance(value, list) else value


def _sentence(entry: Entry, layer: Layer, row: Mapping[str, Any]) -> str | None:
    """The sentences from the row's first to its last span; of entities, around the first."""
    text = entry.article["text"]
    if text is None:
        return None
    offsets = layer.offsets_of(row)
    starts, ends = zip(*(offsets[:1] if layer.is_mentioned else offsets), strict=True)
    part = shown_part(entry.article["sentences"], len(text), min(starts), max(ends))
    return part.marked(" ".join(text[part.begin : part.stop].split()))


def _write(output: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    output.write_text("".join(to_json(line) + "\n" for line in lines), encoding="utf-8")
