"""Articles to records: the commands that extract, and what they keep."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsclaims.cli import common
from newsclaims.cli.common import (
    FILE,
    FOLDER,
    commands,
    examples,
    form_changes,
    form_options,
    pairs,
)
from newsclaims.wording import plural

if TYPE_CHECKING:
    from newsclaims.dataset import Form
    from newsclaims.run.settings import Resources, Settings
    from newsclaims.run.shards import Shard


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
    "--delimiter",
    metavar="CHARACTER",
    help="Between the cells of CSV: , ; | or tab. Default: found from the header.",
)
@click.option(
    "--dates",
    type=click.Choice(["day-first", "month-first"]),
    help="How to read dates of publication such as 05/06/2025. Default: as undated.",
)
@click.option(
    "--text-is",
    type=click.Choice(["plain", "html"]),
    default="plain",
    show_default=True,
    help="What the columns of text and title hold; of HTML the text that a browser shows is read.",
)
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
    "--no-fast",
    is_flag=True,
    help="Parse by spaCy's own code alone, which takes longer and gives the same records.",
)
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
def run(**options: Any) -> int:
    """Extract records from articles.

    INPUT is JSONL (or - for it on standard input), JSON, CSV, Excel or Parquet, a text, Markdown,
    HTML, Word or ninjs file, a feed, an e-mail, NITF, NewsML-G2, WARC, or a folder or ZIP archive
    of them. With --engine ray it may be a URL that fsspec opens.
    """
    return _run(RunOptions(**options))


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """The options of `run`, as click read them."""

    inputs: tuple[str, ...]
    output: Path
    model: str | None
    label_map: dict[str, str]
    columns: dict[str, str]
    metadata: Path | None
    encoding: str | None
    delimiter: str | None
    dates: str | None
    text_is: str
    max_chars: int
    rules: Path | None
    mentions: Path | None
    any_language: bool
    cache: Path | None
    cache_limit: int
    no_cache: bool
    no_fast: bool
    workers: int | None
    timeout: float | None
    formats: str
    excel: bool
    no_text: bool
    same_as: Path | None
    shard: str | None
    engine: str
    fresh: bool
    quiet: bool

    @property
    def read(self) -> Iterator[Path | None]:
        """The files and folders of this machine that the run reads."""
        from newsclaims.articles.inputs import STDIN

        for name in self.inputs:
            if "://" not in name:
                yield Path("/dev/stdin" if name == STDIN else name)  # it may be a file, too
        yield from (self.metadata, self.rules, self.mentions, self.same_as)

    def form(self) -> "Form":
        """How the dataset is to be written."""
        from newsclaims.dataset import Form

        return Form(**form_changes(self.formats, self.excel, self.no_text, self.same_as))

    def resources(self) -> "Resources":
        """How the run is to do its work."""
        from newsclaims.run.settings import Resources

        return Resources(
            workers=self.workers or common.available_cores(),
            cache=None if self.no_cache else self.cache or common.cache_folder(),
            cache_limit=self.cache_limit * 1_000_000,
            timeout=self.timeout,
            fresh=self.fresh,
            fast=not self.no_fast,
        )

    def settings(self) -> "Settings":
        """What decides on the records."""
        from newsclaims.mentions import GivenMentions, read_mentions
        from newsclaims.run.settings import Settings

        rules = None
        if self.rules:
            from newsclaims.user_rules import read_user_rules

            rules = read_user_rules(self.rules)
        return Settings(
            model=self.model or Settings.model,
            label_map=self.label_map,
            columns=self.columns,
            metadata=self.metadata,
            encoding=self.encoding,
            delimiter=self.delimiter,
            max_chars=self.max_chars,
            any_language=self.any_language,
            dates=self.dates,
            text_is=self.text_is,
            rules=rules,
            mentions=read_mentions(self.mentions) if self.mentions else GivenMentions(),
        )


def _run(options: RunOptions) -> int:
    from newsclaims.dataset import VERDICTS
    from newsclaims.overwriting import check_folder
    from newsclaims.progress import progress
    from newsclaims.run.local import run
    from newsclaims.run.outcome import describe
    from newsclaims.run.shards import read_shard

    output = options.output
    check_folder(output, options.read)
    if options.engine == "ray":
        return _run_on_ray(options)
    resources, form = options.resources(), options.form()
    shard = read_shard(options.shard) if options.shard else None
    settings = options.settings()
    _say(() if options.quiet else _delimiters(options.inputs, settings))
    total = None if options.quiet else _count(options.inputs, shard)
    with progress(total, quiet=options.quiet) as display:
        outcome = run(options.inputs, output, settings, resources, display, form, shard)
    _say(() if options.quiet else describe(outcome, output, form))
    if not options.quiet and (output / VERDICTS).is_file():
        _say([f"verdicts are kept there: newsclaims apply {output}"])
    return 1 if outcome.errors else 0


def _run_on_ray(options: RunOptions) -> int:
    from newsclaims.run.outcome import describe
    from newsclaims.run.ray_engine import run_on_ray

    options = _as_on_ray(options)
    outcome = run_on_ray(
        options.inputs,
        options.output,
        options.settings(),
        options.resources(),
        options.form(),
        actors=options.workers,
        quiet=options.quiet,
    )
    _say(() if options.quiet else describe(outcome, options.output))
    return 1 if outcome.errors else 0


def _as_on_ray(options: RunOptions) -> RunOptions:
    """The options with the tables in Parquet.

    Raises:
        click.UsageError: for an option that a run on Ray has no use for.
    """
    other_tables = options.formats not in ("csv", "parquet")  # csv: as when nothing is said
    refused = {
        "--format": other_tables and "it writes Parquet",
        "--excel": options.excel and "it writes Parquet",
        "--shard": options.shard and "it spreads the work itself",
        "--fresh": options.fresh and "it begins anew each time",
    }
    for option, reason in refused.items():
        if reason:
            raise click.UsageError(f"{option} does not go with --engine ray: {reason}")
    return replace(options, formats="parquet")


def _delimiters(inputs: Iterable[str], settings: "Settings") -> Iterator[str]:
    """What was found to stand between the cells of the inputs, where the user has not said it."""
    from newsclaims.articles import delimiters_found

    if settings.delimiter is None:
        yield from delimiters_found(inputs, settings.columns, settings.encoding)


def _count(inputs: Iterable[str], part: "Shard | None") -> int | None:
    """How many articles this part of the inputs has, if that can be told quickly."""
    from newsclaims.articles.counting import count_articles

    total = count_articles(inputs)
    return round(total / part.of) if total and part else total


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line, err=True)


@commands.command()
@click.argument("folders", nargs=-1, required=True, type=FOLDER, metavar="DIR...")
@click.option("--output", "-o", type=FOLDER, required=True, help="Folder that gets the dataset.")
def merge(folders: tuple[Path, ...], output: Path) -> int:
    """Put the parts of a run together.

    Shards, or what a run on Ray wrote, become the same bytes as one run over everything.
    """
    from newsclaims.dataset import read_manifest
    from newsclaims.overwriting import check_folder
    from newsclaims.run.shards import merge

    check_folder(output, folders)
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
    from newsclaims.schema import ArticleRecord

    click.echo(json.dumps(ArticleRecord.model_json_schema(), indent=2))
