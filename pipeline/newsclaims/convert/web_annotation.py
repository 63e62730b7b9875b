"""W3C Web Annotation (JSON-LD, 2017): a text and an ``AnnotationPage`` a document.

Each span is an annotation with a position selector, which counts code points as ours do, and a
quote selector. Each row is an annotation of its spans, its values as a JSON body.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from newsclaims.convert.documents import Document, DocumentRow, Mark, label_of
from newsclaims.convert.files import read_json, read_texts, write_texts
from newsclaims.convert.texts import ConvertError, misplaced, refusing
from newsclaims.schema import LAYERS

ENDING = ".jsonld"
_QUOTED = 32  # characters of prefix and suffix
_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"newsclaims": "urn:newsclaims:", "newsclaims:field": {"@id": "newsclaims:field"}},
]


def write_web_annotation(documents: Iterable[Document], output: Path) -> list[str]:
    """Write a folder of texts and annotation pages."""
    for name, document in write_texts(output, documents):
        page = {
            "@context": _CONTEXT,
            "id": f"urn:newsclaims:{document.head['article']['text_sha256']}",
            "type": "AnnotationPage",
            "items": [
                *(_span(mark, document.text, f"{name}.txt") for mark in document.marks),
                *(_row(row, number) for number, row in enumerate(document.rows, 1)),
            ],
        }
        written = json.dumps(page, ensure_ascii=False, indent=1)
        (output / f"{name}{ENDING}").write_text(written, encoding="utf-8")
    return []


def _span(mark: Mark, text: str, source: str) -> dict[str, Any]:
    start, end = mark.start, mark.end
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": mark.label}]
    if mark.extra:
        bodies.append(_json_body(mark.extra))
    selectors = [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - _QUOTED) : start],
            "suffix": text[end : end + _QUOTED],
        },
    ]
    return {
        "id": f"#{mark.id}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": bodies,
        "target": {"source": source, "selector": selectors},
    }


def _row(row: DocumentRow, number: int) -> dict[str, Any]:
    return {
        "id": f"#row-{number}",
        "type": "Annotation",
        "motivation": "linking",
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": row.layer},
            _json_body(row.values),
        ],
        "target": [{"source": f"#{mark}", "newsclaims:field": name} for name, mark in row.links],
    }


def _json_body(values: Mapping[str, Any]) -> dict[str, str]:
    value = json.dumps(values, ensure_ascii=False)
    return {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "application/json",
        "value": value,
    }


def read_web_annotation(folder: Path, losses: list[str]) -> Iterator[Document]:
    """The documents of a folder of annotation pages.

    Raises `ConvertError` for a changed text and for quotes that are not at their positions.
    """
    for file, document in read_texts(folder, ENDING, losses):
        page = read_json(file)
        with refusing(f"{file}: not a page of Web Annotations"):
            for item in page["items"]:
                _take(item, document, str(file), losses)
        yield document


def _take(item: Mapping[str, Any], document: Document, where: str, losses: list[str]) -> None:
    bodies = item["body"] if isinstance(item["body"], list) else [item["body"]]
    described: Mapping[str, Any] = next(
        (json.loads(body["value"]) for body in bodies if body.get("format") == "application/json"),
        {},
    )
    (value, *_) = [one["value"] for one in bodies if one.get("format") != "application/json"]
    if item.get("motivation") == "linking":
        if value not in LAYERS:
            losses.append(f"{document.id}: {item['id']} {value} is left out")
            return
        links = [(t["newsclaims:field"], t["source"].removeprefix("#")) for t in item["target"]]
        document.rows.append(DocumentRow(value, links, dict(described)))
        return
    selectors = {one["type"]: one for one in _list(item["target"]["selector"])}
    position = selectors.get("TextPositionSelector")
    if position is None:
        losses.append(f"{document.id}: {item['id']} is left out: it has no position selector")
        return
    start, end = int(position["start"]), int(position["end"])
    exact = selectors.get("TextQuoteSelector", {}).get("exact", document.text[start:end])
    if document.text[start:end] != exact:
        raise ConvertError(f"{where}: {item['id']}: {misplaced(document.text, start, end, exact)}")
    mark_id = str(item["id"]).removeprefix("#")
    document.marks.append(Mark(mark_id, label_of(value), start, end, described))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
