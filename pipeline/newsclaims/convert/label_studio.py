"""Label Studio JSON: one list of tasks, regions with labels and the relations between them.

Offsets are code points, as Label Studio counts since 1.5; files of older versions count UTF-16
units, which the words of each region give away. The values that have no region stand in the task's
``data``, which Label Studio keeps.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from newsclaims.convert.documents import LABELS, Document, Mark, fresh_head
from newsclaims.convert.files import read_json
from newsclaims.convert.structure import CONTENT, REFERS, SAME, Structure, links_of
from newsclaims.convert.texts import ConvertError, check_text, misplaced

OURS = "newsclaims"
_NAMES = {"from_name": "label", "to_name": "text"}


def config() -> str:
    """The labelling configuration of a project that holds these tasks."""
    labels = "\n".join(f'    <Label value="{label}"/>' for label in dict.fromkeys(LABELS.values()))
    names = dict.fromkeys((SAME, REFERS, CONTENT, *LABELS.values()))
    relations = "\n".join(f'    <Relation value="{name}"/>' for name in names)
    return (
        f'<View>\n  <Labels name="label" toName="text">\n{labels}\n  </Labels>\n'
        f"  <Relations>\n{relations}\n  </Relations>\n"
        '  <Text name="text" value="$text" granularity="symbol"/>\n</View>\n'
    )


def write_label_studio(documents: Iterable[Document], output: Path) -> list[str]:
    """Write one file of tasks, and the project's configuration beside it."""
    tasks = [_task(number, document) for number, document in enumerate(documents, 1)]
    output.write_text(json.dumps(tasks, ensure_ascii=False, indent=1), encoding="utf-8")
    output.with_suffix(".xml").write_text(config(), encoding="utf-8")
    return []


def _task(number: int, document: Document) -> dict[str, Any]:
    result = [_region(mark, document.text) for mark in document.marks]
    for row in document.rows:
        result += [
            {
                "type": "relation",
                "from_id": one,
                "to_id": other,
                "direction": "right",
                "labels": [name],
            }
            for name, one, other in links_of(row)
        ]
    ours = {
        "head": document.head,
        "rows": {row.anchors[0]: row.values for row in document.rows},
        "spans": {mark.id: mark.extra for mark in document.marks if mark.extra},
    }
    data = {"text": document.text, "id": document.id, OURS: ours}
    return {"id": number, "data": data, "annotations": [{"result": result}]}


def _region(mark: Mark, text: str) -> dict[str, Any]:
    words = text[mark.start : mark.end]
    value = {"start": mark.start, "end": mark.end, "text": words, "labels": [mark.label]}
    return {"id": mark.id, "type": "labels", **_NAMES, "value": value}


def read_label_studio(path: Path, losses: list[str]) -> Iterator[Document]:
    """The documents of an export: of each task the last annotation that was not cancelled.

    Raises `ConvertError` for a changed text and for words that are not at their offsets.
    """
    tasks = read_json(path)
    if not isinstance(tasks, list):
        raise ConvertError(f"{path}: not a list of tasks")
    for number, task in enumerate(tasks, 1):
        try:
            yield _document(task, f"{path}, task {number}", losses)
        except (AttributeError, KeyError, TypeError, IndexError) as error:
            if isinstance(error, ConvertError):
                raise
            raise ConvertError(f"{path}, task {number}: not a task: {error!r}") from error


def _document(task: Mapping[str, Any], where: str, losses: list[str]) -> Document:
    data = task["data"]
    text, ours = data["text"], data.get(OURS, {})
    head = ours.get("head") or fresh_head(str(data.get("id", task.get("id"))), text)
    check_text(text, head["article"]["text_sha256"], where)
    document = Document(head, text)
    kept = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
    result = kept[-1]["result"] if kept else []
    structure = Structure(
        values={mark: dict(values) for mark, values in ours.get("rows", {}).items()},
        extras=ours.get("spans", {}),
    )
    for item in result:
        if item["type"] == "labels":
            document.marks.append(_mark(item, text, where))
    for mark in document.marks:
        structure.lead(mark.id, mark.label, mark.id)
    for item in result:
        if item["type"] == "relation":
            _take_relation(item, structure, f"{document.id}: ", losses)
    structure.finish(document)
    return document


def _mark(item: Mapping[str, Any], text: str, where: str) -> Mark:
    value = item["value"]
    start, end = value["start"], value["end"]
    if value.get("text", text[start:end]) != text[start:end]:
        raise ConvertError(f"{where}: {item['id']}: {misplaced(text, start, end, value['text'])}")
    return Mark(item["id"], value["labels"][0], start, end)


def _take_relation(
    item: Mapping[str, Any], structure: Structure, where: str, losses: list[str]
) -> None:
    one, other = item["from_id"], item["to_id"]
    name = (item.get("labels") or [SAME])[0]
    if name == SAME:
        structure.groups.append([one, other])
    elif name == REFERS:
        structure.references.append((one, other))
    elif name == CONTENT and one in structure.linked:
        structure.linked.pop(other, None)  # a further piece of the same statement
        structure.link(one, CONTENT, other)
    elif one not in structure.linked or not structure.link(one, name, other):
        losses.append(f"{where}relation {name} from {one} to {other} is left out")
