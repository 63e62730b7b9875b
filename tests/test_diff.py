import json
from copy import deepcopy
from typing import Any

import pytest
from newsclaims import Article, Pipeline
from newsclaims.diff import Diff, RowChange, describe, diff_entries, to_json
from newsclaims.held_texts import without_texts
from newsclaims.records import text_sha256
from newsclaims.tables import Entry

TEXT = 'Ana Popescu, former mayor of Brno, met Ion Rusu in Oslo on May 8. "He left," Rusu said.'


@pytest.fixture(scope="module")
def entry(pipeline: Pipeline) -> Entry:
    article = Article(id="a", text=TEXT, published="2025-05-12")
    record = pipeline.extract(article).model_dump(mode="json")
    return Entry({**record["article"], "text": TEXT, "sentences": [0, 66], "metadata": {}}, record)


def changed(entry: Entry, layer: str, **fields: Any) -> Entry:
    """The entry with fields of the first row of a layer changed, and its key."""
    record = deepcopy(entry.record)
    record[layer][0].update(fields)
    return Entry(entry.article, record)


def only(diff: Diff) -> RowChange:
    (change,) = diff.rows
    return change


def test_a_dataset_does_not_differ_from_itself(entry: Entry) -> None:
    diff = diff_entries([entry], [entry])
    assert not diff
    assert list(describe(diff)) == ["no difference in 1 article"]


def test_a_row_that_went_and_one_that_came(entry: Entry) -> None:
    without = deepcopy(entry)
    date = without.record["dates"].pop(0)
    gone, come = only(diff_entries([entry], [without])), only(diff_entries([without], [entry]))
    assert (gone.sort, come.sort) == ("removed", "added")
    assert gone.rule == come.rule == date["rule"]
    assert gone.context.startswith("…")
    assert "[May 8]" in gone.context
    assert gone.fields == ()


def test_a_changed_field_is_named_with_both_values(entry: Entry) -> None:
    change = only(diff_entries([entry], [changed(entry, "dates", value="2024-05-08", key="x")]))
    assert change.sort == "changed"
    assert [tuple(field) for field in change.fields] == [("value", "2025-05-08", "2024-05-08")]


def test_a_field_outside_the_key_counts(entry: Entry) -> None:
    change = only(diff_entries([entry], [changed(entry, "dates", anchor=None)]))
    assert [tuple(field) for field in change.fields] == [("anchor", "published", None)]


def test_other_numbers_of_rows_are_no_difference(entry: Entry) -> None:
    renumbered = Entry(
        entry.article, json.loads(json.dumps(entry.record).replace("person-", "person-1"))
    )
    assert not diff_entries([entry], [renumbered])


def test_a_role_of_another_person_is_a_difference(entry: Entry) -> None:
    other = changed(entry, "roles", person=entry.record["people"][1]["id"])
    change = only(diff_entries([entry], [other]))
    assert [tuple(field) for field in change.fields] == [("person", "Ana Popescu", "Ion Rusu")]


def test_a_moved_boundary_is_one_change(entry: Entry) -> None:
    shorter = changed(
        entry,
        "people",
        key="x",
        name="Ana",
        mentions=[{"start": 0, "end": 3, "text": "Ana", "rule": "model", "confidence": None}],
    )
    sorts = {change.sort for change in diff_entries([entry], [shorter]).rows}
    assert sorts == {"changed"}


def test_a_new_figure_alone_is_counted_and_not_listed(entry: Entry) -> None:
    weighed = deepcopy(entry)
    weighed.record["people"][0]["mentions"][0]["confidence"] = 0.1234
    diff = diff_entries([entry], [weighed])
    assert only(diff).sort == "reweighed"
    assert "0.1234" not in "\n".join(describe(diff))
    assert "1 reweighed" in "\n".join(describe(diff))
    assert "0.1234" in json.dumps(to_json(diff))


def test_equal_rows_count_one_by_one(entry: Entry) -> None:
    doubled = deepcopy(entry)
    doubled.record["dates"].append(doubled.record["dates"][0])
    assert not diff_entries([doubled], [doubled])
    assert only(diff_entries([doubled], [entry])).sort == "removed"


def test_articles_are_matched_in_any_order_and_named(entry: Entry) -> None:
    def named(name: str, **fields: Any) -> Entry:
        head = entry.record["article"]
        if "text" in fields:
            head = {**head, "text_sha256": text_sha256(fields["text"])}
        return Entry({**entry.article, "id": name, **fields}, {**entry.record, "article": head})

    old = [named("a"), named("b"), named("c"), named("d")]
    new = [named("d"), named("b", title="New"), named("e"), named("a", text=TEXT + "!")]
    diff = diff_entries(old, new)
    assert diff.articles == 2
    assert [tuple(change) for change in diff.changed_articles] == [
        ("a", "text differs; its rows are not compared"),
        ("b", "title None -> 'New'"),
        ("c", "only in the old dataset"),
        ("e", "only in the new dataset"),
    ]


def test_datasets_without_texts_are_compared_by_offsets(entry: Entry) -> None:
    bare = without_texts(entry)
    assert not diff_entries([bare], [bare])
    assert not diff_entries([bare], [entry])
    assert not diff_entries([entry], [bare])
    fewer = deepcopy(bare)
    fewer.record["dates"].pop()
    change = only(diff_entries([bare], [fewer]))
    assert (change.sort, change.context) == ("removed", "")
    assert list(describe(diff_entries([bare], [fewer])))
