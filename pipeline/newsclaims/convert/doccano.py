"""doccano's JSON lines, read alone: spans with labels, and relations where a project has them.

Spans carry no words, so that their offsets, code points, cannot be checked. An article without
spans is left out unless somebody has approved it: nothing else tells whether anybody has seen it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from newsclaims.convert.documents import Document, Mark, fresh_head, label_of, leave_out
from newsclaims.convert.files import read_json_items
from newsclaims.convert.structure import Structure
from newsclaims.convert.texts import ConvertError, refusing

_SPANS = ("entities", "label", "labels", "spans")
_APPROVED = ("annotation_approver", "is_confirmed", "confirmed", "approved")


def read_doccano(path: Path, losses: list[str]) -> Iterator[Document]:
    """The documents of an export; what is no span of a label of ours is named in `losses`.

    Raises `ConvertError` for a line without a text.
    """
    for number, item in enumerate(read_json_items(path), 1):
        where = f"{path}, line {number}"
        with refusing(f"{where}: not an article of doccano's"):
            document = _document(item, f"{path.stem}-{number}", where, losses)
        if document:
            yield document


def _document(
    item: Mapping[str, Any], fallback: str, where: str, losses: list[str]
) -> Document | None:
    text = item.get("text", item.get("data"))
    if not isinstance(text, str):
        raise ConvertError(f"{where}: not an article of doccano's: it has no text")
    article = item.get("id")
    document = Document(fresh_head(fallback if article is None else str(article), text), text)
    given = [one for name in _SPANS if isinstance(item.get(name), list) for one in item[name]]
    if not given and not any(item.get(name) for name in _APPROVED):
        losses.append(f"{document.id}: the article is left out: nobody has annotated it")
        return None
    document.marks = list(_marks(given, document, losses))
    structure = Structure()
    for mark in document.marks:
        structure.lead(mark.id, mark.label, mark.id)
    losses += [
        f"{document.id}: relation {name} from {one} to {other} is left out"
        for name, one, other in map(_relation, item.get("relations") or ())
        if not structure.relate(name, one, other)
    ]
    structure.finish(document, losses)
    leave_out(
        losses, document.id, {"comment": len(item.get("comments") or item.get("Comments") or ())}
    )
    return document


def _relation(item: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(item["type"]), str(item["from_id"]), str(item["to_id"])


def _marks(given: list[Any], document: Document, losses: list[str]) -> Iterator[Mark]:
    for number, one in enumerate(given, 1):
        if isinstance(one, Mapping):
            one = [one.get("start_offset"), one.get("end_offset"), one.get("label"), one.get("id")]
        try:
            start, end, label, *mark_id = one
            if type(start) is not int or type(end) is not int or not isinstance(label, str):
                raise TypeError(one)
        except (TypeError, ValueError):
            losses.append(f"{document.id}: {one!r} is left out: not a span with a label")
            continue
        if not 0 <= start < end <= len(document.text):
            losses.append(f"{document.id}: {label} {start}:{end} is left out: outside the text")
            continue
        named = mark_id and mark_id[0] is not None
        yield Mark(str(mark_id[0]) if named else f"T{number}", label_of(label), start, end)
