"""CoNLL-2003 columns with BIO tags: mentions of people, organisations and places, nothing else.

Two columns, token and tag, a line end in the text as an empty line. A comment before each document
tells its id and the hash of its text. Tokens carry no offsets, so that reading needs the texts.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from newsclaims.convert.documents import Document, Mark, mentions_of
from newsclaims.convert.files import read_text
from newsclaims.convert.texts import ConvertError, check_text
from newsclaims.convert.tokens import Token, tokens_of, without_overlaps
from newsclaims.records import text_sha256

_TAGS = {"Person": "PER", "Organisation": "ORG", "Place": "LOC"}
_LABELS = {tag: label for label, tag in _TAGS.items()} | {
    "PERSON": "Person",
    "GPE": "Place",
    "FAC": "Place",
}
_DOCUMENT = "# newdoc id = "
_HASH = "# text_sha256 = "


def write_conll(documents: Iterable[Document], output: Path) -> list[str]:
    """Write one file; what is dropped is told, article by article."""
    losses: list[str] = []
    with output.open("w", encoding="utf-8", newline="\n") as file:
        for document in documents:
            file.write("-DOCSTART- O\n")
            file.write(f"{_DOCUMENT}{document.id}\n{_HASH}{text_sha256(document.text)}\n\n")
            file.writelines(f"{line}\n" for line in _lines(document, losses))
    return losses


def _lines(document: Document, losses: list[str]) -> Iterator[str]:
    mentions = [mark for mark, _ in mentions_of(document)]
    kept = without_overlaps([(mark.start, mark.end) for mark in mentions])
    marks = sorted((mark for i, mark in enumerate(mentions) if i in kept), key=lambda m: m.start)
    _tell_losses(document, len(mentions) - len(marks), losses)
    edges = [edge for mark in marks for edge in (mark.start, mark.end)]
    previous = Token(0, 0)
    at, begun = 0, -1
    for token in tokens_of(document.text, edges):
        if "\n" in document.text[previous.end : token.start]:
            yield ""
        previous = token
        while at < len(marks) and marks[at].end <= token.start:
            at += 1
        tag = "O"
        if at < len(marks) and marks[at].start <= token.start:
            tag = f"{'I' if begun == at else 'B'}-{_TAGS[marks[at].label]}"
            begun = at
        yield f"{document.text[token.start : token.end]} {tag}"
    yield ""


def _tell_losses(document: Document, overlapping: int, losses: list[str]) -> None:
    dropped = {
        "overlapping mentions": overlapping,
        "groups of mentions": sum(len(row.anchors) > 1 for row in document.rows),
        "dates": sum(row.layer == "dates" for row in document.rows),
        "roles": sum(row.layer == "roles" for row in document.rows),
        "statements": sum(row.layer == "statements" for row in document.rows),
        "resolved places": sum(row.values.get("geonameid") is not None for row in document.rows),
    }
    said = ", ".join(f"{number} {what}" for what, number in dropped.items() if number)
    if said:
        losses.append(f"{document.id}: dropped {said}")


def read_conll(
    path: Path, losses: list[str], sources: Mapping[str, Document]
) -> Iterator[Document]:
    """The documents of a file, each mention a row of its own.

    `sources` are documents with the texts, by id. Raises `ConvertError` for a token that the text
    does not go on with.
    """
    lines = read_text(path).replace("\r\n", "\n").split("\n")
    reader: _Reader | None = None
    for number, line in enumerate(lines, 1):
        where = f"{path}, line {number}"
        if line.startswith(_DOCUMENT):
            if reader:
                yield reader.document
            source = sources.get(line.removeprefix(_DOCUMENT))
            if source is None:
                raise ConvertError(f"{where}: no text is given for {line[len(_DOCUMENT) :]!r}")
            reader = _Reader(Document(source.head, source.text), losses)
        elif line.startswith(_HASH) and reader:
            check_text(reader.document.text, line.removeprefix(_HASH), where)
        elif line.strip() and not line.startswith("-DOCSTART-"):
            if reader is None:
                raise ConvertError(f"{where}: no line {_DOCUMENT!r} says whose tokens these are")
            reader.take(line, where)
    if reader:
        yield reader.document


class _Reader:
    """Follows the tokens through the text and makes marks of the tags."""

    def __init__(self, document: Document, losses: list[str]) -> None:
        self.document = document
        self._losses = losses
        self._at = 0

    def take(self, line: str, where: str) -> None:
        word, *_, tag = line.split()
        text = self.document.text
        start = self._at
        while start < len(text) and text[start].isspace():
            start += 1
        end = start + len(word)
        if text[start:end] != word:
            raise ConvertError(
                f"{where}: the token {word!r} is not what the text goes on with: "
                f"{text[start : start + 30]!r}"
            )
        self._at = end
        position, _, name = tag.partition("-")
        label = _LABELS.get(name)
        marks = self.document.marks
        if position == "O":
            return
        if label is None:
            self._losses.append(f"{self.document.id}: {word} {tag} is left out: no label of ours")
        elif position == "I" and marks and self._goes_on(marks[-1], label, start):
            marks[-1] = marks[-1]._replace(end=end)
        else:
            marks.append(Mark(f"T{len(marks) + 1}", label, start, end))

    def _goes_on(self, mark: Mark, label: str, start: int) -> bool:
        return mark.label == label and not self.document.text[mark.end : start].strip()
