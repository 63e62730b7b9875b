"""Gold and scores."""

from pathlib import Path

import click

from pipeline.cli.common import FILE, NEW_FILE, PATH, commands


@commands.command()
@click.argument("gold", type=FILE, metavar="GOLD")
def validate(gold: Path) -> int:
    """Check a gold file: what breaks scoring, and what merely departs from the usual form."""
    from pipeline.gold import check_gold

    findings = check_gold(gold)
    for finding in findings:
        click.echo(str(finding))
    return 1 if any(finding.severity == "error" for finding in findings) else 0


@commands.command()
@click.argument("gold", type=FILE, metavar="GOLD")
@click.argument("records", type=PATH, metavar="RECORDS")
@click.argument("other", type=PATH, metavar="[OTHER]", required=False)
@click.option("--by", multiple=True, metavar="COLUMN", help="Scores by a column of the articles.")
@click.option("--rules", is_flag=True, help="Show how each rule does.")
@click.option("--errors", metavar="LAYER", help="Print the errors of a layer instead.")
@click.option(
    "--min", "minima", multiple=True, metavar="LAYER.METRIC=0.8", help="Exit with 1 below this."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "markdown", "json", "csv"]),
    default="table",
    show_default=True,
)
@click.option("--json", "json_file", type=NEW_FILE, help="Write all of it to a file, too.")
def evaluate(
    gold: Path,
    records: Path,
    other: Path | None,
    by: tuple[str, ...],
    rules: bool,
    errors: str | None,
    minima: tuple[str, ...],
    form: str,
    json_file: Path | None,
) -> int:
    """Score RECORDS, a file or an output folder, against GOLD.

    With OTHER records: the paired difference of each score, with its p-value.
    """
    from pipeline.evaluate import assess, below, example_lines, read_minima, render, to_json

    least = read_minima(minima)
    evaluation = assess(gold, records, other, by=by)
    if errors is None:
        click.echo(render(evaluation, form, rules=rules), nl=False)
    elif errors in evaluation.examples:
        click.echo("\n".join(example_lines(evaluation.examples[errors])))
    else:
        known = ", ".join(evaluation.examples)
        raise click.UsageError(f"gold has no layer {errors}; it has: {known}")
    if json_file:
        json_file.write_text(to_json(evaluation), encoding="utf-8")
    missed = below(evaluation.scores, least)
    for sentence in missed:
        click.echo(f"newsclaims: {sentence}", err=True)
    return 1 if missed else 0
