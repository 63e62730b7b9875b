import random

import numpy as np
import pytest
from newsclaims.copies import SIGNATURE, Copy, alone, find_copies, signature
from newsclaims.records import text_sha256

WORDS = [f"word{number}" for number in range(5000)]


def text(seed: int, words: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def edited(original: str, every: int) -> str:
    words = original.split()
    words[::every] = ["changed"] * len(words[::every])
    return " ".join(words)


def copies(*texts: str) -> dict[int, Copy]:
    return dict(find_copies(map(signature, texts), lambda number: ("", f"a{number}")))


def clusters(found: dict[int, Copy]) -> list[set[int]]:
    by_name: dict[str, set[int]] = {}
    for number, copy in found.items():
        by_name.setdefault(copy.cluster, set()).add(number)
    return sorted(by_name.values(), key=min)


def test_unlike_texts_have_no_copies() -> None:
    assert copies(*(text(seed) for seed in range(200))) == {}
    assert copies() == {}


def test_the_same_text_is_a_copy_and_so_is_a_trimmed_one() -> None:
    one, other = text(1), text(2)
    found = copies(one, other, one, one[: len(one) * 4 // 5], "Oslo. " + one.upper())
    assert clusters(found) == [{0, 2, 3, 4}]


@pytest.mark.parametrize(("every", "alike"), [(60, True), (4, False)])
def test_a_text_with_some_words_changed_is_a_copy_and_one_with_many_is_none(
    every: int, alike: bool
) -> None:
    assert bool(copies(text(1), edited(text(1), every))) is alike


def test_the_estimate_is_near_the_jaccard_similarity() -> None:
    def runs(words: list[str]) -> set[tuple[str, ...]]:
        return set(zip(words, words[1:], words[2:], words[3:], strict=False))

    errors = []
    for seed in range(30):
        one = text(seed, 400)
        other = edited(one, 20)
        left, right = runs(one.split()), runs(other.split())
        true = len(left & right) / len(left | right)
        values = [np.frombuffer(signature(each)[32:], dtype="<u2") for each in (one, other)]
        errors.append((values[0] == values[1]).mean() - true)
    assert abs(np.mean(errors)) < 0.02
    assert np.std(errors) < 0.06


def test_the_earliest_is_no_copy_and_texts_are_counted() -> None:
    published = ["2024-05-03", "2024-05-01", "", "2024-05-01"]
    texts = [text(1), text(1), text(1), edited(text(1), 60)]
    found = find_copies(map(signature, texts), lambda number: (published[number], f"a{9 - number}"))
    assert [found[number].copy for number in range(4)] == [1, 1, 1, 0]
    assert [found[number].text_copy for number in range(4)] == [1, 0, 2, 0]


def test_the_order_of_articles_changes_nothing() -> None:
    texts = [edited(text(seed % 40), 50 + seed) for seed in range(200)] + [text(3)] * 5
    numbers = list(range(len(texts)))
    expected = copies(*texts)
    assert len(clusters(expected)) == 40
    random.Random(5).shuffle(numbers)
    found = find_copies(
        (signature(texts[number]) for number in numbers), lambda place: ("", f"a{numbers[place]}")
    )
    assert {numbers[place]: copy for place, copy in found.items()} == expected


@pytest.mark.parametrize("strange", ["", "one", "…", "one two three", "漢字 ß " * 3000])
def test_short_and_strange_texts_have_signatures(strange: str) -> None:
    assert len(signature(strange)) == SIGNATURE
    assert alone(text_sha256(strange)) == Copy(signature(strange)[:8].hex())


def test_a_signature_is_the_same_everywhere() -> None:
    assert (
        signature("The minister spoke in Oslo on Friday.").hex()[64:96]
        == "ebf6a2b1224e9fc546049030b985ce62"
    )
