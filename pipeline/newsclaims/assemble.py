"""One parsed article -> its ArticleRecord: rooms, then resolvers, then rows with ids and keys."""

import logging
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newsclaims.extract.finds import Name, Offsets, RoleFind, StatementFind
from newsclaims.extract.given import NO_MENTIONS, Given
from newsclaims.extract.own import NOTHING, OwnRules
from newsclaims.extract.rooms import extract
from newsclaims.parse.cache import DEFAULT_LIMIT, ParseCache
from newsclaims.parse.model import DEFAULT_MODEL
from newsclaims.parse.parser import Parser
from newsclaims.records import Article, InputError, Mention, Reference, Span
from newsclaims.resolve.aliases import Cluster, group_organisations, group_people
from newsclaims.resolve.calendar import ResolvedDate, resolve_dates
from newsclaims.resolve.gazetteer import Gazetteer, ResolvedPlace
from newsclaims.resolve.references import with_sources
from newsclaims.resolve.speakers import link_speakers
from newsclaims.schema import (
    LAYERS,
    ArticleHead,
    ArticleRecord,
    Date,
    Organisation,
    Person,
    Place,
    Role,
    Statement,
)
from newsclaims.text.offsets import OffsetMap
from newsclaims.text.tokens import Tokens
from newsclaims.user_rules import UserRules, read_user_rules

if TYPE_CHECKING:  # heavy
    from spacy.language import Language

_log = logging.getLogger(__name__)


class Extraction(NamedTuple):
    """An article's record, and where the sentences of its text begin."""

    record: ArticleRecord
    sentences: tuple[int, ...]


class Pipeline:
    """Turns articles into records with one model and one gazetteer.

    Args:
        model: the name of an installed English spaCy pipeline, the path of one, or one that is
            loaded (`spacy.language.Language`), which needs a tagger, a parser and an entity
            recogniser, and of which nothing is changed.
        label_map: entity labels of the model -> OntoNotes labels; "" drops a label.
        cache: the folder of the parse cache; without one no parse is kept.
        cache_limit: the bytes that it may take.
        rules: a folder of the user's own titles, people, places and rules, or what was read of it.
        mentions: by the SHA-256 of a text, mentions that stand for those of the rules.
        fast: compute the model's most costly layers by code of this project (`fast_tok2vec`), which
            gives the same annotations, instead of spaCy's.

    Raises:
        ModelError: the model is missing, is not English, or lacks what the rules need.
        UsageError: the folder of rules has a bad line.
    """

    def __init__(
        self,
        model: "str | Path | Language" = DEFAULT_MODEL,
        *,
        label_map: Mapping[str, str] | None = None,
        cache: Path | None = None,
        cache_limit: int = DEFAULT_LIMIT,
        rules: Path | str | UserRules | None = None,
        mentions: Mapping[str, Given] | None = None,
        fast: bool = True,
    ) -> None:
        own = read_user_rules(Path(rules)) if isinstance(rules, str | Path) else rules
        own = own or UserRules()
        self.rules = own.rules
        self._mentions = mentions or {}
        parses = ParseCache(cache, cache_limit) if cache else None
        self.parser = Parser(model, label_map=label_map, cache=parses, fast=fast)
        self.gazetteer = Gazetteer(extra=own.places)

    def extract(self, article: Article) -> ArticleRecord:
        """Extract one article.

        Args:
            article: the article.

        Returns:
            Its record, which knows the text and so can be shown.

        Raises:
            TypeError: what is given is no article.
        """
        if not isinstance(article, Article):
            raise TypeError(_no_article(article))
        return next(self.pipe([article]))

    def pipe(
        self,
        articles: Iterable[Article | InputError],
        *,
        on_error: Callable[[InputError], object] | None = None,
    ) -> Iterator[ArticleRecord]:
        """Extract articles in batches, which is faster than one by one.

        Args:
            articles: articles, or what `read_articles` yields: an `InputError` among them is
                reported and skipped.
            on_error: called with each `InputError`. Without it each is logged as a warning by the
                logger ``newsclaims``, which Python prints on standard error.

        Yields:
            A record for each article, in order.

        Raises:
            TypeError: one of `articles` is neither an article nor an `InputError`.
        """
        read = _articles_of(articles, on_error or _report)
        return (extraction.record for extraction in self.extractions(read))

    def extractions(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """One record an article, in order, with the sentences of its text."""
        ahead, behind = tee(articles)
        parses = self.parser.parse(article.text for article in ahead)
        for article, tokens in zip(behind, parses, strict=True):
            given = self._mentions.get(article.text_sha256, NO_MENTIONS)
            record = assemble(article, tokens, self.gazetteer, self.rules, given)
            starts = tokens.sentences
            sentences = tuple(tokens.offsets.raw(start, start + 1)[0] for start in starts)
            yield Extraction(record.with_text(article.text, sentences), sentences)


def _report(error: InputError) -> None:
    _log.warning("%s", error)


def _articles_of(
    items: Iterable[Article | InputError], on_error: Callable[[InputError], object]
) -> Iterator[Article]:
    for item in items:
        if isinstance(item, InputError):
            on_error(item)
        elif isinstance(item, Article):
            yield item
        else:
            raise TypeError(_no_article(item))


def _no_article(item: object) -> str:
    return f"not an article but of type {type(item).__name__}: give Article(id=..., text=...)"


def assemble(
    article: Article,
    tokens: Tokens,
    gazetteer: Gazetteer,
    own: OwnRules = NOTHING,
    given: Given = NO_MENTIONS,
) -> ArticleRecord:
    """Everything that the article says, as rows; `given` mentions and `own` rules come first.

    Rows are made of the clean view that `tokens` are of, and their spans then laid on the raw text.

    Raises `newsclaims.records.SpanError` when a row contradicts the text: a defect of a rule, never
    of the article.
    """
    text, text_hash = tokens.text, article.text_sha256
    finds = extract(tokens, gazetteer, own, _on_view(given, tokens.offsets))
    people = _people(text, text_hash, group_people(tokens, finds.people))
    organisations = _organisations(
        text, text_hash, group_organisations(tokens, finds.organisations)
    )
    resolved = gazetteer.resolve(tokens, finds.places, article.source)
    places = _places(text, text_hash, resolved)
    dates = _dates(text, text_hash, resolve_dates(finds.dates, article.published))
    bodies: list[Organisation | Place] = [*organisations, *places]
    roles = _roles(text, text_hash, finds.roles, people, bodies, dates)
    statements = _statements(tokens, text_hash, finds.statements, people, bodies, roles, dates)
    roles = _asserted(roles, statements)
    people = with_sources(text, people, statements)
    organisations = with_sources(text, organisations, statements)
    head = ArticleHead(
        id=article.id,
        title=article.title,
        published=article.published,
        source=article.source,
        url=article.url,
        text_sha256=text_hash,
    )
    record = ArticleRecord(
        article=head,
        people=tuple(people),
        organisations=tuple(organisations),
        places=tuple(places),
        dates=tuple(dates),
        roles=tuple(roles),
        statements=tuple(statements),
    )
    return _on_raw(record, tokens.offsets, article.text).check_spans(article.text)


def _on_view(given: Given, offsets: OffsetMap) -> Given:
    """Mentions of the raw text as mentions of its view, but for those that the view leaves out."""
    if offsets.is_identity:
        return given
    return {
        kind: [
            name._replace(start=start, end=end)
            for name in names
            for start, end in [offsets.view(name.start, name.end)]
            if start < end
        ]
        for kind, names in given.items()
    }


def _on_raw(record: ArticleRecord, offsets: OffsetMap, raw: str) -> ArticleRecord:
    """The record of a view with its spans on the raw text, and the keys of these."""
    if offsets.is_identity:
        return record

    def on_raw(span: Span) -> Span:
        start, end = offsets.raw(span.start, span.end)
        return span.model_copy(update={"start": start, "end": end, "text": raw[start:end]})

    rows = {
        layer: tuple(
            row.with_spans(on_raw).keyed(record.article.text_sha256)
            for row in getattr(record, layer)
        )
        for layer in LAYERS
    }
    return record.model_copy(update=rows)


def _mentions(text: str, names: Iterable[Name]) -> tuple[Mention, ...]:
    return tuple(
        Mention.of(text, name.start, name.end, rule=name.rule, confidence=name.confidence)
        for name in names
    )


def _references(text: str, references: Iterable[Offsets]) -> tuple[Reference, ...]:
    return tuple(Reference.of(text, *reference) for reference in references)


def _people(text: str, text_hash: str, clusters: Sequence[Cluster]) -> list[Person]:
    return [
        Person.of(
            text_hash,
            id=f"person-{number}",
            name=text[cluster.name.start : cluster.name.end],
            mentions=_mentions(text, cluster.mentions),
            references=_references(text, cluster.references),
            external_id=_listed_id(cluster),
        )
        for number, cluster in enumerate(clusters, 1)
    ]


def _listed_id(cluster: Cluster) -> str | None:
    """The user's id of a person whom the user has listed with one."""
    return next((name.listed.id for name in cluster.mentions if name.listed), None) or None


def _organisations(text: str, text_hash: str, clusters: Sequence[Cluster]) -> list[Organisation]:
    return [
        Organisation.of(
            text_hash,
            id=f"organisation-{number}",
            name=text[cluster.name.start : cluster.name.end],
            mentions=_mentions(text, cluster.mentions),
            references=_references(text, cluster.references),
        )
        for number, cluster in enumerate(clusters, 1)
    ]


def _places(text: str, text_hash: str, resolved: Sequence[ResolvedPlace]) -> list[Place]:
    return [
        Place.of(
            text_hash,
            id=f"place-{number}",
            name=text[place.name.start : place.name.end],
            mentions=_mentions(text, place.mentions),
            geonameid=place.geonameid,
            kind=place.kind,
            country=place.country,
            latitude=place.latitude,
            longitude=place.longitude,
            score=place.score,
            margin=place.margin,
            rule=place.rule,
        )
        for number, place in enumerate(resolved, 1)
    ]


def _dates(text: str, text_hash: str, resolved: Sequence[ResolvedDate]) -> list[Date]:
    return [
        Date.of(
            text_hash,
            id=f"date-{number}",
            span=Span.of(text, date.start, date.end),
            type=date.type,
            value=date.value,
            mod=date.mod,
            earliest=date.earliest,
            latest=date.latest,
            anchor=f"date-{date.anchor + 1}" if isinstance(date.anchor, int) else date.anchor,
            rule=date.rule,
        )
        for number, date in enumerate(resolved, 1)
    ]


def _roles(
    text: str,
    text_hash: str,
    finds: Sequence[RoleFind],
    people: Sequence[Person],
    bodies: Sequence[Organisation | Place],
    dates: Sequence[Date],
) -> list[Role]:
    def span(offsets: Offsets | None) -> Span | None:
        return Span.of(text, *offsets) if offsets else None

    in_people, in_bodies = _Mentioned(people), _Mentioned(bodies)
    return [
        Role.of(
            text_hash,
            id=f"role-{number}",
            person=person,
            holder=Span.of(text, find.holder.start, find.holder.end),
            title=Span.of(text, *find.title),
            organisation=span(find.organisation),
            organisation_id=in_bodies.at(find.organisation),
            status=find.status,
            status_cue=span(find.status_cue),
            qualifier=span(find.qualifier),
            since=_date_at(find.since, dates),
            until=_date_at(find.until, dates),
            rule=find.rule,
        )
        for number, find in enumerate(finds, 1)
        if (person := in_people.at(Offsets(find.holder.start, find.holder.end)))
    ]


def _statements(
    tokens: Tokens,
    text_hash: str,
    finds: Sequence[StatementFind],
    people: Sequence[Person],
    bodies: Sequence[Organisation | Place],
    roles: Sequence[Role],
    dates: Sequence[Date],
) -> list[Statement]:
    text = tokens.text
    speakers = link_speakers(tokens, finds, people, bodies, roles)
    inside = _Inside(people, bodies, roles, dates)
    return [
        Statement.of(
            text_hash,
            id=f"statement-{number}",
            speaker=speaker.row,
            source=Span.of(text, *find.source) if find.source else None,
            cue=Span.of(text, *find.cue) if find.cue else None,
            content=tuple(Span.of(text, *part) for part in find.content),
            kind=find.kind,
            sort=find.sort,
            modality=find.modality,
            about=inside.ids(find.content),
            speaker_reason=speaker.reason,
            rule=find.rule,
        )
        for number, (find, speaker) in enumerate(zip(finds, speakers, strict=True), 1)
    ]


class _Inside:
    """Looks up which people, roles, places and dates stand inside a statement's content."""

    def __init__(
        self,
        people: Sequence[Person],
        bodies: Sequence[Organisation | Place],
        roles: Sequence[Role],
        dates: Sequence[Date],
    ) -> None:
        places = [body for body in bodies if isinstance(body, Place)]
        marks = [(mention.start, row.id) for row in people for mention in row.mentions]
        marks += [(role.title.start, role.id) for role in roles]
        marks += [(mention.start, row.id) for row in places for mention in row.mentions]
        marks += [(date.span.start, date.id) for date in dates]
        self._marks = sorted(marks)

    def ids(self, content: Iterable[Offsets]) -> tuple[str, ...]:
        """The ids, each once, in the order of the text."""
        found = [
            row
            for start, end in content
            for _, row in self._marks[
                bisect_left(self._marks, (start, "")) : bisect_left(self._marks, (end, ""))
            ]
        ]
        return tuple(dict.fromkeys(found))


def _asserted(roles: Sequence[Role], statements: Sequence[Statement]) -> list[Role]:
    """The roles, those inside a statement's content marked as its speaker's word."""
    said_in = {row: said.id for said in reversed(statements) for row in said.about}
    return [
        role.model_copy(update={"asserted_in": said_in[role.id]}) if role.id in said_in else role
        for role in roles
    ]


class _Mentioned:
    """Rows by where they are mentioned: a long article has thousands of mentions."""

    def __init__(self, rows: Sequence[Person] | Sequence[Organisation | Place]) -> None:
        self._mentions = sorted(
            (mention.start, mention.end, order, row.id)
            for order, row in enumerate(rows)
            for mention in row.mentions
        )
        self._longest = max((end - start for start, end, _, _ in self._mentions), default=0)

    def at(self, offsets: Offsets | None) -> str | None:
        """The id of the row with a mention at `offsets`, or sharing most characters with them."""
        if offsets is None:
            return None
        first = bisect_left(self._mentions, (offsets.start - self._longest,))
        after = bisect_left(self._mentions, (offsets.end,))
        shares = [
            (max(offsets.start, start) - min(offsets.end, end), order, row_id)
            for start, end, order, row_id in self._mentions[first:after]
            if end > offsets.start
        ]
        return min(shares)[2] if shares else None


def _date_at(offsets: Offsets | None, dates: Sequence[Date]) -> str | None:
    if offsets is None:
        return None
    for date in dates:
        if date.span.start < offsets.end and offsets.start < date.span.end:
            return date.id
    return None
