import json
from pathlib import Path
from typing import Any

import pytest
from annotated import line, write
from newsclaims.convert import ConvertError, restore

TEXT = "\U0001f600 Liv Dahl left.\n\nArna Town Club won."
TSV = """#FORMAT=WebAnno TSV 3.3
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value
#T_SP=custom.Mood|mood


#Text=\U0001f600 Liv Dahl left.
1-1\t0-2\t\U0001f600\t_\t_\t_\t
1-2\t3-6\tLiv\t*[1]\tPER[1]\tsad\t
1-3\t7-11\tDahl\t*[1]\tPER[1]\t_\t
1-4\t12-16\tleft\t_\t_\t_\t
1-5\t16-17\t.\t_\t_\t_\t

#Text=Arna Town Club won.
2-1\t19-23\tArna\t*|*[2]\tLOC|ORG[2]\t_\t
2-2\t24-28\tTown\t*[2]\tORG[2]\t_\t
2-3\t29-33\tClub\t*[2]\tORG[2]\t_\t
2-4\t34-37\twon\t_\t_\t_\t
2-5\t37-38\t.\t_\t_\t_\t
"""


def back(content: str, folder: Path) -> tuple[dict[str, Any], list[str]]:
    (folder / "in").mkdir()
    (folder / "in" / "one.tsv").write_text(content, encoding="utf-8")
    texts = write(folder / "texts.jsonl", [line("Other."), line(TEXT, id="b")])
    losses = restore(folder / "in", "webanno-tsv", folder / "back.jsonl", texts)
    return json.loads((folder / "back.jsonl").read_text(encoding="utf-8")), losses


def test_spans_of_named_entities_are_read(tmp_path: Path) -> None:
    gold, losses = back(TSV, tmp_path)
    assert gold["article"]["id"] == "b"
    assert gold["people"][0]["mentions"] == [{"start": 2, "end": 10, "text": "Liv Dahl"}]
    assert [row["name"] for row in gold["organisations"]] == ["Arna Town Club"]
    assert [row["name"] for row in gold["places"]] == ["Arna"]
    assert losses == ["b: 1 value of another layer left out"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (TSV.replace("Dahl\t", "Dal\t"), "tokens are those of no text"),
        ("Liv B-PER\n", "not WebAnno TSV 3"),
        ('<xmi:XMI xmlns="x"/>', "a UIMA CAS; export the project"),
        ('{"%TYPES": {}, "%FEATURE_STRUCTURES": []}', "a UIMA CAS; export the project"),
    ],
)
def test_other_exports_are_refused(content: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(ConvertError, match=rf"one\.tsv: .*{why}"):
        back(content, tmp_path)
