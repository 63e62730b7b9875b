"""No file ends in a traceback, whatever was done to it: it is read, or refused in a sentence."""

from pathlib import Path
from random import Random

import pytest
from annotated import line, write
from newsclaims.convert import FORMS, convert, restore
from newsclaims.errors import UsageError
from newsclaims.gold import check_gold
from spoiled import spoil_file

TEXT = (
    "[[Ana Popescu|person-1]], mayor of [[Brno|place-1 49.2 16.6]], left on "
    "[[May 8|date DATE 2025-05-08]].\nShe said: It rains."
)
DOCCANO = (
    b'{"id": 1, "text": "Ana left.", "label": [[0, 3, "PER"]]}\n'
    b'{"text": "Bo, mayor", "entities": [{"id": 7, "start_offset": 0, "end_offset": 2, "label": '
    b'"Holder"}, {"id": 8, "start_offset": 4, "end_offset": 9, "label": "Role"}], "relations": '
    b'[{"id": 1, "from_id": 8, "to_id": 7, "type": "Holder"}]}\n'
)
SEEDS = 60
WEBANNO = (
    b"#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n\n\n#Text=Bo won.\n"
    b"1-1\t0-2\tBo\tPER\t\n1-2\t3-6\twon\t_\t\n1-3\t6-7\t.\t_\t\n"
)
ALONE = {"doccano": DOCCANO, "webanno-tsv": WEBANNO}
READ = [name for name, form in FORMS.items() if form.read]
WRITTEN = [name for name, form in FORMS.items() if form.write]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    made = line(
        TEXT, roles=[("person-1", "mayor", "Brno")], statements=[("She", ["It rains"], "person-1")]
    )
    return write(tmp_path / "gold.jsonl", [made, line("[[Bo|person-1]] won.", id="b/2")])


@pytest.mark.parametrize("form", READ)
def test_a_spoiled_file_is_read_or_refused(form: str, gold: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    if FORMS[form].write:
        convert(gold, form, source)
    else:
        source.write_bytes(ALONE[form])
    files = [source] if source.is_file() else sorted(p for p in source.rglob("*") if p.is_file())
    contents = {file: file.read_bytes() for file in files}
    refused = []
    for seed in range(SEEDS):
        random = Random(seed)  # no secret
        file = random.choice(files)
        file.write_bytes(spoil_file(contents[file], random))
        back = tmp_path / f"back-{seed}.jsonl"
        try:
            restore(source, form, back, gold)
            check_gold(back)
        except UsageError as error:
            refused.append((str(error), back.exists()))
        file.write_bytes(contents[file])
    assert 0 < len(refused) < SEEDS
    assert all(told and not written for told, written in refused)


@pytest.mark.parametrize("form", WRITTEN)
def test_spoiled_gold_is_written_or_refused(form: str, gold: Path, tmp_path: Path) -> None:
    content = gold.read_bytes()
    refused = 0
    for seed in range(SEEDS):
        gold.write_bytes(spoil_file(content, Random(seed)))  # no secret
        try:
            convert(gold, form, tmp_path / f"out-{seed}")
        except UsageError:
            refused += 1
    assert 0 < refused < SEEDS
