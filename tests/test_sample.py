"""Samples are drawn as they say, and their figures hold for the dataset they were drawn from."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from annotated import line, score, write
from hypothesis import given
from hypothesis import strategies as st
from newsclaims.dataset import NoTextsError
from newsclaims.evaluate.breakdown import by_rule, error_counts
from newsclaims.evaluate.judged import JudgedRow, is_judged, precisions, read_judged
from newsclaims.evaluate.scoring import LayerResult, summarise
from newsclaims.evaluate.statistics import design_counts
from newsclaims.gold import GoldError, Sample, check_gold, read_annotations
from newsclaims.sample import Drawn, SampleError, draw, sample_articles, sample_rows

MARKED = "[[Ana Popescu|person-1]] left [[Brno|place-1]] on [[May 8|date DATE 2025-05-08]]."


@given(
    strata=st.lists(st.sampled_from("abc"), min_size=1, max_size=60),
    size=st.integers(1, 20),
    seed=st.integers(),
)
def test_a_draw_is_what_its_design_says(strata: list[str], size: int, seed: int) -> None:
    drawn = draw(strata, size, seed)
    assert drawn == draw(strata, size, seed)
    members, chosen = Counter(strata), Counter(strata[index] for index in drawn)
    for index, design in drawn.items():
        stratum = strata[index]
        assert design == Drawn(stratum, chosen[stratum], members[stratum])
    for stratum, number in members.items():
        assert chosen[stratum] >= min(2, number)


def test_another_seed_draws_others_and_each_unit_is_as_likely() -> None:
    counts = Counter(index for seed in range(3000) for index in draw(["a"] * 10, 3, seed))
    assert len(counts) == 10
    assert max(abs(count - 900) for count in counts.values()) < 110  # four standard deviations


def population(rng: np.random.Generator, size: int) -> tuple[list[str], np.ndarray[Any, Any]]:
    """Strata and tallies (gold, found, recalled, precise, -, -) of articles of two sources."""
    strata = ["wire" if number % 5 else "blog" for number in range(size)]
    gold = rng.poisson(rng.gamma(3, 3, size)) + 1
    skill = np.where([stratum == "wire" for stratum in strata], 0.85, 0.6)
    right = rng.binomial(gold, np.clip(rng.normal(skill, 0.1), 0, 1))
    found = right + rng.poisson(1, size)
    nothing = np.zeros(size)
    return strata, np.stack([gold, found, right, right, nothing, nothing], axis=1).astype(float)


@pytest.mark.parametrize("stratified", [False, True])
@pytest.mark.parametrize("size", [60, 120])
def test_intervals_cover_the_datasets_figure(stratified: bool, size: int) -> None:
    """95 % intervals of 400 samples hold the true F1 in 93 to 97 of 100, also of large samples."""
    strata, tallies = population(np.random.default_rng(7), 240)
    metrics = {"strict": tallies}
    (truth,) = figures_of(LayerResult(["x"] * 240, metrics, [()] * 240))
    held = 0
    for seed in range(400):
        drawn = draw(strata if stratified else ["all"] * 240, size, seed)
        samples = [Sample(*design) for design in drawn.values()]
        weights = np.array([[sample.weight] for sample in samples])
        part = {"strict": tallies[list(drawn)] * weights}
        ids = [str(index) for index in drawn]
        (estimate,) = figures_of(LayerResult(ids, part, [()] * len(ids), samples))
        held += estimate.low <= truth.value <= estimate.high
    assert 0.93 <= held / 400 <= 0.97


def figures_of(result: LayerResult) -> list[Any]:
    """The F1 of the result, shown to the scorer as a layer of mentions."""
    metrics = dict.fromkeys(("strict", "overlap"), result.tallies["strict"])
    shown = LayerResult(result.articles, metrics, result.outcomes, result.samples)
    return [one for one in summarise({"people.mentions": shown}) if one.metric == "strict"]


def test_a_dataset_taken_whole_has_no_spread() -> None:
    samples = (Sample("", 3, 3),) * 3
    assert (design_counts(samples) == 1).all()


def test_weights_make_up_for_uneven_strata() -> None:
    """One article of ten stands for ten: its errors weigh ten times those of a stratum taken."""
    golds, finds = [], []
    for number, (design, right) in enumerate(
        [(Sample("big", 1, 9), True), (Sample("small", 1, 1), False)]
    ):
        gold = line(MARKED, id=f"a{number}") | {"sample": design._asdict()}
        golds.append(gold)
        finds.append(gold if right else gold | {"people": []})
    assert score(golds, finds)["people.mentions.strict"].recall == pytest.approx(0.9)
    del golds[0]["sample"]
    with pytest.raises(GoldError, match="others are not"):
        score(golds, finds)


def dataset(folder: Path, articles: int = 12) -> Path:
    lines = [line(MARKED, id=f"a{number}", rule="model") for number in range(articles)]
    heads = [
        {
            **one["article"],
            "text": one.pop("text"),
            "sentences": [0],
            "metadata": {"desk": "home" if number % 3 else "world"},
        }
        for number, one in enumerate(lines)
    ]
    for one in lines:
        del one["annotated"]
        for layer in ("people", "places", "dates"):
            for row in one[layer]:
                row["key"] = f"{one['article']['id']}-{row['id']}"
    write(folder / "articles.jsonl", heads)
    write(folder / "records.jsonl", lines)
    return folder


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(one) for one in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("blind", [False, True])
def test_a_sample_of_articles_is_a_gold_file(blind: bool, tmp_path: Path) -> None:
    gold = tmp_path / "sample.jsonl"
    assert sample_articles(dataset(tmp_path), 6, gold, by="desk", blind=blind) == 6
    assert [f for f in check_gold(gold) if f.severity == "error"] == []
    designs = Counter(one.sample for one in read_annotations(gold).values())
    assert designs == {Sample("home", 4, 8): 4, Sample("world", 2, 4): 2}
    assert all(bool(one["people"]) is not blind for one in read(gold))
    assert read(gold)[0]["sample"]["probability"] == 0.5


@pytest.mark.parametrize("blind", [False, True])
def test_a_sample_of_rows_awaits_verdicts(blind: bool, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    sample_rows(dataset(tmp_path), 10, rows, layers=["people", "dates"], by="layer", blind=blind)
    found = read(rows)
    assert Counter(row["layer"] for row in found) == {"people": 5, "dates": 5}
    assert found[0]["sentence"] == "Ana Popescu left Brno on May 8."
    assert {row["rule"] for row in found} == ({None} if blind else {"model"})
    assert ("model" in rows.read_text()) is not blind
    assert is_judged(rows)
    with pytest.raises(GoldError, match="no row has a verdict of right or wrong yet"):
        read_judged(rows, tmp_path)


def test_judged_rows_give_precision_by_layer_and_rule(tmp_path: Path) -> None:
    rows = [JudgedRow("dates", "a", number < 8, Sample("", 20, 1000)) for number in range(10)]
    rows += [JudgedRow("dates", "b", number < 4, Sample("", 20, 1000)) for number in range(10)]
    whole, one, other = precisions(rows)
    assert (whole.precision, whole.judged, whole.right) == (pytest.approx(0.6), 20, 12)
    assert (one.rule, one.precision, other.rule, other.precision) == ("a", 0.8, "b", 0.4)
    assert whole.low < 0.6 < whole.high
    lines = [
        {"layer": "dates", "rule": "a", "verdict": verdict, "sample": Sample("", 3, 9)._asdict()}
        for verdict in ("right", "wrong", "unsure")
    ]
    records = write(tmp_path / "records.jsonl", [])
    assert len(read_judged(write(tmp_path / "rows.jsonl", lines), records)) == 2
    write(tmp_path / "bad.jsonl", [{"verdict": "right", "layer": "dates", "rule": None}])
    with pytest.raises(GoldError, match="line 1: missing or malformed"):
        read_judged(tmp_path / "bad.jsonl", records)
    misspelt = [line | {"verdict": "Right"} for line in lines]
    with pytest.raises(GoldError, match="the verdict 'Right' is none of right, wrong, unsure"):
        read_judged(write(tmp_path / "misspelt.jsonl", misspelt), records)


def test_a_blind_samples_rules_are_those_of_the_records(tmp_path: Path) -> None:
    folder, rows = dataset(tmp_path, 3), tmp_path / "rows.jsonl"
    sample_rows(folder, 2, rows, layers=["people"], blind=True)
    judged = [json.loads(row) | {"verdict": "right"} for row in rows.read_text().splitlines()]
    found = read_judged(write(rows, judged), folder)
    assert {row.rule for row in found} == {"model"}


@pytest.mark.parametrize("truth", [0.6, 0.97])
def test_intervals_of_judged_rows_cover_the_datasets_precision(truth: float) -> None:
    """Rows of three rules, the rarest drawn almost whole: 93 to 98 of 100 hold the true share."""
    rng = np.random.default_rng(3)
    strata = rng.choice(["common", "seldom", "rare"], size=2000, p=[0.8, 0.17, 0.03])
    right = rng.random(2000) < truth
    held = 0
    for seed in range(400):
        rows = [
            JudgedRow("dates", design.stratum, bool(right[index]), Sample(*design))
            for index, design in draw(list(strata), 150, seed).items()
        ]
        whole = precisions(rows)[0]
        held += whole.low <= right.mean() <= whole.high
    assert 0.93 <= held / 400 <= 0.98


def test_rules_and_errors_of_drawn_articles_are_weighed() -> None:
    """The rule is right in the article that stands for nine, and wrong in the one for itself."""
    golds, finds = [], []
    for number, design in enumerate([Sample("big", 1, 9), Sample("small", 1, 1)]):
        golds.append(line(MARKED, id=f"a{number}") | {"sample": design._asdict()})
        finds.append(line(MARKED, id=f"a{number}", rule="model"))
    finds[1]["dates"][0]["value"] = "2025-05-09"
    scores = score(golds, finds)
    (rule,) = (one for one in by_rule(scores) if one.layer == "dates")
    assert (rule.finds, rule.right, rule.precision) == (10, 9, pytest.approx(0.9))
    assert rule.low < 0.9 < rule.high
    errors = {(one.layer, one.error): one.number for one in error_counts(scores)}
    assert errors == {("dates", "wrong value"): 1}
    finds[0]["dates"][0]["value"] = "2025-05-09"
    assert [one.number for one in error_counts(score(golds, finds))] == [10]


def test_what_cannot_be_drawn_is_said(tmp_path: Path) -> None:
    folder, out = dataset(tmp_path, 3), tmp_path / "out.jsonl"
    with pytest.raises(SampleError, match="nothing has a column colour"):
        sample_articles(folder, 2, out, by="colour", blind=False)
    with pytest.raises(SampleError, match="there are 3 to draw from, not 9"):
        sample_articles(folder, 9, out, blind=False)
    bare = [head | {"text": None} for head in read(folder / "articles.jsonl")]
    write(folder / "articles.jsonl", bare)
    with pytest.raises(NoTextsError, match="rewrite --texts ARTICLES puts them back"):
        sample_articles(folder, 2, out, blind=False)
    assert sample_rows(folder, 2, out) == 2
