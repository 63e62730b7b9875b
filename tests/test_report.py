import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
from newsclaims.dataset import DatasetError, Form, read_entries
from newsclaims.errors import UsageError
from newsclaims.gold import GoldError
from newsclaims.held_texts import HeldTexts
from newsclaims.report import page_data, write_report
from newsclaims.report.gather import page_schema
from newsclaims.report.offsets import browser_offsets
from newsclaims.report.packing import pack
from newsclaims.schema import LAYERS, Status
from newsclaims.verdicts import apply_verdicts

from tests.annotated import line, write
from tests.datasets import make_dataset, rows_of

MARKED = (
    "Finance Minister [[Ana Popescu|person-1]] met [[Ion Rusu|person-2]] in [[Oslo|place-1]]. "
    "[[Popescu|person-1]] said that talks on [[Tuesday|date DATE 2024-05-07]] went well."
)
SAID = [("Popescu", ["that talks on Tuesday went well"], "person-1")]
HOSTILE = (
    "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> \u202e [[Ann|person-1]]"
)


def lines(*, rule: str | None = "first-rule", **changes: Any) -> list[dict[str, Any]]:
    roles = changes.pop("roles", [("person-1", "Finance Minister")])
    return [line(MARKED, roles=roles, statements=SAID, rule=rule, **changes)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    heads = {"a1": {"title": "Two meet", "published": "2024-05-08", "url": "https://example.org/1"}}
    return make_dataset(tmp_path / "out", lines(), heads)


class Page(HTMLParser):
    """The scripts, styles, policies and addresses of a page, as a browser's parser finds them."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in {"script", "style", "title"}:
            self._open = tag
            self.raw.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # the name is the parser's
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            tag, attributes, so_far = self.raw[-1]
            self.raw[-1] = (tag, attributes, so_far + data)

    @property
    def data(self) -> dict[str, Any]:
        (text,) = [text for tag, attributes, text in self.raw if attributes.get("id") == "data"]
        value: dict[str, Any] = json.loads(text)
        return value


def test_every_row_is_on_the_page_with_spans_sentence_and_rule(folder: Path) -> None:
    (article,) = page_data(folder)["articles"]
    text = article["text"]
    assert {f"a1 {row['id']}" for row in article["rows"]} == set(rows_of(folder))
    by_id = {row["id"]: row for row in article["rows"]}
    assert by_id["person-1"]["says"] == ["Ana Popescu"]
    assert [text[start:end] for _, start, end in by_id["person-1"]["spans"]] == [
        "Ana Popescu",
        "Popescu",
    ]
    assert by_id["date-1"]["says"] == ["Tuesday", "2024-05-07"]
    assert by_id["role-1"]["says"] == ["Ana Popescu", "Finance Minister", "current"]
    assert by_id["statement-1"]["says"] == ["Ana Popescu", "that talks on Tuesday went well"]
    assert by_id["person-1"]["rule"] == "first-rule"
    start, end = by_id["date-1"]["sentence"]
    assert text[start:end].startswith("Popescu said")
    assert by_id["date-1"]["fields"] == {"type": "DATE", "value": "2024-05-07"}


def test_offsets_are_those_of_browsers(tmp_path: Path) -> None:
    folder = make_dataset(tmp_path / "out", [line("😀 [[Ann Lee|person-1]] 😀 [[Oslo|place-1]]")])
    (article,) = page_data(folder)["articles"]
    units = article["text"].encode("utf-16-le")
    for row, words in zip(article["rows"], ("Ann Lee", "Oslo"), strict=True):
        _, start, end = row["spans"][0]
        assert units[2 * start : 2 * end].decode("utf-16-le") == words


def test_offsets_of_text_without_wide_characters_stay() -> None:
    assert browser_offsets("Zürich")(4) == 4
    assert [browser_offsets("a😀b😀")(offset) for offset in range(5)] == [0, 1, 3, 4, 6]


def test_the_page_holds_the_data_packed(folder: Path, tmp_path: Path) -> None:
    written = write_report(folder, tmp_path / "page.html")
    assert written.size == (tmp_path / "page.html").stat().st_size
    data = Page(tmp_path / "page.html").data
    (article,) = data["articles"]
    layer, spans, key, says, rule, sentence, fields = article["rows"][3]
    assert (data["schema"][layer]["name"], key) == ("dates", rows_of(folder)["a1 date-1"]["key"])
    name, start, end = spans
    assert (data["names"][name], article["text"][start:end]) == ("span", "Tuesday")
    assert says == [0, "2024-05-07"], "the words of its first span, and a value"
    assert data["names"][rule] == "first-rule"
    assert article["text"][sentence[0] :].startswith("Popescu said")
    assert [data["names"][one] for one in fields[::2]] == ["type", "value"]
    assert fields[1::2] == ["DATE", "2024-05-07"]


def test_words_of_wide_characters_are_packed_as_the_span_that_holds_them(tmp_path: Path) -> None:
    folder = make_dataset(tmp_path / "out", [line("😀 [[Ann 😀 Lee|person-1]] left.")])
    assert pack(page_data(folder))["articles"][0]["rows"][0][3] == [0]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    heads = {"a1": {"title": HOSTILE, "source": HOSTILE, "url": "javascript:alert(3)"}}
    folder = make_dataset(tmp_path / "<b>out", [line(HOSTILE)], heads)
    write_report(folder, tmp_path / "page.html")
    page = Page(tmp_path / "page.html")
    assert page.data["articles"][0]["title"] == HOSTILE
    assert "<script>alert(1)" in page.data["articles"][0]["text"]
    assert not [tag for tag, _ in page.tags if tag in {"img", "b"}]
    assert [tag for tag, _, _ in page.raw] == ["title", "style", "script", "script"]
    titles = [text for tag, _, text in page.raw if tag == "title"]
    assert titles == ["<b>out · newsclaims report"]


def test_nothing_is_loaded_and_nothing_else_can_run(folder: Path, tmp_path: Path) -> None:
    write_report(folder, tmp_path / "page.html")
    page = Page(tmp_path / "page.html")
    for tag, attributes in page.tags:
        assert "src" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on")], tag
        if tag != "use":
            assert not (attributes.get("href") or "#").startswith(("http", "//", "/")), tag
    (policy,) = [
        attributes["content"]
        for tag, attributes in page.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for wanted, directive in (("style", "style-src"), ("script", "script-src")):
        (text,) = [text for tag, attributes, text in page.raw if tag == wanted and not attributes]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_the_same_dataset_gives_the_same_page(folder: Path, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        write_report(folder, tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_gold_brings_scores_and_errors_in_the_order_of_the_text(
    folder: Path, tmp_path: Path
) -> None:
    marked = MARKED.replace("[[Oslo|place-1]]", "Oslo").replace("2024-05-07", "2024-05-14")
    (gold,) = lines(rule=None, roles=[("person-1", "Minister"), ("person-2", "met")])
    gold |= {layer: line(marked, rule=None)[layer] for layer in ("people", "places", "dates")}
    data = page_data(folder, write(tmp_path / "gold.jsonl", [gold]))
    errors = [(error["layer"], error["class"]) for error in data["gold"]["errors"]]
    assert errors == [
        ("roles", "boundary"),
        ("roles", "missed"),
        ("places.mentions", "invented"),
        ("dates", "wrong value"),
    ]
    rows, golds = data["articles"][0]["rows"], data["articles"][0]["gold"]
    value = data["gold"]["errors"][3]
    assert golds[value["gold"]["row"]]["says"] == ["Tuesday", "2024-05-14"]
    assert rows[value["found"]["row"]]["says"] == ["Tuesday", "2024-05-07"]
    role = data["gold"]["errors"][0]
    assert golds[role["gold"]["row"]]["says"][1] == "Minister"
    assert role["rule"] == "first-rule"
    strict = {score["layer"]: score["value"] for score in data["gold"]["scores"]}
    assert strict["people.mentions"] == 1
    assert {letter for _, letter in data["gold"]["classes"]} == set("MIBKVSL")


def test_every_class_of_error_has_its_own_letter_and_colour() -> None:
    from newsclaims.evaluate import ERROR_CLASSES
    from newsclaims.report.judged import LETTERS
    from newsclaims.report.render import PAGE

    assert set(LETTERS) == set(ERROR_CLASSES)
    assert len(set(LETTERS.values())) == len(LETTERS)
    style = (PAGE / "page.css").read_text(encoding="utf-8")
    for letter in LETTERS.values():
        assert len(re.findall(rf"--e-{letter}: #", style)) == 2, "light and dark"
        assert f".badge.e-{letter}" in style


def test_only_what_gold_annotates_is_shown_as_gold(folder: Path, tmp_path: Path) -> None:
    (gold,) = lines(annotated=["dates"])
    data = page_data(folder, write(tmp_path / "gold.jsonl", [gold]))
    assert {row["id"] for row in data["articles"][0]["gold"]} == {"date-1"}


def test_an_article_of_gold_alone_is_shown_as_missing(folder: Path, tmp_path: Path) -> None:
    other = line("[[Lars Berg|person-1]] stayed.", id="a2")
    data = page_data(folder, write(tmp_path / "gold.jsonl", [*lines(), other]))
    article = data["articles"][1]
    assert (article["id"], article["missing"], article["rows"]) == ("a2", True, [])
    assert data["gold"]["missing"] == ["a2"]
    assert {error["class"] for error in data["gold"]["errors"]} == {"missed"}


def test_gold_of_another_text_is_refused(folder: Path, tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", [line("[[Ana Popescu|person-1]] left.")])
    with pytest.raises(GoldError, match="different texts"):
        page_data(folder, gold)


def test_verdicts_of_the_dataset_are_on_the_page(folder: Path, tmp_path: Path) -> None:
    key = rows_of(folder)["a1 role-1"]["key"]
    verdict = {"key": key, "verdict": "wrong", "correct": {"status": "former"}, "note": "left"}
    apply_verdicts(folder, write(tmp_path / "verdicts.jsonl", [verdict]))
    data = page_data(folder)
    assert data["verdicts"] == {
        key: {name: verdict[name] for name in ("verdict", "correct", "note")}
    }
    (role,) = [row for row in data["articles"][0]["rows"] if row["id"] == "role-1"]
    assert role["says"][-1] == "former"
    assert (role["key"], role["corrected"]) == (key, True), "judged as it was found"


def test_the_page_knows_of_each_layer_what_can_be_corrected_and_how() -> None:
    layers = {layer["name"]: layer for layer in page_schema()}
    assert list(layers) == list(LAYERS)
    assert layers["people"]["correctable"] == {"name": "text"}
    assert layers["places"]["correctable"]["latitude"] == "number"
    assert layers["roles"]["correctable"]["holder"] == "span"
    assert layers["roles"]["correctable"]["status"] == get_args(Status)
    assert layers["statements"]["required"] == ["content"]
    assert layers["events"]["naming"] == ["participants", "place", "quantities"]
    assert list(layers["events"]["correctable"]) == ["type", "status", "status_cue"]
    assert len({layer["letter"] for layer in layers.values()}) == len(layers)


def test_a_dataset_without_texts_wants_its_articles(tmp_path: Path) -> None:
    whole = make_dataset(tmp_path / "whole", lines())
    bare = make_dataset(tmp_path / "bare", lines(), form=Form(texts=False))
    with pytest.raises(DatasetError, match="has no texts; --texts says where"):
        page_data(bare)
    texts = HeldTexts(article["text"] for article, _ in read_entries(whole))
    assert page_data(bare, texts=texts)["articles"] == page_data(whole)["articles"]
    with pytest.raises(UsageError, match="the text of article a1 is not among those given"):
        page_data(bare, texts=HeldTexts([]))


def test_only_the_first_articles_and_those_of_gold_are_on_the_page(tmp_path: Path) -> None:
    many = [line(f"[[Ann{number}|person-1]] left.", id=f"a{number}") for number in range(6)]
    folder = make_dataset(tmp_path / "out", many)
    assert [one["id"] for one in page_data(folder, limit=2)["articles"]] == ["a0", "a1"]
    data = page_data(folder, write(tmp_path / "gold.jsonl", many[4:5]), limit=2)
    assert [one["id"] for one in data["articles"]] == ["a0", "a1", "a4"]
    assert data["left_out"] == 3
    assert write_report(folder, tmp_path / "page.html", limit=2).left_out == 4


def test_an_empty_dataset_has_a_page(tmp_path: Path) -> None:
    folder = make_dataset(tmp_path / "out", [])
    write_report(folder, tmp_path / "page.html")
    assert Page(tmp_path / "page.html").data["articles"] == []


def test_a_folder_that_is_no_dataset_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="manifest"):
        page_data(tmp_path)


SCHEMES = ("light", "dark")

# What is written on what, by the variables of the style.
TEXT_ON = [
    *(("text", ground) for ground in ("ground", "panel", "chosen", "accent-soft")),
    *(("soft", ground) for ground in ("ground", "panel", "chosen", "accent-soft")),
    *(("accent", ground) for ground in ("ground", "panel", "accent-soft")),
    *(("text", f"k{number}") for number in range(6)),
    *(("text", f"w-{letter}") for letter in "MIBKVSL"),
    *(("badge-text", f"e-{letter}") for letter in "MIBKVSL"),
    ("panel", "accent"),
    ("panel", "text"),
    *(("panel", verdict) for verdict in ("right", "wrong", "unsure")),
    *(
        (verdict, ground)
        for verdict in ("right", "wrong", "unsure")
        for ground in ("panel", "chosen")
    ),
]


def colours() -> dict[str, dict[str, str]]:
    """The variables of the style in light and in dark, which changes some of them."""
    from newsclaims.report.render import PAGE

    style = (PAGE / "page.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in (light, dark)]
    return {"light": found[0], "dark": {**found[0], **found[1]}}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it, from 1 to 21."""

    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_text_has_the_contrast_of_wcag_aa(scheme: str) -> None:
    palette = colours()[scheme]
    low = {
        f"{text} on {ground}": round(contrast(palette[text], palette[ground]), 2)
        for text, ground in TEXT_ON
        if contrast(palette[text], palette[ground]) < 4.5
    }
    assert low == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_marks_stand_out_from_their_ground(scheme: str) -> None:
    palette = colours()[scheme]
    lines = [f"u{number}" for number in range(6)] + [f"e-{letter}" for letter in "MIBKVSL"]
    assert {name for name in lines if contrast(palette[name], palette["panel"]) < 3} == set()
