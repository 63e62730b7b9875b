"""The options of the scorer when it is run alone."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from pipeline.evaluate.examples import error_lines, texts_for
from pipeline.evaluate.present import score_table, scores_json
from pipeline.evaluate.scoring import LAYERS, evaluate
from pipeline.gold import GoldError


def main(arguments: Sequence[str] | None = None) -> int:
    """Score RECORDS against GOLD and print the table. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="evaluate", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("records", type=Path)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--errors", nargs="+", metavar=("LAYER", "N"), help="print (N) errors")
    options = parser.parse_args(arguments)
    console = Console(width=120, highlight=False, markup=False)
    try:
        scores = evaluate(options.gold, options.records)
        if options.errors:
            layer, limit = options.errors[0], int((*options.errors, "0")[1]) or None
            if layer not in LAYERS:
                parser.error(f"no layer {layer}; there are {', '.join(LAYERS)}")
            texts = texts_for(options.gold, options.records)
            for line in list(error_lines(scores, layer, texts))[:limit]:
                console.print(line, soft_wrap=True)
            return 0
    except (GoldError, OSError) as error:
        print(f"evaluate: {error}", file=sys.stderr)  # noqa: T201
        return 2
    console.print(score_table(scores))
    if scores.missing:
        console.print(f"{len(scores.missing)} articles of gold are missing, counted as empty")
    if options.json:
        options.json.write_text(scores_json(scores), encoding="utf-8")
    return 0
