"""The command line: each command parses its options and makes one call.

Exit status: 0 all is well; 1 some article failed, or a check was missed, and the rest is complete;
2 wrong usage, before any work. Heavy modules are imported inside the commands, so that help and
wrong usage answer at once.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from pipeline import __version__
from pipeline.errors import UsageError

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
_PATH = click.Path(exists=True, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="newsclaims")
def commands() -> None:
    """Who holds which office, where and when, and who said what: checked records from news."""


def main() -> None:
    """Run the command line and exit with its status."""
    try:
        status = commands.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except click.Abort:
        click.echo("newsclaims: interrupted; what was finished is kept for the next run", err=True)
        status = 130
    except (UsageError, OSError) as error:
        click.echo(f"newsclaims: {error}", err=True)
        status = 2
    sys.exit(status)


def _pairs(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """Read repeated or comma-separated ``name=value`` options."""
    pairs = {}
    for item in (part for value in values for part in value.split(",")):
        name, equals, content = item.partition("=")
        if not equals or not name.strip():
            raise click.BadParameter(f"{item!r} is not of the form name=value", context, parameter)
        pairs[name.strip()] = content.strip()
    return pairs


@commands.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--output", "-o", type=_FOLDER, required=True, help="Folder that gets the dataset.")
@click.option(
    "--model",
    metavar="NAME_OR_PATH",
    help="Installed English spaCy pipeline. Default: en_core_web_md 3.7.1.",
)
@click.option(
    "--label-map",
    multiple=True,
    callback=_pairs,
    metavar="LABEL=ONTONOTES",
    help="What entity labels of another scheme mean.",
)
@click.option(
    "--columns",
    multiple=True,
    callback=_pairs,
    metavar="FIELD=COLUMN",
    help="Names of columns, e.g. text=body,id=doc_id.",
)
@click.option("--metadata", type=_FILE, help="CSV joined by id or file name.")
@click.option("--encoding", help="Encoding of files that declare none. Default: UTF-8.")
@click.option(
    "--max-chars",
    type=click.IntRange(min=1),
    default=2_000_000,
    show_default=True,
    help="Longer texts are refused.",
)
@click.option(
    "--rules",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of your own titles.txt, people.csv, places.csv and rules.",
)
@click.option("--any-language", is_flag=True, help="Keep articles that are not in English.")
@click.option(
    "--cache", type=_FOLDER, help="Folder of the parse cache. Default: the user's cache folder."
)
@click.option(
    "--cache-limit",
    type=click.IntRange(min=1),
    default=4000,
    show_default=True,
    metavar="MB",
    help="Size of the parse cache, beyond which the parses not used for longest go.",
)
@click.option("--no-cache", is_flag=True, help="Keep no parses.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Processes that extract. Default: the cores that may be used.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give up an article that takes longer. Default: never.",
)
@click.option(
    "--format",
    "formats",
    default="csv",
    show_default=True,
    metavar="NAMES",
    help="Forms of the tables: any of csv,parquet,sqlite,xlsx,jsonl.",
)
@click.option("--excel", is_flag=True, help="CSV that Excel opens without harm.")
@click.option(
    "--no-text", is_flag=True, help="Leave out texts, sentences and contents of statements."
)
@click.option(
    "--same-as",
    type=_FILE,
    help="CSV with name, same_as (and article, kind): names that the indexes merge or separate.",
)
@click.option(
    "--shard",
    metavar="I/N",
    help="Do only the I-th of N parts of the articles; `merge` puts the parts together.",
)
@click.option("--fresh", is_flag=True, help="Ignore what earlier runs left in the output folder.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
def run(inputs: tuple[str, ...], output: Path, **options: Any) -> int:
    """Extract records from articles.

    INPUT is JSONL, CSV or Parquet, a text, Markdown, HTML or ninjs file, or a folder of them; - is
    JSONL on standard input.
    """
    from pipeline.articles.counting import count_articles
    from pipeline.batch import Means, Settings, describe, run
    from pipeline.dataset import Form
    from pipeline.indexes import read_same_as
    from pipeline.progress import progress
    from pipeline.shards import read_shard
    from pipeline.user_rules import UserRules, read_user_rules

    quiet, no_cache, cache = options.pop("quiet"), options.pop("no_cache"), options.pop("cache")
    means = Means(
        workers=options.pop("workers") or _available_cores(),
        cache=None if no_cache else cache or _cache_folder(),
        cache_limit=options.pop("cache_limit") * 1_000_000,
        timeout=options.pop("timeout"),
        fresh=options.pop("fresh"),
    )
    same_as = options.pop("same_as")
    form = Form(
        formats=tuple(name.strip() for name in options.pop("formats").split(",")),
        excel=options.pop("excel"),
        texts=not options.pop("no_text"),
        same_as=read_same_as(same_as) if same_as else (),
    )
    shard = options.pop("shard")
    part = read_shard(shard) if shard else None
    options["model"] = options["model"] or Settings.model
    rules = options.pop("rules")
    options["rules"] = read_user_rules(rules) if rules else UserRules()
    total = None if quiet else count_articles(inputs)
    if total and part:
        total = round(total / part.of)
    with progress(total, quiet=quiet) as display:
        outcome = run(inputs, output, Settings(**options), means, display, form, part)
    if not quiet:
        for line in describe(outcome, output, form):
            click.echo(line, err=True)
        if (output / "verdicts.jsonl").is_file():
            click.echo(f"verdicts are kept there: newsclaims apply {output}", err=True)
    return 1 if outcome.errors else 0


@commands.command()
@click.argument("folders", nargs=-1, required=True, type=_FOLDER, metavar="DIR...")
@click.option("--output", "-o", type=_FOLDER, required=True, help="Folder that gets the dataset.")
def merge(folders: tuple[Path, ...], output: Path) -> int:
    """Put the shards of a run together: the same bytes as one run over everything."""
    from pipeline.dataset import read_manifest
    from pipeline.shards import merge

    rows = merge(folders, output)
    click.echo(f"{rows['articles']} articles of {len(folders)} shards in {output}", err=True)
    return 1 if read_manifest(output)["errors"] else 0


@commands.command()
@click.argument("gold", type=_FILE, metavar="GOLD")
@click.argument("records", type=_PATH, metavar="RECORDS")
@click.argument("other", type=_PATH, metavar="[OTHER]", required=False)
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
@click.option("--json", "json_file", type=_NEW_FILE, help="Write all of it to a file, too.")
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


@commands.command()
@click.argument("folder", type=_FOLDER, metavar="DIR")
@click.option(
    "--texts",
    type=_PATH,
    multiple=True,
    metavar="ARTICLES",
    help="For a dataset without texts: the articles, as they were read.",
)
@click.option("--columns", multiple=True, callback=_pairs, metavar="FIELD=COLUMN", hidden=True)
@click.option("--encoding", hidden=True)
def verify(
    folder: Path, texts: tuple[Path, ...], columns: dict[str, str], encoding: str | None
) -> int:
    """Check every span, hash, key and table row of a dataset against its articles."""
    from pipeline.articles import read_articles
    from pipeline.records import Article
    from pipeline.verify import verify

    given = None
    if texts:
        articles = read_articles(texts, columns=columns, encoding=encoding, any_language=True)
        given = (article.text for article in articles if isinstance(article, Article))
    findings = verify(folder, given)
    for finding in findings:
        click.echo(finding)
    click.echo(
        f"{folder}: {len(findings)} findings" if findings else f"{folder}: all is well", err=True
    )
    return 1 if findings else 0


@commands.command()
@click.argument("source", type=_PATH, metavar="SOURCE")
@click.option("--to", "to_form", metavar="FORM", help="Write gold or a dataset in this form.")
@click.option("--from", "from_form", metavar="FORM", help="Write gold from a file or folder of it.")
@click.option("--texts", type=_PATH, help="Gold or dataset with the texts, for --from conll.")
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True)
def convert(
    source: Path, to_form: str | None, from_form: str | None, texts: Path | None, output: Path
) -> int:
    """Write gold or a dataset in a form of other tools, or gold from such a form.

    FORM is brat, conll, docbin (spaCy), ftm (FollowTheMoney, only written), label-studio, timeml
    (only written) or web-annotation (W3C). What a form cannot hold is named.
    """
    from pipeline.convert import FORMS, convert, restore

    form = to_form or from_form or ""
    if form not in FORMS or (to_form and from_form):
        raise click.UsageError(f"one of --to and --from names a form: {', '.join(FORMS)}")
    losses = convert(source, form, output) if to_form else restore(source, form, output, texts)
    for loss in losses:
        click.echo(loss, err=True)
    click.echo(f"{output} written, {len(losses)} losses named", err=True)
    return 0


@commands.command()
@click.argument("folder", type=_FOLDER, metavar="DIR")
@click.option("--gold", type=_PATH, help="Gold, or its folder, to be shown beside what was found.")
@click.option("--output", "-o", type=_NEW_FILE, help="The page. Default: report.html in DIR.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=2000,
    show_default=True,
    help="Show the first so many articles, and all that gold has.",
)
def report(folder: Path, gold: Path | None, output: Path | None, limit: int) -> int:
    """Make one page of a dataset on which its rows can be seen, judged and mended.

    With gold: scores, and each article with its errors. The page needs no network. Verdicts that
    it saves go to `newsclaims apply`.
    """
    from pipeline.report import write_report

    output = output or folder / "report.html"
    size, left_out = write_report(folder, output, gold, limit)
    told = f", {left_out} articles left out (--limit)" if left_out else ""
    click.echo(f"{output}: {size / 1e6:.1f} MB{told}", err=True)
    return 0


@commands.command()
@click.argument("folder", type=_FOLDER, metavar="DIR")
@click.argument("verdicts", type=_FILE, metavar="[VERDICTS]", required=False)
def apply(folder: Path, verdicts: Path | None) -> int:
    """Drop or correct the rows of a dataset that a reader's VERDICTS call wrong.

    The dataset keeps verdicts and history. Without VERDICTS, those that it keeps are put to it
    again, as after a new run. Prints how often each rule was right.
    """
    from pipeline.verdicts import apply_verdicts, describe

    for line in describe(apply_verdicts(folder, verdicts)):
        click.echo(line)
    return 0


@commands.command()
@click.argument("gold", type=_FILE, metavar="GOLD")
def validate(gold: Path) -> int:
    """Check a gold file: what breaks scoring, and what merely departs from the usual form."""
    from pipeline.gold import check_gold

    findings = check_gold(gold)
    for finding in findings:
        click.echo(str(finding))
    return 1 if any(finding.severity == "error" for finding in findings) else 0


@commands.command()
@click.option("--cache", type=_FOLDER, help="Folder of the parse cache.")
@click.option("--clear", is_flag=True, help="Forget all parses.")
def cache(cache: Path | None, clear: bool) -> int:
    """Show the size of the parse cache, or clear it."""
    from pipeline.parse_cache import ParseCache

    parses = ParseCache(cache or _cache_folder())
    if clear:
        parses.clear()
    state = parses.state()
    click.echo(f"{state.path}: {state.parses} parses, {state.bytes / 1e6:.1f} MB")
    return 0


@commands.command()
def schema() -> None:
    """Print the JSON schema of a line of records.jsonl."""
    from pipeline.records import ArticleRecord

    click.echo(json.dumps(ArticleRecord.model_json_schema(), indent=2))


@commands.command()
@click.argument("old", type=_FOLDER, metavar="OLD")
@click.argument("new", type=_FOLDER, metavar="NEW")
@click.option("--counts", is_flag=True, help="Print how many rows differ, and not which.")
@click.option("--json", "json_file", type=_NEW_FILE, help="Write all of it to a file, too.")
def diff(old: Path, new: Path, counts: bool, json_file: Path | None) -> int:
    """Compare two datasets: rows added (+), removed (-) and changed (~), by kind and rule.

    Exit status 1 when they differ.
    """
    from pipeline.diff import describe, diff_datasets, to_json

    found = diff_datasets(old, new)
    for line in describe(found, rows=not counts):
        click.echo(line)
    if json_file:
        json_file.write_text(json.dumps(to_json(found), ensure_ascii=False), encoding="utf-8")
    return 1 if found else 0


def _available_cores() -> int:
    """The cores that this process may use, which on a shared machine are fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("newsclaims")
