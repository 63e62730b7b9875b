import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from newsclaims.parse.model import DEFAULT_MODEL, ModelError, model_directory, model_identity


@pytest.fixture
def copied_model(tmp_path: Path) -> Path:
    """The small files of the default model, enough to tell what it is."""
    folder = tmp_path / "model"
    folder.mkdir()
    for name in ("meta.json", "config.cfg"):
        shutil.copy(model_directory(DEFAULT_MODEL) / name, folder)
    return folder


def test_a_package_and_a_folder_are_found(copied_model: Path) -> None:
    assert model_directory(DEFAULT_MODEL).name == "en_core_web_md-3.7.1"
    assert model_directory(str(copied_model)) == copied_model


@pytest.mark.parametrize("name", ["en_core_web_none", "./none", "json", "en-core"])
def test_what_is_no_model_says_how_to_install_it(name: str) -> None:
    with pytest.raises(ModelError, match=f"pip install {name.replace('_', '-')}"):
        model_directory(name)


def test_the_identity_names_the_model_and_changes_with_its_files(copied_model: Path) -> None:
    before = model_identity(str(copied_model), {})
    assert before.startswith("en_core_web_md 3.7.1 ")
    meta = json.loads((copied_model / "meta.json").read_text())
    other = copied_model.with_name("other")
    shutil.copytree(copied_model, other)
    assert model_identity(str(other), {}) == before
    (other / "meta.json").write_text(json.dumps(meta | {"notes": "retrained"}))
    retrained = model_identity(str(shutil.copytree(other, other.with_name("third"))), {})
    assert retrained != before
    assert model_identity(str(copied_model), {"PER": "PERSON"}) != before


def test_finding_a_model_loads_neither_it_nor_spacy() -> None:
    code = (
        "import sys\nfrom newsclaims.parse.model import *\nmodel_identity(DEFAULT_MODEL, {})\n"
        "print('spacy' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"


def test_a_default_model_with_other_weights_is_refused(
    copied_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert model_identity(DEFAULT_MODEL, {}).startswith("en_core_web_md 3.7.1 ")
    (copied_model / "weights").write_bytes(b"others")
    monkeypatch.setattr("newsclaims.parse.model._package_folder", lambda _: copied_model)
    with pytest.raises(ModelError, match="not those that newsclaims was checked with"):
        model_identity(DEFAULT_MODEL, {})
