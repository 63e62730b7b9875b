"""Every rule of statements.toml against its examples, and what the room owes to the whole text."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsclaims.extract.finds import Kind, Name, StatementFind
from newsclaims.extract.statements import find_statements
from newsclaims.rules import Mark, load_rules, read_marks
from newsclaims.text.tokens import Tokens

from tests.text.test_quotations import WORDS

Parse = Callable[[str], Tokens]
Spans = list[tuple[str, int, int]]

RULES = load_rules("extract/statements/statements").rules
FINDS = [(rule.id, example) for rule in RULES.values() for example in rule.finds]
IGNORES = [(rule.id, example) for rule in RULES.values() for example in rule.ignores]
PASSAGES = (Path(__file__).parent.parent / "rooms" / "statements.md").read_text(encoding="utf-8")


def marked(marks: tuple[Mark, ...]) -> list[Spans]:
    """The statements that an example marks, each as its labelled spans, in order."""
    found: dict[str, Spans] = {}
    for mark in marks:
        label, *numbers = mark.label.split()
        for number in numbers or ["1"]:
            found.setdefault(number, []).append((label, mark.start, mark.end))
    return sorted(sorted(spans) for spans in found.values())


def found_in(finds: list[StatementFind]) -> list[Spans]:
    """Statements in the form of `marked`."""
    return sorted(sorted(spans_of(find)) for find in finds)


def spans_of(find: StatementFind) -> Spans:
    content = [("content", *piece) for piece in find.content]
    source = [("source", *find.source)] if find.source else []
    cue = [("cue", *find.cue)] if find.cue else []
    return [*content, *source, *cue]


@pytest.mark.parametrize(("rule", "example"), FINDS)
def test_rule_finds(rule: str, example: str, parse: Parse) -> None:
    text, marks = read_marks(example)
    finds = find_statements(parse(text))
    assert found_in(finds) == marked(marks)
    assert rule in [find.rule for find in finds]


@pytest.mark.parametrize(("_rule", "example"), IGNORES)
def test_rule_ignores(_rule: str, example: str, parse: Parse) -> None:
    assert find_statements(parse(example)) == []


@pytest.mark.parametrize("passage", PASSAGES.split("\n## ")[1:], ids=lambda p: p.split("\n")[0])
def test_passage(passage: str, parse: Parse) -> None:
    text, marks = read_marks(passage.split("\n", 1)[1].strip())
    assert found_in(find_statements(parse(text))) == marked(marks)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The bridge is safe,” she said.", "direct"),
        ("“The bridge,” she said, “is safe.”", "direct"),
        ("She said the bridge was “safe enough”.", "mixed"),
        ("She said the bridge was safe.", "indirect"),
    ],
)
def test_kind_follows_the_quotation_marks(text: str, kind: str, parse: Parse) -> None:
    assert [find.kind for find in find_statements(parse(text))] == [kind]


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Residents said the bridge was safe.", "speech"),
        ("Residents believe the bridge is safe.", "belief"),
        ("Residents plan to cross the bridge.", "intention"),
        ("Residents oppose the bridge.", "attitude"),
    ],
)
def test_sort_follows_the_cue(text: str, sort: str, parse: Parse) -> None:
    assert [find.sort for find in find_statements(parse(text))] == [sort]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The mayor said the bridge was safe.", None),
        ("The mayor did not say that the bridge was safe.", "negated"),
        ("The mayor never said that the bridge was safe.", "negated"),
        ("Nobody said that the bridge was safe.", "negated"),
        ("If the mayor says that the bridge is safe, we will cross.", "conditional"),
        ("Did the mayor say that the bridge was safe?", "questioned"),
        ("“Is the bridge safe?” the mayor asked.", None),
    ],
)
def test_modality(text: str, modality: str | None, parse: Parse) -> None:
    assert [find.modality for find in find_statements(parse(text))] == [modality]


def test_a_report_inside_a_content_is_no_statement_of_its_own(parse: Parse) -> None:
    finds = find_statements(parse("The mayor said that engineers believed the bridge was safe."))
    assert len(finds) == 1


def test_an_unclosed_mark_does_not_reach_the_next_paragraph(parse: Parse) -> None:
    text = "The mayor said: “The bridge is safe.\n\n“It is not,” the engineer said. It rained."
    first, second = find_statements(parse(text))
    assert text[slice(*second.content[0])] == "“It is not,”"
    assert first.content[-1].end <= text.index("\n")


def test_a_clause_keeps_the_word_that_asks(parse: Parse) -> None:
    text = "It shows how optimistic she is about the harbour."
    (find,) = find_statements(parse(text))
    assert [text[slice(*part)] for part in find.content] == [text.partition("shows ")[2][:-1]]
    assert find.cue is not None
    assert text[slice(*find.cue)] == "shows"


@given(parts=st.lists(st.sampled_from(WORDS), min_size=1, max_size=20))
@settings(max_examples=int(os.environ.get("NEWSCLAIMS_MIXES", "100")))  # make soak: 20,000
def test_any_mix_of_marks_gives_valid_statements(parts: list[str], parse: Parse) -> None:
    tokens = parse(" ".join(parts))
    for find in find_statements(tokens):
        for _, start, end in spans_of(find):
            assert 0 <= start < end <= len(tokens.text)
            assert tokens.text[start:end].strip() == tokens.text[start:end]


def test_no_source_ends_inside_a_name(parse: Parse) -> None:
    text = "Ton van der Meulen said the mill was sold."
    whole = text.index("Ton"), text.index(" said")
    name = Name(*whole, kind=Kind.PERSON, rule="model")
    for cut in range(len(text[: whole[1]].split())):
        tokens = parse(text)
        # The parser takes the name's last words alone for the subject.
        heads = [tokens.heads[token] if token >= cut else token for token in range(len(tokens))]
        (find,) = find_statements(replace(tokens, heads=heads), [name])
        assert find.source == whole
