"""What the words around a candidate say of bodies, one named rule each.

As in ``evidence.py``, of which these rules are a part.
"""

from collections.abc import Callable, Mapping

from newsclaims.extract.names.view import View
from newsclaims.extract.names.vocabulary import (
    BELONGING,
    DONE_BY_BODIES,
    HAD_BY_BODIES,
    KIN,
    KINDS_OF_BODY,
    LEGAL_FORMS,
    PARTIES,
    RANKS,
    TITLES,
)

_BELONG = frozenset(phrase.split()[-1] for phrase in BELONGING)
_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_POSITIONS = TITLES | RANKS | {"fellow", "intern", "employee", "worker", "partner"}
_KINDS_OF_BODIES = frozenset(
    [f"{noun}s" for noun in KINDS_OF_BODY]
    + [f"{noun[:-1]}ies" for noun in KINDS_OF_BODY if noun[-1] == "y"]
)
_IN_LIST = frozenset({"as", "like", "including", ",", "and", "or"})
_PARTIES = frozenset(party.lower() for party in PARTIES)
_LONGEST_LIST = 16
# How far back a position may stand: "a former head of research at X".
_FARTHEST = 6
_IN_POSITION = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "CC"})
_HEADS = TITLES | RANKS
_OF_THE = frozenset({"of", "for", "the", "and"})
_LONGEST_BODY = 7
# What may follow the noun of an apposition.
_ENDS = frozenset({",", ".", ":", "IN", "WDT", "VBN", "VBD", "VBZ", "CC", "-RRB-", "RB", "TO", ""})


def is_of_office(v: View) -> bool:
    """Whether a title's body ends right before: "secretary of the party Doe"."""
    words, token = v.words, v.words.before(v.start)
    if v.label != "PERSON" or token < 0 or not words.tags[token].startswith("NN"):
        return False
    for _ in range(_LONGEST_BODY):
        behind, token = token, words.before(token)
        if token < 0 or not (
            words.tags[token][:2] in {"NN", "JJ"} or words.lower[token] in _OF_THE
        ):
            return False
        if words.lower[token] in _HEADS and words.lower[behind] in {"of", "for"}:
            return True
    return False


def _kind_of_body_before(v: View) -> bool:
    """Such as "the pollster X"."""
    at = v.words.before(v.start)
    return v.before in KINDS_OF_BODY and v.words.texts[at].islower() and not is_of_office(v)


def _kind_of_body_lists(v: View) -> bool:
    """Such as "companies such as X, Y and Z"."""
    if v.before not in _IN_LIST:
        return False
    at = v.words.before(v.start)
    for _ in range(_LONGEST_LIST):
        if at < 0:
            return False
        word = v.words.lower[at]
        if word == "as" or word in {"like", "including"}:
            at = v.words.before(at)
            at = v.words.before(at) if at >= 0 and v.words.lower[at] in {"such", ","} else at
            return at >= 0 and v.words.lower[at] in _KINDS_OF_BODIES
        if word not in _IN_LIST and not v.words.is_capital(at):
            return False
        at = v.words.before(at)
    return False


def _kind_of_body_after(v: View) -> bool:
    """Such as "X, a Lagos campaign group,"."""
    if v.after != "," or v.after2 not in _ARTICLES:
        return False
    lower, tags = v.words.lower, v.words.tags
    for token in range(v.after_at + 2, min(v.after_at + 8, len(lower) - 1)):
        if lower[token] in KINDS_OF_BODY and tags[token + 1] in _ENDS:
            return True
        # "X, the Y news agency reported": another body.
        other = v.after2 == "the" and tags[token] == "NNP"
        if other or tags[token] not in _IN_POSITION or lower[token] in TITLES:
            return False
    return False


def _had_by_body_after(v: View) -> bool:
    """Such as "X shares" or "X's spokesman"."""
    if v.after in _POSSESSIVES:
        return v.after2 in HAD_BY_BODIES
    return v.after in HAD_BY_BODIES and v.words.texts[v.after_at].islower()


def _which_after(v: View) -> bool:
    return v.after == "which" or (v.after == "," and v.after2 == "which")


def _belonging_before(v: View) -> bool:
    """Such as "joined X" or "works for the X"."""
    before, earlier = v.before, v.before2
    if before in _ARTICLES:
        before, earlier = earlier, v.before3
    return before in _BELONG and (before in BELONGING or f"{earlier} {before}" in BELONGING)


def _position_at(v: View) -> bool:
    """Such as "an analyst at X" or "head of sales at the X"."""
    if v.before != "at" and (v.before2 != "at" or v.before not in _ARTICLES):
        return False
    at = v.words.before(v.start)
    if v.before in _ARTICLES:
        at = v.words.before(at)
    for _ in range(_FARTHEST):
        at = v.words.before(at)
        if at < 0:
            return False
        if v.words.lower[at] in _POSITIONS:
            return True
        if v.words.tags[at] not in _IN_POSITION and v.words.lower[at] not in {"of", "for"}:
            return False
    return False


def _position_before(v: View) -> bool:
    """Such as "the bank's chairman, X,"."""
    return v.before == "," and (v.before2 in TITLES or v.before2 in KIN)


def _capital_article(v: View) -> bool:
    """Such as "a memo that The Monitor has seen": within a sentence, a name's own article."""
    if v.before != "the" or not v.before2.isalpha():
        return False
    return v.words.texts[v.words.before(v.start)] == "The"


def _legal_form(v: View) -> bool:
    return v.size > 1 and (v.last in LEGAL_FORMS or v.first in {"pt", "oao", "ooo", "cv"})


def _the_acronym(v: View) -> bool:
    """Such as "the HDC" or "the HDC rules": letters with an article before them."""
    text = v.words.texts[v.start]
    return (
        v.before == "the"
        and v.end - v.start == 1
        and text.isupper()
        and text.isalpha()
        and len(text) > 1
    )


def _acronym_behind(v: View) -> bool:
    """Such as "Kaftara Growers Forum (KGF)"."""
    texts = v.words.texts
    if v.size == 1 or texts[v.end : v.end + 1] != ["("] or texts[v.end + 2 : v.end + 3] != [")"]:
        return False
    letters = texts[v.end + 1]
    initials = [text[0] for text in texts[v.start : v.end] if text[0].isupper()]
    return len(letters) > 1 and letters == "".join(initials)


def _party(v: View) -> bool:
    """A party's adjective as its name: "Labour has won", "the Greens", "the Labour party"."""
    if v.first not in _PARTIES and v.first.removesuffix("s") not in _PARTIES:
        return False
    if v.before in _PARTIES:
        return False  # "Liberal Democrat"
    return v.size == 1 or (v.size == 2 and v.last == "party")


def _position_of(v: View) -> bool:
    """Such as "the director of X" or "chairman of the X"."""
    before, at = v.before, v.words.before(v.start)
    if before in _ARTICLES:
        at = v.words.before(at)
        before = v.before2
    if before != "of":
        return False
    at = v.words.before(at)
    return at >= 0 and v.words.lower[at] in _POSITIONS


def _done_by_body(v: View) -> bool:
    """Such as "a study conducted by X" or "a report published by the X"."""
    before, earlier = v.before, v.before2
    if before in _ARTICLES:
        before, earlier = earlier, v.before3
    return before == "by" and earlier in DONE_BY_BODIES


RULES: Mapping[str, Callable[[View], bool]] = {
    "kind-of-body-before": _kind_of_body_before,
    "kind-of-body-lists": _kind_of_body_lists,
    "kind-of-body-after": _kind_of_body_after,
    "had-by-body-after": _had_by_body_after,
    "which-after": _which_after,
    "belonging-before": _belonging_before,
    "position-at": _position_at,
    "position-before": _position_before,
    "capital-article": _capital_article,
    "legal-form": _legal_form,
    "the-acronym": _the_acronym,
    "acronym-behind": _acronym_behind,
    "party": _party,
    "position-of": _position_of,
    "done-by-body": _done_by_body,
}
