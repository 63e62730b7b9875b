"""One article as the constructions see it: its tokens as parallel lists, its tree, its quotations.

All ranges of this package are half-open and count tokens, until a find is made.
"""

from bisect import bisect_left
from typing import NamedTuple

from newsclaims.extract.statements.transcripts import speaker_labels
from newsclaims.schema import StatementSort
from newsclaims.text.tokens import Quotation as Quotation
from newsclaims.text.tokens import Range as Range
from newsclaims.text.tokens import Tokens

Contents = tuple[Range, ...]

OPENING = frozenset({"“", '"', "''", "``", "‘‘", "‘", "'", "«", "„", "`"})
CLOSING = frozenset({"”", '"', "''", "’’", "’", "'", "»", "“"})
_LOOSE = frozenset(",;:.!?…-–—_*|/>•") | {"--", "---", "...", "....", ". . .", "- ", "___"}


class Draft(NamedTuple):
    """A report as a construction sees it. `head` is the reporting word."""

    head: int
    cue: Range
    source: Range | None
    content: tuple[Range, ...]
    rule: str
    sort: StatementSort


def one(phrase: Range | None) -> Contents:
    """The phrase as a content of one piece; an empty content for None."""
    return (phrase,) if phrase else ()


class Scene:
    """Tokens, tree, sentences, paragraphs and quotations of one article."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.text = tokens.text
        self.low = tokens.straight
        self.tag = tokens.tags
        self.dep = tokens.deps
        self.start = tokens.starts
        self.end = tokens.ends
        self.head = tokens.heads
        self.children = tokens.children
        self.sentence = tokens.sentence
        self.paragraph = tokens.paragraph
        self.labels = speaker_labels(tokens)
        self.datelines = self._datelines()
        self.quotations = tokens.quotations
        self.quoted = tokens.quoted
        self._semicolons = [
            token for token, word in enumerate(self.low) if word == ";" and self.quoted[token] < 0
        ]

    def _datelines(self) -> dict[int, int]:
        """The first token of each dateline ("OSLO, May 8 (AP) -") -> the token behind it."""
        found: dict[int, int] = {}
        for line in self.tokens.datelines:
            long = line.place_end - line.start > 2  # letters stand for speakers
            hyphenated = self.text[line.place_end] == "-"
            first, after = bisect_left(self.start, line.start), bisect_left(self.start, line.end)
            if line.opens_line and long and not hyphenated and first not in self.labels:
                found.update(dict.fromkeys(range(first, after), after))
        return found

    def opened_at(self, token: int) -> Quotation | None:
        """The quotation that opens with the token."""
        number = self.quoted[token] if token < len(self.quoted) else -1
        quotation = self.quotations[number] if number >= 0 else None
        return quotation if quotation and quotation.start == token else None

    def semicolon(self, start: int, end: int) -> int | None:
        """The first semicolon outside of quotations between two tokens."""
        position = bisect_left(self._semicolons, start)
        found = self._semicolons[position] if position < len(self._semicolons) else end
        return found if found < end else None

    def subtree(self, token: int) -> Range:
        """The tokens from the first to the last that hang on `token`, itself included."""
        return self.tokens.subtrees[token]

    def child(self, token: int, *deps: str) -> int | None:
        """The first child with one of these relations."""
        for child in self.children[token]:
            if self.dep[child] in deps:
                return child
        return None

    def blank(self, token: int) -> bool:
        """Whether the token is white space, or the mark before each line of a block quotation."""
        return self.tag[token] == "_SP" or self.low[token] == ">"

    def after(self, token: int) -> int:
        """The first token from `token` on that is no white space; the text's length at its end."""
        while token < len(self.low) and self.blank(token):
            token += 1
        return token

    def before(self, token: int) -> int:
        """The last token before `token` that is no white space, or -1."""
        token -= 1
        while token >= 0 and self.blank(token):
            token -= 1
        return token

    def low_case(self, token: int) -> bool:
        """Whether the token begins with a small letter."""
        return self.text[self.start[token]].islower() if token < len(self.low) else False

    def closed_sentence(self, phrase: Range) -> bool:
        """Whether the phrase ends with a full stop, question or exclamation mark after a verb."""
        last = self.before(phrase[1])
        return self.low[last] in (".", "?", "!") and self.sentence[last][1] - phrase[0] > 30

    def loose(self, token: int) -> bool:
        """Whether the token is punctuation that no phrase ends or begins with, or white space."""
        return self.low[token] in _LOOSE or self.blank(token)

    def trim(self, phrase: Range) -> Range | None:
        """The phrase without loose punctuation at its ends or an "and" behind it, quotations whole.

        None when nothing is left.
        """
        start, end = phrase
        while start < end and (self.loose(start) or self._stray(start, phrase, CLOSING)):
            start += 1
        start = self.datelines.get(start, start)
        while start < end and (
            self.loose(end - 1)
            or self.tag[end - 1] == "CC"
            or self._stray(end - 1, (start, end), OPENING)
        ):
            end -= 1
        return (start, end) if start < end else None

    def _stray(self, token: int, phrase: Range, marks: frozenset[str]) -> bool:
        """Whether the token is a quotation mark whose partner is outside the phrase."""
        if self.low[token] not in marks:
            return False
        number = self.quoted[token]
        if number < 0:
            return True
        quotation = self.quotations[number]
        return token in (quotation.start, quotation.end - 1) and not (
            phrase[0] <= quotation.start and (quotation.end <= phrase[1] or not quotation.closed)
        )

    def whole(self, phrase: Range) -> Range:
        """The phrase with the marks of quotations that begin or end with its words."""
        start, end = phrase
        if start > 0 and self.quoted[start] >= 0:
            quotation = self.quotations[self.quoted[start]]
            if quotation.start == start - 1 and quotation.end > start:
                start -= 1
        if self.quoted[end - 1] >= 0:
            quotation = self.quotations[self.quoted[end - 1]]
            if quotation.start < start:  # the report itself stands in the quotation
                end = min(end, max(quotation.end - 1, start + 1)) if quotation.closed else end
            elif quotation.closed:
                end = max(end, quotation.end)
        return start, end

    def phrase(self, start: int, end: int) -> Range | None:
        """The tokens from `start` to `end` as content: quotations whole, ends trimmed."""
        if start >= end:
            return None
        return self.trim(self.whole((start, end)))
