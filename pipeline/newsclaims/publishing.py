"""Publishing a dataset is one act: a reader finds the one before or the one after it, whole.

A writer holds the folder's lock. It writes every file into ``.newsclaims.pending`` and flushes them
to the disk; renaming that folder to ``.newsclaims.published`` is the act. Its files are then moved
to their places, the manifest last. Whoever opens the folder next goes on from where a writer that
was killed had come to: what was not published is removed, what was published is moved.
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident

from newsclaims.errors import UsageError

MANIFEST = "manifest.json"
PENDING = ".newsclaims.pending"
PUBLISHED = ".newsclaims.published"
LOCK = ".newsclaims.lock"

_REMOVED = ".removed"  # names the files that go when those beside it are moved
_PATIENCE = 10.0  # seconds in which another process may move its files

_held: set[tuple[Path, int]] = set()  # folders that a thread of this process writes to


class PublishingError(UsageError):
    """A folder that cannot be brought in order, so that old files would be read with new ones."""


class LockedError(UsageError):
    """A folder that another command is writing to."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the one writer of a folder, which is made; what a killed writer left is put in order.

    A thread that writes to the folder already may enter again.

    Raises:
        LockedError: when another command is writing to it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder.resolve(), get_ident()
    if holder in _held:
        yield
        return
    with _lock(folder):
        _recover(folder)
        _held.add(holder)
        try:
            yield
        finally:
            _held.discard(holder)


def settle(folder: Path) -> None:
    """Before a folder is read: finish what a writer that was killed had published.

    Raises:
        PublishingError: when that cannot be done.
        LockedError: when its writer goes on and on.
    """
    until = time.monotonic() + _PATIENCE
    while (folder / PUBLISHED).is_dir():
        try:
            with writing(folder):
                return
        except LockedError:  # its writer lives, and needs but a moment
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        except OSError as error:
            message = f"{folder}: a command that was killed left it unfinished: {error}"
            raise PublishingError(message) from error


class Publication:
    """The files of a dataset, written aside until they are published together.

    Use it as a context manager, by the one writer of the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pending = folder / PENDING
        self.paths: dict[str, Path] = {}

    def __enter__(self) -> "Publication":
        self._pending.mkdir()
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._pending, ignore_errors=True)

    def path(self, name: str) -> Path:
        """Where the file of this name is to be written."""
        self.paths[name] = self._pending / name
        return self.paths[name]

    def publish(self, removed: Iterable[str]) -> None:
        """Put all files into the folder, and remove those named, which no more belong to it."""
        (self._pending / _REMOVED).write_text(json.dumps(sorted(removed)), encoding="utf-8")
        flush(self._pending)
        self._pending.rename(self._folder / PUBLISHED)
        _flush_folder(self._folder)
        _move(self._folder)


def flush(folder: Path) -> None:
    """Have all that is in a folder on the disk, that no failure of power may take it back."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            _flush_folder(path)
        else:
            with path.open("r+b") as file:
                os.fsync(file.fileno())
    _flush_folder(folder)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, which the system releases when the process dies."""
    path = folder / LOCK
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            reason = f"{error.strerror}: is there room in the folder, and may you write there?"
            raise OSError(error.errno, reason, str(folder)) from error
        try:
            _lock_file(descriptor)
            if path.exists() and os.path.samestat(path.stat(), os.fstat(descriptor)):
                break
        except BlockingIOError as error:
            os.close(descriptor)
            message = f"another command is writing to {folder}; wait for it to end"
            raise LockedError(message) from error
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # its holder has removed it since it was opened
    try:
        yield
    finally:
        with suppress(OSError):  # Windows removes no file that is open
            path.unlink()
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock_file(descriptor: int) -> None:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(error.errno, error.strerror) from error

else:
    import fcntl

    def _lock_file(descriptor: int) -> None:
        """Lock a file, or raise `BlockingIOError` at once."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _recover(folder: Path) -> None:
    """Bring in order what a writer left that was killed."""
    if (folder / PENDING).exists():
        shutil.rmtree(folder / PENDING)
    if (folder / PUBLISHED).exists():
        _move(folder)


def _move(folder: Path) -> None:
    """Move the published files to their places; done again, it goes on from where it had come to.

    The manifest is the last, since those before it are to be told from files of the user.
    """
    waiting = folder / PUBLISHED
    last = {MANIFEST, _REMOVED}
    for path in sorted(path for path in waiting.iterdir() if path.name not in last):
        path.replace(folder / path.name)
    if (removed := waiting / _REMOVED).exists():
        for name in json.loads(removed.read_text(encoding="utf-8")):
            (folder / name).unlink(missing_ok=True)
        removed.unlink()
    if (manifest := waiting / MANIFEST).exists():
        manifest.replace(folder / MANIFEST)
    _flush_folder(folder)
    waiting.rmdir()


def _flush_folder(folder: Path) -> None:
    with suppress(OSError):  # not on Windows, and not on every file system
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
