"""Scores on corpus/ and speed of other spaCy models: python bench/models.py MODEL...

Speed is that of a whole run on one worker without stored parses, model loading included.
"""

import argparse
import tempfile
import time
from pathlib import Path

from accuracy import extract
from newsclaims.dataset import read_entries
from newsclaims.evaluate import evaluate
from newsclaims.parse.model import DEFAULT_MODEL
from rich.console import Console
from rich.table import Table

CORPUS = Path(__file__).parent.parent / "corpus"


def main() -> None:
    """Print a column a model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", default=[DEFAULT_MODEL])
    models = parser.parse_args().models
    measured = {model: measure(model) for model in models}
    table = Table("score, F1 or share in per cent", *models)
    for name in next(iter(measured.values())):
        table.add_row(name, *(figures.get(name, "-") for figures in measured.values()))
    Console(width=60 + 20 * len(models)).print(table)


def measure(model: str) -> dict[str, str]:
    """Words a second and all scores of one model, as they are shown."""
    with tempfile.TemporaryDirectory() as output:
        start = time.perf_counter()
        extract(CORPUS / "articles", output, "--model", model, "--no-cache", "--workers", "1")
        seconds = time.perf_counter() - start
        words = sum(len(entry.article["text"].split()) for entry in read_entries(Path(output)))
        scores = evaluate(CORPUS / "gold.jsonl", Path(output)).figures
    return {"words/s": f"{words / seconds:,.0f}"} | {
        score.name: f"{100 * score.value:.1f}" for score in scores
    }


if __name__ == "__main__":
    main()
