from pathlib import Path

import pandas as pd
import pytest
from newsclaims.dataset import Form, write_dataset
from newsclaims.formats import FormatError, parquet_files
from newsclaims.verify import verify
from pyarrow.parquet import ParquetFile
from traps import entries


def test_columns_are_typed_and_cells_unchanged(written: Path) -> None:
    places = pd.read_parquet(written / "places.parquet")
    assert str(places["geonameid"].dtype) == "int64"
    assert str(places["latitude"].dtype) == "float64"
    assert list(places["mention"]) == ["Oslo"] * 4
    articles = pd.read_parquet(written / "articles.parquet")
    assert list(articles["article_title"]) == ["=1+1", "-"]
    assert pd.isna(articles["article_published"][1])


def test_row_groups_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_files, "_GROUP", 3)
    write_dataset(tmp_path, entries(), [], {}, Form(formats=("parquet",)))
    assert ParquetFile(tmp_path / "places.parquet").metadata.num_row_groups == 2
    assert verify(tmp_path) == []


def test_days_are_dates_and_several_values_are_lists(written: Path) -> None:
    dates = ParquetFile(written / "dates.parquet").schema_arrow
    index = ParquetFile(written / "people_index.parquet")
    assert str(dates.field("earliest").type) == str(dates.field("latest").type) == "date32[day]"
    assert str(index.schema_arrow.field("first_published").type) == "date32[day]"
    titles = [row["titles"] for row in index.read().to_pylist()]
    assert ["Finance Minister"] in titles


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    (first, *others) = entries()
    (date,) = first.record["dates"][:1]
    record = {**first.record, "dates": [{**date, "earliest": "soon"}]}
    broken = first._replace(record=record)
    with pytest.raises(FormatError, match=r"dates: .*not an ISO date: 'soon'"):
        write_dataset(tmp_path, [broken, *others], [], {}, Form(formats=("parquet",)))
