"""The door of the scorer: what it survives, what holds for any gold, and how it shows itself."""

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from annotated import Line, counts, line, score, write
from hypothesis import given
from hypothesis import strategies as st
from newsclaims.evaluate import (
    FORMATS,
    LAYERS,
    assess,
    below,
    evaluate,
    example_lines,
    read_minima,
    render,
    to_csv,
    to_json,
)
from newsclaims.evaluate.statistics import figures, randomisation_p, resample_counts, wilson
from newsclaims.evaluate.tally import F1, Tally
from newsclaims.gold import GoldError
from newsclaims.schema import SCORED

MARKED = (
    "[[Ann Lee|person-1]], minister of [[Peru|place-1 -10 -76]], told the "
    "[[Red Cross|organisation-1]] in [[Lima|place-2 -12.05 -77.04]] on "
    "[[May 8|date DATE 2025-05-08]] that floods had receded. "
    "[[Lee|person-1]] thanked [[Bo Ek|person-2]]."
)
FACTS: dict[str, Any] = {
    "roles": [("person-1", "minister", "Peru")],
    "statements": [("Ann Lee", ["that floods had receded"], "person-1")],
}


def whole(article: str = "a1", **fields: Any) -> Line:
    """An article with a row in every layer."""
    return line(MARKED, id=article, **{**FACTS, **fields})


def empty(article: str = "a1") -> Line:
    """The same article with nothing found in it."""
    layers = ("people", "organisations", "places", "dates", "roles", "statements")
    return {**whole(article), **{layer: [] for layer in layers}}


def mixed() -> tuple[list[Line], list[Line]]:
    """Five articles of gold, and records that are right in some, empty in one, wrong in others."""
    gold = [whole(f"a{number}") for number in range(5)]
    shifted = line(
        MARKED.replace("[[Ann Lee|", "Ann [[Lee|").replace("2025-05-08", "2024-05-08"),
        id="a3",
        roles=[("person-1", "minister", None, "former")],
        rule="guess",
    )
    return gold, [whole("a0", rule="sure"), whole("a1", rule="sure"), empty("a2"), shifted]


# What holds for any gold


@st.composite
def annotated_lines(draw: st.DrawFn) -> Line:
    """A gold line over a short text with random rows of every layer, disputed ones among them."""
    text = "Ab cd Ef gh Ij kl Mn op Qr st"
    words = [(i, i + 2) for i in range(0, len(text), 3)]

    def span(bounds: tuple[int, int]) -> dict[str, Any]:
        return {"start": bounds[0], "end": bounds[1], "text": text[slice(*bounds)]}

    def some(most: int) -> list[dict[str, Any]]:
        chosen = draw(st.lists(st.sampled_from(words), unique=True, max_size=most))
        return [span(bounds) for bounds in chosen]

    def optional() -> dict[str, bool]:
        return {"optional": True} if draw(st.integers(0, 4)) == 0 else {}

    people = [
        {"id": f"person-{n}", "name": mention["text"], "mentions": [mention], **optional()}
        for n, mention in enumerate(some(4), 1)
    ]
    dates = [
        {
            "id": f"date-{n}",
            "span": where,
            "type": "DATE",
            "value": draw(st.sampled_from("12")),
            **optional(),
        }
        for n, where in enumerate(some(4), 1)
    ]
    roles = [
        {"id": f"role-{n}", "person": row["id"], "title": title, "status": "current", **optional()}
        for n, (row, title) in enumerate(zip(people, some(4), strict=False), 1)
    ]
    statements = [
        {"id": f"statement-{n}", "content": [where], "source": None, **optional()}
        for n, where in enumerate(some(3), 1)
    ]
    base = line(text)
    return {**base, "people": people, "dates": dates, "roles": roles, "statements": statements}


@given(annotated_lines())
def test_gold_against_itself_is_perfect(gold: Line) -> None:
    for one in score(gold, gold).figures:
        assert math.isnan(one.value) or one.value == pytest.approx(1), one.name


@given(annotated_lines(), annotated_lines(), st.randoms(use_true_random=False))
def test_order_of_rows_makes_no_difference(gold: Line, found: Line, random: Any) -> None:
    before = score(gold, found).figures
    for one in (gold, found):
        for layer in ("people", "dates", "roles", "statements"):
            random.shuffle(one[layer])
    assert repr(score(gold, found).figures) == repr(before)


@given(annotated_lines(), annotated_lines())
def test_figures_lie_between_nothing_and_one(gold: Line, found: Line) -> None:
    for one in score(gold, found).figures:
        assert math.isnan(one.value) or 0 <= one.value <= 1, one.name
        assert one.tally.precise <= one.tally.found
        assert one.tally.recalled <= one.tally.gold
        assert math.isnan(one.low) or one.low <= one.high


@given(annotated_lines(), annotated_lines())
def test_precision_is_recall_with_the_sides_exchanged(gold: Line, found: Line) -> None:
    for side in (gold, found):
        for layer in ("people", "dates", "roles", "statements"):
            for row in side[layer]:
                row.pop("optional", None)  # gold alone has disputed rows
    forth, back = score(gold, found), score(found, gold)
    for one, other in zip(forth.figures, back.figures, strict=True):
        if one.kind == F1:
            assert (one.precision, one.recall) == pytest.approx(
                (other.recall, other.precision), nan_ok=True
            ), one.name


@given(annotated_lines(), annotated_lines())
def test_an_invented_find_never_raises_precision(gold: Line, found: Line) -> None:
    before = score(gold, found)
    after_text = 29  # beyond all gold; the texts' hashes are what they were
    invented = {"start": after_text, "end": after_text + 2, "text": "zz"}
    more = {
        **found,
        "people": [*found["people"], {"id": "person-9", "name": "zz", "mentions": [invented]}],
        "dates": [
            *found["dates"],
            {"id": "date-9", "span": invented, "type": "DATE", "value": "1"},
        ],
        "roles": [*found["roles"], {"id": "role-9", "person": "person-9", "title": invented}],
        "statements": [*found["statements"], {"id": "statement-9", "content": [invented]}],
    }
    after = score(gold, more)
    for one in before.figures:
        now = after[one.name]
        assert not now.precision > one.precision + 1e-12, one.name
        assert not now.value > one.value + 1e-12, one.name


# What it survives


def test_empty_gold_file(tmp_path: Path) -> None:
    scores = evaluate(write(tmp_path / "gold.jsonl", []), write(tmp_path / "r.jsonl", [whole()]))
    assert not scores.figures
    assert scores.extra == ["a1"]


def test_empty_gold_rows_make_finds_wrong_and_nothing_undefined() -> None:
    scores = score(empty(), whole())
    assert scores["people.mentions.strict"].value == 0
    assert math.isnan(scores["people.mentions.strict"].recall)
    assert math.isnan(score(empty(), empty())["people.mentions.strict"].value)


def test_empty_records_score_nothing() -> None:
    scores = score([whole()], [])
    assert scores.missing == ["a1"]
    assert counts(scores, "dates.value") == (1, 0, 0)
    assert scores["dates.value"].value == 0
    assert math.isnan(scores["dates.value"].precision)


def test_a_missing_article_counts_as_empty_and_an_extra_one_is_ignored() -> None:
    scores = score([whole("a1"), whole("a2")], [whole("a2"), whole("a3")])
    assert (scores.missing, scores.extra) == (["a1"], ["a3"])
    assert counts(scores, "people.mentions.strict") == (6, 3, 3)
    assert scores["people.mentions.strict"].articles == 2


def test_an_article_that_gold_alone_has_is_missed_in_every_layer() -> None:
    gold = [whole("a1"), whole("a2")]
    alone, unfound = score(gold, [whole("a1")]), score(gold, [whole("a1"), empty("a2")])
    assert (alone.missing, alone.extra) == (["a2"], [])
    tallies = [{one.name: one.tally for one in scores.figures} for scores in (alone, unfound)]
    assert tallies[0] == tallies[1]
    for layer, result in alone.layers.items():
        assert result.articles == ["a1", "a2"], layer
        assert {outcome.verdict for outcome in result.outcomes[1]} <= {"missed"}, layer
    for name in ("organisations.mentions.strict", "dates.strict", "roles.all-four"):
        assert (alone[name].recall, alone[name].precision) == (0.5, 1), name


def test_a_different_text_is_an_error() -> None:
    with pytest.raises(GoldError, match="a1: gold and records count the offsets of different"):
        score(whole(), line("Another text."))


def test_a_span_given_twice_counts_once() -> None:
    twice = whole()
    for layer in ("people", "places", "dates", "roles", "statements"):
        copies = [{**row, "id": f"{row['id']}0"} for row in twice[layer]]
        twice[layer] = [*twice[layer], *copies]
    for gold, found in ((whole(), twice), (twice, whole())):
        for one in score(gold, found).figures:
            assert one.value == 1 or math.isnan(one.value), one.name  # it has not every kind


def test_overlapping_spans_are_matched_one_to_one() -> None:
    gold = line("[[Ann Lee|person-1]] of Rome")
    found = line("[[Ann Lee|person-1]] of Rome")
    span = {"start": 0, "end": 15, "text": "Ann Lee of Rome"}
    found["people"].append({"id": "person-2", "name": span["text"], "mentions": [span]})
    assert counts(score(gold, found), "people.mentions.overlap") == (1, 2, 1)
    assert counts(score(gold, found), "people.mentions.strict") == (1, 2, 1)


def test_order_of_articles_makes_no_difference() -> None:
    gold = [whole(f"a{number:02}") for number in range(20)]
    found = [whole(f"a{n:02}") if n % 3 else empty(f"a{n:02}") for n in range(1, 20)]
    before, after = score(gold, found), score(gold[7:] + gold[:7], found[::-1])
    assert repr(after.figures) == repr(before.figures)
    # the draws of the bootstrap go by place, so articles must stand in one order
    assert after.layers["dates"].articles == before.layers["dates"].articles


def test_only_annotated_layers_are_scored() -> None:
    gold = whole(annotated=["dates", "people"])
    layers = list(score(gold, whole()).layers)
    assert layers == ["people.mentions", "people", "dates"]


def test_every_layer_of_the_contract_has_a_scorer() -> None:
    assert set(LAYERS) == set(SCORED)


def test_rows_without_the_fields_of_other_layers_are_read(tmp_path: Path) -> None:
    gold = line("[[May 8|date DATE 2025-05-08]]", annotated=["dates"])
    for layer in ("people", "places", "organisations", "roles", "statements"):
        del gold[layer]
    del gold["dates"][0]["mod"], gold["text"]
    path = write(tmp_path / "gold.jsonl", [gold])
    assert evaluate(path, path)["dates.value"].value == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "line 1: not JSON"),
        ("[]\n", "line 1: not a line of a gold file"),
        ('{"article": {}}\n', "line 1: missing or malformed"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_broken_records_are_named(tmp_path: Path, content: str | bytes, message: str) -> None:
    broken = tmp_path / "records.jsonl"
    broken.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(GoldError, match=message):
        evaluate(write(tmp_path / "gold.jsonl", [whole()]), broken)


def test_an_article_given_twice_is_refused(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", [whole()])
    twice = write(tmp_path / "records.jsonl", [whole(), whole()])
    with pytest.raises(GoldError, match="line 2: article a1 is given twice"):
        evaluate(gold, twice)


def test_gold_that_breaks_scoring_is_refused(tmp_path: Path) -> None:
    gold = whole()
    gold["people"][0]["mentions"][0]["start"] += 1
    path = write(tmp_path / "gold.jsonl", [gold])
    with pytest.raises(GoldError, match="person-1: error: mentions 1:7 does not have the length"):
        evaluate(path, write(tmp_path / "records.jsonl", [whole()]))


# Intervals and p-values


def test_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    gold, found = mixed()
    one = score(gold, found)["people.mentions.strict"]
    assert one.low < one.value < one.high
    again = score(gold, found)["people.mentions.strict"]
    assert (one.low, one.high) == (again.low, again.high)


def test_resamples_draw_as_many_articles_as_there_are() -> None:
    drawn = resample_counts(7)
    assert drawn.shape == (1000, 7)
    assert set(drawn.sum(axis=1)) == {7}


def test_interval_covers_the_true_figure_about_as_often_as_it_says() -> None:
    """Precision .8 of 40 articles with 5 finds each; 95 % of 400 trials, give or take chance."""
    rng = np.random.default_rng(1)
    covered = 0
    for _ in range(400):
        right = rng.binomial(5, 0.8, size=40)
        values = (resample_counts(40) @ right) / 200
        low, high = np.quantile(values, [0.025, 0.975])
        covered += low <= 0.8 <= high
    assert 0.91 <= covered / 400 <= 0.98


def test_p_value_of_equal_systems_is_one_and_of_unlike_ones_small() -> None:
    right = np.array([[Tally(5, 5, 5, 5)]] * 12, dtype=float)
    wrong = np.array([[Tally(5, 5, 1, 1)]] * 12, dtype=float)
    assert randomisation_p([F1], right, right) == [1.0]
    (chance,) = randomisation_p([F1], right, wrong)
    # all twelve coins must fall alike: 2 of 4,096 ways
    assert chance == pytest.approx(2 / 4096, abs=0.0005)


def test_p_value_of_two_articles_is_worked_by_hand() -> None:
    # swapping both or neither gives the observed difference, swapping one gives none: p = 1/2
    ours = np.array([[Tally(4, 4, 3, 3)], [Tally(4, 4, 3, 3)]], dtype=float)
    theirs = np.array([[Tally(4, 4, 1, 1)], [Tally(4, 4, 1, 1)]], dtype=float)
    assert randomisation_p([F1], ours, theirs)[0] == pytest.approx(0.5, abs=0.02)


def test_wilson_interval_of_a_known_case() -> None:
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=0.0001)
    assert wilson(10, 10)[1] == pytest.approx(1)
    assert math.isnan(wilson(0, 0)[0])


def test_f1_of_counts() -> None:
    got = figures(F1, np.array([4.0, 5.0, 2.0, 2.0, 0.0, 0.0]))
    assert (got.precision, got.recall) == (pytest.approx(0.4), pytest.approx(0.5))
    assert got.value == pytest.approx(4 / 9)


# Breakdowns and ways to show them


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with gold.jsonl, records.jsonl, other.jsonl and articles.jsonl."""
    gold, found = mixed()
    write(tmp_path / "gold.jsonl", gold)
    write(tmp_path / "records.jsonl", found)
    write(tmp_path / "other.jsonl", gold)
    articles = [
        {
            "id": f"a{number}",
            "text": gold[0]["text"],
            "source": "Post" if number < 2 else None,
            "metadata": {"held": str(number > 2).lower()},
        }
        for number in range(5)
    ]
    write(tmp_path / "articles.jsonl", articles)
    return tmp_path


def test_slices_by_a_column_of_the_articles(folder: Path) -> None:
    evaluation = assess(folder, folder, by=["held", "source"])
    slices = {(part.column, part.value): part.figures for part in evaluation.slices}
    assert list(slices) == [
        ("held", "false"),
        ("held", "true"),
        ("source", "(none)"),
        ("source", "Post"),
    ]
    post = {one.name: one for one in slices["source", "Post"]}
    assert post["dates.value"].value == 1
    assert post["dates.value"].articles == 2
    held = {one.name: one.tally.gold for one in slices["held", "true"]}
    assert held["people.mentions.strict"] == 6


def test_an_unknown_column_is_named_with_those_there_are(folder: Path) -> None:
    with pytest.raises(
        GoldError, match="no article has a column desk; there are: held, id, source"
    ):
        assess(folder, folder, by=["desk"])


def test_rules_with_their_precision_and_share(folder: Path) -> None:
    rules = {(rule.layer, rule.rule): rule for rule in assess(folder, folder).rules}
    sure, guess = rules["dates", "sure"], rules["dates", "guess"]
    assert (sure.finds, sure.right, sure.precision) == (2, 2, 1)
    assert sure.share == pytest.approx(2 / 3)
    assert (guess.finds, guess.right, guess.precision) == (1, 0, 0)
    assert ("people", "sure") not in rules  # rows of people are grouped by no rule


def test_classes_of_error_with_counts_and_examples(folder: Path) -> None:
    evaluation = assess(folder, folder)
    errors = {(one.layer, one.error): one.number for one in evaluation.errors}
    assert errors["dates", "wrong value"] == 1
    assert errors["dates", "missed"] == 2
    assert errors["people.mentions", "boundary"] == 1
    assert errors["roles", "wrong slot"] == 1
    shown = "\n".join(example_lines(evaluation.examples["dates"]))
    assert "WRONG VALUE <guess> a3@" in shown
    assert "found [May 8] = DATE 2024-05-08" in shown
    assert "in Lima on [May 8] that floods" in shown


def test_difference_of_two_systems(folder: Path) -> None:
    evaluation = assess(folder, folder, folder / "other.jsonl")
    difference = next(one for one in evaluation.differences if one.name == "dates.strict")
    assert difference.theirs == 1
    assert difference.difference == pytest.approx(difference.ours - 1)
    assert difference.low <= difference.difference <= difference.high < 0.01
    assert 0 < difference.p <= 1


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_shows_every_metric(folder: Path, form: str) -> None:
    shown = render(assess(folder, folder, folder / "other.jsonl", by=["held"]), form)
    assert shown.endswith("\n")
    for layer, scorer in LAYERS.items():
        assert layer in shown
        assert all(metric in shown for metric in scorer.metrics)


def test_table_names_missing_articles_and_shows_rules_on_demand(folder: Path) -> None:
    evaluation = assess(folder, folder)
    assert "Missing from the records, counted as empty: 1 article." in render(evaluation)
    assert "Rules" not in render(evaluation)
    assert "guess" in render(evaluation, rules=True)


def test_json_holds_figures_counts_and_examples(folder: Path) -> None:
    data = json.loads(to_json(assess(folder, folder)))
    value = data["layers"]["dates"]["metrics"]["value"]
    assert value["f1"] == 0.5
    assert (value["gold"], value["found"], value["compared"], value["agreed"]) == (5, 3, 3, 2)
    assert data["missing_articles"] == ["a4"]
    assert data["errors"]["dates"]["wrong value"]["examples"][0]["article"] == "a3"


def test_csv_is_one_table(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(assess(folder, folder)))))
    assert {row["part"] for row in rows} == {"scores", "errors", "rules"}
    value = next(row for row in rows if (row["layer"], row["name"]) == ("dates", "value"))
    assert (value["value"], value["right"], value["gold"], value["found"]) == ("0.5", "2", "5", "3")


def test_least_figures() -> None:
    gold, found = mixed()
    scores = score(gold, found)
    assert below(scores, read_minima(["dates.value=0.5"])) == []
    assert below(scores, read_minima(["dates.value=0.51", "dates.strict=0"])) == [
        "dates.value is 0.5000, under 0.5100"
    ]
    only_dates = score(whole(annotated=["dates"]), whole())
    assert below(only_dates, {"roles.all-four": 0.1}) == [
        "roles.all-four has no figure on this gold, and 0.1000 is asked for"
    ]


@pytest.mark.parametrize("option", ["dates.value", "dates.valu=0.5", "dates.value=80", "=0.1"])
def test_least_figures_that_make_no_sense_are_refused(option: str) -> None:
    with pytest.raises(GoldError):
        read_minima([option])
