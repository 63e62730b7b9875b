"""What may be written where: nothing that newsclaims did not write is replaced, and no input.

An existing file is replaced only where newsclaims can tell that it wrote it: in a folder with a
manifest of ours the files of the dataset; elsewhere a file that bears the mark of a page or of
scores, or one that already has the very bytes which are to be written, so that a command can be
repeated. Files that people work on, such as gold, bear no mark.
"""

import filecmp
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from newsclaims.datapackage import DATAPACKAGE
from newsclaims.dataset import (
    HISTORY,
    LINES,
    POSITIONS,
    REPORT,
    VERDICTS,
    WRITTEN,
    DatasetError,
    in_parts,
)
from newsclaims.errors import UsageError
from newsclaims.formats import FORMATS
from newsclaims.publishing import MANIFEST, PUBLISHED
from newsclaims.schema import TABLES

# In the first characters of a file that is made anew each time.
MARK = {"generator": "newsclaims"}
_MARK = re.compile(rb"generator\W+(?:content\W+)?newsclaims\b")
_MARKED_WITHIN = 4096  # bytes

_UNFINISHED = ".newsclaims.new-"  # how the name of a folder begins that goes when all is written

_LATER = {POSITIONS, VERDICTS, HISTORY, REPORT}  # by a shard, by apply and by report
_TABLES = {name for form in FORMATS.values() for name in form.files(TABLES)}
_NAMES = {*LINES, MANIFEST, DATAPACKAGE, *_LATER, *_TABLES}  # all that a dataset may have


def check_folder(output: Path, inputs: Iterable[Path | None]) -> None:
    """Raise `UsageError` where a dataset written into `output` would replace or become an input.

    Nor may it replace a file of a name that a dataset has, which no dataset of ours there names.

    Args:
        output: the folder, which need not be there.
        inputs: files and folders that the command reads.
    """
    for given in filter(None, inputs):
        _check_apart(output, given)
    if not output.is_dir():
        return
    if in_parts(output):
        raise DatasetError(f"{output} is a dataset in parts: merge it, or give another folder")
    ours = _files_of_dataset(output)
    taken = {name.casefold() for name in _NAMES - ours}
    for path in sorted(output.iterdir()):
        if path.name.casefold() in taken and path.name not in ours:
            raise UsageError(
                f"{path} was not written by newsclaims and would be replaced: "
                "give another --output, or move it away"
            )


@contextmanager
def new_output(output: Path, inputs: Iterable[Path], *, marked: bool = False) -> Iterator[Path]:
    """Give a path to write to; what was written there is moved to `output` at the end.

    Nothing is moved when the command fails, or where a file stands that may not be replaced.

    Args:
        output: a file or folder, which need not be there. Written to directly when it is a pipe
            or a device.
        inputs: files and folders that the command reads.
        marked: the file bears `MARK`; an older one that does is replaced.

    Raises:
        UsageError: naming the file that would be replaced; for a file that has no mark but was to
            have one, before any work.
    """
    if output.exists() and not (output.is_file() or output.is_dir()):
        yield output
        return
    target = output.resolve()
    _check_target(output, target, list(inputs))
    if marked and target.is_file() and not _is_marked(target):
        raise _not_ours(output)
    beside = next(folder for folder in target.parents if folder.is_dir())
    with TemporaryDirectory(prefix=_UNFINISHED, dir=beside) as scratch:
        yield Path(scratch, target.name)
        written = [path.relative_to(scratch) for path in sorted(Path(scratch).rglob("*"))]
        _check_replaced(Path(scratch), output, written, marked=marked)
        target.parent.mkdir(parents=True, exist_ok=True)
        for path in written:
            if Path(scratch, path).is_dir():
                (target.parent / path).mkdir(exist_ok=True)
            else:
                Path(scratch, path).replace(target.parent / path)


def _check_target(output: Path, target: Path, inputs: Iterable[Path]) -> None:
    """Raise `UsageError` for an output that is an input, or takes a name that a dataset may use."""
    for given in inputs:
        if _same(given, target) or (target.is_dir() and _holds(target, given)):
            raise UsageError(f"{output}: --output would replace {given}, which is read")
    if target.name in _NAMES - {REPORT} and _files_of_dataset(target.parent):
        raise UsageError(f"{output} would be taken for a part of the dataset: give another name")


def _check_replaced(scratch: Path, output: Path, written: Iterable[Path], *, marked: bool) -> None:
    for path in written:
        new, old = scratch / path, output.resolve().parent / path
        if new.is_dir() or not os.path.lexists(old) or (marked and _is_marked(old)):
            continue
        if not (old.is_file() and filecmp.cmp(new, old, shallow=False)):
            raise _not_ours(output.parent / path)


def _not_ours(path: Path) -> UsageError:
    return UsageError(
        f"{path} is there already, and may hold the work of others: give another name, or move it "
        "away"
    )


def _is_marked(path: Path) -> bool:
    with path.open("rb") as file:
        return bool(_MARK.search(file.read(_MARKED_WITHIN)))


def _files_of_dataset(folder: Path) -> set[str]:
    """The names that belong to the dataset in this folder; none where no run has written one.

    A command that was killed while it moved its files has left the manifest among the others.
    """
    manifests = [_manifest(folder / name) for name in (MANIFEST, f"{PUBLISHED}/{MANIFEST}")]
    if not any(manifests):
        return set()
    return {Path(name).parts[0] for names in manifests for name in names} | {MANIFEST, *_LATER}


def _manifest(path: Path) -> list[str]:
    """The files that a manifest of ours names; none when it is not ours."""
    try:
        manifest = json.loads(path.read_bytes())
        return list(manifest["files"]) if manifest.keys() >= WRITTEN else []
    except (OSError, ValueError, TypeError, AttributeError):
        return []


def _check_apart(output: Path, given: Path) -> None:
    """Raise `UsageError` where one of the output folder and an input lies in the other."""
    if _holds(output, given):
        raise UsageError(f"{given} lies in the output folder {output}: give another --output")
    for folder in _folders(given) if given.is_dir() else ():
        if _holds(folder, output):
            raise UsageError(
                f"the output folder {output} lies in {folder}, which is read: its files would be "
                "read as articles; give another --output"
            )


def _folders(given: Path) -> Iterator[Path]:
    """A folder, and the folders outside of it that links in it lead to."""
    waiting, seen = [given], set()
    while waiting:
        folder = waiting.pop()
        if (real := folder.resolve()) in seen:
            continue
        seen.add(real)
        yield folder
        for place, names, _ in os.walk(folder):
            names[:] = [name for name in names if not name.startswith(".")]
            waiting += [path for name in names if (path := Path(place, name)).is_symlink()]


def _holds(folder: Path, path: Path) -> bool:
    """Whether `path`, as it is written or as it resolves, lies in `folder` or is it."""
    written = path.parent.resolve() / path.name
    places = {written, *written.parents, path.resolve(), *path.resolve().parents}
    return any(_same(place, folder) for place in places)


def _same(one: Path, other: Path) -> bool:
    """Whether both are one file; names that differ in case are, where the disk says so."""
    try:
        return one.samefile(other)
    except OSError:
        return False
