"""The room's word lists, read once from ``vocabulary.toml``."""

from pipeline.rules import load_rules

_BOOK = load_rules("extract/names/vocabulary")

CAPITAL_TAGS = frozenset({"NNP", "NNPS"})
HONORIFICS = _BOOK.words("honorifics")
TITLES = _BOOK.words("titles")
RANKS = _BOOK.words("ranks")
TITLE_MODIFIERS = _BOOK.words("title_modifiers")
PARTICLES = _BOOK.words("particles")
SUFFIXES = _BOOK.words("suffixes")
SPEECH_VERBS = _BOOK.words("speech_verbs")
OCCASIONS = _BOOK.words("occasions")
KIN = _BOOK.words("kin")
PLACE_PREPOSITIONS = _BOOK.words("place_prepositions")
PLACE_NOUNS = _BOOK.words("place_nouns")
TOWNSPEOPLE = _BOOK.words("townspeople")
BUILDINGS = _BOOK.words("buildings")
ORGANISATION_NOUNS = _BOOK.words("organisation_nouns")
COMPASS = _BOOK.words("compass")
NEVER_NAMES = _BOOK.words("never_names")
EDGE_WORDS = _BOOK.words("edge_words")
CONTEST_VERBS = _BOOK.words("contest_verbs")
GAME_WORDS = _BOOK.words("game_words")
DEMONYMS = _BOOK.words("demonyms")
