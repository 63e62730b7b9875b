"""Everything that the README, CONTRIBUTING and docs/ show is run, and says just that."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from documents import ROOT, lay_out, read_blocks, run_document

DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted(ROOT.glob("docs/*.md")),
    *sorted(ROOT.glob("docs/decisions/*.md")),
]

needs_ray = pytest.mark.skipif(
    find_spec("ray") is None, reason="Ray is not installed: make test-ray"
)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all documents: what they share is parsed once."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=needs_ray if path.name == "ray.md" else (), id=path.name)
        for path in DOCUMENTS
    ],
)
def test_a_document_does_what_it_shows(path: Path, tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "project"
    lay_out(folder, cache)
    for step, got in run_document(path.read_text(encoding="utf-8"), folder, cache):
        pytest.fail(f"{path.name}, line {step.first}: shown\n{step.said}\nsaid\n{got}")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files_and_headings(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name, _, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(#([^)]*))?\)", text):
        target = path.parent / name if name else path
        assert target.exists(), name
        assert not anchor or anchor in anchors(target), anchor


def anchors(path: Path) -> set[str]:
    """What a web page calls the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_what_is_shown_must_be_said(tmp_path: Path) -> None:
    text = "```text a.txt\none\n```\n```console\n$ cat a.txt\ntwo\n$ echo 1 2 3\n1 ... 3\n```\n"
    ((step, got),) = run_document(text, tmp_path, tmp_path)
    assert (step.said, got, step.first, step.last) == ("two\n", "one\n", 5, 6)


def test_a_command_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="ends with 3\nno"):
        run_document("```console\n$ echo no; exit 3\n```\n", tmp_path, tmp_path)


@pytest.mark.parametrize("block", ["```\nx\n```", "```text\nx\n```", "    x", "```toml\nx=1\n```"])
def test_a_block_that_nothing_tries_is_refused(block: str) -> None:
    with pytest.raises(ValueError, match="line 1: nothing tries"):
        read_blocks(block)
