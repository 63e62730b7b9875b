import json
import os
from pathlib import Path

import pytest
from newsclaims.dataset import LINES, write_dataset
from newsclaims.errors import UsageError
from newsclaims.overwriting import MARK, check_folder, new_output
from newsclaims.publishing import MANIFEST, PUBLISHED


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def file(name: str, content: str = "mine") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def names(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def dataset(name: str = "out") -> Path:
    folder = Path(name)
    folder.mkdir()
    write_dataset(folder, [], [], {})
    return folder


# --- folders -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *(*LINES, MANIFEST, "people.csv", "roles.parquet", "tables.xlsx", "tables.sqlite"),
        *("REPORT.html", "dates.rows.jsonl", "verdicts.jsonl", "datapackage.json", "Articles.csv"),
    ],
)
def test_a_file_of_a_name_that_we_write_is_not_replaced(name: str) -> None:
    file(f"out/{name}")
    with pytest.raises(UsageError, match=f"out/{name} was not written by newsclaims"):
        check_folder(Path("out"), [])


def test_a_folder_that_holds_other_files_is_fine() -> None:
    file("out/notes.txt")
    check_folder(Path("out"), [file("in.jsonl"), None])
    check_folder(Path("new/out"), [Path("in.jsonl")])


def test_a_manifest_of_others_makes_no_dataset() -> None:
    file("out/manifest.json", '{"name": "a web page", "files": ["people.csv"]}')
    file("out/people.csv")
    with pytest.raises(UsageError, match=r"out/manifest\.json was not written"):
        check_folder(Path("out"), [])


def test_a_dataset_is_replaced_but_not_what_was_put_beside_it() -> None:
    folder = dataset()
    file("out/report.html")
    file("out/verdicts.jsonl")
    check_folder(folder, [])
    file("out/tables.xlsx")
    with pytest.raises(UsageError, match=r"out/tables\.xlsx was not written"):
        check_folder(folder, [])


def test_files_moved_by_a_run_that_was_killed_are_its_own() -> None:
    folder = dataset()
    (folder / PUBLISHED).mkdir()
    (folder / MANIFEST).rename(folder / PUBLISHED / MANIFEST)
    check_folder(folder, [])
    file("out/tables.xlsx")
    with pytest.raises(UsageError, match=r"tables\.xlsx"):
        check_folder(folder, [])


def test_a_damaged_manifest_is_no_licence() -> None:
    folder = dataset()
    (folder / MANIFEST).write_text('{"files": {"articles')
    with pytest.raises(UsageError, match="was not written by newsclaims"):
        check_folder(folder, [])


@pytest.mark.parametrize("given", ["out/in.jsonl", "out/sub/in.jsonl", "out/../out/in.jsonl"])
@pytest.mark.parametrize("output", ["out", "./x/../out", "link"])
def test_an_input_inside_the_output(given: str, output: str) -> None:
    Path("x").mkdir()
    file("out/sub/in.jsonl")
    file("out/in.jsonl")
    Path("link").symlink_to("out", target_is_directory=True)
    with pytest.raises(UsageError, match=f"{given} lies in the output folder"):
        check_folder(Path(output), [Path(given)])


def test_links_to_and_from_the_output() -> None:
    Path("out").mkdir()
    file("data/in.jsonl")
    Path("out/in.jsonl").symlink_to(Path("data/in.jsonl").absolute())
    with pytest.raises(UsageError, match="lies in the output folder"):
        check_folder(Path("out"), [Path("out/in.jsonl")])
    Path("in.jsonl").symlink_to("out/real.jsonl")
    file("out/real.jsonl")
    with pytest.raises(UsageError, match="lies in the output folder"):
        check_folder(Path("out"), [Path("in.jsonl")])
    check_folder(Path("out"), [Path("data/in.jsonl")])


@pytest.mark.parametrize("output", ["pages/out", "pages/new/out", "pages", "other/../pages/out"])
def test_an_output_inside_an_input(output: str) -> None:
    file("pages/a.txt")
    Path("other").mkdir()
    with pytest.raises(UsageError, match="lies in"):
        check_folder(Path(output), [Path("pages")])
    check_folder(Path("pages-out"), [Path("pages")])


def test_an_output_that_a_link_of_the_input_leads_to() -> None:
    file("pages/sub/a.txt")
    Path("out").mkdir()
    Path("pages/sub/old").symlink_to(Path("out").absolute(), target_is_directory=True)
    Path("pages/sub/loop").symlink_to(Path("pages").absolute(), target_is_directory=True)
    with pytest.raises(UsageError, match="its files would be read as articles"):
        check_folder(Path("out"), [Path("pages")])


# --- files ---------------------------------------------------------------------------------------


def write(output: str, content: str = "new", *inputs: Path, marked: bool = False) -> None:
    with new_output(Path(output), inputs, marked=marked) as path:
        path.write_text(content)


def test_a_new_file_in_a_new_folder() -> None:
    write("a/b/new.json")
    assert Path("a/b/new.json").read_text() == "new"
    assert names("a/b") == ["new.json"]


def test_a_file_is_replaced_by_the_same_bytes_alone() -> None:
    write("gold.jsonl")
    write("gold.jsonl")
    with pytest.raises(UsageError, match=r"gold\.jsonl is there already"):
        write("gold.jsonl", "other")
    assert Path("gold.jsonl").read_text() == "new"
    assert names(".") == ["gold.jsonl"]


@pytest.mark.parametrize(
    "old",
    [json.dumps(MARK | {"layers": 1}, indent=2), '<meta name="generator" content="newsclaims">'],
)
def test_a_marked_file_is_made_anew(old: str) -> None:
    file("scores.json", old)
    write("scores.json", "new", marked=True)
    assert Path("scores.json").read_text() == "new"
    file("scores.json", old)
    with pytest.raises(UsageError, match="there already"):
        write("scores.json", "new")


def test_a_file_without_the_mark_is_told_before_any_work() -> None:
    file("scores.json", '{"generator": "others"}')
    with (
        pytest.raises(UsageError, match="there already"),
        new_output(Path("scores.json"), [], marked=True),
    ):
        pytest.fail("no work was to be done")


def test_nothing_is_written_when_the_work_fails() -> None:
    def fail() -> None:
        with new_output(Path("x/new"), []) as path:
            path.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names(".") == []


def test_a_folder_and_files_beside_the_output_are_moved_whole_or_not_at_all() -> None:
    def convert(text: str) -> None:
        with new_output(Path("brat"), []) as path:
            path.mkdir()
            (path / "a.ann").write_text("a")
            (path / "b.ann").write_text(text)
            path.with_suffix(".xml").write_text("config")

    convert("b")
    convert("b")
    assert Path("brat.xml").read_text() == "config"
    file("brat/b.ann", "marked by hand")
    Path("brat/a.ann").unlink()
    with pytest.raises(UsageError, match=r"brat/b\.ann is there already"):
        convert("b")
    assert names("brat") == ["b.ann"]


@pytest.mark.parametrize("output", ["gold.jsonl", "./gold.jsonl", "link", "hard"])
def test_an_input_is_never_replaced(output: str) -> None:
    gold = file("gold.jsonl", json.dumps(MARK))
    Path("link").symlink_to("gold.jsonl")
    Path("hard").hardlink_to("gold.jsonl")
    with pytest.raises(UsageError, match=r"would replace gold\.jsonl, which is read"):
        write(output, "new", gold, marked=True)


def test_an_input_inside_an_output_folder() -> None:
    gold = file("work/gold.jsonl")
    with pytest.raises(UsageError, match="which is read"):
        write("work", "new", gold)


def test_no_file_takes_the_name_of_a_part_of_a_dataset() -> None:
    dataset()
    for name in ("verdicts.jsonl", "tables.xlsx"):
        with pytest.raises(UsageError, match="taken for a part of the dataset"):
            write(f"out/{name}")
    write("out/report.html")


def test_a_link_is_written_through() -> None:
    file("real.json", json.dumps(MARK))
    Path("link.json").symlink_to("real.json")
    write("link.json", "new", marked=True)
    assert Path("link.json").is_symlink()
    assert Path("real.json").read_text() == "new"


def test_a_pipe_or_device_is_written_to() -> None:
    write(os.devnull, "gone")
    assert Path(os.devnull).is_char_device()
