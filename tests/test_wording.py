import pytest
from newsclaims.wording import plural


@pytest.mark.parametrize(
    ("count", "words", "said"),
    [
        (0, ("article",), "0 articles"),
        (1, ("article",), "1 article"),
        (2, ("loss", "losses"), "2 losses"),
        (1, ("loss", "losses"), "1 loss"),
    ],
)
def test_one_thing_is_one(count: int, words: tuple[str, ...], said: str) -> None:
    assert plural(count, *words) == said
