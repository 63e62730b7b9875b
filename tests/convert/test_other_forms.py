"""DocBin, Web Annotation, CoNLL and FollowTheMoney, as their own tools read them."""

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from annotated import line, write
from newsclaims.convert import ConvertError, convert, restore
from spacy.tokens import DocBin

MARKED = (
    "😀 [[Ana Popescu|person-1]], mayor of [[Brno|place-1 49.2 16.6]], and [[Popescu|person-1]] "
    "left the [[Red Cross|organisation-1]]\non [[May 8|date DATE 2025-05-08]]."
)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    made = line(
        MARKED, roles=[("person-1", "mayor", "Brno"), ("person-1", "mayor", None, "candidate")]
    )
    made["article"] |= {
        "title": "News",
        "published": "2025-05-09T10:00:00Z",
        "url": "http://x.example/1",
    }
    made["places"][0] |= {"geonameid": 1, "country": "CZ", "kind": "city"}
    made["roles"][0] |= {"organisation_id": "place-1", "until": "date-1", "status": "former"}
    made["dates"][0] |= {"earliest": "2025-05-08", "latest": "2025-05-08"}
    return write(tmp_path / "gold.jsonl", [made])


def test_spacy_reads_entities_and_spans(gold: Path, tmp_path: Path) -> None:
    convert(gold, "docbin", tmp_path / "out.spacy")
    (doc,) = DocBin().from_disk(tmp_path / "out.spacy").get_docs(spacy.blank("en").vocab)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("Ana Popescu", "PERSON"),
        ("Brno", "LOC"),
        ("Popescu", "PERSON"),
        ("Red Cross", "ORG"),
        ("May 8", "DATE"),
    ]
    assert {"Role", "Body"} <= {span.label_ for span in doc.spans["newsclaims"]}


def test_a_docbin_of_other_origin_is_read(tmp_path: Path) -> None:
    doc = spacy.blank("en")("Ana won a Nobel.")
    doc.ents = [doc.char_span(0, 3, label="PERSON"), doc.char_span(10, 15, label="EVENT")]
    DocBin(docs=[doc]).to_disk(tmp_path / "in.spacy")
    losses = restore(tmp_path / "in.spacy", "docbin", tmp_path / "back.jsonl")
    assert losses == ["in-1: T2 EVENT 'Nobel' is left out: no label of ours"]
    back = json.loads((tmp_path / "back.jsonl").read_text())
    assert [row["name"] for row in back["people"]] == ["Ana"]
    (tmp_path / "bad.spacy").write_bytes(b"no")
    with pytest.raises(ConvertError, match="not a DocBin"):
        restore(tmp_path / "bad.spacy", "docbin", tmp_path / "back.jsonl")


def test_a_web_annotation_has_both_selectors(gold: Path, tmp_path: Path) -> None:
    convert(gold, "web-annotation", tmp_path / "out")
    page = json.loads((tmp_path / "out" / "a1.jsonld").read_text(encoding="utf-8"))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    target = page["items"][0]["target"]
    assert target["source"] == "a1.txt"
    assert target["selector"] == [
        {"type": "TextPositionSelector", "start": 2, "end": 13},
        {
            "type": "TextQuoteSelector",
            "exact": "Ana Popescu",
            "prefix": "😀 ",
            "suffix": ", mayor of Brno, and Popescu left"[:32],
        },
    ]


def test_a_quote_that_is_not_at_its_position_is_refused(gold: Path, tmp_path: Path) -> None:
    convert(gold, "web-annotation", tmp_path / "out")
    page = tmp_path / "out" / "a1.jsonld"
    page.write_text(page.read_text(encoding="utf-8").replace('"start": 2,', '"start": 3,', 1))
    with pytest.raises(ConvertError, match=r"#T1: .*UTF-16"):
        restore(tmp_path / "out", "web-annotation", tmp_path / "back.jsonl")


def test_conll_is_tokens_and_tags(gold: Path, tmp_path: Path) -> None:
    convert(gold, "conll", tmp_path / "out.conll")
    lines = (tmp_path / "out.conll").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "-DOCSTART- O"
    assert lines[4:8] == ["😀 O", "Ana B-PER", "Popescu I-PER", ", O"]
    at = lines.index("Cross I-ORG")
    assert lines[at + 1] == "", "a line end is an empty line"


def test_conll_that_is_not_of_the_text_is_refused(gold: Path, tmp_path: Path) -> None:
    convert(gold, "conll", tmp_path / "out.conll")
    whole = (tmp_path / "out.conll").read_text(encoding="utf-8")
    for old, new, named in (
        ("Cross I-ORG", "Crux I-ORG", "'Crux' is not what the text goes on with"),
        ("id = a1", "id = a2", "no text is given for 'a2'"),
        ("left O", "left", "1 column, where the first line has 2"),
        (". O\n", "", "the tokens end, and the text of a1 goes on: '.'"),
        ("May O\n", "May B-PER\n-DOCSTART- O\n", "the tokens end, and the text of a1 goes on"),
    ):
        (tmp_path / "bad.conll").write_text(whole.replace(old, new), encoding="utf-8")
        with pytest.raises(ConvertError, match=named):
            restore(tmp_path / "bad.conll", "conll", tmp_path / "back.jsonl", gold)


# The properties of the published schema, those of Thing and Interval among them.
SCHEMA = {
    "Article": {"title", "publishedAt", "publisher", "sourceUrl", "namesMentioned"},
    "Person": {"name", "weakAlias", "sourceUrl"},
    "Organization": {"name", "weakAlias", "sourceUrl"},
    "Position": {"name", "organization", "country", "subnationalArea"},
    "Occupancy": {
        *("holder", "post", "status", "startDate", "endDate"),
        *("date", "summary", "recordId", "sourceUrl"),
    },
}
REQUIRED = {"Article": "title", "Person": "name", "Position": "name", "Occupancy": "post"}


def entities(path: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in path.read_text(encoding="utf-8").splitlines():
        entity = json.loads(one)
        found.setdefault(entity["schema"], []).append(entity)
    return found


def test_follow_the_money_entities_keep_to_the_schema(gold: Path, tmp_path: Path) -> None:
    losses = convert(gold, "ftm", tmp_path / "out.json")
    assert losses == [
        "a1: 1 place, 1 date left out",
        "a1: role-2 'mayor' is left out: its status is candidate",
    ]
    found = entities(tmp_path / "out.json")
    assert set(found) == set(SCHEMA)
    for schema, members in found.items():
        for entity in members:
            assert set(entity["properties"]) <= SCHEMA[schema]
            assert schema not in REQUIRED or REQUIRED[schema] in entity["properties"]
            assert all(isinstance(value, list) for value in entity["properties"].values())
    ids = {entity["id"] for members in found.values() for entity in members}
    (held,) = (one["properties"] for one in found["Occupancy"])
    assert held["holder"][0] in ids
    assert held["post"][0] in ids
    assert (held["status"], held["endDate"], held["date"]) == (
        ["ended"],
        ["2025-05-08"],
        ["2025-05-09"],
    )
    (position,) = (one["properties"] for one in found["Position"])
    assert position == {"name": ["mayor, Brno"], "country": ["cz"], "subnationalArea": ["Brno"]}
    assert found["Person"][0]["properties"]["weakAlias"] == ["Popescu"]


def test_a_role_that_is_asserted_or_qualified_is_no_fact_of_follow_the_money(
    tmp_path: Path,
) -> None:
    marked = (
        "[[Ida Moe|person-1]], the alleged ringleader, is treasurer and owner, "
        "[[Bo Li|person-2]] said."
    )
    made = line(
        marked,
        roles=[("person-1", title) for title in ("ringleader", "treasurer", "owner")],
        statements=[("Bo Li", ["is treasurer"], "person-2")],
    )
    start = made["text"].index("alleged")
    alleged = {"start": start, "end": start + len("alleged"), "text": "alleged"}
    made["roles"][0]["qualifier"] = alleged
    made["roles"][1]["asserted_in"] = "statement-1"
    losses = convert(write(tmp_path / "gold.jsonl", [made]), "ftm", tmp_path / "out.json")
    assert losses == [
        "a1: 1 statement left out",
        "a1: role-1 'ringleader' is left out: it is qualified, 'alleged'",
        "a1: role-2 'treasurer' is left out: asserted by 'Bo Li'",
    ]
    found = entities(tmp_path / "out.json")
    assert [one["properties"]["name"] for one in found["Position"]] == [["owner"]]
    assert len(found["Occupancy"]) == 1


@pytest.mark.parametrize("form", ["conll", "label-studio"])
def test_a_file_that_is_not_utf_8_is_named(form: str, tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", [line("[[Ana Popescu|person-1]] left.")])
    file = tmp_path / "latin"
    file.write_bytes("José".encode("latin-1"))
    with pytest.raises(ConvertError, match=r"^[^:]*latin: not UTF-8"):
        restore(file, form, tmp_path / "back.jsonl", gold)
