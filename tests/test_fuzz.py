"""Every command on spoiled files ends in a sentence and a documented status, never in a traceback.

Seeded: a failure names its number, and ``NEWSCLAIMS_FUZZ_FROM=NUMBER NEWSCLAIMS_FUZZ=1`` does it
again. ``make soak`` does 20,000.
"""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from traceback import extract_tb
from warnings import catch_warnings, simplefilter

import pytest
from newsclaims.articles import read_articles
from newsclaims.cli import main
from newsclaims.convert import FORMS, convert
from newsclaims.dataset import Form
from newsclaims.errors import UsageError
from newsclaims.user_rules import read_user_rules

from tests.annotated import line, write
from tests.datasets import make_dataset
from tests.spoiled import spoil_file

CASES = int(os.environ.get("NEWSCLAIMS_FUZZ", "150"))
FIRST = int(os.environ.get("NEWSCLAIMS_FUZZ_FROM", "0"))
FIXTURES = Path(__file__).parent / "articles" / "fixtures"
TABLES = ("csv", "parquet", "sqlite", "xlsx", "jsonl")
ENCODINGS = (None, "utf-16", "utf-32-be", "cp1252", "utf-7", "shift_jis", "utf-8-sig", "hz")
RULES = {
    "titles.txt": "Grand Wayfinder  # of the assembly\n",
    "people.csv": "name,aliases,id\nLantern Brightwell,Brightwell,Q7\n",
    "places.csv": "name,latitude,longitude,kind,country\nKestin depot,34.6,70.2,feature,\n",
    "names.toml": "[lists]\nships = ['MV']\n[[rules]]\nid = 'ship'\nwhy = 'ships'\n"
    "pattern = '''\\b{ships} (?P<organisation>[A-Z]\\w+)'''\n"
    "finds = ['The MV [[Corona|organisation]] sank.']\nignores = ['The corona was bright.']\n",
    "dates.toml": "[[rules]]\nid = 'eve'\nwhy = 'a day'\npattern = 'Kestin Eve'\nmonth = 5\n"
    "day = 1\nfinds = ['It rained on [[Kestin Eve|2025-05-01]].']\nignores = ['Eve left.']\n",
}
VERDICTS = '{"key": "%s", "verdict": "wrong"}\n{"key": "y", "correct": {"title": {"start": 1}}}\n'
LINES = (
    line(
        "[[Ana Popescu|person-1]], mayor of [[Brno|place-1 49.2 16.6]], left on "
        "[[May 8|date DATE 2025-05-08]].\nShe said: It rains.",
        roles=[("person-1", "mayor", "Brno")],
        statements=[("She", ["It rains"], "person-1")],
    ),
    line("[[Bo Lind|person-1]] won.", id="b/2"),
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one of each kind of thing that a command reads."""
    folder = tmp_path_factory.mktemp("world")
    gold = write(folder / "gold.jsonl", LINES)
    data = make_dataset(folder / "data", LINES, form=Form(formats=TABLES))
    key = (data / "records.jsonl").read_text(encoding="utf-8").partition('"key":"')[2][:16]
    (folder / "verdicts.jsonl").write_text(VERDICTS % key, encoding="utf-8")
    (folder / "rules").mkdir()
    for name, content in RULES.items():
        (folder / "rules" / name).write_text(content, encoding="utf-8")
    shutil.copytree(FIXTURES, folder / "articles")
    (folder / "forms").mkdir()
    for name, form in FORMS.items():
        if form.write and form.read:
            convert(gold, name, folder / "forms" / name)
    return folder


def commands() -> list[Sequence[str]]:
    """What is done to the things of `world`."""
    texts = ("verify data --texts articles", "rewrite data --no-text -o out", "schema")
    return [
        *(command.split() for command in texts),
        *(
            command.split()
            for command in (
                "validate gold.jsonl",
                "evaluate gold.jsonl data",
                "evaluate gold.jsonl gold.jsonl --rules",
                "evaluate gold.jsonl data --errors roles --json out.json",
                "agreement gold.jsonl gold.jsonl",
                "agreement data gold.jsonl",
                "verify data",
                "diff data gold.jsonl",
                "diff data data",
                "report data -o out.html",
                "report data --gold gold.jsonl -o out.html",
                "sample data --articles 1 -o out",
                "sample data --rows 3 --by article_source -o out",
                "apply data verdicts.jsonl",
                "rewrite data --format csv,sqlite,xlsx --excel -o out",
                "merge data -o out",
                "merge data data -o out",
            )
        ),
        *(("convert", source, "--to", name, "-o", "out") for name, form in FORMS.items()
          if form.write for source in ("gold.jsonl", "data")),
        *(("convert", f"forms/{name}", "--from", name, "--texts", "gold.jsonl", "-o", "out.jsonl")
          for name, form in FORMS.items() if form.read and form.write),
    ]  # fmt: skip


def spoil(folder: Path, random: Random) -> None:
    """Spoil one to three files of a folder: bytes, values, a file gone or a folder in its place."""
    files = sorted(path for path in (folder, *folder.rglob("*")) if path.is_file())
    for path in random.sample(files, min(len(files), random.randint(1, 3))):
        match random.randrange(12):
            case 0:
                path.unlink()
            case 1:
                path.unlink()
                path.mkdir()
            case 2:
                path.write_bytes(b"")
            case _:
                path.write_bytes(spoil_file(path.read_bytes(), random))


def status_of(arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(sys, "argv", ["newsclaims", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code or 0


def read_spoiled_articles(random: Random) -> None:
    """Read articles of all kinds; what is wrong with them is an item, or a `UsageError`."""
    files = sorted(path for path in Path("articles").rglob("*") if path.is_file())
    path = random.choice(files)
    path.write_bytes(spoil_file(path.read_bytes(), random))
    with suppress(UsageError):
        list(
            read_articles(
                [path],
                encoding=random.choice(ENCODINGS),
                text_is=random.choice(("plain", "html")),
                any_language=random.random() < 0.5,
            )
        )


def read_spoiled_rules(random: Random) -> None:
    path = random.choice(sorted(Path("rules").iterdir()))
    path.write_bytes(spoil_file(path.read_bytes(), random))
    with suppress(UsageError):
        read_user_rules(Path("rules"))


def test_no_command_ends_in_a_traceback(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSCLAIMS_TRACEBACK", "1")
    shown, failures = commands(), []
    for number in range(FIRST, FIRST + CASES):
        random = Random(number)
        folder = tmp_path / "case"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(world, folder)
        monkeypatch.chdir(folder)
        done: Sequence[str] | Callable[[Random], None] = random.choice(
            [*shown, *[read_spoiled_articles, read_spoiled_rules] * 8]
        )
        with catch_warnings():
            simplefilter("ignore")  # of libraries, on files that are broken on purpose
            try:
                if callable(done):
                    done(random)
                    continue
                things = sorted({part for part in done if (folder / part).exists()})
                if things:
                    thing = folder / random.choice(things)
                    spoil(thing, random)
                status: object = status_of(done, monkeypatch)
            except Exception as error:
                *_, last = extract_tb(error.__traceback__)
                status = f"{error!r:.200} at {last.filename}:{last.lineno}"
        if status not in (0, 1, 2):
            failures.append(f"NEWSCLAIMS_FUZZ_FROM={number}: {done}: {status}")
    assert not failures, "\n".join(failures)
