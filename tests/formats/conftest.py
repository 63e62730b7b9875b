"""One dataset in every form, written once."""

from pathlib import Path

import pytest
from newsclaims.dataset import Form, write_dataset
from newsclaims.formats import FORMATS
from traps import METADATA, entries


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("formats")
    form = Form(formats=tuple(FORMATS), metadata_columns=METADATA)
    write_dataset(folder, entries(), [], {}, form)
    return folder
