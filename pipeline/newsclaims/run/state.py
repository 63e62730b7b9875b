"""How far a run is: what its input asks for, what the store has of it, what still is to be done."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from newsclaims.articles import Located
from newsclaims.progress import Progress
from newsclaims.records import Article, InputError
from newsclaims.run.shards import Shard
from newsclaims.run.store import Store
from newsclaims.tables import to_json
from newsclaims.workers import Lost

# Articles given to a worker together: some two seconds of work, lost when it is killed.
CHUNK = 32


class RunState:
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
                key = result_key(self._identity, item.article)
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


def result_key(identity: str, article: Article) -> bytes:
    """Under which the store keeps the result of this article, given the identity of the run."""
    return hashlib.sha256(f"{identity}\0{to_json(article.model_dump())}".encode()).digest()
