"""Why the rows of an article are what they are, and why there are no others.

The rooms are run again on the article's parse, step by step, and asked what they saw at some words:
which rules looked there, which fired, and to what the others lost.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newsclaims.assemble import Pipeline, assemble
from newsclaims.dataset import NoTextsError, read_entries, read_manifest
from newsclaims.errors import UsageError, nearest
from newsclaims.extract.engine import Attempt
from newsclaims.extract.finds import Name
from newsclaims.extract.names.boundaries import bounded_candidates
from newsclaims.extract.names.kinds import judge
from newsclaims.extract.names.weights import WEIGHTS
from newsclaims.extract.names.words import Words
from newsclaims.extract.roles import all_links
from newsclaims.extract.roles.scene import Scene as RoleScene
from newsclaims.extract.roles.units import make_units
from newsclaims.extract.roles.words import heads_with
from newsclaims.extract.rooms import BOOKS, Finds, extract
from newsclaims.extract.statements import all_drafts
from newsclaims.extract.statements.scene import Scene as StatementScene
from newsclaims.extract.statements.settle import settle
from newsclaims.extract.statements.words import ADJECTIVES, NOUNS, VERBS
from newsclaims.parse.model import model_identity
from newsclaims.records import Article, Row
from newsclaims.resolve.calendar.explaining import explain_date
from newsclaims.resolve.gazetteer import Gazetteer
from newsclaims.resolve.genders import gender_of
from newsclaims.rules import load_rules
from newsclaims.schema import HEAD, ArticleRecord, Person
from newsclaims.schema import Place as PlaceRow
from newsclaims.tables import Entry, sentence_bounds
from newsclaims.text.tokens import Tokens

_CUES = VERBS.keys() | NOUNS.keys() | ADJECTIVES.keys()
_CANDIDATES = 5  # places that are shown for a name
_EVIDENCE = 5  # pieces of evidence that are shown for a name


class Place(NamedTuple):
    """Half-open characters of the article that are asked about."""

    start: int
    end: int

    def meets(self, start: int, end: int) -> bool:
        """Whether these characters share one with the place."""
        return start < self.end and self.start < end


def read_place(written: str, text: str) -> Place:
    """Read ``START:END``, or find words where the text has them first.

    Raises `UsageError` for characters outside the text and for words that it does not have.
    """
    start, _, end = written.partition(":")
    if start.isdecimal() and end.isdecimal():
        place = Place(int(start), int(end))
        if not place.start < place.end <= len(text):
            raise UsageError(f"{written} is not inside a text of {len(text)} characters")
        return place
    if not written or (found := text.find(written)) < 0:
        raise UsageError(f"{written!r} is neither START:END nor words of the article")
    return Place(found, found + len(written))


class _Case(NamedTuple):
    """All that the sections look into."""

    article: Article
    tokens: Tokens
    finds: Finds
    attempts: Sequence[Attempt]
    record: ArticleRecord
    gazetteer: Gazetteer
    at: Place
    """What is asked about, of the raw text."""
    seen: Place
    """The same of the clean view, which the rooms read."""

    def tokens_here(self) -> list[int]:
        """The tokens that share a character with the place, white space aside."""
        tokens = self.tokens
        return [
            token
            for token, text in enumerate(tokens.texts)
            if not text.isspace() and self.seen.meets(tokens.starts[token], tokens.ends[token])
        ]

    def people_near(self, at: int) -> list[Name]:
        """The people who are named in the sentence of a character."""
        tokens = self.tokens
        first, last = sentence_bounds(tokens.sentences, len(tokens.text), at, at + 1)
        return [name for name in self.finds.people if first <= name.start < last]


def read_article(folder: Path, name: str) -> Entry:
    """The entry of one article. Raises `UsageError` where the dataset has no such article."""
    others = []
    for entry in read_entries(folder):
        if entry.article["id"] == name:
            if entry.article["text"] is None:
                raise NoTextsError(folder)
            return entry
        others.append(entry.article["id"])
    raise UsageError(f"{folder} has no article {name}{nearest(name, others)}")


def check_model(folder: Path, model: str) -> dict[str, str]:
    """The label map that a dataset was made with.

    Raises `UsageError` where another model or version parsed it: its rows come of other parses.
    """
    manifest = read_manifest(folder)
    label_map: dict[str, str] = manifest["settings"]["label_map"]
    theirs, ours = manifest["model"], model_identity(model, label_map)
    if theirs.split()[:2] != ours.split()[:2]:
        raise UsageError(f"{folder} was parsed by {theirs}, not by {ours}: name it with --model")
    return label_map


def explain(entry: Entry, at: Place | None, pipeline: Pipeline) -> Iterator[str]:
    """Lines about the rows at some characters, or about all rows of the article.

    With `at`, also what each room saw there.
    """
    head, text = entry.record["article"], entry.article["text"]
    article = Article(text=text, **{name: head[name] for name in HEAD})
    tokens = next(pipeline.parser.parse([text]))
    attempts: list[Attempt] = []
    finds = extract(tokens, pipeline.gazetteer, pipeline.rules, trace=attempts)
    record = assemble(article, tokens, pipeline.gazetteer, pipeline.rules)
    if record.model_dump(mode="json") != entry.record:
        yield "The dataset was written by other rules, or mended: these are the rows of today's."
    asked = at or Place(0, len(text))
    seen = Place(*tokens.offsets.view(*asked))
    case = _Case(article, tokens, finds, attempts, record, pipeline.gazetteer, asked, seen)
    yield from _rows(case)
    if at:
        for section in (_words, _pronouns, _names, _dates, _roles, _statements):
            yield from section(case)


def _why(rule: str | None) -> str:
    """The rule with its reason, where a book has it."""
    for book in BOOKS:
        if rule and rule in (rules := load_rules(book).rules):
            return f"rule {rule}: {rules[rule].why}"
    return f"rule {rule}"


def _rows(case: _Case) -> Iterator[str]:
    """The rows whose spans share a character with the place."""
    names = {row.id: getattr(row, "name", "") for row in case.record.rows()}
    yield "ROWS"
    count = 0
    for row in case.record.rows():
        spans = [(name, span) for name, span in row.spans() if case.at.meets(span.start, span.end)]
        if not spans:
            continue
        count += 1
        yield f"  {row.id} {names[row.id]}".rstrip()
        for name, span in spans:
            rule = getattr(span, "rule", None)
            told = f" <{_why(rule)}>" if rule else ""
            yield f"    {name} {span.start}:{span.end} {span.text!r}{told}"
        yield from (f"    {line}" for line in _reasons(case, row, names))
    if not count:
        yield "  none"


def _reasons(case: _Case, row: Row, names: Mapping[str, str]) -> Iterator[str]:
    if row.KIND == "date":
        number = int(row.id.partition("-")[2]) - 1
        yield from explain_date(case.tokens.text, case.finds.dates, number, case.article.published)
    elif isinstance(row, PlaceRow):
        yield from _candidates(case, row)
    elif row.KIND in ("role", "statement"):
        yield _why(getattr(row, "rule", None))
        linked = getattr(row, "person" if row.KIND == "role" else "speaker")
        reason = getattr(row, "speaker_reason", None)
        if linked:
            yield f"of {linked} {names.get(linked, '')}" + (f" ({reason})" if reason else "")
        elif reason:
            yield f"no speaker: {reason}"


def _candidates(case: _Case, row: PlaceRow) -> Iterator[str]:
    """What the name may mean beside the article's other places, best first."""
    others = [place.name for place in case.record.places if place.id != row.id]
    found = case.gazetteer.candidates(row.name, others)
    if row.latitude is None:
        taken = "none, the evidence is weak"
    else:  # a place of the user's own has no number
        taken = str(row.geonameid or f"{row.latitude}, {row.longitude}")
    yield f"meant: {taken}" + (f", by its {row.rule}" if row.rule else "")
    for one in found[:_CANDIDATES]:
        entry = one.entry
        yield (
            f"  {one.score:.2f} {entry.name}, {entry.kind}, {entry.country} "
            f"({'; '.join(one.reasons)})"
        )
    if not found:
        yield "  no gazetteer entry bears the name"


def _words(case: _Case) -> Iterator[str]:
    yield "WORDS (tag, dependency and head, the model's entity)"
    tokens = case.tokens
    begins = {entity.start for entity in tokens.entities}
    for token in case.tokens_here():
        label = tokens.labels[token]
        entity = f"{'B' if token in begins else 'I'}-{label}" if label else "O"
        text, head = tokens.texts[token], tokens.texts[tokens.heads[token]]
        yield f"  {text}  {tokens.tags[token]}  {tokens.deps[token]} <- {head}  {entity}"


def _pronouns(case: _Case) -> Iterator[str]:
    """Each personal pronoun: whom it may mean, and whether that decides it."""
    referred = {
        (reference.start, reference.end): person
        for person in case.record.people
        for reference in person.references
    }
    tokens = case.tokens
    begin = here = 0
    for token, text in enumerate(tokens.texts):
        span = tokens.offsets.raw(tokens.starts[token], tokens.ends[token])
        if tokens.begins[token]:
            begin, here = here, span[0]
        if tokens.tags[token] not in ("PRP", "PRP$") or not case.at.meets(*span):
            continue
        near = [
            f"{person.name} ({_gender(case, person)})"
            for person in case.record.people
            if any(
                begin <= mention.start < span[0]
                for mention in (*person.mentions, *person.references)
            )
        ]
        person = referred.get(span)
        taken = f"{person.id} {person.name}" if person else "nobody"
        yield f"PRONOUN {text!r} is taken to mean {taken}"
        yield f"  named before it in this sentence and the last: {', '.join(near) or 'nobody'}"


def _gender(case: _Case, person: Person) -> str:
    """The gender by which the article's words or the given name tell a person."""
    starts = [mention.start for mention in person.mentions]
    gender = gender_of(case.article.text, person.name, starts)
    return {"f": "a woman", "m": "a man"}.get(gender or "", "a woman or a man")


def _names(case: _Case) -> Iterator[str]:
    """Each candidate for a name, its chances, and what spoke for them."""
    yield "NAMES"
    words = Words(case.tokens)
    candidates = bounded_candidates(words, case.gazetteer)
    kept = {(name.start, name.end): name for name in _all_names(case.finds)}
    count = 0
    for verdict in judge(words, candidates, case.gazetteer, WEIGHTS):
        candidate = verdict.candidate
        start, end = words.starts[candidate.start], words.end(candidate.end)
        if not case.seen.meets(start, end):
            continue
        count += 1
        name = kept.get((start, end))
        taken = f"{name.kind}, by {_why(name.rule)}" if name else "no name of ours"
        label = candidate.label or "no entity"
        yield f"  {case.tokens.text[start:end]!r} ({label}, {candidate.rule}): {taken}"
        chances = zip(verdict.chances._fields, verdict.chances, strict=True)
        yield f"    chances: {', '.join(f'{kind} {chance:.3f}' for kind, chance in chances)}"
        weighed = [
            (WEIGHTS[feature].person * value, WEIGHTS[feature].place * value, feature)
            for feature, value in verdict.features
            if feature in WEIGHTS
        ]
        weighed.sort(key=lambda item: (-max(abs(item[0]), abs(item[1])), item[2]))
        for person, place, feature in weighed[:_EVIDENCE]:
            yield f"    {feature}: person {person:+.2f}, place {place:+.2f}"
    if not count:
        yield "  no entity of the model and no run of capitals stands here"


def _all_names(finds: Finds) -> Iterator[Any]:
    for names in (finds.people, finds.organisations, finds.places):
        yield from names


def _dates(case: _Case) -> Iterator[str]:
    """Each rule whose pattern matches here: whether it made a date, and which date stands."""
    yield "DATES"
    here = [one for one in case.attempts if case.seen.meets(one.start, one.end)]
    for attempt in here:
        words = case.tokens.text[attempt.start : attempt.end]
        if attempt.made:
            yield f"  {words!r}: {_why(attempt.rule)}; it made the date"
            continue
        lost = "its reading came to nothing"
        over = [one for one in case.finds.dates if attempt.meets(one.start, one.end)]
        if over:
            winner = case.tokens.text[over[0].start : over[0].end]
            lost = f"lost to {over[0].rule}, which made {winner!r}"
        yield f"  {words!r}: rule {attempt.rule} matches; {lost}"
    if not here:
        yield "  no pattern of calendar words matches here"


def _roles(case: _Case) -> Iterator[str]:
    """The title phrases here, and what each construction joined them with."""
    yield "ROLES"
    finds = case.finds
    bodies = [*finds.organisations, *finds.places]
    units = make_units(case.tokens, finds.people, bodies, finds.dates, heads_with(()))
    if not units.people:
        yield "  the article names no person who could hold a position"
        return
    scene = RoleScene(units)
    kept = {(find.holder.start, find.title): find for find in finds.roles}
    links = all_links(scene)
    count = 0
    for post in [*scene.posts, *scene.possessors]:
        title = units.offsets(post.title)
        if not case.seen.meets(*title):
            continue
        count += 1
        yield f"  title phrase {case.tokens.text[slice(*title)]!r}"
        joined = [link for link in links if link.post == post]
        for link in joined:
            holder = scene.holder(link.person)
            find = kept.get((holder.start, title))
            fired = find is not None and find.rule in (link.rule, post.head.rule)
            state = "fired" if fired else f"lost to {find.rule}" if find else "was given up"
            words = case.tokens.text[holder.start : holder.end]
            yield f"    joined with {words!r} by {_why(link.rule)}; {state}"
        if not joined:
            yield "    no construction joins it with a person"
            near = [case.tokens.text[name.start : name.end] for name in case.people_near(title[0])]
            yield f"    named in its sentence: {', '.join(near) or 'nobody'}"
    if not count:
        yield "  no title phrase stands here"


def _statements(case: _Case) -> Iterator[str]:
    """The reports that each construction drafted here, and which of them were left."""
    yield "STATEMENTS"
    scene = StatementScene(case.tokens)
    drafts = all_drafts(scene)
    kept = settle(scene, drafts)
    count = 0
    for draft in drafts:
        spans = [
            (scene.start[first], scene.end[last - 1])
            for first, last in (
                draft.cue,
                *draft.content,
                *([draft.source] if draft.source else []),
            )
        ]
        if not any(case.seen.meets(*span) for span in spans):
            continue
        count += 1
        cue = case.tokens.text[slice(*spans[0])]
        state = "it stands" if draft in kept else _lost(draft.head, draft.rule, kept)
        yield f"  {cue!r}: {_why(draft.rule)}; {state}"
    if not count:
        yield "  no construction reports these words, or with these words"
        lower = case.tokens.lower
        cues = [lower[token] for token in case.tokens_here() if lower[token] in _CUES]
        known = f"{', '.join(cues)} may report" if cues else "none of them is a reporting word"
        yield f"  {known}; the classes are those of lexicon/words.tsv"


def _lost(head: int, rule: str, kept: Sequence[Any]) -> str:
    winner = next((one for one in kept if one.head == head), None)
    if winner is not None:
        return "it stands, its content cut" if winner.rule == rule else f"lost to {winner.rule}"
    return "it is inside another report, or says nothing"
