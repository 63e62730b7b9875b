"""Verdicts put to a whole dataset, which keeps them and what they changed.

``history.jsonl`` has a line for each article that was changed: the changes, each with the row
before and after, and the whole record as the run wrote it. So applying again starts from what was
found, and a verdict that is taken back brings its row back. A new run into the folder writes what
it finds and leaves ``verdicts.jsonl`` alone; applying puts the verdicts on unchanged rows to it
again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newsclaims.dataset import (
    HISTORY,
    VERDICTS,
    NoTextsError,
    dataset_lines,
    read_entries,
    read_form,
    read_manifest,
    write_again,
)
from newsclaims.evaluate import Precision, render_precisions, wilson
from newsclaims.publishing import writing
from newsclaims.schema import LAYERS
from newsclaims.tables import Entry, rules_of
from newsclaims.verdicts.forms import Verdict, read_verdicts
from newsclaims.verdicts.mend import Change, mend
from newsclaims.wording import plural


class Applied(NamedTuple):
    """What was done: rows by change, rows called right or unsure, and verdicts without a row."""

    changes: Mapping[str, int]
    verdicts: Mapping[str, int]
    stale: Sequence[Verdict]
    rules: Sequence[Precision]


def kept_verdicts(folder: Path) -> dict[str, Verdict]:
    """The verdicts that a dataset keeps, by key."""
    path = folder / VERDICTS
    return read_verdicts(path) if path.is_file() else {}


def apply_verdicts(folder: Path, path: Path | None = None) -> Applied:
    """Drop and correct the rows that verdicts call wrong, and write the dataset anew.

    Verdicts of `path` come on top of those that the dataset keeps; without `path` those alone are
    applied, as after a new run into the folder. A verdict of null takes back an earlier one.

    Raises `UsageError`, and changes nothing, for a verdict or correction that cannot stand.
    """
    read_manifest(folder)  # what is no dataset is known before anything is made there
    with writing(folder):
        return _apply(folder, path)


def _apply(folder: Path, path: Path | None) -> Applied:
    verdicts = kept_verdicts(folder)
    if path:
        first_keys = corrected_from(folder)
        for verdict in read_verdicts(path).values():
            _add(verdict, first_keys.get(verdict.key), verdicts)
    verdicts = {key: verdict for key, verdict in verdicts.items() if not verdict.says_nothing}
    manifest = read_manifest(folder)
    form = read_form(manifest)
    if not form.texts:
        raise NoTextsError(folder)
    originals = _originals(folder)
    judged: list[tuple[str, Mapping[str, Any], Verdict]] = []
    history: list[dict[str, Any]] = []
    for entry in _as_run(folder, originals):
        judged += _judged(entry, verdicts)
        _, changes = mend(entry.record, entry.article["text"], verdicts)
        if changes:
            lines = [_line(change, verdicts.get(change.key)) for change in changes]
            history.append(
                {"article": entry.article["id"], "changes": lines, "record": entry.record}
            )
    beside = {VERDICTS: map(Verdict.kept, verdicts.values()), HISTORY: history}
    write_again(
        folder, manifest, folder, _mended(_as_run(folder, originals), verdicts), form, beside
    )
    known = {verdict.key for _, _, verdict in judged}
    return Applied(
        changes=Counter(change["change"] for line in history for change in line["changes"]),
        verdicts=Counter(_word(verdict) for _, _, verdict in judged),
        stale=[verdict for key, verdict in verdicts.items() if key not in known],
        rules=precision_by_rule(judged),
    )


def corrected_from(folder: Path) -> dict[str, str]:
    """The keys of corrected rows, each with the key under which the row was found."""
    return {
        change["after"]["key"]: change["key"]
        for line in _history(folder)
        for change in line["changes"]
        if change["change"] == "corrected"
    }


def _add(verdict: Verdict, first_key: str | None, verdicts: dict[str, Verdict]) -> None:
    """Add a verdict; one on a corrected row counts for the row as found, corrections add up."""
    if first_key is None:
        verdicts[verdict.key] = verdict
        return
    earlier = verdicts[first_key]
    fields = {**(earlier.correct or {}), **(verdict.correct or {})}
    drops = verdict.verdict == "wrong" and not verdict.correct
    verdicts[first_key] = earlier.model_copy(
        update={
            "verdict": "wrong",
            "correct": None if drops else fields,
            "note": verdict.note or earlier.note,
        }
    )


def _originals(folder: Path) -> dict[str, dict[str, Any]]:
    """The records, as the run wrote them, of the articles that verdicts have changed."""
    return {line["article"]: line["record"] for line in _history(folder)}


def _history(folder: Path) -> Iterator[dict[str, Any]]:
    """The history of the dataset as it stands; nothing where the run was repeated since."""
    if HISTORY in read_manifest(folder)["files"]:
        yield from dataset_lines(folder, HISTORY)


def _as_run(folder: Path, originals: Mapping[str, dict[str, Any]]) -> Iterator[Entry]:
    for article, record in read_entries(folder):
        yield Entry(article, originals.get(article["id"], record))


def _judged(
    entry: Entry, verdicts: Mapping[str, Verdict]
) -> Iterator[tuple[str, Mapping[str, Any], Verdict]]:
    for layer in LAYERS:
        for row in entry.record[layer]:
            if row["key"] in verdicts:
                yield layer, row, verdicts[row["key"]]


def _mended(entries: Iterable[Entry], verdicts: Mapping[str, Verdict]) -> Iterator[Entry]:
    for article, record in entries:
        yield Entry(article, mend(record, article["text"], verdicts)[0])


def _line(change: Change, verdict: Verdict | None) -> dict[str, Any]:
    return {**change._asdict(), "note": verdict.note if verdict else ""}


def _word(verdict: Verdict) -> str:
    return "wrong" if verdict.is_wrong else verdict.verdict or "noted"


def precision_by_rule(
    judged: Iterable[tuple[str, Mapping[str, Any], Verdict]],
) -> list[Precision]:
    """Each rule's precision in each layer with Wilson's interval, the one judged most often first.

    It holds for the dataset where the rows to be judged were drawn at random. Rows of which a
    reader is unsure are not counted.
    """
    counts: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for layer, row, verdict in judged:
        word = _word(verdict)
        if word in {"right", "wrong"}:
            for rule in rules_of(row):
                counts[layer, rule] += 1
                right[layer, rule] += word == "right"
    ordered = sorted(counts, key=lambda name: (list(LAYERS).index(name[0]), -counts[name], name))
    return [
        Precision(
            *name,
            counts[name],
            right[name],
            right[name] / counts[name],
            *wilson(right[name], counts[name]),
        )
        for name in ordered
    ]


def describe(applied: Applied) -> Iterator[str]:
    """What was done and how each rule fared, in lines for a person."""
    told = [f"{number} {word}" for word, number in sorted(applied.changes.items())]
    yield "rows " + (", ".join(told) if told else "unchanged")
    if applied.stale:
        stale = plural(len(applied.stale), "verdict")
        yield f"{stale} kept for rows that this dataset does not have"
    if applied.rules:
        yield from render_precisions(applied.rules).splitlines()
