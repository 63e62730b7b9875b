"""What the commands share: their group, kinds of paths, the cores and the cache folder to use."""

import os
from pathlib import Path

import click

from pipeline import __version__

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
    from platformdirs import user_cache_path

    return user_cache_path("newsclaims")
