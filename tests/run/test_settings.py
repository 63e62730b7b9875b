"""Each option of a run is part of its identity, or on a list of those that change no row."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from newsclaims.articles import Located
from newsclaims.cli import commands
from newsclaims.cli.extraction import RunOptions
from newsclaims.mentions import read_mentions
from newsclaims.run import manifest, settings
from newsclaims.run.manifest import describe_run
from newsclaims.run.settings import Resources, Settings
from newsclaims.run.state import result_key
from newsclaims.user_rules import read_user_rules

# With commas between the cells there is a column of the text, too.
TABLE = (
    "id;text;body;published;note,text\n"
    "1;The mayor <b>spoke</b> at Tromsø on Friday.;Another text.;03/04/2025;see,A third text.\n"
    f"2;{'A long text. ' * 20};Another body.;2025-05-01;see,A fourth text.\n"
).encode("cp1252")

# Options that change no row of an article, each with the reason.
NO_ROW_CHANGES = {
    "output": "where the dataset is written, which the identity of its records does not depend on",
    "cache": "a parse is stored under its text and model, and is the one that would be made",
    "cache_limit": "decides which parses are kept, not what they are",
    "no_cache": "as cache",
    "no_fast": "the model's annotations are the same, as tests/parse/test_fast_tok2vec.py holds",
    "workers": "each article is extracted by itself",
    "timeout": "an article has its record or an error; nothing of it is cut off",
    "fresh": "what the store holds is what would be made again",
    "quiet": "decides on messages alone",
    "shard": "decides which articles are in the folder, not on their rows; it is in the manifest",
    "engine": "the same extraction on other machines, which is refused where the identity differs",
    "formats": "how rows are written, after they are stored; in the manifest as output.formats",
    "excel": "as formats: output.excel",
    "no_text": "as formats: output.texts",
    "same_as": "merges lines of the indexes, which are made when the dataset is written",
}

Change = Callable[[Path], Mapping[str, Any]]


def mentions(folder: Path) -> dict[str, Any]:
    line = {"article": {"id": "1", "text_sha256": "0" * 64}, "people": [], "annotated": []}
    path = folder / "gold.jsonl"
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return {"mentions": read_mentions(path)}


def rules(folder: Path) -> dict[str, Any]:
    mine = folder / "mine"
    mine.mkdir()
    (mine / "titles.txt").write_text("harbour reeve\n", encoding="utf-8")
    return {"rules": read_user_rules(mine)}


def metadata(folder: Path) -> dict[str, Any]:
    path = folder / "metadata.csv"
    path.write_text("id,source\n1,Gazette\n", encoding="utf-8")
    return {"metadata": path}


# Another value of each field, which changes what stands in the table above.
CHANGES: dict[str, Change] = {
    "model": lambda _: {"model": "another_model"},
    "label_map": lambda _: {"label_map": {"PER": "PERSON"}},
    "columns": lambda _: {"columns": {"text": "body"}},
    "metadata": metadata,
    "encoding": lambda _: {"encoding": "cp1250"},
    "delimiter": lambda _: {"delimiter": ","},
    "max_chars": lambda _: {"max_chars": 100},
    "any_language": lambda _: {"any_language": True},
    "dates": lambda _: {"dates": "day-first"},
    "text_is": lambda _: {"text_is": "html"},
    "rules": rules,
    "mentions": mentions,
}


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[bytes]]:
    """Under which keys the store keeps the articles of the table, read with these settings."""
    for module in (settings, manifest):  # no other model need be installed
        monkeypatch.setattr(module, "model_identity", lambda *given: repr(given))
    source = tmp_path / "in.csv"
    source.write_bytes(TABLE)

    def of(**changed: Any) -> list[bytes]:
        given = Settings(**{"encoding": "cp1252", "delimiter": ";"} | changed)
        items = given.locate([str(source)])
        return [
            result_key(given.identity, item.article) for item in items if isinstance(item, Located)
        ]

    return of


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_is_part_of_the_identity_and_of_the_manifest(
    keys: Callable[..., list[bytes]], tmp_path: Path, name: str
) -> None:
    changed = CHANGES[name](tmp_path)
    assert keys(**changed) != keys()
    before, after = (describe_run([], Settings(**given), 0, {}, {}) for given in ({}, changed))
    differing = {part for part in before if before[part] != after[part]}
    assert differing <= {"model", "settings"}
    assert differing, "the manifest does not tell"


def test_the_same_settings_give_the_same_identity(keys: Callable[..., list[bytes]]) -> None:
    assert keys() == keys()
    assert len(set(keys())) == 2


def test_every_option_of_a_run_is_a_setting_or_changes_no_row() -> None:
    options = {parameter.name for parameter in commands.commands["run"].params}
    assert options == {field.name for field in fields(RunOptions)}
    chosen = {field.name for field in fields(Settings)}
    assert not chosen & NO_ROW_CHANGES.keys()
    assert options == {"inputs"} | chosen | NO_ROW_CHANGES.keys()


def test_every_resource_is_an_option_that_changes_no_row() -> None:
    names = [field.name for field in fields(Resources)]
    assert all({name, f"no_{name}"} & NO_ROW_CHANGES.keys() for name in names)
