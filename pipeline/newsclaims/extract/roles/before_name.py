"""A title right before a name: "former Foreign Minister and PPP chairman Jane Doe"."""

from collections.abc import Iterator
from typing import NamedTuple

from newsclaims.extract.finds import Kind
from newsclaims.extract.roles import words
from newsclaims.extract.roles.coordination import coordinated_before, share
from newsclaims.extract.roles.noun_phrases import kind_of, read_body, sentence_end
from newsclaims.extract.roles.scene import Link, Scene
from newsclaims.extract.roles.titles import Post
from newsclaims.extract.roles.units import Range
from newsclaims.extract.roles.words import Sort
from newsclaims.schema import Status

RULES = frozenset({"before-name", "shared-before"})

_OF_NO_BODY = words.words("heads_of_no_body")
# Common words that are a title before a name only with a modifier or a capital ("film star Doe").
_WEAK = frozenset({"lead", "forward", "star"})
_FURTHEST_BODY = 16
_LEGISLATORS = words.words("legislator_heads")
_LONGEST_PARTY = 5
_BESIDE = frozenset({"left", "right", "centre", "center", "pictured", "top", "above", "below"})


class _Bracket(NamedTuple):
    """The words of a "(ret.)" or "(in-charge)" beside a name, and the status that they give."""

    words: Range
    status: Status


class _Adjacent(NamedTuple):
    """A title phrase next to a name, and a status in brackets between them or after it."""

    post: Post
    bracket: _Bracket | None


def before_name(scene: Scene) -> Iterator[Link]:
    """The titles that stand before a name, honorifics between them skipped."""
    for person, (first, end) in enumerate(scene.names):
        adjacent = _adjacent(scene, first, end)
        if adjacent is None or _weak(scene, adjacent.post):
            continue
        post = adjacent.post
        people = scene.names_after(person) if post.plural else [person]
        if post.plural and len(people) < 2:
            continue
        after = None if post.plural else _organisation_after(scene, post, end)
        rule = "shared-before" if post.plural else "before-name"
        strung = {post, *_stacked(scene, post), *coordinated_before(scene, post)}
        for each in share(sorted(strung)):
            nearest = each is post
            bracket = adjacent.bracket if nearest else None
            status, cue = (bracket.status, bracket.words) if bracket else (None, None)
            organisation = after if nearest else None
            for holder in people:
                yield Link(each, holder, rule, status, cue, organisation)


def _adjacent(scene: Scene, first: int, end: int) -> _Adjacent | None:
    for unit in (first, scene.before_honorifics(first)):
        post = scene.by_end.get(unit)
        if post is not None and _one_line(scene, post, unit):
            return _Adjacent(post, _retired_after(scene, end))
        bracket = _bracket_before(scene, unit)
        post = scene.by_end.get(bracket.words[0] - 1) if bracket else None
        if post is not None and _one_line(scene, post, unit):
            return _Adjacent(post, bracket)
    return None


def _one_line(scene: Scene, post: Post, first: int) -> bool:
    """Whether title and name share a sentence, or the parser cut it between the two."""
    return scene.units.same_sentence(post.start, first) or scene.units.first[first] == first


def _bracket_before(scene: Scene, unit: int) -> _Bracket | None:
    """The brackets of "Maj. Gen. (ret.) Jane Doe", "Registrar (acting) Jane Doe"."""
    if scene.low(unit - 1) != ")" or not scene.units.same_sentence(unit - 3, unit - 1):
        return None
    opening = next((at for at in range(unit - 2, unit - 5, -1) if scene.low(at) == "("), None)
    return _bracket(scene, opening + 1, unit - 1) if opening is not None else None


def _retired_after(scene: Scene, end: int) -> _Bracket | None:
    """The "ret." of "Gen. Jane Doe (ret.)"."""
    if scene.low(end) != "(" or scene.low(end + 1) not in words.RETIRED:
        return None
    close = next((at for at in range(end + 2, end + 4) if scene.low(at) == ")"), None)
    return _bracket(scene, end + 1, close) if close else None


def _bracket(scene: Scene, first: int, end: int) -> _Bracket | None:
    if scene.low(first) in words.RETIRED or scene.low(first) == "r":
        return _Bracket((first, end), "former")
    if scene.low(first) in words.ACTING_IN_BRACKETS:
        return _Bracket((first, end), "acting")
    return None


def _weak(scene: Scene, post: Post) -> bool:
    first, end = post.title
    capital = scene.units.capital(first)
    bare = end - first == 1 and not capital and post.organisation is None
    return bare and scene.low(end - 1) in _WEAK


def _stacked(scene: Scene, post: Post) -> list[Post]:
    """The title before the title: "President Gen. Jane Doe"."""
    earlier = scene.by_end.get(post.start)
    if earlier is None or earlier.plural or earlier.end != post.start or post.determiner:
        return []
    return [earlier] if scene.units.same_sentence(earlier.start, post.start) else []


def _organisation_after(scene: Scene, post: Post, end: int) -> Range | None:
    """The body named after the name: "Judge Jane Doe of the Regional Trial Court"."""
    units = scene.units
    if post.organisation is not None or post.head.singular in _OF_NO_BODY:
        return None
    if post.head.singular in _LEGISLATORS and scene.low(end) == "(":
        return _party(scene, end + 1)
    of = end + (scene.low(end) == ",")
    preposition = scene.low(of)
    if preposition not in {"of", "from"} or not units.same_sentence(end - 1, of + 1):
        return None
    noun = of + 1 + (scene.low(of + 1) in {"the", "a", "an"})
    body = read_body(units, noun, sentence_end(units, noun, _FURTHEST_BODY))
    if body is None or not body.named:
        return None
    plain = of == end and preposition == "of" and post.head.sort is not Sort.OCCUPATION
    return body.range if plain or _serves(scene, body.range) else None


def _party(scene: Scene, first: int) -> Range | None:
    """The party in "Senator Jane Doe (Reform)", "(Con, Springfield North)"."""
    units = scene.units
    if not units.same_sentence(first - 1, first):
        return None
    for end in range(first + 1, min(first + _LONGEST_PARTY, len(units))):
        if units.low[end] in {",", ")", ";"}:
            party = units.word[first:end]
            named = all(word[0].isupper() and "-" not in word for word in party)
            beside = units.low[first] in words.RETIRED or units.low[first] in _BESIDE
            return (first, end) if named and not beside else None
    return None


def _serves(scene: Scene, body: Range) -> bool:
    """Whether one may work for what is named: an organisation, or a body of a place."""
    kind = kind_of(scene.units, body)
    if kind is Kind.PLACE:
        return scene.low(body[1] - 1) in words.BODIES
    return kind is Kind.ORGANISATION or scene.low(body[1] - 1) in words.BODIES
