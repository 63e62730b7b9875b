"""spaCy ``DocBin``: mentions as ``doc.ents``, every span in ``doc.spans``, rows in user data.

Tokens are cut where a span begins or ends inside one, so that no span is lost. ``doc.ents`` takes
the longest of overlapping mentions; the labels are OntoNotes', LOC for all places, and DATE.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin, Span, SpanGroup
from spacy.vocab import Vocab

from newsclaims.convert.documents import (
    Document,
    DocumentRow,
    Mark,
    fresh_head,
    label_of,
    leave_out,
)
from newsclaims.convert.texts import ConvertError, check_text, refusing
from newsclaims.convert.tokens import without_overlaps
from newsclaims.spacy_docs import cut_words

ENTS = {"Person": "PERSON", "Organisation": "ORG", "Place": "LOC", "Date": "DATE"}
OURS = "newsclaims"  # the key of the spans and of the user data


def write_docbin(documents: Iterable[Document], output: Path) -> list[str]:
    """Write one ``.spacy`` file, and tell which mentions ``doc.ents`` has no room for."""
    losses: list[str] = []
    nlp = spacy.blank("en")
    docs = DocBin(store_user_data=True)
    for document in documents:
        docs.add(_doc(nlp.make_doc(document.text), document, losses))
    output.write_bytes(docs.to_bytes())
    return losses


def _doc(plain: Doc, document: Document, losses: list[str]) -> Doc:
    starts, ends = {mark.start for mark in document.marks}, {mark.end for mark in document.marks}
    words, spaces = cut_words(plain, starts, ends)
    doc = Doc(plain.vocab, words=words, spaces=spaces)
    spans = [_span(doc, mark.start, mark.end, mark.label, mark.id) for mark in document.marks]
    doc.spans[OURS] = SpanGroup(doc, name=OURS, spans=spans)
    named = [(span, mark) for span, mark in zip(spans, document.marks, strict=True)]
    named = [(span, mark) for span, mark in named if mark.label in ENTS]
    kept = without_overlaps([(mark.start, mark.end) for _, mark in named])
    doc.ents = [
        Span(doc, span.start, span.end, label=ENTS[mark.label])
        for i, (span, mark) in enumerate(named)
        if i in kept
    ]
    leave_out(losses, document.id, {"overlapping entity": len(named) - len(kept)}, "of doc.ents")
    ours = {
        "head": document.head,
        "rows": [[row.layer, row.links, row.values] for row in document.rows],
        "extras": {mark.id: mark.extra for mark in document.marks if mark.extra},
        "ids": [mark.id for mark in document.marks],
    }
    doc.user_data[OURS] = json.dumps(ours, ensure_ascii=False)
    return doc


def _span(doc: Doc, start: int, end: int, label: str, mark_id: str) -> Span:
    span = doc.char_span(start, end, label=label, span_id=mark_id)
    assert span is not None  # tokens were cut at the edges of all marks
    return span


def read_docbin(path: Path) -> Iterator[Document]:
    """The documents of a ``.spacy`` file, ours or of other origin (its ``doc.ents`` then)."""
    try:
        docs = list(DocBin().from_bytes(path.read_bytes()).get_docs(Vocab()))
    except Exception as error:  # whatever zlib, msgpack or spaCy raise for other bytes
        raise ConvertError(f"{path}: not a DocBin: {error}") from error
    for number, doc in enumerate(docs, 1):
        where = f"{path}, document {number}"
        ours = doc.user_data.get(OURS)
        if ours is None:
            document = Document(fresh_head(f"{path.stem}-{number}", doc.text), doc.text)
            document.marks = list(_foreign(doc.ents))
        else:
            with refusing(f"{where}: not as it was written"):
                document = _own(doc, json.loads(ours), where)
        yield document


def _own(doc: Doc, ours: dict[str, Any], where: str) -> Document:
    head, rows, extras, ids = (ours[name] for name in ("head", "rows", "extras", "ids"))
    check_text(doc.text, head["article"]["text_sha256"], where)
    spans = doc.spans[OURS]
    marks = [
        Mark(mark_id, span.label_, span.start_char, span.end_char, extras.get(mark_id, {}))
        for mark_id, span in zip(ids, spans, strict=True)
    ]
    made = [DocumentRow(layer, [(a, b) for a, b in links], values) for layer, links, values in rows]
    return Document(head, doc.text, marks, made)


def _foreign(ents: Sequence[Span]) -> Iterator[Mark]:
    for number, ent in enumerate(ents, 1):
        yield Mark(f"T{number}", label_of(ent.label_), ent.start_char, ent.end_char)
