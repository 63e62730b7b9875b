"""Texts and parses such as no model makes and none may be brought down by."""

from collections.abc import Iterator
from itertools import pairwise
from random import Random

from hypothesis import strategies as st
from newsclaims.parse.parser import ONTONOTES
from newsclaims.text.tokens import Entity, Tokens

# What rules look for, between what no news is made of.
WORDS = (
    "Ana Popescu Dr. Lt. former ex - elect minister Minister President of the for and , . : ; ( ) "
    "said says according to that he she who his not if Oslo Norway U.S. South Ministry Party 's ’ "
    "\" “ ” ' ‘ « '' on since until May 8 2024 2,024 Tuesday last ago weeks 31/12/1999 10:30 th "
    "MAYOR co vice – — * • & % € £5m 😀 👍🏽 é e\u0301 \u0301 \u200b \u200d\u202e \u05d0\u05d1 "
    "部长 İ ẞ ﬁ \u00ad ½ ٣ ²"
).split()
SPACES = ["\n", "\n\n", "\r\n", "\t", "\u00a0", "  ", "\u2028", "\x1c"]
TAGS = (
    "NN NNS NNP NNPS VB VBD VBG VBN VBP VBZ MD IN DT JJ RB PRP PRP$ WP CC CD TO POS , . : `` '' "
    "-LRB- _SP HYPH FW"
).split()
DEPS = (
    "ROOT nsubj nsubjpass dobj ccomp xcomp appos compound prep pobj poss amod conj cc advcl acl "
    "relcl parataxis attr punct mark agent nummod npadvmod aux neg case prt dep"
).split()

_word = (
    st.sampled_from(WORDS)
    | st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=4)
    | st.sampled_from(["a", "A", "9", "."]).map(lambda letter: letter * 500)
)


@st.composite
def any_text(draw: st.DrawFn) -> str:
    """Words of news, of other scripts and of none, with any white space between."""
    between = st.just(" ") | st.just("") | st.sampled_from(SPACES)
    parts = draw(st.lists(st.tuples(_word, between), max_size=40))
    return "".join(word + space for word, space in parts)


@st.composite
def any_tokens(draw: st.DrawFn) -> Tokens:
    """Tokens with any tags and entities, and any trees: their arcs may cross."""
    words = draw(st.lists(_word | st.sampled_from(SPACES), min_size=1, max_size=30))
    size = len(words)
    random = draw(st.randoms(use_true_random=False))
    gaps = [random.choice(("", " ", " ", " ")) for _ in words]
    text, starts, ends = "", [], []
    for word, gap in zip(words, gaps, strict=True):
        starts.append(len(text))
        ends.append(len(text) + len(word))
        text += word + gap
    opens = [not at or random.random() < 0.15 for at in range(size)]
    return Tokens(
        text=text,
        starts=starts,
        ends=ends,
        tags=[random.choice(TAGS) for _ in words],
        deps=[random.choice(DEPS) for _ in words],
        heads=_any_trees(random, opens),
        opens=opens,
        entities=tuple(_any_entities(random, size)),
    )


def _any_trees(random: Random, opens: list[bool]) -> list[int]:
    """Heads that make one tree of each sentence."""
    heads: list[int] = []
    bounds = [at for at, opening in enumerate(opens) if opening] + [len(opens)]
    for start, end in pairwise(bounds):
        order = random.sample(range(start, end), end - start)
        # Each hangs on one before it in this order, so that no circle is made.
        own = {token: random.choice(order[: place or 1]) for place, token in enumerate(order)}
        heads += [own[token] for token in range(start, end)]
    return heads


def _any_entities(random: Random, size: int) -> Iterator[Entity]:
    start = random.randrange(4)
    while start < size:
        end = min(start + random.randint(1, 4), size)
        yield Entity(start, end, random.choice(sorted(ONTONOTES)))
        start = end + random.randrange(4)
