"""What the commands share: their group, kinds of paths, the cores and the cache folder to use."""

import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsclaims import __version__

if TYPE_CHECKING:
    from newsclaims.dataset import FormChanges
    from newsclaims.held_texts import HeldTexts

Command = Callable[..., Any]

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
PATH = click.Path(exists=True, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="newsclaims")
def commands() -> None:
    """Who holds which office, where and when, and who said what: checked records from news."""


def examples(*lines: str) -> str:
    """The end of a command's help, each example on a line of its own."""
    return "\n".join(("\b", "Examples:", *(f"  newsclaims {line}" for line in lines)))


def pairs(
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


def available_cores() -> int:
    """The cores that this process may use, which on a shared machine are fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def cache_folder() -> Path:
    """The folder of the parse cache that the user has not chosen."""
    from newsclaims.user_cache import user_cache

    return user_cache()


def _in_order(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """These options as one decorator; help lists them as they stand here."""

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def optional_output(
    file: Path | None, inputs: Iterable[Path | None]
) -> AbstractContextManager[Path | None]:
    """The path at which to write what goes to `file`, made anew each time; None for no file."""
    if file is None:
        return nullcontext()
    from newsclaims.overwriting import new_output

    return new_output(file, filter(None, inputs), marked=True)


def form_options(formats: str | None) -> Callable[[Command], Command]:
    """Options for how a dataset is written, read by `form_changes`; `formats` if none are named."""
    return _in_order(
        click.option(
            "--format",
            "formats",
            default=formats,
            show_default=True if formats else "as they are",
            metavar="NAMES",
            help="Forms of the tables: any of csv,parquet,sqlite,xlsx,jsonl.",
        ),
        click.option("--excel", is_flag=True, help="CSV that Excel opens without harm."),
        click.option(
            "--no-text",
            is_flag=True,
            help="Leave out texts, sentences and contents of statements.",
        ),
        click.option(
            "--same-as",
            type=FILE,
            help="CSV with name, same_as (and article, kind): "
            "names that the indexes merge or separate.",
        ),
    )


def form_changes(
    formats: str | None, excel: bool, no_text: bool, same_as: Path | None
) -> "FormChanges":
    """The fields of a `Form` that the user named by `form_options`."""
    from newsclaims.indexes import read_same_as

    changes: FormChanges = {}
    if formats:
        changes["formats"] = tuple(name.strip() for name in formats.split(","))
    if formats or excel:
        changes["excel"] = excel
    if no_text:
        changes["texts"] = False
    if same_as:
        changes["same_as"] = read_same_as(same_as)
    return changes


# Options for the articles of a dataset without texts, read by `held_texts`.
texts_options = _in_order(
    click.option(
        "--texts",
        type=PATH,
        multiple=True,
        metavar="ARTICLES",
        help="For a dataset without texts: its articles, as they were read.",
    ),
    click.option(
        "--columns",
        multiple=True,
        callback=pairs,
        metavar="FIELD=COLUMN",
        help="Names of their columns, as in run.",
    ),
    click.option("--encoding", help="Their encoding, as in run."),
    click.option(
        "--text-is",
        type=click.Choice(["plain", "html"]),
        default="plain",
        help="What their column of the text holds, as in run.",
    ),
)


def held_texts(
    texts: tuple[Path, ...], columns: dict[str, str], encoding: str | None, text_is: str
) -> "HeldTexts | None":
    """The texts of the articles that the user named; None where none were."""
    if not texts:
        return None
    from newsclaims.articles import read_articles
    from newsclaims.held_texts import HeldTexts
    from newsclaims.records import Article

    articles = read_articles(
        texts, columns=columns, encoding=encoding, any_language=True, text_is=text_is
    )
    return HeldTexts(article.text for article in articles if isinstance(article, Article))
