"""The folder of what is kept between runs: the user's cache folder, or a temporary one."""

import logging
import multiprocessing
import os
import tempfile
from functools import cache
from pathlib import Path

import platformdirs

_log = logging.getLogger(__name__)


@cache
def user_cache() -> Path:
    """The user's cache folder; a folder among temporary files where it cannot be written to."""
    folder = platformdirs.user_cache_path("newsclaims")
    try:
        _check_writable(folder)
    except OSError as error:
        fallback = _temporary()
        if multiprocessing.parent_process() is None:  # the word of one process is enough
            _log.warning(
                "%s cannot be written to (%s): caches are kept in %s; "
                "set XDG_CACHE_HOME to keep them elsewhere",
                folder,
                error.strerror,
                fallback,
            )
        return fallback
    return folder


def _check_writable(folder: Path) -> None:
    """Raise `OSError` where no file can be made in a folder, which is made itself."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass


def _temporary() -> Path:
    """The same folder each time, unless it is another user's, who might put anything there."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir(), f"newsclaims-{user}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        _check_writable(folder)
        if hasattr(os, "getuid") and folder.lstat().st_uid != os.getuid():
            raise PermissionError(f"{folder} is another user's")
    except OSError:
        return Path(tempfile.mkdtemp(prefix="newsclaims-"))
    return folder
