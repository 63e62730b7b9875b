"""Label Studio: one JSON list of tasks, regions with labels and the relations between them.

JSON and JSON-MIN exports are read. Offsets are code points, as Label Studio counts since 1.5; older
files count UTF-16 units, which are taken where every region's words stand there alone. The values
that have no region stand in the task's ``data``, which Label Studio keeps.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from newsclaims.convert.documents import LABELS, Document, Mark, fresh_head, label_of
from newsclaims.convert.files import read_json
from newsclaims.convert.structure import PIECES, REFERS, SAME, Structure, links_of
from newsclaims.convert.texts import ConvertError, check_text, misplaced, refusing
from newsclaims.wording import plural

OURS = "newsclaims"
_NAMES = {"from_name": "label", "to_name": "text"}
_Json = Mapping[str, Any]
_Place = tuple[int, int]


def config() -> str:
    """The labelling configuration of a project that holds these tasks."""
    labels = "\n".join(f'    <Label value="{label}"/>' for label in dict.fromkeys(LABELS.values()))
    names = dict.fromkeys((SAME, REFERS, *PIECES.values(), *LABELS.values()))
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
    """The documents of an export: of each task the last annotation that was submitted.

    Tasks without one, regions that have no label or are not at their offsets, and relations
    without a meaning are named in `losses`. Raises `ConvertError` for a changed text and for what
    is no task.
    """
    tasks = read_json(path)
    if not isinstance(tasks, list):
        raise ConvertError(f"{path}: not a list of tasks")
    for number, task in enumerate(tasks, 1):
        where = f"{path}, task {number}"
        with refusing(f"{where}: not a task"):
            document = _document(task if "data" in task else _from_min(task), where, losses)
        if document:
            yield document


def _from_min(item: _Json) -> _Json:
    """The task of an item of a JSON-MIN export, which joins its data and its regions."""
    regions = {name: value for name, value in item.items() if _is_regions(value)}
    result = [{"value": value} for values in regions.values() for value in values]
    data = {name: value for name, value in item.items() if name not in regions}
    submitted = result or "annotation_id" in item or "annotator" in item
    kept = ("id", "was_cancelled", "skipped")
    return {
        **{name: item[name] for name in kept if name in item},
        "data": data,
        "annotations": [{"result": result}] if submitted else [],
    }


def _is_regions(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, dict) and ("start" in one or _label_lists(one)) for one in value)
    )


def _document(task: _Json, where: str, losses: list[str]) -> Document | None:
    data = task["data"]
    ours = data.get(OURS, {})
    article = str(data.get("id", task.get("id", where)))
    annotation = _annotation(task, article, losses)
    if annotation is None:
        return None
    result: Sequence[_Json] = annotation["result"]
    text, paragraphs = _text(data, result)
    head = ours.get("head") or fresh_head(article, text)
    check_text(text, head["article"]["text_sha256"], where)
    document = Document(head, text)
    structure = Structure(
        values={mark: dict(values) for mark, values in ours.get("rows", {}).items()},
        extras=ours.get("spans", {}),
    )
    document.marks = list(_marks(result, document, paragraphs, losses))
    for mark in document.marks:
        structure.lead(mark.id, mark.label, mark.id)
    losses += [
        f"{document.id}: relation {_named(item)} is left out"
        for item in result
        if "from_id" in item and not _relate(item, structure)
    ]
    structure.finish(document, losses)
    return document


def _annotation(task: _Json, article: str, losses: list[str]) -> Any:
    """The annotation that counts: the ground truth, or the last that was submitted."""
    given = task.get("annotations") or task.get("completions") or []
    kept = [one for one in given if not _is_skipped(one) and not one.get("draft")]
    if _is_skipped(task) or not kept:
        losses.append(f"{article}: the task is left out: {_why_no_annotation(task, given)}")
        return None
    if len(kept) > 1:
        which = "the one marked as ground truth" if any(map(_is_truth, kept)) else "the last"
        others = plural(len(kept) - 1, "annotation")
        losses.append(f"{article}: {others} left out: of several, {which} is read")
    return next(filter(_is_truth, reversed(kept)), kept[-1])


def _is_truth(annotation: _Json) -> bool:
    return bool(annotation.get("ground_truth"))


def _is_skipped(one: _Json) -> bool:
    return bool(one.get("was_cancelled") or one.get("skipped"))


def _why_no_annotation(task: _Json, given: Iterable[_Json]) -> str:
    if _is_skipped(task) or any(map(_is_skipped, given)):
        return "it was skipped"
    if given or task.get("drafts"):
        return "it has a draft alone"
    return "it has predictions alone" if task.get("predictions") else "nobody has annotated it"


def _text(data: _Json, result: Iterable[_Json]) -> tuple[str, Sequence[int]]:
    """The text of a task, and where its paragraphs start if it is a list of them.

    A text under another name than ``text`` is the only one that has the words of the regions.
    """
    text = data.get("text")
    if isinstance(text, list):
        parts = [part["text"] for part in text]
        return "\n".join(parts), [0, *accumulate(len(part) + 1 for part in parts)]
    if isinstance(text, str):
        return text, ()
    words = [item["value"].get("text") for item in result if isinstance(item.get("value"), dict)]
    words = [word for word in words if isinstance(word, str)]
    texts = [one for one in data.values() if isinstance(one, str) and all(w in one for w in words)]
    if not words or len(texts) != 1:
        raise KeyError("text")
    return texts[0], ()


def _marks(
    result: Iterable[_Json], document: Document, paragraphs: Sequence[int], losses: list[str]
) -> Iterator[Mark]:
    items = [item for item in result if "from_id" not in item]
    recount = _counting(items, document.text, paragraphs)
    taken: set[str] = set()
    for number, item in enumerate(items, 1):
        mark_id = str(item.get("id") or f"region-{number}")
        mark_id = f"{mark_id}-{number}" if mark_id in taken else mark_id
        taken.add(mark_id)
        labels = _label_lists(item.get("value"))
        try:
            start, end = _place(item, document.text, paragraphs, recount)
            if not labels:
                raise _LeftOutError("it has no label")
        except _LeftOutError as why:
            kind = item.get("type") or "region"
            losses.append(f"{document.id}: {kind} {mark_id} is left out: {why}")
            continue
        losses += [
            f"{document.id}: {mark_id} {label} is left out: a region has one label"
            for label in labels[1:]
        ]
        yield Mark(mark_id, label_of(labels[0]), start, end)


class _LeftOutError(Exception):
    """Why a region is left out."""


def _label_lists(value: Any) -> list[str]:
    """The labels of a region's value, whatever the tag that gave them."""
    if not isinstance(value, Mapping):
        return []
    lists = [labels for name, labels in value.items() if name.endswith("labels")]
    return [label for labels in lists if isinstance(labels, list)
            for label in labels if isinstance(label, str)]  # fmt: skip


def _place(
    item: _Json, text: str, paragraphs: Sequence[int], recount: Callable[[int], int | None]
) -> _Place:
    """Where a region stands: at the first of its offsets that has its words."""
    value = item.get("value")
    if not isinstance(value, Mapping):
        raise _LeftOutError("it has no value")
    places = list(_places(value, text, paragraphs))
    if not places:
        raise _LeftOutError("it has no offsets in the text")
    counted = [(recount(start), recount(end)) for start, end in places]
    inside = [(a, b) for a, b in counted if a is not None and b is not None and 0 <= a < b]
    inside = [(a, b) for a, b in inside if b <= len(text)]
    if not inside:
        raise _LeftOutError(f"{places[0][0]}:{places[0][1]} lies outside the text")
    fitting = [place for place in inside if _fits(value, text, place)]
    if not fitting:
        raise _LeftOutError(misplaced(text, *inside[0], str(value["text"])))
    return fitting[0]


def _places(value: _Json, text: str, paragraphs: Sequence[int]) -> Iterator[_Place]:
    """Each reading of a region's offsets: in the text as shown, in the text, in a paragraph."""
    shown = value.get("globalOffsets")
    if isinstance(shown, Mapping) and (place := _numbers(shown, "start", "end")):
        yield place
    inside = _numbers(value, "startOffset", "endOffset")
    place = _numbers(value, "start", "end")
    if inside is None:
        yield from [place] if place else []
        return
    if place is None:  # paths into a page, which is its text alone where it has no tags
        if value.get("start") == value.get("end") and "<" not in text:
            yield inside
        return
    starts = paragraphs or [0, *accumulate(len(part) + 1 for part in text.split("\n"))]
    if max(place) < len(starts) and min(place) >= 0:
        yield starts[place[0]] + inside[0], starts[place[1]] + inside[1]
    yield place


def _numbers(value: _Json, *names: str) -> _Place | None:
    """Two whole numbers, which some versions write as words."""
    found = [value.get(name) for name in names]
    if not all(type(one) is int or (isinstance(one, str) and one.isdecimal()) for one in found):
        return None
    one, other = (int(number) for number in found if number is not None)
    return one, other


def _fits(value: _Json, text: str, place: _Place) -> bool:
    words = value.get("text")
    found = text[place[0] : place[1]]
    return not isinstance(words, str) or words in (found, found.replace("\n", "\\n"))


def _counting(
    items: Iterable[_Json], text: str, paragraphs: Sequence[int]
) -> Callable[[int], int | None]:
    """How the offsets of a task are counted: UTF-16 units if all words stand there alone."""
    units = list(accumulate((1 + (ord(char) > 0xFFFF) for char in text), initial=0))
    by_units = {unit: at for at, unit in enumerate(units)}
    values = [item.get("value") for item in items]
    worded = [v for v in values if isinstance(v, Mapping) and isinstance(v.get("text"), str)]

    def all_fit(recount: Callable[[int], int | None]) -> bool:
        for value in worded:
            for one, other in _places(value, text, paragraphs):
                start, end = recount(one), recount(other)
                if start is not None and end is not None and _fits(value, text, (start, end)):
                    break
            else:
                return False
        return True

    return by_units.get if not all_fit(int) and all_fit(by_units.get) else int


def _relate(item: _Json, structure: Structure) -> bool:
    """Take a relation from the end that its direction says, or from either."""
    name = (item.get("labels") or [SAME])[0]
    one, other = str(item["from_id"]), str(item["to_id"])
    ways = {"left": [(other, one)], "bi": [(one, other), (other, one)]}
    tried = ways.get(str(item.get("direction")), [(one, other)])
    return any(structure.relate(name, *way) for way in tried)


def _named(item: _Json) -> str:
    name = (item.get("labels") or [SAME])[0]
    return f"{name} from {item['from_id']} to {item['to_id']}"
