"""What a worker does: a chunk of articles in, a packed result each out."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsclaims.articles import Located, language_error
from newsclaims.errors import UsageError
from newsclaims.records import Article, InputError
from newsclaims.run.results import pack
from newsclaims.run.settings import Resources, Settings

if TYPE_CHECKING:  # heavy, and needed by workers alone
    from newsclaims.assemble import Pipeline


# A text of every layer, in which no extractor or resolver is left out.
_WARM_UP = (
    "The mayor of Oslo, Ann Lee, said on Tuesday that talks with Grant & Moss Ltd. had ended "
    "before Christmas. \u201cWe agreed on every point,\u201d she told reporters in Lima, Peru, "
    "after she had met Ben Cole, a former finance minister. About 20 people were hurt in a storm "
    "last May."
)


def extractor(
    settings: Settings, resources: Resources
) -> Callable[[Sequence[Located]], list[bytes | InputError]]:
    """What a worker does with a chunk of articles: a packed result each, or why there is none."""
    from newsclaims.assemble import Pipeline

    pipeline = Pipeline(
        settings.model,
        label_map=settings.label_map,
        cache=resources.cache,
        cache_limit=resources.cache_limit,
        fast=resources.fast,
        rules=settings.rules,
        mentions=settings.mentions.by_text,
    )
    if resources.timeout is not None:
        _warm_up(pipeline)

    def extract(chunk: Sequence[Located]) -> list[bytes | InputError]:
        foreign = [None if settings.any_language else language_error(item) for item in chunk]
        english = [item for item, error in zip(chunk, foreign, strict=True) if error is None]
        results = iter(_extract(pipeline, english))
        return [error or next(results) for error in foreign]

    return extract


def _warm_up(pipeline: "Pipeline") -> None:
    """Load what is loaded when it is first needed, so that it counts for no article's time."""
    from newsclaims.assemble import assemble
    from newsclaims.parse.parser import tokens_of

    article = Article(id="warm-up", text=_WARM_UP, published="2025-01-02")
    language_error(Located(article, "", 1))
    tokens = tokens_of(pipeline.parser.nlp(article.text))  # the cache is the articles' alone
    assemble(article, tokens, pipeline.gazetteer, pipeline.rules)


def _extract(pipeline: "Pipeline", chunk: Sequence[Located]) -> list[bytes | InputError]:
    """Extract together; where that fails, one by one, so that only the culprit fails."""
    try:
        extractions = pipeline.extractions(item.article for item in chunk)
        return [
            pack(item.article, extraction)
            for item, extraction in zip(chunk, extractions, strict=True)
        ]
    except UsageError:
        raise
    except Exception as error:  # a defect of a rule or of the model must not end the run
        if len(chunk) == 1:
            return [chunk[0].error("extraction", f"{type(error).__name__}: {error}")]
        return [result for item in chunk for result in _extract(pipeline, [item])]
