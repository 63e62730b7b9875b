"""Names: every rule's examples, what holds in a whole article, and what must never happen."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims import lexicon
from newsclaims.extract.finds import Kind, Name
from newsclaims.extract.names import find_names
from newsclaims.extract.names.boundaries import BOUNDARY_RULES, LONGEST_NAME, bounded_candidates
from newsclaims.extract.names.candidates import NAME_LABELS
from newsclaims.extract.names.evidence import RULES as EVIDENCE
from newsclaims.extract.names.kinds import ARTICLE_RULES, judge
from newsclaims.extract.names.organisations import NAMES as BODY_EVIDENCE
from newsclaims.extract.names.shape import SHAPES
from newsclaims.extract.names.vocabulary import TITLE_CLASSES
from newsclaims.extract.names.weights import WEIGHTS, Chances, confidence
from newsclaims.extract.names.words import Words
from newsclaims.extract.rooms import extract
from newsclaims.parse.parser import Parser
from newsclaims.resolve.gazetteer import Gazetteer
from newsclaims.rules import Rule, load_rules, read_marks
from newsclaims.text.tokens import Tokens

Parse = Callable[[str], Tokens]
RULES = load_rules("extract/names/names").rules
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES.values()
    for number, example in enumerate(rule.finds)
]
NEAR_MISSES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES.values()
    for number, example in enumerate(rule.ignores)
]


def applied_rules(tokens: Tokens, gazetteer: Gazetteer) -> set[str]:
    """The rules that had a part in the names of `tokens`."""
    words = Words(tokens)
    verdicts = judge(words, bounded_candidates(words, gazetteer), gazetteer, WEIGHTS)
    votes = {"votes-person", "votes-place", "votes-organisation"}
    features = {name for verdict in verdicts for name, value in verdict.features if value}
    return (
        features
        | {verdict.candidate.rule for verdict in verdicts}
        | {name.rule for name in find_names(tokens, gazetteer)}
        | ({"article-vote"} if features & votes else set())
    )


def read(tokens: Tokens, names: list[Name]) -> list[tuple[str, str]]:
    text = tokens.text
    return [(text[name.start : name.end], name.kind.value) for name in names]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_rule_leads_to_what_its_example_marks(
    rule: Rule, example: str, parse: Parse, gazetteer: Gazetteer
) -> None:
    text, marks = read_marks(example)
    tokens = parse(text)
    found = [(name.start, name.end, name.kind.value) for name in find_names(tokens, gazetteer)]
    missing = [text[mark.start : mark.end] for mark in marks if tuple(mark) not in found]
    assert not missing, read(tokens, find_names(tokens, gazetteer))
    assert rule.id in applied_rules(tokens, gazetteer)


@pytest.mark.parametrize(("rule", "example"), NEAR_MISSES)
def test_rule_does_not_hold_in_its_near_miss(
    rule: Rule, example: str, parse: Parse, gazetteer: Gazetteer
) -> None:
    assert rule.id not in applied_rules(parse(read_marks(example)[0]), gazetteer)


def passages(room: str) -> list[pytest.param]:  # type: ignore[valid-type]
    text = (Path(__file__).parent.parent / "rooms" / f"{room}.md").read_text(encoding="utf-8")
    found = re.findall(r"^## (.+?)\n\n(.+?)\s*(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return [pytest.param(passage, id=f"{room}: {title}") for title, passage in found]


@pytest.mark.parametrize("passage", [*passages("places"), *passages("organisations")])
def test_passage_gives_exactly_its_marks(passage: str, parse: Parse, gazetteer: Gazetteer) -> None:
    text, marks = read_marks(passage)
    kinds = {mark.label for mark in marks}
    names = find_names(parse(text), gazetteer)
    found = [(n.start, n.end, n.kind.value) for n in names if n.kind.value in kinds]
    assert found == [tuple(mark) for mark in marks]


def test_every_boundary_rule_is_told_apart_from_the_model() -> None:
    assert "model" not in BOUNDARY_RULES


def test_a_retyped_mention_names_the_rule_that_changed_it(
    parse: Parse, gazetteer: Gazetteer
) -> None:
    tokens = parse("Mr. Okwuosa left. Later Okwuosa returned. Okwuosa sang.")
    names = find_names(tokens, gazetteer)
    assert [name.kind for name in names] == [Kind.PERSON] * 3
    labels = {tokens.starts[ent.start]: ent.label for ent in tokens.entities}
    retyped = [name for name in names if labels.get(name.start) != "PERSON"]
    assert retyped
    assert {name.rule for name in retyped} == {"known-surname"}


@pytest.mark.parametrize("kind", Kind)
def test_confidence_grows_with_the_chance_of_each_kind(kind: Kind) -> None:
    steps = [confidence(kind, Chances(*[chance / 20] * 3)) for chance in range(8, 21)]
    assert steps == sorted(steps)
    assert steps[0] < steps[-1] < 1


def test_names_are_in_order_and_do_not_overlap(parse: Parse, gazetteer: Gazetteer) -> None:
    text = "\n".join(example for rule in RULES.values() for example in rule.ignores)
    names = find_names(parse(text), gazetteer)
    assert all(left.end <= right.start for left, right in pairwise(names))


@given(text=st.text(max_size=200))
def test_any_text_gives_names_within_it(text: str, parse: Parse, gazetteer: Gazetteer) -> None:
    for name in find_names(parse(text), gazetteer):
        assert 0 <= name.start < name.end <= len(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("MASERU — The cabinet of eleven was named on Monday.", "MASERU"),
        ("LILONGWE—Government has suspended the clerks.", "LILONGWE"),
        ("CHENNAI: The court heard the case on Thursday.", "CHENNAI"),
        ("CIUDAD DEL ESTE — Nine days later he telephoned.", "CIUDAD DEL ESTE"),
        ("HALDANE, Marl, Feb. 11, 2021 /WireLine/ -- Marl Foods Inc. named a chairman.", "HALDANE"),
        ("Bridge reopens. PORT HALDANE (Wire) -- A bridge was opened.", "PORT HALDANE"),
    ],
)
def test_a_dateline_is_a_place_however_it_is_tagged(
    text: str, place: str, parse: Parse, gazetteer: Gazetteer
) -> None:
    tokens = parse(text)
    assert (place, "place") in read(tokens, find_names(tokens, gazetteer))


@pytest.mark.parametrize(
    "text", ["BREAKING NEWS: The court heard the case.", "UPDATE: The bridge was opened."]
)
def test_a_label_in_capitals_is_no_dateline(text: str, parse: Parse, gazetteer: Gazetteer) -> None:
    assert not [name for name in find_names(parse(text), gazetteer) if name.kind is Kind.PLACE]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Defence Minister Imtiaz Mirza spoke.", "Defence"),
        ("He served as Commissioner for Information in the old cabinet.", "Commissioner"),
    ],
)
def test_parts_of_titles_are_no_organisations(
    text: str, body: str, parse: Parse, gazetteer: Gazetteer
) -> None:
    tokens = parse(text)
    found = read(tokens, find_names(tokens, gazetteer))
    assert not [text for text, kind in found if kind == "organisation" and body in text]


def test_weights_are_of_features_that_exist() -> None:
    labels = {*NAME_LABELS, "none"}
    known = (
        {*EVIDENCE, *SHAPES, *BODY_EVIDENCE, *ARTICLE_RULES, "gazetteer-size"}
        | {"votes-person", "votes-place", "votes-organisation"}
        | {f"{form}-{label}" for form in ("label", "single") for label in labels}
    )
    assert set(WEIGHTS) <= known
    assert set(EVIDENCE) <= set(WEIGHTS)


# ---- titles


def in_capitals(title: str) -> str:
    return title.upper() if title in INITIALS else title[:1].upper() + title[1:]


INITIALS = lexicon.words("roles.initials", "initials_of_ranks") | {"pfc", "spc"}
# "Dean Doe" and "Hunter Doe" are full names more often than not.
GIVEN_NAMES_TOO = lexicon.words("names.given_names_too", "names.mostly_given_names")


def test_every_title_of_one_word_announces_a_surname(parser: Parser, gazetteer: Gazetteer) -> None:
    titles = sorted(lexicon.words(*TITLE_CLASSES))
    assert len(titles) > 1000
    said = [
        (title, surname, f"They met {in_capitals(title)} {surname} at noon.")
        for title in titles
        for surname in ("Vashkentov", "Ombirre", "Brindlecott")
    ]
    found = titled = 0
    parses = parser.parse(sentence for _, _, sentence in said)
    for (title, surname, sentence), tokens in zip(said, parses, strict=True):
        names = find_names(tokens, gazetteer)
        people = [sentence[n.start : n.end] for n in names if n.kind is Kind.PERSON]
        found += people == [surname]
        titled += title not in GIVEN_NAMES_TOO and any(name != surname for name in people)
    assert found / len(said) > 0.98
    assert titled / len(said) < 0.001


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Councillor Edwina (Winnie) Forsythe spoke.", ["Edwina (Winnie) Forsythe"]),
        ("Margaret 'Peggy' Lund won the race.", ["Margaret 'Peggy' Lund"]),
        ("Thomas ‘Tip’ Gallagher, the mayor, resigned.", ["Thomas ‘Tip’ Gallagher"]),
        ("Samuel (Sweden) Lund won the race.", ["Samuel", "Lund"]),
        ("The pastor, Otis Granger, Sr., said so.", ["Otis Granger, Sr."]),
        ("Ask Leon Tubbs, Jr, about it.", ["Leon Tubbs, Jr"]),
        ("Minister Han Sang-on met Yoon Hye-in.", ["Han Sang-on", "Yoon Hye-in"]),
        ("Mayor Gloria Tennant Vetoes Housing Plan\nIt rained.", ["Gloria Tennant"]),
        ("Miloš Kostić resigned. Kostic said he was tired.", ["Miloš Kostić", "Kostic"]),
        ("Police questioned Karen Friday night.", ["Karen"]),
        ("June Halloran met August Wetherby in Oslo.", ["June Halloran", "August Wetherby"]),
        ("Justice Md Tanvir Hossain heard the case.", ["Md Tanvir Hossain"]),
        ("The vice premier Lin He on Monday met Ann Lund.", ["Lin He", "Ann Lund"]),
        ("Only Quarley goalkeeper Ann Lund waited.", ["Ann Lund"]),
        ("She won Miss Kenya in May. Kenya was proud of Ann Lund.", ["Ann Lund"]),
        ("The striker Monday Ezeoke scored. Ezeoke was happy.", ["Monday Ezeoke", "Ezeoke"]),
    ],
)
def test_a_person_is_named_whole(
    text: str, names: list[str], parse: Parse, gazetteer: Gazetteer
) -> None:
    found = read(parse(text), find_names(parse(text), gazetteer))
    assert [name for name, kind in found if kind == "person"] == names


def test_a_weekday_in_a_name_is_no_date(parse: Parse, gazetteer: Gazetteer) -> None:
    found = extract(parse("Sunday Adeyemi, the sports minister, resigned on Monday."), gazetteer)
    assert [date.start for date in found.dates] == [49]


def test_places_of_an_article_about_anything_but_sport_are_no_teams(
    parse: Parse, gazetteer: Gazetteer
) -> None:
    game = "Kenya beat Ghana 2-1. The goal came late in the match."
    politics = "The minister spoke of trade and of the roads that the budget pays for. " * 40
    text = f"{game} The striker scored."
    kinds = {kind for _, kind in read(parse(text), find_names(parse(text), gazetteer))}
    assert kinds == {"organisation"}
    longer = parse(f"{politics}{text}")
    assert {kind for _, kind in read(longer, find_names(longer, gazetteer))} == {"place"}


def test_a_place_in_capitals_is_no_title(parse: Parse, gazetteer: Gazetteer) -> None:
    tokens = parse("Ministers in DR Congo agreed. Congo-Brazzaville has signed.")
    names = [name for name, kind in read(tokens, find_names(tokens, gazetteer)) if kind == "place"]
    assert names == ["DR Congo", "Congo-Brazzaville"]


@pytest.mark.parametrize("noise", ["C. D. E. ", "Vela Mirt ", "KEVO "])
def test_no_name_is_as_long_as_a_page(parse: Parse, noise: str) -> None:
    tokens = parse("Mayor Ana Popescu spoke.\n\n" + noise * 400)
    names = find_names(tokens, Gazetteer())
    assert any(tokens.text[name.start : name.end] == "Ana Popescu" for name in names)
    assert all(name.end - name.start < 12 * LONGEST_NAME for name in names)
