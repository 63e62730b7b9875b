"""Texts cut into tokens without a parse, where a test is of what must hold for any parse."""

import spacy
from newsclaims.parse.parser import tokens_of
from newsclaims.text.tokens import Tokens

_BLANK = spacy.blank("en")


def blank_tokens(text: str) -> Tokens:
    """The tokens of a text: one sentence, no tags, no tree, no entities."""
    return tokens_of(_BLANK(text))
