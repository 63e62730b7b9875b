"""spaCy's default tok2vec at inference, in a third of its time.

Two thirds of a parse are spent in `spacy.Tok2Vec.v2` layers of a `MultiHashEmbed` and a
`MaxoutWindowEncoder`, once for tagger and parser and once for named entities. Here

- the vector of a word before it meets its neighbours is computed once and kept, since it depends
  on ORTH, NORM and SPACY alone. spaCy's own layer computes it, on a document of the new words;
- the convolutions over neighbours run in blocks that stay in the processor's cache, on numpy's
  BLAS, which multiplies three to six times as fast as the BLIS that spaCy brings.

Vectors differ from spaCy's by rounding alone (5e-6 at most where it was measured), annotations on
no text that was measured. The vector of a token is the same bit by bit whatever is parsed beside
it. BLAS libraries do not promise that, so `newsclaims.parse.matrices` sees to it.
The layers behind multiply by it, too.
"""

from collections.abc import Callable, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

from newsclaims.parse.matrices import BLOCKS, MARGIN, SteadyOps, blocks, is_steady, with_margins

if TYPE_CHECKING:
    from spacy.language import Language

Floats = NDArray[np.float32]

# Words whose vectors are kept; at this number all are forgotten. 64 Ki rows of 96 take 25 MB.
LIMIT = 1 << 16

# Nodes that look at one word at a time: nothing but these may stand in the embedding layer.
_WORDWISE = frozenset(
    "extract_features list2ragged ints-getitem hashembed static_vectors maxout layernorm dropout "
    "ragged2list".split()
)
# What these read of a word is told by three of its attributes.
_KEY: list[int | str] = ["ORTH", "NORM", "SPACY"]
_COLUMNS = frozenset(
    "ORTH NORM LOWER PREFIX SUFFIX SHAPE LENGTH SPACY IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_PUNCT "
    "IS_SPACE IS_TITLE IS_UPPER LIKE_EMAIL LIKE_NUM LIKE_URL IS_STOP".split()
)
_PRODUCTS = {"linear", "maxout", "precomputable_affine", "softmax", "static_vectors"}
_CONVOLUTION = ["expand_window", "maxout", "layernorm", "dropout"]
_EPSILON = np.float32(1e-8)


def install(nlp: "Language") -> list[str]:
    """Replace each tok2vec of the default architecture in `nlp`.

    Args:
        nlp: A pipeline that is used for inference alone from now on.

    Returns:
        The names of the components that were changed; none for other architectures.
    """
    replaced = [name for name, component in nlp.pipeline if _replace(component)]
    for _, component in nlp.pipeline if replaced else ():
        if isinstance(model := getattr(component, "model", None), Model):
            _multiply_steadily(model)
    return replaced


def _multiply_steadily(model: "Model[Any, Any]") -> None:
    """Let the layers of `model` multiply on numpy's BLAS, too."""
    ops = SteadyOps()
    for node in model.walk():
        if node.name in _PRODUCTS and type(node.ops) is NumpyOps:
            node.ops = ops


def _replace(component: Any) -> bool:
    model = getattr(component, "model", None)
    if not isinstance(model, Model):
        return False
    if (layer := _recognise(model)) is not None:
        component.model = layer.as_model()
        return True
    replaced = False
    for node in list(model.walk()):
        for place, inner in enumerate(node.layers):
            if (layer := _recognise(inner)) is not None:
                node.layers[place] = layer.as_model()
                replaced = True
    return replaced


def _recognise(model: "Model[Any, Any]") -> "FastTok2Vec | None":
    """The fast layer for `model`; None where its nodes or shapes are not the default ones."""
    if not (model.has_ref("embed") and model.has_ref("encode")):
        return None
    embed, encode = model.get_ref("embed"), model.get_ref("encode")
    if model.layers != [embed, encode] or not isinstance(model.ops, NumpyOps):
        return None
    if not _is_wordwise(embed) or (convolutions := _convolutions(encode)) is None:
        return None
    return FastTok2Vec(embed, convolutions, model.ops)


def _is_wordwise(embed: "Model[Any, Any]") -> bool:
    leaves = [node for node in embed.walk() if not node.layers]
    columns = {name for leaf in leaves for name in leaf.attrs.get("columns", ())}
    keys = {leaf.attrs["key_attr"] for leaf in leaves if "key_attr" in leaf.attrs}
    return (
        _WORDWISE.issuperset(leaf.name for leaf in leaves)
        and _COLUMNS.issuperset(columns)
        and keys <= {"ORTH"}
    )


class _Convolution(NamedTuple):
    """Weights of one layer: of a window of three words, for all pieces of maxout side by side.

    Shapes: weights (3 * width, pieces * width + 2 * MARGIN), bias alike in one row; gain and shift
    (width).
    """

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats


def _convolutions(encode: "Model[Any, Any]") -> list[_Convolution] | None:
    """The layers of a `MaxoutWindowEncoder` of window size 1; None if `encode` is none."""
    nodes = list(encode.walk(order="dfs_pre"))
    leaves = [node for node in nodes if not node.layers]
    residual = [
        node for node in nodes if node.name.startswith("residual(") and len(node.layers) == 1
    ]
    depth = len(leaves) // len(_CONVOLUTION)
    if (
        not encode.name.startswith("with_array(")
        or [leaf.name for leaf in leaves] != _CONVOLUTION * depth
        or not len(residual) == depth == encode.attrs["pad"]
    ):
        return None
    layers = [leaves[start : start + 4] for start in range(0, 4 * depth, 4)]
    found = [
        _convolution(maxout, norm)
        for window, maxout, norm, _ in layers
        if window.attrs["window_size"] == 1
    ]
    convolutions = [layer for layer in found if layer is not None]
    shapes = {(layer.weights.shape, layer.gain.shape) for layer in convolutions}
    return convolutions if len(convolutions) == depth and len(shapes) == 1 else None


def _convolution(maxout: "Model[Any, Any]", norm: "Model[Any, Any]") -> _Convolution | None:
    weights, bias = np.asarray(maxout.get_param("W")), np.asarray(maxout.get_param("b"))
    gain, shift = np.asarray(norm.get_param("G")), np.asarray(norm.get_param("b"))
    width, pieces, inputs = weights.shape
    if inputs != 3 * width or gain.shape != (width,) or weights.dtype != np.float32:
        return None
    side_by_side = weights.transpose(2, 1, 0).reshape(inputs, pieces * width)
    return _Convolution(
        with_margins(side_by_side),
        with_margins(bias.T.reshape(1, -1)),
        gain,
        shift,
    )


class FastTok2Vec:
    """A tok2vec of the default architecture.

    Args:
        embed: spaCy's layer from documents to vectors of single words.
        convolutions: The layers of the encoder; all of one shape.
        ops: What multiplies where numpy's BLAS does not do it steadily.
    """

    def __init__(
        self, embed: "Model[Any, Any]", convolutions: Sequence[_Convolution], ops: NumpyOps
    ) -> None:
        _multiply_steadily(embed)
        self._convolutions = convolutions
        self._words = _WordVectors(embed, len(convolutions[0].gain))
        self._multiply: Callable[..., object] = ops.gemm
        if is_steady(convolutions[0].weights):
            self._multiply = np.dot
        rows, width = BLOCKS[0], self._words.width
        self._window = np.empty((rows, 3 * width), np.float32)
        self._product = np.empty((rows, convolutions[0].weights.shape[1]), np.float32)
        self._best = np.empty((rows, width), np.float32)
        self._square = np.empty((rows, width), np.float32)

    def as_model(self) -> "Model[list[Doc], list[Floats]]":
        """A layer that can stand where spaCy's stood."""
        return Model("fast_tok2vec", self._forward, dims={"nO": self._words.width})

    def _forward(
        self, model: "Model[list[Doc], list[Floats]]", docs: list[Doc], is_train: bool
    ) -> tuple[list[Floats], Callable[..., Any]]:
        del model
        if is_train:
            raise NotImplementedError("fast_tok2vec is for inference; train the model as it came")
        return self.vectors(docs), _no_gradient

    def vectors(self, docs: Sequence[Doc]) -> list[Floats]:
        """The vectors of the tokens of each document, in arrays of shape (tokens, width)."""
        lengths = [len(doc) for doc in docs]
        if not sum(lengths):
            return [np.zeros((0, self._words.width), np.float32) for _ in docs]
        rows = self._words.rows(docs)
        # As spaCy lays them out: between documents stand rows that no real token sees through.
        gap = len(self._convolutions)
        starts = np.cumsum([gap, *(length + gap for length in lengths)])[:-1]
        spans = list(zip(starts, starts + lengths, strict=True))
        places = np.concatenate([np.arange(start, stop) for start, stop in spans])
        # Rounded up to whole blocks, with a row of zeros before the first and after the last.
        size = -(-(int(places[-1]) + 1 + gap) // BLOCKS[-1]) * BLOCKS[-1]
        x = np.zeros((size + 2, self._words.width), np.float32)
        y = np.zeros_like(x)
        x[places + 1] = self._words.table[rows]
        for layer in self._convolutions:
            for start, stop in blocks(size):
                self._convolve(x, y, start, stop, layer)
            x, y = y, x
        return [x[start + 1 : stop + 1].copy() for start, stop in spans]

    def _convolve(self, x: Floats, y: Floats, start: int, stop: int, layer: _Convolution) -> None:
        """Write rows `start` to `stop` of one layer's output into `y`; both are shifted by 1."""
        count, width = stop - start, x.shape[1]
        window, product = self._window[:count], self._product[:count]
        best, square = self._best[:count], self._square[:count]
        for place in range(3):
            window[:, place * width : (place + 1) * width] = x[start + place : stop + place]
        self._multiply(window, layer.weights, out=product)
        product += layer.bias
        pieces = product[:, MARGIN:-MARGIN].reshape(count, -1, width)
        np.max(pieces, axis=1, out=best)
        best -= best.mean(axis=1, keepdims=True)
        np.multiply(best, best, out=square)
        best /= np.sqrt(square.mean(axis=1, keepdims=True) + _EPSILON)
        best *= layer.gain
        best += layer.shift
        np.add(best, x[start + 1 : stop + 1], out=y[start + 1 : stop + 1])


class _WordVectors:
    """What spaCy's embedding layer gives for each word, computed once.

    Args:
        embed: The layer.
        width: Numbers of a vector.
        limit: Words that are kept at most, unless one batch has more.
    """

    def __init__(self, embed: "Model[Any, Any]", width: int, limit: int = LIMIT) -> None:
        self.width = width
        self.table = np.empty((1024, width), np.float32)
        self._embed = embed
        self._limit = limit
        self._rows: dict[tuple[int, int, int], int] = {}

    def rows(self, docs: Sequence[Doc]) -> NDArray[np.intp]:
        """The row of `table` for each token of `docs`, in one line."""
        words = np.concatenate([doc.to_array(_KEY) for doc in docs])
        keys = list(zip(*words.T.tolist(), strict=True))
        new = {key for key in keys if key not in self._rows}
        if len(self._rows) + len(new) > self._limit:
            self._rows.clear()
            new = set(keys)
        if new:
            self._add(docs[0].vocab, sorted(new))
        return np.array([self._rows[key] for key in keys], np.intp)

    def _add(self, vocab: Any, keys: Sequence[tuple[Any, int, int]]) -> None:
        words, norms, spaces = zip(*keys, strict=True)
        doc = Doc(vocab, words=list(words), spaces=list(map(bool, spaces)))
        column: Any = np.array([norms], np.uint64).T  # the stub asks for signed integers
        doc.from_array(["NORM"], column)
        first = len(self._rows)
        self._rows.update(zip(keys, count(first), strict=False))
        if len(self._rows) > len(self.table):
            self.table = np.resize(self.table, (2 * len(self._rows), self.width))
        (self.table[first : len(self._rows)],) = self._embed.predict([doc])


def _no_gradient(*_: object) -> None:
    raise NotImplementedError("fast_tok2vec is for inference")
