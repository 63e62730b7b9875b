from pathlib import Path

import pytest
from newsclaims.dataset import Form, read_entries, read_form, read_manifest
from newsclaims.errors import UsageError
from newsclaims.formats import FORMATS
from newsclaims.held_texts import HeldTexts
from newsclaims.indexes import SameAs
from newsclaims.rewriting import rewrite
from newsclaims.schema import TABLES
from newsclaims.verdicts import HISTORY, VERDICTS, apply_verdicts
from newsclaims.verify import verify

from tests.annotated import line, write
from tests.datasets import make_dataset, rows_of

LINES = [
    line(
        "Mayor [[Ana Popescu|person-1]] met [[Ion Rusu|person-2]] in [[Oslo|place-1]]. "
        "[[Popescu|person-1]] said that talks went well. [[Rusu|person-2]] said that they failed.",
        roles=[("person-1", "Mayor")],
        statements=[
            ("Popescu", ["that talks went well"], "person-1"),
            ("Rusu", ["that they failed"], "person-2"),
        ],
    ),
    line("[[Lars Berg|person-1]] stayed in [[Bergen|place-1]].", id="a2"),
]
TEXTS = [str(one["text"]) for one in LINES]


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    """A dataset in which one row was dropped and the contents of another corrected."""
    folder = make_dataset(tmp_path / "corrected", LINES)
    rows = rows_of(folder)
    start = TEXTS[0].index("talks")
    content = {"start": start, "end": start + len("talks"), "text": "talks"}
    verdicts = [
        {"key": rows["a1 statement-1"]["key"], "correct": {"content": [content]}},
        {"key": rows["a1 statement-2"]["key"], "verdict": "wrong"},
        {"key": rows["a2 person-1"]["key"], "verdict": "right"},
    ]
    apply_verdicts(folder, write(tmp_path / "given.jsonl", verdicts))
    assert "talks" in (folder / HISTORY).read_text()
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_corrected_dataset_is_published_without_texts(corrected: Path, tmp_path: Path) -> None:
    public = tmp_path / "public"
    assert rewrite(corrected, public, {"texts": False})["statements"] == 1
    assert contents(public).keys() == contents(corrected).keys() >= {HISTORY, VERDICTS}
    for name, content in contents(public).items():
        for words in (b"talks", b"they failed", b"stayed"):
            assert words not in content, name
    assert rows_of(public).keys() == rows_of(corrected).keys()
    assert verify(public) == verify(public, HeldTexts(TEXTS)) == []


def test_texts_put_back_give_the_same_bytes(corrected: Path, tmp_path: Path) -> None:
    rewrite(corrected, tmp_path / "public", {"texts": False})
    rewrite(tmp_path / "public", tmp_path / "whole", {}, HeldTexts(TEXTS))
    assert contents(tmp_path / "whole") == contents(corrected)
    with pytest.raises(UsageError, match="the text of article a2 is not among those given"):
        rewrite(tmp_path / "public", tmp_path / "half", {}, HeldTexts(TEXTS[:1]))


def test_tables_come_in_other_forms_in_place(corrected: Path) -> None:
    before = contents(corrected)
    rewrite(corrected, corrected, {"formats": ("sqlite", "jsonl")})
    assert (corrected / "tables.sqlite").is_file()
    assert not set(FORMATS["csv"].files(TABLES)) & contents(corrected).keys()
    assert verify(corrected) == []
    rewrite(corrected, corrected, {"formats": ("csv",)})
    assert contents(corrected) == before


def test_what_is_not_named_stays_as_it_is(tmp_path: Path) -> None:
    form = Form(formats=("xlsx",), texts=False, same_as=(SameAs("person", "Lars Berg", "L. Berg"),))
    folder = make_dataset(tmp_path / "bare", LINES, form=form)
    rewrite(folder, tmp_path / "copy", {})
    assert contents(tmp_path / "copy") == contents(folder)
    rewrite(folder, tmp_path / "csv", {"formats": ("csv",)})
    assert read_form(read_manifest(tmp_path / "csv")) == form.model_copy(
        update={"formats": ("csv",)}
    )
    assert "L. Berg" in (tmp_path / "csv" / "people_index.csv").read_text()


def test_the_only_texts_are_not_lost(corrected: Path) -> None:
    before = contents(corrected)
    with pytest.raises(UsageError, match="would lose its texts"):
        rewrite(corrected, corrected, {"texts": False})
    assert contents(corrected) == before


def test_wrong_usage_is_known_before_any_folder_is_made(corrected: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    with pytest.raises(UsageError, match="'ods' is none of"):
        rewrite(corrected, new, {"formats": ("ods",)})
    with pytest.raises(UsageError, match="new is no dataset: there is no such folder"):
        rewrite(new, tmp_path / "other", {})
    with pytest.raises(UsageError, match=r"is no dataset: it has no manifest\.json"):
        rewrite(tmp_path, new, {})
    assert not new.exists()


def test_a_dataset_with_texts_needs_no_others(corrected: Path, tmp_path: Path) -> None:
    rewrite(corrected, tmp_path / "same", {}, HeldTexts([]))
    assert list(read_entries(tmp_path / "same")) == list(read_entries(corrected))
