"""A folder with one text a document: safe file names, the texts, and ``documents.jsonl``.

``documents.jsonl`` has one line a document: the name of its files and the head of its gold line,
whose hash of the text shows whether a tool has changed it.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from newsclaims.convert.documents import Document, Line, fresh_head
from newsclaims.convert.texts import ConvertError, check_text, refusing
from newsclaims.tables import to_json

HEADS = "documents.jsonl"
BOM = "\ufeff"
_NAME = 200  # bytes of a file name; systems hold 255 with its ending and a number
_FOLDERS = 8  # of an id; systems hold 4,096 bytes in all
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UIMA = ("%FEATURE_STRUCTURES", "<xmi:XMI")
_NOT_IN_FILE_NAMES = re.compile(r"[^\w.-]+")


def named(documents: Iterable[Document]) -> Iterator[tuple[str, Document]]:
    """Each document with a path of its own: its id, what file names do not hold replaced."""
    taken: set[str] = set()
    for document in documents:
        stem = _stem(document.id)
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        yield name, document


def _stem(article: str) -> str:
    """The path for an id. One that is itself a path keeps its folders, an address has none."""
    parts = [part for part in article.split("/") if part] if "//" not in article else [article]
    *folders, name = [
        _short(_NOT_IN_FILE_NAMES.sub("_", part).lstrip(".") or "_") for part in parts or "_"
    ]
    return "/".join([*(folder.replace(".", "_") for folder in folders[:_FOLDERS]), name])


def _short(name: str) -> str:
    """A name that leaves room for an ending; of a longer one the beginning and its hash."""
    data = name.encode("utf-8", "replace")
    if len(data) <= _NAME:
        return name
    beginning = data[: _NAME - 17].decode("utf-8", "ignore")
    return f"{beginning}-{hashlib.sha256(data).hexdigest()[:16]}"


def write_texts(folder: Path, documents: Iterable[Document]) -> Iterator[tuple[str, Document]]:
    """Write each text and, at the end, the heads; yields the file name that each document has."""
    folder.mkdir(parents=True, exist_ok=True)
    heads = []
    for name, document in named(documents):
        file = folder / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(document.text, encoding="utf-8", newline="")
        heads.append(to_json({"file": name, **document.head}) + "\n")
        yield name, document
    (folder / HEADS).write_text("".join(heads), encoding="utf-8")


def read_texts(folder: Path, ending: str, losses: list[str]) -> Iterator[tuple[Path, Document]]:
    """The documents of a folder and its subfolders, without marks, each with its file of an ending.

    First those of ``documents.jsonl``, in its order, then those of other origin by their paths,
    which become their ids. A file that lacks its fellow is named in `losses`. Raises
    `ConvertError` for a folder without files and for a changed text.
    """
    heads = _heads(folder)
    stems = {file.relative_to(folder).as_posix().removesuffix(ending)
             for file in folder.rglob(f"*{ending}")}  # fmt: skip
    texts = {file.relative_to(folder).as_posix().removesuffix(".txt")
             for file in folder.rglob("*.txt")}  # fmt: skip
    if not stems:
        raise ConvertError(f"{folder}: no folder in which a file ends in {ending}")
    for name in [*heads, *sorted((stems | texts) - heads.keys())]:
        file, text_file = folder / f"{name}{ending}", folder / f"{name}.txt"
        if name not in stems or name not in texts:
            missing = text_file.name if name in stems else file.name
            losses.append(f"{name}: the article is left out: there is no {missing}")
            continue
        text = read_text(text_file)
        if head := heads.get(name):
            check_text(text, head["article"]["text_sha256"], str(text_file))
        else:
            text = text.removeprefix(BOM)
        yield file, Document(head or fresh_head(name, text), text)


def _heads(folder: Path) -> dict[str, Line]:
    """What ``documents.jsonl`` says of each document, by the name of its files."""
    if not (folder / HEADS).exists():
        return {}
    with refusing(f"{folder / HEADS}: not as it was written"):
        heads = {head.pop("file"): head for head in read_json_items(folder / HEADS)}
        for head in heads.values():
            str(head["article"]["id"]), str(head["article"]["text_sha256"])
    return heads


def read_text(path: Path) -> str:
    """The text of a file, its line ends and byte order mark as they are. Raises `ConvertError`."""
    if not path.is_file():
        raise ConvertError(f"{path}: a folder, where a file is needed" if path.is_dir()
                           else f"{path}: missing")  # fmt: skip
    content = path.read_bytes()
    try:
        text = content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8")
    except UnicodeDecodeError as error:
        raise ConvertError(f"{path}: not UTF-8: {error}") from error
    if any(sign in text[:2000] for sign in _UIMA):
        raise ConvertError(f"{path}: a UIMA CAS; export the project of INCEpTION as WebAnno TSV "
                           "v3.3, and read it by --from webanno-tsv")  # fmt: skip
    return text


def read_json(path: Path) -> Any:
    """The JSON value of a file. Raises `ConvertError` for what is none."""
    text = read_text(path).removeprefix(BOM)
    with refusing(f"{path}: not JSON"):
        return json.loads(text)


def read_json_items(path: Path) -> list[Any]:
    """The items of a JSON list, or of JSON lines, in a file. Raises `ConvertError`."""
    text = read_text(path).removeprefix(BOM)
    if text.lstrip().startswith("["):
        value = read_json(path)
        return value if isinstance(value, list) else [value]
    items = []
    for number, line in enumerate(text.split("\n"), 1):
        with refusing(f"{path}, line {number}: not JSON"):
            items += [json.loads(line)] if line.strip() else []
    return items
