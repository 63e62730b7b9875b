from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims.text.lines import joining_edits, pieces, sentence_breaks
from newsclaims.text.offsets import apply_edits


def sentences(text: str) -> list[str]:
    view = apply_edits(text, joining_edits(text))
    cuts = [0, *sentence_breaks(view), len(view)]
    return [view[start:end].strip() for start, end in pairwise(cuts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Floods hit the coast\n\nThe river rose.", ["Floods hit the coast", "The river rose."]),
        ("Floods hit the coast\nThe river rose.", ["Floods hit the coast", "The river rose."]),
        (
            "The team includes:\n-\nAma Boateng, former MP\n-\nKofi Owusu, mayor\nThey leave.",
            [
                "The team includes:",
                "-",
                "Ama Boateng, former MP",
                "-",
                "Kofi Owusu, mayor",
                "They leave.",
            ],
        ),
        ("• Ama Boateng\n• Kofi Owusu", ["• Ama Boateng", "• Kofi Owusu"]),
        ("It rose to the\nhighest mark.", ["It rose to the highest mark."]),
        ("“It rose.”\nthen fell.", ["“It rose.”", "then fell."]),
        ("A line\r\n\r\nAnother", ["A line", "Another"]),
        ("The mayor of\r\nthe town left", ["The mayor of the town left"]),
        ("One line\n\n", ["One line"]),
    ],
)
def test_line_ends_that_close_a_sentence(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


WRAPPED = """The river rose to its highest mark in a century on the day after the
first rains, and the mayor of the town asked its people to leave, said the
Water Board. The school

- stays closed on Monday and on Tuesday, for as long as the water of the
river stands in its yard
- may open again
"""


def test_hard_wrapped_prose_goes_on_over_its_line_ends() -> None:
    first, _, second = WRAPPED.partition("\n\n")
    stays, may = second.split("\n- ")
    joined = [part.replace("\n", " ").strip() for part in (first, stays, f"- {may}")]
    # The parser ends the sentence before "The school", which stands in the middle of a line.
    assert sentences(WRAPPED) == joined


def test_lines_of_much_the_same_length_are_not_wrapped_for_that() -> None:
    lines = [
        f"Councillor {name} of the Northern Ward, elected in May" for name in ("Ali", "Bo")
    ] * 4
    assert sentences("\n".join(lines)) == lines


@given(st.text(alphabet="aB. \n\r-•", max_size=200))
def test_breaks_are_offsets_of_characters_in_order(text: str) -> None:
    breaks = sentence_breaks(text)
    assert breaks == sorted(set(breaks))
    assert all(0 < offset < len(text) and not text[offset].isspace() for offset in breaks)


@given(st.text(alphabet="ab \n", max_size=300), st.integers(2, 50))
def test_pieces_join_to_the_text_and_keep_their_length(text: str, longest: int) -> None:
    found = pieces(text, longest)
    assert "".join(found) == text
    assert all(len(piece) <= longest for piece in found)
    assert all(found) or text == ""


def test_pieces_are_cut_at_paragraph_ends_where_there_are_any() -> None:
    text = "first paragraph\n\nsecond one\nin two lines\n\nthird"
    assert pieces(text, 44) == ["first paragraph\n\nsecond one\nin two lines\n\n", "third"]
    assert pieces("one two three", 8) == ["one two ", "three"]
    assert pieces("x" * 10, 4) == ["xxxx", "xxxx", "xx"]


def test_prose_of_two_lines_and_more_is_told_from_lists() -> None:
    prose = "The keys of the tower were given to\nAgata Brandt, the warden of the\nold town."
    assert sentences(prose) == [prose.replace("\n", " ")]
    double = prose.replace("\n", "\n\n")
    assert sentences(double) == [prose.replace("\n", " ")]
    figures = "HULL:\nHouses: 19\nMills: 12\nBridges, old: 4"
    assert sentences(figures) == figures.split("\n")
