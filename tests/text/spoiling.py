"""Ways in which conversions, exports and layouts spoil a text, each seeded."""

import html
import re
import textwrap
import unicodedata
from collections.abc import Callable
from random import Random

Spoil = Callable[[str, Random], str]
_LETTERS = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_]{2})")
_PAIR = re.compile(r"“([^“”\n]*)”")


def _between_letters(character: str) -> Spoil:
    def spoil(text: str, random: Random) -> str:
        return _LETTERS.sub(lambda _: character if random.random() < 0.1 else "", text)

    return spoil


def _quoted(opening: str, closing: str) -> Spoil:
    return lambda text, _: _PAIR.sub(lambda pair: opening + pair[1] + closing, text)


def _wrapped(width: int) -> Spoil:
    return lambda text, _: "\n\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
        if line
    )


def _hyphenated(text: str, random: Random) -> str:
    def cut(match: re.Match[str]) -> str:
        return f"{match[1]}-\n{match[2]}" if random.random() < 0.1 else match[0]

    return re.sub(r"(?<![\w-])([^\W\d_]{4,})(?!and\b)([a-z]{3,})(?![\w-])", cut, text)


def _paged(text: str, random: Random) -> str:
    """Pages of some lines each that end inside a paragraph, with a header and a number."""
    pages: list[list[str]] = [[]]
    for line in _wrapped(60)(text, random).split("\n"):
        if len(pages[-1]) > 20 and line and pages[-1][-1]:
            pages.append([])
        pages[-1].append(line)
    return "\f".join(
        "\n".join(["The Quarterly Observer", "", *page, "", f"Page {number}", ""])
        for number, page in enumerate(pages, 1)
    )


def _tagged(text: str, random: Random) -> str:
    paragraphs = "\n".join(f"<p>{line}</p>" for line in text.split("\n") if line)
    return re.sub(
        r"(?<![\w<&/])([A-Z][a-z]+)(?=[ ,])",
        lambda word: f"<b>{word[0]}</b>" if random.random() < 0.2 else word[0],
        paragraphs,
    )


def _marked_down(text: str, random: Random) -> str:
    def mark(word: re.Match[str]) -> str:
        form = random.choice(["**{}**", "_{}_", "[{}](https://x.example/a_b)", "{}", "{}"])
        return form.format(word[0])

    return re.sub(r"(?<![\w*'’“\"(\[-])[A-Z][a-z]+ [A-Z][a-z]+(?=[ ,])", mark, text)


SPOILS: dict[str, Spoil] = {
    "soft hyphens": _between_letters("\u00ad"),
    "zero-width spaces": _between_letters("\u200b"),
    "word joiners": _between_letters("\u2060"),
    "marks of direction": _between_letters("\u200e"),
    "byte order marks": lambda text, _: "\ufeff" + text.replace("\n", "\ufeff\n"),
    "decomposed accents": lambda text, _: unicodedata.normalize("NFD", text),
    "no-break spaces": lambda text, _: re.sub(r"(?<=\w) (?=[A-Z])", "\u00a0", text),
    "line ends of Windows": lambda text, _: text.replace("\n", "\r\n"),
    "C1 characters": lambda text, _: re.sub(
        "[“”‘’–—…]", lambda mark: mark[0].encode("cp1252").decode("latin-1"), text
    ),
    "entities": lambda text, _: (
        html.escape(text, quote=False).replace("’", "&rsquo;").replace("“", "&ldquo;")
    ),
    "entities escaped twice": lambda text, _: html.escape(
        html.escape(text, quote=False).replace("’", "&#8217;"), quote=False
    ),
    "tags": _tagged,
    "Markdown": _marked_down,
    **{f"columns of {width}": _wrapped(width) for width in (30, 38, 45, 60, 72, 100, 130)},
    "hyphenated line ends": _hyphenated,
    "pages": _paged,
    "”…”": _quoted("”", "”"),
    "»…«": _quoted("»", "«"),
    "»…»": _quoted("»", "»"),
    "«…»": _quoted("«", "»"),
    "« … »": _quoted("« ", " »"),
    "‹…›": _quoted("‹", "›"),
    "›…‹": _quoted("›", "‹"),
    "‚…‘": _quoted("‚", "‘"),
    "„…“": _quoted("„", "“"),
    "„…”": _quoted("„", "”"),
    "‟…”": _quoted("‟", "”"),
    "″…″": _quoted("″", "″"),
    "＂…＂": _quoted("＂", "＂"),
    '""…""': _quoted('""', '""'),
}

# What makes new paragraphs of the text, which are compared without the old ones' blank lines.
LAID_OUT_ANEW = {kind for kind in SPOILS if kind.startswith(("columns", "pages", "tags"))}
