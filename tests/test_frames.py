"""Data frames in and out: what a run writes, typed, and what is told of bad rows."""

import datetime as dt
import json
import logging
import subprocess
import sys
from pathlib import Path

import newsclaims as nc
import pandas as pd
import pytest
from newsclaims.dataset import Form
from newsclaims.frames import ERRORS, extract_frame, to_frames
from newsclaims.progress import progress
from newsclaims.run.local import run
from newsclaims.run.settings import Resources, Settings
from newsclaims.schema import TABLES

BODY = "Mayor Ada Holm of Oslo,\nwho had left on Tuesday, said “no”. Jon Ek spoke.\n"
WIRE = "The minister told parliament that the harbour works would go on for another year."
DF = pd.DataFrame(
    {
        "doc_id": [1, 2, 3, 4],
        "body": [BODY, f"{WIRE} Mayor Ada Holm agreed.", None, f"{WIRE} Mayor Ada Holm agreed."],
        "day": [dt.date(2025, 6, 18), pd.NaT, None, pd.Timestamp("2025-06-20 07:30")],
        "desk": ["city", float("nan"), "x", "sport"],
    }
)


@pytest.fixture(scope="module")
def frames() -> nc.Frames:
    return extract_frame(DF, text="body", date="day", id="doc_id")


def test_there_is_a_frame_for_each_table_and_one_of_errors(frames: nc.Frames) -> None:
    assert list(frames) == [*TABLES, ERRORS]
    for name, columns in TABLES.items():
        named = [column.name for column in columns]
        assert list(frames[name].columns) == named + ["desk"] * (name == "articles")


def test_a_row_that_cannot_be_read_is_reported_and_all_others_are_extracted(
    frames: nc.Frames,
) -> None:
    assert list(frames["articles"]["article_id"]) == ["1", "2", "4"]
    (error,) = frames[ERRORS].to_dict("records")
    assert (error["line"], error["article"], error["message"]) == (3, "3", "there is no text")


def test_columns_have_types(frames: nc.Frames) -> None:
    dates, index = frames["dates"], frames["people_index"]
    assert str(dates["earliest"].dtype) == "datetime64[s]"
    assert list(dates["earliest"].dropna().dt.day) == [17]
    assert str(dates["start"].dtype) == "Int64"
    assert str(frames["people"]["confidence"].dtype) == "Float64"
    assert frames["places"]["geonameid"].dtype == "Int64"
    assert frames["events"]["start"].dtype == "Int64", "of a frame without rows too"
    (holm,) = index[index["name"] == "Ada Holm"].to_dict("records")
    assert holm["titles"] == ["Mayor"]
    assert holm["first_published"] == pd.Timestamp("2025-06-18")
    assert all(isinstance(ids, list) for ids in frames["statements"]["about"])
    assert frames["articles"]["desk"].isna().tolist() == [False, True, False]


def test_copies_are_counted_as_in_files(frames: nc.Frames) -> None:
    assert frames["articles"]["article_copy"].tolist() == [0, 1, 0], "the dated one comes first"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    source = folder / "data frame.jsonl"
    rows = [
        {"id": row.doc_id, "text": row.body, "published": str(row.day or ""), "desk": row.desk}
        for row in DF[DF["body"].notna()].itertuples()
    ]
    rows[1]["desk"] = rows[1]["published"] = None
    rows[2]["published"] = "2025-06-20T07:30:00"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    output = folder / "output"
    with progress(None, quiet=True) as display:
        form = Form(formats=("parquet",))
        run([str(source)], output, Settings(), Resources(), display, form)
    return output


@pytest.mark.parametrize("table", [*TABLES])
def test_a_frame_says_what_the_file_says(frames: nc.Frames, written: Path, table: str) -> None:
    file = pd.read_parquet(written / f"{table}.parquet")
    plain = frames[table].astype(object)
    assert len(file) == len(plain)
    for name in file.columns:
        for one, other in zip(plain[name], file[name], strict=True):
            assert same(one) == same(other), (name, one, other)


def same(value: object) -> object:
    """A cell as both forms have it: Parquet has no list for an empty one."""
    if isinstance(value, pd.Timestamp):
        return value.date()
    if hasattr(value, "tolist"):
        value = value.tolist()
    return None if value == [] or (not isinstance(value, list) and pd.isna(value)) else value


def test_the_frames_of_records_are_those_of_the_articles(
    frames: nc.Frames, pipeline: nc.Pipeline
) -> None:
    articles = [
        nc.Article(id=row.doc_id, text=row.body, published=row.day, metadata=metadata)
        for row in DF[DF["body"].notna()].itertuples()
        for metadata in [{} if pd.isna(row.desk) else {"desk": row.desk}]
    ]
    made = to_frames(articles, pipeline.pipe(articles))
    assert list(made) == list(TABLES)
    for name in TABLES:
        pd.testing.assert_frame_equal(made[name], frames[name])
    assert "\n" not in made["dates"].loc[0, "sentence"], "a sentence, not a line"
    assert made["dates"].loc[0, "sentence"].startswith("Mayor Ada Holm of Oslo, who had left")


def test_a_record_without_its_text_has_no_sentences(pipeline: nc.Pipeline) -> None:
    article = nc.Article(id="a", text="Mayor Ada Holm left. Jon Ek stayed.")
    read = nc.ArticleRecord.model_validate_json(pipeline.extract(article).model_dump_json())
    assert to_frames([article], [read])["people"]["sentence"].isna().all()


def test_an_article_of_a_frame_is_shown(frames: nc.Frames) -> None:
    assert "Ada Holm" in frames.record("1").show()
    with pytest.raises(KeyError):
        frames.record("3")


def test_labels_of_rows_are_ids_where_no_column_is() -> None:
    df = pd.DataFrame({"text": ["Ada Holm left."]}, index=["first"])
    assert list(extract_frame(df)["articles"]["article_id"]) == ["first"]


def test_an_empty_frame_has_all_columns(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        frames = extract_frame(DF[:0], text="body")
    assert [len(frames[name]) for name in TABLES] == [0] * len(TABLES)
    assert list(frames["roles"].columns) == [column.name for column in TABLES["roles"]]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"text": "txt"}, "no column 'txt' for text; the columns are doc_id, body, day, desk"),
        ({"text": "body", "date": "when"}, "no column 'when' for published"),
        ({"text": "body", "dates": "guess"}, "'guess' is none of day-first, month-first"),
        ({"text": "body", "model": object(), "workers": 2}, "stays in one process"),
    ],
)
def test_what_cannot_be_meant_is_told(options: dict[str, object], message: str) -> None:
    with pytest.raises(nc.UsageError, match=message):
        extract_frame(DF, **options)


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(nc.UsageError, match="bear one name"):
        extract_frame(DF.rename(columns={"desk": "day"}), text="body")


def test_a_script_without_a_guard_may_use_processes(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import newsclaims, pandas\n"
        "df = pandas.DataFrame({'text': ['Ada Holm left.', 'Jon Ek left.'] * 20})\n"
        "frames = newsclaims.extract_frame(df, workers=2, progress=True)\n"
        "print(*(len(frames[name]) for name in ('articles', 'errors', 'people_index')))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.stdout == "40 0 2\n", done.stderr
