import math
from pathlib import Path
from typing import Any

import pytest
from annotated import line, write
from newsclaims.agreement import Agreement, agreement, alpha, describe
from newsclaims.errors import UsageError

MARKED = (
    "[[Ana Popescu|person-1]] left [[Brno|place-1 49.2 16.6]] on [[May 8|date DATE 2025-05-08]], "
    "[[Popescu|person-1]] said; [[Ion Rusu|person-2]] did not."
)
FACTS: dict[str, Any] = {
    "roles": [("person-1", "left", "Brno", "former")],
    "statements": [("Popescu", ["did not"], "person-1")],
}


def compare(folder: Path, marked: str, other: str, **fields: Any) -> dict[str, Agreement]:
    facts = {**FACTS, **fields}
    one = write(folder / "a.jsonl", [line(marked, **FACTS)])
    two = write(folder / "b.jsonl", [line(other, **facts)])
    return {found.layer: found for found in agreement(one, two)}


@pytest.mark.parametrize(
    ("first", "second", "published"),
    [  # Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", examples A and B
        ("0100000010", "1110010000", 0.095),
        ("aabbdcccedda", "babbbccceddd", 0.692),
    ],
)
def test_alpha_is_the_published_one(first: str, second: str, published: float) -> None:
    assert round(alpha(list(zip(first, second, strict=True))), 3) == published
    assert round(alpha(list(zip(second, first, strict=True))), 3) == published


def test_alpha_is_that_of_the_worked_example() -> None:
    first, second = "abbbbbaaccb", "abbbbbaaccb"
    assert alpha(list(zip(first, second, strict=True))) == 1
    first, second = "aabbbbaaab", "abbbababba"
    # of 10 units 5 differ; of 20 values 9 are a and 11 b: alpha = 1 - 19 * (2 * 5) / (2 * 9 * 11)
    assert alpha(list(zip(first, second, strict=True))) == pytest.approx(1 - 190 / 198, abs=1e-9)
    assert math.isnan(alpha([("a", "a")] * 3))


def test_the_same_annotation_agrees_wholly(tmp_path: Path) -> None:
    found = compare(tmp_path, MARKED, MARKED)
    for layer in ("people.mentions", "places.mentions", "dates", "roles", "statements"):
        assert (found[layer].f1, found[layer].alpha) == (1, 1), layer
    assert found["people same row"].alpha == 1
    assert math.isnan(found["roles status"].alpha), "one status alone says nothing"
    assert "people.mentions" in "\n".join(describe(list(found.values())))


@pytest.mark.parametrize(
    ("old", "new", "layer"),
    [
        ("[[Ana Popescu|person-1]]", "Ana [[Popescu|person-1]]", "people.mentions"),
        ("[[Popescu|person-1]]", "[[Popescu|person-2]]", "people same row"),
        ("[[Brno|place-1 49.2 16.6]]", "Brno", "places.mentions"),
        ("DATE", "TIME", "dates"),
    ],
)
def test_a_difference_lowers_alpha_of_its_layer_alone(
    old: str, new: str, layer: str, tmp_path: Path
) -> None:
    found = compare(tmp_path, MARKED, MARKED.replace(old, new, 1))
    lowered = {name for name, one in found.items() if one.alpha < 1}
    assert layer in lowered
    assert lowered <= {layer, "people.mentions", "people same row"}


def test_roles_differ_in_title_or_status(tmp_path: Path) -> None:
    other = [("person-1", "Popescu", "Brno", "former")]
    assert compare(tmp_path, MARKED, MARKED, roles=other)["roles"].alpha < 1
    other = [("person-1", "left", "Brno", "acting")]
    assert compare(tmp_path, MARKED, MARKED, roles=other)["roles status"].alpha == 0


def test_only_what_both_annotate_is_compared(tmp_path: Path) -> None:
    one = write(tmp_path / "a.jsonl", [line(MARKED), line(MARKED, id="a2")])
    two = write(tmp_path / "b.jsonl", [line(MARKED, annotated=["dates"]), line(MARKED, id="a3")])
    assert {found.layer: found.articles for found in agreement(one, two)} == {
        "dates": 1,
        "dates value": 1,
    }
    none = write(tmp_path / "c.jsonl", [line(MARKED, id="a9")])
    with pytest.raises(UsageError, match="no layer of an article is annotated in both"):
        agreement(one, none)


def test_without_texts_there_are_no_words(tmp_path: Path) -> None:
    bare = line(MARKED)
    del bare["text"]
    one = write(tmp_path / "a.jsonl", [bare])
    with pytest.raises(UsageError, match="article a1 has no text"):
        agreement(one, one)
