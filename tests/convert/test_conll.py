"""CoNLL files of other origin: their schemes, columns and documents."""

import json
from pathlib import Path

import pytest
from annotated import line, write
from newsclaims.convert import ConvertError, convert, restore
from newsclaims.errors import UsageError

TEXTS = {"a": "Ines Roth met Otto Lund in Graz.", "b": "(Oslo Board) fired Ines Roth"}
TOKENS = "Ines Roth met Otto Lund in Graz ."
FOUND = ["Graz", "Ines Roth", "Otto Lund"]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write(tmp_path / "texts.jsonl", [line(text, id=name) for name, text in TEXTS.items()])


def names(content: str, texts: Path) -> tuple[dict[str, list[str]], list[str]]:
    file = texts.parent / "in.conll"
    file.write_text(content, encoding="utf-8")
    losses = restore(file, "conll", texts.parent / "back.jsonl", texts)
    lines = map(json.loads, (texts.parent / "back.jsonl").read_text().splitlines())
    layers = ("people", "organisations", "places")
    found = {
        one["article"]["id"]: sorted(row["name"] for layer in layers for row in one[layer])
        for one in lines
    }
    return found, losses


def columns(tags: str, tokens: str = TOKENS) -> str:
    pairs = zip(tokens.split(), tags.split(), strict=True)
    return "".join(f"{token} {tag}\n" for token, tag in pairs)


SCHEMES = {
    "IO": "I-PER I-PER O I-PER I-PER O I-LOC O",
    "IO bare": "PER PER O PER PER O LOC O",
    "BIO": "B-PER I-PER O B-PER I-PER O B-LOC O",
    "IOE2": "I-PER E-PER O I-PER E-PER O E-LOC O",
    "BIOES": "B-PER E-PER O B-PER E-PER O S-LOC O",
    "BILOU": "B-PER L-PER O B-PER L-PER O U-LOC O",
    "BMES": "B-PER E-PER O B-PER E-PER O S-LOC O",
    "BMEWO": "B-PER E-PER O B-PER E-PER O W-LOC O",
    "underscores": "b_person e_person O b_person e_person O s_gpe O",
}


@pytest.mark.parametrize("tags", SCHEMES.values(), ids=SCHEMES)
def test_all_schemes_give_the_same_names(tags: str, texts: Path) -> None:
    found, losses = names(columns(tags), texts)
    assert found == {"a": FOUND}
    assert losses == ["b: the article is left out: it has no tokens"]


def test_neighbours_are_parted_as_each_scheme_says(texts: Path) -> None:
    for tags in (
        "I-PER B-PER O O O O O O",
        "B-PER B-PER O O O O O O",
        "E-PER I-PER O O O O O O",
        "S-PER S-PER O O O O O O",
        "U-PER U-PER O O O O O O",
    ):
        assert names(columns(tags), texts)[0] == {"a": ["Ines", "Roth"]}


@pytest.mark.parametrize(
    ("tags", "why"),
    [
        ("B-PER E-PER O B-PER L-PER O O O", "line 5: the tag L-PER is of no scheme"),
        ("B-PER E-PER O B-PER I-PER O O O", "line 5: I-PER has no end"),
        ("S-PER E-PER O O O O O O", "line 2: E-PER goes on with no name"),
        ("B-PER E-LOC O O O O O O", "line 2: E-LOC goes on with no name"),
        ("O O O O O O B-LOC E-LOC", None),
        ("O O O O O O S-LOC B-LOC", "line 8: B-LOC has no end"),
        ("B-PER I-PER O I-PER I-PER O O O", "line 4: I-PER begins a name, .* line 1 B-PER does"),
        ("X-PER O O O O O O O", "line 1: the tag X-PER is of no scheme"),
        ("O O O O O O Q P", "line 1: no column holds tags"),
    ],
)
def test_mixed_schemes_and_impossible_orders_are_refused(
    tags: str, why: str | None, texts: Path
) -> None:
    if why is None:
        names(columns(tags), texts)
        return
    with pytest.raises(ConvertError, match=why):
        names(columns(tags), texts)


@pytest.mark.parametrize(
    "row",
    [
        "{1} {0}",
        "{0}\t{1}",
        "{0} NNP B-NP {1}",
        "{0} -X- _ {1}",
        "{2}\t{0}\t{1}",
    ],
)
def test_the_columns_are_found(row: str, texts: Path) -> None:
    tags = SCHEMES["BIO"].split()
    rows = [row.format(*pair, n) for n, pair in enumerate(zip(TOKENS.split(), tags, strict=True))]
    content = "-DOCSTART- -X- O O\n\n" + "\r\n".join(rows)
    assert names("\ufeff" + content, texts)[0] == {"a": FOUND}


def test_two_columns_of_names_are_refused(texts: Path) -> None:
    rows = [f"{word} B-PER B-ORG" for word in TOKENS.split()]
    with pytest.raises(ConvertError, match="columns 2 and 3 both hold names"):
        names("\n".join(rows), texts)


@pytest.mark.parametrize("between", ["-DOCSTART- -X- O O\n\n", "\n", ""])
def test_documents_without_ids_are_those_whose_texts_they_are(between: str, texts: Path) -> None:
    first = columns("O B-ORG I-ORG O O B-PER I-PER", "-LRB- Oslo Board ) fired Ines Roth")
    second = "# sent_id = 4\n" + columns(SCHEMES["BIO"])
    found, losses = names(f"{first}{between}{second}", texts)
    assert found == {"b": ["Ines Roth", "Oslo Board"], "a": FOUND}
    assert losses == []


def test_a_file_says_nothing_of_layers_that_it_does_not_hold(texts: Path, tmp_path: Path) -> None:
    names(columns(SCHEMES["BIO"]), texts)
    gold = json.loads((tmp_path / "back.jsonl").read_text())
    assert gold["annotated"] == ["people.mentions", "places.mentions"]
    convert(texts, "conll", tmp_path / "ours.conll")
    restore(tmp_path / "ours.conll", "conll", tmp_path / "back.jsonl", texts)
    gold = json.loads((tmp_path / "back.jsonl").read_text().splitlines()[0])
    assert gold["annotated"] == ["people.mentions", "organisations.mentions", "places.mentions"]


def test_articles_are_no_gold_to_take_texts_from(tmp_path: Path) -> None:
    articles = write(tmp_path / "articles.jsonl", [{"id": "a", "text": TEXTS["a"]}])
    with pytest.raises(UsageError, match=r"articles\.jsonl, line 1: not a line of a gold file"):
        names(columns(SCHEMES["BIO"]), articles)
