"""A folder with one text a document: safe file names, the texts, and ``documents.jsonl``.

``documents.jsonl`` has one line a document: the name of its files and the head of its gold line,
whose hash of the text shows whether a tool has changed it.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsclaims.convert.documents import Document, fresh_head
from newsclaims.convert.texts import ConvertError, check_text
from newsclaims.dataset import read_lines
from newsclaims.tables import to_json

HEADS = "documents.jsonl"
_NOT_IN_FILE_NAMES = re.compile(r"[^\w.-]+")


def named(documents: Iterable[Document]) -> Iterator[tuple[str, Document]]:
    """Each document with a file name of its own: its id, what file names do not hold replaced."""
    taken: set[str] = set()
    for document in documents:
        stem = _NOT_IN_FILE_NAMES.sub("_", document.id).lstrip(".") or "_"
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        yield name, document


def write_texts(folder: Path, documents: Iterable[Document]) -> Iterator[tuple[str, Document]]:
    """Write each text and, at the end, the heads; yields the file name that each document has."""
    folder.mkdir(parents=True, exist_ok=True)
    heads = []
    for name, document in named(documents):
        (folder / f"{name}.txt").write_text(document.text, encoding="utf-8", newline="")
        heads.append(to_json({"file": name, **document.head}) + "\n")
        yield name, document
    (folder / HEADS).write_text("".join(heads), encoding="utf-8")


def read_texts(folder: Path, ending: str) -> Iterator[tuple[Path, Document]]:
    """The documents of a folder, without marks, each with its file of this ending.

    Documents come in the order of ``documents.jsonl``; without that file, of other origin then, in
    that of their names. Raises `ConvertError` for a missing file and for a changed text.
    """
    if (folder / HEADS).exists():
        for head in read_lines(folder / HEADS):
            name = head.pop("file")
            text = read_text(folder / f"{name}.txt")
            check_text(text, head["article"]["text_sha256"], str(folder / f"{name}.txt"))
            yield _present(folder / f"{name}{ending}"), Document(head, text)
        return
    files = sorted(folder.glob(f"*{ending}"))
    if not files:
        raise ConvertError(f"{folder}: no file ends in {ending}")
    for file in files:
        name = file.name.removesuffix(ending)
        text = read_text(folder / f"{name}.txt")
        yield file, Document(fresh_head(name, text), text)


def read_text(path: Path) -> str:
    """The text of a file, its line ends as they are. Raises `ConvertError`."""
    try:
        return _present(path).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConvertError(f"{path}: not UTF-8: {error}") from error


def _present(path: Path) -> Path:
    if not path.is_file():
        raise ConvertError(f"{path}: missing")
    return path


def read_json(path: Path) -> object:
    """The JSON value of a file. Raises `ConvertError` for what is none."""
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise ConvertError(f"{path}: not JSON: {error}") from error
