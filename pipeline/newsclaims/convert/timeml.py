"""Dates as TimeML documents (``.tml``), for the tools and scorers of others.

Each article becomes one document: its text with a TIMEX3 around each date, the publication date
as the document's creation time. The form is that of TempEval-3 (UzZaman et al. 2013).
"""

import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from newsclaims.convert.documents import Document, from_document, leave_out_layers
from newsclaims.convert.files import named
from newsclaims.convert.tokens import without_overlaps

# Characters that XML 1.0 has no place for; one space each keeps the offsets.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<!-- generator: newsclaims -->
<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:noNamespaceSchemaLocation="http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd">
<DOCID>{id}</DOCID>
<DCT>{created}</DCT>
<TITLE>{title}</TITLE>
<TEXT>{text}</TEXT>
</TimeML>
"""


def write_timeml(documents: Iterable[Document], output: Path) -> list[str]:
    """Write one ``.tml`` an article into the folder `output`; name what is no date."""
    losses: list[str] = []
    for name, document in named(documents):
        record = from_document(document, [])
        spans = [(date["span"]["start"], date["span"]["end"]) for date in record["dates"]]
        kept = without_overlaps(spans)
        leave_out_layers(losses, document, ["dates"], {"overlapping date": len(spans) - len(kept)})
        record["dates"] = [record["dates"][index] for index in sorted(kept, key=spans.__getitem__)]
        file = output / f"{name}.tml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(to_timeml(record, document.text), encoding="utf-8", newline="")
    return losses


def to_timeml(record: Mapping[str, Any], text: str) -> str:
    """The TimeML document of one record, as JSON holds it, and the text that its spans count.

    Dates are in the order of the text, and none overlaps another.
    """
    parts, end = [], 0
    for date in record["dates"]:
        span = date["span"]
        parts += [_escaped(text[end : span["start"]]), _timex(date)]
        end = span["end"]
    parts.append(_escaped(text[end:]))
    head = record["article"]
    return _DOCUMENT.format(
        id=_escaped(head["id"]),
        created=_creation_time(head.get("published")),
        title=_escaped(head.get("title") or ""),
        text="".join(parts),
    )


def _creation_time(published: str | None) -> str:
    value = published[:10] if published else ""
    attributes = {
        "tid": "t0",
        "type": "DATE",
        "value": value,
        "temporalFunction": "false",
        "functionInDocument": "CREATION_TIME",
    }
    return _element(attributes, value)


def _timex(date: Mapping[str, Any]) -> str:
    attributes = {
        "tid": _timex_id(date["id"]),
        "type": date.get("type") or "DATE",
        "value": date.get("value") or "",
    }
    if date.get("mod") not in (None, "INVALID"):
        attributes["mod"] = date["mod"]
    anchor = date.get("anchor")
    if anchor and anchor != "text":
        attributes["anchorTimeID"] = "t0" if anchor == "published" else _timex_id(anchor)
    attributes["functionInDocument"] = "NONE"
    return _element(attributes, date["span"]["text"])


def _timex_id(row_id: str) -> str:
    return "t" + row_id.removeprefix("date-")


def _element(attributes: Mapping[str, str], text: str) -> str:
    written = "".join(f' {name}="{_escaped(value)}"' for name, value in attributes.items())
    return f"<TIMEX3{written}>{_escaped(text)}</TIMEX3>"


def _escaped(text: str) -> str:
    # A carriage return that is not escaped would be read back as a line feed.
    return escape(_NOT_IN_XML.sub(" ", text)).replace("\r", "&#13;")
