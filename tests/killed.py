"""Commands that are killed at their n-th change of a file, each in a process of its own.

    python -m tests.killed SCENES

SCENES is a JSON file: a list of objects with ``start`` (a folder, copied for each kill),
``command`` (arguments of newsclaims; ``{}`` stands for the copy) and ``killed`` (the folder of
copies). No model is loaded: what runs need is in their stores. One process starts and forks for
each kill, as a start takes longer than a command.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from newsclaims.cli import commands

# The changes that come one after the other, between which a process may end.
CHANGES = ("rename", "replace", "unlink", "remove", "mkdir", "rmdir", "fsync")
STATUS = 137


def kill_at(number: int) -> None:
    """End this process, without a word, instead of its change of this number, from 1."""
    left = number

    def ending(change: Callable[..., Any]) -> Callable[..., Any]:
        def end_or_change(*args: Any, **options: Any) -> Any:
            nonlocal left
            left -= 1
            if not left:
                os._exit(STATUS)
            return change(*args, **options)

        return end_or_change

    for name in CHANGES:
        setattr(os, name, ending(getattr(os, name)))


def command(scene: dict[str, Any], copy: Path) -> int:
    arguments = [part.replace("{}", str(copy)) for part in scene["command"]]
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        return int(commands.main(arguments, standalone_mode=False))


def play(scene: dict[str, Any]) -> int:
    """Copy, run and kill, one change later each time, until the command ends: how many kills."""
    number = 0
    warm = Path(scene["killed"], "warm")
    shutil.copytree(scene["start"], warm)
    command(scene, warm)  # so that what is loaded only once is loaded before the forks
    while True:
        number += 1
        copy = Path(scene["killed"], str(number))
        shutil.copytree(scene["start"], copy)
        child = os.fork()
        if child == 0:
            kill_at(number)
            os._exit(command(scene, copy))
        _, status = os.waitpid(child, 0)
        if (code := os.waitstatus_to_exitcode(status)) != STATUS:
            assert code == 0, (scene["command"], number, code)
            return number - 1


if __name__ == "__main__":
    for scene in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        sys.stdout.write(f"{play(scene)}\n")
