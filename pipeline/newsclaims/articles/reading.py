"""The way of one row: joined with metadata, given its id, checked, and handed on or refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from newsclaims.articles.checks import article_id, article_text, build_article, own_fields
from newsclaims.articles.ids import SeenIds
from newsclaims.articles.inputs import Source
from newsclaims.articles.metadata import Metadata
from newsclaims.articles.rows import Fields, RefusedError
from newsclaims.articles.text_warnings import text_warnings
from newsclaims.language import foreign_language
from newsclaims.records import Article, InputError


class Located(NamedTuple):
    """An article and where it was read: the file as the user named it, and the line from 1."""

    article: Article
    input: str
    line: int | None

    def error(self, kind: str, message: str) -> InputError:
        """What went wrong with this article, with its place."""
        return InputError(
            input=self.input, line=self.line, article=self.article.id, kind=kind, message=message
        )


@dataclass(frozen=True)
class Run:
    """What holds for all rows of one run, and the ids that it has seen."""

    metadata: Metadata | None
    max_chars: int
    dates: str | None = None
    seen: SeenIds = field(default_factory=SeenIds)


def read_sources(
    sources: Iterable[Source | InputError], run: Run
) -> Iterator[Located | InputError]:
    """All articles of `sources`, in order, and what is wrong with the others."""
    for source in sources:
        if isinstance(source, InputError):
            yield source
            continue
        rows = 0
        for line, fields in _rows(source):
            rows += 1
            yield from _read_row(source, line, fields, run)
        if not rows:
            yield InputError(input=source.input, kind="empty", message="no article in this file")
    if run.metadata is not None:
        yield from run.metadata.unused()


def _rows(source: Source) -> Iterator[tuple[int | None, Fields | RefusedError]]:
    """The rows of a source; what ends it early becomes its last row."""
    try:
        yield from source.rows()
    except RefusedError as refused:
        yield refused.line, refused
    except OSError as error:
        yield None, RefusedError("unreadable", f"cannot be read: {error.strerror or error}")
    except Exception as error:  # a library's defect on one file must not end the run
        reason = f"{type(error).__name__}: {error}"
        yield None, RefusedError("unreadable", f"its reader failed on it: {reason}")


def _read_row(
    source: Source, line: int | None, fields: Fields | RefusedError, run: Run
) -> Iterator[Located | InputError]:
    """The article of one row, its warnings before it, or why there is none."""
    default_id = source.stem if line is None else f"{source.stem}-{line}"
    identity = None

    def error(kind: str, message: str, at: int | None = line) -> InputError:
        return InputError(input=source.input, line=at, article=identity, kind=kind, message=message)

    try:
        if isinstance(fields, RefusedError):
            raise fields
        names = source.names if line is None else ()
        joined = run.metadata.join(fields, names, default_id) if run.metadata else fields
        fields = own_fields(fields if joined is None else joined)
        identity = article_id(fields.get("id"), default_id)
        run.seen.add(identity, source.input, line)
        text = article_text(fields, run.max_chars)
        article, date_warning = build_article(identity, text, fields, run.dates)
    except RefusedError as refused:
        yield error(refused.kind, refused.message, line if refused.line is None else refused.line)
        return
    if date_warning:
        yield error("date", date_warning)
    for kind, message in text_warnings(text):
        yield error(kind, message)
    if joined is None:
        yield error("metadata-article", "no row of the metadata is this article's")
    yield Located(article, source.input, line)


def language_error(located: Located) -> InputError | None:
    """Why this article is no English one, or None. Takes about a millisecond."""
    code = foreign_language(located.article.text)
    if code is None:
        return None
    return located.error(
        "language",
        f"the text looks like {code!r} (ISO 639), not like English; --any-language keeps it",
    )
