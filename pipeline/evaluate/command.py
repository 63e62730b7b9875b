"""The options of the scorer when it is run alone, as ``python -m pipeline.evaluate``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.evaluate.evaluation import assess, below, read_minima
from pipeline.evaluate.examples import example_lines
from pipeline.evaluate.export import to_json
from pipeline.evaluate.present import FORMATS, render


def main(arguments: Sequence[str] | None = None) -> int:
    """Score RECORDS against GOLD, beside OTHER records if given. Returns the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return _run(options)
    except (UsageError, OSError) as error:
        sys.stderr.write(f"evaluate: {error}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="evaluate", description=main.__doc__)
    parser.add_argument("gold", type=Path, metavar="GOLD")
    parser.add_argument("records", type=Path, metavar="RECORDS")
    parser.add_argument("other", type=Path, metavar="OTHER", nargs="?")
    parser.add_argument("--by", action="append", default=[], metavar="COLUMN")
    parser.add_argument("--min", action="append", default=[], metavar="LAYER.METRIC=0.8")
    parser.add_argument("--rules", action="store_true", help="show how each rule does")
    parser.add_argument("--format", choices=FORMATS, default="table")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all of it to a file, too")
    parser.add_argument(
        "--errors", nargs="+", metavar=("LAYER", "N"), help="print the (first N) errors instead"
    )
    return parser


def _run(options: argparse.Namespace) -> int:
    minima = read_minima(options.min)
    evaluation = assess(options.gold, options.records, options.other, by=options.by)
    if options.errors:
        layer, limit = options.errors[0], options.errors[1:]
        if layer not in evaluation.examples:
            known = ", ".join(evaluation.examples)
            raise UsageError(f"gold has no layer {layer}; it has: {known}")
        shown = evaluation.examples[layer][: int(limit[0]) if limit else None]
        sys.stdout.write("".join(f"{line}\n" for line in example_lines(shown)))
    else:
        sys.stdout.write(render(evaluation, options.format, rules=options.rules))
    if options.json:
        options.json.write_text(to_json(evaluation), encoding="utf-8")
    missed = below(evaluation.scores, minima)
    sys.stderr.write("".join(f"evaluate: {sentence}\n" for sentence in missed))
    return 1 if missed else 0
