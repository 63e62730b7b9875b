"""The command line: each command parses its options and makes one call; one file a group.

Exit status: 0 all is well; 1 some article failed, or a check was missed, and the rest is complete;
2 wrong usage, before any work. Heavy modules are imported inside the commands, so that help and
wrong usage answer at once.
"""

import os
import signal
import sys
import traceback
from io import TextIOWrapper

import click

from newsclaims.cli import datasets, extraction, scoring  # noqa: F401  # they add their commands
from newsclaims.cli.common import commands
from newsclaims.errors import UsageError

__all__ = ["commands", "main"]


_SHOWN = "NEWSCLAIMS_TRACEBACK"


def main() -> None:
    """Run the command line and exit with its status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # schedulers stop runs by it
    _prepare_streams()
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
    except Exception as error:
        if os.environ.get(_SHOWN):
            traceback.print_exc()
        click.echo(
            f"newsclaims: a defect of newsclaims: {type(error).__name__}: {error} "
            f"({_SHOWN}=1 shows where); please report it",
            err=True,
        )
        status = 2
    sys.exit(status)


def _prepare_streams() -> None:
    """Let nothing depend on the console: streams may be closed, or know few characters.

    A closed stream's number would go to the next file that is opened, and what a library writes
    to it would end up in there.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free: this one
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115  # never closed
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
