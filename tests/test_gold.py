"""Gold is refused where it breaks scoring, and warned of where only its form is off."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from annotated import Line, line, score, span_of, write
from hypothesis import given, settings
from hypothesis import strategies as st
from newsclaims.gold import (
    GoldError,
    check_gold,
    check_line,
    json_lines,
    read_annotations,
    read_metadata,
    refuse,
)
from newsclaims.gold.spelling import is_value
from newsclaims.schema import SCHEMA_VERSION

MARKED = (
    "[[Ann Lee|person-1]], ex-minister of [[Peru|place-1 -10 -76]], told the "
    '[[Red Cross|organisation-1]] on [[May 8|date DATE 2025-05-08]]: "We won." '
    "[[Lee|person-1]] left."
)


def good() -> Line:
    """A line without a finding, with a row in every layer."""
    built = line(
        MARKED,
        roles=[("person-1", "minister", "Peru", "former")],
        statements=[("Ann Lee", ['"We won."'], "person-1")],
    )
    built["statements"][0]["kind"] = "direct"
    built["places"][0] |= {"kind": "country", "country": "PE", "geonameid": 3932488}
    built["dates"][0] |= {"earliest": "2025-05-08", "latest": "2025-05-08", "anchor": "published"}
    built["roles"][0] |= {"organisation_id": "place-1", "until": "date-1"}
    built["events"] = [
        {
            "id": "event-1",
            "type": "vote",
            "triggers": [span_of(built["text"], "won")],
            "participants": [
                {"role": "agent", "span": span_of(built["text"], "We"), "ref": "person-1"}
            ],
            "place": {"span": span_of(built["text"], "Peru"), "ref": "place-1"},
            "date": "date-1",
            "status": "happened",
            "asserted_in": "statement-1",
        }
    ]
    return built


def said(one: Any, severity: str, texts: dict[str, str] | None = None) -> list[str]:
    """The messages of one severity about a line."""
    return [f.message for f in check_line(one, 1, texts or {}) if f.severity == severity]


def test_a_good_line_has_no_finding() -> None:
    assert check_line(good(), 1, {}) == []


def test_disputed_rows_are_fine() -> None:
    built = good()
    built["roles"][0]["optional"] = True
    assert check_line(built, 1, {}) == []


def change(built: Line, path: str, value: Any) -> None:
    """Set what stands at a path such as ``people.0.mentions.0.start``; `...` deletes it."""
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
    target: Any = built
    for step in steps:
        target = target[step]
    if value is ...:
        del target[last]
    else:
        target[last] = value


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("article.id", "", "the article has no id"),
        ("article.text_sha256", "abc", "text_sha256 is not a SHA-256"),
        ("article.text_sha256", "0" * 64, "is not the hash of the article's text"),
        ("text", "Another text", "is not the hash of the article's text"),
        ("annotated", ..., "annotated, the list of layers to be scored, is missing"),
        ("people.0.id", ..., "a row of people has no id"),
        ("people.0.mentions", [], "mentions is missing or empty"),
        ("people.0.mentions.0.start", "0", "mentions is not a span"),
        ("people.0.mentions.0.start", True, "mentions is not a span"),
        ("people.0.mentions.0.end", 8, "mentions 0:8 does not have the length of 'Ann Lee'"),
        ("people.0.mentions.0.text", "Bob Lee", "characters 0:7 are 'Ann Lee', not 'Bob Lee'"),
        ("people.0.mentions.0", {"start": 9000, "end": 9002, "text": "xx"}, "are '', not 'xx'"),
        ("people.0.mentions.0", {"start": -2, "end": 0, "text": "t."}, "does not have the length"),
        ("places.0.latitude", 91, "latitude 91 is not a number of degrees"),
        ("places.0.longitude", "east", "longitude 'east' is not a number of degrees"),
        ("places.0.id", "person-1", "2 rows have the id person-1"),
        ("dates.0.span", None, "span is missing or empty"),
        ("dates.0.anchor", "date-9", "anchor names date-9, which is no row of dates"),
        ("roles.0.title", None, "title is missing or empty"),
        ("roles.0.person", "person-9", "person names person-9, which is no row of people"),
        ("roles.0.person", "place-1", "person names place-1, which is no row of people"),
        ("roles.0.organisation_id", "person-1", "which is no row of organisations or places"),
        ("roles.0.since", "1999", "since names 1999, which is no row of dates"),
        ("roles.0.asserted_in", "statement-2", "which is no row of statements"),
        ("statements.0.speaker", "role-1", "which is no row of people or organisations or places"),
        ("statements.0.content", [], "content is missing or empty"),
        ("events.0.triggers", [], "triggers is missing or empty"),
        ("events.0.triggers.0.end", 99, "does not have the length of 'won'"),
        ("events.0.participants", {}, "participants is no list"),
        ("events.0.participants.0", "We", "participants is not a span"),
        ("events.0.participants.0.span.text", "he", "are 'We', not 'he'"),
        ("events.0.participants.0.role", 1, "role is no text"),
        ("events.0.participants.0.role", None, "role is missing or empty"),
        (
            "events.0.participants.0.ref",
            "person-9",
            "ref names person-9, which is no row",
        ),
        ("events.0.place.span", None, "place is not a span"),
        ("events.0.place.ref", "date-1", "ref names date-1, which is no row of places"),
        ("events.0.date", "date-9", "date names date-9, which is no row of dates"),
        ("events.0.role", "role-9", "role names role-9, which is no row of roles"),
    ],
)
def test_what_breaks_scoring_is_an_error(path: str, value: Any, message: str) -> None:
    built = good()
    change(built, path, value)
    assert any(message in error for error in said(built, "error")), said(built, "error")


@pytest.mark.parametrize("broken", [None, [], "text", {}, {"article": "a1"}])
def test_what_is_no_record_is_an_error(broken: Any) -> None:
    assert said(broken, "error") == ["not a record of an article"]


@pytest.mark.parametrize("row", [None, 7, "person-1", {"name": "Ann"}])
def test_what_is_no_row_is_an_error(row: Any) -> None:
    built = good()
    built["people"].append(row)
    assert said(built, "error") == ["a row of people has no id"]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("schema_version", 9, f"schema_version is 9, not {SCHEMA_VERSION}"),
        ("note", "hm", "unknown field note"),
        ("article.mood", "hm", "unknown field mood"),
        ("roles.0.mood", "hm", "unknown field mood"),
        ("annotated", [], "annotated is empty"),
        ("annotated", ["role"], "annotated names 'role', which is no layer"),
        ("roles.0.optional", "yes", "optional is neither true nor false"),
        ("roles.0.status", "ex", "status 'ex' is none of acting, candidate"),
        ("roles.0.organisation", None, "organisation_id is given without organisation"),
        ("roles.0.id", "role-2", "rows are not numbered role-1, role-2"),
        ("people.0.name", "Lee Ann", "the name 'Lee Ann' is none of its mentions"),
        ("places.0.kind", "town", "kind 'town' is none of admin1"),
        ("places.0.country", "Peru", "country 'Peru' is not a code"),
        ("places.0.longitude", None, "one coordinate is given without the other"),
        ("dates.0.type", "Date", "type 'Date' is none of DATE"),
        ("dates.0.mod", "EARLY", "mod 'EARLY' is none of AFTER"),
        ("dates.0.value", "2025-5-8", "'2025-5-8' is not how a value of DATE is spelled"),
        ("dates.0.latest", "2025", "'2025' is not an ISO date"),
        ("dates.0.latest", "2025-05-01", "earliest 2025-05-08 lies after latest 2025-05-01"),
        ("statements.0.kind", "quoted", "kind 'quoted' is none of direct"),
        ("events.0.type", "war", "type 'war' is none of agreement"),
        ("events.0.status", "over", "status 'over' is none of failed"),
    ],
)
def test_what_is_odd_in_form_is_a_warning(path: str, value: Any, message: str) -> None:
    built = good()
    change(built, path, value)
    assert said(built, "error") == []
    assert any(message in warning for warning in said(built, "warning")), said(built, "warning")


# What may stand anywhere in JSON, rows and spans that are none among it.
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 99)
    | st.floats(allow_nan=False)
    | st.text(max_size=3),
    lambda inside: st.lists(inside, max_size=2) | st.dictionaries(st.text(max_size=3), inside),
    max_leaves=4,
)
_PATHS = """article article.id article.text_sha256 text annotated annotated.0 people people.0
    people.0.id people.0.name people.0.mentions people.0.mentions.0 people.0.mentions.0.start
    people.0.mentions.0.text people.0.optional places.0.latitude places.0.country dates dates.0.span
    dates.0.type dates.0.value dates.0.mod dates.0.anchor dates.0.latest roles.0 roles.0.person
    roles.0.holder roles.0.title roles.0.organisation roles.0.status roles.0.organisation_id
    statements.0.content statements.0.content.0 statements.0.source statements.0.speaker
    statements.0.kind schema_version events events.0 events.0.type events.0.triggers
    events.0.participants events.0.participants.0 events.0.participants.0.span
    events.0.participants.0.role events.0.participants.0.ref events.0.place events.0.place.ref
    events.0.date events.0.status""".split()


@given(st.sampled_from(_PATHS), _JSON)
@settings(max_examples=400)
def test_what_the_check_lets_pass_can_be_scored(path: str, value: Any) -> None:
    built = good()
    change(built, path, value)
    if not said(built, "error"):
        score(built, good() if path.startswith(("people", "places", "roles")) else built)


def swap_rows(built: Line) -> None:
    date = {"id": "date-2", "span": span_of(built["text"], "Ann"), "type": "DATE", "value": "2025"}
    built["dates"].append(date)


def repeat_span(built: Line) -> None:
    built["places"].append({**built["places"][0], "id": "place-2"})


def take_the_article(built: Line) -> None:
    built["places"].append({"id": "place-2", "mentions": [span_of(built["text"], "the Red Cross")]})


def take_white_space(built: Line) -> None:
    built["organisations"][0]["mentions"].append(span_of(built["text"], "told "))


def leave_the_quotation_mark(built: Line) -> None:
    built["statements"][0]["content"] = [span_of(built["text"], "We won.")]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (swap_rows, "rows are not in text order"),
        (repeat_span, "is given 2 times"),
        (take_the_article, "the mention 'the Red Cross' begins with an article"),
        (take_white_space, "'told ' begins or ends with white space"),
        (leave_the_quotation_mark, "kind is direct, but not all content is in quotation marks"),
    ],
)
def test_odd_spans_are_warned_of(spoil: Callable[[Line], None], message: str) -> None:
    built = good()
    spoil(built)
    assert said(built, "error") == []
    assert any(message in warning for warning in said(built, "warning")), said(built, "warning")


def test_a_possessive_in_a_mention_is_warned_of() -> None:
    assert said(line("[[Peru's|place-1]] north"), "warning") == [
        'the mention "Peru\'s" ends with a possessive'
    ]


def test_offsets_are_held_against_a_text_from_elsewhere() -> None:
    built = good()
    text = built.pop("text")
    built["people"][0]["mentions"][0]["text"] = "Bob Lee"
    assert said(built, "error") == []
    assert said(built, "error", {"a1": text}) == [
        "mentions: characters 0:7 are 'Ann Lee', not 'Bob Lee'"
    ]
    assert "text_sha256 is not the hash" in said(built, "error", {"a1": text + "\n"})[0]


def test_texts_are_taken_from_beside_the_gold(tmp_path: Path) -> None:
    built = good()
    text = built.pop("text")
    built["people"][0]["mentions"][0]["text"] = "Bob Lee"
    path = write(tmp_path / "gold.jsonl", [built])
    assert check_gold(path)[0].severity == "warning"  # the name is none of the mentions
    write(tmp_path / "articles.jsonl", [{"id": "a1", "text": text}])
    assert "characters 0:7 are 'Ann Lee', not 'Bob Lee'" in str(check_gold(path)[0])
    assert check_gold(path, {})[0].severity == "warning"


def test_code_points_are_counted() -> None:
    assert (
        check_line(line("\U0001f30a [[Åsa Öhman|person-1]] a\u0301 [[Pärnu|place-1]]"), 1, {}) == []
    )


def test_an_article_given_twice_is_an_error(tmp_path: Path) -> None:
    findings = check_gold(write(tmp_path / "gold.jsonl", [good(), good()]))
    assert [str(finding) for finding in findings] == [
        "line 2, a1: error: the article is given in line 1 already"
    ]


def test_errors_refuse_a_file_and_warnings_do_not(tmp_path: Path) -> None:
    odd = good()
    odd["note"] = "hm"
    path = write(tmp_path / "gold.jsonl", [odd])
    findings = check_gold(path)
    assert [finding.severity for finding in findings] == ["warning"]
    refuse(findings, path)
    for number in range(8):
        odd["people"].append({"id": f"person-{number + 2}", "mentions": []})
    write(path, [odd])
    with pytest.raises(GoldError, match="person-2: error: mentions is missing") as raised:
        refuse(check_gold(path), path)
    assert "and 3 more" in str(raised.value)


def test_metadata_columns_are_flattened(tmp_path: Path) -> None:
    path = write(
        tmp_path / "articles.jsonl", [{"id": 7, "text": "x", "metadata": {"desk": "sport"}}]
    )
    assert read_metadata(path) == {"7": {"id": 7, "text": "x", "desk": "sport"}}
    with pytest.raises(GoldError, match="line 1: not an article with an id"):
        read_metadata(write(tmp_path / "other.jsonl", [{"text": "x"}]))


def test_articles_are_read_in_the_order_of_their_ids(tmp_path: Path) -> None:
    lines = [{**good(), "article": {**good()["article"], "id": name}} for name in ("b", "a")]
    assert list(read_annotations(write(tmp_path / "gold.jsonl", lines))) == ["a", "b"]


def test_a_byte_order_mark_and_blank_lines_are_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\xef\xbb\xbf{}\n\n[]\n")
    assert list(json_lines(path)) == [(1, {}), (3, [])]


@pytest.mark.parametrize(
    ("timex", "values"),
    [
        (
            "DATE",
            """1994 2025-05 2025-05-08 2000-W08 2000-W08-WE 199 19 2025-SU 2025-Q2 XXXX XXXX-05-08
            XXXX-XX-XX XXXX-WXX-5 XXXX-WXX PRESENT_REF PAST_REF FUTURE_REF""",
        ),
        (
            "TIME",
            "2025-05-07TMO 2025-05-07T10:35 2025-05-07T10:35Z 2025-05-07T10:35+02:00 XXXX-XX-XXTEV",
        ),
        ("DURATION", "P10Y PT30M PXY P1Y6M P1DT12H P2W PT1.5H"),
        ("SET", "P1W XXXX-WXX-1 P1D XXXX-05 PT8H"),
    ],
)
def test_spellings_of_the_contract(timex: str, values: str) -> None:
    assert [value for value in values.split() if not is_value(timex, value)] == []


@pytest.mark.parametrize(
    ("timex", "values"),
    [
        ("DATE", "1994-XX 1994-13 2025-05-32 2000-W8 199X 2025-5 P1D 2025-05-07TMO today 2025-Q5"),
        ("TIME", "2025-05-07 T10:35 2025-05-07T25:00 2025-05-07T10:61 10:35"),
        ("DURATION", "P PT 10Y PtenY P10 2025"),
        ("SET", "weekly P"),
        ("Date", "1994"),
    ],
)
def test_other_spellings(timex: str, values: str) -> None:
    assert [value for value in values.split() if is_value(timex, value)] == []
