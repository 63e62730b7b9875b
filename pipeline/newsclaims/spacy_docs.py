"""Records on spaCy's `Doc`: for displaCy, and a component for pipelines of spaCy's own.

``spacy.blank("en").add_pipe("newsclaims")`` works wherever the package is installed: the component
is an entry point of the group ``spacy_factories``.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from newsclaims.assemble import Pipeline
from newsclaims.parse.model import DEFAULT_MODEL
from newsclaims.records import Article
from newsclaims.schema import LAYERS, ArticleRecord

NAME = "newsclaims"
ALL = "sc"  # the key of the spans that displaCy draws unless it is told of another


def to_doc(record: ArticleRecord, vocab: Vocab | None = None) -> Doc:
    """Make a spaCy `Doc` with the spans of a record.

    Its tokens are those of spaCy's English tokenizer, cut where a span begins or ends within one.

    Args:
        record: a record with its text, from a `Pipeline` or after `ArticleRecord.with_text`.
        vocab: the vocabulary of the `Doc`; a new one if none is given.

    Returns:
        A `Doc` whose ``spans`` hold a group for each layer (``doc.spans["roles"]``) with the
        spans of its rows, each with a label (``Role``, ``Holder`` ...) and the id of its row, and
        all of them together as ``doc.spans["sc"]``, which displaCy draws in its style ``span``.

    Raises:
        ValueError: the record has no text.
    """
    spans = [span for row in record.rows() for _, span in row.spans()]
    plain = spacy.blank("en").make_doc(record.text)
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    words, spaces = cut_words(plain, starts, ends)
    return with_spans(Doc(vocab or plain.vocab, words=words, spaces=spaces), record)


def with_spans(doc: Doc, record: ArticleRecord) -> Doc:
    """Put the spans of a record on a `Doc` of its text, widened to whole tokens."""
    groups: dict[str, list[Span]] = {name: [] for name in LAYERS}
    for name, layer in LAYERS.items():
        for row in getattr(record, name):
            for field, span in row.spans():
                found = doc.char_span(
                    span.start,
                    span.end,
                    label=layer.label(field),
                    span_id=row.id,
                    alignment_mode="expand",
                )
                assert found is not None  # a span has characters of the text
                groups[name].append(found)
    groups[ALL] = [span for spans in groups.values() for span in spans]
    for name, spans in groups.items():
        doc.spans[name] = SpanGroup(doc, name=name, spans=spans)
    return doc


def cut_words(doc: Doc, starts: set[int], ends: set[int]) -> tuple[list[str], list[bool]]:
    """Words and following spaces with every start and end between words; no character goes."""
    words: list[str] = []
    spaces: list[bool] = []
    edges = starts | ends
    for token in doc:
        start, end = token.idx, token.idx + len(token)
        inside = [start, *sorted(edge for edge in edges if start < edge < end), end]
        words += [doc.text[a:b] for a, b in pairwise(inside)]
        spaces += [False] * (len(words) - len(spaces))
        if token.whitespace_ and (end in starts or end + 1 in ends):
            words.append(" ")  # a span begins or ends with this space
            spaces.append(False)
        elif token.whitespace_:
            spaces[-1] = True
    return words, spaces


@Language.factory(
    NAME,
    assigns=["doc._.newsclaims", "doc.spans"],
    default_config={"model": DEFAULT_MODEL, "rules": None},
)
class Component:
    """A component that puts what a `Pipeline` extracts on each `Doc`.

    ``doc._.newsclaims`` is the record, and ``doc.spans`` has its spans as `to_doc` says. What is
    known of the article beside its text is read of ``doc._.newsclaims_article``, a mapping such as
    ``{"id": "a1", "published": "2025-06-01"}``.

    The text is parsed with `model`, so that a record is the same as without spaCy: put the
    component into a blank pipeline, since annotation that a `Doc` has is neither read nor changed.
    """

    def __init__(self, nlp: Language, name: str, model: str, rules: str | None) -> None:
        del nlp, name  # spaCy gives them to each component
        self._pipeline = Pipeline(model, rules=rules)
        if not Doc.has_extension(NAME):
            Doc.set_extension(NAME, default=None)
            Doc.set_extension(f"{NAME}_article", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Extract from the text of a `Doc`."""
        about: Mapping[str, Any] = doc._.newsclaims_article or {}
        record = self._pipeline.extract(Article(**{"id": "doc", **about, "text": doc.text}))
        doc._.newsclaims = record
        return with_spans(doc, record)
