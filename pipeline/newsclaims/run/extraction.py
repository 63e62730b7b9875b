"""What a worker does: a chunk of articles in, a packed result each out."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsclaims.articles import Located, language_error
from newsclaims.errors import UsageError
from newsclaims.records import InputError
from newsclaims.run.results import pack
from newsclaims.run.settings import Resources, Settings

if TYPE_CHECKING:  # heavy, and needed by workers alone
    from newsclaims.assemble import Pipeline


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
        rules=settings.rules,
        mentions=settings.mentions.by_text,
    )
    if resources.timeout is not None:
        _ = pipeline.parser.nlp  # loaded now, since an article's time counts from when we are ready

    def extract(chunk: Sequence[Located]) -> list[bytes | InputError]:
        foreign = [None if settings.any_language else language_error(item) for item in chunk]
        english = [item for item, error in zip(chunk, foreign, strict=True) if error is None]
        results = iter(_extract(pipeline, english))
        return [error or next(results) for error in foreign]

    return extract


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
