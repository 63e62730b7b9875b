from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims.text.tokens import Entity, Tokens

TEXT = "Ana’s dog barked . It ran"


def tokens_with(heads: list[int], text: str = TEXT, entities: tuple[Entity, ...] = ()) -> Tokens:
    """Words apart by one space; a sentence begins where the word has a capital."""
    words = text.split(" ")
    ends = [end - 1 for end in accumulate(len(word) + 1 for word in words)]
    return Tokens(
        text=text,
        starts=[end - len(word) for end, word in zip(ends, words, strict=True)],
        ends=ends,
        tags=["NN"] * len(words),
        deps=["dep"] * len(words),
        heads=heads,
        opens=[word[0].isupper() for word in words],
        entities=entities,
    )


@pytest.fixture
def tokens() -> Tokens:
    return tokens_with([1, 2, 2, 2, 5, 5], entities=(Entity(0, 2, "ORG"),))


def test_words_are_cut_from_the_text(tokens: Tokens) -> None:
    assert tokens.texts == ["Ana’s", "dog", "barked", ".", "It", "ran"]
    assert tokens.lower[0] == "ana’s"
    assert tokens.straight[0] == "ana's"
    assert len(tokens) == 6


def test_labels_are_those_of_the_entities(tokens: Tokens) -> None:
    assert tokens.labels == ["ORG", "ORG", "", "", "", ""]


def test_sentences_begin_at_offsets(tokens: Tokens) -> None:
    assert [tokens.text[start:].split()[0] for start in tokens.sentences] == ["Ana’s", "It"]


@pytest.mark.parametrize(("offset", "token"), [(0, 0), (4, 0), (5, 0), (6, 1), (999, 5)])
def test_the_token_at_an_offset(tokens: Tokens, offset: int, token: int) -> None:
    assert tokens.at(offset) == token


def test_children_hang_on_their_heads(tokens: Tokens) -> None:
    assert tokens.children == [[], [0], [1, 3], [], [], [4]]
    assert list(tokens.lefts(2)) == [1]


def test_subtrees_reach_from_the_first_to_the_last_word(tokens: Tokens) -> None:
    assert tokens.subtrees == [(0, 1), (0, 2), (0, 4), (3, 4), (4, 5), (4, 6)]


@given(st.permutations(range(8)), st.data())
def test_a_subtree_holds_all_that_hangs_below(order: list[int], data: st.DataObject) -> None:
    heads = list(range(8))
    for place, token in enumerate(order[1:], 1):
        heads[token] = data.draw(st.sampled_from(order[:place]))
    below = [{token} for token in range(8)]
    for token in reversed(order[1:]):
        below[heads[token]] |= below[token]
    found = tokens_with(heads, " ".join("abcdefgh")).subtrees
    assert found == [(min(part), max(part) + 1) for part in below]
