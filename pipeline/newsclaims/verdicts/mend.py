"""One article's record and the verdicts on its rows -> the record as it should stand.

Rows that hang on a dropped one follow it: a role goes with its person, and whatever else refers to
a row that is gone refers to nothing. Ids are counted anew; keys name the rows across it all.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from newsclaims.errors import UsageError
from newsclaims.records import SpanError, text_sha256
from newsclaims.schema import LAYERS, ArticleRecord
from newsclaims.verdicts.forms import Verdict

Row = dict[str, Any]
Layers = dict[str, list[Row]]

# The fields that hold ids of other rows, by layer; a role cannot do without its person.
REFERENCES: Mapping[str, tuple[str, ...]] = {
    "dates": ("anchor",),
    "roles": ("person", "organisation_id", "since", "until", "asserted_in"),
    "statements": ("speaker", "about"),
}
NEEDED = "person"
FIXED = frozenset({"id", "key"})


class MendError(UsageError):
    """A correction that cannot stand; the message names article, row and reason."""


class Change(NamedTuple):
    """What became of one row: dropped, corrected, or followed (it hung on another one).

    `before` is the row as found; `after` is null for a row that is gone.
    """

    layer: str
    key: str
    change: Literal["dropped", "corrected", "followed"]
    before: Row
    after: Row | None


def mend(
    record: Mapping[str, Any], text: str, verdicts: Mapping[str, Verdict]
) -> tuple[dict[str, Any], list[Change]]:
    """Apply verdicts by key to a record as JSON holds it.

    Returns:
        The mended record as JSON, and the changes in the order of its rows; rows that keep their
        contents and get another id are none.

    Raises `MendError` for a correction that the record's form or the text refuses.
    """
    article = record["article"]["id"]
    found: Layers = {layer: list(record[layer]) for layer in LAYERS}
    wrong = {key for key, verdict in verdicts.items() if verdict.is_wrong}
    if not any(row["key"] in wrong for rows in found.values() for row in rows):
        return dict(record), []
    standing: Layers = {
        layer: [
            _corrected(row, text, verdicts[row["key"]].correct, article)
            if row["key"] in wrong
            else row
            for row in rows
            if row["key"] not in wrong or verdicts[row["key"]].correct
        ]
        for layer, rows in found.items()
    }
    mended = _validated({**record, **_renumbered(_followed(standing))}, text, article)
    return mended, list(_changes(found, standing, mended, wrong))


def _corrected(row: Row, text: str, fields: Mapping[str, Any] | None, article: str) -> Row:
    assert fields  # a wrong row without a correction is dropped
    for name in fields:
        if name in FIXED or name not in row:
            known = ", ".join(sorted(row.keys() - FIXED))
            raise MendError(f"{article}: {row['id']}: no field {name} to correct; it has: {known}")
    return row | {name: _with_text(value, text) for name, value in fields.items()}


def _with_text(value: Any, text: str) -> Any:
    """Spans given by their offsets alone get the words they hold."""
    if isinstance(value, list):
        return [_with_text(item, text) for item in value]
    if isinstance(value, Mapping) and isinstance(value.get("start"), int):
        start, end = value["start"], value.get("end")
        words = text[start:end] if isinstance(end, int) and 0 <= start < end else ""
        return {"text": words, **value}
    return value


def _followed(layers: Layers) -> Layers:
    """Without the rows and references that hang on a row which is gone.

    Only roles need another row, and only statements and dates refer to no role, so one pass over
    the rows that are left is enough once the roles have gone.
    """
    ids = {row["id"] for rows in layers.values() for row in rows}
    layers = layers | {"roles": [row for row in layers["roles"] if row[NEEDED] in ids]}
    ids = {row["id"] for rows in layers.values() for row in rows}
    return {
        layer: [
            row | {name: _pruned(row[name], ids) for name in REFERENCES.get(layer, ())}
            for row in rows
        ]
        for layer, rows in layers.items()
    }


def _pruned(value: Any, ids: set[str]) -> Any:
    """An id, or a list of ids, without those of rows that are gone; other words stay."""
    if isinstance(value, list):
        return [item for item in value if item in ids]
    return value if value in ids or value in {"text", "published"} else None


def _renumbered(layers: Layers) -> Layers:
    """Rows counted from 1 in their order, and what refers to them accordingly."""
    new: dict[str, str] = {}
    for rows in layers.values():
        for number, row in enumerate(rows, 1):
            new[row["id"]] = f"{row['id'].rpartition('-')[0]}-{number}"

    def renamed(value: Any) -> Any:
        return [new[item] for item in value] if isinstance(value, list) else new.get(value, value)

    return {
        layer: [
            row
            | {"id": new[row["id"]]}
            | {name: renamed(row[name]) for name in REFERENCES.get(layer, ())}
            for row in rows
        ]
        for layer, rows in layers.items()
    }


def _validated(record: Mapping[str, Any], text: str, article: str) -> dict[str, Any]:
    """The record with the keys of its contents. Raises `MendError` where it is none."""
    try:
        checked = ArticleRecord.model_validate(record).check_spans(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise MendError(f"{article}: {where}: {first['msg']}") from error
    except SpanError as error:
        raise MendError(str(error)) from error
    text_hash = text_sha256(text)
    keyed = {
        layer: [row.keyed(text_hash).model_dump(mode="json") for row in getattr(checked, layer)]
        for layer in LAYERS
    }
    count = Counter(row["key"] for rows in keyed.values() for row in rows)
    if count and max(count.values()) > 1:
        same = [row["id"] for rows in keyed.values() for row in rows if count[row["key"]] > 1]
        raise MendError(f"{article}: a correction makes {' and '.join(same)} the same row")
    return checked.model_dump(mode="json") | keyed


def _changes(
    found: Layers, standing: Layers, mended: Mapping[str, Any], wrong: set[str]
) -> Iterator[Change]:
    """Compare row by row. A row that refers to the same rows by their new ids is unchanged."""
    before_of = {row["id"]: row for rows in found.values() for row in rows}
    after_of: dict[str, Row] = {}
    for layer, rows in standing.items():
        kept = rows
        if layer == "roles":  # those of a dropped person are gone by now
            people = {row["id"] for row in standing["people"]}
            kept = [row for row in rows if row[NEEDED] in people]
        after_of |= {old["id"]: row for old, row in zip(kept, mended[layer], strict=True)}
    key_of = {row["id"]: row["key"] for row in before_of.values()}
    mended_from = {row["id"]: key_of[old] for old, row in after_of.items()}
    for layer, rows in found.items():
        for row in rows:
            after = after_of.get(row["id"])
            if row["key"] in wrong:
                yield Change(layer, row["key"], "corrected" if after else "dropped", row, after)
            elif after is None or _said(layer, row, key_of) != _said(layer, after, mended_from):
                yield Change(layer, row["key"], "followed", row, after)


def _said(layer: str, row: Row, key_of: Mapping[str, str]) -> Row:
    """A row without its id, and with the keys of the rows that it refers to."""
    said = {name: value for name, value in row.items() if name != "id"}
    for name in REFERENCES.get(layer, ()):
        value = row[name]
        said[name] = (
            [key_of[item] for item in value]
            if isinstance(value, list)
            else key_of.get(value, value)
        )
    return said
