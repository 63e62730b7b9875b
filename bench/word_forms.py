"""Write ``pipeline/newsclaims/lexicon/forms.tsv``: the inflected forms of the lexicon's words.

    python bench/word_forms.py

Verbs are inflected by lemminflect, nouns by its dictionary or, where it has no word, by inflect,
whose rules know "attorneys-general". What both get wrong is corrected below.
"""

from collections.abc import Iterable, Iterator

import inflect
from lemminflect import getInflection
from newsclaims import lexicon
from newsclaims.lexicon.lexicon import PACKAGE

HEAD = """\
# The inflected forms of words whose classes inflect: plurals of nouns; third person, -ing form,
# past and participle of verbs. Written by bench/word_forms.py.
word	part	forms
"""
VERB_TAGS = ("VBZ", "VBG", "VBD", "VBN")
# Misspelled or obsolete, and forms that are rather another word's.
NO_FORMS = frozenset(
    "betted chid chidded chidden crew deadpaned deadpaning dive preses press refered refering "
    "relaid".split()
)
MORE_FORMS = {"prove": ["proven"], "deadpan": ["deadpanned", "deadpanning"]}
INITIALS = frozenset(
    "cdr cdre ceo cfo cio cmo coo cto dj fm ldr md mep mk mla mlc mna mp mpa mpp msp pfc pm spc "
    "td".split()
)
_ENGINE = inflect.engine()


def verb_forms(verb: str) -> Iterator[str]:
    """The forms of a verb beside its base form."""
    for tag in VERB_TAGS:
        yield from getInflection(verb, tag=tag, inflect_oov=True)
    yield from MORE_FORMS.get(verb, ())


def plurals(noun: str) -> Iterator[str]:
    """The plurals of a noun, or of the abbreviation of one."""
    if noun.endswith("."):
        yield f"{noun[:-1]}s."  # "Sens."
        return
    if noun in INITIALS:
        yield f"{noun}s"
        return
    known = getInflection(noun, tag="NNS", inflect_oov=False)
    yield from (form for form in known if not set(form) & set(" -") - set(noun))
    if not known or noun.endswith(("person", "-general")):
        yield str(_ENGINE.plural_noun(noun))
    if noun.endswith("-general"):
        yield f"{noun}s"  # "attorney-generals", as many write


def lines() -> Iterator[str]:
    """The lines of the table below its head."""
    inflected = {
        (word, lexicon.CLASSES[name].inflects)
        for name in lexicon.CLASSES
        if lexicon.CLASSES[name].inflects
        for word in lexicon.words(name)
    }
    for word, part in sorted(inflected):
        forms = verb_forms(word) if part == "verb" else plurals(word)
        if kept := list(dict.fromkeys(right(word, forms))):
            yield f"{word}\t{part}\t{'|'.join(kept)}\n"


def right(word: str, forms: Iterable[str]) -> Iterator[str]:
    """The forms that differ from the word, without those that are wrong."""
    return (form for form in forms if form != word and form not in NO_FORMS)


def main() -> None:
    """Write the table."""
    (PACKAGE / "forms.tsv").write_text(HEAD + "".join(lines()), encoding="utf-8")


if __name__ == "__main__":
    main()
