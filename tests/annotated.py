"""Gold and record lines written as marked text, for the tests of gold and of scoring.

``line("[[Ann Lee|person-1]] left [[Oslo|place-1 59.91 10.75]] [[today|date DATE 2025-05-08]].")``
A label that ends with ``?`` marks a disputed row. Roles and statements are given in words, which
are looked up in the text.
"""

import json
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from newsclaims.evaluate import Scores, score_articles
from newsclaims.gold import annotations_of
from newsclaims.records import text_sha256
from newsclaims.rules import read_marks
from newsclaims.schema import LAYERS, SCHEMA_VERSION, SCORED

Line = dict[str, Any]
_LAYER_OF = {"person": "people", "organisation": "organisations", "place": "places"}


def line(
    marked: str,
    *,
    id: str = "a1",  # noqa: A002  # the field's name
    roles: Iterable[tuple[Any, ...]] = (),
    statements: Iterable[tuple[Any, ...]] = (),
    sorts: Iterable[str] = (),
    annotated: Iterable[str] = SCORED,
    rule: str | None = None,
) -> Line:
    """One line of a gold file, its text included.

    `roles` are (person, title, organisation or None, status); `statements` are (source or None,
    [content, ...], speaker or None), `sorts` their sorts in order. `rule` is put into every find.
    """
    text, marks = read_marks(marked)
    rows: dict[str, dict[str, Any]] = {layer: {} for layer in (*_LAYER_OF.values(), "dates")}
    for start, end, label in marks:
        span = {"start": start, "end": end, "text": text[start:end]}
        name, *values = label.rstrip("?").split()
        optional = {"optional": True} if label.endswith("?") else {}
        ruled = {"rule": rule} if rule else {}
        if name == "date":
            number = f"date-{len(rows['dates']) + 1}"
            timex, value, *mod = [None if word == "null" else word for word in values]
            date = {"id": number, "span": span, "type": timex, "value": value}
            rows["dates"][number] = {**date, "mod": (mod or [None])[0], **optional, **ruled}
            continue
        layer = rows[_LAYER_OF[name.partition("-")[0]]]
        row = layer.setdefault(name, {"id": name, "name": span["text"], "mentions": [], **optional})
        row["mentions"].append({**span, **ruled})
        if values:
            row["latitude"], row["longitude"] = map(float, values)
    return {
        "schema_version": SCHEMA_VERSION,
        "article": {"id": id, "text_sha256": text_sha256(text)},
        **{layer: [] for layer in LAYERS},
        **{layer: list(found.values()) for layer, found in rows.items()},
        "roles": [_role(text, number, *role, rule=rule) for number, role in enumerate(roles, 1)],
        "statements": [
            _statement(text, number, *said) | ({"sort": sort} if sort else {})
            for number, (said, sort) in enumerate(zip_longest(statements, sorts), 1)
        ],
        "annotated": list(annotated),
        "text": text,
    }


def _role(
    text: str,
    number: int,
    person: str,
    title: str,
    organisation: str | None = None,
    status: str = "current",
    *,
    optional: bool = False,
    rule: str | None = None,
) -> dict[str, Any]:
    if title.endswith("?"):
        title, optional = title[:-1], True
    return {
        "id": f"role-{number}",
        "person": person,
        "holder": None,
        "title": span_of(text, title),
        "organisation": span_of(text, organisation) if organisation else None,
        "status": status,
        **({"optional": True} if optional else {}),
        **({"rule": rule} if rule else {}),
    }


def _statement(
    text: str, number: int, source: str | None, content: list[str], speaker: str | None = None
) -> dict[str, Any]:
    return {
        "id": f"statement-{number}",
        "speaker": speaker,
        "source": span_of(text, source) if source else None,
        "content": [span_of(text, words) for words in content],
    }


def span_of(text: str, words: str) -> dict[str, Any]:
    """Where `words` first stand in the text."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def write(path: Path, lines: Iterable[Mapping[str, Any]]) -> Path:
    """Write lines as JSON lines and return the path."""
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    return path


def score(gold: Line | list[Line], found: Line | list[Line]) -> Scores:
    """Score lines without files; one line stands for a list of one."""
    golds, finds = (one if isinstance(one, list) else [one] for one in (gold, found))
    return score_articles(
        {one["article"]["id"]: annotations_of(one) for one in golds},
        {one["article"]["id"]: annotations_of(one) for one in finds},
    )


def counts(scores: Scores, name: str) -> tuple[float, float, float]:
    """Gold, found and right of a metric; of a share: compared, agreed."""
    tally = scores[name].tally
    return tally.gold, tally.found, tally.precise
