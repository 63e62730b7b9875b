"""ZIP archives: members by name, refused where they are unsafe, unpacked one at a time."""

import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from newsclaims.articles.rows import Problem, RefusedError

# Text packs to a tenth, tables of repeated cells to a fiftieth.
_MAX_RATIO = 100
_HARMLESS = 10 * 2**20  # bytes that may be packed as tightly as they will
_MAX_TOTAL = 64 * 2**30  # bytes of all members
_ENCRYPTED = 0x1

# What zipfile raises for data that are broken, cut off or packed in a way that it does not know.
_BROKEN = (
    BadZipFile,
    EOFError,
    LZMAError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    zlib.error,
)


class Member(NamedTuple):
    """A file in an archive, and what is wrong with it."""

    info: ZipInfo
    problem: Problem | None


@contextmanager
def opened(path: Path, kind: str = "zip") -> Iterator[ZipFile]:
    """The archive at `path`.

    Raises:
        RefusedError: of `kind` when it is no archive; when its members are far more than it can
            hold, as those are that lie one over the other.
    """
    try:
        archive = ZipFile(path)
    except _BROKEN as error:
        raise RefusedError(kind, f"no archive that can be read: {_spoken(error)}") from None
    with archive:
        total = sum(info.file_size for info in archive.infolist() if not _is_bomb(info))
        if _is_too_much(total, path.stat().st_size) or total > _MAX_TOTAL:
            raise RefusedError("bomb", f"it would unpack to {total:,} bytes; not read")
        yield archive


def members(archive: ZipFile) -> list[Member]:
    """The files of an archive that are not hidden, sorted by name."""
    files = [info for info in archive.infolist() if not (info.is_dir() or _is_hidden(info))]
    return [Member(info, _problem(info)) for info in sorted(files, key=lambda info: info.filename)]


@contextmanager
def unpacked(archive: ZipFile, info: ZipInfo) -> Iterator[Path]:
    """A member as a file under a name of our own, gone afterwards."""
    ending = "".join(PurePosixPath(info.filename.lower()).suffixes[-2:])
    with TemporaryDirectory(prefix="newsclaims-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / f"member{ending}"
        try:
            with archive.open(info) as packed, path.open("wb") as file:
                shutil.copyfileobj(packed, file, 1 << 20)
        except _BROKEN as error:
            raise RefusedError("zip", f"cannot be unpacked: {_spoken(error)}") from None
        yield path


def refuse_attacks(archive: ZipFile, kind: str) -> None:
    """Refuse an office document of which a part is a bomb, or declares a type of document."""
    for info in archive.infolist():
        if _is_bomb(info):
            raise RefusedError("bomb", f"{info.filename} would unpack to {info.file_size:,} bytes")
        if info.filename.endswith((".xml", ".rels")):
            try:
                with archive.open(info) as part:
                    start = part.read(4096)
            except _BROKEN as error:
                raise RefusedError(kind, f"{info.filename}: {_spoken(error)}") from None
            if b"<!DOCTYPE" in start.replace(b"\0", b"").upper():
                raise RefusedError(kind, f"{info.filename} declares a document type; not read")


def _problem(info: ZipInfo) -> Problem | None:
    if _leads_out(info.filename):
        return "zip", "its name leads out of the archive; not read"
    if info.flag_bits & _ENCRYPTED:
        return "zip", "it is encrypted; unpack the archive and give the folder"
    if _is_bomb(info):
        return "bomb", f"it would unpack to {info.file_size:,} bytes; not read"
    return None


def _leads_out(name: str) -> bool:
    parts = _parts(name)
    return parts[0] == "" or parts[0][1:2] == ":" or ".." in parts


def _is_hidden(info: ZipInfo) -> bool:
    parts = set(_parts(info.filename)) - {".", ".."}
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _parts(name: str) -> list[str]:
    return name.replace("\\", "/").split("/")


def _is_bomb(info: ZipInfo) -> bool:
    return _is_too_much(info.file_size, info.compress_size)


def _is_too_much(size: int, packed: int) -> bool:
    return size > _HARMLESS and size > _MAX_RATIO * packed


def _spoken(error: Exception) -> str:
    return str(error) or type(error).__name__
