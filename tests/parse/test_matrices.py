import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims.parse import matrices
from newsclaims.parse.matrices import BLOCKS, SteadyOps, blocks, is_steady
from thinc.api import NumpyOps

RANDOM = np.random.default_rng(1)


def floats(*shape: int) -> np.ndarray:
    return RANDOM.standard_normal(shape).astype(np.float32)


@given(st.integers(0, 40))
def test_blocks_cover_all_rows_in_few_sizes(count: int) -> None:
    bounds = list(blocks(count * BLOCKS[-1]))
    assert [stop for _, stop in bounds[:-1]] == [start for start, _ in bounds[1:]]
    assert sum(stop - start for start, stop in bounds) == count * BLOCKS[-1]
    assert {stop - start for start, stop in bounds} <= set(BLOCKS)


WEIGHTS = {outputs: floats(outputs, 64) for outputs in (50, 64, 384, 1024)}


@pytest.mark.parametrize("outputs", WEIGHTS)
@given(rows=st.integers(1, 2000), start=st.integers(0, 500))
def test_a_product_is_close_to_thincs_and_does_not_depend_on_rows_beside(
    outputs: int, rows: int, start: int
) -> None:
    x, weights, ops = floats(rows + start, 64), WEIGHTS[outputs], SteadyOps()
    product = ops.gemm(x, weights, trans2=True)
    assert np.abs(product - NumpyOps().gemm(x, weights, trans2=True)).max() < 1e-4
    assert (ops.gemm(x[start:], weights, trans2=True) == product[start:]).all()


def test_a_product_is_written_where_it_is_asked_for() -> None:
    x, weights, out = floats(100, 64), WEIGHTS[64], np.empty((100, 64), np.float32)
    assert SteadyOps().gemm(x, weights, out=out, trans2=True) is out
    assert (out == SteadyOps().gemm(x, weights, trans2=True)).all()


def test_other_products_are_thincs() -> None:
    x, y = floats(5, 7), floats(7, 3)
    assert (SteadyOps().gemm(x, y) == NumpyOps().gemm(x, y)).all()
    assert (SteadyOps().gemm(x, x, trans1=True) == NumpyOps().gemm(x, x, trans1=True)).all()


def test_what_depends_on_the_place_of_a_row_is_not_steady(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = np.ones((6, 40), np.float32)
    assert is_steady(weights)

    def dot(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        product = a @ b
        product[7::12, 20] = np.nextafter(product[7::12, 20], np.float32(1e9))
        return product

    monkeypatch.setattr(matrices.np, "dot", dot)
    assert not is_steady(weights)
    x, y = floats(100, 6), floats(24, 6)
    assert (SteadyOps().gemm(x, y, trans2=True) == NumpyOps().gemm(x, y, trans2=True)).all()
