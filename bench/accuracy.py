"""Scores on folders of annotated articles, each with articles.jsonl and gold.jsonl.

    python bench/accuracy.py FOLDER... [--model NAME] [--layer NAME] [--json FILE]

A folder of such folders stands for all of them.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

from newsclaims.evaluate import Score, evaluate
from newsclaims.evaluate.present import percent
from rich.console import Console
from rich.table import Table


def main() -> None:
    """Extract, score, and print one row a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--model", help="another spaCy model")
    parser.add_argument("--layer", help="only figures whose name begins so, e.g. people")
    parser.add_argument("--json", type=Path, help="write the figures to a file, too")
    options = parser.parse_args()
    figures = {
        folder.name: scores_of(folder, options.model) for folder in annotated(options.folders)
    }
    table = Table("folder", "score", "P", "R", "F1 or share", "95 %", "gold")
    for folder, scores in figures.items():
        for score in scores:
            known = not math.isnan(score.value)  # the gold asks for it
            if known and score.name.startswith(options.layer or ""):
                table.add_row(folder, *cells(score))
    Console(width=110).print(table)
    if options.json:
        plain = {
            folder: {score.name: round(score.value, 4) for score in scores}
            for folder, scores in figures.items()
        }
        options.json.write_text(json.dumps(plain, indent=2) + "\n", encoding="utf-8")


def annotated(folders: list[Path]) -> list[Path]:
    """The folders that hold gold, `folders` themselves or those in them."""
    return [
        path.parent
        for folder in folders
        for path in [folder / "gold.jsonl", *sorted(folder.glob("*/gold.jsonl"))]
        if path.is_file() and (path.parent / "articles.jsonl").is_file()
    ]


def scores_of(folder: Path, model: str | None = None) -> list[Score]:
    """What `newsclaims run` and `evaluate` give for the articles of `folder`."""
    options = ["--any-language", *(["--model", model] if model else [])]
    with tempfile.TemporaryDirectory() as output:
        extract(folder / "articles.jsonl", output, *options)
        return list(evaluate(folder / "gold.jsonl", Path(output)).figures)


def extract(articles: Path, output: str, *options: str) -> None:
    """Run `newsclaims run` as a process of its own."""
    program = Path(sys.executable).with_name("newsclaims")
    command = [program, "run", articles, "--output", output, "--quiet", *options]
    subprocess.run(command, check=True)


def cells(score: Score) -> list[str]:
    """The name and the figures of a score, in per cent."""
    shown = map(percent, (score.precision, score.recall, score.value))
    interval = f"{percent(score.low)} - {percent(score.high)}"
    tally = score.tally
    return [score.name, *shown, interval, f"{tally.gold or tally.compared:.0f}"]


if __name__ == "__main__":
    main()
