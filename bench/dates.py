"""Words a second of the date stage, alone on parsed documents, and of whole runs beside HeidelTime.

    python bench/dates.py [--articles 300] [--rounds 5]

Seconds are those of the processor, which other work on the machine disturbs less than the clock's.
The date stage is timed on documents that are already parsed. HeidelTime's row appears where
HEIDELTIME_HOME names the folder of its standalone release with a config.props that works (its
tagger included); it reads all articles as one document, so that its start counts once.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from newsclaims.assemble import Pipeline
from newsclaims.extract.dates import find_dates
from newsclaims.records import Article
from newsclaims.resolve.calendar import resolve_dates
from newsclaims.text.tokens import Tokens
from rich.console import Console
from rich.table import Table

from corpus import generate


def main() -> None:
    """Time everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    articles = list(generate(options.articles))
    words = sum(len(article.text.split()) for article in articles)
    seconds = {name: _timed(run, options.rounds) for name, run in _rows(articles).items()}
    title = f"{len(articles)} articles, {words:,} words, median of {options.rounds}"
    Console().print(_table(seconds, title, words))


def _rows(articles: Sequence[Article]) -> dict[str, Callable[[], object]]:
    pipeline = Pipeline()
    parses = list(pipeline.parser.parse([article.text for article in articles]))
    rows: dict[str, Callable[[], object]] = {
        "dates alone, on parsed documents": lambda: _dates(articles, parses),
        "whole pipeline, text to records": lambda: list(pipeline.pipe(articles)),
    }
    home = os.environ.get("HEIDELTIME_HOME")
    if home:
        rows["HeidelTime, with its tagger"] = lambda: _heideltime(Path(home), articles)
    return rows


def _dates(articles: Sequence[Article], parses: Sequence[Tokens]) -> None:
    for article, tokens in zip(articles, parses, strict=True):
        resolve_dates(find_dates(tokens), article.published)


def _heideltime(home: Path, articles: Sequence[Article]) -> None:
    jar = next(home.glob("*heideltime*standalone*.jar"))
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n\n".join(article.text for article in articles))
        file.flush()
        published = articles[0].published or "2025-01-01"
        options = ["-c", home / "config.props", "-t", "NEWS", "-dct", published[:10]]
        java = shutil.which("java") or "java"
        command = [java, "-jar", jar, file.name, *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _timed(run: Callable[[], object], rounds: int) -> float:
    """Processor seconds of the median of so many runs, child processes included."""
    taken = []
    for _ in range(rounds):
        start = sum(os.times()[:4])
        run()
        taken.append(sum(os.times()[:4]) - start)
    return median(taken)


def _table(seconds: dict[str, float], title: str, words: int) -> Table:
    table = Table(title=title)
    for heading in ("", "processor seconds", "words/s"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, taken in seconds.items():
        table.add_row(name, f"{taken:.2f}", f"{words / taken:,.0f}")
    return table


if __name__ == "__main__":
    main()
