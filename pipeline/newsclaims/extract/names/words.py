"""The tokens of an article within the bounds of its sentences, as the rules of names ask."""

from newsclaims.extract.names.vocabulary import CAPITAL_TAGS, SINGULAR_TITLES, TITLE_PHRASES
from newsclaims.text.tokens import Tokens


class Words:
    """Token texts, lower-case forms, Penn tags, offsets and sentence starts of one document.

    Positions outside the document or beyond a sentence's end read as empty strings through
    `before` and `after`, so that no rule looks across a sentence boundary.
    """

    __slots__ = (
        "_opens",
        "datelines",
        "entities",
        "lower",
        "starts",
        "tags",
        "text",
        "texts",
        "title_ends",
        "title_starts",
    )

    def __init__(self, tokens: Tokens) -> None:
        self.entities = tokens.entities
        self.text = tokens.text
        self.texts = tokens.texts
        self.lower = tokens.lower
        self.tags = tokens.tags
        self.starts = tokens.starts
        self.datelines = tokens.datelines
        self._opens = list(tokens.begins)
        # Titles of several tokens ("chief of staff", "attorney-general"), by both of their ends.
        self.title_starts = {span.start: span.end for span in TITLE_PHRASES.over(self.lower)}
        self.title_ends = {end: start for start, end in self.title_starts.items()}
        for end in self.title_ends:
            if end < len(self.texts) and self.texts[end - 1] == ".":
                self._opens[end] = False  # "Capt. Doe"

    def __len__(self) -> int:
        return len(self.texts)

    def end(self, token: int) -> int:
        """The offset behind the token before `token`: the end of a span that stops there."""
        return self.starts[token - 1] + len(self.texts[token - 1])

    def written(self, start: int, end: int) -> str:
        """The text from token `start` to the token before `end`."""
        return self.text[self.starts[start] : self.end(end)]

    def opens_sentence(self, token: int) -> bool:
        """Whether a sentence begins here, white space before it aside."""
        while True:
            if token <= 0 or self._opens[token]:
                return True
            if not self.texts[token - 1].isspace():
                return False
            token -= 1

    def before(self, token: int) -> int:
        """The position of the word before `token` in its sentence, or -1."""
        if token <= 0 or self._opens[token]:
            return -1
        token -= 1
        while self.texts[token].isspace():
            if token == 0 or self._opens[token]:
                return -1
            token -= 1
        return token

    def after(self, token: int) -> int:
        """The position of the first word at or after `token` in the sentence before it, or -1."""
        size = len(self.texts)
        while token < size and not self._opens[token]:
            if not self.texts[token].isspace():
                return token
            token += 1
        return -1

    def title_before(self, token: int) -> int | None:
        """Where a title with a capital, in the singular, begins that ends right before `token`.

        None when there is none, or an article before it: "the Executive Board".
        """
        start = self.title_ends.get(token)
        if start is None and token > 0 and self.lower[token - 1] in SINGULAR_TITLES:
            start = token - 1
        if start is None or not self.texts[start][0].isupper():
            return None
        before = self.before(start)
        return None if before >= 0 and self.lower[before] in {"the", "a", "an"} else start

    def is_capital(self, token: int) -> bool:
        """Whether the token is tagged as a proper noun and begins with a capital."""
        return self.tags[token] in CAPITAL_TAGS and self.texts[token][:1].isupper()
