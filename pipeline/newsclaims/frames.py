"""Data frames in, data frames out: what a run writes into files, for pandas and without files."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from newsclaims.articles import Located, locate_rows
from newsclaims.copies import SIGNATURE, find_copies, signature
from newsclaims.dataset import Form, table_rows
from newsclaims.errors import UsageError
from newsclaims.parse.model import DEFAULT_MODEL
from newsclaims.progress import progress as shown_progress
from newsclaims.published import is_missing
from newsclaims.records import Article, InputError
from newsclaims.run.extraction import extractor
from newsclaims.run.results import told, unpack
from newsclaims.run.settings import Resources, Settings
from newsclaims.run.state import CHUNK
from newsclaims.schema import ArticleRecord, Column
from newsclaims.tables import Cell, Entry
from newsclaims.user_rules import read_user_rules
from newsclaims.wording import plural
from newsclaims.workers import Lost, Workers

if TYPE_CHECKING:  # heavy
    import pandas as pd
    from spacy.language import Language

ERRORS = "errors"

_log = logging.getLogger(__name__)


class Frames(dict[str, "pd.DataFrame"]):
    """The data frames of all tables by name, as `extract_frame` makes them.

    Beside the tables of an output folder there is ``errors``, with a row for each row that was not
    extracted, or of which something was left out.
    """

    def __init__(self, frames: Mapping[str, "pd.DataFrame"], packed: Mapping[str, bytes]) -> None:
        super().__init__(frames)
        self._packed = packed

    def record(self, article_id: str) -> ArticleRecord:
        """Return the record of one article, which can be shown.

        Args:
            article_id: the id, as in the column ``article_id``.

        Raises:
            KeyError: no article of this id was extracted.
        """
        article, record = unpack(self._packed[article_id])
        sentences = tuple(article["sentences"])
        return ArticleRecord.model_validate(record).with_text(article["text"], sentences)


def extract_frame(
    df: "pd.DataFrame",
    *,
    text: str = "text",
    date: str | None = None,
    id: str | None = None,  # noqa: A002  # as the field is called
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    workers: int = 1,
    progress: bool = False,
    model: "str | Path | Language" = DEFAULT_MODEL,
    rules: str | Path | None = None,
    dates: str | None = None,
    text_is: str | None = None,
    any_language: bool = False,
    cache: Path | None = None,
) -> Frames:
    """Extract the articles of a data frame, a row each.

    Values may be dates, timestamps, numbers, NaN, NaT and None. A row that cannot be read is named
    in the frame ``errors`` and all others are extracted, as in a run.

    Args:
        df: the data frame; its other columns are carried along into the frame ``articles``.
        text: the name of the column of the text.
        date: that of the date of publication; a column ``published`` is found by itself, as are
            ``id``, ``title``, ``source`` and ``url``.
        id: that of the id. Without one, the label of the row is its id.
        title: that of the title.
        source: that of the publisher.
        url: that of the address.
        workers: the number of processes; with 1 the work is done in this one.
        progress: show how far the work is.
        model: the name or path of a spaCy pipeline, or a loaded one (with one worker).
        rules: a folder of the user's own rules.
        dates: ``"day-first"`` or ``"month-first"``, for dates such as 05/06/2025.
        text_is: ``"html"`` when texts and titles are HTML.
        any_language: extract articles that are not in English too.
        cache: the folder of the parse cache; without one no parse is kept.

    Returns:
        A data frame for each table of an output folder by its name (``people``, ``roles``,
        ``people_index`` ...), and ``errors``. Strings are of the type ``string``, whole numbers
        ``Int64``, whole dates ``datetime64``, and several values a list.

    Raises:
        UsageError: a column is not there, or an option cannot be used.
        ModelError: the model is missing or lacks what the rules need.
    """
    named = {
        "text": text,
        "published": date,
        "id": id,
        "title": title,
        "source": source,
        "url": url,
    }
    columns = {field: name for field, name in named.items() if name is not None}
    _check_columns(df, columns)
    if workers != 1 and not isinstance(model, str | Path):
        raise UsageError(
            "a loaded spaCy pipeline stays in one process: give its name, or workers=1"
        )
    settings = Settings(
        model=cast(str, model),  # a name is needed for the identity of a run alone
        any_language=any_language,
        rules=None if rules is None else read_user_rules(Path(rules)),
    )
    prepare = partial(extractor, settings, Resources(cache=cache))
    rows = _rows(df, with_ids=id is None and "id" not in df.columns)
    items = locate_rows("data frame", rows, columns=columns, dates=dates, text_is=text_is)
    collected = _Collected()
    with shown_progress(len(df), quiet=not progress) as display:
        for located, result in _extracted(
            collected.chunks(items, display.advance), workers, prepare
        ):
            collected.take(located, result)
            display.advance(1)
    return collected.frames()


def to_frames(
    articles: Iterable[Article], records: Iterable[ArticleRecord]
) -> dict[str, "pd.DataFrame"]:
    """Make a data frame for each table of an output folder.

    Args:
        articles: the articles, in the order of the records.
        records: their records. The column ``sentence`` is that of the files where a record comes
            from a `Pipeline`, and empty where it was read from JSON.

    Returns:
        The data frames by the name of the table, typed as those of `extract_frame`.

    Raises:
        ValueError: there are more of one than of the other.
    """
    pairs = list(zip(articles, records, strict=True))
    copies = find_copies(
        (signature(article.text) for article, _ in pairs),
        lambda number: (pairs[number][0].published or "", pairs[number][0].id),
    )
    entries = (
        told(_entry(article, record), copies.get(number))
        for number, (article, record) in enumerate(pairs)
    )
    return _frames(entries, sorted({name for article, _ in pairs for name in article.metadata}))


def _entry(article: Article, record: ArticleRecord) -> Entry:
    line = article.model_dump(mode="json") | {"sentences": record.sentences}
    return Entry(line, record.model_dump(mode="json"))


def _check_columns(df: "pd.DataFrame", columns: Mapping[str, str]) -> None:
    known = [str(name) for name in df.columns]
    for field, name in columns.items():
        if name not in known:
            raise UsageError(f"no column {name!r} for {field}; the columns are {', '.join(known)}")
    if len(set(known)) < len(known):
        raise UsageError("two columns of the data frame bear one name; rename one of them")


def _rows(df: "pd.DataFrame", *, with_ids: bool) -> Iterator[dict[str, Any]]:
    """The fields of each row, without those that are missing."""
    names = [str(name) for name in df.columns]
    labels = getattr(df, "index", range(len(df)))
    for label, *cells in zip(labels, *(df[name] for name in df.columns), strict=True):
        fields = {
            name: cell for name, cell in zip(names, cells, strict=True) if not is_missing(cell)
        }
        yield {"id": label, **fields} if with_ids else fields


class _Collected:
    """What came of the rows of a data frame, in their order."""

    def __init__(self) -> None:
        self._errors: dict[int, InputError] = {}
        self._packed: dict[int, bytes] = {}
        self._position: dict[str, int] = {}
        self._metadata: set[str] = set()

    def chunks(
        self, items: Iterable[Located | InputError], advance: Callable[[int], None]
    ) -> Iterator[list[Located]]:
        """The articles in chunks; what could not be read is noted."""
        placed = enumerate(items)
        while chunk := list(islice(placed, CHUNK)):
            articles = []
            for position, item in chunk:
                if isinstance(item, InputError):
                    self._errors[position] = item
                    advance(not item.is_warning)
                else:
                    self._position[item.article.id] = position
                    self._metadata |= item.article.metadata.keys()
                    articles.append(item)
            if articles:
                yield articles

    def take(self, located: Located, result: bytes | InputError | Lost) -> None:
        """Take what came of one article."""
        position = self._position[located.article.id]
        if isinstance(result, bytes):
            self._packed[position] = result
        else:
            self._errors[position] = located.error(*result) if isinstance(result, Lost) else result

    def frames(self) -> Frames:
        """The frames of all that was taken."""
        import pandas as pd

        packed = [self._packed[position] for position in sorted(self._packed)]
        copies = find_copies((blob[:SIGNATURE] for blob in packed), lambda n: _order(packed[n]))
        entries = (told(unpack(blob), copies.get(n)) for n, blob in enumerate(packed))
        frames = _frames(entries, sorted(self._metadata))
        errors = [self._errors[position] for position in sorted(self._errors)]
        frames[ERRORS] = pd.DataFrame(
            [error.model_dump() for error in errors], columns=list(InputError.model_fields)
        ).astype(dict.fromkeys(InputError.model_fields, "string") | {"line": "Int64"})
        if failed := sum(not error.is_warning for error in errors):
            _log.warning("%s not extracted: see the frame 'errors'", plural(failed, "row"))
        by_id = {of: self._packed[at] for of, at in self._position.items() if at in self._packed}
        return Frames(frames, by_id)


def _order(packed: bytes) -> tuple[str, str]:
    article = unpack(packed).article
    return article["published"] or "", article["id"]


def _extracted(
    chunks: Iterator[list[Located]], workers: int, prepare: Callable[[], Any]
) -> Iterator[tuple[Located, Any]]:
    """Each article with what came of it."""
    if workers == 1:
        work = prepare()
        for chunk in chunks:
            yield from zip(chunk, work(chunk), strict=True)
        return
    with Workers[Located, Any](workers, prepare) as processes:
        yield from processes.map(chunks)


def _frames(entries: Iterable[Entry], metadata: Sequence[str]) -> dict[str, "pd.DataFrame"]:
    form = Form(metadata_columns=tuple(metadata))
    layout = form.layout()
    rows: dict[str, list[Sequence[Cell]]] = {table: [] for table in layout}
    for found in table_rows(entries, form):
        for table, cells in found.rows.items():
            rows[table] += cells
    return {table: _frame(columns, rows[table]) for table, columns in layout.items()}


def _frame(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> "pd.DataFrame":
    """The rows with a type for each column, the same however few rows there are."""
    import pandas as pd

    cells = zip(*rows, strict=True) if rows else iter([()] * len(columns))
    typed = {
        column.name: _TYPED.get(column.type, _as_type("string"))(values)
        for column, values in zip(columns, cells, strict=True)
    }
    return pd.DataFrame(typed)


def _as_type(name: str) -> Callable[[Sequence[Any]], Any]:
    def typed(values: Sequence[Any]) -> Any:
        import pandas as pd

        return pd.array(list(values), dtype=name)  # type: ignore[call-overload]

    return typed


def _as_dates(values: Sequence[Any]) -> Any:
    days = np.array([value or "NaT" for value in values], dtype="datetime64[D]")
    return days.astype("datetime64[s]")  # pandas has no days


def _as_lists(values: Sequence[Any]) -> Any:
    import pandas as pd

    return pd.Series([list(value or ()) for value in values], dtype=object)


_TYPED: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "integer": _as_type("Int64"),
    "number": _as_type("Float64"),
    "date": _as_dates,
    "list": _as_lists,
}
