"""What has the form of a dateline."""

import pytest
from newsclaims.text.datelines import datelines


@pytest.mark.parametrize(
    ("text", "place", "rest", "has_form"),
    [
        ("HULL, Norway, May 8 (AP) — The quay was shut.", "HULL", "The quay", True),
        ("NEW HULL (AP) - Two mills burnt.", "NEW HULL", "Two mills", True),
        ("HULL: The quay was shut.", "HULL", "The quay", True),
        ("HULL, on the river Wend, 8/5 - 12 mills burnt.", "HULL", "12 mills", False),
        ("By Ada Brandt. HULL -- Two mills burnt.", "HULL", "Two mills", True),
    ],
)
def test_datelines(text: str, place: str, rest: str, has_form: bool) -> None:
    (line,) = datelines(text)
    assert text[line.start : line.place_end] == place
    assert text[line.end :].startswith(rest)
    assert line.has_form is has_form
    assert line.opens_line is text.startswith(place)


@pytest.mark.parametrize(
    "text", ["Hull - the quay was shut.", "HULL was shut - for good.", "The UN: a history"]
)
def test_no_datelines(text: str) -> None:
    assert list(datelines(text)) == []
