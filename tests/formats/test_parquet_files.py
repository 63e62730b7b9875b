from pathlib import Path

import pandas as pd
import pytest
from newsclaims.dataset import Form, write_dataset
from newsclaims.formats import parquet_files
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
