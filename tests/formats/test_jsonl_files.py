import json
from pathlib import Path

from newsclaims.schema import TABLES


def test_a_line_is_a_row_with_every_column(written: Path) -> None:
    lines = (written / "people.rows.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert list(rows[0]) == [column.name for column in TABLES["people"]]
    assert rows[0]["name"] == "Ana\r\nMüller"
    assert rows[0]["confidence"] == 0.5
    assert rows[1]["article_published"] is None
