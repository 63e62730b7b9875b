"""JSON-LD as pages write it: parsed with the faults that are common there, its articles found.

Each article is a dictionary as the page wrote it; `JsonLdArticle.is_nested` says whether it stands
inside another thing (a list of stories, a live update, a review of it), which makes it unlikely to
be what the page itself is.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

# Articles of schema.org; postings of forums and social media are embedded more often than not.
_ARTICLES = frozenset(
    "advertisercontentarticle analysisnewsarticle article askpublicnewsarticle "
    "backgroundnewsarticle blogposting liveblogposting medicalscholarlyarticle newsarticle "
    "opinionnewsarticle report reportagenewsarticle reviewnewsarticle satiricalarticle "
    "scholarlyarticle techarticle".split()
)
_EMBEDDED = frozenset(("socialmediaposting", "discussionforumposting"))

# Where a page puts what it is itself about.
_MAIN = frozenset(("@graph", "mainEntity", "mainEntityOfPage"))

# A string that is never closed goes on to the end, so that no part of it is looked at twice.
_STRING = r'(?P<string>"(?:[^"\\]|\\.)*+(?:"|\\?\Z))'
_NOISE = re.compile(
    rf"{_STRING}"
    r"|(?:(?://|/\*)[ \t]*)?(?:<!\[CDATA\[|\]\]>|<!--|-->)(?:[ \t]*\*/)?"  # wrappers of scripts
    r"|/\*.*?(?:\*/|\Z)|//[^\n]*",  # comments
    re.DOTALL,
)
_TRAILING_COMMA = re.compile(_STRING + r"|,(?=\s*[}\]])", re.DOTALL)
_NO_ESCAPE = re.compile(r'\\([^"\\/bfnrtu])|(\\.)')
_BETWEEN = re.compile(r"[\s,;\ufeff]*")


class JsonLdArticle(NamedTuple):
    """An article of a page's JSON-LD, references to other things of the page resolved."""

    fields: Mapping[str, Any]
    is_nested: bool


def read_json_ld(scripts: Iterable[str]) -> list[JsonLdArticle]:
    """The articles of the JSON-LD in these scripts, in the order of the page."""
    try:
        return _with_publishers(scripts)
    except RecursionError:  # nested so deeply that it is no description of a page
        return []


def _with_publishers(scripts: Iterable[str]) -> list[JsonLdArticle]:
    things = [thing for script in scripts for thing in parse_script(script)]
    named = {
        thing["@id"]: thing
        for thing in _things(things)
        if isinstance(thing.get("@id"), str) and len(thing) > 1
    }
    articles = []
    for article in _articles(things, is_nested=False):
        publisher = article.fields.get("publisher")
        if isinstance(publisher, dict) and "name" not in publisher:
            publisher = named.get(str(publisher.get("@id")), publisher)
        articles.append(article._replace(fields={**article.fields, "publisher": publisher}))
    return articles


def parse_script(script: str) -> list[Any]:
    """All values of a script; empty where it cannot be read.

    Wrappers, comments, trailing commas and semicolons are passed over, several values in a row are
    read one by one, and a script whose quotation marks are escaped for HTML is unescaped.

    >>> parse_script('/* our story */ {"@type": "NewsArticle",};')
    [{'@type': 'NewsArticle'}]
    """
    if '"' not in script and "&" in script:
        script = html.unescape(script)
    try:
        return [json.loads(script, strict=False)]
    except (ValueError, RecursionError):
        pass
    for pattern in (_NOISE, _TRAILING_COMMA):
        script = pattern.sub(_kept_string, script)
    return list(_values(script))


def _kept_string(match: re.Match[str]) -> str:
    """A string, escapes of JavaScript that JSON does not have undone; nothing of anything else."""
    return _NO_ESCAPE.sub(r"\1\2", match["string"] or "")


def _values(script: str) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)
    place = _after_marks(script, 0)
    while place < len(script):
        try:
            value, end = decoder.raw_decode(script, place)
        except (ValueError, RecursionError):
            return
        yield value
        place = _after_marks(script, end)


def _after_marks(script: str, place: int) -> int:
    match = _BETWEEN.match(script, place)
    return match.end() if match else place


def _articles(value: Any, is_nested: bool) -> Iterator[JsonLdArticle]:
    if isinstance(value, list):
        for item in value:
            yield from _articles(item, is_nested)
    elif isinstance(value, dict):
        names = type_names(value)
        is_article = bool(names & (_ARTICLES | _EMBEDDED))
        if is_article:
            yield JsonLdArticle(value, is_nested or not names & _ARTICLES)
        for key, content in value.items():
            if isinstance(content, dict | list):
                yield from _articles(content, is_nested or is_article or key not in _MAIN)


def _things(value: Any) -> Iterator[dict[str, Any]]:
    """All objects within `value`."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, dict | list):
            yield from _things(item)


def type_names(thing: Mapping[str, Any]) -> frozenset[str]:
    """The types of a thing in lower case, without the address of schema.org before them."""
    types = thing.get("@type")
    names = types if isinstance(types, list) else [types]
    return frozenset(
        re.split(r"[/:#]", name)[-1].lower() for name in names if isinstance(name, str)
    )


def strings(value: Any, *keys: str) -> Iterator[str]:
    """The strings that `value` is, or holds under these keys or in a list; entities resolved."""
    if isinstance(value, str):
        yield from filter(None, [" ".join(html.unescape(value).split())])
    elif isinstance(value, list):
        for item in value:
            yield from strings(item, *keys)
    elif isinstance(value, dict):
        for key in (*keys, "@value"):
            yield from strings(value.get(key) if not isinstance(value.get(key), dict) else None)
