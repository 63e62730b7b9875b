"""Files to articles, one after the other; what cannot be read is named, and the run goes on.

The door is `read_articles`::

    for item in read_articles(["news.jsonl", "folder"], columns={"text": "body"}):
        if isinstance(item, InputError):
            ...  # a line of errors.jsonl; item.is_warning: the article itself still comes
        else:
            ...  # an Article

Items come in the order of the inputs, lines and (sorted) file names; a warning comes right before
its article. Nothing but hashes of the ids that were seen is kept, some 140 bytes each, so that a
file of any length is read in much the same memory.

Formats, by ending: ``.jsonl``, ``.jsonl.gz``, ``.csv``, ``.tsv``, ``.parquet``, ``.xlsx`` and a
list in ``.json`` hold an article a row; ``.txt``, ``.md``, ``.html``, ``.docx``, ``.json`` (an
article, ninjs, news-please) one a file, alone or in folders; ``.xml`` (RSS, Atom, NITF, NewsML-G2),
``.warc``, ``.eml`` one or more; ``.zip`` is read like a folder; ``-`` is JSONL on standard input. A
reader (one small file each) turns a file into rows of raw fields; ``checks`` turns a row into an
`Article` or refuses it.

Kinds of errors: see `REASONS`. Those in `InputError.WARNINGS` leave the article in the run.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path

from newsclaims.articles.csv_table import read_delimiter, spoken_delimiter
from newsclaims.articles.encodings import check_encoding, lines_of
from newsclaims.articles.inputs import (
    STDIN,
    Source,
    check_inputs,
    delimiter_of,
    list_sources,
    refuse_without_text,
    usual_delimiter,
)
from newsclaims.articles.jsonl import columns_without_text, read_jsonl
from newsclaims.articles.metadata import Metadata
from newsclaims.articles.reading import Located, Run, language_error, read_sources
from newsclaims.articles.rows import (
    TEXT_KINDS,
    Fields,
    RefusedError,
    Row,
    Rows,
    Settings,
    check_columns,
    shown,
)
from newsclaims.errors import UsageError
from newsclaims.published import ORDERS
from newsclaims.records import Article, InputError

__all__ = [
    "MAX_CHARS",
    "REASONS",
    "Located",
    "RefusedError",
    "Row",
    "Settings",
    "delimiters_found",
    "language_error",
    "locate_articles",
    "locate_rows",
    "read_articles",
]

# Longer texts are no articles, unless the user says so.
MAX_CHARS = 2_000_000

# What each kind of error is called when a run counts them: "3 not in English".
REASONS: Mapping[str, str] = {
    "bomb": "that would unpack to far more than they are",
    "csv": "with broken CSV",
    "date": "with an unreadable date (extracted as undated)",
    "docx": "that are no Word document",
    "duplicate-id": "with an id that another article has",
    "email": "that are no e-mail with a text",
    "empty": "without any article",
    "extraction": "on which a rule failed",
    "encoding": "not in the encoding expected",
    "entities": "with character references such as &quot; in the text",
    "front-matter": "with a broken header",
    "gzip": "with broken gzip data",
    "html": "without a main text",
    "id": "with an id that is none",
    "json": "with broken JSON",
    "language": "not in English",
    "mojibake": "with characters that were decoded wrongly",
    "metadata": "with a column that cannot be carried along",
    "metadata-article": "without a row of metadata (extracted all the same)",
    "metadata-row": "in the metadata that no article has",
    "ninjs": "that are no ninjs article",
    "nul": "with a NUL byte",
    "parquet": "with broken Parquet data",
    "skipped": "not read",
    "surrogate": "with half a character",
    "tags": "with tags of HTML in the text",
    "text": "without a text",
    "too-long": "over the greatest length",
    "timeout": "that took too long",
    "unreadable": "that could not be opened",
    "warc": "with broken records of a web archive",
    "worker": "that ended their worker process",
    "xlsx": "with broken data of Excel",
    "xml": "with broken XML, or XML of an unknown kind",
    "zip": "that cannot be unpacked",
}


def read_articles(
    inputs: str | Path | Iterable[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    metadata: str | Path | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    max_chars: int = MAX_CHARS,
    any_language: bool = False,
    dates: str | None = None,
    text_is: str | None = None,
) -> Iterator[Article | InputError]:
    """Read all articles that `inputs` mean, and say of each other one why it was not read.

    Args:
        inputs: files, folders, or ``-`` for standard input.
        columns: name of the column by field, where they differ: ``{"text": "body"}``.
        metadata: a CSV file whose columns are joined by id or file name; it wins over the article.
        encoding: of files that neither declare one nor bear a byte order mark. Else UTF-8.
        delimiter: between the cells of CSV files. Else the one that the header shows.
        max_chars: characters above which a text is refused.
        any_language: keep articles that are not in English.
        dates: ``"day-first"`` or ``"month-first"``, how to read dates of publication such as
            05/06/2025, which are refused otherwise.
        text_is: ``"html"`` when the column of the text, and that of the title, hold HTML.

    Yields:
        An `Article`, or an `InputError` for what was not read or left out, in the order of the
        inputs; a warning comes right before its article.

    Raises:
        UsageError: at once, before anything is read for good: an input that is not there or of no
            known format, a table without a text column, options that cannot be meant.
    """
    located = locate_articles(
        inputs,
        columns=columns,
        metadata=metadata,
        encoding=encoding,
        delimiter=delimiter,
        max_chars=max_chars,
        dates=dates,
        text_is=text_is,
    )
    return (_public(item, any_language) for item in located)


def _public(item: Located | InputError, any_language: bool) -> Article | InputError:
    if isinstance(item, InputError):
        return item
    return (None if any_language else language_error(item)) or item.article


def locate_articles(
    inputs: str | Path | Iterable[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    metadata: str | Path | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    max_chars: int = MAX_CHARS,
    dates: str | None = None,
    text_is: str | None = None,
) -> Iterator[Located | InputError]:
    """As `read_articles`, each article with its place, and its language not looked at yet."""
    if isinstance(inputs, str | Path):
        inputs = [inputs]
    joined_file = None if metadata is None else Path(metadata)
    settings = Settings(
        dict(columns or {}),
        encoding,
        joined_file,
        delimiter=read_delimiter(delimiter),
        dates=dates,
        text_is=text_is,
    )
    check_columns(settings.columns)
    check_encoding(encoding)
    _check_choice("--dates", dates, ORDERS)
    _check_choice("--text-is", text_is, TEXT_KINDS)
    joined = None if joined_file is None else Metadata(joined_file, settings)
    sources = _sources([str(given) for given in inputs], settings)
    return read_sources(chain.from_iterable(sources), Run(joined, max_chars, dates))


def locate_rows(
    name: str,
    rows: Iterable[Fields],
    *,
    columns: Mapping[str, str],
    dates: str | None = None,
    text_is: str | None = None,
) -> Iterator[Located | InputError]:
    """As `locate_articles`, of rows in memory. They are counted from 1, and go by this name."""
    settings = Settings(columns, dates=dates, text_is=text_is)
    check_columns(settings.columns)
    _check_choice("--dates", dates, ORDERS)
    _check_choice("--text-is", text_is, TEXT_KINDS)

    def read() -> Rows:
        return (Row(number, settings.rename(fields)) for number, fields in enumerate(rows, 1))

    return read_sources([Source(name, "row", (), read)], Run(None, MAX_CHARS, dates))


def _check_choice(option: str, chosen: str | None, choices: Sequence[str]) -> None:
    if chosen is not None and chosen not in choices:
        raise UsageError(f"{option}: {chosen!r} is none of {', '.join(choices)}")


def delimiters_found(
    inputs: Iterable[str], columns: Mapping[str, str], encoding: str | None
) -> Iterator[str]:
    """A line for each file of CSV whose cells are parted otherwise than its ending says."""
    settings = Settings(columns, encoding)
    for path in (Path(given) for given in inputs if given != STDIN):
        with suppress(OSError, RefusedError):  # told when it is read
            delimiter = delimiter_of(path, settings)
            if delimiter is not None and delimiter != usual_delimiter(path):
                yield (
                    f"{shown(path)}: read with {spoken_delimiter(delimiter)}s between cells; "
                    "--delimiter names another"
                )


def _sources(inputs: list[str], settings: Settings) -> list[Iterable[Source | InputError]]:
    """The sources of each input, all inputs checked before the first is read."""
    if not inputs:
        raise UsageError("no input: give files, folders, or - for standard input")
    if inputs.count(STDIN) > 1:
        raise UsageError("standard input can be read once only")
    check_inputs([Path(given) for given in inputs if given != STDIN], settings)
    return [
        [_standard_input(settings)] if given == STDIN else list_sources(Path(given), settings)
        for given in inputs
    ]


def _standard_input(settings: Settings) -> Source:
    """Standard input as a source; its first lines are read to see whether they have a text."""
    if sys.stdin is None:  # closed by who started us
        raise UsageError("standard input is closed: there is nothing to read")
    lines = lines_of(sys.stdin.buffer)
    peeked: list[bytes] = []

    def kept() -> Iterator[bytes]:
        for line in lines:
            peeked.append(line)
            yield line

    with suppress(RefusedError):  # told when it is read
        refuse_without_text("standard input", columns_without_text(kept(), settings), settings)
    return Source(STDIN, "stdin", (), lambda: read_jsonl(chain(peeked, lines), settings))
