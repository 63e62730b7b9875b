"""How far a run is: a live line on a terminal, plain lines now and then where output is piped."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Protocol

from newsclaims.wording import plural

_SECONDS_BETWEEN_LINES = 10


class Progress(Protocol):
    """Told how many articles are done."""

    def advance(self, articles: int) -> None:
        """`articles` more are done."""


class _Silent:
    def advance(self, articles: int) -> None:
        """Say nothing."""


class _Lines:
    """A line on standard error every few seconds."""

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._done = 0
        self._start = self._told = time.monotonic()

    def advance(self, articles: int) -> None:
        self._done += articles
        now = time.monotonic()
        if now - self._told >= _SECONDS_BETWEEN_LINES:
            self._told = now
            print(self._line(now - self._start), file=sys.stderr, flush=True)  # noqa: T201

    def _line(self, seconds: float) -> str:
        rate = self._done / seconds
        if self._total is None or self._done == 0:
            return f"{plural(self._done, 'article')}, {rate:.1f}/s"
        left = max(self._total - self._done, 0) / rate
        return f"{self._done} of {plural(self._total, 'article')}, {rate:.1f}/s, {left:.0f} s left"


@contextmanager
def progress(total: int | None, *, quiet: bool = False) -> Iterator[Progress]:
    """A progress display for `total` articles, or for an unknown number."""
    if quiet:
        yield _Silent()
    elif not (sys.stderr.isatty() or _in_notebook()):
        yield _Lines(total)
    else:
        with _live(total) as display:
            yield display


def _in_notebook() -> bool:
    """Whether a live display can be drawn below the cell of a notebook."""
    shell = sys.modules.get("IPython")
    kernel = shell and shell.get_ipython()
    return bool(kernel and hasattr(kernel, "kernel") and find_spec("ipywidgets"))


@contextmanager
def _live(total: int | None) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        Task,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Display
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"articles, {task.speed:.1f}/s" if task.speed else "articles")

    class Live:
        def advance(self, articles: int) -> None:
            display.advance(task, articles)

    columns = (BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn(compact=True))
    with Display(*columns, console=Console(stderr=True), transient=True) as display:
        task = display.add_task("extracting", total=total)
        yield Live()
