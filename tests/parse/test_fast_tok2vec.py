import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from newsclaims import Article, Pipeline, read_articles
from newsclaims.parse import fast_tok2vec, matrices
from newsclaims.parse.cache import ParseCache
from newsclaims.parse.fast_tok2vec import FastTok2Vec
from newsclaims.parse.parser import Parser
from newsclaims.text.tokens import Tokens
from spacy.language import Language
from spacy.tokens import Doc

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"
TEXTS = [
    "Ana Popescu met reporters in Oslo.\n\nShe couldn't say when “the bridge” would open.",
    "Bridge",
    "The mayor of Bergen, Ion Rusu, resigned on 3 May 2024 - nobody knows why  ...",
]
# Articles of each folder of development corpora; `make soak` takes all.
ARTICLES = int(os.environ.get("NEWSCLAIMS_PARSES", "2"))


@pytest.fixture(scope="module")
def plain() -> Parser:
    return Parser(fast=False)


def vectors(parser: Parser, texts: Sequence[str]) -> list[np.ndarray]:
    nlp = parser.nlp
    return nlp.get_pipe("tok2vec").predict([nlp.make_doc(text) for text in texts])


def scores(parser: Parser, doc: Doc) -> np.ndarray:
    """The tagger's score of each tag for each token."""
    nlp = parser.nlp
    return nlp.get_pipe("tagger").model.predict([nlp.get_pipe("tok2vec")(doc)])[0]


def annotations(parser: Parser, texts: Sequence[str]) -> list[tuple[object, ...]]:
    return [annotated(tokens) for tokens in parser.parse(texts)]


def annotated(tokens: Tokens) -> tuple[object, ...]:
    """All that the model says of a text; where its words stand is the view's."""
    said = tokens.starts, tokens.ends, tokens.tags, tokens.deps, tokens.heads, tokens.opens
    return tokens.text, *said, tokens.entities


def test_the_default_model_is_computed_fast(parser: Parser, plain: Parser) -> None:
    names = [node.name for _, pipe in parser.nlp.pipeline for node in pipe.model.walk()]
    assert names.count("fast_tok2vec") == 2
    assert not any("fast" in node.name for _, p in plain.nlp.pipeline for node in p.model.walk())


def test_annotations_of_the_corpus_are_those_of_spacy(parser: Parser, plain: Parser) -> None:
    texts = [article.text for article in read_articles([CORPUS]) if isinstance(article, Article)]
    assert len(texts) > 40
    assert annotations(parser, texts) == annotations(plain, texts)


def test_annotations_of_other_news_are_those_of_spacy(
    parser: Parser, plain: Parser, shared: Path
) -> None:
    for source in sorted((shared / "corpora").glob("*/articles.jsonl")):
        lines = source.read_text(encoding="utf-8").splitlines()
        texts = [json.loads(line)["text"] for line in lines[:ARTICLES]]
        assert annotations(parser, texts) == annotations(plain, texts), source.parent.name


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_vectors_and_scores_are_close_to_those_of_spacy(
    parser: Parser, plain: Parser, text: str
) -> None:
    both = zip(vectors(parser, [text]), vectors(plain, [text]), strict=True)
    assert all(np.abs(fast - slow).max(initial=0) < 1e-4 for fast, slow in both)
    fast, slow = (scores(each, each.nlp.make_doc(text)) for each in (parser, plain))
    assert np.abs(fast - slow).max(initial=0) < 1e-4


@given(st.lists(st.sampled_from(TEXTS), min_size=2, max_size=6), st.integers(0, 300))
@settings(max_examples=25)
def test_a_vector_is_the_same_bit_by_bit_whatever_stands_beside(
    parser: Parser, texts: list[str], filler: int
) -> None:
    alone = [vectors(parser, [text])[0] for text in texts]
    together = vectors(parser, ["word " * filler, *texts, "x " * 900])[1:-1]
    assert all((a == b).all() for a, b in zip(alone, together, strict=True))


def test_scores_are_the_same_bit_by_bit_whatever_stands_beside(parser: Parser) -> None:
    docs = [parser.nlp.make_doc(text) for text in [*TEXTS, "word " * 900]]
    model = parser.nlp.get_pipe("tagger").model
    list(parser.nlp.get_pipe("tok2vec").pipe(docs))
    together = model.predict(docs)
    alone = [model.predict([parser.nlp.get_pipe("tok2vec")(doc)])[0] for doc in docs]
    assert all((a == b).all() for a, b in zip(alone, together, strict=True))


def test_documents_without_tokens_have_no_vectors(parser: Parser) -> None:
    empty, full, other = vectors(parser, ["", TEXTS[0], ""])
    assert empty.shape == other.shape == (0, 96)
    assert (full == vectors(parser, [TEXTS[0]])[0]).all()


def layer_of(nlp: Language) -> FastTok2Vec:
    return nlp.get_pipe("tok2vec").model._func.__self__


def test_few_words_are_kept_and_forgotten_words_computed_again(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [vectors(parser, [text])[0] for text in TEXTS * 2]
    words = layer_of(parser.nlp)._words
    monkeypatch.setattr(words, "_limit", 15)
    found = []
    for text in TEXTS * 2:
        found += vectors(parser, [text])
        assert len(words._rows) <= 25, "the longest text has more than the limit"
    assert all((a == b).all() for a, b in zip(expected, found, strict=True))


@pytest.mark.parametrize(
    ("embed", "encode"),
    [
        ({}, {"@architectures": "spacy.MishWindowEncoder.v2"}),
        ({}, {"@architectures": "spacy.MaxoutWindowEncoder.v2", "window_size": 2}),
        ({"@architectures": "spacy.CharacterEmbed.v2", "nM": 8, "nC": 4, "rows": 50}, {}),
    ],
    ids=["another activation", "a wider window", "another embedding"],
)
def test_other_architectures_are_left_alone(embed: dict, encode: dict) -> None:
    model = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": embed | {"width": 96, "include_static_vectors": False} | ({} if embed else HASHES),
        "encode": {"width": 96, "depth": 2, "window_size": 1}
        | ({"maxout_pieces": 3} if "Mish" not in str(encode) else {})
        | {"@architectures": "spacy.MaxoutWindowEncoder.v2"}
        | encode,
    }
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": model})
    nlp.initialize()
    before = nlp.get_pipe("tok2vec").model
    assert fast_tok2vec.install(nlp) == []
    assert nlp.get_pipe("tok2vec").model is before


HASHES = {
    "@architectures": "spacy.MultiHashEmbed.v2",
    "attrs": ["NORM", "SHAPE"],
    "rows": [100, 100],
}


@pytest.mark.parametrize("depth", [1, 3])
def test_other_depths_and_features_of_the_default_architecture_are_fast(depth: int) -> None:
    nlp = spacy.blank("en")
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 32,
        "depth": depth,
        "window_size": 1,
        "maxout_pieces": 2,
    }
    embed = HASHES | {"width": 32, "include_static_vectors": False}
    model = {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}
    nlp.add_pipe("tok2vec", config={"model": model})
    nlp.initialize()
    docs = [nlp.make_doc(text) for text in TEXTS]
    expected = nlp.get_pipe("tok2vec").predict(docs)
    assert fast_tok2vec.install(nlp) == ["tok2vec"]
    found = nlp.get_pipe("tok2vec").predict(docs)
    assert all(np.abs(a - b).max() < 1e-4 for a, b in zip(expected, found, strict=True))


def test_where_blas_is_not_steady_spacy_multiplies(
    plain: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fast_tok2vec, "is_steady", lambda _: False)
    monkeypatch.setattr(matrices, "is_steady", lambda _: False)
    parser = Parser()
    assert layer_of(parser.nlp)._multiply is not np.dot
    assert annotations(parser, TEXTS) == annotations(plain, TEXTS)
    both = zip(vectors(parser, TEXTS), vectors(plain, TEXTS), strict=True)
    assert all(np.abs(fast - slow).max() < 1e-5 for fast, slow in both)


def test_a_fast_model_is_not_trained(parser: Parser) -> None:
    tok2vec = parser.nlp.get_pipe("tok2vec").model
    with pytest.raises(NotImplementedError, match="inference"):
        tok2vec.begin_update([parser.nlp.make_doc("Oslo")])


def test_a_run_is_the_same_either_way_and_says_so(plain: Parser, parser: Parser) -> None:
    assert plain.identity == parser.identity
    articles = [Article(id=str(n), text=text) for n, text in enumerate(TEXTS)]
    fast, slow = (list(Pipeline(fast=fast).pipe(articles)) for fast in (True, False))
    assert fast == slow


def test_parses_kept_by_the_fast_way_do_not_stand_for_those_of_spacy(tmp_path: Path) -> None:
    fast = Parser(cache=ParseCache(tmp_path))
    slow = Parser(cache=ParseCache(tmp_path), fast=False)
    assert annotations(fast, TEXTS) == annotations(slow, TEXTS)
    assert ParseCache(tmp_path).state().parses == 2 * len(TEXTS)
