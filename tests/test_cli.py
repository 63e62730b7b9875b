import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from newsclaims import cli
from newsclaims.cli import common

TEXT = "Finance Minister Ana Popescu met Ion Rusu in Oslo on May 8, 2024, the ministry said."


@pytest.fixture
def newsclaims(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Run a command line in an empty folder, with the cache there too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(common, "cache_folder", lambda: tmp_path / "cache")

    def run(*arguments: str, stdin: str | None = None) -> Result:
        monkeypatch.setattr(sys, "argv", ["newsclaims", *arguments])
        result = CliRunner().invoke(_as_command, list(arguments), input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        return result

    return run


class _Main:
    """`cli.main` in the shape that click's runner calls: errors told, the status returned."""

    name = "newsclaims"

    def main(self, args: list[str], **_: object) -> None:
        sys.argv = ["newsclaims", *args]
        cli.main()


_as_command = _Main()


def write(path: str, *articles: dict[str, object]) -> None:
    Path(path).write_text("".join(json.dumps(article) + "\n" for article in articles))


def test_run_and_verify(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT}, {"id": "b", "text": TEXT + " Again."})
    result = newsclaims("run", "in.jsonl", "--output", "out")
    assert result.exit_code == 0, result.output
    assert "2 articles, written to out" in result.output
    assert len(Path("out/records.jsonl").read_text().splitlines()) == 2
    assert newsclaims("verify", "out").exit_code == 0
    Path("out/people.csv").write_text(Path("out/people.csv").read_text().replace("Ana", "Ann"))
    result = newsclaims("verify", "out")
    assert result.exit_code == 1
    assert "people.csv: line 2" in result.output


def test_articles_come_from_standard_input(newsclaims: Callable[..., Result]) -> None:
    result = newsclaims("run", "-", "-o", "out", stdin=json.dumps({"id": "a", "text": TEXT}))
    assert result.exit_code == 0, result.output
    assert '"id":"a"' in Path("out/records.jsonl").read_text()


def test_a_failed_article_is_counted_and_named(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT}, {"id": "b"}, {"id": "a", "text": TEXT})
    result = newsclaims("run", "in.jsonl", "-o", "out")
    assert result.exit_code == 1
    assert "failed: 1" in result.output
    errors = [json.loads(line) for line in Path("out/errors.jsonl").read_text().splitlines()]
    assert [(error["line"], error["article"]) for error in errors] == [(2, "b"), (3, "a")]
    assert len(Path("out/records.jsonl").read_text().splitlines()) == 1


def test_a_warning_leaves_the_exit_status_at_0(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT, "published": "some day"})
    result = newsclaims("run", "in.jsonl", "-o", "out")
    assert result.exit_code == 0
    assert "warned of: 1" in result.output


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("run", "none.jsonl", "-o", "out"), "none.jsonl"),
        (("run", "in.jsonl"), "--output"),
        (("run", "in.jsonl", "-o", "out", "--model", "en_none"), "pip install en-none"),
        (("run", "in.jsonl", "-o", "out", "--label-map", "PER"), "name=value"),
        (("run", "in.jsonl", "-o", "out", "--columns", "text=body"), "in.jsonl"),
        (("run", "in.jsonl", "-o", "out", "--encoding", "utf-9"), "utf-9"),
        (("run", "in.jsonl", "-o", "out", "--max-chars", "0"), "--max-chars"),
        (("walk", "in.jsonl"), "walk"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_status_2(
    newsclaims: Callable[..., Result], arguments: tuple[str, ...], complaint: str
) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT})
    result = newsclaims(*arguments)
    assert result.exit_code == 2, result.output
    assert complaint in result.output
    assert "Traceback" not in result.output
    assert not Path("out").exists(), "wrong usage must be known before any work"


def test_the_schema_describes_a_line_of_records(newsclaims: Callable[..., Result]) -> None:
    schema = json.loads(newsclaims("schema").output)
    assert {"article", "people", "roles", "dates"} <= set(schema["properties"])


def test_tables_come_in_the_forms_asked_for(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT})
    write("same.jsonl", {"id": "a", "text": TEXT})
    Path("same.csv").write_text("name,same_as\nAna Popescu,Ana Popescu-Rusu\n")
    forms = ("--format", "sqlite, csv", "--excel", "--no-text", "--same-as", "same.csv")
    result = newsclaims("run", "in.jsonl", "-o", "out", *forms)
    assert result.exit_code == 0, result.output
    assert "leave it out of what you pass on" in result.output
    assert Path("out/tables.sqlite").exists()
    assert "Popescu-Rusu" in Path("out/people_index.csv").read_text(encoding="utf-8-sig")
    assert TEXT not in Path("out/articles.jsonl").read_text()
    assert newsclaims("verify", "out", "--texts", "in.jsonl").exit_code == 0
    write("in.jsonl", {"id": "a", "text": TEXT + " More."})
    assert newsclaims("verify", "out", "--texts", "in.jsonl").exit_code == 1
    assert newsclaims("run", "in.jsonl", "-o", "new", "--format", "ods").exit_code == 2
    assert not Path("new").exists()


def test_shards_are_merged(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", *({"id": f"a{number}", "text": TEXT} for number in range(4)), {"id": "bad"})
    for shard in ("1/2", "2/2"):
        newsclaims("run", "in.jsonl", "-o", shard[0], "--shard", shard, "-q")
    assert newsclaims("merge", "1", "-o", "all").exit_code == 2
    result = newsclaims("merge", "1", "2", "-o", "all")
    assert result.exit_code == 1, "an article failed"
    assert "4 articles of 2 shards in all" in result.output
    assert newsclaims("run", "in.jsonl", "-o", "new", "--shard", "3/2").exit_code == 2


def test_a_run_replaces_nothing_of_the_users(newsclaims: Callable[..., Result]) -> None:
    for name in ("articles.csv", "people.csv", "mine/people.csv", "mine/rules/titles.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(f"id,text\na,{TEXT[:20]}\n")
    before = {path: path.read_bytes() for path in Path().rglob("*.*")}
    for arguments, named in (
        (("articles.csv", "-o", "."), "articles.csv lies in the output folder"),
        (("articles.csv", "-o", "mine"), "mine/people.csv was not written by newsclaims"),
        (("articles.csv", "-o", "mine", "--rules", "mine/rules"), "mine/rules lies in"),
        (("mine", "-o", "mine/out"), "lies in mine, which is read"),
    ):
        result = newsclaims("run", *arguments)
        assert (result.exit_code, named in result.output) == (2, True), result.output
    assert {path: path.read_bytes() for path in before} == before


def test_a_run_says_what_it_took_and_what_it_left(newsclaims: Callable[..., Result]) -> None:
    Path("news.csv").write_text(f'id;text\na;"{TEXT}"\n')
    Path("style.css").touch()
    for _ in range(2):  # the second finds its work done, in its own folder
        result = newsclaims("run", "news.csv", "style.css", "-o", "out")
        assert result.exit_code == 0, result.output
        for said in (
            "news.csv: read with semicolons between cells; --delimiter names another",
            "undated: 1 article, so that relative dates",
            "warned of: 1 not read (skipped)",
        ):
            assert said in result.output
    assert newsclaims("run", "out/articles.jsonl", "-o", "out").exit_code == 2
    stated = newsclaims("run", "news.csv", "-o", "out", "--fresh", "--delimiter", ";")
    assert "semicolons" not in stated.output
    assert json.loads(Path("out/manifest.json").read_text())["settings"]["delimiter"] == ";"


def test_outputs_of_other_commands_replace_nothing(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT})
    newsclaims("run", "in.jsonl", "-o", "out", "-q")
    commands = {
        "gold.jsonl": ("sample", "out", "--articles", "1", "-o"),
        "scores.json": ("evaluate", "gold.jsonl", "out", "--json"),
        "diff.json": ("diff", "out", "out", "--json"),
        "page.html": ("report", "out", "-o"),
        "brat": ("convert", "gold.jsonl", "--to", "brat", "-o"),
        "places.geojson": ("convert", "out", "--to", "geojson", "-o"),
        "copy": ("rewrite", "out", "-o"),
    }
    for name, command in commands.items():
        for _ in range(2):
            result = newsclaims(*command, name)
            assert result.exit_code == 0, result.output
    for name in ("scores.json", "diff.json", "page.html", "places.geojson"):
        Path(name).write_bytes(Path(name).read_bytes() + b"\n")  # made of other data
        assert newsclaims(*commands[name], name).exit_code == 0
    Path("gold.jsonl").write_text(Path("gold.jsonl").read_text().replace(":[", ": [", 1))
    Path("brat/a.ann").write_text("T1\tPerson 0 7\tFinance\n")
    for name in ("scores.json", "diff.json", "page.html", "places.geojson", "copy/manifest.json"):
        Path(name).write_text("mine")
    Path("tml").mkdir()
    Path("tml/a.tml").write_text("mine")
    commands["tml/a.tml"] = ("convert", "out", "--to", "timeml", "-o", "tml")
    before = {path: path.read_bytes() for path in Path().rglob("*.*") if path.is_file()}
    for name, command in commands.items():
        result = newsclaims(*command, *([] if command[-1] == "tml" else [name]))
        assert (result.exit_code, name in result.output) == (2, True), result.output
    for command in (
        ("evaluate", "gold.jsonl", "out", "--json", "gold.jsonl"),
        ("convert", "gold.jsonl", "--to", "conll", "-o", "gold.jsonl"),
        ("report", "out", "-o", "out/records.jsonl"),
        ("sample", "out", "--rows", "1", "-o", "out/verdicts.jsonl"),
        ("rewrite", "out", "-o", "out/public"),
    ):
        assert newsclaims(*command).exit_code == 2
    assert {path: path.read_bytes() for path in before} == before


def test_quiet_says_nothing(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT})
    assert newsclaims("run", "in.jsonl", "-o", "out", "--quiet").output == ""


@pytest.mark.parametrize("command", [None, *sorted(cli.commands.commands)])
def test_every_command_has_help(newsclaims: Callable[..., Result], command: str | None) -> None:
    result = newsclaims(*([command] if command else []), "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_help_loads_nothing_heavy() -> None:
    heavy = "spacy", "pandas", "pyarrow", "trafilatura", "pydantic", "numpy"
    code = (
        "import sys; sys.argv = ['newsclaims', '--help']\n"
        "from newsclaims.cli import main\n"
        "try: main()\n"
        f"except SystemExit: print([name for name in {heavy} if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "[]"


def test_records_are_scored_against_gold(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT})
    newsclaims("run", "in.jsonl", "-o", "out")
    record = json.loads(Path("out/records.jsonl").read_text())
    write("gold.jsonl", record | {"annotated": ["people.mentions", "roles"], "text": TEXT})
    result = newsclaims("evaluate", "gold.jsonl", "out", "--json", "scores.json")
    assert result.exit_code == 0, result.output
    assert "people.mentions.strict" in result.output
    assert "layers" in json.loads(Path("scores.json").read_text())
    minimum = ("--min", "people.mentions.strict=1")
    assert newsclaims("evaluate", "gold.jsonl", "out", *minimum).exit_code == 0
    minimum = ("--min", "places.mentions.strict=1")
    write("gold.jsonl", record | {"annotated": ["places.mentions"], "places": [], "text": TEXT})
    assert newsclaims("evaluate", "gold.jsonl", "out", *minimum).exit_code == 1
    errors = newsclaims("evaluate", "gold.jsonl", "out", "--errors", "places.mentions")
    assert "INVENTED" in errors.output
    wrong = newsclaims("evaluate", "gold.jsonl", "out", "--errors", "place")
    assert wrong.exit_code == 2
    assert "no layer place; it has: places.mentions" in wrong.output
    assert newsclaims("evaluate", "gold.jsonl", "out", "--min", "places.x=1").exit_code == 2


def test_a_gold_file_is_validated(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT})
    newsclaims("run", "in.jsonl", "-o", "out")
    record = json.loads(Path("out/records.jsonl").read_text())
    write("gold.jsonl", record | {"annotated": ["people.mentions"], "text": TEXT})
    assert newsclaims("validate", "gold.jsonl").exit_code == 0
    write("gold.jsonl", record | {"annotated": ["people.mentions"], "text": TEXT[1:]})
    result = newsclaims("validate", "gold.jsonl")
    assert result.exit_code == 1
    assert "error" in result.output


def test_convert_to_timeml(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT})
    newsclaims("run", "in.jsonl", "--output", "out", "--quiet")
    result = newsclaims("convert", "out", "--to", "timeml", "--output", "tml")
    assert result.exit_code == 0, result.output
    assert 'value="2024-05-08"' in Path("tml/a.tml").read_text(encoding="utf-8")
    assert newsclaims("convert", "out", "--to", "paper", "--output", "tml").exit_code == 2


def test_two_datasets_are_compared(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT})
    newsclaims("run", "in.jsonl", "--output", "old", "--quiet")
    assert newsclaims("diff", "old", "old").exit_code == 0
    write("in.jsonl", {"id": "a", "text": TEXT}, {"id": "b", "text": TEXT})
    newsclaims("run", "in.jsonl", "--output", "new", "--quiet")
    result = newsclaims("diff", "old", "new", "--json", "diff.json")
    assert (result.exit_code, result.output) == (1, "b: only in the new dataset\n")
    assert json.loads(Path("diff.json").read_text())["articles"] == 1
    assert newsclaims("diff", "old", "nowhere").exit_code == 2


def test_a_report_is_made_and_its_verdicts_applied(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT})
    newsclaims("run", "in.jsonl", "--output", "out", "--quiet")
    result = newsclaims("report", "out")
    assert result.exit_code == 0, result.output
    assert "out/report.html: 0.1 MB" in result.output
    assert Path("out/report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    record = json.loads(Path("out/records.jsonl").read_text())
    write("verdicts.jsonl", {"key": record["places"][0]["key"], "verdict": "wrong"})
    result = newsclaims("apply", "out", "verdicts.jsonl")
    assert result.exit_code == 0, result.output
    assert "1 dropped" in result.output
    assert "0.0 - 79.3" in result.output
    assert newsclaims("verify", "out").exit_code == 0
    result = newsclaims("run", "in.jsonl", "--output", "out")
    assert "verdicts are kept there: newsclaims apply out" in result.output
    assert json.loads(Path("out/records.jsonl").read_text()) == record
    assert "1 dropped" in newsclaims("apply", "out").output
    assert json.loads(Path("out/records.jsonl").read_text())["places"] == []
    result = newsclaims("rewrite", "out", "-o", "bare", "--no-text", "--format", "csv,xlsx")
    assert result.output == "1 article, written to bare\n"
    assert Path("bare/tables.xlsx").exists()
    assert newsclaims("apply", "bare").exit_code == 2
    texts = ("--texts", "in.csv", "--columns", "text=body")
    Path("in.csv").write_text(f'body\n"{TEXT}"\n')
    assert newsclaims("rewrite", "bare", "-o", "whole", *texts).exit_code == 0
    assert Path("whole/places.csv").read_bytes() == Path("out/places.csv").read_bytes()


def test_a_report_has_gold_beside_what_was_found(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT}, {"id": "b", "text": TEXT})
    newsclaims("run", "in.jsonl", "--output", "out", "--quiet")
    record = json.loads(Path("out/records.jsonl").read_text().splitlines()[1])
    write("gold.jsonl", record | {"annotated": ["people.mentions"], "text": TEXT})
    result = newsclaims("report", "out", "--gold", "gold.jsonl", "-o", "page.html", "--limit", "1")
    assert result.exit_code == 0, result.output
    assert "left out" not in result.output, "gold's article is shown beyond the limit"
    assert newsclaims("report", "out", "--gold", "in.jsonl").exit_code == 2
    assert newsclaims("report", "nowhere").exit_code == 2


def test_verdicts_that_cannot_stand_are_wrong_usage(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT})
    newsclaims("run", "in.jsonl", "--output", "out", "--quiet")
    write("verdicts.jsonl", {"key": "x", "verdict": "splendid"})
    result = newsclaims("apply", "out", "verdicts.jsonl")
    assert result.exit_code == 2
    assert "verdicts.jsonl: line 1: verdict" in result.output
    assert not Path("out/verdicts.jsonl").exists()


def test_a_sample_is_drawn_and_scored(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", *({"id": f"a{number}", "text": TEXT} for number in range(5)))
    newsclaims("run", "in.jsonl", "--output", "out", "--quiet")
    drawn = newsclaims("sample", "out", "--articles", "3", "--seed", "2", "-o", "gold.jsonl")
    assert drawn.exit_code == 0, drawn.output
    scored = newsclaims("evaluate", "gold.jsonl", "out")
    assert "estimates for the 5 articles" in scored.output
    assert newsclaims("sample", "out", "--rows", "4", "-o", "rows.jsonl").exit_code == 0
    judged = Path("rows.jsonl").read_text().replace('"verdict":null', '"verdict":"right"')
    Path("rows.jsonl").write_text(judged)
    assert "100.0" in newsclaims("evaluate", "rows.jsonl", "out").output
    assert newsclaims("sample", "out", "-o", "x.jsonl").exit_code == 2
    assert newsclaims("sample", "out", "--rows", "2", "--layer", "x", "-o", "x").exit_code == 2


def test_two_annotators_are_compared(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT})
    newsclaims("run", "in.jsonl", "--output", "out", "--quiet")
    newsclaims("sample", "out", "--articles", "1", "-o", "gold.jsonl")
    result = newsclaims("agreement", "gold.jsonl", "gold.jsonl")
    assert result.exit_code == 0, result.output
    assert "people.mentions               100.0    1.000" in result.output


def test_an_article_is_explained(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT})
    newsclaims("run", "in.jsonl", "--output", "out", "--quiet")
    result = newsclaims("explain", "out", "a", "--at", "0:16")
    assert result.exit_code == 0, result.output
    assert "title phrase 'Finance Minister'" in result.output
    assert newsclaims("explain", "out", "b").exit_code == 2
    assert newsclaims("explain", "out", "a", "--at", "x").exit_code == 2


def test_a_rule_left_out_has_an_effect(newsclaims: Callable[..., Result]) -> None:
    write("in.jsonl", {"id": "a", "text": TEXT})
    newsclaims("run", "in.jsonl", "--output", "out", "--quiet")
    newsclaims("sample", "out", "--articles", "1", "-o", "gold.jsonl")
    result = newsclaims("effect", "gold.jsonl", "--disable", "month-day")
    assert result.exit_code == 0, result.output
    assert "dates.strict" in result.output
    assert newsclaims("effect", "gold.jsonl").exit_code == 2
    assert newsclaims("effect", "gold.jsonl", "--disable", "no-rule").exit_code == 2


def test_examples_in_the_help_are_right_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("pages", "mine", "public", "my-rules", "brat"):
        Path(folder).mkdir()
    for file in ("pages.csv", "news.jsonl", "gold.jsonl", "rows.jsonl", "verdicts.jsonl"):
        Path(file).touch()
    for name, command in cli.commands.commands.items():
        for example in (command.epilog or "").splitlines()[2:]:
            program, named, *arguments = example.split()
            assert (program, named) == ("newsclaims", name)
            command.make_context(name, arguments)
