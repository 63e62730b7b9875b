"""outputs/ is what `make run` makes of corpus/: running it again changes nothing."""

from pathlib import Path

from newsclaims.dataset import FILES, MANIFEST
from newsclaims.gold import check_gold
from newsclaims.progress import progress
from newsclaims.run.local import run
from newsclaims.run.settings import Resources, Settings
from newsclaims.verify import verify

ROOT = Path(__file__).parent.parent
OUTPUTS = ROOT / "outputs"
CORPUS = ROOT / "corpus"


def test_outputs_are_what_the_corpus_gives(tmp_path: Path) -> None:
    with progress(None, quiet=True) as display:
        run([str(CORPUS / "articles")], tmp_path, Settings(), Resources(workers=2), display)
    for name in (*FILES, MANIFEST):
        made, kept = (folder / name for folder in (tmp_path, OUTPUTS))
        assert made.read_bytes() == kept.read_bytes(), f"outputs/{name} is old: make run"


def test_outputs_hold_nothing_else_and_are_verified() -> None:
    kept = {path.name for path in OUTPUTS.iterdir() if not path.name.startswith(".newsclaims")}
    assert kept == {*FILES, MANIFEST}
    assert verify(OUTPUTS) == []


def test_the_gold_is_without_errors_and_warnings() -> None:
    assert [str(finding) for finding in check_gold(CORPUS / "gold.jsonl")] == []


def test_every_article_of_the_corpus_has_gold() -> None:
    articles = {path.stem for path in (CORPUS / "articles").glob("*.md")}
    lines = (CORPUS / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(articles) == len(lines)
    assert all(any(f'"id": "{article}"' in line for line in lines) for article in articles)
