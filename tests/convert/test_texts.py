"""A text that a tool has changed is refused, and the change is named."""

import html
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from annotated import line, write
from newsclaims.convert import FORMS, ConvertError, convert, restore
from newsclaims.convert.texts import check_text, misplaced
from newsclaims.records import text_sha256

TEXT = "Tom & Jerry's\r\nché 😀 <b>\tend"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda text: text.replace("\r\n", "\n"), "CRLF line ends have become LF"),
        (lambda text: text.replace("&", "&amp;").replace("<", "&lt;"), "entities .* were put"),
        (html.escape, "entities .* were put into it"),
        (lambda text: "\ufeff" + text, "byte order mark"),
        (lambda text: text + "\n", "a line end was added"),
        (lambda text: unicodedata.normalize("NFD", text), "normalised"),
        (lambda text: text.replace("\r\n", "\n") + "\n", "CRLF .* LF, and a line end was added"),
        (lambda text: text.replace("Tom", "Tim"), "in a way that is not known"),
    ],
)
def test_a_changed_text_is_named(change: Callable[[str], str], named: str) -> None:
    with pytest.raises(ConvertError, match=f"here: the text is not the one.*{named}"):
        check_text(change(TEXT), text_sha256(TEXT), "here")


def test_decoded_entities_are_named() -> None:
    with pytest.raises(ConvertError, match="were decoded"):
        check_text("a & b", text_sha256("a &amp; b"), "here")


def test_a_lf_text_that_became_crlf_is_named() -> None:
    with pytest.raises(ConvertError, match="LF line ends have become CRLF"):
        check_text("a\r\nb", text_sha256("a\nb"), "here")


def test_the_same_text_is_taken() -> None:
    check_text(TEXT, text_sha256(TEXT), "here")


@pytest.mark.parametrize(
    ("text", "start", "named"),
    [
        ("😀 Ana", 3, "UTF-16"),
        ("é Ana", 3, "bytes of UTF-8"),
        ("a\r\nAna", 2, "CRLF as one character"),
        ("a\nAna", 3, "LF as two characters"),
        ("a&Ana", 6, "entities"),
        ("a Ana", 1, "shifted by -1"),
        ("a Bob", 2, "'Ana' is not in the text"),
    ],
)
def test_shifted_offsets_are_named(text: str, start: int, named: str) -> None:
    assert named in misplaced(text, start, start + 3, "Ana")


@pytest.mark.parametrize("form", ["brat", "web-annotation"])
def test_a_folder_whose_texts_were_changed_is_refused(form: str, tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", [line("[[Ana|person-1]]\r\nleft.")])
    convert(gold, form, tmp_path / "out")
    text = tmp_path / "out" / "a1.txt"
    text.write_bytes(text.read_bytes().replace(b"\r\n", b"\n"))
    with pytest.raises(ConvertError, match=r"a1\.txt: .*CRLF line ends have become LF"):
        restore(tmp_path / "out", form, tmp_path / "back.jsonl")


def test_gold_that_counts_another_text_is_no_source(tmp_path: Path) -> None:
    changed = line("[[Ana|person-1]] left.") | {"text": "Ana left.\n"}
    gold = write(tmp_path / "gold.jsonl", [changed])
    with pytest.raises(ConvertError, match="a line end was added"):
        convert(gold, "brat", tmp_path / "out")


def test_ids_that_no_file_name_holds_get_names_of_their_own(tmp_path: Path) -> None:
    ids = ["ü" * 300 + "1", "ü" * 300 + "2", "a\nb", "/".join("ab" * 30)]
    gold = write(tmp_path / "gold.jsonl", [line("[[Bo|person-1]] won.", id=one) for one in ids])
    for form in sorted(FORMS.keys() & {"brat", "timeml", "web-annotation"}):
        convert(gold, form, tmp_path / form)
    restore(tmp_path / "brat", "brat", tmp_path / "back.jsonl")
    lines = (tmp_path / "back.jsonl").read_text(encoding="utf-8").splitlines()
    back = [json.loads(each)["article"]["id"] for each in lines]
    assert back == ids
