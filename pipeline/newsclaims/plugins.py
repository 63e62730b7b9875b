"""What other installed packages add: forms of tables and readers, as entry points."""

import logging
from collections.abc import Container
from importlib.metadata import EntryPoint, entry_points
from typing import Any

_log = logging.getLogger(__name__)


def registered(group: str, kind: Any, taken: Container[str]) -> dict[str, Any]:
    """Load what installed packages register in a group of entry points.

    What cannot be used is logged as a warning and left out, so that a package that is broken stops
    no run that does without it.

    Args:
        group: the name of the group.
        kind: the class of what is registered.
        taken: the names that are built in and cannot be replaced.

    Returns:
        What was loaded by name.
    """
    found: dict[str, Any] = {}
    for entry in sorted(entry_points(group=group), key=lambda entry: (entry.name, entry.value)):
        problem = "the name is taken" if entry.name in taken or entry.name in found else ""
        try:
            loaded = None if problem else entry.load()
        except Exception as error:  # whatever the import of a foreign package raises
            problem = f"{type(error).__name__}: {error}"
        if not problem and not isinstance(loaded, kind):
            problem = f"it is of type {type(loaded).__name__}, not {kind.__name__}"
        if problem:
            _log.warning("%s %r of %s is left out: %s", group, entry.name, _origin(entry), problem)
        else:
            found[entry.name] = loaded
    return found


def _origin(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else entry.value
