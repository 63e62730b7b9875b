"""The files of a run on Ray: named by path, or by a URL that fsspec can open."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from newsclaims.errors import UsageError
from newsclaims.records import InputError


def fetch(inputs: Iterable[str], folder: Path) -> dict[str, str]:
    """The paths to be read, each with its name for the user; what URLs mean is copied to `folder`.

    A ``*`` in a URL stands for all files that match, in the order of their names.

    Raises:
        UsageError: for standard input, and a URL that cannot be opened or means no file.
    """
    fetched: dict[str, str] = {}
    for given in inputs:
        if given == "-":
            raise UsageError("--engine ray does not read standard input; give a file or a URL")
        if "://" not in given:
            fetched[given] = given
            continue
        try:
            for path, url in _copies(given, folder / str(len(fetched))):
                fetched[str(path)] = url
        except (OSError, ImportError, ValueError) as error:
            raise UsageError(f"{given}: cannot be fetched: {error}") from error
    return fetched


def _copies(url: str, folder: Path) -> Iterator[tuple[Path, str]]:
    import fsspec

    files, path = fsspec.url_to_fs(url)
    found = sorted(files.glob(path)) if "*" in path else [path]
    if not found:
        raise FileNotFoundError("no file of this name")
    for number, name in enumerate(found):
        # A folder each, since the name decides on the format and on ids, and names may be alike.
        copy = folder / str(number) / PurePosixPath(name).name
        copy.parent.mkdir(parents=True)
        files.get_file(name, str(copy))
        yield copy, files.unstrip_protocol(name)


def with_names(error: InputError, fetched: Mapping[str, str]) -> InputError:
    """The error with the names that the user knows instead of the paths of copies."""
    place, message = error.input, error.message
    for path, name in fetched.items():
        if path != name:
            place, message = place.replace(path, name), message.replace(path, name)
    return error.model_copy(update={"input": place, "message": message})
