"""Titles that a verb gives or ends: "served as mayor", "was named coach", "resigned as dean"."""

from collections.abc import Iterator

from newsclaims.extract.finds import Kind
from newsclaims.extract.roles.claims import (
    FUTURE,
    UNSAID,
    When,
    claim,
    is_hypothetical,
    is_passive,
)
from newsclaims.extract.roles.coordination import coordinated_after
from newsclaims.extract.roles.scene import Link, Scene
from newsclaims.extract.roles.subjects import subject_of
from newsclaims.extract.roles.titles import Post
from newsclaims.extract.roles.units import Range
from newsclaims.extract.roles.words import Sort, words

# The rule of each kind of verb; the lexicon has their forms as ``roles.<kind>_verbs``.
_RULE_OF_KIND = {
    "serving": "served-as",
    "continuing": "continued-as",
    "appointing": "appointed",
    "nominating": "nominated",
    "taking": "took-over-as",
    "replacing": "replaced-as",
    "leaving": "resigned-as",
    "removing": "removed-as",
}
RULES = frozenset({"years-as", "post-of", "claimed", *_RULE_OF_KIND.values()})

_KINDS = {verb: kind for kind in _RULE_OF_KIND for verb in words(f"{kind}_verbs")}
_WITH_OBJECT = frozenset({"appointing", "removing", "nominating"})
_GIVING = frozenset({"appointing", "nominating"})
# "until she is elected president": the present passive speaks of what may come.
_NOT_YET = frozenset({"is", "are", "be"})
_HAVE = frozenset({"has", "have", "had", "having"})
_BEFORE_APPOINTING = _HAVE | {"today", "also", "recently"}
_SERVED = frozenset({"served", "worked", "acted", "practised", "practiced"})
_BEFORE_SERVED = frozenset({"after", "having", "previously", "formerly"})
_JOBS = words("jobs")
# "spent ten years as", "during her tenure as" speak of the past, "in her role as" does not.
_TIMES = words("times")
_ROLES = words("times_still_running")
_SPENDING = words("spending_verbs")
_CLAIMING = words("claiming_verbs")
_CLAUSE_ENDS = frozenset({";", "that", "said", "says"})
_AT_ONCE = frozenset({"now", "today", "yesterday", "immediately"})
_TAKE = frozenset({"take", "assume"})
_WENT_ON_TO = words("went_on_to")
_FURTHEST_VERB = 9


def verbs(scene: Scene) -> Iterator[Link]:
    """The titles that follow a verb of holding, giving or leaving a position."""
    for post in scene.posts:
        unit = post.start - 1
        if unit < 1 or not scene.units.same_sentence(unit, post.start):
            continue
        if scene.belongs_to_name(post):
            yield from _replaced(scene, post, unit)
        else:
            yield from _said_of(scene, post, unit)


def _said_of(scene: Scene, post: Post, unit: int) -> Iterator[Link]:
    """The titles that the words up to `unit`, right before them, say of somebody."""
    word = scene.low(unit)
    claims = unit - (word == "as")
    if scene.low(claims) in {"himself", "herself"}:
        yield from _claimed(scene, post, claims)
    elif word == "as":
        yield from _as(scene, post, unit)
    elif word == "of" and scene.low(unit - 1) in _JOBS:
        yield from _post_of(scene, post, unit)
    elif _KINDS.get(word) in _GIVING:
        yield from _given(scene, post, unit)
    elif word == "to" and _KINDS.get(scene.low(unit - 1)) in _GIVING:
        yield from _given(scene, post, unit - 1)
    elif post.start in scene.name_until:
        yield from _given_object(scene, post, scene.name_until[post.start])


def _as(scene: Scene, post: Post, at: int) -> Iterator[Link]:
    """As in "served as mayor", "took over as coach", "named Jane Doe as its chief"."""
    if at in scene.name_until and scene.low(scene.names[scene.name_until[at]][0] - 1) == "with":
        yield Link(post, scene.name_until[at], "appointed")  # "with Jane Doe as its leader"
        return
    found = _verb_before(scene, at - 1)
    if found is None:
        return
    if found in range(at - 2, at) and scene.low(found) in _TIMES:
        yield from _years_as(scene, post, found)
        return
    kind = _KINDS[scene.low(found)]
    if is_hypothetical(scene, found) or (kind == "serving" and scene.low(found - 1) == "to"):
        return
    person = _object(scene, found, at) if kind in _WITH_OBJECT else None
    if person is None:
        person = subject_of(scene, found)
    if person is not None:
        when = _when(scene, post, found, at, kind)
        joined = scene.low(found) == "joined" and post.organisation is None
        if joined:
            post = post._replace(organisation=_joined_body(scene, found, at))
        elif kind == "serving" and post.organisation is None:
            post = post._replace(organisation=_where_served(scene, found))
        elif kind == "appointing" and post.organisation is None:
            post = post._replace(organisation=_appointing_body(scene, found))
        yield from claim(scene, post, person, when, _RULE_OF_KIND[kind])
    yield from _other(scene, post, found, at)


def _other(scene: Scene, post: Post, verb: int, at: int) -> Iterator[Link]:
    """The second person of "took over from Jane Doe as dean", "was succeeded as dean by Doe"."""
    kind = _KINDS[scene.low(verb)]
    if kind == "replacing" and is_passive(scene, verb) and scene.low(post.end) == "by":
        person = scene.name_from(post.end + 1)
        if person is not None:
            yield Link(post, person, _RULE_OF_KIND[kind])
    elif kind == "taking" and at in scene.name_until:
        person = scene.name_until[at]
        before = scene.before_name(scene.names[person][0]) - 1
        if scene.low(before) == "from":
            yield Link(post, person, _RULE_OF_KIND[kind], "former", (before, before + 1))


def _replaced(scene: Scene, post: Post, verb: int) -> Iterator[Link]:
    """As in "succeeds Minister Doe": of the one before, the post is said as well."""
    if _KINDS.get(scene.low(verb)) != "replacing":
        return
    person = subject_of(scene, verb)
    if person is None or post.plural or is_hypothetical(scene, verb) or is_passive(scene, verb):
        return
    when = _when(scene, post, verb, verb, "replacing")
    incoming = when.status == "incoming"
    cue = (verb, verb + 1) if incoming else None
    yield Link(post, person, "replaced-as", "incoming" if incoming else "current", cue)


def _joined_body(scene: Scene, verb: int, at: int) -> Range | None:
    """The organisation in "joined the Meteorological Office as a clerk"."""
    units = scene.units
    number = next((units.body[unit] for unit in range(verb + 1, at) if units.body[unit] >= 0), -1)
    if number < 0 or units.bodies[number].kind is not Kind.ORGANISATION:
        return None
    return units.body_ranges[number]


def _appointing_body(scene: Scene, verb: int) -> Range | None:
    """The organisation in "Acme Corp. has appointed Jane Doe as chief executive"."""
    units = scene.units
    end = verb
    while scene.low(end - 1) in _BEFORE_APPOINTING:
        end -= 1
    number = units.body[end - 1] if units.same_sentence(end - 1, verb) else -1
    if number < 0 or units.bodies[number].kind is not Kind.ORGANISATION:
        return None
    return units.body_ranges[number]


def _where_served(scene: Scene, verb: int) -> Range | None:
    """The organisation in "the Harbour Trust (HT), where she served as"."""
    units, where = scene.units, verb - 2
    if scene.low(where) != "where" or not units.same_sentence(where - 2, verb):
        return None
    end = where - (scene.low(where - 1) == ",")
    if scene.low(end - 1) == ")" and scene.low(end - 3) == "(":
        end -= 3
    number = units.body[end - 1]
    if number < 0 or units.bodies[number].kind is not Kind.ORGANISATION:
        return None
    return units.body_ranges[number]


def _object(scene: Scene, verb: int, at: int) -> int | None:
    """The person between an active verb and `at`: "named Jane Doe as …"."""
    person = scene.name_until.get(at - (scene.low(at - 1) == ","))
    if person is None or is_passive(scene, verb):
        return None
    first = scene.before_name(scene.names[person][0])
    if first == verb + 1:
        return person
    # "named a civilian, the economist Jane Doe, as"
    others = any(verb < start < first for start, _ in scene.names)
    return person if scene.low(first - 1) == "," and not others else None


def _verb_before(scene: Scene, last: int) -> int | None:
    """The nearest verb of a known kind, or word of time, up to `last`, in its clause."""
    first = max(scene.units.first[last], last - _FURTHEST_VERB)
    for unit in range(last, first - 1, -1):
        word = scene.low(unit)
        if (word in _KINDS and _is_verb(scene, unit)) or (word in _TIMES and unit >= last - 1):
            return unit
        if word in _CLAUSE_ENDS:
            return None
    return None


def _is_verb(scene: Scene, unit: int) -> bool:
    """Whether a word is a verb of its own: not the "elected" of "elected officials"."""
    units = scene.units
    modifies = units.tokens.deps[units.token[unit]] == "amod"
    return units.tag[unit].startswith("VB") and not modifies


def _years_as(scene: Scene, post: Post, time: int) -> Iterator[Link]:
    """As in "spent 11 seasons as an announcer", "resigned from her job as an officer"."""
    units = scene.units
    for verb in range(time - 1, max(units.first[time], time - 7) - 1, -1):
        word = units.low[verb]
        if not units.tag[verb].startswith("VB") or word in _HAVE or word == "been":
            continue
        leaving = _KINDS.get(word) == "leaving"
        if not (leaving or word in _SPENDING) or is_hypothetical(scene, verb):
            return
        person = subject_of(scene, verb)
        if person is not None:
            over = leaving or units.low[time] not in _ROLES
            when = When("former", (verb, time + 1)) if over else UNSAID
            yield from claim(scene, post, person, when, "years-as")
        return


def _claimed(scene: Scene, post: Post, oneself: int) -> Iterator[Link]:
    """As in "calls himself foreign minister", "introduced herself as head of the port"."""
    verb = oneself - 1
    if scene.low(verb) not in _CLAIMING or is_hypothetical(scene, verb):
        return
    person = subject_of(scene, verb)
    if person is not None:
        claimed = post._replace(qualifier=(verb, oneself + 1))
        yield from claim(scene, claimed, person, UNSAID, "claimed")


def _post_of(scene: Scene, post: Post, of: int) -> Iterator[Link]:
    """As in "has accepted the post of director", "resigned from the position of dean"."""
    units = scene.units
    first = max(units.first[of], of - _FURTHEST_VERB)
    verb = next((at for at in range(of - 2, first - 1, -1) if units.low[at] in _KINDS), None)
    if verb is None or is_hypothetical(scene, verb):
        return
    person = subject_of(scene, verb)
    if person is not None:
        when = _when(scene, post, verb, of + 1, _KINDS[units.low[verb]])
        yield from claim(scene, post, person, when, "post-of")


def _given(scene: Scene, post: Post, verb: int) -> Iterator[Link]:
    """As in "was appointed chairman", "has been named coach", "Doe, elected president, …"."""
    if post.determiner == "a" and post.head.sort is Sort.OCCUPATION:
        return
    participle = _is_participle(scene, verb) and not is_passive(scene, verb)
    if is_hypothetical(scene, verb) or not (participle or is_passive(scene, verb)):
        return
    if _NOT_YET.intersection(scene.units.low[max(verb - 2, 0) : verb]) and not participle:
        return
    person = subject_of(scene, verb)
    if person is None and scene.low(verb - 1) == ",":
        person = scene.name_until.get(verb - 1)
    if person is not None:
        kind = _KINDS[scene.low(verb)]
        when = _when(scene, post, verb, verb + 1, kind)
        yield from claim(scene, post, person, when, _RULE_OF_KIND[kind])


def _is_participle(scene: Scene, verb: int) -> bool:
    """Whether a verb without "was" is a passive participle: "Doe, elected mayor in May, …"."""
    if scene.low(verb - 1) == "," and verb - 1 in scene.name_until:
        return True
    before = scene.units.low[max(verb - 3, 0) : verb]
    return scene.units.tag[verb] == "VBN" and not _HAVE.intersection(before)


def _given_object(scene: Scene, post: Post, person: int) -> Iterator[Link]:
    """As in "The board named Jane Doe chief executive"."""
    first = scene.before_honorifics(scene.names[person][0])
    titled = scene.by_end.get(first)
    verb = (titled.start if titled else first) - 1
    kind = _KINDS.get(scene.low(verb))
    if kind not in _GIVING or post.determiner == "a":
        return
    if scene.units.same_sentence(verb, post.start) and not is_hypothetical(scene, verb):
        when = _when(scene, post, verb, verb + 1, kind)
        yield from claim(scene, post, person, when, _RULE_OF_KIND[kind])


def _when(scene: Scene, post: Post, verb: int, at: int, kind: str) -> When:
    """When the title is held, by the verb; `at` is where the cue ends, an "as" taken in."""
    units = scene.units
    cue = (verb, at + (units.low[at] == "as"))
    if kind == "continuing":
        return UNSAID
    future = FUTURE.intersection(units.low[max(units.first[verb], verb - 4) : verb])
    if kind in {"leaving", "removing"}:
        return UNSAID if future else When("former", cue)
    if kind == "nominating":
        return When("candidate", cue)
    if kind == "serving":
        return _served(scene, post, verb, When("incoming", cue) if future else UNSAID, cue)
    if kind == "replacing":
        if is_passive(scene, verb):
            return When("former", cue)
        begun = "will" not in units.low[units.first[verb] : verb]
        infinitive = units.low[verb] in {"replace", "succeed"}
        return UNSAID if begun and not infinitive else When("incoming", cue)
    if units.low[verb] == "joined" and not _HAVE.intersection(units.low[verb - 2 : verb]):
        return When("former", cue)  # what one joined as is a beginning
    if units.low[verb] in _TAKE and units.low[verb - 1] == "to" and not _went_on(scene, verb):
        return When("incoming", (verb - 1, cue[1]))
    later = _effective(scene, post) or _elect(scene, post)
    if later is not None:
        return When("incoming", later)
    accepted = units.low[verb] in {"accepted", "accepts", "accept"}
    return When("incoming", cue) if future or accepted else UNSAID


def _went_on(scene: Scene, verb: int) -> bool:
    """As in "went on to take over"."""
    return scene.low(verb - 2) in _WENT_ON_TO


def _elect(scene: Scene, post: Post) -> Range | None:
    """The "-elect" of "the mayor-elect", where an article speaks of the same position so."""
    same = (each for each in scene.posts if each.head.singular == post.head.singular)
    return next((each.cue for each in same if each.status == "incoming" and each != post), None)


def _effective(scene: Scene, post: Post) -> Range | None:
    """The words that put a beginning off to a day named: "effective October 1"."""
    units, end = scene.units, [post, *coordinated_after(scene, post)][-1].end
    start = end + (scene.low(end) == ",")
    for opening in (["effective"], ["effective", "from"], ["with", "effect", "from"]):
        end = start + len(opening)
        dated = end < len(units) and units.dated[end] >= 0 and units.same_sentence(start, end)
        if units.low[start:end] == opening and dated and units.low[end] not in _AT_ONCE:
            while end < len(units) and units.dated[end] == units.dated[start + len(opening)]:
                end += 1
            return start, end
    return None


def _served(scene: Scene, post: Post, verb: int, otherwise: When, cue: tuple[int, int]) -> When:
    word, before = scene.low(verb), scene.low(verb - 1)
    if word in {"act", "acts", "acting"}:
        return When("acting", cue)
    past = word in _SERVED or before in _BEFORE_SERVED
    had = "had" in scene.units.low[max(verb - 4, 0) : verb]
    lasting = scene.low(post.end) == "since" and not had
    return When("former", cue) if past and not lasting else otherwise
