from pathlib import Path

import pytest
from newsclaims.errors import UsageError
from newsclaims.indexes import Indexes, SameAs, normalised, read_same_as
from newsclaims.tables import Entry


def entry(number: int, *people: tuple[str, str | None, str | None], **fields: str) -> Entry:
    """An article with people, each with title and organisation."""
    roles = [
        {
            "person": f"person-{place}",
            "title": {"text": title},
            "organisation": body and {"text": body},
            "organisation_id": None,
            "status": "former" if number % 2 else "current",
        }
        for place, (_, title, body) in enumerate(people)
        if title
    ]
    record = {
        "article": {"published": fields.get("published")},
        "people": [{"id": f"person-{place}", "name": row[0]} for place, row in enumerate(people)],
        "organisations": [],
        "places": [],
        "roles": roles,
    }
    return Entry({"id": f"a{number}", "cluster": fields.get("cluster", f"c{number}")}, record)


def people(*entries: Entry, same_as: tuple[SameAs, ...] = ()) -> dict[str, list[object]]:
    with Indexes(same_as) as indexes:
        for each in entries:
            indexes.add(each)
        return {str(row[1]): row[2:] for row in indexes.people()}


ENTRIES = (
    entry(0, ("José Díaz", "mayor", "Lima"), published="2024-05-02T10:00:00Z", cluster="x"),
    entry(1, ("Jose  DIAZ", "mayor", "Lima"), ("Ann Lee", None, None), cluster="x"),
    entry(2, ("José Díaz", "senator", None), ("Diaz", None, None), published="2023-01-01"),
)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("José Díaz", "JOSE  DIAZ", True),
        ("Ann\nLee", "Ann Lee", True),
        ("Straße", "STRASSE", True),
        ("Ann Lee", "Anne Lee", False),
        ("A. Lee", "Ann Lee", False),
    ],
)
def test_names_are_one_by_case_diacritics_and_spaces_alone(
    one: str, other: str, equal: bool
) -> None:
    assert (normalised(one) == normalised(other)) is equal


def test_people_are_grouped_by_their_name() -> None:
    found = people(*ENTRIES)
    assert list(found) == ["Ann Lee", "Diaz", "José Díaz"], "in alphabetical order"
    dates = ["2023-01-01", "2024-05-02"]
    assert found["José Díaz"] == [
        *(0, 3, 2),
        *dates,
        *(["mayor", "senator"], ["Lima"], ["current", "former"]),
    ]
    assert found["Diaz"][0] == 1, "a name of one word is marked, not merged"


def test_offices_are_grouped_by_title_and_organisation() -> None:
    with Indexes() as indexes:
        for each in ENTRIES:
            indexes.add(each)
        rows = [row[1:] for row in indexes.offices()]
    assert rows[0] == [
        *("mayor", "Lima", 2, 1, "2024-05-02", "2024-05-02"),
        *(["Jose  DIAZ", "José Díaz"], ["current", "former"]),
    ]
    assert rows[1][:3] == ["senator", None, 1]


def test_titles_are_grouped_as_they_read() -> None:
    with Indexes() as indexes:
        indexes.add(entry(1, ("Ann Lee", "vice pres\u00adident", "Bell &amp;\nSons")))
        indexes.add(entry(2, ("Bo Dean", "vice president", "Bell & Sons")))
        (row,) = indexes.offices()
    assert row[1:3] == ["vice president", "Bell & Sons"]


def test_the_order_of_articles_changes_nothing() -> None:
    assert list(people(*ENTRIES).items()) == list(people(*reversed(ENTRIES)).items())


def test_the_user_merges_and_separates(tmp_path: Path) -> None:
    path = tmp_path / "same.csv"
    path.write_text(
        "name,same_as,article,kind\nDiaz,José Díaz,,\njosé díaz,José Díaz (senator),a2,\n"
        "Lima,Lima City,,organisation\n",
        encoding="utf-8-sig",
    )
    words = read_same_as(path)
    found = people(*ENTRIES, same_as=words)
    assert found["José Díaz"][:2] == [0, 3]
    assert found["José Díaz"][5] == ["mayor"]
    assert found["José Díaz"][6] == ["Lima City"]
    assert found["José Díaz (senator)"][5] == ["senator"]
    assert "Diaz" not in found


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name,other\n", "no column same_as"),
        ("name,same_as\nAnn,\n", "line 2: name and same_as must not be empty"),
        ("name,same_as,kind\nAnn,Ana,place\n", "line 2: kind 'place' is none of"),
        ("name,same_as\nJosé,Joe\n", "cannot be read: 'utf-8' codec"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "same.csv"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(UsageError, match=message):
        read_same_as(path)
