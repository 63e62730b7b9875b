"""Articles to records: the commands that extract, and what they keep."""

import json
from pathlib import Path
from typing import Any

import click

from newsclaims.cli import common
from newsclaims.cli.common import (
    FILE,
    FOLDER,
    commands,
    examples,
    form_options,
    pairs,
    said_of_form,
)
from newsclaims.wording import plural


@commands.command(
    epilog=examples(
        "run pages --metadata pages.csv --output mine --format csv,xlsx",
        "run news.jsonl --columns text=body,id=doc_id --output mine --rules my-rules",
    )
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--output", "-o", type=FOLDER, required=True, help="Folder that gets the dataset.")
@click.option(
    "--model",
    metavar="NAME_OR_PATH",
    help="Installed English spaCy pipeline. Default: en_core_web_md 3.7.1.",
)
@click.option(
    "--label-map",
    multiple=True,
    callback=pairs,
    metavar="LABEL=ONTONOTES",
    help="What entity labels of another scheme mean.",
)
@click.option(
    "--columns",
    multiple=True,
    callback=pairs,
    metavar="FIELD=COLUMN",
    help="Names of columns, e.g. text=body,id=doc_id.",
)
@click.option("--metadata", type=FILE, help="CSV joined by id or file name.")
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
@click.option(
    "--mentions",
    type=FILE,
    metavar="GOLD",
    help="Take mentions from a gold file instead of finding them: measures the rest by itself.",
)
@click.option("--any-language", is_flag=True, help="Keep articles that are not in English.")
@click.option(
    "--cache", type=FOLDER, help="Folder of the parse cache. Default: the user's cache folder."
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
@form_options("csv")
@click.option(
    "--shard",
    metavar="I/N",
    help="Do only the I-th of N parts of the articles; `merge` puts the parts together.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Extract on this machine, or on a Ray cluster, which writes Parquet in parts.",
)
@click.option("--fresh", is_flag=True, help="Ignore what earlier runs left in the output folder.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
def run(inputs: tuple[str, ...], output: Path, **options: Any) -> int:
    """Extract records from articles.

    INPUT is JSONL, CSV or Parquet, a text, Markdown, HTML or ninjs file, or a folder of them; - is
    JSONL on standard input. With --engine ray it may be a URL that fsspec opens.
    """
    from newsclaims.articles.counting import count_articles
    from newsclaims.batch import Means, Settings, describe, run
    from newsclaims.dataset import Form
    from newsclaims.mentions import GivenMentions, read_mentions
    from newsclaims.progress import progress
    from newsclaims.shards import read_shard

    on_ray = options.pop("engine") == "ray"
    if on_ray:
        _refuse_on_ray(options)
    quiet, no_cache, cache = options.pop("quiet"), options.pop("no_cache"), options.pop("cache")
    workers = options.pop("workers")
    means = Means(
        workers=workers or common.available_cores(),
        cache=None if no_cache else cache or common.cache_folder(),
        cache_limit=options.pop("cache_limit") * 1_000_000,
        timeout=options.pop("timeout"),
        fresh=options.pop("fresh"),
    )
    form = Form(**said_of_form(options))
    shard = options.pop("shard")
    part = read_shard(shard) if shard else None
    options["model"] = options["model"] or Settings.model
    if options["rules"]:
        from newsclaims.user_rules import read_user_rules

        options["rules"] = read_user_rules(options["rules"])
    mentions = options.pop("mentions")
    options["mentions"] = read_mentions(mentions) if mentions else GivenMentions()
    settings = Settings(**options)
    if on_ray:
        from newsclaims.ray_engine import run_on_ray

        outcome = run_on_ray(inputs, output, settings, means, form, actors=workers, quiet=quiet)
        if not quiet:
            for line in describe(outcome, output):
                click.echo(line, err=True)
        return 1 if outcome.errors else 0
    total = None if quiet else count_articles(inputs)
    if total and part:
        total = round(total / part.of)
    with progress(total, quiet=quiet) as display:
        outcome = run(inputs, output, settings, means, display, form, part)
    if not quiet:
        for line in describe(outcome, output, form):
            click.echo(line, err=True)
        if (output / "verdicts.jsonl").is_file():
            click.echo(f"verdicts are kept there: newsclaims apply {output}", err=True)
    return 1 if outcome.errors else 0


def _refuse_on_ray(options: dict[str, Any]) -> None:
    """Raise `click.UsageError` for an option that a run on Ray has no use for."""
    if options["formats"] == "csv":  # as when nothing is said
        options["formats"] = "parquet"
    refused = {
        "--format": options["formats"] != "parquet" and "it writes Parquet",
        "--excel": options["excel"] and "it writes Parquet",
        "--shard": options["shard"] and "it spreads the work itself",
        "--fresh": options["fresh"] and "it begins anew each time",
    }
    for option, reason in refused.items():
        if reason:
            raise click.UsageError(f"{option} does not go with --engine ray: {reason}")


@commands.command()
@click.argument("folders", nargs=-1, required=True, type=FOLDER, metavar="DIR...")
@click.option("--output", "-o", type=FOLDER, required=True, help="Folder that gets the dataset.")
def merge(folders: tuple[Path, ...], output: Path) -> int:
    """Put the parts of a run together.

    Shards, or what a run on Ray wrote, become the same bytes as one run over everything.
    """
    from newsclaims.dataset import read_manifest
    from newsclaims.shards import merge

    rows = merge(folders, output)
    parts = f"{len(folders)} shards" if len(folders) > 1 else str(folders[0])
    click.echo(f"{plural(rows['articles'], 'article')} of {parts} in {output}", err=True)
    return 1 if read_manifest(output)["errors"] else 0


@commands.command()
@click.option("--cache", type=FOLDER, help="Folder of the parse cache.")
@click.option("--clear", is_flag=True, help="Forget all parses.")
def cache(cache: Path | None, clear: bool) -> int:
    """Show the size of the parse cache, or clear it."""
    from newsclaims.parse.cache import ParseCache

    parses = ParseCache(cache or common.cache_folder())
    if clear:
        parses.clear()
    state = parses.state()
    click.echo(f"{state.path}: {plural(state.parses, 'parse')}, {state.bytes / 1e6:.1f} MB")
    return 0


@commands.command()
def schema() -> None:
    """Print the JSON schema of a line of records.jsonl."""
    from newsclaims.records import ArticleRecord

    click.echo(json.dumps(ArticleRecord.model_json_schema(), indent=2))
