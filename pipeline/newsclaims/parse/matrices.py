"""Products of matrices on numpy's BLAS, in which a row has the same bits wherever it stands.

A parse must not depend on what is parsed beside it. BLAS libraries round a row by its place and by
how many there are: the kernels of OpenBLAS for AVX2 take 12 rows at once and the rest in another
way, and treat the first and last 8 columns of the two halves of 12 differently. So products are
made in blocks of few sizes, with columns that nobody reads at both ends; `is_steady` checks that
this is enough on the machine at hand. Where it is not, the BLIS of thinc multiplies, which is
steady by itself and three to six times as slow.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import NumpyOps

Floats = NDArray[np.float32]

# Rows of a block: large ones as long as there are rows, then small ones. Multiples of 12.
BLOCKS = (768, 96)
MARGIN = 8

# OpenBLAS multiplies more columns than 320 in parts, each with ends of its own.
_PANEL = 256


def blocks(size: int) -> Iterator[tuple[int, int]]:
    """Where blocks of `BLOCKS` rows begin and end; `size` is a multiple of the smallest."""
    start = 0
    for rows in BLOCKS:
        while size - start >= rows:
            yield start, start + rows
            start += rows


def with_margins(columns: Floats) -> Floats:
    """The columns with `MARGIN` columns of zeros on both sides."""
    return np.ascontiguousarray(np.pad(columns, ((0, 0), (MARGIN, MARGIN))))


def is_steady(weights: Floats) -> bool:
    """Whether numpy multiplies a row to the same bits in each place of each block.

    Args:
        weights: What rows are multiplied by, with margins, which do not count.
    """
    rows = np.random.default_rng(0).standard_normal((4, len(weights))).astype(np.float32)
    for row in rows:
        products = [np.dot(np.tile(row, (size, 1)), weights) for size in BLOCKS]
        read = np.vstack(products)[:, MARGIN:-MARGIN]
        if not (read == read[0]).all():
            return False
    return True


class SteadyOps(NumpyOps):  # type: ignore[misc]  # thinc gives no types of its Cython classes
    """Thinc's operations on numpy arrays, with steady products by the weights of a layer.

    Weights are taken to stay as they are: for inference.
    """

    def __init__(self) -> None:
        super().__init__()
        self._panels: dict[tuple[int, tuple[int, ...]], list[Floats] | None] = {}

    def gemm(
        self,
        x: Any,
        y: Any,
        out: Any = None,
        trans1: bool = False,
        trans2: bool = False,
    ) -> Any:
        """The product of `x` (rows, inputs) and the weights `y` (outputs, inputs), transposed."""
        panels = self._panels_of(y) if trans2 and not trans1 else None
        if panels is None or x.dtype != np.float32:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        if out is None:
            out = self.alloc2f(len(x), len(y), zeros=False)
        size = -(-len(x) // BLOCKS[-1]) * BLOCKS[-1]
        rows = np.zeros((size, x.shape[1]), np.float32)
        rows[: len(x)] = x
        for start, stop in blocks(size):
            column = 0
            for panel in panels:
                product = np.dot(rows[start:stop], panel)[: len(x) - start, MARGIN:-MARGIN]
                out[start:stop, column : column + product.shape[1]] = product
                column += product.shape[1]
        return out

    def _panels_of(self, weights: Any) -> list[Floats] | None:
        """The weights in parts with margins; None where their product is not steady."""
        key = (weights.__array_interface__["data"][0], weights.shape)
        if key not in self._panels:
            parts = [
                with_margins(weights[start : start + _PANEL].T)
                for start in range(0, len(weights), _PANEL)
            ]
            self._panels[key] = parts if all(map(is_steady, parts)) else None
        return self._panels[key]
