"""Each word stands once, in the lexicon, and what it says there can be looked up."""

import ast
import re
import runpy
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsclaims import lexicon, rules
from newsclaims.lexicon import Phrases
from newsclaims.lexicon.lexicon import LexiconError, read_table, rows_of

PACKAGE = Path(rules.__file__).parent
ROOT = Path(__file__).parent.parent
ROWS = list(read_table("words.tsv", "word classes source"))
CLASSES = {word: [item.partition("=")[0] for item in cell.split("|")] for word, cell, _ in ROWS}
SOURCES = {"general", "isco", "grammar", "verbnet", "geonames"}

# A module may hold this many words of its own; more are a class of the lexicon, unless a comment
# beside them begins with the mark and says why.
MOST = 10
MARK = "# not words: "
WORD = re.compile(r"[^\W\d_][^\W\d_'’-]+(?:[ '’-][^\W\d_]+)*\.?")


def test_a_word_is_written_once_and_in_order() -> None:
    keys = [(word.casefold(), word) for word, _, _ in ROWS]
    assert keys == sorted(keys)
    assert len({key for key, _ in keys}) == len(keys)
    assert [word for word, _, _ in ROWS if word != " ".join(word.split())] == []


def test_a_row_has_each_class_once_with_values_that_differ() -> None:
    for word, cell, sources in ROWS:
        assert CLASSES[word] == sorted(set(CLASSES[word])), word
        for item in cell.split("|"):
            values = item.partition("=")[2].split(";")
            assert len(set(values)) == len(values), word
        assert set(sources.split()) <= SOURCES, word
        assert sources, word


def test_every_class_has_words_and_a_meaning() -> None:
    assert {name for names in CLASSES.values() for name in names} == set(lexicon.CLASSES)
    named = (name for name, kind in lexicon.CLASSES.items() if not kind.says)
    assert [name for name in named if not name.startswith("dates.")] == []  # they say it by name
    assert {kind.inflects for kind in lexicon.CLASSES.values()} == {"", "noun", "verb"}
    assert {kind.case for kind in lexicon.CLASSES.values()} == {"", "title", "written"}


def test_words_are_given_as_their_class_compares_them() -> None:
    assert "march" in lexicon.words("dates.other_month")
    assert "Christmas Eve" in lexicon.words("dates.holiday")
    assert {"Airport", "Port of"} <= lexicon.words("places.named_after_town", "places.before_town")
    assert {"oblast", "Oblast"} <= lexicon.words("places.division_after_name")


def test_a_class_gives_the_values_of_its_words() -> None:
    assert lexicon.values("dates.month")["july"] == ("7",)
    assert lexicon.values("statements.speech_told")["congratulate"] == ("on for",)
    assert lexicon.values("roles.acting")["interim"] == ()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("word\tclass\n", "x.tsv, line 1: the columns are not word, classes"),
        ("# head\nword\tclasses\na\tb\nc\n", "x.tsv, line 4: 1 cells, not 2"),
        ("", "x.tsv, line 1: the columns"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_line(text: str, complaint: str) -> None:
    with pytest.raises(LexiconError, match=complaint):
        list(rows_of(text, "x.tsv", "word classes"))


def test_inflected_forms_are_those_of_the_libraries() -> None:
    script = runpy.run_path(str(ROOT / "bench" / "word_forms.py"))
    written = (PACKAGE / "lexicon" / "forms.tsv").read_text(encoding="utf-8")
    assert script["HEAD"] + "".join(script["lines"]()) == written, "make forms"


@pytest.mark.parametrize(
    ("word", "part", "forms"),
    [
        ("say", "verb", {"says", "saying", "said"}),
        ("forbid", "verb", {"forbids", "forbidding", "forbade", "forbad", "forbidden"}),
        ("chairwoman", "noun", {"chairwomen"}),
        ("editor-in-chief", "noun", {"editors-in-chief"}),
        ("secretary-general", "noun", {"secretaries-general", "secretary-generals"}),
        ("oligarch", "noun", {"oligarchs"}),
        ("capt.", "noun", {"capts."}),
    ],
)
def test_words_are_inflected(word: str, part: str, forms: set[str]) -> None:
    assert set(lexicon.forms_of(word, part)) == forms


def test_a_word_of_the_user_has_a_regular_plural() -> None:
    plurals = {word: list(lexicon.plurals_of(word)) for word in ("amin", "sarpanch", "bondsman")}
    assert plurals == {"amin": ["amins"], "sarpanch": ["sarpanches"], "bondsman": ["bondsmen"]}
    assert list(lexicon.plurals_of("attorney-general")) == [
        "attorneys-general",
        "attorney-generals",
    ]


@pytest.mark.parametrize(
    ("tokens", "spans"),
    [
        ("the chief of staff and the chief", [(1, 4), (6, 7)]),
        ("an attorney - general or attorney-general", [(1, 4), (5, 6)]),
        ("they met capt . doe and capt. roe", [(2, 4), (6, 7)]),
        ("chief of police", [(0, 1)]),
        ("", []),
    ],
)
def test_the_longest_phrases_are_found_in_one_pass(
    tokens: str, spans: list[tuple[int, int]]
) -> None:
    phrases = Phrases(["chief", "chief of staff", "attorney-general", "capt."])
    assert list(phrases.over(tokens.split())) == spans


def test_rules_have_no_words_of_their_own() -> None:
    for path in PACKAGE.rglob("*.toml"):
        lists = tomllib.loads(path.read_text(encoding="utf-8")).get("lists", {})
        assert set(lists) <= {"heads"}, path  # names of classes of dates


def test_no_module_keeps_a_list_of_words() -> None:
    kept = [
        f"{path.relative_to(PACKAGE)}, line {line}: {' '.join(words[:5])} ..."
        for path in makers()
        for line, words in word_lists(path.read_text(encoding="utf-8"))
    ]
    assert kept == []


def test_a_list_of_words_in_a_module_is_seen() -> None:
    names = "ash beech birch elm fir larch lime oak pine poplar yew".split()
    kept = [
        f"TREES = {container}"
        for container in (set(names), names, tuple(names), dict.fromkeys(names, 1))
    ]
    kept.append(f"TREES = frozenset('{' '.join(names)}'.split())")
    for source in kept:
        assert [words for _, words in word_lists(source)] != [], source
        assert list(word_lists(f"{MARK}trees are data\n{source}")) == []
    assert list(word_lists(f"TREES = {names[1:]}")) == []


def makers() -> Iterator[Path]:
    """The modules that make records."""
    for name in rules.MAKERS:
        path = PACKAGE / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def word_lists(source: str) -> Iterator[tuple[int, list[str]]]:
    """Line and words of each literal that holds more than a few words."""
    lines = source.split("\n")
    for node in ast.walk(ast.parse(source)):
        words = [word for word in strings(node) if WORD.fullmatch(word) and word not in NAMES]
        if len(words) > MOST and not any(MARK in line for line in lines[node.lineno - 2 :][:2]):
            yield node.lineno, words


def strings(node: ast.AST) -> list[str]:
    """The strings of a literal collection, or those that a string is split into."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        text = node.func.value
        split = node.func.attr == "split" and isinstance(text, ast.Constant)
        return str(text.value).split() if split else []
    parts = getattr(node, "keys" if isinstance(node, ast.Dict) else "elts", [])
    return [part.value for part in parts if isinstance(getattr(part, "value", 0), str)]


def names() -> Iterator[str]:
    """What rules, features and classes are called."""
    yield from (name.rpartition(".")[2] for name in lexicon.CLASSES)
    for path in PACKAGE.rglob("*.toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from (rule["id"] for rule in data.get("rules", []))
        yield from data.get("weights", {})


NAMES = frozenset(names())
