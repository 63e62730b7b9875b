"""A folder of one's own to stand in, and a short way to read what lies in it."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from newsclaims.articles import read_articles
from newsclaims.records import Article, InputError


class Read(NamedTuple):
    """What came of an input: articles, failures and warnings, each in order."""

    articles: list[Article]
    errors: list[InputError]
    warnings: list[InputError]

    @property
    def ids(self) -> list[str]:
        return [article.id for article in self.articles]

    @property
    def kinds(self) -> list[tuple[int | None, str]]:
        return [(error.line, error.kind) for error in self.errors]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory of the test, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def read() -> Callable[..., Read]:
    def read(*inputs: str, **options: object) -> Read:
        items = list(read_articles(inputs, **options))
        problems = [item for item in items if isinstance(item, InputError)]
        return Read(
            [item for item in items if isinstance(item, Article)],
            [problem for problem in problems if not problem.is_warning],
            [problem for problem in problems if problem.is_warning],
        )

    return read


@pytest.fixture
def write(folder: Path) -> Callable[[str, str | bytes], str]:
    """Write a file of these characters (as UTF-8) or bytes, and give its name back."""

    def write(name: str, content: str | bytes) -> str:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return name

    return write
