"""The classes of the lexicon that tell names."""

from newsclaims.lexicon import Phrases, with_forms, words

CAPITAL_TAGS = frozenset({"NNP", "NNPS"})
HONORIFICS = words("honorifics", "names.honorifics")
TITLE_CLASSES = (
    "roles.offices",
    "roles.positions",
    "roles.athletes",
    "roles.occupations",
    "ranks",
)
# What stands for a firm, a field or a level as well, or begins a name, says less of what follows.
_UNSURE = words(
    "speakers.companies",
    "speakers.bodies",
    "names.kinds_of_body",
    "names.initials_too",
    "roles.bodies",
    "roles.levels",
    "roles.adjectival_heads",
    "roles.verbs_too",
)
GIVEN_NAMES_TOO = words("names.given_names_too")
MOSTLY_GIVEN_NAMES = words("names.mostly_given_names")
# In the singular, with a capital, right before one more capital: "They met Banker Doe."
SINGULAR_TITLES = words(*TITLE_CLASSES) - MOSTLY_GIVEN_NAMES
TITLES = words("names.titles") | (SINGULAR_TITLES - _UNSURE)
PLURAL_TITLES = with_forms(*TITLE_CLASSES) - words(*TITLE_CLASSES)
TITLE_PHRASES = Phrases(
    title for title in words(*TITLE_CLASSES, "roles.compound_heads") if not title.isalpha()
)
# Last words of what is no surname.
NO_SURNAMES = words(
    "names.organisation_nouns",
    "names.kinds_of_body",
    "names.place_nouns",
    "names.fields",
    "names.title_modifiers",
    "roles.bodies",
    "roles.portfolios",
    "roles.levels",
    "speakers.public",
)
RANKS = words("ranks", "names.ranks")
TITLE_MODIFIERS = words("names.title_modifiers")
PARTICLES = words("particles")
SEATED_OFFICES = words("names.seated_offices")
SUFFIXES = words("suffixes")
INITIALS_OF_RANKS = words("initials_of_ranks")
NEVER_SURNAMES = words("names.never_surnames")
POSTNOMINALS = words("names.postnominals")
SPEECH_VERBS = words("names.speech_verbs")
OCCASIONS = words("names.occasions")
KIN = words("kin")
PLACE_PREPOSITIONS = words("names.place_prepositions")
PLACE_NOUNS = words("names.place_nouns")
TOWNSPEOPLE = words("names.townspeople")
BUILDINGS = words("names.buildings")
ORGANISATION_NOUNS = words("names.organisation_nouns")
KINDS_OF_BODY = words("names.kinds_of_body")
HAD_BY_BODIES = words("names.had_by_bodies")
BELONGING = words("names.belonging")
LEGAL_FORMS = words("legal_forms")
FIELDS = words("names.fields")
COMPASS = words("names.compass")
NEVER_NAMES = words("names.never_names")
EDGE_WORDS = words("names.edge_words")
CONTEST_VERBS = words("names.contest_verbs")
PLAYERS = words("names.players")
GAME_WORDS = words("names.game_words")
DEMONYMS = words("demonyms")
