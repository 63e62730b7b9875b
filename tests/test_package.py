"""What `pip install .` gives: a package that is whole, with the version that it says."""

import subprocess
import sys
from email import message_from_string
from pathlib import Path
from zipfile import ZipFile

import newsclaims
import pytest

ROOT = Path(__file__).parent.parent


def build(project: Path, target: str, folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", folder],
        cwd=project,
        capture_output=True,
        check=True,
    )
    (made,) = folder.iterdir()
    return made


def tracked() -> set[str]:
    """All files of the package, as a wheel names them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "newsclaims"],
        cwd=ROOT / "pipeline",
        capture_output=True,
        text=True,
        check=True,
    )
    return {name for name in listed.stdout.splitlines() if (ROOT / "pipeline" / name).is_file()}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, as its source distribution holds it."""
    archive = build(ROOT, "sdist", tmp_path_factory.mktemp("sdist"))
    folder = tmp_path_factory.mktemp("source")
    subprocess.run(["tar", "-xzf", archive, "-C", folder], check=True)
    (project,) = folder.iterdir()
    return project


@pytest.mark.parametrize("origin", ["the project", "its source distribution"])
def test_a_wheel_holds_the_whole_package(origin: str, source: Path, tmp_path: Path) -> None:
    wheel = build(ROOT if origin == "the project" else source, "wheel", tmp_path)
    about = f"newsclaims-{newsclaims.__version__}.dist-info"
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = message_from_string(archive.read(f"{about}/METADATA").decode())
        scripts = archive.read(f"{about}/entry_points.txt").decode()
    assert {name for name in tracked() if not name.endswith(".py")}
    assert tracked() - names == set()
    assert {Path(name).parts[0] for name in names} == {"newsclaims", about}
    assert metadata["Version"] == newsclaims.__version__
    assert "newsclaims = newsclaims.cli:main" in scripts
    assert "[spacy_factories]\nnewsclaims = newsclaims.spacy_docs:Component" in scripts
