"""The locks: closed, in agreement with each other, and installed as they are by the Makefile."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
import wheels
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from wheels import locked, write_wheel

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

RUN = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]
LOCKS = {
    "requirements.lock": RUN,
    "requirements-dev.lock": RUN + PROJECT["dependency-groups"]["dev"],
    "requirements-ray.lock": RUN + PROJECT["project"]["optional-dependencies"]["ray"],
}
MACHINES = {
    "Linux": {
        "os_name": "posix",
        "platform_machine": "x86_64",
        "platform_system": "Linux",
        "sys_platform": "linux",
    },
    "macOS": {
        "os_name": "posix",
        "platform_machine": "arm64",
        "platform_system": "Darwin",
        "sys_platform": "darwin",
    },
    "Windows": {
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_system": "Windows",
        "sys_platform": "win32",
    },
}
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]

# Only packages that are installed can be asked what they require; this tells it of the others.
ELSEWHERE: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "required_elsewhere.toml").read_text(encoding="utf-8")
)


class Pin(NamedTuple):
    """One package of a lock: the line that pins it, and the hashes of its files."""

    requirement: Requirement
    hashes: list[str]

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        (clause,) = self.requirement.specifier
        assert clause.operator == "=="
        return clause.version


def read_lock(name: str) -> list[Pin]:
    text = re.sub(r"^ *#.*\n", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    entries = [line.split() for line in text.replace("\\\n", " ").splitlines()]
    return [
        Pin(
            Requirement(" ".join(word for word in entry if not word.startswith("--"))),
            [word for word in entry if word.startswith("--")],
        )
        for entry in entries
    ]


def environment(python: str, machine: str) -> dict[str, str]:
    return {
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_version": "",
        "python_full_version": f"{python}.0",
        "python_version": python,
        **MACHINES[machine],
    }


def applies(requirement: Requirement, where: dict[str, str], extras: frozenset[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate(where | {"extra": extra}) for extra in extras)


def required_by(pin: Pin) -> list[str]:
    """What a locked package says it requires; the test fails where it can't be asked."""
    known = ELSEWHERE.get(f"{pin.name}=={pin.version}")
    if known is not None:
        return known
    installed = [found.version for found in metadata.distributions(name=pin.name)]
    assert installed == [pin.version], (
        f"locked is {pin.name} {pin.version}, installed {installed}: make .venv anew, or add to "
        "required_elsewhere.toml what a package requires that is locked for other machines alone"
    )
    return metadata.requires(pin.name) or []


def unmet(lock: list[Pin], wanted: list[str], where: dict[str, str]) -> Iterator[str]:
    """All that is required, from `wanted` on, and not met by a lock on one kind of machine."""
    pins: dict[str, Pin] = {}
    for pin in lock:
        if applies(pin.requirement, where, frozenset({""})):
            assert pin.name not in pins, f"two versions of {pin.name} at once"
            pins[pin.name] = pin
    seen: set[tuple[str, frozenset[str]]] = set()
    asked = (line for line in map(Requirement, wanted) if applies(line, where, frozenset({""})))
    todo = [("newsclaims", line) for line in asked]
    while todo:
        asker, requirement = todo.pop()
        name, extras = canonicalize_name(requirement.name), frozenset({"", *requirement.extras})
        pin = pins.get(name)
        if pin is None or not requirement.specifier.contains(pin.version, prereleases=True):
            yield f"{asker} requires {requirement}, locked is {pin and pin.version}"
        elif (name, extras) not in seen:
            seen.add((name, extras))
            lines = map(Requirement, required_by(pin))
            todo += [(name, line) for line in lines if applies(line, where, extras)]


@pytest.mark.parametrize(
    ("python", "machine"), list(product(PYTHONS, MACHINES)), ids=lambda value: value
)
@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_meets_all_that_its_packages_require(name: str, python: str, machine: str) -> None:
    if name == "requirements-ray.lock":
        pytest.importorskip("ray", reason="Ray is not installed: make test-ray")
    lock = read_lock(name)
    assert list(unmet(lock, LOCKS[name], environment(python, machine))) == []


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("rich", "newsclaims requires rich>=13.7, locked is None"),
        ("thinc", "spacy requires thinc<8.4.0,>=8.3.4, locked is None"),
        ("tzdata", 'tzlocal requires tzdata; platform_system == "Windows", locked is None'),
    ],
)
def test_a_package_that_is_not_locked_is_missed(left_out: str, said: str) -> None:
    lock = [pin for pin in read_lock("requirements.lock") if pin.name != left_out]
    assert said in unmet(lock, RUN, environment("3.11", "Windows"))


def test_what_old_pip_cannot_find_by_an_extra_is_required_directly() -> None:
    """Before pip 23.3, an extra `html_clean` is not found where the metadata say `html-clean`."""
    direct = {canonicalize_name(Requirement(line).name) for line in RUN}
    where = environment("3.11", "Linux")
    for pin in read_lock("requirements.lock"):
        if not applies(pin.requirement, where, frozenset({""})):
            continue
        for asked in map(Requirement, required_by(pin)):
            if not asked.extras or not applies(asked, where, frozenset({""})):
                continue
            spelled = metadata.metadata(asked.name).get_all("Provides-Extra") or []
            hidden = frozenset(asked.extras.difference(spelled))
            lines = map(Requirement, metadata.requires(asked.name) or [])
            needed = [line.name for line in lines if line.marker and applies(line, where, hidden)]
            assert direct.issuperset(map(canonicalize_name, needed)), f"{pin.name}: {asked}"


@pytest.mark.parametrize("name", LOCKS)
def test_every_file_of_a_lock_has_its_hash(name: str) -> None:
    lock = read_lock(name)
    assert lock
    for pin in lock:
        assert pin.hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in pin.hashes)


def test_the_locks_agree() -> None:
    pins = {
        name: {(pin.name, pin.version): pin.hashes for pin in read_lock(name)} for name in LOCKS
    }
    run, tools, ray = pins.values()
    assert run.items() <= tools.items()
    assert run.items() <= ray.items()
    names = {name for name, _ in ray.keys() - run.keys()}
    assert names.isdisjoint(name for name, _ in tools.keys() - run.keys() - ray.keys())


# The Makefile, in a project of made-up packages, with the pip that this Python brings. Of each
# package the index has a newer release than the lock; one is asked for by its extra.

BACKEND = """
from pathlib import Path
from wheels import write_wheel

def build_editable(folder, settings=None, metadata=None):
    return write_wheel(Path(folder), "project", "1.0", ["plugin"]).name
"""


class Project(NamedTuple):
    """A folder with the Makefile, two locks and an index."""

    folder: Path
    index: Path

    def lock(self, name: str, *pinned: Path) -> None:
        (self.folder / name).write_text("".join(map(locked, pinned)), encoding="utf-8")

    def release(self, version: str) -> dict[str, Path]:
        """Add a release of every package to the index."""
        return {
            "base": write_wheel(self.index, "base", version, extras={"toml": "toml"}),
            "plugin": write_wheel(self.index, "plugin", version, ["base[toml]>=1"]),
            "toml": write_wheel(self.index, "toml", version),
            "tool": write_wheel(self.index, "tool", version, ["base[toml]>=1"]),
        }

    def make(self, target: str) -> subprocess.CompletedProcess[str]:
        surroundings = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PIP_", "MAKE", "MFLAGS"))
        }
        return subprocess.run(
            ["make", target, f"PYTHON={Path(sys.base_prefix, 'bin', 'python3')}"],
            cwd=self.folder,
            env=surroundings
            | {
                "PIP_CONFIG_FILE": os.devnull,
                "PIP_NO_INDEX": "1",
                "PIP_FIND_LINKS": str(self.index),
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def installed(self) -> dict[str, str]:
        return {
            found.metadata["Name"]: found.version
            for found in metadata.distributions(
                path=[str(path) for path in self.folder.glob(".venv/lib/*/site-packages")]
            )
        }


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder, index = tmp_path / "project", tmp_path / "index"
    folder.mkdir()
    index.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copy(wheels.__file__, folder)
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
        encoding="utf-8",
    )
    made = Project(folder, index)
    old = made.release("1.0")
    made.release("2.0")
    made.lock("requirements.lock", old["plugin"], old["base"], old["toml"])
    made.lock("requirements-dev.lock", *(old[name] for name in ("tool", "plugin", "base", "toml")))
    return made


def test_what_is_locked_is_installed_though_the_index_has_newer_releases(project: Project) -> None:
    run = {"base": "1.0", "plugin": "1.0", "project": "1.0", "toml": "1.0"}
    done = project.make(".venv/ready")
    assert done.returncode == 0, done.stdout + done.stderr
    installed = project.installed()
    assert installed.items() >= run.items()
    assert "tool" not in installed

    done = project.make(".venv/tools")
    assert done.returncode == 0, done.stdout + done.stderr
    assert project.installed().items() >= (run | {"tool": "1.0"}).items()


def test_a_lock_that_misses_a_package_is_refused(project: Project) -> None:
    project.lock("requirements.lock", project.index / "plugin-1.0-py3-none-any.whl")
    done = project.make(".venv/ready")
    assert done.returncode
    assert "plugin 1.0 requires base, which is not installed" in done.stdout
    assert not (project.folder / ".venv" / "ready").exists()


def test_another_file_than_the_locked_one_is_refused(project: Project) -> None:
    write_wheel(project.index, "toml", "1.0", ["base"])
    done = project.make(".venv/ready")
    assert done.returncode
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert "toml" not in project.installed()
