"""What a change of rules does to gold: scores before and after, and the rows mended and broken.

One side is today's rules. The other has rules left out or added, or is the code of another commit
or folder, run in a process of its own through the same parse cache.
"""

import json
import math
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from newsclaims.assemble import assemble
from newsclaims.errors import UsageError, nearest
from newsclaims.evaluate import LAYERS, Outcome, Scores, score_articles
from newsclaims.evaluate.comparison import Difference, compare
from newsclaims.evaluate.examples import context
from newsclaims.evaluate.scoring import read_gold
from newsclaims.evaluate.tally import RIGHT
from newsclaims.extract.rooms import BOOKS
from newsclaims.gold import Annotations, annotations_of, read_metadata, texts_beside
from newsclaims.parse.cache import ParseCache
from newsclaims.parse.parser import Parser
from newsclaims.records import Article
from newsclaims.resolve.gazetteer import Gazetteer
from newsclaims.rules import load_rules
from newsclaims.schema import HEAD
from newsclaims.user_rules import UserRules, read_user_rules

# The one score of each layer that says most, and its column.
_MAIN = {f"{name}.{layer.main[0]}": layer.main[1] for name, layer in LAYERS.items() if layer.main}
_OTHER_CODE = """
import json, sys
from pathlib import Path
from newsclaims import Article, Pipeline
articles = [Article(**line) for line in map(json.loads, sys.stdin)]
for record in Pipeline(cache=Path(sys.argv[1])).pipe(articles):
    print(record.model_dump_json())
"""


class Case(NamedTuple):
    """Gold with the articles that it annotates."""

    gold: Mapping[str, Annotations]
    articles: Sequence[Article]


class Change(NamedTuple):
    """An item that one side has right and the other has not."""

    layer: str
    rule: str
    mended: bool
    article: str
    start: int
    context: str


class Effect(NamedTuple):
    """The differences of the scores, this side's first, and what was mended and broken."""

    differences: Sequence[Difference]
    changes: Sequence[Change]


def read_case(paths: Iterable[Path]) -> Case:
    """Read gold files or folders with the texts and heads that they carry or have beside them.

    Raises `UsageError` for an article that two of them have, and one without text.
    """
    gold: dict[str, Annotations] = {}
    articles = []
    for path in paths:
        found = read_gold(path)
        file = path / "gold.jsonl" if path.is_dir() else path
        texts, heads = texts_beside(file), _heads(file)
        for name, one in found.items():
            text = one.text if one.text is not None else texts.get(name)
            if name in gold or text is None:
                why = "is in two gold files" if name in gold else "has no text"
                raise UsageError(f"{path}: article {name} {why}")
            gold[name] = one
            articles.append(Article(id=name, text=text, **heads.get(name, {})))
    return Case(gold, articles)


def _heads(file: Path) -> dict[str, dict[str, str | None]]:
    """Title, published, source and url: of ``articles.jsonl`` beside the gold, else of the gold."""
    beside = file.parent / "articles.jsonl"
    if beside.exists():
        rows = read_metadata(beside)
    else:
        lines = file.read_text(encoding="utf-8").splitlines()
        heads = [json.loads(line)["article"] for line in lines if line.strip()]
        rows = {head["id"]: head for head in heads}
    return {name: {field: row.get(field) for field in HEAD[1:]} for name, row in rows.items()}


def known_rules() -> list[str]:
    """The ids of all rules, in the order of the rooms."""
    return [rule for book in BOOKS for rule in load_rules(book).rules]


class Bench:
    """Extracts the articles of a case again and again; each is parsed once, through the cache."""

    def __init__(self, case: Case, cache: Path) -> None:
        self.case = case
        self._cache = cache
        self._parser = Parser(cache=ParseCache(cache))
        self._parses = list(self._parser.parse(article.text for article in case.articles))
        self._gazetteer = Gazetteer()

    def scores(self, disabled: Iterable[str] = (), rules: Path | None = None) -> Scores:
        """Today's code, with rules left out and a folder of the user's own rules.

        Raises `UsageError` for a rule that there is none of.
        """
        without = frozenset(disabled)
        if unknown := sorted(without.difference(known_rules())):
            raise UsageError(f"there is no rule {unknown[0]}{nearest(unknown[0], known_rules())}")
        own = read_user_rules(rules) if rules else UserRules()
        places = Gazetteer(extra=own.places) if own.places else self._gazetteer
        used = replace(own.rules, without=without)
        pairs = zip(self.case.articles, self._parses, strict=True)
        return self._score(
            assemble(article, tokens, places, used).model_dump(mode="json")
            for article, tokens in pairs
        )

    def scores_of_code(self, code: Path) -> Scores:
        """The code of another checkout, or of a folder that holds the package."""
        homes = (code, code / "pipeline")
        home = next((one for one in homes if (one / "newsclaims/__init__.py").is_file()), None)
        if home is None:
            raise UsageError(f"{code} holds no package newsclaims")
        lines = "".join(
            one.model_dump_json(exclude={"metadata"}) + "\n" for one in self.case.articles
        )
        done = subprocess.run(  # noqa: S603  # our own code
            [sys.executable, "-c", _OTHER_CODE, str(self._cache.absolute())],
            input=lines,
            cwd=home,
            env={"PYTHONPATH": str(home.absolute()), "PATH": ""},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["no message"]
            raise UsageError(f"the code of {code} failed: {last[0]}")
        return self._score([json.loads(line) for line in done.stdout.splitlines()])

    def _score(self, records: Iterable[Mapping[str, object]]) -> Scores:
        found = [annotations_of(record) for record in records]
        return score_articles(self.case.gold, {one.id: one for one in found})


def code_of_commit(commit: str, folder: Path) -> Path:
    """Lay the package as it was at a commit of this checkout into `folder`.

    Raises `UsageError` where git does not know the commit.
    """
    root = Path(__file__).parents[2]
    unknown = UsageError(f"{commit} is neither a folder nor a commit of {root}")
    if commit.startswith("-"):  # git would take it for an option
        raise unknown
    done = subprocess.run(  # noqa: S603  # checked above
        ["git", "-C", str(root), "archive", "--format=tar", commit, "--", "pipeline"],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise unknown
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def scores_against(bench: Bench, against: str) -> Scores:
    """The scores of the code of a folder, or of a commit."""
    if Path(against).is_dir():
        return bench.scores_of_code(Path(against))
    with tempfile.TemporaryDirectory() as folder:
        return bench.scores_of_code(code_of_commit(against, Path(folder)))


def effect(ours: Scores, theirs: Scores, texts: Mapping[str, str]) -> Effect:
    """How `ours` differs from `theirs`, both against one gold."""
    changes: list[Change] = []
    for layer, result in ours.layers.items():
        other = theirs.layers[layer]
        sides = zip(result.articles, result.outcomes, other.outcomes, strict=True)
        for article, new, old in sides:
            changes += _changes(layer, article, new, old, texts.get(article, ""))
    changes.sort(key=lambda one: (list(LAYERS).index(one.layer), one.rule, *one[2:]))
    return Effect(compare(ours, theirs), changes)


def _changes(
    layer: str, article: str, new: Iterable[Outcome], old: Iterable[Outcome], text: str
) -> Iterator[Change]:
    """Errors that only one side has: those of the other were mended or broken."""
    errors = [{_error(one): one for one in side if one.verdict != RIGHT} for side in (new, old)]
    for mended, mine, others in ((True, errors[1], errors[0]), (False, errors[0], errors[1])):
        for key, outcome in mine.items():
            if key not in others:
                side = outcome.gold or outcome.found
                assert side is not None  # an outcome is of something
                shown = f"{outcome.verdict}: {context(text, side.span)}"
                rule = outcome.rule or "(missed)"
                yield Change(layer, rule, mended, article, side.span.start, shown)


def _error(outcome: Outcome) -> tuple[object, ...]:
    return outcome.verdict, outcome.gold, outcome.found


def describe(found: Effect) -> Iterator[str]:
    """Layer by layer the change of each score, and the rows, grouped by the rule of the error."""
    yield f"{'score':<36}{'before':>8}{'now':>8}{'change':>8}   95 %"
    for difference in found.differences:
        if abs(difference.difference) > 0:
            yield _score_line(difference)
    if not found.changes:
        yield "no row of any layer is mended or broken"
    for (layer, rule), group in groupby(found.changes, key=lambda one: (one.layer, one.rule)):
        members = list(group)
        mended = sum(one.mended for one in members)
        yield f"{layer} {rule}: {mended} mended, {len(members) - mended} broken"
        for one in members:
            word = "mended" if one.mended else "broken"
            yield f"  {word} {one.article}@{one.start} {one.context}"


def _score_line(one: Difference) -> str:
    figures = f"{100 * one.theirs:>8.2f}{100 * one.ours:>8.2f}{100 * one.difference:>+8.2f}"
    return f"{one.name:<36}{figures}   {100 * one.low:+.2f} to {100 * one.high:+.2f}"


def ablate(bench: Bench) -> Iterator[str]:
    """A table of what leaving out each rule does: points that the main score of each layer gains.

    Lines come as they are found, those of rules that move none of these scores all at the end.
    """
    whole = _main_scores(bench.scores())
    yield "points of " + ", ".join(f"{name} ({_MAIN[name]})" for name in whole)
    yield f"{'without the rule':<30}" + "".join(f"{_MAIN[name]:>11}" for name in whole)
    still = []
    for rule in known_rules():
        left = _main_scores(bench.scores([rule]))
        moves = [round(100 * (left.get(name, 0) - whole[name]), 2) for name in whole]
        if any(moves):
            cells = (f"{move:+.2f}" if move else "." for move in moves)
            yield f"{rule:<30}" + "".join(f"{cell:>11}" for cell in cells)
        else:
            still.append(rule)
    yield f"rules that move none of these scores here, {len(still)}: {', '.join(still) or '-'}"


def _main_scores(scores: Scores) -> dict[str, float]:
    return {
        one.name: one.value
        for one in scores.figures
        if one.name in _MAIN and not math.isnan(one.value)
    }
