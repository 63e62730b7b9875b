"""What tests share: one model and one gazetteer a session, and the way from text to records."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from newsclaims import Article, ArticleRecord, Pipeline
from newsclaims.parse.parser import Parser
from newsclaims.resolve.gazetteer import Gazetteer
from newsclaims.text.tokens import Tokens

# No deadline: these machines are shared, and a slow example is no wrong example.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture(scope="session")
def parser(pipeline: Pipeline) -> Parser:
    return pipeline.parser


@pytest.fixture(scope="session")
def gazetteer(pipeline: Pipeline) -> Gazetteer:
    return pipeline.gazetteer


@pytest.fixture(scope="session")
def parse(parser: Parser) -> Callable[[str], Tokens]:
    return lambda text: next(parser.parse([text]))


@pytest.fixture(scope="session")
def extract(pipeline: Pipeline) -> Callable[..., ArticleRecord]:
    """`extract(text, published="2025-06-02")` gives the record of an article with this text."""

    def of_text(text: str, **fields: str) -> ArticleRecord:
        return pipeline.extract(Article(id="test", text=text, **fields))

    return of_text


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development corpora, where there is one."""
    if not SHARED.is_dir():
        pytest.skip(f"development corpora are not at {SHARED.name}/ beside the checkout")
    return SHARED
