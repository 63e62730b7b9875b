"""A folder of the user's own rules: what it adds, that it wins, and that a wrong one is refused."""

import json
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import regex
from newsclaims import Article, ArticleRecord, Pipeline, to_frames
from newsclaims.dataset import FILES
from newsclaims.errors import UsageError
from newsclaims.extract.own import OwnRule, SlowPatternError
from newsclaims.parse.parser import Parser
from newsclaims.progress import progress
from newsclaims.run.local import run
from newsclaims.run.settings import Resources, Settings
from newsclaims.user_rules import ROOMS, UserRules, read_user_rules

TITLES = "# ours\nGrand Wayfinder  # of the assembly\n\npier-reeve\n"
PEOPLE = """\
name,aliases,id
Lantern Brightwell,the Lantern Lady|Brightwell,Q77
Osk Tandem,,
"""
PLACES = """name,latitude,longitude,kind,country
Upper Zarbandigul,34.51,70.12,city,AF
Kestin depot,34.6,70.2,feature,
"""
NAMES = r"""
[[rules]]
id = "ship"
why = "ships are bodies to us"
pattern = '''\bMV (?P<organisation>[A-Z]\w+)'''
finds = ["The MV [[Corona|organisation]] sank."]
ignores = ["The corona was bright."]
"""
ROLES = r"""
[lists]
posts = ["clerk", "town clerk"]

[[rules]]
id = "holds-the-post"
why = "our agency writes that somebody holds a post"
pattern = '''(?x)
    (?P<person>[A-Z]\w+[ ][A-Z]\w+)[ ](?P<former>once[ ])?(?:held|holds)[ ]the[ ]post[ ]of[ ]
    (?P<title>{posts}) (?:[ ]in[ ](?P<organisation>[A-Z]\w+))?'''
finds = [
    "[[Jane Carter|person]] holds the post of [[town clerk|title]] in [[Leeds|organisation]].",
    "[[Jane Carter|person]] [[once |former]]held the post of [[clerk|title]].",
]
ignores = ["Jane Carter holds the post office to account."]
"""
DATES = r"""
[[rules]]
id = "foundation-day"
why = "Foundation Day is the third of May"
pattern = '''Foundation Day(?: (?P<year>\d{4}))?'''
month = 5
day = 3
finds = [
    "They met on [[Foundation Day|2025-05-03]].",
    "It began on [[Foundation Day 2019|2019-05-03]].",
]
ignores = ["The foundation met that day."]
"""
ALL = {
    "titles.txt": TITLES,
    "people.csv": PEOPLE,
    "places.csv": PLACES,
    "names.toml": NAMES,
    "roles.toml": ROLES,
    "dates.toml": DATES,
}
Extract = Callable[..., ArticleRecord]


def write(folder: Path, **files: str) -> Path:
    """A folder of rules; `titles_txt` names the file titles.txt."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {name.replace(".", "_"): text for name, text in ALL.items()}
    return write(tmp_path_factory.mktemp("rules"), **files)


@pytest.fixture(scope="module")
def with_rules(folder: Path, parser: Parser) -> Extract:
    """The record of a text, the user's rules applied; the model is the session's."""
    ours = Pipeline(rules=folder)
    ours.parser = parser

    def of_text(text: str) -> ArticleRecord:
        return ours.extract(Article(id="a", text=text, published="2025-06-18"))

    return of_text


# --- what the files add --------------------------------------------------------------------------


def roles(record: ArticleRecord) -> list[tuple[str, ...]]:
    return [
        (
            role.holder.text,
            role.title.text,
            role.organisation.text if role.organisation else "",
            role.status,
            role.rule or "",
        )
        for role in record.roles
    ]


def people(record: ArticleRecord) -> dict[str, list[str]]:
    return {row.name: [mention.text for mention in row.mentions] for row in record.people}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Grand Wayfinder Mina Sorrel spoke.", ("Mina Sorrel", "Grand Wayfinder", "", "current")),
        (
            "GRAND WAYFINDER Mina Sorrel spoke.",
            ("Mina Sorrel", "GRAND WAYFINDER", "", "current"),
        ),
        (
            "Mina Sorrel, a former grand wayfinder of the Trade Union, spoke.",
            ("Mina Sorrel", "grand wayfinder", "Trade Union", "former"),
        ),
        ("Mina Sorrel is the pier-reeve.", ("Mina Sorrel", "pier-reeve", "", "current")),
    ],
)
def test_an_unlisted_title_is_read_when_the_user_lists_it(
    text: str, role: tuple[str, ...], with_rules: Extract, extract: Extract
) -> None:
    assert roles(with_rules(text)) == [(*role, "user:titles.txt")]
    assert role not in [each[:4] for each in roles(extract(text))]


def test_a_plural_of_a_title_is_shared(with_rules: Extract) -> None:
    found = roles(with_rules("Grand wayfinders Mina Sorrel and Tom Walsh spoke."))
    assert [(role[0], role[1]) for role in found] == [
        ("Mina Sorrel", "Grand wayfinders"),
        ("Tom Walsh", "Grand wayfinders"),
    ]


def test_a_title_of_the_users_is_no_part_of_a_name(with_rules: Extract) -> None:
    record = with_rules("Reporters met Grand Wayfinder Mina Sorrel. The Grand Wayfinder smiled.")
    assert people(record) == {"Mina Sorrel": ["Mina Sorrel"]}
    assert record.organisations == ()


def test_a_title_of_the_users_does_not_change_other_titles(
    with_rules: Extract, extract: Extract
) -> None:
    text = "Mayor Jane Carter, a former judge of the High Court, met coach Tom Walsh."
    assert roles(with_rules(text)) == roles(extract(text)) != []


TEXT = (
    "The Lantern Lady met shopkeepers. Lantern\nBrightwell left early, said Minister Brightwell. "
    "LANTERN BRIGHTWELL SPEAKS."
)


def test_a_listed_person_that_the_model_misses_is_one_row_with_the_users_id(
    with_rules: Extract, extract: Extract
) -> None:
    record = with_rules(TEXT)
    (person,) = record.people
    assert [mention.text for mention in person.mentions] == [
        "The Lantern Lady",
        "Lantern\nBrightwell",
        "Brightwell",
        "LANTERN BRIGHTWELL",
    ]
    assert {mention.rule for mention in person.mentions} == {"user:people.csv"}
    assert person.external_id == "Q77"
    assert "The Lantern Lady" not in str(people(extract(TEXT)))


def test_the_users_id_is_a_column_of_the_table(with_rules: Extract) -> None:
    article = Article(id="a", text=TEXT, published="2025-06-18")
    assert set(to_frames([article], [with_rules(TEXT)])["people"]["external_id"]) == {"Q77"}


def test_a_listed_person_without_an_id_has_none(with_rules: Extract) -> None:
    (person,) = with_rules("Yesterday Osk Tandem slept.").people
    assert (person.name, person.external_id) == ("Osk Tandem", None)


def test_an_alias_inside_another_name_is_not_that_person(with_rules: Extract) -> None:
    record = with_rules("Aldo Brightwell, a lawyer, visited the Brightwell Foundation on Monday.")
    assert people(record) == {"Aldo Brightwell": ["Aldo Brightwell"]}
    assert record.people[0].external_id is None
    assert people(with_rules("The brightwell was dry.")) == {}


def test_two_listed_people_are_two_rows(tmp_path: Path, parser: Parser) -> None:
    listed = "name,aliases,id\nMina Sorrel,M. Sorrel,1\nMina R. Sorrel,,2\n"
    ours = Pipeline(rules=write(tmp_path / "rules", people_csv=listed))
    ours.parser = parser
    text = "Mina Sorrel met Mina R. Sorrel. Later M. Sorrel left."
    record = ours.extract(Article(id="a", text=text))
    assert [(row.external_id, len(row.mentions)) for row in record.people] == [("1", 2), ("2", 1)]


def test_a_village_that_no_gazetteer_has(with_rules: Extract, extract: Extract) -> None:
    text = "Floods reached Upper Zarbandigul on Monday."
    (place,) = with_rules(text).places
    assert (place.name, place.latitude, place.longitude) == ("Upper Zarbandigul", 34.51, 70.12)
    assert (place.country, place.rule) == ("AF", "user:places.csv")
    assert all(row.latitude is None for row in extract(text).places)


def test_a_place_is_found_by_its_whole_name_whatever_its_words(
    with_rules: Extract, extract: Extract
) -> None:
    text = "The convoy left the Kestin depot on Monday."
    assert "Kestin depot" not in {row.name for row in extract(text).places}
    (place,) = with_rules(text).places
    assert (place.name, place.latitude) == ("Kestin depot", 34.6)
    assert place.mentions[0].rule == "user:places.csv"
    assert with_rules("The chairman of the Kestin Depot Company left.").places == ()


def test_patterns_find_names_roles_and_dates(with_rules: Extract) -> None:
    record = with_rules(
        "Tom Walsh holds the post of town clerk in Leeds. The MV Corona sank on Foundation Day."
    )
    assert roles(record) == [("Tom Walsh", "town clerk", "Leeds", "current", "user:holds-the-post")]
    assert ("Corona", "user:ship") in [
        (mention.text, mention.rule) for row in record.organisations for mention in row.mentions
    ]
    (date,) = record.dates
    assert (date.span.text, date.value, date.rule) == (
        "Foundation Day",
        "2025-05-03",
        "user:foundation-day",
    )


def test_the_users_rules_win_over_the_built_in_ones(tmp_path: Path, parser: Parser) -> None:
    dates = DATES.replace("foundation-day", "may-day").replace("Foundation Day", "May Day")
    roles_toml = r"""
[[rules]]
id = "mayor"
why = "to us a mayor is always acting"
pattern = '''(?P<title>Mayor) (?P<person>[A-Z]\w+ [A-Z]\w+)'''
status = "acting"
finds = ["[[Mayor|title]] [[Jane Carter|person]] spoke."]
ignores = ["The mayor spoke."]
"""
    ours = Pipeline(rules=write(tmp_path / "r", dates_toml=dates, roles_toml=roles_toml))
    ours.parser = parser
    text = "Mayor Jane Carter spoke on May Day."
    record = ours.extract(Article(id="a", text=text, published="2025-06-18"))
    assert [(date.value, date.rule) for date in record.dates] == [("2025-05-03", "user:may-day")]
    assert roles(record) == [("Jane Carter", "Mayor", "", "acting", "user:mayor")]


def test_without_rules_nothing_names_the_user(extract: Extract) -> None:
    written = extract(TEXT + " Grand Wayfinder Mina Sorrel spoke.").model_dump_json()
    assert "user:" not in written


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "text", "complaint"),
    [
        ("titles.txt", "warden\n\n7th baron\n", "titles.txt, line 3: '7th baron' is no title"),
        ("titles.txt", "warden\nWarden\n", "titles.txt, line 2: 'warden' stands on line 1 too"),
        ("titles.txt", "a b c d e f g\n", "titles.txt, line 1: 'a b c d e f g' is no title"),
        ("people.csv", "name,id\nA B,1\n", "people.csv, line 1: no column 'aliases'"),
        ("people.csv", "name,aliases,id\nA B,,1\n,x,2\n", "people.csv, line 3: '' is no name"),
        ("people.csv", "name,aliases,id\nA B,7,1\n", "people.csv, line 2: '7' is no name"),
        ("people.csv", "name,aliases,id\nA B,,1\nC D,A B,2\n", "line 3: 'A B' stands on line 2"),
        ("people.csv", "name,aliases,id\nA B,,1\nC D,,1\n", "line 3: 'id 1' stands on line 2"),
        ("people.csv", "name,aliases,id\nA B\n", "people.csv, line 2: has not as many cells"),
        ("people.csv", "name,aliases,id\nA B,,1,2\n", "people.csv, line 2: has not as many cells"),
        ("places.csv", PLACES + "X,91,0,city,\n", "places.csv, line 4: latitude '91'"),
        ("dates.toml", DATES + "\nx =\n", r"dates.toml, line 14: dates.toml: "),
        ("dates.toml", DATES + DATES, "dates.toml, line 14: dates.toml: rule .* is given twice"),
        ("dates.toml", DATES.replace("day = 3", "day = 4"), "line 2: rule .* it finds .*05-04"),
        ("dates.toml", DATES.replace("met that day", "Day 5"), None),
        ("dates.toml", DATES.replace("The foundation", "Foundation Day"), "line 2: .*it finds"),
        ("dates.toml", DATES.replace("day = 3", "dya = 3"), "line 2: .*setting 'dya' is unknown"),
        ("dates.toml", DATES.replace("day = 3", "day = '3'"), "line 2: .*no whole number"),
        ("dates.toml", DATES.replace("day = 3", "type = 'DAY'"), "line 2: .*type 'DAY' is none of"),
        ("dates.toml", DATES.replace("(?P<year>", "(?P<era>"), "line 2: .*group 'era' is unknown"),
        ("roles.toml", ROLES.replace("{posts}", "{post}"), "line 5: .*there is no list 'post'"),
        ("roles.toml", ROLES.replace("(?P<person>", "("), "line 5: .*has no group"),
        ("roles.toml", ROLES.replace("(?P<person>", "(?P<person>("), "no regular expression"),
        ("roles.toml", ROLES.replace('["clerk"', '["clerk", "clerk"'), "line 3: .*repeats"),
        ("roles.toml", ROLES.replace("why", "because"), "line 5: .*has no 'why'"),
        ("names.toml", NAMES.replace("(?P<organisation>", "("), "line 2: .*no group of a kind"),
        ("names.toml", re.sub(r"pattern = .*", "", NAMES), "line 2: .*it has no pattern"),
        ("names.toml", re.sub(r"'''.*'''", "'(?P<person>X?)'", NAMES), "line 2: .*nothing at all"),
        ("title.txt", TITLES, "title.txt is none of the files of rules: titles.txt"),
        ("notes.md", "", "there is none of the files of rules: titles.txt"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, file: str, text: str, complaint: str | None) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / file).write_text(text, encoding="utf-8")
    if complaint is None:
        assert read_user_rules(rules).files.keys() == {file}
        return
    with pytest.raises(UsageError, match=complaint):
        read_user_rules(rules)


def test_a_file_that_is_no_text_or_a_folder_that_is_not_there(tmp_path: Path) -> None:
    rules = write(tmp_path / "rules")
    (rules / "titles.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match=r"titles\.txt: "):
        read_user_rules(rules)
    with pytest.raises(UsageError, match="there is no folder of rules"):
        read_user_rules(tmp_path / "nowhere")


# --- runs ----------------------------------------------------------------------------------------


def test_what_was_read_goes_to_workers(folder: Path) -> None:
    rules = read_user_rules(folder)
    sent = pickle.loads(pickle.dumps(rules))  # noqa: S301  # our own bytes
    assert repr(sent) == repr(rules)  # patterns of `regex` are equal to themselves alone


def test_any_change_of_a_file_changes_the_identity_of_a_run(tmp_path: Path) -> None:
    def identity(**files: str) -> str:
        return Settings(rules=read_user_rules(write(tmp_path / "rules", **files))).identity

    seen = [Settings().identity, identity(titles_txt="warden\n"), identity(titles_txt="bailiff\n")]
    seen.append(identity(people_csv=PEOPLE))
    assert len(set(seen)) == len(seen)
    assert identity(people_csv=PEOPLE) == seen[-1]
    assert Settings(rules=UserRules()).identity == seen[0]


def test_a_run_uses_the_rules_whatever_the_number_of_workers(folder: Path, tmp_path: Path) -> None:
    lines = [
        {"id": f"a{n}", "text": f"{TEXT} Grand Wayfinder Mina Sorrel spoke. {n}"} for n in (1, 2)
    ]
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    made = []
    for workers in (1, 2):
        output = tmp_path / f"out{workers}"
        settings = Settings(rules=read_user_rules(folder))
        with progress(None, quiet=True) as display:
            run([str(source)], output, settings, Resources(workers=workers), display)
        made.append([(output / name).read_bytes() for name in FILES])
        manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["settings"]["user_rules"].keys() == ALL.keys()
    assert made[0] == made[1]
    assert b"user:titles.txt" in b"".join(made[0])
    assert b"user:people.csv" in b"".join(made[0])


def test_a_bad_line_ends_the_command_with_2_before_any_work(tmp_path: Path) -> None:
    rules = write(tmp_path / "rules", titles_txt="warden\n%\n")
    arguments = ["run", "in.jsonl", "--output", "out", "--rules", str(rules)]
    done = subprocess.run(
        [sys.executable, "-c", "from newsclaims.cli import main; main()", *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert f"{rules / 'titles.txt'}, line 2: '%' is no title" in done.stderr
    assert not (tmp_path / "out").exists()


# --- the guide -----------------------------------------------------------------------------------

GUIDE = (Path(__file__).parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")


def test_the_guide_names_every_group_and_setting() -> None:
    for room in ROOMS.values():
        for name in (*room.groups, *room.settings):
            assert f"`{name}`" in GUIDE or f"`{name} =" in GUIDE, name


SLOW = r"""
[[rules]]
id = "slow"
why = "repetitions inside repetitions"
pattern = '''(?P<organisation>(?:[A-Z]|[A-Z][A-Z])+\d)(?<!Z\d)'''
finds = ["The [[MV1|organisation]] sank."]
ignores = ["The ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ1 sank."]
"""


def test_a_pattern_that_backtracks_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OwnRule.matches, "__defaults__", (0.2,))
    (tmp_path / "names.toml").write_text(SLOW)
    with pytest.raises(UsageError, match=r"names.toml, line 2: .*'slow': .*more than 0.2 seconds"):
        read_user_rules(tmp_path)


def test_a_pattern_that_backtracks_on_an_article_is_stopped() -> None:
    rule = OwnRule("user:slow", regex.compile("(?:A|AA)+(?<!A)x(?=B)"), {})
    with pytest.raises(SlowPatternError, match=r"user:slow took more than 0\.2 seconds"):
        list(rule.matches("A" * 80 + "xB", seconds=0.2))
    assert not list(rule.matches("A x", seconds=0.2))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("rules = 1", "rules is no list of tables"),
        ("rules = [1]", "rules is no list of tables"),
        ("[rules]\nid = 'a'", "rules is no list of tables"),
        ("lists = 1", "lists is no table"),
        ("[[rules]]\nid='a'\nwhy=1\nfinds=['[[a|b]]']\nignores=['b']", "'why' is not a string"),
        ("[[rules]]\nid='a'\nwhy='b'\nfinds=1\nignores=['b']", "'finds' is not a list"),
        ("[[rules]]\nid='a'\nwhy='b'\nfinds=['[[a|b]]']\nignores=[1]", "'ignores' is not a list"),
        ("[[rules]]\nid='a'\nwhy='b'\nfinds=['[[a|b]]']\nignores=['b']\npattern=1", "'pattern'"),
    ],
)
def test_rules_of_a_wrong_type_are_refused(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "names.toml").write_text(content)
    with pytest.raises(UsageError, match=told):
        read_user_rules(tmp_path)
