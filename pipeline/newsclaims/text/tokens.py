"""A parsed text as parallel lists, one entry a token: what every room and resolver reads.

Made once an article, by the model or from the parse cache, and handed down unchanged. Plain lists
are read ten times faster than the objects of spaCy, and outlive its vocabulary.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from newsclaims.text.datelines import Dateline, datelines
from newsclaims.text.lines import paragraphs
from newsclaims.text.offsets import IDENTITY, OffsetMap
from newsclaims.text.quotations import find_quotes

Range = tuple[int, int]
"""Half-open tokens."""


class Entity(NamedTuple):
    """Half-open tokens that the model takes for a name, a time or an amount: OntoNotes label."""

    start: int
    end: int
    label: str


class Quotation(NamedTuple):
    """A quotation as half-open tokens, marks included; not `closed` where its end has no mark."""

    start: int
    end: int
    closed: bool


@dataclass(frozen=True)
class Tokens:
    """The tokens of a clean view, white space among them, with tree, sentences and entities.

    `starts` and `ends` are offsets of characters of the view; `heads` and entities count tokens. A
    root is its own head.
    """

    text: str
    starts: list[int]
    ends: list[int]
    tags: list[str]
    """Penn."""
    deps: list[str]
    heads: list[int]
    opens: list[bool]
    """Whether the parser begins a sentence."""
    entities: tuple[Entity, ...]
    offsets: OffsetMap = IDENTITY
    """Where the characters of `text`, a clean view, stand in the raw text."""

    def __len__(self) -> int:
        return len(self.starts)

    def read_from(self, offsets: OffsetMap) -> "Tokens":
        """These tokens, of a view with this way back to its raw text."""
        return replace(self, offsets=offsets)

    @cached_property
    def texts(self) -> list[str]:
        """Each token as written."""
        text = self.text
        return [text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]

    @cached_property
    def lower(self) -> list[str]:
        """Each token in lower case."""
        return [text.lower() for text in self.texts]

    @cached_property
    def straight(self) -> list[str]:
        """Each token in lower case with straight apostrophes."""
        if "’" not in self.text:
            return self.lower
        return [text.replace("’", "'") for text in self.lower]

    @cached_property
    def labels(self) -> list[str]:
        """The label of the entity that each token is a part of, or ""."""
        labels = [""] * len(self)
        for start, end, label in self.entities:
            labels[start:end] = [label] * (end - start)
        return labels

    @cached_property
    def begins(self) -> list[bool]:
        """Whether a sentence begins: where the parser says so, but for right behind a comma."""
        before = ["", *self.texts]
        return [opens and last != "," for opens, last in zip(self.opens, before, strict=False)]

    @cached_property
    def sentences(self) -> list[int]:
        """The offsets at which sentences begin."""
        return [start for start, begins in zip(self.starts, self.begins, strict=True) if begins]

    @cached_property
    def sentence(self) -> list[Range]:
        """The sentence of each token."""
        firsts = [token for token, begins in enumerate(self.begins) if begins]
        return [
            bounds
            for bounds in pairwise([*firsts, len(self)])
            for _ in range(bounds[1] - bounds[0])
        ]

    @cached_property
    def paragraph(self) -> list[int]:
        """The number of each token's paragraph; 0 for white space between two."""
        numbers = [0] * len(self)
        for number, (start, end) in enumerate(paragraphs(self.text)):
            first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
            numbers[first:last] = [number] * (last - first)
        return numbers

    @cached_property
    def datelines(self) -> list[Dateline]:
        """What has the form of a dateline, in order."""
        return list(datelines(self.text))

    @cached_property
    def quotations(self) -> list[Quotation]:
        """The outermost quotations, in order."""
        found: list[Quotation] = []
        for quote in find_quotes(self.text):
            start = bisect_right(self.starts, quote.start) - 1
            end = bisect_left(self.starts, quote.end)
            if not found or start >= found[-1].end:
                found.append(Quotation(start, end, quote.closed))
        return found

    @cached_property
    def quoted(self) -> list[int]:
        """The number of the quotation that each token stands in, or -1."""
        numbers = [-1] * len(self)
        for number, (start, end, _) in enumerate(self.quotations):
            numbers[start:end] = [number] * (end - start)
        return numbers

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that a character stands in."""
        return bisect_right(self.sentences, offset) - 1

    @cached_property
    def children(self) -> list[list[int]]:
        """The tokens that hang directly on each token, in order."""
        children: list[list[int]] = [[] for _ in self.heads]
        for child, head in enumerate(self.heads):
            if head != child:
                children[head].append(child)
        return children

    @cached_property
    def subtrees(self) -> list[tuple[int, int]]:
        """The half-open tokens from the first to the last that hang on each, itself included."""
        heads, first, last = self.heads, list(range(len(self))), list(range(len(self)))
        # The first token to reach a head from below is the outermost: no head is set twice.
        for token in range(len(self)):
            below = token
            while first[head := heads[below]] > token:
                first[head], below = token, head
        for token in reversed(range(len(self))):
            below = token
            while last[head := heads[below]] < token:
                last[head], below = token, head
        return [(one, other + 1) for one, other in zip(first, last, strict=True)]

    def at(self, offset: int) -> int:
        """The token that covers a character, or the last one before it."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def lefts(self, token: int) -> Iterator[int]:
        """The tokens before `token` that hang directly on it."""
        return (child for child in self.children[token] if child < token)
