"""Words that may be one, and the index that finds their owners."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from newsclaims.resolve.spellings import WordIndex, same_word

WORD = st.text("abc", min_size=1, max_size=7) | st.text("a", min_size=18, max_size=24)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("lemos", "lemos", True),
        ("l", "lemos", True),
        ("k", "lemos", False),
        ("popescu", "popesku", True),
        ("popescu", "popesccu", True),
        ("popescu", "copescu", False),
        ("popescu", "popesk", False),
        ("adil", "adel", False),
    ],
)
def test_same_word(left: str, right: str, same: bool) -> None:
    assert same_word(left, right) is same
    assert same_word(right, left) is same


@given(st.lists(st.lists(WORD, min_size=1, max_size=3), max_size=6), st.lists(WORD, min_size=1))
@example([["abcab"], ["abcb"], ["abccab"], ["a"]], ["abcab"])
@example([["a" + "b" * 18], ["ab" + "c" + "b" * 18]], ["a" + "b" * 19])
def test_all_who_have_the_words_are_among_the_candidates(
    people: list[list[str]], words: list[str]
) -> None:
    index = WordIndex()
    for number, name in enumerate(people):
        index.add(number, name)
    candidates = index.candidates(words)
    assert candidates == sorted(set(candidates))
    assert set(candidates) >= {
        number
        for number, name in enumerate(people)
        if all(any(same_word(word, own) for own in name) for word in words)
    }


def test_others_are_few() -> None:
    index = WordIndex()
    for number, letters in enumerate(["kroll", "brandt", "sauer", "meyer"]):
        index.add(number, ["ana", letters])
    assert index.candidates(["ana", "brand"]) == [1]
