"""The scores on corpus/ keep their floors, which only rise.

`corpus/floors.json` holds a floor for every figure of every layer, for the articles that rules are
made on and for the held ones apart, tied to the hash of the gold file. A figure under its floor is
a loss; one more than `SLACK` above it means that the floor must be raised. After a change:

    python tests/test_floors.py        # prints old and new figures and writes the new floors
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from newsclaims.evaluate import assess

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
FLOORS = CORPUS / "floors.json"

# In points of 100: one flipped row of the smallest layer moves its figure by about 1.
SLACK = 2.0


def figures() -> dict[str, dict[str, float]]:
    """The figures of outputs/ by part of the corpus, in per cent."""
    evaluation = assess(CORPUS / "gold.jsonl", ROOT / "outputs", by=["held"])
    return {
        {"true": "held", "false": "open"}[part.value]: {
            score.name: round(100 * score.value, 2) for score in part.figures
        }
        for part in evaluation.slices
    }


def gold_hash() -> str:
    return hashlib.sha256((CORPUS / "gold.jsonl").read_bytes()).hexdigest()


def read_floors() -> dict[str, Any]:
    return dict(json.loads(FLOORS.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def measured() -> dict[str, dict[str, float]]:
    return figures()


def test_the_floors_are_those_of_this_gold() -> None:
    assert read_floors()["gold_sha256"] == gold_hash(), "new gold needs new floors with it"


def test_every_figure_has_a_floor(measured: dict[str, dict[str, float]]) -> None:
    floors = read_floors()["floors"]
    assert {part: set(names) for part, names in floors.items()} == {
        part: set(names) for part, names in measured.items()
    }


@pytest.mark.parametrize(
    ("part", "name"),
    [(part, name) for part, names in read_floors()["floors"].items() for name in names],
)
def test_no_figure_falls_under_its_floor_or_outgrows_it(
    measured: dict[str, dict[str, float]], part: str, name: str
) -> None:
    floor, figure = read_floors()["floors"][part][name], measured[part][name]
    assert figure >= floor, f"{part} {name} fell from {floor} to {figure}"
    assert figure <= floor + SLACK, f"{part} {name} rose from {floor} to {figure}: raise the floor"


def main() -> None:
    """Write the figures as the new floors, and show which changed."""
    old = read_floors()["floors"] if FLOORS.exists() else {}
    new = figures()
    for part, names in new.items():
        for name, figure in names.items():
            before = old.get(part, {}).get(name)
            if before != figure:
                sys.stdout.write(f"{part:5} {name:42} {before} -> {figure}\n")
    text = json.dumps({"gold_sha256": gold_hash(), "floors": new}, indent=2)
    FLOORS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
