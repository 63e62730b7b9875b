"""Gold and scores."""

import json
from pathlib import Path
from typing import Any

import click

from newsclaims.cli import common
from newsclaims.cli.common import (
    FILE,
    FOLDER,
    NEW_FILE,
    PATH,
    commands,
    examples,
    optional_output,
)
from newsclaims.wording import plural


@commands.command()
@click.argument("gold", type=FILE, metavar="GOLD")
def validate(gold: Path) -> int:
    """Check a gold file.

    Errors break scoring; warnings tell of what merely departs from the usual form.
    """
    from newsclaims.gold import check_gold

    findings = check_gold(gold)
    for finding in findings:
        click.echo(str(finding))
    return 1 if any(finding.severity == "error" for finding in findings) else 0


@commands.command(
    epilog=examples(
        "evaluate gold.jsonl mine --by source",
        "evaluate gold.jsonl mine --errors roles",
        "evaluate rows.jsonl mine",
    )
)
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

    With OTHER records: the paired difference of each score, with its p-value. A GOLD that `sample`
    drew is weighed, so that scores hold for the whole dataset; rows that it drew give, once judged,
    the precision of each layer and rule.
    """
    from newsclaims.evaluate import (
        assess,
        below,
        example_lines,
        is_judged,
        precisions,
        read_judged,
        read_minima,
        render,
        render_precisions,
        to_json,
    )

    judged = is_judged(gold)
    if judged and (other or by or errors or minima):
        raise click.UsageError(
            f"{gold} holds judged rows, whose precision alone is told: "
            "no OTHER, --by, --errors or --min"
        )
    least = read_minima(minima)
    with optional_output(json_file, (gold, records, other)) as path:
        if judged:
            found = precisions(read_judged(gold, records))
            click.echo(render_precisions(found, form), nl=False)
            if path:
                rows = json.loads(render_precisions(found, "json"))
                path.write_text(_marked({"precisions": rows}), encoding="utf-8")
            return 0
        evaluation = assess(gold, records, other, by=by)
        if errors is None:
            click.echo(render(evaluation, form, rules=rules), nl=False)
        elif errors in evaluation.examples:
            click.echo("\n".join(example_lines(evaluation.examples[errors])))
        else:
            known = ", ".join(evaluation.examples)
            raise click.UsageError(f"gold has no layer {errors}; it has: {known}")
        if path:
            path.write_text(_marked(json.loads(to_json(evaluation))), encoding="utf-8")
    missed = below(evaluation.scores, least)
    for sentence in missed:
        click.echo(f"newsclaims: {sentence}", err=True)
    return 1 if missed else 0


def _marked(data: dict[str, Any]) -> str:
    """`data` as JSON, by which a later call knows that the file is ours."""
    from newsclaims.overwriting import MARK

    return json.dumps(MARK | data, indent=2, ensure_ascii=False) + "\n"


@commands.command(
    epilog=examples(
        "sample mine --articles 50 --by source --output gold.jsonl",
        "sample mine --rows 200 --layer roles --output rows.jsonl",
    )
)
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--articles", type=click.IntRange(min=1), help="How many articles, for recall.")
@click.option("--rows", type=click.IntRange(min=1), help="How many rows, for precision.")
@click.option("--layer", "layers", multiple=True, help="Rows of this layer only; may be repeated.")
@click.option(
    "--by", metavar="COLUMN", help="Strata: a column of the articles; for rows also layer, rule."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another one draws others.")
@click.option("--blind", is_flag=True, help="Without what was found, or which rule found it.")
@click.option("--output", "-o", type=NEW_FILE, required=True, help="The file to be annotated.")
def sample(
    folder: Path,
    articles: int | None,
    rows: int | None,
    layers: tuple[str, ...],
    by: str | None,
    seed: int,
    blind: bool,
    output: Path,
) -> int:
    """Draw articles or rows for people to check.

    Articles become a gold file, prefilled with what was found; rows a file in which each is to get
    the verdict right or wrong. `evaluate` then weighs each by its probability of being drawn.
    """
    from newsclaims.overwriting import new_output
    from newsclaims.sample import sample_articles, sample_rows
    from newsclaims.schema import LAYERS

    if (articles is None) is (rows is None):
        raise click.UsageError("one of --articles and --rows says how many are drawn")
    if unknown := [layer for layer in layers if layer not in LAYERS]:
        known = ", ".join(LAYERS)
        raise click.UsageError(f"there is no layer {unknown[0]}; there are: {known}")
    with new_output(output, [folder]) as path:
        if articles:
            drawn = sample_articles(folder, articles, path, by=by, seed=seed, blind=blind)
        else:
            drawn = sample_rows(
                folder, rows or 0, path, layers=layers, by=by, seed=seed, blind=blind
            )
    click.echo(f"{plural(drawn, 'article' if articles else 'row')} drawn into {output}", err=True)
    return 0


@commands.command()
@click.argument("one", type=PATH, metavar="A")
@click.argument("other", type=PATH, metavar="B")
def agreement(one: Path, other: Path) -> int:
    """Say how far two gold files agree, beyond chance.

    F1 and Krippendorff's alpha over the same articles. Alpha is counted over their words; where
    both mark the same span, also over the values that they give it.
    """
    from newsclaims.agreement import agreement, describe

    for line in describe(agreement(one, other)):
        click.echo(line)
    return 0


@commands.command(
    epilog=examples(
        "explain mine a17 --at 480:560",
    )
)
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("article", metavar="ARTICLE")
@click.option(
    "--at",
    metavar="START:END|WORDS",
    help="Only these characters, or words where they first stand, and what each room saw.",
)
@click.option("--rules", type=FOLDER, help="The folder of your own rules that `run` was given.")
@click.option("--model", metavar="NAME_OR_PATH", help="The model that `run` was given.")
@click.option("--cache", type=FOLDER, help="Folder of the parse cache.")
def explain(
    folder: Path,
    article: str,
    at: str | None,
    rules: Path | None,
    model: str | None,
    cache: Path | None,
) -> int:
    """Say why the rows of an article are what they are.

    Rules, anchors of dates, candidates of places.
    With --at also what lost, and why nothing was found there.
    """
    from newsclaims.assemble import Pipeline
    from newsclaims.explain import check_model, explain, read_article, read_place
    from newsclaims.parse.model import DEFAULT_MODEL

    entry = read_article(folder, article)
    place = None if at is None else read_place(at, entry.article["text"])
    model = model or DEFAULT_MODEL
    label_map = check_model(folder, model)
    cache = cache or common.cache_folder()
    pipeline = Pipeline(model, label_map=label_map, cache=cache, rules=rules)
    for line in explain(entry, place, pipeline):
        click.echo(line)
    return 0


@commands.command(
    epilog=examples(
        "effect gold.jsonl --rules my-rules",
        "effect gold.jsonl --disable before-name",
    )
)
@click.argument("gold", type=PATH, nargs=-1, required=True, metavar="GOLD...")
@click.option("--rules", type=FOLDER, help="Now: with this folder of your own rules.")
@click.option("--disable", multiple=True, metavar="RULE", help="Now: without this rule.")
@click.option("--against", metavar="COMMIT|DIR", help="Before: another commit's or folder's code.")
@click.option("--ablate", is_flag=True, help="List what leaving out each rule does to the scores.")
@click.option("--cache", type=FOLDER, help="Folder of the parse cache.")
def effect(
    gold: tuple[Path, ...],
    rules: Path | None,
    disable: tuple[str, ...],
    against: str | None,
    ablate: bool,
    cache: Path | None,
) -> int:
    """Say what a change of rules does to GOLD.

    Scores before and now, rows mended and broken. Before is today's code without changes, or
    --against. GOLD is a file or a folder with the texts.
    """
    from newsclaims.effect import Bench, describe, effect, read_case, scores_against
    from newsclaims.effect import ablate as ablation

    if not (rules or disable or against or ablate):
        raise click.UsageError(
            "one of --rules, --disable, --against and --ablate says what changes"
        )
    case = read_case(gold)
    bench = Bench(case, cache or common.cache_folder())
    if ablate:
        for line in ablation(bench):
            click.echo(line)
        return 0
    now = bench.scores(disable, rules)
    before = scores_against(bench, against) if against else bench.scores()
    texts = {article.id: article.text for article in case.articles}
    for line in describe(effect(now, before, texts)):
        click.echo(line)
    return 0
