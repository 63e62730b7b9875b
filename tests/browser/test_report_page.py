import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.selenium import Axe
from newsclaims.report import write_report
from newsclaims.verdicts import apply_verdicts
from newsclaims.verify import verify
from selenium.webdriver import Keys

from tests.annotated import Line, line, write
from tests.browser.conftest import Page
from tests.datasets import make_dataset, rows_of

Visit = Callable[..., Page]

FIRST = (
    "Finance Minister [[Ana Popescu|person-1]] met [[Ion Rusu|person-2]] in "
    "[[Oslo|place-1 59.9 10.7]].\n\nThe head of the team said that talks on "
    "[[Tuesday|date DATE 2024-05-07]] went well. [[Popescu|person-1]] left."
)
SECOND = "[[Lars Berg|person-1]] of [[Fjord Line|organisation-1]] stayed in [[Bergen|place-1]]."
THIRD = (
    "[[Mei Ito|person-1]] spoke in [[Kyoto|place-1 35.0 135.8]] on [[May 8|date DATE 2024-05-08]]."
)
HEADS = {
    "a1": {"title": "Two meet", "published": "2024-05-08", "url": "https://example.org/two?a=1"},
    "a2": {"title": "A ferry stays", "published": "2024-05-09", "source": "Fjord News"},
    "a3": {"title": "A talk", "published": "2024-05-09"},
}


def found() -> list[Line]:
    lines = [
        line(
            FIRST,
            roles=[("person-1", "Finance Minister")],
            statements=[("The head of the team", ["that talks on Tuesday went well"], "person-1")],
            rule="first-rule",
        ),
        line(SECOND, id="a2", rule="second-rule"),
        line(THIRD, id="a3", rule="second-rule"),
    ]
    for one in lines:
        for date in one["dates"]:
            date["earliest"] = date["latest"] = date["value"]
    return lines


def gold() -> list[Line]:
    """Of `found`: a person too short, a place too many, a date of another value, one missed."""
    return [
        line(
            FIRST.replace("[[Ion Rusu|person-2]]", "Ion [[Rusu|person-2]]").replace("07]]", "14]]"),
            roles=[("person-1", "Minister"), ("person-1", "met")],
            annotated=["people.mentions", "places.mentions", "dates", "roles"],
        ),
        line(
            SECOND.replace("[[Bergen|place-1]]", "Bergen").replace("stayed", "[[stayed|place-2]]"),
            id="a2",
            annotated=["people.mentions", "places.mentions"],
        ),
        line(THIRD, id="a3", annotated=["people.mentions"]),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_dataset(tmp_path / "out", found(), HEADS)


@pytest.fixture
def plain(folder: Path, tmp_path: Path, visit: Visit) -> Page:
    """The page without gold."""
    write_report(folder, tmp_path / "plain.html")
    return visit(tmp_path / "plain.html")


@pytest.fixture
def judged(folder: Path, tmp_path: Path, visit: Visit) -> Page:
    """The page with gold."""
    write_report(folder, tmp_path / "gold.html", write(tmp_path / "gold.jsonl", gold()))
    return visit(tmp_path / "gold.html")


def test_the_page_opens_with_an_overview(plain: Page) -> None:
    assert plain.texts("#views a") == ["Overview", "Rows", "Articles"]
    assert plain.one("#facts").text == "3 articles · 12 rows · test_model 1.0"
    assert plain.texts(".counts strong") == ["4", "1", "3", "2", "1", "1", "0"]
    assert plain.all(".map circle"), "places are drawn"
    assert plain.one(".timeline p").text == "2 dates by day. Most in one: 1."


def test_rows_are_filtered_by_kind_rule_article_words_and_verdict(plain: Page) -> None:
    plain.press("l")
    plain.count("12 rows")
    plain.press("1")
    plain.count("4 rows")
    plain.press("3")
    plain.count("7 rows")
    plain.press("x")
    plain.one("#rule").send_keys("second")
    plain.count("6 rows")
    plain.press(Keys.ESCAPE, "x")
    plain.one("#article").send_keys("A ferry")
    plain.count("3 rows")
    plain.press(Keys.ESCAPE, "x")
    plain.look("TALKS ON")
    plain.count("2 rows")
    plain.press("x")
    plain.press("j", "r")
    plain.one("#verdict").send_keys("right")
    plain.count("1 row")
    plain.look("nothing like it")
    plain.count("0 rows")
    plain.one("#reset-too").click()
    plain.count("12 rows")


def test_rows_are_sorted_by_a_click_on_the_heading(plain: Page) -> None:
    plain.press("l")
    names = ".shown .c-says .main"
    assert plain.texts(names)[:3] == ["Ana Popescu", "Ion Rusu", "Oslo"]
    plain.one("th.c-says button").click()
    up = plain.texts(names)
    assert up == sorted(up)
    assert plain.one("th.c-says").get_attribute("aria-sort") == "ascending"
    plain.one("th.c-says button").click()
    assert plain.texts(names) == up[::-1]
    plain.one("th.c-says button").click()
    assert plain.texts(names)[:3] == ["Ana Popescu", "Ion Rusu", "Oslo"]


def test_a_row_shows_its_sentence_rule_and_source(plain: Page) -> None:
    plain.press("l")
    (cells,) = [row for row in plain.all(".shown tr") if "Tuesday" in row.text and "07" in row.text]
    assert "The head of the team said that talks on Tuesday went well." in cells.text
    assert "first-rule" in cells.text
    link = plain.one(".shown a.outside")
    assert link.get_attribute("href") == HEADS["a1"]["url"]
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_a_click_lights_up_the_spans_in_the_article(plain: Page) -> None:
    plain.press("l")
    plain.all(".shown tr")[0].click()
    assert plain.lit() == ["Ana Popescu", "Popescu"]
    plain.look("finance minister")
    plain.count("4 rows")
    (role,) = [
        row
        for row in plain.all(".shown tr")
        if "Finance Minister" in row.text and "current" in row.text
    ]
    role.click()
    assert plain.lit() == ["Finance Minister", "Ana Popescu"]
    fields = [mark.get_attribute("data-field") for mark in plain.all("#words .lit")]
    assert fields == ["title", "holder"]


def test_a_marked_word_in_the_text_chooses_its_row(plain: Page) -> None:
    plain.open("view=articles&article=a2")
    (mark,) = [mark for mark in plain.all("#words .mark") if mark.text == "Fjord Line"]
    mark.click()
    assert plain.one("#card .main").text == "Fjord Line"
    assert plain.lit() == ["Fjord Line"]


def test_verdicts_are_kept_saved_and_applied(plain: Page, folder: Path, tmp_path: Path) -> None:
    keys = {name: row["key"] for name, row in rows_of(folder).items()}
    plain.press("l", "j", "r", "j", "w", "m")
    plain.press("no ", "such person", Keys.ENTER)
    plain.press("j", "u", "j", "w", "w")
    assert plain.texts(".shown .c-verdict")[:4] == ["✓", "✗✎", "?", ""]
    plain.open()
    assert plain.one("#judged").text == "3", "kept over a reload"
    plain.browser.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    plain.press("s")
    saved = tmp_path / "verdicts.jsonl"
    plain.wait(saved.is_file, "the file of verdicts")
    verdicts = [json.loads(text) for text in saved.read_text(encoding="utf-8").splitlines()]
    assert {one["key"]: one["verdict"] for one in verdicts} == {
        keys["a1 person-1"]: "right",
        keys["a1 person-2"]: "wrong",
        keys["a1 place-1"]: "unsure",
    }
    (wrong,) = [one for one in verdicts if one["verdict"] == "wrong"]
    assert (wrong["note"], wrong["article"], wrong["kind"]) == ("no such person", "a1", "people")
    apply_verdicts(folder, saved)
    assert keys["a1 person-2"] not in {row["key"] for row in rows_of(folder).values()}
    assert verify(folder) == []


def test_verdicts_hold_in_the_page_of_a_later_run(plain: Page, tmp_path: Path) -> None:
    plain.press("l", "j", "r")
    later = make_dataset(tmp_path / "later", [line("[[Bo|person-1]] left.", id="new"), *found()])
    write_report(later, tmp_path / "later.html")
    page = Page(plain.browser, tmp_path / "later.html")
    page.open("view=rows")
    assert page.one("#judged").text == "1"
    assert page.texts(".shown .c-verdict")[:2] == ["", "✓"]


def test_a_file_of_verdicts_is_opened(plain: Page, folder: Path, tmp_path: Path) -> None:
    key = rows_of(folder)["a1 person-2"]["key"]
    path = write(tmp_path / "old.jsonl", [{"key": key, "verdict": "wrong", "note": "seen"}])
    plain.one("#open").send_keys(str(path))
    plain.wait(lambda: plain.one("#judged").text == "1", "the verdict of the file")
    plain.open(f"row={key}")
    # The card is drawn once the address has changed.
    note = "return document.querySelector('#note')?.value"
    plain.wait(lambda: plain.run(note) == "seen", "the note of the file")
    assert plain.one(".judge.v-wrong").get_attribute("aria-pressed") == "true"


def test_a_row_is_corrected_with_a_choice_and_with_selected_words(
    plain: Page, folder: Path, tmp_path: Path
) -> None:
    key = rows_of(folder)["a1 role-1"]["key"]
    plain.open(f"row={key}")
    plain.press("c")
    plain.one(".correction select").send_keys("former")
    plain.run(
        """const mark = [...document.querySelectorAll('#words .mark')]
             .find((one) => one.textContent === 'Finance Minister');
           const range = document.createRange();
           range.setStart(mark.firstChild, 8);
           range.setEnd(mark.firstChild, 16);
           getSelection().removeAllRanges();
           getSelection().addRange(range);"""
    )
    (title,) = [button for button in plain.all(".correction button") if button.text == "title"]
    title.click()
    lines = plain.run("return Object.values(localStorage).map((value) => JSON.parse(value))")
    assert lines == [
        {
            "verdict": "wrong",
            "correct": {"status": "former", "title": {"start": 8, "end": 16, "text": "Minister"}},
        }
    ]
    apply_verdicts(folder, write(tmp_path / "verdicts.jsonl", [{"key": key, **lines[0]}]))
    role = rows_of(folder)["a1 role-1"]
    assert (role["status"], role["title"]["text"]) == ("former", "Minister")


ERRORS = [
    ("a1", "boundary", "Ion Rusu"),
    ("a1", "wrong value", "Tuesday"),
    ("a1", "boundary", "Finance Minister"),
    ("a1", "missed", None),
    ("a2", "missed", None),
    ("a2", "invented", "Bergen"),
]


def test_errors_are_stepped_through_by_keyboard(judged: Page) -> None:
    seen = []
    for _ in range(6):
        judged.press("e")
        seen.append(shown_error(judged))
    assert sorted(seen, key=str) == sorted(ERRORS, key=str)
    judged.press("e")
    assert shown_error(judged) == seen[-1], "the last one stays"
    judged.press("E")
    assert shown_error(judged) == seen[-2]
    judged.press("a", "p", "p", "e", "e")
    assert judged.run("return document.documentElement.dataset.view") == "articles"
    assert [name for name, _, _ in [shown_error(judged)]] == ["a1"]


def shown_error(page: Page) -> tuple[str, str, str | None]:
    article = page.run("return new URLSearchParams(location.hash.slice(1)).get('article')")
    lit = page.texts("#words .found .lit")
    return article, page.one("#card .error strong").text, lit[0] if lit else None


def test_gold_stands_beside_what_was_found_with_letters(judged: Page) -> None:
    judged.open("view=articles&article=a1")
    assert judged.texts(".sides span") == ["Gold", "Found"]
    badges = {
        side: judged.run(
            f"return [...document.querySelectorAll('#words .{side} .badged')]"
            ".map((one) => [one.textContent, one.dataset.badge])"
        )
        for side in ("gold", "found")
    }
    assert ["Rusu", "B"] in badges["gold"]
    assert ["Ion Rusu", "B"] in badges["found"]
    assert ["Tuesday", "V"] in badges["gold"]
    assert ["met", "M"] in badges["gold"]
    judged.open("view=articles&article=a2")
    assert judged.run("return document.querySelector('#words .found .badged').dataset.badge") == "I"
    places = judged.run(
        """return ['gold', 'found'].map((side) => {
             const block = document.querySelector(`#words .${side}`);
             return [block.textContent, Math.round(block.getBoundingClientRect().top)];
           })"""
    )
    assert places[0] == places[1], "the same text at the same height"


def test_errors_are_filtered_by_class_kind_and_words(judged: Page) -> None:
    judged.open("view=errors")
    judged.count("6 errors")
    judged.one(".chip[data-class='boundary']").click()
    judged.count("2 errors")
    judged.press("5")
    judged.count("1 error")
    judged.press("x")
    judged.look("bergen")
    judged.count("1 error")
    judged.press("x")
    judged.one("#article").send_keys("A ferry")
    judged.count("2 errors")


def test_scores_have_bars_with_intervals_and_counts_lead_to_errors(judged: Page) -> None:
    scores = judged.texts(".scores tbody tr")
    assert any("strict" in text and "–" in text for text in scores)
    assert len(judged.all(".scores .interval .value")) == len(scores)
    assert judged.all(".scores .whisker")
    judged.one(".stack button[aria-label='dates: 1 wrong value']").click()
    judged.count("1 error")
    assert judged.one("#card .error strong").text == "wrong value"


def test_each_article_row_and_error_has_its_address(judged: Page, folder: Path) -> None:
    key = rows_of(folder)["a2 place-1"]["key"]
    judged.open(f"row={key}")
    assert judged.one("#head h2").text == "A ferry stays"
    assert judged.lit() == ["Bergen"]
    assert judged.one(f"#card a[href='#view=rows&row={key}']").text == key
    judged.open("article=a3")
    assert judged.one("#head h2").text == "A talk"
    judged.press("e")
    judged.press("e")
    address = judged.run("return location.hash.slice(1)")
    card = judged.one("#card").text
    judged.open(address)
    assert judged.one("#card").text == card
    judged.open("row=nothing&view=nowhere")
    assert judged.run("return document.documentElement.dataset.view") == "overview"


def test_articles_are_stepped_through_by_keyboard(plain: Page) -> None:
    plain.press("a")
    titles = []
    for _ in range(3):
        titles.append(plain.one("#head h2").text)
        plain.press("n")
    assert titles == ["Two meet", "A ferry stays", "A talk"]
    plain.press("p")
    assert plain.one("#head h2").text == "A ferry stays"


def test_keys_are_listed_and_do_nothing_while_writing(plain: Page) -> None:
    plain.press("?")
    assert plain.one("#keys").is_displayed()
    plain.press("l", Keys.ESCAPE)
    assert plain.run("return document.documentElement.dataset.view") == "overview"
    plain.press("l", "j", "m", "rwu")
    assert plain.one("#judged").text == "0"
    plain.press(Keys.ENTER)
    assert plain.one("#judged").text == "1", "the note"


HOSTILE = (
    "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'> "
    "\u202e\u2066 [[Ann Lee|person-1]] \u202d{{ 7 * 7 }}\x00\x1f\ufeff &lt; \u2028 "
    "[[😀 Oslo|place-1]]"
)


def test_hostile_text_is_shown_as_text(tmp_path: Path, visit: Visit) -> None:
    text = line(HOSTILE)["text"]
    heads = {"a1": {"title": text, "source": text, "url": "javascript:window.hacked=3"}}
    folder = make_dataset(tmp_path / "out", [line(HOSTILE, rule=text[:60])], heads)
    write_report(folder, tmp_path / "page.html", write(tmp_path / "gold.jsonl", [line(HOSTILE)]))
    page = visit(tmp_path / "page.html", "view=articles&article=a1")
    shown = (
        "return [...document.querySelectorAll('#words .found')].map(b => b.textContent).join('')"
    )
    assert page.run(shown) == text
    assert page.run("return document.querySelector('#head h2').textContent") == text
    assert page.run("return document.querySelectorAll('main img, main script').length") == 0
    assert page.all("a.outside") == []
    page.open("view=rows")
    page.press("j", "j")
    assert page.run("return document.querySelector('#words .lit').textContent") == "😀 Oslo"
    assert page.run("return window.hacked") is None
    isolation = page.run(
        "return ['#words .block', '#head h2 bdi', '.c-says bdi', '.sentence', '.c-article bdi']"
        ".map((one) => getComputedStyle(document.querySelector(one)).unicodeBidi)"
    )
    assert isolation == ["isolate"] * 5


def test_a_text_of_a_megabyte_is_shown_whole_in_pieces(tmp_path: Path, visit: Visit) -> None:
    long = "word " * 200_000 + "[[Ana Popescu|person-1]] left."
    folder = make_dataset(tmp_path / "out", [line(long), line(SECOND, id="a2")])
    write_report(folder, tmp_path / "page.html")
    page = visit(tmp_path / "page.html", "view=rows")
    page.press("j")
    assert page.lit() == ["Ana Popescu"]
    place, bottom = page.run(
        "return [document.querySelector('#words .lit').getBoundingClientRect().bottom,"
        "document.querySelector('#text-scroller').getBoundingClientRect().bottom]"
    )
    assert 0 < place <= bottom, "scrolled into sight"
    assert page.run("return document.querySelector('#words').textContent.length") == len(
        line(long)["text"]
    )
    assert (
        page.run(
            "return Math.max(...[...document.querySelectorAll('.block')]"
            ".map(block => block.textContent.length))"
        )
        <= 4000
    )


def test_of_a_long_list_only_what_is_in_sight_is_in_the_document(
    tmp_path: Path, visit: Visit
) -> None:
    many = [line(FIRST.replace("Oslo", f"Town {number}"), id=f"a{number}") for number in range(500)]
    folder = make_dataset(tmp_path / "out", many)
    write_report(folder, tmp_path / "page.html")
    page = visit(tmp_path / "page.html", "view=rows")
    page.count("2,000 rows")
    assert len(page.all(".shown tr")) < 60
    page.run("document.querySelector('#scroller').scrollTop = 1e9")
    page.wait(lambda: "Tuesday" in page.texts(".shown tr")[-1], "the last row")
    assert len(page.all(".shown tr")) < 60
    page.look("town 499")
    page.count("3 rows")


VIEWS = ("overview", "rows", "articles", "errors")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_serious_issue(judged: Page, view: str, scheme: str) -> None:
    set_scheme(judged, scheme)
    judged.open(f"view={view}")
    judged.press("j", "w", "c")
    assert_accessible(judged)


def test_axe_finds_no_serious_issue_in_the_list_of_keys(plain: Page) -> None:
    plain.press("?")
    assert_accessible(plain)


def set_scheme(page: Page, scheme: str) -> None:
    feature: Mapping[str, Any] = {"name": "prefers-color-scheme", "value": scheme}
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def assert_accessible(page: Page) -> None:
    found = Axe().run(page.browser)["violations"]
    serious = [
        (issue["id"], node["html"][:200], node["any"][:1])
        for issue in found
        if issue["impact"] in {"serious", "critical"}
        for node in issue["nodes"]
    ]
    assert serious == []
