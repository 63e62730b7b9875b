"""Made-up wheels, and the locks that name them."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZipFile


def write_wheel(
    folder: Path,
    name: str,
    version: str,
    requires: Iterable[str] = (),
    extras: Mapping[str, str] | None = None,
) -> Path:
    """Write a wheel that holds one empty module.

    Args:
        folder: Where it goes.
        name: The package.
        version: Its version.
        requires: What it requires, as in metadata.
        extras: What each of its extras requires.

    Returns:
        The path of the wheel.
    """
    extras = extras or {}
    about = f"{name}-{version}.dist-info"
    metadata = [
        "Metadata-Version: 2.1",
        f"Name: {name}",
        f"Version: {version}",
        *(f"Requires-Dist: {line}" for line in requires),
        *(f"Provides-Extra: {extra}" for extra in extras),
        *(f'Requires-Dist: {line}; extra == "{extra}"' for extra, line in extras.items()),
    ]
    contents = {
        f"{name}.py": "",
        f"{about}/METADATA": "\n".join([*metadata, ""]),
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    contents[f"{about}/RECORD"] = "".join(f"{path},,\n" for path in [*contents, f"{about}/RECORD"])
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with ZipFile(path, "w") as archive:
        for inner, text in contents.items():
            archive.writestr(inner, text)
    return path


def locked(wheel: Path) -> str:
    """Return the lines of a lock that pin a wheel by its hash."""
    name, version, *_ = wheel.name.split("-")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{name}=={version} \\\n    --hash=sha256:{digest}\n"
