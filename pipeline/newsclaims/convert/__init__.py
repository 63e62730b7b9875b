"""Gold and datasets in the forms of other tools, and back.

`documents` is what every form is made from; one file a form; `texts` names what a tool did to a
text whose hash is not the one that the offsets count.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from newsclaims.convert.brat import read_brat, write_brat
from newsclaims.convert.conll import read_conll, write_conll
from newsclaims.convert.docbin import read_docbin, write_docbin
from newsclaims.convert.doccano import read_doccano
from newsclaims.convert.documents import (
    Document,
    annotated_layers,
    from_document,
    read_source,
    to_document,
)
from newsclaims.convert.follow_the_money import write_follow_the_money
from newsclaims.convert.geojson import write_geojson
from newsclaims.convert.label_studio import read_label_studio, write_label_studio
from newsclaims.convert.texts import ConvertError, refusing
from newsclaims.convert.timeml import write_timeml
from newsclaims.convert.web_annotation import read_web_annotation, write_web_annotation
from newsclaims.convert.webanno import read_webanno
from newsclaims.tables import to_json

__all__ = ["FORMS", "ConvertError", "Form", "convert", "restore"]


Sources = Mapping[str, Document]  # documents with texts, by id, for a form that has none


class Form(NamedTuple):
    """How a form is written and read, where it is. Each tells what it cannot hold.

    Files that are `marked` say that newsclaims made them, and are made anew each time.
    """

    what: str
    write: Callable[[Iterable[Document], Path], list[str]] | None = None
    read: Callable[[Path, list[str], Sources], Iterator[Document]] | None = None
    has_texts: bool = True
    marked: bool = False


FORMS: Mapping[str, Form] = {
    "brat": Form(
        "a folder of brat standoff",
        write_brat,
        lambda path, losses, _: read_brat(path, losses),
    ),
    "conll": Form(
        "a file of CoNLL-2003 columns, names alone", write_conll, read_conll, has_texts=False
    ),
    "docbin": Form(
        "a spaCy DocBin", write_docbin, lambda path, _losses, _sources: read_docbin(path)
    ),
    "doccano": Form(
        "a file of doccano's JSON lines",
        read=lambda path, losses, _: read_doccano(path, losses),
    ),
    "ftm": Form("a file of FollowTheMoney entities", write_follow_the_money),
    "geojson": Form("a GeoJSON file of the resolved places", write_geojson, marked=True),
    "label-studio": Form(
        "a file of Label Studio tasks",
        write_label_studio,
        lambda path, losses, _: read_label_studio(path, losses),
    ),
    "timeml": Form("a folder of TimeML documents, dates alone", write_timeml, marked=True),
    "web-annotation": Form(
        "a folder of W3C Web Annotation pages",
        write_web_annotation,
        lambda path, losses, _: read_web_annotation(path, losses),
    ),
    "webanno-tsv": Form(
        "a file or folder of WebAnno TSV 3 (INCEpTION)", read=read_webanno, has_texts=False
    ),
}


def convert(source: Path, form: str, output: Path) -> list[str]:
    """Write gold, or a dataset's folder, in a form; what the form cannot hold, a line each.

    Raises `ConvertError` for an article without its text, or with another.
    """
    write = FORMS[form].write
    if write is None:
        raise ConvertError(f"{form} is read alone, and not written")
    documents = _documents(source)
    with refusing(f"{source}: not as gold or a dataset is written"):
        return write(documents, output)


def _documents(source: Path) -> list[Document]:
    """The documents of gold or a dataset. Raises `ConvertError` with the number of the line."""
    documents = []
    with refusing(f"{source}: not as gold or a dataset is written"):
        lines = list(read_source(source))
    for number, line in enumerate(lines, 1):
        with refusing(f"{source}, line {number}: not as gold or a dataset is written"):
            documents.append(to_document(line))
    return documents


def restore(source: Path, form: str, output: Path, texts: Path | None = None) -> list[str]:
    """Write a gold file from what a tool has saved; what gold cannot hold, a line each.

    `texts` is gold or a dataset, for a form that has no texts of its own. Files of other origin say
    nothing of layers: then every kind of row that occurs in them counts as annotated.

    Raises `ConvertError` for a form that is an export only, a changed text and shifted offsets.
    """
    chosen = FORMS[form]
    if chosen.read is None:
        raise ConvertError(f"{form} is an export, and not read back")
    if texts is None and not chosen.has_texts:
        raise ConvertError(f"{form} has no texts: --texts names the gold or dataset that has them")
    losses: list[str] = []
    sources = {one.id: one for one in _documents(texts)} if texts else {}
    documents = _once(chosen.read(source, losses, sources), losses)
    layers = annotated_layers(mark.label for one in documents for mark in one.marks)
    lines = []
    for document in documents:
        document.head.setdefault("annotated", layers)
        with refusing(f"{source}: article {document.id}: no rows can be made of it"):
            lines.append(f"{to_json(from_document(document, losses))}\n".encode())
    output.write_bytes(b"".join(lines))
    return losses


def _once(documents: Iterable[Document], losses: list[str]) -> list[Document]:
    """Each article once: the last of those with one text, the first of those with several."""
    kept: dict[str, Document] = {}
    for document in documents:
        first = kept.setdefault(document.id, document)
        if first is document:
            continue
        if first.text == document.text:
            kept[document.id] = document
            losses.append(f"{document.id}: one of two annotations left out: the last is read")
        else:
            losses.append(f"{document.id}: an article left out: its id is that of another text")
    return list(kept.values())
