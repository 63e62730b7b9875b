"""Titles that stand beside a name: before it, in apposition after or before it, in brackets."""

import re
from collections.abc import Iterator

from pipeline.extract.finds import Kind
from pipeline.extract.roles import words
from pipeline.extract.roles.noun_phrases import kind_of, read_body, sentence_end
from pipeline.extract.roles.scene import Link, Scene, share
from pipeline.extract.roles.titles import Post
from pipeline.extract.roles.units import Range
from pipeline.extract.roles.words import Sort
from pipeline.records import Status

RULES = frozenset(
    {
        "before-name",
        "shared-before",
        "after-name",
        "shared-after",
        "in-brackets",
        "name-after",
        "label",
    }
)
_SEPARATORS = frozenset({",", "–", "—", "--", "-", "("})
_ADVERBS = frozenset(
    {"now", "currently", "also", "himself", "herself", "both", "all", "each", "formerly", "once", "previously",
     "until", "recently", "later", "respectively", "the", "only"}
)  # fmt: skip
_FORMERLY = frozenset({"formerly", "once", "previously"})
# What may stand after an apposition that no comma closes.
_GOES_ON = frozenset(
    {"who", "which", "that", "whose", "whom", "and", "or", "as", "in", "at", "from", "since", "during", "under",
     "on", "with", "by", "to", "for", "when", "where", "until", "between", "turned", "but", "while", "of", "after",
     "before", "based", "now", "responsible", "known", "representing", "said", "says", "told", "is", "was", "has"}
)  # fmt: skip
_CLOSERS = frozenset(
    {
        ",",
        "(",
        ".",
        ";",
        ":",
        ")",
        "]",
        "?",
        "!",
        '"',
        "”",
        "’",
        "'",
        "–",
        "—",
        "--",
        "-",
        "…",
        "...",
    }
)
_ENDS_NAME = frozenset(
    {",", ".", ";", ":", ")", "]", "?", "!", '"', "”", "’", "'", "–", "—", "--", "(", "-", "…"}
)
_OF_NO_BODY = words.words("heads_of_no_body")
_ROYAL = words.words("royal_heads")
_FURTHEST_BODY = 16
_INTRODUCING = frozenset({",", "–", "—", ":", "--"})
_BEFORE_INDEFINITE = frozenset(
    {"by", "with", "from", "and", "that", "said", "says", "is", "was", "including"}
)
_BEFORE_BARE = frozenset({"and", "that", "by", "with", "fellow"})
_AFTER_NAME = frozenset({"who", "and", "in", "at", "on", "to", "as", "from", "of"})
_SUFFIXES = frozenset({"jr.", "sr.", "jr", "sr", "qc", "kc", "mbe", "obe", "cbe", "m.d.", "ph.d."})
# The party and state of an American legislator: "D-Maine", "R-Miss."
_PARTY = re.compile(r"[dri]-[a-z]+\.?")
_VERBS = frozenset({"VBD", "VBZ", "VBP", "MD"})


def before_name(scene: Scene) -> Iterator[Link]:
    """ "former Foreign Minister and PPP chairman Jane Doe"; "Former ministers Jane Doe and John Roe"."""
    for person in range(len(scene.names)):
        first, end = scene.names[person]
        unit = first
        post = scene.by_end.get(unit)
        if post is None:
            unit = scene.before_honorifics(first)
            post = scene.by_end.get(unit)
        retired = _retired_before(scene, unit) if post is None else None
        if retired is not None:
            post, unit = scene.by_end.get(retired[0] - 1), retired[0] - 1
        if post is None and scene.low(unit - 1) in {'"', "“", "‘"}:
            continue
        if post is None or (post.end != unit and post.bare_end != unit):
            continue
        if not scene.units.same_sentence(post.start, first) and scene.units.first[first] != first:
            continue
        if not _title_like(scene, post):
            continue
        posts = [post, *_stacked(scene, post), *scene.coordinated_before(post)]
        posts = share(sorted(set(posts)))
        if post.plural:
            people = scene.names_after(person)
            if len(people) < 2:
                continue
        else:
            people = [person]
        after = None if post.plural else _organisation_after(scene, post, end)
        rule = "shared-before" if post.plural else "before-name"
        for each in posts:
            for holder in people:
                organisation = after if each is post else None
                status: Status | None = "former" if retired and each is post else None
                yield Link(each, holder, rule, status, retired, organisation)


def _retired_before(scene: Scene, unit: int) -> Range | None:
    """The "ret." of "Maj. Gen. (ret.) Jane Doe"."""
    if scene.low(unit - 1) != ")" or not scene.units.same_sentence(unit - 3, unit):
        return None
    first = next((at for at in range(unit - 2, unit - 5, -1) if scene.low(at) == "("), None)
    if first is None or scene.low(first + 1).rstrip(".") not in words.RETIRED:
        return None
    return first + 1, unit - 1


def _stacked(scene: Scene, post: Post) -> list[Post]:
    """ "President Gen. Jane Doe": a title before the title."""
    earlier = scene.by_end.get(post.start)
    if earlier is None or earlier.plural or earlier is post or earlier.end != post.start:
        return []
    if not scene.units.same_sentence(earlier.start, post.start):
        return []
    return [earlier] if not post.determiner else []


def _title_like(scene: Scene, post: Post) -> bool:
    """Whether the words can stand before a name at all: "the official Doe" can, "worker Jan" can."""
    word = scene.low(post.title[1] - 1)
    return (
        word not in {"lead", "forward", "star"}
        or scene.units.capital(post.title[0])
        or post.title[1] - post.title[0] > 1
    )


def _organisation_after(scene: Scene, post: Post, end: int) -> Range | None:
    """ "Judge Jane Doe of the Regional Trial Court": the body named after the name."""
    units = scene.units
    if post.organisation is not None or post.head.singular in _OF_NO_BODY:
        return None
    if scene.low(end) != "of" or not units.same_sentence(end - 1, end + 1):
        return None
    noun = end + 1 + (scene.low(end + 1) in {"the", "a", "an"})
    body = read_body(units, noun, sentence_end(units, noun, _FURTHEST_BODY))
    if body is None or not body.named:
        return None
    if post.head.sort is Sort.OCCUPATION and kind_of(units, body.range) is None:
        return None
    place = (
        kind_of(units, body.range) is Kind.PLACE
        and units.low[body.range[1] - 1] not in words.BODIES
    )
    return None if place and post.head.sort is Sort.OCCUPATION else body.range


def after_name(scene: Scene) -> Iterator[Link]:
    """ "Jane Doe, 45, the former mayor of Springfield and chairman of Acme, said"."""
    for person in range(len(scene.names)):
        unit = _after_age(scene, scene.names[person][1])
        if not scene.units.same_sentence(scene.names[person][0], unit):
            continue
        separator = scene.low(unit)
        if separator not in _SEPARATORS:
            continue
        if separator == "-" and scene.units.end[unit - 1] == scene.units.start[unit]:
            continue
        bracket = separator == "("
        unit += 1
        former: Range | None = None
        if scene.low(unit) in {"both", "all"} and scene.low(unit + 1) == "of":
            unit += 3
        unit = _after_relative(scene, unit)
        while scene.low(unit) in _ADVERBS and unit not in scene.by_start:
            if scene.low(unit) in _FORMERLY:
                former = (unit, unit + 1)
            unit += 1
        post = scene.by_start.get(unit)
        if post is None or not scene.units.same_sentence(scene.names[person][0], unit):
            continue
        yield from _appositions(scene, person, post, former, bracket=bracket)


def _after_relative(scene: Scene, unit: int) -> int:
    """Step over a family relation: "the mayor's daughter and a nurse"."""
    for at in range(unit, min(unit + 7, len(scene.units))):
        word = scene.low(at)
        if word in words.FAMILY and scene.low(at + 1) == "and" and at + 2 in scene.by_start:
            return at + 2
        if word in _CLOSERS or word in words.FAMILY:
            break
    return unit


def _appositions(
    scene: Scene, person: int, post: Post, former: Range | None, *, bracket: bool
) -> Iterator[Link]:
    posts = [post, *scene.coordinated_after(post)]
    if not _closes(scene, posts, bracket=bracket):
        return
    people = [person]
    if post.plural:
        people = scene.names_before(person)
        if len(people) < 2:
            return
    rule = "in-brackets" if bracket else "shared-after" if post.plural else "after-name"
    for each in share(posts):
        status = "former" if former and each.status == "current" else None
        for holder in people:
            yield Link(each, holder, rule, status=status, cue=former if status else None)


def _closes(scene: Scene, posts: list[Post], *, bracket: bool) -> bool:
    """Whether what follows fits an apposition, and is not a name that the title belongs to."""
    units, last = scene.units, posts[-1]
    if scene.name_from(posts[0].bare_end) is not None or scene.name_from(last.end) is not None:
        return False
    end = last.end
    if end >= len(units) or units.first[end] != units.first[end - 1]:
        return True
    word = units.low[end]
    if bracket:
        return word in {")", ",", ";"}
    if word in _CLOSERS:
        return True
    if word in _GOES_ON or units.tag[end] in {"VBG", "VBN", "IN", "RB", "CD"}:
        return True
    return units.tag[end] in _VERBS and (last.end > last.bare_end or bool(last.determiner))


def _after_age(scene: Scene, unit: int) -> int:
    """Step over what may part a name from its apposition: ", 45", ", D-Maine", "of Springfield"."""
    units = scene.units
    if scene.low(unit) == "(":
        close = next(
            (u for u in range(unit + 1, min(unit + 7, len(units))) if units.low[u] == ")"), None
        )
        if close is not None and scene.by_start.get(unit + 1) is None:
            unit = close + 1
    if scene.low(unit) == ",":
        aside = unit + 1 + (scene.low(unit + 1) in {"aged", "age"})
        word = scene.low(aside)
        age = word.isdigit() and len(word) <= 3
        if (age or word in _SUFFIXES or _PARTY.match(word)) and scene.low(aside + 1) == ",":
            return aside + 1
    if scene.low(unit) in {"of", "from"} and unit + 1 < len(units) and units.body[unit + 1] >= 0:
        after = units.body_ranges[units.body[unit + 1]][1]
        if scene.low(after) == ",":
            return after
    return unit


def name_after(scene: Scene, taken: set[Post]) -> Iterator[Link]:
    """ "The president of the party, Jane Doe, said": the name in apposition to the title.

    `taken` are the phrases that an earlier name claims.
    """
    units = scene.units
    for person, (first, end) in enumerate(scene.names):
        unit = scene.before_honorifics(first)
        titled = scene.by_end.get(unit)
        if titled is not None:
            unit = titled.start  # "the interior minister, Gen. Jane Doe"
        unit -= 1
        mark = scene.low(unit)
        if unit < 1 or mark not in _INTRODUCING or not units.same_sentence(unit - 1, first):
            continue
        post = scene.by_end.get(unit)
        if post is None or unit not in {post.end, post.bare_end}:
            continue
        posts = sorted([post, *scene.coordinated_before(post)])
        if taken.intersection(posts):
            continue
        if mark == ":":
            if units.at_start(posts[0].start):
                people = scene.names_after(person) if post.plural else [person]
                for each in share(posts):
                    yield from (Link(each, holder, "label") for holder in people)
        elif post.plural:
            people = scene.names_after(person)
            if len(people) > 1 and post.determiner != "the" and mark != ",":
                continue
            yield from (Link(post, each, "name-after") for each in people if len(people) > 1)
        elif _introduces(scene, posts[0], end) and _stands_alone(scene, posts[0], end):
            for each in share(posts):
                yield Link(each, person, "name-after")
            state = posts[-1].organisation
            if titled is not None and titled.head.singular in _ROYAL and state is not None:
                # "Freedonia's ruler, Crown Prince Jon": one state stands behind both
                yield Link(titled, person, "name-after", organisation=state)


def _introduces(scene: Scene, post: Post, end: int) -> bool:
    """Whether a phrase can introduce a name: it is definite, or opens its clause."""
    start = post.start
    before = scene.low(start - 1) if scene.units.same_sentence(start - 1, start) else ""
    if scene.units.at_start(start) or (before == "as" and scene.units.at_start(start - 1)):
        return True
    if before == "," and scene.name_until.get(start - 1) is not None:
        return False
    if post.determiner == "a":
        return before in _BEFORE_INDEFINITE or (before != "of" and scene.low(end) == ",")
    owned = post.organisation is not None and post.organisation[0] < post.title[0]
    if post.determiner or owned:
        return True
    return before in _BEFORE_BARE or (scene.units.capital(post.title[0]) and bool(before))


def _stands_alone(scene: Scene, post: Post, end: int) -> bool:
    """Whether the name closes the apposition: a comma, the end, or the verb of its clause."""
    units = scene.units
    if end >= len(units) or units.first[end] != units.first[end - 1]:
        return True
    word = units.low[end]
    if word in _ENDS_NAME or word in _AFTER_NAME:
        return True
    if units.tag[end] not in _VERBS | {"VBN"}:
        return False
    # "… traced to the buyer, Doe said." reports the whole clause: a verb must follow its subject.
    opens = units.at_start(post.start) or scene.low(post.start - 1) in {",", "that", "and", "as"}
    return opens and scene.low(end + 1) not in {".", ""}


__all__ = ["after_name", "before_name", "name_after"]
