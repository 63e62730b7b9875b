"""Small datasets written from marked text, for the tests of what reads an output folder."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from newsclaims.dataset import Form, read_entries, write_dataset
from newsclaims.schema import LAYERS, SCHEMA_VERSION, ArticleRecord
from newsclaims.tables import Entry

from tests.annotated import Line


def make_dataset(
    folder: Path,
    lines: Iterable[Line],
    heads: Mapping[str, Mapping[str, str]] | None = None,
    form: Form | None = None,
) -> Path:
    """Write lines of `tests.annotated.line` as a dataset; `heads` hold titles and so on."""
    entries = [_entry(line, (heads or {}).get(line["article"]["id"], {})) for line in lines]
    folder.mkdir(parents=True, exist_ok=True)
    write_dataset(
        folder, entries, [], {"schema_version": SCHEMA_VERSION, "model": "test_model 1.0 abc"}, form
    )
    return folder


def rows_of(folder: Path) -> dict[str, Any]:
    """All rows of a dataset by article and id, such as ``a1 person-1``."""
    return {
        f"{article['id']} {row['id']}": row
        for article, record in read_entries(folder)
        for layer in LAYERS
        for row in record[layer]
    }


def _entry(line: Line, head: Mapping[str, str]) -> Entry:
    text = line["text"]
    first_mention = {row["id"]: _bare(row["mentions"][0]) for row in line["people"]}
    record = ArticleRecord.model_validate(
        {
            "article": {**line["article"], **head},
            **{layer: line[layer] for layer in ("people", "organisations", "places", "dates")},
            "roles": [role | {"holder": first_mention[role["person"]]} for role in line["roles"]],
            "statements": line["statements"],
        }
    ).check_spans(text)
    text_hash = record.article.text_sha256
    keyed = {
        layer: tuple(row.keyed(text_hash) for row in getattr(record, layer)) for layer in LAYERS
    }
    names = ("title", "published", "source", "url")
    article = {
        "id": record.article.id,
        **{name: head.get(name) for name in names},
        "text": text,
        "metadata": {},
        "sentences": [
            0,
            *(i + 2 for i in range(len(text) - 2) if text[i : i + 2] in {". ", ".\n"}),
        ],
    }
    return Entry(article, record.model_copy(update=keyed).model_dump(mode="json"))


def _bare(mention: Mapping[str, Any]) -> dict[str, Any]:
    return {name: mention[name] for name in ("start", "end", "text")}
