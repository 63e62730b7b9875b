"""Of each type of time expression the share found and valued right, on each folder of gold.

    python bench/date_types.py FOLDER... [--old DIR] [--wrong TYPE]

A folder holds articles.jsonl and gold.jsonl, or such folders. A type is told from the gold's own
words and value, after the kinds of expressions in the TIMEX3 guidelines (TimeML 1.2.1). "Right" is
an overlapping row of the same value. The last column counts what was found without a gold row of
any type. With `--old`, a folder with a records.jsonl for each FOLDER by name, strict and value F1
are compared with those of older records by a paired bootstrap over articles. `--wrong` lists the
expressions of a type that are not right.
"""

import argparse
import json
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from accuracy import annotated, extract
from newsclaims.evaluate.matching import match_spans
from newsclaims.gold import Span
from rich.console import Console
from rich.table import Table

RESAMPLES = 1000

Row = dict[str, Any]

# The first type whose pattern fits "TYPE VALUE WORDS" of the gold is that of the expression.
_MONTH = (
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|aug|sept?|oct|nov|dec)\b\.?"
)
_FULL = r"\d{4}-\d\d-\d\d|[a-z]{3,}\.? \d{1,2}\b.*\d{4}|\d{1,2} [a-z]{3,}.*\d{4}|\d+[/.]\d+[/.]\d+"
_POINTED = (
    r"\b(?:last|this|next|past|coming|current|that|same|following|previous|the) (?:\w+ )?"
    r"(?:day|week|weekend|month|year|decade|century)\b"
)
_PATTERNS = {
    "age": r"DURATION \S* .*\bold\b",
    "set: each, per, adverb": r"SET",
    "duration: anchored": r"DURATION \S* .*\b(?:past|last|next|coming|previous|first)\b",
    "duration: open": r"DURATION \S*X",
    "duration: counted": r"DURATION",
    "time: clock": r"TIME \S*T\d\d",
    "time: part of day": r"TIME",
    "now, then, once": r"DATE \S*_REF",
    "calendar day": rf"DATE \S* .*(?:{_FULL})",
    "day of a month": rf"DATE \S* .*{_MONTH} (?:the )?\d{{1,2}}|DATE \S* .*\d (?:of )?{_MONTH}",
    "quarter, half, fiscal year": r"DATE (?:\S*-[QH]|FY)|DATE .*\b(?:quarter|half|fiscal)\b",
    "counted: ago, later": r"DATE \S* .*\b(?:ago|later|earlier|from now|before|after)$",
    "today, yesterday": r"DATE \S* .*\b(?:today|yesterday|tomorrow)",
    "weekday": r"DATE \S* .*\b(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    "pointed: last week, this year": rf"DATE \S* .*{_POINTED}",
    "season": r"DATE \S*-(?:SP|SU|FA|WI)|DATE .*\b(?:spring|summer|autumn|fall|winter)\b",
    "decade, century": r"DATE \d{2,3}(?: |$)",
    "month": rf"DATE \S* .*{_MONTH}",
    "year": r"DATE \d{4}(?: |$)",
    "other date": r"",
}
TYPES = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _PATTERNS.items()}


class Judged(NamedTuple):
    """An article's gold and found rows, and the indices of those that were matched."""

    gold: Sequence[Row]
    found: Sequence[Row]
    pairs: Sequence[tuple[int, int]]


def main() -> None:
    """Extract, match, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--old", type=Path, help="a folder with older records of each FOLDER")
    parser.add_argument("--wrong", help="list what is not right of a type")
    options = parser.parse_args()
    console = Console(width=150)
    judged = {folder.name: list(_judged(folder)) for folder in annotated(options.folders)}
    judged = {name: articles for name, articles in judged.items() if articles}
    console.print(_types(judged))
    if options.old:
        console.print(_compared(judged, options.folders, options.old))
    if options.wrong:
        for line in _wrong(judged, options.wrong):
            console.print(line, markup=False)


def type_of(row: Row) -> str:
    """The type of a gold row."""
    words = " ".join(row["span"]["text"].split())
    told = f"{row['type']} {row['value'] or '?'} {words}"
    return next(name for name, pattern in TYPES.items() if pattern.match(told))


def _judged(folder: Path) -> Iterator[Judged]:
    gold = [row for row in _lines(folder / "gold.jsonl") if "dates" in row["annotated"]]
    if not gold:
        return
    with tempfile.TemporaryDirectory() as output:
        extract(folder / "articles.jsonl", output, "--any-language")
        yield from _matched(gold, Path(output) / "records.jsonl")


def _matched(gold: Sequence[Row], records: Path) -> Iterator[Judged]:
    found = {row["article"]["id"]: row["dates"] for row in _lines(records)}
    for article in gold:
        wanted = [row for row in article["dates"] if not row.get("optional")]
        given = found.get(article["article"]["id"], [])
        yield Judged(wanted, given, list(match_spans(_spans(wanted), _spans(given))))


def _lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _spans(rows: Sequence[Row]) -> list[Span]:
    return [Span(row["span"]["start"], row["span"]["end"], row["span"]["text"]) for row in rows]


def _is_right(gold: Row, found: Row | None) -> bool:
    return found is not None and (gold["value"] is None or gold["value"] == found["value"])


def _types(judged: dict[str, list[Judged]]) -> Table:
    right: dict[tuple[str, str], int] = defaultdict(int)
    count: dict[tuple[str, str], int] = defaultdict(int)
    invented: dict[str, int] = defaultdict(int)
    for folder, articles in judged.items():
        for article in articles:
            found = dict(article.pairs)
            invented[folder] += len(article.found) - len(found)
            for index, row in enumerate(article.gold):
                key = (type_of(row), folder)
                match = article.found[found[index]] if index in found else None
                count[key] += 1
                right[key] += _is_right(row, match)
    table = Table("type", *judged, title="right / gold", title_justify="left")
    for name in TYPES:
        cells = [f"{right[name, f]} / {count[name, f]}" if count[name, f] else "" for f in judged]
        if any(cells):
            table.add_row(name, *cells)
    table.add_row("found without gold", *(str(invented[folder]) for folder in judged))
    return table


def _wrong(judged: dict[str, list[Judged]], name: str) -> Iterator[str]:
    for folder, articles in judged.items():
        for article in articles:
            found = dict(article.pairs)
            for index, row in enumerate(article.gold):
                match = article.found[found[index]] if index in found else None
                if type_of(row) == name and not _is_right(row, match):
                    ours = f"{match['span']['text']!r} {match['value']}" if match else "nothing"
                    yield f"{folder}: {row['span']['text']!r} {row['value']}, found {ours}"


def _compared(judged: dict[str, list[Judged]], folders: Sequence[Path], old: Path) -> Table:
    table = Table("folder", "score", "old", "new", "difference", "95 %")
    for folder in annotated(list(folders)):
        if folder.name not in judged:
            continue
        before = list(
            _matched([*_lines(folder / "gold.jsonl")], old / folder.name / "records.jsonl")
        )
        pairs = zip(before, judged[folder.name], strict=True)
        counts = [(_counts(one), _counts(other)) for one, other in pairs]
        for name, part in (("strict", 2), ("value", 3)):
            one, other = (_f1([pair[side] for pair in counts], part) for side in (0, 1))
            low, high = _interval(counts, part)
            figures = [f"{100 * one:.1f}", f"{100 * other:.1f}", f"{100 * (other - one):+.1f}"]
            table.add_row(folder.name, name, *figures, f"{low:+.1f} to {high:+.1f}")
    return table


Counts = tuple[int, int, int, int]


def _counts(article: Judged) -> Counts:
    """Gold rows, found rows, equal spans, and pairs of one value."""
    wanted, given = _spans(article.gold), _spans(article.found)
    right = sum(_is_right(article.gold[one], article.found[other]) for one, other in article.pairs)
    return len(wanted), len(given), len(set(wanted) & set(given)), right


def _f1(counts: Sequence[Counts], part: int) -> float:
    total = sum(one[0] + one[1] for one in counts)
    return 2 * sum(one[part] for one in counts) / total if total else 0.0


def _interval(counts: Sequence[tuple[Counts, Counts]], part: int) -> tuple[float, float]:
    """The middle 95 % of the difference over articles drawn with replacement."""
    draws = random.Random(0)  # noqa: S311  the same draws each time
    differences = []
    for _ in range(RESAMPLES):
        drawn = draws.choices(counts, k=len(counts))
        one, other = (_f1([pair[side] for pair in drawn], part) for side in (0, 1))
        differences.append(100 * (other - one))
    differences.sort()
    return differences[RESAMPLES // 40], differences[-RESAMPLES // 40 - 1]


if __name__ == "__main__":
    main()
