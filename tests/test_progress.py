import sys
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from newsclaims import progress as module
from newsclaims.progress import progress


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def test_piped_output_gets_a_plain_line_now_and_then(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress(40) as display:
        display.advance(5)
        assert capsys.readouterr().err == ""
        clock.now = 10.0
        display.advance(5)
        assert capsys.readouterr().err == "10 of 40 articles, 1.0/s, 30 s left\n"
        clock.now = 15.0
        display.advance(5)
        assert capsys.readouterr().err == ""


def test_without_a_total_no_time_is_left(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress(None) as display:
        clock.now = 20.0
        display.advance(30)
    assert capsys.readouterr().err == "30 articles, 1.5/s\n"


def test_quiet_says_nothing(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress(40, quiet=True) as display:
        clock.now = 100.0
        display.advance(40)
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_a_live_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    with progress(4) as display:
        display.advance(3)
    assert "3/4" in capsys.readouterr().err


@pytest.mark.parametrize(("widgets", "live"), [(True, True), (False, False)])
def test_a_notebook_that_has_widgets_gets_a_live_line(
    monkeypatch: pytest.MonkeyPatch, *, widgets: bool, live: bool
) -> None:
    kernel = SimpleNamespace(kernel=object())
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: kernel))
    monkeypatch.setattr(module, "find_spec", lambda name: name if widgets else None)
    monkeypatch.setattr(module, "_live", lambda _: nullcontext("live"))
    with progress(4) as display:
        assert (display == "live") is live
