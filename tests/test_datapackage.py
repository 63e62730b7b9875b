import json
from pathlib import Path

import frictionless
import pytest
from newsclaims.dataset import Form, write_dataset
from newsclaims.formats import FORMATS
from traps import METADATA, entries


@pytest.mark.parametrize("excel", [False, True])
@pytest.mark.parametrize("texts", [False, True])
def test_the_package_is_valid_for_others(tmp_path: Path, excel: bool, texts: bool) -> None:
    form = Form(formats=tuple(FORMATS), excel=excel, texts=texts, metadata_columns=METADATA)
    write_dataset(tmp_path, entries(), [], {}, form)
    report = frictionless.validate(tmp_path / "datapackage.json")
    assert report.valid, report.flatten(["name", "type", "message"])
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    names = {resource["path"] for resource in package["resources"]}
    assert names == {path.name for path in tmp_path.iterdir()} - {
        "manifest.json",
        "datapackage.json",
    }


def test_a_spoiled_file_is_seen_by_others(tmp_path: Path) -> None:
    write_dataset(tmp_path, entries(), [], {}, Form())
    path = tmp_path / "people.csv"
    path.write_bytes(path.read_bytes().replace(b"a0", b"a7"))
    report = frictionless.validate(tmp_path / "datapackage.json")
    assert {error[0] for error in report.flatten(["type"])} >= {"foreign-key"}
