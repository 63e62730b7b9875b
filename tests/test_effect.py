import shutil
from pathlib import Path

import newsclaims as package
import pytest
from annotated import line, write
from newsclaims.effect import (
    Bench,
    ablate,
    code_of_commit,
    describe,
    effect,
    known_rules,
    read_case,
)
from newsclaims.effect import scores_against as against
from newsclaims.errors import UsageError
from newsclaims.evaluate import Scores

MARKED = (
    "[[Ana Popescu|person-1]], former mayor of [[Brno|place-1]], met [[Ion Rusu|person-2]] in "
    "[[Oslo|place-2]] on [[May 8|date DATE XXXX-05-08]]. "
    "According to [[Popescu|person-1]], it rained."
)
LINE = line(
    MARKED,
    roles=[("person-1", "mayor", "Brno", "former")],
    statements=[(None, ["it rained"], None)],
)


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("gold") / "gold.jsonl", [LINE])


@pytest.fixture(scope="module")
def bench(gold: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(read_case([gold]), tmp_path_factory.mktemp("cache"))


def lines(bench: Bench, now: Scores, before: Scores) -> list[str]:
    texts = {article.id: article.text for article in bench.case.articles}
    return list(describe(effect(now, before, texts)))


@pytest.mark.parametrize(
    ("rule", "metric"),
    [
        ("month-day", "dates.value"),
        ("after-name", "roles.person+title"),
        ("according-to", "statements.content"),
    ],
)
def test_a_rule_left_out_breaks_what_it_found(bench: Bench, rule: str, metric: str) -> None:
    whole, left = bench.scores(), bench.scores([rule])
    assert whole[metric].value == 1
    assert left[metric].value < 1
    told = lines(bench, left, whole)
    assert any(one.startswith(metric) and "100.00" in one for one in told)
    assert any("broken a1@" in one for one in told)
    assert any("mended a1@" in one for one in lines(bench, whole, left))


def test_nothing_left_out_changes_nothing(bench: Bench) -> None:
    told = lines(bench, bench.scores(), bench.scores())
    assert told[1:] == ["no row of any layer is mended or broken"]


def test_evidence_for_names_can_be_left_out(bench: Bench) -> None:
    assert "title-before" in known_rules()
    left = bench.scores(["title-before", "gazetteer", "article-vote"])
    assert left["places.mentions.strict"].value < 1


def test_rules_of_ones_own_are_counted(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("name,latitude,longitude,kind\nIt,1,1,city\n")
    (tmp_path / "titles.txt").write_text("cloud minder\n")
    assert bench.scores(rules=tmp_path)["dates.value"].value == 1


def test_a_rule_that_is_none_is_refused(bench: Bench) -> None:
    with pytest.raises(UsageError, match="no rule edge-word; near it: edge-words"):
        bench.scores(["edge-word"])


def test_other_code_is_run_by_itself(bench: Bench, tmp_path: Path) -> None:
    shutil.copytree(
        Path(package.__file__).parent,
        tmp_path / "newsclaims",
        ignore=shutil.ignore_patterns("__pycache__", ".mypy_cache"),
    )
    assert lines(bench, bench.scores(), against(bench, str(tmp_path)))[1:] == [
        "no row of any layer is mended or broken"
    ]
    rooms = tmp_path / "newsclaims" / "extract" / "rooms.py"
    rooms.write_text(
        rooms.read_text().replace("find_dates(tokens, own.dates, own.without, trace)", "[]")
    )
    told = lines(bench, bench.scores(), against(bench, str(tmp_path)))
    assert any("mended a1@" in one and "[May 8]" in one for one in told)
    (tmp_path / "newsclaims" / "assemble.py").write_text("1 / 0\n")
    with pytest.raises(UsageError, match="failed: ZeroDivisionError"):
        against(bench, str(tmp_path))


def test_what_is_no_code_is_refused(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no package"):
        against(bench, str(tmp_path))
    for commit in ("no-such-commit", "--output=x"):
        with pytest.raises(UsageError, match="neither a folder nor a commit"):
            code_of_commit(commit, tmp_path)
    root = Path(package.__file__).parent.parent
    assert not (root / "x").exists(), "a name like an option is none"


def test_each_rule_is_left_out_in_turn(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    few = ["month-day", "clock"]
    monkeypatch.setattr("newsclaims.effect.known_rules", lambda: few)
    legend, head, moved, still = ablate(bench)
    assert "dates.value (dates)" in legend
    columns = head.removeprefix("without the rule").split()
    assert moved.split()[0] == "month-day"
    assert float(moved.split()[1 + columns.index("dates")]) < 0
    assert still == "rules that move none of these scores here, 1: clock"


def test_gold_must_have_its_texts_and_each_article_once(gold: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="article a1 is in two gold files"):
        read_case([gold, gold])
    bare = write(tmp_path / "gold.jsonl", [{k: v for k, v in LINE.items() if k != "text"}])
    with pytest.raises(UsageError, match="article a1 has no text"):
        read_case([bare])
    head = {**LINE["article"], "text": LINE["text"], "published": "2025-05-12"}
    write(tmp_path / "articles.jsonl", [head])
    (article,) = read_case([tmp_path]).articles
    assert article.published == "2025-05-12"
