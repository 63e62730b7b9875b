"""Each layer's scores on cases worked out by hand."""

import math

import pytest
from annotated import counts, line, score
from newsclaims.evaluate.mentions import bare
from newsclaims.evaluate.places import kilometres
from newsclaims.evaluate.roles import plain
from newsclaims.gold import Span


def agreed(scores: object, name: str) -> tuple[float, float]:
    """Of a share: how many were compared, and how many agreed."""
    tally = scores[name].tally  # type: ignore[index]
    return tally.compared, tally.agreed


# Mentions


@pytest.mark.parametrize(
    ("words", "cut"),
    [
        ("the Netherlands", "Netherlands"),
        ("Norway's", "Norway"),
        ("the Philippines\u2019", "Philippines"),
        ("Theodore", "Theodore"),
        ("O'Brien", "O'Brien"),
        ("the", "the"),
    ],
)
def test_article_and_possessive_are_cut(words: str, cut: str) -> None:
    span = bare(Span(10, 10 + len(words), words))
    assert span.text == cut
    assert words[span.start - 10 : span.end - 10] == cut


def test_strict_wants_equal_bounds_and_overlap_one_character() -> None:
    gold = line("[[Ann Lee|person-1]] met [[Bo Ek|person-2]] and [[Cy Ott|person-3]].")
    found = line("Ann [[Lee|person-1]] met [[Bo Ek|person-2]] [[and|person-3]] Cy Ott.")
    scores = score(gold, found)
    assert counts(scores, "people.mentions.strict") == (3, 3, 1)
    assert counts(scores, "people.mentions.overlap") == (3, 3, 2)
    assert scores["people.mentions.overlap"].value == pytest.approx(2 / 3)


def test_article_and_possessive_make_no_strict_difference() -> None:
    gold = line("In [[the Gambia|place-1]] and [[Chad|place-2]]'s north.")
    found = line("In the [[Gambia|place-1]] and [[Chad's|place-2]] north.")
    assert counts(score(gold, found), "places.mentions.strict") == (2, 2, 2)


def test_how_mentions_are_grouped_is_not_scored_among_mentions() -> None:
    gold = line("[[Ann Lee|person-1]] said [[Lee|person-1]] left.")
    found = line("[[Ann Lee|person-1]] said [[Lee|person-2]] left.")
    assert scores_of(gold, found, "people.mentions.strict") == 1


def scores_of(gold: object, found: object, name: str) -> float:
    return score(gold, found)[name].value  # type: ignore[arg-type]


def test_a_find_that_only_a_disputed_mention_covers_is_not_counted() -> None:
    gold = line("The Bank of [[Japan|place-1?]] eyes [[Kyoto|place-2]].")
    found = line("The Bank of [[Japan|place-1]] eyes [[Kyoto|place-2]].")
    assert counts(score(gold, found), "places.mentions.strict") == (1, 1, 1)


def test_missing_a_disputed_mention_is_no_error() -> None:
    gold = line("[[Mars|place-1?]] is far from [[Kyoto|place-2]].")
    found = line("Mars is far from [[Kyoto|place-1]].")
    scores = score(gold, found)
    assert scores["places.mentions.strict"].value == 1
    assert scores.layers["places.mentions"].outcomes[0][0].verdict == "right"


def test_an_error_of_kind_is_told_from_an_invention() -> None:
    gold = line("[[Jordan|person-1]] rose. [[Lima|place-1]] fell.")
    found = line("[[Jordan|place-1]] rose. [[Lima fell|place-2]].")
    outcomes = score(gold, found).layers["places.mentions"].outcomes[0]
    assert sorted(outcome.verdict for outcome in outcomes) == ["boundary", "kind"]


# People


def test_b_cubed_of_a_case_worked_by_hand() -> None:
    # gold {A1 A2 A3} {B1}; found {A1 A2 B1} {A3}: of each mention, the right part of its row
    gold = line("[[A1|person-1]] [[A2|person-1]] [[A3|person-1]] [[B1|person-2]]")
    found = line("[[A1|person-1]] [[A2|person-1]] [[A3|person-2]] [[B1|person-1]]")
    tally = score(gold, found)["people.b-cubed"].tally
    assert tally.precise == pytest.approx(2 / 3 + 2 / 3 + 1 + 1 / 3)
    assert tally.recalled == pytest.approx(2 / 3 + 2 / 3 + 1 / 3 + 1)
    assert counts(score(gold, found), "people.rows") == (2, 2, 0)


def test_one_row_for_all_has_full_recall_and_low_precision() -> None:
    gold = line("[[A1|person-1]] [[A2|person-1]] [[A3|person-1]] [[B1|person-2]]")
    found = line("[[A1|person-1]] [[A2|person-1]] [[A3|person-1]] [[B1|person-1]]")
    one = score(gold, found)["people.b-cubed"]
    assert one.precision == pytest.approx((3 * 3 / 4 + 1 / 4) / 4)
    assert one.recall == 1


def test_a_mention_in_two_rows_stays_in_the_first() -> None:
    gold = line("[[Ann Lee|person-1]] said [[Lee|person-1]] left.")
    found = line("[[Ann Lee|person-1]] said [[Lee|person-2]] left.")
    found["people"][1]["mentions"] += found["people"][0]["mentions"]
    assert counts(score(gold, found), "people.rows") == (1, 2, 0)
    assert counts(score(gold, found), "people.mentions.strict") == (2, 2, 2)


def test_b_cubed_looks_at_the_mentions_that_both_have() -> None:
    gold = line("[[Ann Lee|person-1]] said [[Lee|person-1]] left with [[Bo Ek|person-2]].")
    found = line("[[Ann Lee|person-1]] said [[Lee|person-1]] left with Bo Ek.")
    scores = score(gold, found)
    assert scores["people.b-cubed"].value == 1
    assert scores["people.b-cubed-of-all"].recall == pytest.approx(2 / 3)
    assert counts(scores, "people.rows") == (2, 1, 1)


def test_a_disputed_person_counts_nowhere_in_grouping() -> None:
    gold = line("[[Ann Lee|person-1]] saw [[Zeus|person-2?]].")
    found = line("[[Ann Lee|person-1]] saw [[Zeus|person-1]].")
    scores = score(gold, found)
    assert scores["people.rows"].value == 1
    assert scores["people.b-cubed-of-all"].value == 1


# Places


def test_kilometres() -> None:
    assert kilometres((51.5074, -0.1278), (48.8566, 2.3522)) == pytest.approx(343.6, abs=1)
    assert kilometres((0, 179.5), (0, -179.5)) == pytest.approx(111.2, abs=0.1)
    assert kilometres((10, 20), (10, 20)) == 0


def test_resolution_of_all_and_of_resolved() -> None:
    gold = line(
        "[[Oslo|place-1 59.91 10.75]], [[Bergen|place-2 60.39 5.32]], "
        "[[Moss|place-3 59.43 10.66]], [[Tromso|place-4 69.65 18.96]], [[Nowhere|place-5]]."
    )
    found = line(  # right; 305 km off; unresolved; missed
        "[[Oslo|place-1 59.43 10.66]], [[Bergen|place-2 59.91 10.75]], "
        "[[Moss|place-3]], Tromso, [[Nowhere|place-4 1 1]]."
    )
    scores = score(gold, found)
    assert agreed(scores, "places.resolution.of-all") == (4, 1)
    assert agreed(scores, "places.resolution.of-resolved") == (2, 1)
    verdicts = [o.verdict for o in scores.layers["places.resolution"].outcomes[0]]
    assert verdicts == ["right", "wrong link", "wrong link", "missed"]


def test_161_kilometres_are_near_and_more_are_not() -> None:
    degrees = 160.9 / 111.195
    gold = line("[[Oslo|place-1 10 0]]")
    near, far = line(f"[[Oslo|place-1 {10 + degrees} 0]]"), line("[[Oslo|place-1 11.449 0]]")
    assert scores_of(gold, near, "places.resolution.of-all") == 1
    assert scores_of(gold, far, "places.resolution.of-all") == 0


# Dates


def test_tempeval_figures_of_a_case_worked_by_hand() -> None:
    gold = line(
        "[[May 8|date DATE 2025-05-08]], [[the following day|date DATE 2025-05-09]], "
        "[[10 years|date DURATION P10Y]], [[now|date DATE PRESENT_REF]]."
    )
    found = line(  # strict; relaxed, other value; strict, other type and value; missed; invented
        "[[May 8|date DATE 2025-05-08]], the [[following day|date DATE 2025-05-10]], "
        "[[10 years|date DATE 2015]], now[[.|date DATE 2025]]"
    )
    scores = score(gold, found)
    assert counts(scores, "dates.strict") == (4, 4, 2)
    assert counts(scores, "dates.relaxed") == (4, 4, 3)
    assert scores["dates.relaxed"].value == pytest.approx(3 / 4)
    assert scores["dates.type"].value == pytest.approx(3 / 4 * 2 / 3)
    assert scores["dates.value"].value == pytest.approx(3 / 4 * 1 / 3)
    verdicts = sorted(outcome.verdict for outcome in scores.layers["dates"].outcomes[0])
    assert verdicts == ["invented", "missed", "right", "wrong value", "wrong value"]


def test_value_f1_is_relaxed_f1_times_the_share_of_equal_values() -> None:
    gold = line(
        "[[May|date DATE 2025-05]] [[June|date DATE 2025-06]] "
        "[[July|date DATE 2025-07]] [[August|date DATE 2025-08]] day"
    )
    found = line(
        "[[May|date DATE 2025-05]] [[June|date DATE 2024-06]] July August [[day|date DATE 2025]]"
    )
    scores = score(gold, found)
    relaxed, value = scores["dates.relaxed"], scores["dates.value"]
    assert (relaxed.precision, relaxed.recall) == pytest.approx((2 / 3, 2 / 4))
    assert relaxed.value == pytest.approx(4 / 7)
    assert value.value == pytest.approx(4 / 7 * 1 / 2)
    assert (value.precision, value.recall) == pytest.approx((1 / 3, 1 / 4))


def test_a_null_gold_value_is_not_compared_but_invalid_is() -> None:
    gold = line("[[one day|date DATE null]] or [[February 30|date DATE null INVALID]]")
    found = line("[[one day|date DATE 2025]] or [[February 30|date DATE 2025-02]]")
    tally = score(gold, found)["dates.value"].tally
    assert (tally.compared, tally.agreed) == (1, 0)
    found = line("[[one day|date DATE 2025]] or [[February 30|date DATE null INVALID]]")
    assert scores_of(gold, found, "dates.value") == 1


def test_without_any_gold_value_there_is_no_value_figure() -> None:
    gold = line("[[one day|date DATE null]]")
    assert math.isnan(scores_of(gold, gold, "dates.value"))
    assert scores_of(gold, gold, "dates.type") == 1


# Roles

TEXT = (
    "[[Ann Lee|person-1]], the former Foreign Minister of France and a chairman of the "
    "French Red Cross, met [[Bo Ek|person-2]], minister for the fisheries."
)


@pytest.mark.parametrize(
    ("words", "compared"),
    [
        ("The  Foreign\nMinister's", "foreign minister"),
        ("her deputy", "deputy"),
        ("an analyst.", "analyst"),
        ("U.S.", "u.s"),
        ("Workers\u2019 Party\u2019s", "workers\u2019 party"),
        ("theatre director", "theatre director"),
    ],
)
def test_titles_are_compared_plainly(words: str, compared: str) -> None:
    assert plain(words) == compared


def test_four_combinations_of_slots() -> None:
    gold = line(TEXT, roles=[("person-1", "Foreign Minister", "France", "former")])
    found = line(TEXT, roles=[("person-1", "Foreign Minister", "French", "former")])
    scores = score(gold, found)
    assert scores["roles.person+title"].value == 1
    assert scores["roles.person+title+organisation"].value == 0
    assert scores["roles.person+title+status"].value == 1
    assert scores["roles.all-four"].value == 0
    outcome = scores.layers["roles"].outcomes[0][0]
    assert (outcome.verdict, outcome.detail) == ("wrong slot", "organisation")


def test_null_organisation_equals_only_null() -> None:
    gold = line(TEXT, roles=[("person-1", "chairman", None)])
    found = line(TEXT, roles=[("person-1", "chairman", "French Red Cross")])
    for name in ("roles.all-four", "roles.all-four-lenient"):
        assert scores_of(gold, found, name) == 0
        assert scores_of(gold, gold, name) == 1


def test_lenient_wants_one_word_in_title_and_organisation() -> None:
    gold = line(TEXT, roles=[("person-1", "Foreign Minister", "French Red Cross", "former")])
    found = line(TEXT, roles=[("person-1", "Minister", "Red Cross", "former")])
    scores = score(gold, found)
    assert scores["roles.person+title"].value == 0
    assert scores["roles.all-four-lenient"].value == 1
    current = line(TEXT, roles=[("person-1", "Minister", "Red Cross")])
    assert scores_of(gold, current, "roles.all-four-lenient") == 0
    assert scores_of(gold, current, "roles.person+title+organisation-lenient") == 1


def test_a_fact_counts_once_an_article() -> None:
    twice = line(TEXT, roles=[("person-2", "minister", "fisheries")] * 2)
    once = line(TEXT, roles=[("person-2", "minister", "fisheries")])
    assert counts(score(twice, once), "roles.all-four") == (1, 1, 1)
    assert counts(score(once, twice), "roles.all-four") == (1, 1, 1)


def test_a_fact_without_organisation_gives_way_to_one_with_it() -> None:
    bare_too = line(TEXT, roles=[("person-2", "minister"), ("person-2", "minister", "fisheries")])
    full = line(TEXT, roles=[("person-2", "minister", "fisheries")])
    assert counts(score(full, bare_too), "roles.person+title+organisation") == (1, 1, 1)
    other_status = line(
        TEXT,
        roles=[("person-2", "minister", None, "former"), ("person-2", "minister", "fisheries")],
    )
    assert counts(score(full, other_status), "roles.all-four") == (1, 2, 1)


def test_one_title_in_two_bodies_is_one_pair_of_person_and_title() -> None:
    both = line(
        TEXT,
        roles=[("person-1", "chairman", "France"), ("person-1", "chairman", "French Red Cross")],
    )
    one = line(TEXT, roles=[("person-1", "chairman", "France")])
    assert counts(score(both, one), "roles.person+title") == (1, 1, 1)
    assert counts(score(both, one), "roles.all-four") == (2, 1, 1)


def test_persons_match_by_a_mention_or_the_last_word() -> None:
    marked = "[[Ann Lee|person-1]] and [[Queen Ann|person-2]], a minister"
    gold = line(marked, roles=[("person-1", "minister")])
    by_surname = line(marked.replace("[[Ann Lee", "Ann [[Lee"), roles=[("person-1", "minister")])
    other = line(marked, roles=[("person-2", "minister")])
    assert scores_of(gold, by_surname, "roles.all-four") == 1
    assert scores_of(gold, other, "roles.all-four") == 0


def test_a_find_like_a_disputed_fact_is_not_counted() -> None:
    gold = line(TEXT, roles=[("person-1", "Foreign Minister?"), ("person-2", "minister")])
    found = line(TEXT, roles=[("person-1", "Minister"), ("person-2", "minister")])
    assert counts(score(gold, found), "roles.all-four") == (1, 1, 1)
    found = line(TEXT, roles=[("person-1", "chairman"), ("person-2", "minister")])
    assert counts(score(gold, found), "roles.all-four") == (1, 2, 1)


# Statements

SAID = "[[Ann Lee|person-1]], a judge, said the bridge was closed. [[Lee|person-1]] denied it."


def test_content_source_and_whole() -> None:
    gold = line(SAID, statements=[("Ann Lee, a judge", ["the bridge was closed"], "person-1")])
    exact = line(SAID, statements=[("Lee", ["the bridge was closed"], "person-1")])
    scores = score(gold, exact)  # "Lee" stands in "Ann Lee, a judge" first
    for metric in ("content-strict", "content", "source-given-content", "whole"):
        assert scores[f"statements.{metric}"].value == 1, metric
    assert scores["statements.speaker-given-content"].value == 1


def test_content_needs_half_of_the_union() -> None:
    gold = line(SAID, statements=[("Ann Lee", ["the bridge was closed"])])  # 21 characters
    most = line(SAID, statements=[("Ann Lee", ["bridge was closed"])])  # 17
    some = line(SAID, statements=[("Ann Lee", ["was closed"])])  # 10
    assert counts(score(gold, most), "statements.content") == (1, 1, 1)
    assert counts(score(gold, most), "statements.content-strict") == (1, 1, 0)
    assert counts(score(gold, some), "statements.content") == (1, 1, 0)


def test_a_wrong_source_spoils_the_whole_only() -> None:
    gold = line(SAID, statements=[("Ann Lee", ["the bridge was closed"])])
    other = line(SAID, statements=[("denied", ["the bridge was closed"])])
    none = line(SAID, statements=[(None, ["the bridge was closed"])])
    for found in (other, none):
        scores = score(gold, found)
        assert scores["statements.content"].value == 1
        assert scores["statements.source-given-content"].value == 0
        assert scores["statements.whole"].value == 0
    assert scores_of(none, none, "statements.whole") == 1


def test_speaker_rows_must_share_a_mention() -> None:
    gold = line(SAID, statements=[("Lee", ["the bridge was closed"], "person-1")])
    found = line(
        SAID.replace("[[Lee|person-1]]", "[[Lee|person-2]]"),
        statements=[("Lee", ["the bridge was closed"], "person-2")],
    )
    assert scores_of(gold, found, "statements.speaker-given-content") == 1
    stranger = line(
        "Ann Lee, a [[judge|person-1]], said the bridge was closed. Lee denied it.",
        statements=[("Lee", ["the bridge was closed"], "person-1")],
    )
    scores = score(gold, stranger)
    assert scores["statements.speaker-given-content"].value == 0
    assert scores.layers["statements"].outcomes[0][0].verdict == "wrong link"
    nobody = line(SAID, statements=[("Lee", ["the bridge was closed"])])
    assert math.isnan(scores_of(nobody, found, "statements.speaker-given-content"))


def test_each_kind_is_scored_by_its_quotation_marks() -> None:
    text = "Ann said “It rained.” Bo said it “poured” there. Cy said it's fine. Di said so."
    gold = line(
        text,
        statements=[
            ("Ann", ["“It rained.”"]),
            ("Bo", ["it “poured” there"]),
            ("Cy", ["it's fine"]),
        ],
    )
    found = line(
        text, statements=[("Ann", ["“It rained.”"]), ("Ann", ["it's fine"]), ("Di", ["so"])]
    )
    scores = score(gold, found)
    assert counts(scores, "statements.direct-whole") == (1, 1, 1)
    assert counts(scores, "statements.mixed-content") == (1, 0, 0)
    assert counts(scores, "statements.indirect-content") == (1, 2, 1)
    assert counts(scores, "statements.indirect-whole") == (1, 2, 0)


def test_speech_is_scored_alone_where_gold_sorts_its_statements() -> None:
    text = "Ann said it rained. Bo thinks it poured."
    rows = [("Ann", ["it rained"]), ("Bo", ["it poured"])]
    unsorted = line(text, statements=rows)
    by_sort = line(text, statements=rows, sorts=["speech", "belief"])
    assert counts(score(by_sort, by_sort), "statements.speech-whole") == (1, 1, 1)
    assert counts(score(by_sort, unsorted), "statements.speech-whole") == (1, 0, 0)
    assert math.isnan(scores_of(unsorted, by_sort, "statements.speech-whole"))


def test_speakers_of_pronouns_and_of_speech_are_counted_apart() -> None:
    text = "[[Ann|person-1]] said it rained. She thinks it poured."
    rows = [("Ann", ["it rained"], "person-1"), ("She", ["it poured"], "person-1")]
    gold = line(text, statements=rows, sorts=["speech", "belief"])
    found = line(text, statements=[rows[0], ("She", ["it poured"])])
    scores = score(gold, found)
    assert agreed(scores, "statements.speaker-given-content") == (2, 1)
    assert agreed(scores, "statements.speaker-given-content-of-pronouns") == (1, 0)
    assert agreed(scores, "statements.speaker-given-content-of-speech") == (1, 1)


def test_contents_written_without_words_are_scored_by_their_bounds() -> None:
    gold = line(SAID, statements=[("Ann Lee", ["the bridge was closed"])])
    bare = line(SAID, statements=[("Ann Lee", ["the bridge was closed"])])
    for span in bare["statements"][0]["content"]:
        span["text"] = None
    assert scores_of(gold, bare, "statements.content-strict") == 1
    assert scores_of(gold, bare, "statements.whole") == 1


def test_several_content_spans_are_one_content() -> None:
    text = '"Yes", said [[Bo Ek|person-1]], "we can".'
    gold = line(text, statements=[("Bo Ek", ['"Yes"', '"we can"'])])
    turned = line(text, statements=[("Bo Ek", ['"we can"', '"Yes"'])])
    assert scores_of(gold, turned, "statements.content-strict") == 1
    half = line(text, statements=[("Bo Ek", ['"we can"'])])
    assert counts(score(gold, half), "statements.content") == (1, 1, 1)  # 8 of 13 characters
