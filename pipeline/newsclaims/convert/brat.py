r"""brat standoff (Stenetorp et al. 2012): a ``.txt`` and an ``.ann`` a document, in subfolders too.

Mentions of one entity are an ``Equiv``; roles, statements and events are brat's events, whose
arguments are their spans; short values are attributes. What brat has no place for is JSON in a
note, which brat shows and keeps. ``annotation.conf`` lets brat open the folder as it is.
"""

import json
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from newsclaims.convert.documents import LABELS, Document, DocumentRow, Mark, label_of
from newsclaims.convert.files import BOM, read_text, read_texts, write_texts
from newsclaims.convert.structure import LINKED, PIECES, REFERS, SAME, Structure, links_of
from newsclaims.convert.texts import ConvertError, misplaced, refusing
from newsclaims.schema import LAYERS, MENTIONED

# Short values, which are attributes: those that keys are made of.
_ATTRIBUTES = {
    name: name.capitalize()
    for layer in LAYERS.values()
    for name in layer.row.KEYED
    if name != "name" and (layer.fields[name].item is str or layer.fields[name].choices)
}
_FIELDS = {name: field for field, name in _ATTRIBUTES.items()}
_WORD = re.compile(r"[!-~]+")  # what an attribute's value may be


def _conf() -> Iterator[str]:
    """The lines of ``annotation.conf``: labels, links between marks, and closed sets of values."""
    names = [LAYERS[name].kind.capitalize() for name in MENTIONED]
    referring = [
        LAYERS[name].kind.capitalize() for name in MENTIONED if "references" in LAYERS[name].spans
    ]
    yield from ("[entities]", *dict.fromkeys(LABELS.values()), "", "[relations]")
    yield "<OVERLAP> Arg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>"
    for name in names:
        yield f"{SAME} Arg1:{name}, Arg2:{name}, <REL-TYPE>:symmetric-transitive"
    yield f"{REFERS} Arg1:Reference, Arg2:{'|'.join(referring)}"
    yield from ("", "[events]")
    for layer in LINKED.values():
        label = layer.label(layer.anchor)
        pieces = [f"{PIECES[layer.name]}*:{label}"] if layer.name in PIECES else []
        others = {layer.label(name): held for name, held in layer.spans.items()}
        others.pop(label)
        links = (
            f"{name}{'*' if held.several else '?'}:{'|'.join((name, *names))}"
            for name, held in others.items()
        )
        yield f"{label} {', '.join((*pieces, *links))}"
    yield from ("", "[attributes]")
    sets: dict[str, tuple[list[str], list[str]]] = {}
    for layer in LAYERS.values():
        for name, held in layer.fields.items():
            if held.choices and name in _ATTRIBUTES:
                owners, values = sets.setdefault(_ATTRIBUTES[name], ([], []))
                owners.append(layer.label(layer.anchor))
                values.extend(held.choices)
    for name, (owners, values) in sets.items():
        yield f"{name} Arg:{'|'.join(owners)}, Value:{'|'.join(values)}"


def write_brat(documents: Iterable[Document], output: Path) -> list[str]:
    """Write a folder for brat; what it cannot hold is told."""
    losses: list[str] = []
    for name, document in write_texts(output, documents):
        lines = "".join(f"{line}\n" for line in _lines(document, losses))
        (output / f"{name}.ann").write_text(lines, encoding="utf-8", newline="")
    conf = "".join(f"{line}\n" for line in _conf())
    (output / "annotation.conf").write_text(conf, encoding="utf-8")
    return losses


class _Numbers:
    """Ids of events, attributes, relations and notes, each counted by itself."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def next(self, letter: str) -> str:
        self._last[letter] = self._last.get(letter, 0) + 1
        return f"{letter}{self._last[letter]}"


def _lines(document: Document, losses: list[str]) -> Iterator[str]:
    for mark in document.marks:
        yield _text_bound(mark, document, losses)
    numbers = _Numbers()
    marks = {mark.id: mark for mark in document.marks}
    for row in document.rows:
        owner = row.anchors[0]
        links = links_of(row)
        if row.layer in LINKED:
            owner = numbers.next("E")
            yield f"{owner}\t{' '.join(_arguments(marks[row.anchors[0]], links))}"
        elif len(row.anchors) > 1:
            yield f"*\tEquiv {' '.join(row.anchors)}"
        for name, one, other in links:
            if name == REFERS:
                yield f"{numbers.next('R')}\tRefers Arg1:{one} Arg2:{other}"
        yield from _values(row, owner, numbers)
        for _, mark_id in row.links:
            if extra := marks[mark_id].extra:
                yield _note(numbers, mark_id, {"span": extra})


def _text_bound(mark: Mark, document: Document, losses: list[str]) -> str:
    """A span over several lines is given in fragments, since a line of brat's ends with a line."""
    words = document.text[mark.start : mark.end]
    parts = list(re.finditer(r"[^\n]+", words))
    if not parts:
        raise ConvertError(f"{document.id}: {mark.label} {mark.start}:{mark.end} is a line end")
    if parts[0].start() or parts[-1].end() != len(words):
        losses.append(
            f"{document.id}: {mark.label} {mark.start}:{mark.end} begins or ends with a line end, "
            "which is cut"
        )
    places = ";".join(f"{mark.start + p.start()} {mark.start + p.end()}" for p in parts)
    return f"{mark.id}\t{mark.label} {places}\t{' '.join(part[0] for part in parts)}"


def _arguments(anchor: Mark, links: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    yield f"{anchor.label}:{anchor.id}"
    seen = Counter(PIECES.values())  # the anchor is the first piece
    for name, _, mark in links:
        seen[name] += 1
        yield f"{name}{seen[name] if seen[name] > 1 else ''}:{mark}"


def _values(row: DocumentRow, owner: str, numbers: _Numbers) -> Iterator[str]:
    rest = {}
    for name, value in row.values.items():
        if name in _ATTRIBUTES and isinstance(value, str) and _WORD.fullmatch(value):
            yield f"{numbers.next('A')}\t{_ATTRIBUTES[name]} {owner} {value}"
        else:
            rest[name] = value
    if rest:
        yield _note(numbers, owner, {"row": rest})


def _note(numbers: _Numbers, owner: str, content: Mapping[str, Any]) -> str:
    written = json.dumps(content, ensure_ascii=False)
    return f"{numbers.next('#')}\tAnnotatorNotes {owner}\t{written}"


def read_brat(folder: Path, losses: list[str]) -> Iterator[Document]:
    """The documents of a collection of brat's, ours or of other origin.

    Raises `ConvertError` for a changed text, words that are not at their offsets, and lines that
    are no standoff.
    """
    for file, document in read_texts(folder, ".ann", losses):
        lines = read_text(file).removeprefix(BOM).replace("\r\n", "\n").split("\n")
        counted = file.with_suffix(".txt").read_bytes().startswith(BOM_UTF8)
        standoff = _Standoff(document, losses, before=int(counted))
        for number, line in enumerate(lines, 1):
            try:
                with refusing(f"not brat standoff: {line!r}"):
                    standoff.take(line)
            except ConvertError as error:
                raise ConvertError(f"{file}, line {number}: {error}") from error
        standoff.finish()
        yield document


class _Standoff:
    """Takes the lines of one ``.ann`` file into a document."""

    def __init__(self, document: Document, losses: list[str], before: int = 0) -> None:
        """`before`: the signs before the text that brat may have counted, a byte order mark."""
        self._before = before
        self._document = document
        self._losses = losses
        self._structure = Structure()
        self._taken: set[str] = set()

    def take(self, line: str) -> None:
        """Read one line. Raises ValueError, TypeError and the like for what is no standoff."""
        kind = line[:1]
        if not line.strip():
            return
        if kind == "N":
            self._lose(f"{line.split()[0]} is left out: a link into a knowledge base")
        elif kind == "T":
            self._document.marks.append(self._mark(*line.split("\t", 2)))
        elif kind == "#":
            self._note(*line.split("\t", 2))
        else:
            takers = {"*": self._group, "E": self._event, "R": self._relation}
            taker = takers.get(kind, self._attribute)
            taker(line.split("\t")[0], line.split("\t")[1].split())

    def finish(self) -> None:
        self._structure.finish(self._document, self._losses)

    def _lose(self, what: str) -> None:
        self._losses.append(f"{self._document.id}: {what}")

    def _mark(self, mark_id: str, place: str, words: str) -> Mark:
        label, offsets = place.split(" ", 1)
        if mark_id in self._taken:
            raise ConvertError(f"{mark_id} is given twice")
        self._taken.add(mark_id)
        pieces = [(int(begin), int(stop)) for begin, stop in map(str.split, offsets.split(";"))]
        text = self._document.text
        shifted = [(begin - self._before, stop - self._before) for begin, stop in pieces]
        pieces = shifted if _reads(text, shifted, words) else pieces
        start, end = pieces[0][0], pieces[-1][1]
        if any(text[one[1] : other[0]].strip() for one, other in pairwise(pieces)):
            self._lose(f"{mark_id} is discontinuous, and taken with what it skips")
        if not _reads(text, pieces, words):
            raise ConvertError(f"{mark_id}: {misplaced(text, start, end, words)}")
        return Mark(mark_id, label_of(label), start, end)

    def _group(self, _: str, content: list[str]) -> None:
        if content[0] == "Equiv":
            self._structure.groups.append(content[1:])
        else:
            self._lose(f"{content[0]} of {' and '.join(content[1:])} is left out")

    def _event(self, event: str, content: list[str]) -> None:
        (label, anchor), *arguments = (part.split(":", 1) for part in content)
        if not self._structure.lead(event, label, anchor):
            self._lose(f"event {event} {label} is left out")
            return
        for name, mark in arguments:
            if not self._structure.link(event, name.rstrip("0123456789"), mark):
                self._lose(f"{event} {name}:{mark} is left out")

    def _relation(self, relation: str, content: list[str]) -> None:
        name, *arguments = content
        one, other = (argument.split(":", 1)[1] for argument in arguments)
        if not self._structure.relate(SAME if name == "Coreference" else name, one, other):
            self._lose(f"relation {relation} {name} is left out")

    def _attribute(self, attribute: str, content: list[str]) -> None:
        if attribute[0] not in "AM":
            raise ValueError(attribute)
        name, owner, *value = content
        if name in _FIELDS and value:
            self._structure.values.setdefault(owner, {})[_FIELDS[name]] = value[0]
        else:
            self._lose(f"attribute {attribute} {name} of {owner} is left out")

    def _note(self, note: str, place: str, content: str = "") -> None:
        owner = place.split(" ")[-1]
        try:
            ours = json.loads(content)
        except (ValueError, RecursionError):
            ours = None
        if not isinstance(ours, dict) or not {"row", "span"} & ours.keys():
            self._lose(f"note {note} of {owner} is left out: {content!r}")
            return
        self._structure.values.setdefault(owner, {}).update(ours.get("row", {}))
        self._structure.extras.setdefault(owner, {}).update(ours.get("span", {}))


def _reads(text: str, pieces: Iterable[tuple[int, int]], words: str) -> bool:
    return " ".join(text[max(begin, 0) : stop] for begin, stop in pieces) == words
