"""An evaluation as tables for the terminal or for Markdown; see `export` for JSON and CSV."""

import io
import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from newsclaims.evaluate.evaluation import Evaluation
from newsclaims.evaluate.export import precisions_to_csv, precisions_to_json, to_csv, to_json
from newsclaims.evaluate.judged import Precision
from newsclaims.evaluate.scoring import Score
from newsclaims.evaluate.tally import SCALED_F1, SHARE
from newsclaims.wording import plural

FORMATS = ("table", "markdown", "json", "csv")
WIDTH = 120


class Grid(NamedTuple):
    """A table ready to be shown. The first `texts` columns are words, the others figures."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: int = 1


def render(evaluation: Evaluation, form: str = "table", *, rules: bool = False) -> str:
    """The evaluation in one of `FORMATS`, ending with a line end.

    Tables show the rules only with `rules`; JSON and CSV hold all there is.
    """
    if form == "json":
        return to_json(evaluation)
    if form == "csv":
        return to_csv(evaluation)
    draw = _markdown if form == "markdown" else _terminal
    shown = [draw(grid) for grid in grids(evaluation, rules=rules)]
    return "\n".join([*shown, *(f"{note}\n" for note in notes(evaluation))])


def render_precisions(found: Sequence[Precision], form: str = "table") -> str:
    """Precisions of judged rows in one of `FORMATS`, ending with a line end."""
    if form == "json":
        return precisions_to_json(found)
    if form == "csv":
        return precisions_to_csv(found)
    rows = [
        (one.layer, one.rule, percent(one.precision), _spread(one), str(one.right), str(one.judged))
        for one in found
    ]
    columns = ("layer", "rule", "precision", "95 %", "right", "judged")
    draw = _markdown if form == "markdown" else _terminal
    return draw(Grid("Precision of judged rows", columns, rows, texts=2))


def notes(evaluation: Evaluation) -> list[str]:
    """What the reader must know about the articles beside the figures."""
    said = []
    if missing := len(evaluation.scores.missing):
        said.append(f"Missing from the records, counted as empty: {plural(missing, 'article')}.")
    drawn = next((one.samples for one in evaluation.scores.layers.values() if one.samples), ())
    if drawn:
        of = sum({sample.stratum: sample.of for sample in drawn}.values())
        said.append(
            f"All figures and counts are estimates for the {plural(of, 'article')} drawn from."
        )
    if extra := len(evaluation.scores.extra):
        said.append(f"Not in gold, ignored: {plural(extra, 'article')}.")
    return said


def grids(evaluation: Evaluation, *, rules: bool = True) -> Iterator[Grid]:
    """The tables of an evaluation; empty ones are left out."""
    yield Grid(
        "Scores",
        ("score", *_SCORE_COLUMNS),
        [(score.name, *_score_cells(score)) for score in evaluation.scores.figures],
    )
    if evaluation.slices:
        yield Grid(
            "By column",
            ("slice", "score", *_SCORE_COLUMNS),
            [
                (f"{part.column}={part.value}", score.name, *_score_cells(score))
                for part in evaluation.slices
                for score in part.figures
            ],
            texts=2,
        )
    if evaluation.differences:
        yield Grid(
            "Difference",
            ("score", "this", "other", "difference", "95 %", "p"),
            [
                (
                    d.name,
                    *map(percent, (d.ours, d.theirs, d.difference)),
                    _spread(d, " to "),
                    _p(d.p),
                )
                for d in evaluation.differences
            ],
        )
    if evaluation.errors:
        yield Grid(
            "Errors",
            ("layer", "class", "count", "of errors"),
            [(e.layer, e.error, f"{e.number:.0f}", percent(e.share)) for e in evaluation.errors],
            texts=2,
        )
    if rules and evaluation.rules:
        yield Grid(
            "Rules",
            ("layer", "rule", "precision", "95 %", "right", "finds", "of finds"),
            [
                (
                    r.layer,
                    r.rule,
                    percent(r.precision),
                    _spread(r),
                    f"{r.right:.0f}",
                    f"{r.finds:.0f}",
                    percent(r.share),
                )
                for r in evaluation.rules
            ],
            texts=2,
        )


_SCORE_COLUMNS = ("P", "R", "F1", "95 %", "right", "gold", "found", "articles")


def _score_cells(score: Score) -> tuple[str, ...]:
    """Figures in per cent. A share stands under F1, what it is a share of under gold."""
    figures = (*map(percent, (score.precision, score.recall, score.value)), _spread(score))
    tally = score.tally
    if score.kind == SHARE:
        counts = (f"{tally.agreed:.0f}", f"{tally.compared:.0f}", "")
    else:
        right = tally.agreed if score.kind == SCALED_F1 else tally.precise
        counts = (f"{right:.0f}", f"{tally.gold:.0f}", f"{tally.found:.0f}")
    return (*figures, *counts, str(score.articles))


def percent(value: float) -> str:
    """A share in per cent with one digit; a dash where there is no figure."""
    return "-" if math.isnan(value) else f"{100 * value:.1f}"


def _spread(item: Any, between: str = " - ") -> str:
    """The interval; between figures that may be negative stands a word."""
    return "-" if math.isnan(item.low) else percent(item.low) + between + percent(item.high)


def _p(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.4f}"


def _terminal(grid: Grid) -> str:
    table = Table(title=grid.title, title_justify="left", box=None, pad_edge=False)
    for index, column in enumerate(grid.columns):
        justify = "left" if index < grid.texts else "right"
        table.add_column(column, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    previous = ""
    for row in grid.rows:
        group = row[0].rpartition(".")[0] or row[0]
        if previous not in ("", group):
            table.add_section()
        previous = group
        table.add_row(*row)
    console = Console(file=io.StringIO(), width=WIDTH, markup=False, highlight=False)
    with console.capture() as capture:
        console.print(table)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def _markdown(grid: Grid) -> str:
    rule = [":--" if index < grid.texts else "--:" for index in range(len(grid.columns))]
    cells = (_markdown_row(row) for row in (grid.columns, rule, *grid.rows))
    return "\n".join([f"## {grid.title}", "", *cells, ""])


def _markdown_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
