"""Text -> its `Tokens`: the only file that loads a model.

A parse is the text's tokens with Penn tags, dependencies, sentence starts and named entities in
OntoNotes labels. Lemmas, coarse parts of speech and morphology are not computed: no
rule reads them, and they cost a third of the parse. The model reads the clean view of a text, and
sentences end where its lines do.
"""

import re
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsclaims.parse.cache import ParseCache
from newsclaims.parse.model import DEFAULT_MODEL, ModelError, model_directory, model_identity
from newsclaims.text.lines import pieces, sentence_breaks
from newsclaims.text.tokens import Entity, Tokens
from newsclaims.text.view import CleanView

if TYPE_CHECKING:  # heavy, and not needed where all parses are stored
    from spacy.language import Language
    from spacy.tokens import Doc

# spaCy's default of 256 texts is 1.2 to 1.3 times slower; the annotations are the same.
BATCH_SIZE = 32

# Longer texts are parsed in pieces: the model's memory grows with the longest text of a batch.
LONGEST_PIECE = 100_000

# The tokenizer's time grows with the square of a stretch like this: for 100,000 quotation marks it
# would be a quarter of an hour.
_SEAMLESS = re.compile(r"\S{400}(?=\S)")

# What the rooms read of a parse, and which of them cannot do without.
NEEDS = MappingProxyType(
    {
        "token.tag": ("tagger", "names, roles and dates"),
        "token.dep": ("parser", "roles and statements"),
        "doc.ents": ("ner", "people, organisations and places"),
    }
)
_EMBEDDERS = {"tok2vec", "transformer", "curated_transformer"}
_NEVER_READ = ["lemmatizer", "attribute_ruler", "morphologizer", "senter"]
_READ_NO_STRINGS = {"tok2vec", "tagger", "parser", "ner"}

# A model keeps what it worked out of each word it saw. Up to so many it may, so that common words
# are worked out once; what comes after is forgotten batch by batch, or memory would grow for ever.
_WORDS_KEPT = 50_000

ONTONOTES = frozenset(
    # not words: labels of the model
    "CARDINAL DATE EVENT FAC GPE LANGUAGE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON PRODUCT "
    "QUANTITY TIME WORK_OF_ART".split()
)
# The scheme of CoNLL-2003 and WikiNER models: their LOC holds states and cities too.
_CONLL = MappingProxyType({"PER": "PERSON", "ORG": "ORG", "LOC": "GPE", "MISC": ""})


class Parser:
    """Parses texts with one spaCy pipeline, which is loaded when the first text needs it.

    Args:
        model: name of an installed English spaCy pipeline, the path of one, or one that is loaded,
            of which nothing is changed.
        label_map: entity labels of the model -> OntoNotes labels; "" drops a label.
        cache: parses are looked up here first and kept here. Not for a loaded pipeline, whose
            contents have no name that they could be kept under.
        fast: compute the model's tok2vec layers by `newsclaims.parse.fast_tok2vec` where they are
            of spaCy's default architecture; otherwise, and in a loaded pipeline, spaCy's own code
            does.
    """

    def __init__(
        self,
        model: "str | Path | Language" = DEFAULT_MODEL,
        *,
        label_map: Mapping[str, str] | None = None,
        cache: ParseCache | None = None,
        fast: bool = True,
    ) -> None:
        self._fast = fast
        self._label_map = dict(label_map or {})
        self._cache = cache
        self._unread: list[str] = []  # components that are passed over
        self._loaded: Language | None = None
        if isinstance(model, str | Path):
            self.model = str(model)
            model_directory(self.model)  # wrong usage is told before any work
            return
        if cache is not None:
            raise ModelError("a parse cache needs a model given by name or path, not a loaded one")
        self.model = _name_of(model)
        self._loaded = model
        _ = self.nlp  # the same for a pipeline without what the rules need

    @cached_property
    def identity(self) -> str:
        """Name, version and content hash of the model and of the code that applies it."""
        return model_identity(self.model, self._label_map)

    @cached_property
    def _cache_identity(self) -> str:
        # Both ways give the same parses; a user who goes the other way wants to see just that.
        return self.identity if self._fast else f"{self.identity} by spaCy alone"

    @cached_property
    def nlp(self) -> "Language":
        """The model with the components that the rules read. Raises `ModelError`."""
        nlp = self._loaded or _load(self.model, lean=self._fast)
        needed = _needed_components(nlp, self.model)
        if self._loaded is None:
            nlp.select_pipes(enable=needed)
        self._unread = [name for name in nlp.pipe_names if name not in needed]
        self._labels = _label_table(nlp, self._label_map, self.model)
        if self._fast and self._loaded is None:
            from newsclaims.parse import fast_tok2vec

            fast_tok2vec.install(nlp)
        return nlp

    def parse(self, texts: Iterable[str]) -> Iterator[Tokens]:
        """The tokens of the clean view of each text, in order."""
        views = map(CleanView, texts)
        while batch := list(islice(views, BATCH_SIZE)):
            parses = self._parse_batch([view.text for view in batch])
            for view, tokens in zip(batch, parses, strict=True):
                yield tokens if view.offsets.is_identity else tokens.read_from(view.offsets)

    def _parse_batch(self, texts: list[str]) -> list[Tokens]:
        if self._cache is None:
            return self._run_model(texts)
        parses = self._cache.get(self._cache_identity, texts)
        missing = [text for text in texts if text not in parses]
        if missing:
            fresh = dict(zip(missing, self._run_model(missing), strict=True))
            self._cache.put(self._cache_identity, fresh)
            parses |= fresh
        return [parses[text] for text in texts]

    def _run_model(self, texts: list[str]) -> list[Tokens]:
        cut = [pieces(text, LONGEST_PIECE) for text in texts]
        with self._memory():
            parsed = iter(self._parse_pieces([piece for parts in cut for piece in parts]))
            return [self._finish(list(islice(parsed, len(parts)))) for parts in cut]

    def _memory(self) -> AbstractContextManager[object]:
        # A zone in one of the caller's, whose model this may be, is refused.
        is_full = self._loaded is None and len(self.nlp.vocab) >= _WORDS_KEPT
        return self.nlp.memory_zone() if is_full else nullcontext()

    def _parse_pieces(self, texts: list[str]) -> "Iterator[Doc]":
        start = 0
        while start < len(texts):
            # The model's memory grows with the characters that it is given at once.
            end, room = start + 1, LONGEST_PIECE - len(texts[start])
            while end < len(texts) and end - start < BATCH_SIZE and len(texts[end]) <= room:
                room -= len(texts[end])
                end += 1
            unparsed = [_tokenise(self.nlp, text) for text in texts[start:end]]
            yield from self.nlp.pipe(unparsed, batch_size=BATCH_SIZE, disable=self._unread)
            start = end

    def _finish(self, parts: "list[Doc]") -> Tokens:
        from spacy.tokens import Doc

        doc = parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)
        assert doc is not None  # from_docs gives None for no parts, and a text has at least one
        return tokens_of(doc, self._labels)


def tokens_of(doc: "Doc", labels: Mapping[str, str] = MappingProxyType({})) -> Tokens:
    """What `doc` holds, its entity labels renamed by `labels`, which drops those it maps to ""."""
    # Whole columns at once: asking token by token costs ten times as much.
    numbers = doc.to_array(["IDX", "LENGTH", "HEAD", "SENT_START"]).astype("int64")
    starts, lengths, heads, opens = numbers.T
    tags, deps = (doc.to_array(name).tolist() for name in ("TAG", "DEP"))
    names = {number: doc.vocab.strings[number] for number in {*tags, *deps}}
    opens[:1] = 1
    return Tokens(
        text=doc.text,
        starts=starts.tolist(),
        ends=(starts + lengths).tolist(),
        tags=[names[number] for number in tags],
        deps=[names[number] for number in deps],
        heads=(heads + range(len(doc))).tolist(),
        opens=(opens == 1).tolist(),
        entities=tuple(
            Entity(entity.start, entity.end, label)
            for entity in doc.ents
            if (label := labels.get(entity.label_, entity.label_))
        ),
    )


def _tokenise(nlp: "Language", text: str) -> "Doc":
    """The tokens of `text`, with the line ends that close a sentence marked for the parser."""
    doc = _words(nlp, text)
    breaks = sentence_breaks(text)
    marked = 0
    for token in doc:
        if token.is_space:
            token.is_sent_start = False
        elif marked < len(breaks) and token.idx >= breaks[marked]:
            token.is_sent_start = True
            marked = bisect_right(breaks, token.idx)
    return doc


def _words(nlp: "Language", text: str) -> "Doc":
    """The tokens of `text`, of which very long stretches without white space are cut."""
    cuts = [0, *(match.end() for match in _SEAMLESS.finditer(text)), len(text)]
    if len(cuts) == 2:
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    parts = [nlp.make_doc(text[start:end]) for start, end in pairwise(cuts)]
    doc = Doc.from_docs(parts, ensure_whitespace=False)
    assert doc is not None  # there are two parts at least
    return doc


@contextmanager
def _older_model_allowed() -> Iterator[None]:
    """Silence W095: the default model declares spaCy 3.7, loads on 3.8, and was measured there."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        yield


def _name_of(model: "Language") -> str:
    """The name of a loaded pipeline. Raises `ModelError` for what is none, or not of English."""
    if not hasattr(model, "pipe_names"):
        raise ModelError(
            f"the model is of type {type(model).__name__}, not a name, a path or a spaCy pipeline"
        )
    name = f"{model.lang}_{model.meta.get('name') or 'pipeline'}"
    if model.lang != "en":
        raise ModelError(f"model {name!r} is of the language {model.lang!r}; the rules are English")
    return name


def _load(model: str, *, lean: bool) -> "Language":
    import spacy

    unread = [*_NEVER_READ, *(["strings"] if lean and _reads_no_strings(model) else [])]
    try:
        with _older_model_allowed():
            nlp = spacy.load(model, exclude=unread)
    except OSError as error:
        raise ModelError(f"model {model!r} cannot be loaded: {error}") from error
    for label in {"ROOT", "dep"}.union(*nlp.pipe_labels.values()):
        nlp.vocab.strings.add(label)
    return nlp


def _reads_no_strings(model: str) -> bool:
    """Whether no component asks for the spelling of a word of which it has the hash alone.

    A model brings the spellings of all words of its vectors, which take as long to load as the
    rest of it, and 130 MB.
    """
    from spacy.util import load_config

    components = load_config(model_directory(model) / "config.cfg")["components"]
    read = [part for name, part in components.items() if name not in _NEVER_READ]
    return _READ_NO_STRINGS.issuperset(part.get("factory") for part in read)


def _needed_components(nlp: "Language", model: str) -> list[str]:
    """The components that make what the rooms read, and the embedders they listen to."""
    makers = {
        need: [name for name in nlp.pipe_names if need in nlp.get_pipe_meta(name).assigns]
        for need in NEEDS
    }
    for need, names in makers.items():
        if not names:
            component, rooms = NEEDS[need]
            raise ModelError(f"model {model!r} has no {component!r}, which {rooms} need")
    needed = {name for names in makers.values() for name in names}
    return [
        name
        for name in nlp.pipe_names
        if name in needed or nlp.get_pipe_meta(name).factory in _EMBEDDERS
    ]


def _label_table(nlp: "Language", label_map: Mapping[str, str], model: str) -> dict[str, str]:
    """Each entity label of the model -> its OntoNotes label, or "" when it is dropped."""
    labels = {
        label
        for name in nlp.pipe_names
        if "doc.ents" in nlp.get_pipe_meta(name).assigns
        for label in nlp.pipe_labels.get(name, [])
    }
    known: Mapping[str, str] = {label: label for label in ONTONOTES}
    if labels - set(label_map) <= set(_CONLL):
        known = _CONLL
    table = dict(known) | dict(label_map)
    unknown = sorted(labels - set(table))
    if unknown:
        raise ModelError(
            f"model {model!r} has entity labels outside the OntoNotes and PER/ORG/LOC schemes: "
            f"{', '.join(unknown)}; say what they are, e.g. --label-map {unknown[0]}=PERSON"
        )
    wrong = sorted(set(table.values()) - ONTONOTES - {""})
    if wrong:
        raise ModelError(f"--label-map names labels that OntoNotes does not have: {wrong}")
    return table
