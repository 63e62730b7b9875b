import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from newsclaims import workers as workers_module
from newsclaims.workers import LoadingError, Lost, Workers


def double(items: Sequence[int]) -> list[int]:
    return [2 * item for item in items]


def doubler() -> Callable[[Sequence[int]], list[int]]:
    return double


def dies_on(culprits: Sequence[int], ledger: Path) -> Callable[[Sequence[int]], list[int]]:
    def work(items: Sequence[int]) -> list[int]:
        for item in items:
            if item in culprits:
                with ledger.open("a") as file:
                    file.write(f"{item} of {len(items)}\n")
                os.kill(os.getpid(), signal.SIGKILL)
        return double(items)

    return work


def dies_once(ledger: Path) -> Callable[[Sequence[int]], list[int]]:
    def work(items: Sequence[int]) -> list[int]:
        if not ledger.exists():
            ledger.touch()
            os._exit(3)
        return double(items)

    return work


def sleeps_on(item: int) -> Callable[[Sequence[int]], list[int]]:
    def work(items: Sequence[int]) -> list[int]:
        if item in items:
            time.sleep(60)
        return double(items)

    return work


def threads() -> Callable[[Sequence[str]], list[str | None]]:
    return lambda names: [os.environ.get(name) for name in names]


def loads_slowly(seconds: float) -> Callable[[Sequence[int]], list[int]]:
    time.sleep(seconds)
    return double


def hangs_once(ledger: Path) -> Callable[[Sequence[int]], list[int]]:
    if not ledger.exists():
        ledger.touch()
        time.sleep(3600)
    return double


def takes_its_time(items: Sequence[int]) -> list[int]:
    time.sleep(0.2 * len(items))
    return double(items)


def slow_worker() -> Callable[[Sequence[int]], list[int]]:
    return takes_its_time


def fails() -> Callable[[Sequence[int]], list[int]]:
    raise ValueError("no model")


def chunks(count: int, size: int = 4) -> list[list[int]]:
    return [list(range(start, min(start + size, count))) for start in range(0, count, size)]


@pytest.mark.parametrize("count", [1, 3])
def test_every_item_gets_its_result(count: int) -> None:
    with Workers(count, doubler) as workers:
        assert sorted(workers.map(chunks(30))) == [(item, 2 * item) for item in range(30)]
        assert sorted(workers.map([[7]])) == [(7, 14)], "workers serve again"


def test_no_work_starts_no_process() -> None:
    with Workers(2, doubler) as workers:
        assert list(workers.map([])) == []
        assert workers._workers == []


def test_only_the_item_that_kills_its_worker_is_lost(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    with Workers(2, partial(dies_on, [5, 17], ledger)) as workers:
        results = dict(workers.map(chunks(20)))
    assert sorted(results) == list(range(20))
    lost = {item: result for item, result in results.items() if isinstance(result, Lost)}
    assert set(lost) == {5, 17}
    assert lost[5] == Lost("worker", "ended its worker process with SIGKILL, 3 times")
    assert ledger.read_text().splitlines().count("5 of 1") == 3


def test_a_worker_that_dies_once_loses_nothing(tmp_path: Path) -> None:
    with Workers(1, partial(dies_once, tmp_path / "died")) as workers:
        assert dict(workers.map([[1, 2], [3]])) == {1: 2, 2: 4, 3: 6}


def test_an_item_over_its_time_is_given_up_alone() -> None:
    with Workers(2, partial(sleeps_on, 6), timeout=1.5) as workers:
        results = dict(workers.map(chunks(12)))
    assert results[6] == Lost("timeout", "took longer than allowed")
    assert {item: result for item, result in results.items() if item != 6} == {
        item: 2 * item for item in range(12) if item != 6
    }


def test_workers_compute_in_one_thread_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    with Workers(1, threads) as workers:
        told = dict(workers.map([["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"]]))
    assert told == {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "3"}, "the user's own stays"
    assert "OPENBLAS_NUM_THREADS" not in os.environ


def test_the_time_of_others_and_of_loading_counts_for_no_item() -> None:
    with Workers(1, slow_worker, timeout=1.5) as workers:
        assert dict(workers.map([list(range(12))])) == {item: 2 * item for item in range(12)}
    with Workers(1, partial(loads_slowly, 1.0), timeout=0.5) as workers:
        assert dict(workers.map([[1], [2]])) == {1: 2, 2: 4}


def test_a_worker_that_hangs_while_it_loads_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers_module, "LOADING", 3.0)
    with Workers(1, partial(hangs_once, tmp_path / "hung")) as workers:
        assert dict(workers.map([[1, 2], [3]])) == {1: 2, 2: 4, 3: 6}


def test_workers_that_never_load_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_module, "LOADING", 0.5)
    with (
        pytest.raises(LoadingError, match="did not load the model"),
        Workers(2, partial(loads_slowly, 60)) as workers,
    ):
        list(workers.map([[1], [2]]))


def test_what_a_worker_raises_is_raised() -> None:
    with pytest.raises(ValueError, match="no model"), Workers(1, fails) as workers:
        list(workers.map([[1]]))


def test_chunks_are_read_a_bounded_way_ahead() -> None:
    drawn: list[int] = []

    def source() -> Iterator[list[int]]:
        for number in range(100):
            drawn.append(number)
            yield [number]

    with Workers(2, doubler) as workers:
        next(iter(workers.map(source())))
        assert len(drawn) <= 8


def test_leaving_early_ends_the_processes() -> None:
    with Workers(2, partial(sleeps_on, 1)) as workers:
        assert next(iter(workers.map([[1], [2]]))) == (2, 4)
        processes = [worker.process for worker in workers._workers]
    assert processes
    assert not any(process.is_alive() for process in processes)
