"""Scores hold on names never seen: every person of corpus/ gets a name of another culture.

The swap is consistent in an article (one new part for each part of a name, so that relatives keep a
shared surname) and carries all offsets of the gold over.
"""

import json
import random
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from newsclaims import Article, Pipeline
from newsclaims.evaluate import Scores, evaluate
from newsclaims.lexicon import CLASSES, words
from newsclaims.records import text_sha256

ROOT = Path(__file__).parent.parent
CULTURES: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "unseen_names.toml").read_text(encoding="utf-8")
)

# Points of 100 that a score may fall by; the names of corpus/ are from many cultures themselves.
MOST_LOST = 3.0
SEED = 11

_SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV)\.?|[A-Z]\.")


class Renaming:
    """New parts for the parts of the names of one article."""

    def __init__(self, culture: Mapping[str, list[str]], seed: str) -> None:
        chance = random.Random(seed)
        self._given = chance.sample(culture["given"], len(culture["given"]))
        self._surnames = chance.sample(culture["surnames"], len(culture["surnames"]))
        self._parts: dict[str, str] = {}
        self._taken = {"given": 0, "surname": 0}

    def learn(self, name: str) -> None:
        """Give the parts of a full name their new forms."""
        parts = [part for part in name.split() if not _SUFFIX.fullmatch(part)]
        for part in parts[:-1]:
            self._assign(part, "given", self._given)
        if parts:
            self._assign(parts[-1], "surname", self._surnames)

    def of(self, mention: str) -> str:
        """The new form of a mention."""
        self.learn(mention)
        return " ".join(
            part if _SUFFIX.fullmatch(part) else self._parts[part.casefold()]
            for part in mention.split()
        )

    def _assign(self, part: str, kind: str, names: list[str]) -> None:
        if part.casefold() not in self._parts:
            number = self._taken[kind]
            self._taken[kind] += 1
            # An article with more names than the culture has here doubles them with a hyphen.
            round_, index = divmod(number, len(names))
            extra = "-".join([names[index], *names[index + 1 : index + 1 + round_]])
            self._parts[part.casefold()] = extra


class Move(NamedTuple):
    """Characters that were replaced: where they stood and where their replacement stands."""

    start: int
    end: int
    new_start: int
    new_end: int


def renamed(line: Mapping[str, Any], culture: Mapping[str, list[str]]) -> dict[str, Any]:
    """A gold line whose people are called otherwise, in text and offsets."""
    renaming = Renaming(culture, f"{SEED} {line['article']['id']}")
    for person in line["people"]:
        renaming.learn(person["name"])
    new_text, moves = replace_names(line, renaming)
    new_line: dict[str, Any] = carried(dict(line), new_text, moves)
    for person in new_line["people"]:
        person["name"] = max((m["text"] for m in person["mentions"]), key=len)
    new_line["text"] = new_text
    new_line["article"] = line["article"] | {"text_sha256": text_sha256(new_text)}
    return new_line


def replace_names(line: Mapping[str, Any], renaming: Renaming) -> tuple[str, list[Move]]:
    text: str = line["text"]
    mentions = {(m["start"], m["end"]) for person in line["people"] for m in person["mentions"]}
    new_text = ""
    moves: list[Move] = []
    position = 0
    for start, end in sorted(mentions):
        if start < position:
            continue  # inside another mention
        new_text += text[position:start]
        new_start = len(new_text)
        new_text += renaming.of(text[start:end])
        moves.append(Move(start, end, new_start, len(new_text)))
        position = end
    return new_text + text[position:], moves


def moved(offset: int, moves: list[Move]) -> int:
    shift = 0
    for move in moves:
        if offset >= move.end:
            shift = move.new_end - move.end
        elif offset > move.start:
            return min(move.new_start + offset - move.start, move.new_end)
    return offset + shift


def carried(value: Any, text: str, moves: list[Move]) -> Any:
    """`value` with every span in it where its words are now."""
    if isinstance(value, list):
        return [carried(part, text, moves) for part in value]
    if not isinstance(value, dict):
        return value
    if {"start", "end", "text"} <= value.keys():
        start, end = moved(value["start"], moves), moved(value["end"], moves)
        return value | {"start": start, "end": end, "text": text[start:end]}
    return {name: carried(part, text, moves) for name, part in value.items()}


def gold_lines() -> list[dict[str, Any]]:
    lines = (ROOT / "corpus" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def scored(lines: list[dict[str, Any]], pipeline: Pipeline, folder: Path) -> Scores:
    articles = [
        Article(id=line["article"]["id"], text=line["text"], published=line["article"]["published"])
        for line in lines
    ]
    records = folder / "records.jsonl"
    records.write_text(
        "".join(record.model_dump_json() + "\n" for record in pipeline.pipe(articles)),
        encoding="utf-8",
    )
    gold = folder / "gold.jsonl"
    gold.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return evaluate(gold, records)


def test_no_unseen_name_is_in_a_list_that_the_rules_read() -> None:
    classes = set(CLASSES) - {"dates.short_weekday"}  # "Thu"
    listed = {part.casefold() for word in words(*classes) for part in word.split()}
    unseen = {
        part
        for culture in CULTURES.values()
        for names in culture.values()
        for name in names
        for part in name.split()
    }
    assert sorted(name for name in unseen if name.casefold() in listed) == []


def test_there_are_ten_cultures_with_ten_names_each() -> None:
    assert len(CULTURES) == 10
    assert all(len(set(names)) >= 10 for culture in CULTURES.values() for names in culture.values())


def test_renaming_carries_offsets_over() -> None:
    culture = CULTURES["welsh"]
    for line in gold_lines()[:5]:
        new = renamed(line, culture)
        for layer in ("people", "organisations", "places"):
            for row in new[layer]:
                for mention in row["mentions"]:
                    assert new["text"][mention["start"] : mention["end"]] == mention["text"]
        for old_row, new_row in zip(line["dates"], new["dates"], strict=True):
            assert old_row["span"]["text"] == new_row["span"]["text"]


@pytest.mark.parametrize(
    "name", ["people.mentions.strict", "people.mentions.overlap", "roles.person+title"]
)
def test_scores_hold_on_unseen_names(swapped: tuple[Scores, Scores], name: str) -> None:
    as_written, unseen = (100 * scores[name].value for scores in swapped)
    assert unseen >= as_written - MOST_LOST, f"{name}: {as_written:.1f} -> {unseen:.1f}"


@pytest.fixture(scope="module")
def swapped(pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> tuple[Scores, Scores]:
    """The scores on corpus/ as it is, and with its articles shared out to the ten cultures."""
    lines = gold_lines()
    cultures = sorted(CULTURES)
    unseen = [
        renamed(line, CULTURES[cultures[number % len(cultures)]])
        for number, line in enumerate(lines)
    ]
    as_written = scored(lines, pipeline, tmp_path_factory.mktemp("as-written"))
    return as_written, scored(unseen, pipeline, tmp_path_factory.mktemp("unseen"))
