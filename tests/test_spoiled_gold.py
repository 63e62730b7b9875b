"""No gold, records or verdicts end in a traceback: they are scored, or refused in a sentence."""

from pathlib import Path
from random import Random

import pytest
from annotated import line, write
from newsclaims.agreement import agreement, describe
from newsclaims.errors import UsageError
from newsclaims.evaluate import assess, is_judged, precisions, read_judged, to_json
from newsclaims.gold import check_gold
from spoiled import spoil_file

SEEDS = 15
LINES = [
    line(
        "[[Ana Popescu|person-1]], mayor of [[Brno|place-1 49.2 16.6]], left on "
        "[[May 8|date DATE 2025-05-08]].\nShe said: It rains.",
        roles=[("person-1", "mayor", "Brno")],
        statements=[("She", ["It rains"], "person-1")],
    ),
    line("[[Bo|person-1]] won.", id="b"),
]
ARTICLES = [{"id": "a1", "metadata": {"desk": "north"}}, {"id": "b"}]
JUDGED = [
    {"article": "a1", "key": "k", "layer": "roles", "rule": None, "verdict": "right"}
    | {"sample": {"stratum": "", "drawn": 1, "of": 2}}
]


@pytest.mark.parametrize("spoiled", ["gold.jsonl", "records.jsonl", "articles.jsonl", "rows.jsonl"])
def test_a_spoiled_file_is_scored_or_refused(spoiled: str, tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", LINES)
    records = write(tmp_path / "records.jsonl", LINES)
    rows = write(tmp_path / "rows.jsonl", JUDGED)
    write(tmp_path / "articles.jsonl", ARTICLES)
    content = (tmp_path / spoiled).read_bytes()
    refused = 0
    for seed in range(SEEDS):
        (tmp_path / spoiled).write_bytes(spoil_file(content, Random(seed)))  # no secret
        for score in (
            lambda: check_gold(gold),
            lambda: to_json(assess(gold, records, by=["desk"])),
            lambda: list(describe(agreement(gold, records))),
            lambda: is_judged(rows) and precisions(read_judged(rows, records)),
        ):
            try:
                score()
            except UsageError:
                refused += 1
    assert refused


def test_a_file_of_another_kind_is_refused_in_one_line(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", LINES)
    articles = write(tmp_path / "articles.jsonl", ARTICLES)
    for pair in ((gold, articles), (articles, gold)):
        for score in (assess, agreement):
            with pytest.raises(UsageError, match=r"articles\.jsonl, line 1: not a line .*") as told:
                score(*pair)
            assert "\n" not in str(told.value)


@pytest.mark.parametrize("number", ['"5"', "5.5", "true", "null"])
def test_offsets_that_are_no_whole_numbers_are_refused_with_their_line(
    number: str, tmp_path: Path
) -> None:
    gold = write(tmp_path / "gold.jsonl", LINES)
    spoiled = gold.read_text().replace('"start": 0', f'"start": {number}', 1)
    (tmp_path / "records.jsonl").write_text(spoiled)
    with pytest.raises(
        UsageError, match=r"records\.jsonl, line 1: missing or malformed: .*offsets"
    ):
        assess(gold, tmp_path / "records.jsonl")
