"""Streams that are closed or cannot say a character, and defects: a line, never a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = str(Path(sys.executable).with_name("newsclaims"))


def shell(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["sh", "-c", line, PROGRAM],
        cwd=folder,
        capture_output=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **environment},
    )


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ('"$0" run - -o out --no-cache <&-', 2),
        ('"$0" schema >&-', 0),
        ('"$0" validate nothing.jsonl 2>&-', 2),
    ],
)
def test_a_closed_stream_is_no_traceback(tmp_path: Path, line: str, status: int) -> None:
    done = shell(line, tmp_path)
    assert done.returncode == status
    assert b"Traceback" not in done.stdout + done.stderr
    if "<&-" in line:
        assert b"standard input is closed" in done.stderr


def test_a_console_without_a_character_gets_its_escape(tmp_path: Path) -> None:
    line = '{"article": {"id": "Ji\u0159\u00ed", "text_sha256": "0"}, "people": 3}\n'
    (tmp_path / "gold.jsonl").write_text(line, encoding="utf-8")
    done = shell('"$0" validate gold.jsonl', tmp_path, PYTHONIOENCODING="cp1252")
    assert b"Traceback" not in done.stderr
    assert done.returncode == 1
    plain = shell('"$0" validate gold.jsonl', tmp_path, PYTHONIOENCODING="utf-8")
    assert done.stdout == plain.stdout.decode().encode("cp1252", "backslashreplace")


def test_a_defect_is_one_line_and_its_trace_is_there_for_who_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from newsclaims import cli, gold

    def fail(_: Path) -> None:
        raise ZeroDivisionError("division by zero")

    (tmp_path / "gold.jsonl").write_text("")
    monkeypatch.setattr(gold, "check_gold", fail)
    monkeypatch.setattr(sys, "argv", ["newsclaims", "validate", str(tmp_path / "gold.jsonl")])
    monkeypatch.setattr(cli.signal, "signal", lambda *_: None)
    for wanted in ("", "1"):
        monkeypatch.setenv("NEWSCLAIMS_TRACEBACK", wanted)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr().err
        assert ended.value.code == 2
        assert "ZeroDivisionError: division by zero (NEWSCLAIMS_TRACEBACK=1" in said
        assert ("Traceback" in said) == bool(wanted)
