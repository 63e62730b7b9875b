"""The command line: each command parses its options and makes one call; one file a group.

Exit status: 0 all is well; 1 some article failed, or a check was missed, and the rest is complete;
2 wrong usage, before any work. Heavy modules are imported inside the commands, so that help and
wrong usage answer at once.
"""

import io
import os
import signal
import sys
import traceback

import click

from newsclaims.cli import datasets, extraction, scoring  # noqa: F401  # they add their commands
from newsclaims.cli.common import commands
from newsclaims.errors import UsageError

__all__ = ["commands", "main"]


def main() -> None:
    """Run the command line and exit with its status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # schedulers stop runs by it
    _ready_streams()
    try:
        status = commands.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except click.Abort:
        click.echo(
            "newsclaims: interrupted; what was finished is kept, run the same command to go on",
            err=True,
        )
        status = 130
    except UsageError as error:
        click.echo(f"newsclaims: {error}", err=True)
        status = 2
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"newsclaims: {place}{error.strerror or error}", err=True)
        status = 2
    except Exception as error:  # a defect: of us, if not of what was read
        if os.environ.get("NEWSCLAIMS_TRACEBACK"):
            traceback.print_exc()
        click.echo(
            f"newsclaims: failed without having foreseen it, and wrote no dataset: "
            f"{type(error).__name__}: {error} (NEWSCLAIMS_TRACEBACK=1 shows where)",
            err=True,
        )
        status = 2
    sys.exit(status)


def _ready_streams() -> None:
    """Let output be written where it was closed, and where its encoding lacks a character."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
