"""Worker processes that are given chunks of work, watched, and replaced when they die.

Each has a pipe of its own, so that one that is killed takes nothing with it: a chunk whose worker
died is tried again item by item, and only an item that ends its worker alone, `TRIES` times, is
given up. Nothing is shared between workers and no lock is held, so none can leave the others
waiting.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Generic, NamedTuple, TypeVar

from newsclaims.errors import UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")

# How often an item alone may end its worker: once may be the machine's doing, not the item's.
TRIES = 3

# A worker that takes longer to prepare hangs: on the busiest machines loading takes a minute.
LOADING = 600.0  # seconds
# What OpenBLAS, MKL, Accelerate, BLIS and OpenMP ask how many threads they may start.
_THREADS = (
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "BLIS_NUM_THREADS",
    "OMP_NUM_THREADS",
)

_READY = None  # what a worker says when it has prepared

Work = Callable[[Sequence[Item]], Sequence[Result]]


class Lost(NamedTuple):
    """Why an item has no result: its worker died, or it took longer than allowed."""

    kind: str
    message: str


class LoadingError(UsageError):
    """Workers that do not get ready, whatever they are to do."""


class _Task(NamedTuple):
    items: Sequence[object]
    tries: int = 0


@dataclass
class _Worker:
    process: BaseProcess
    connection: Connection
    task: _Task | None = None
    ready: bool = False
    started: float = 0.0


class Workers(Generic[Item, Result]):
    """Up to `count` processes, started when there is work. Use it as a context manager.

    Args:
        count: processes at most.
        prepare: called once in each process; gives the function that does a chunk, one result an
            item. Both must be picklable by name.
        timeout: seconds that one item may take, after loading; None for as long as it likes. With
            one, items are given out one by one.

    Raises:
        LoadingError: when `TRIES` processes in a row did not prepare within `LOADING` seconds.
    """

    def __init__(
        self,
        count: int,
        prepare: Callable[[], Work[Item, Result]],
        *,
        timeout: float | None = None,
    ) -> None:
        self._count = count
        self._prepare = prepare
        self._timeout = timeout
        self._workers: list[_Worker] = []
        self._unprepared = 0
        # A forked process inherits the locks of threads it does not have; a spawned one is clean.
        self._context = multiprocessing.get_context("spawn")

    def __enter__(self) -> "Workers[Item, Result]":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.connection.close()  # an idle worker ends at the end of its input
            if worker.task is not None:
                worker.process.kill()
        for worker in self._workers:
            worker.process.join()

    def map(self, chunks: Iterable[Sequence[Item]]) -> Iterator[tuple[Item, Result | Lost]]:
        """Each item with its result, or with why it has none, as they are done.

        Raises what `prepare` or the function raised in a worker.
        """
        source = iter(chunks)
        queue: deque[_Task] = deque()
        exhausted = False
        while True:
            # Read ahead while the workers are busy, so that they never wait for the reader.
            while not exhausted and len(queue) < self._count and not self._finished(0):
                chunk = next(source, None)
                exhausted = chunk is None
                if chunk:
                    queue.extend(self._tasks(chunk))
                    self._feed(queue)
            self._feed(queue)
            busy = [worker for worker in self._workers if worker.task is not None]
            if not busy:
                return
            for worker in self._finished(None):
                yield from self._collect(worker, queue)
            for worker in busy:
                if worker.task is None or not self._is_late(worker):
                    continue
                if worker.ready:
                    yield from self._give_up(worker, queue, "timeout", "took longer than allowed")
                else:
                    self._load_again(worker, queue)

    def _tasks(self, chunk: Sequence[Item]) -> list[_Task]:
        """The work of a chunk; one by one where time is limited, since it is each item's own."""
        return [_Task(chunk)] if self._timeout is None else [_Task([item]) for item in chunk]

    def _feed(self, queue: deque[_Task]) -> None:
        while queue:
            idle = next((worker for worker in self._workers if worker.task is None), None)
            if idle is None:
                if len(self._workers) >= self._count:
                    return
                idle = self._start()
            task = queue.popleft()
            idle.task = task
            if idle.ready:
                idle.started = time.monotonic()
            with suppress(OSError):  # dead already: noticed when its end of the pipe is read
                idle.connection.send(task.items)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_work, args=(theirs, self._prepare), daemon=True, name="newsclaims worker"
        )
        resource_tracker.ensure_running()  # when it is started, it lets interrupts through
        with _interrupts_held(), _one_thread(), _script_left_out():
            process.start()
            theirs.close()
            worker = _Worker(process, ours, started=time.monotonic())
            self._workers.append(worker)
        return worker

    def _finished(self, seconds: float | None) -> list[_Worker]:
        """The workers that have answered or died, waiting for one at most `seconds`."""
        busy = {worker.connection: worker for worker in self._workers if worker.task is not None}
        if not busy:
            return []
        if seconds is None:  # no longer than until a worker may be late
            seconds = min(self._timeout or 1.0, 1.0)
        return [busy[ready] for ready in wait(list(busy), seconds) if isinstance(ready, Connection)]

    def _collect(
        self, worker: _Worker, queue: deque[_Task]
    ) -> Iterator[tuple[Item, Result | Lost]]:
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join()
            yield from self._give_up(worker, queue, "worker", _how_it_ended(worker.process))
            return
        if isinstance(answer, BaseException):
            raise answer
        if answer is _READY:
            worker.ready, worker.started = True, time.monotonic()
            self._unprepared = 0
            return
        task, worker.task = worker.task, None
        assert task is not None
        yield from zip(task.items, answer, strict=True)

    def _is_late(self, worker: _Worker) -> bool:
        # Preparing is not the item's time: a model may take long to load.
        limit = self._timeout if worker.ready else LOADING
        return limit is not None and time.monotonic() - worker.started > limit

    def _load_again(self, worker: _Worker, queue: deque[_Task]) -> None:
        """End a worker that does not get ready; what it was to do is another's."""
        assert worker.task is not None
        self._end(worker)
        queue.appendleft(worker.task)
        self._unprepared += 1
        if self._unprepared >= TRIES:
            raise LoadingError(
                f"a worker process did not load the model within {LOADING:.0f} seconds, "
                f"{TRIES} times: is the machine out of memory?"
            )

    def _give_up(
        self, worker: _Worker, queue: deque[_Task], kind: str, message: str
    ) -> Iterator[tuple[Item, Lost]]:
        """End this worker; its items are tried again one by one, or lost."""
        task = worker.task
        assert task is not None
        self._end(worker)
        if len(task.items) > 1:
            queue.extendleft(_Task([item]) for item in reversed(task.items))
        elif kind != "timeout" and task.tries + 1 < TRIES:
            queue.appendleft(_Task(task.items, task.tries + 1))
        else:
            yield task.items[0], Lost(kind, message)  # type: ignore[misc]  # as it was sent

    def _end(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        self._workers.remove(worker)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let a process that starts compute in one thread, unless the user set another number.

    There are as many workers as cores: more threads would only wait for each other. The libraries
    read this as they are loaded.
    """
    added = [name for name in _THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(added, "1"))
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C and SIGTERM back while a process starts; it inherits that and never hears them.

    Ignoring it inside the process comes too late: it starts for a second before our code runs. And
    a mask alone holds back nothing here, where another thread of a library may take the signal.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or not hasattr(signal, "pthread_sigmask"):  # which Windows has not
        yield
        return
    held = (signal.SIGINT, signal.SIGTERM)
    heard: list[int] = []
    handlers = {number: signal.signal(number, lambda it, _: heard.append(it)) for number in held}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
    for each in heard:
        signal.raise_signal(each)


@contextmanager
def _script_left_out() -> Iterator[None]:
    """Keep a process that starts from running the user's script again, for it needs none of it.

    Otherwise a script that is not guarded by `if __name__ == "__main__"` would start itself.
    """
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def _how_it_ended(process: BaseProcess) -> str:
    code = process.exitcode or 0
    if code >= 0:
        return f"ended its worker process with status {code}, {TRIES} times"
    return f"ended its worker process with {signal.Signals(-code).name}, {TRIES} times"


def _end_with_parent() -> None:
    """End this process when its parent does, even one that was killed: no one wants its work."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def spare_collector() -> None:
    """Look for reference cycles among what is new, and a hundred times less often.

    Results are made of thousands of small objects without cycles, which are freed as they are left;
    to look through them, and the model and word lists behind them, took an eighth of the time.
    """
    gc.freeze()
    gc.set_threshold(100_000)


def _work(connection: Connection, prepare: Callable[[], Work[object, object]]) -> None:
    """The life of a worker: prepare once, then a chunk in, its results out, until all is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it was not held back
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):  # the parent has ended, or wants no more
        try:
            work = prepare()
            spare_collector()
            connection.send(_READY)
            while True:
                connection.send(work(connection.recv()))
        except (EOFError, OSError):
            raise
        except Exception as error:  # told by the parent, in its own words
            connection.send(error)
