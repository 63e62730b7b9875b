"""What words are: each word or phrase once, with its classes, read by all extractors and resolvers.

==============  ===================================================================
words.tsv       word, its classes (``|`` between them, each maybe with ``=`` and its
                values, ``;`` between those), and where they are from
classes.tsv     class, how its words are inflected, how they are written, what it says
forms.tsv       word, part of speech, its inflected forms: made from the others
==============  ===================================================================
"""

from newsclaims.lexicon.lexicon import CLASSES, forms_of, plurals_of, values, with_forms, words
from newsclaims.lexicon.phrases import Phrases, Span

__all__ = ["CLASSES", "Phrases", "Span", "forms_of", "plurals_of", "values", "with_forms", "words"]
