"""One article's record and the verdicts on its rows -> the record as it should stand.

Rows that hang on a dropped one follow it: a role goes with its person, and whatever else refers to
a row that is gone refers to nothing. Ids are counted anew; keys name the rows across it all.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from newsclaims.errors import UsageError
from newsclaims.records import SpanError, text_sha256
from newsclaims.schema import LAYERS, ArticleRecord
from newsclaims.verdicts.forms import Verdict

Row = dict[str, Any]
Layers = dict[str, list[Row]]

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
    standing = _followed(standing)
    mended = _validated({**record, **_renumbered(standing)}, text, article)
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
    """Without the rows and references that hang on a row which is gone."""
    ids = {row["id"] for rows in layers.values() for row in rows}
    left = {
        name: [row for row in rows if all(row[one] in ids for one in LAYERS[name].needed)]
        for name, rows in layers.items()
    }
    if left != layers:
        return _followed(left)  # rows may hang on those that have just gone
    return _referring(left, lambda row_id: row_id if row_id in ids else None)


def _referring(layers: Layers, change: Callable[[str], str | None]) -> Layers:
    """The rows with each id of another row changed."""
    return {
        name: [LAYERS[name].refer(row, lambda row_id, _: change(row_id)) for row in rows]
        for name, rows in layers.items()
    }


def _renumbered(layers: Layers) -> Layers:
    """Rows counted from 1 in their order, and what refers to them accordingly."""
    new = {
        row["id"]: f"{LAYERS[name].kind}-{number}"
        for name, rows in layers.items()
        for number, row in enumerate(rows, 1)
    }
    return {
        name: [row | {"id": new[row["id"]]} for row in rows]
        for name, rows in _referring(layers, lambda row_id: new.get(row_id, row_id)).items()
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
    after_of = {
        old["id"]: row
        for layer, rows in standing.items()
        for old, row in zip(rows, mended[layer], strict=True)
    }
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
    return LAYERS[layer].refer(said, lambda row_id, _: key_of.get(row_id, row_id))
