"""HTML pages: the main text by trafilatura, and metadata only where the page declares them."""

import json
import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any

from newsclaims.articles.checks import is_iso_date
from newsclaims.articles.encodings import decode_page, refuse_nul
from newsclaims.articles.rows import Fields, RefusedError, Settings

# Names of meta elements, the most specific first (Open Graph, Twitter, Dublin Core, Parse.ly,
# Sailthru, Google Scholar, schema.org microdata).
_META: Mapping[str, tuple[str, ...]] = {
    "title": (
        "og:title",
        "twitter:title",
        "headline",
        "dc.title",
        "dcterms.title",
        "parsely-title",
        "sailthru.title",
        "citation_title",
        "title",
    ),
    "source": ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher"),
    "url": ("og:url", "twitter:url", "parsely-link"),
    "published": (
        "article:published_time",
        "og:published_time",
        "datepublished",
        "dcterms.issued",
        "dc.date.issued",
        "parsely-pub-date",
        "sailthru.date",
        "publish-date",
        "publishdate",
        "pubdate",
        "citation_publication_date",
        "dcterms.date",
        "dc.date",
        "date",
    ),
}

# Written dates of which no other reading exists; a date of three numbers with the year last is
# read one way in America and another in Europe.
_DATE_FORMATS = ("%Y/%m/%d", "%Y%m%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")

_TIMES = (
    "//time[@pubdate]/@datetime",
    "//time[translate(@itemprop, 'P', 'p') = 'datepublished']/@datetime",
    "//article//time/@datetime",
)

_SHORT = 250  # characters under which trafilatura doubts its own result


def read_html(path: Path, settings: Settings) -> Fields:
    """The main text and the declared title, source, url and publication date of a page."""
    return read_page(decode_page(path.read_bytes(), settings.encoding), settings)


def read_page(page: str, settings: Settings) -> Fields:  # noqa: ARG001
    """As `read_html`, of a page that is in memory."""
    refuse_nul("page", page)
    text = main_text(page)
    if text is None:
        raise RefusedError("html", "no main text was found in this page")
    return {**declared_metadata(page), "text": text}


def main_text(page: str) -> str | None:
    """The main text of a page, one block a line; None when there is none."""
    trafilatura, any_length = _trafilatura()
    text = trafilatura.extract(page, include_comments=False, config=any_length)
    if text is None or len(text) < _SHORT:
        # Either the article is short or most of it was missed. The rescue finds more in both
        # cases, headline and date among it, glued into one line: worth it only for a real gain.
        rescued = trafilatura.extract(page, include_comments=False)
        if rescued is not None and len(rescued) > 2 * len(text or ""):
            text = rescued
    return text or None


def declared_metadata(page: str) -> dict[str, str]:
    """Title, source, url and publication date from JSON-LD, else meta tags, else ``<time>``.

    A date that can be read goes before one that cannot; one that is not in ISO form is rewritten.
    """
    tree = _trafilatura()[0].load_html(page)
    if tree is None:
        return {}
    found: dict[str, list[str]] = {name: [] for name in _META}
    for name, value in (*_json_ld(tree), *_meta(tree), *_times(tree)):
        found[name].append(value)
    fields = {name: values[0] for name, values in found.items() if values}
    dates = [iso for iso in map(iso_date, found["published"]) if iso is not None]
    return fields | {"published": dates[0]} if dates else fields


def iso_date(written: str) -> str | None:
    """A declared date in ISO form, as it stands where it is; None when it cannot be read.

    >>> iso_date("Sun, 02 Mar 2025 10:00:00 +0100")
    '2025-03-02T10:00:00+01:00'
    """
    written = written.strip()
    if is_iso_date(written):
        return written
    try:
        return parsedate_to_datetime(written).isoformat()
    except (ValueError, IndexError):
        pass
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(written, form).date().isoformat()
        except ValueError:
            continue
    return None


def _json_ld(tree: Any) -> Iterator[tuple[str, str]]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _articles(data):
            yield from _named(
                ("title", item.get("headline") or item.get("name")),
                ("published", item.get("datePublished")),
                ("url", item.get("url")),
                ("url", _name(item.get("mainEntityOfPage"), "@id")),
                ("source", _name(item.get("publisher"), "name")),
            )


def _articles(data: Any) -> Iterator[dict[str, Any]]:
    """The schema.org articles among `data`, which may be a list or a graph."""
    if isinstance(data, list):
        for item in data:
            yield from _articles(item)
    elif isinstance(data, dict):
        types = data.get("@type")
        names = types if isinstance(types, list) else [types]
        if any(str(name).endswith(("Article", "Posting")) for name in names):
            yield data
        yield from _articles(data.get("@graph"))


def _name(value: Any, key: str) -> Any:
    """The string that `value` is or has under `key`; of a list, its first."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get(key) if isinstance(value, dict) else value


def _meta(tree: Any) -> Iterator[tuple[str, str]]:
    declared: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        declared.setdefault(name.strip().lower(), element.get("content"))
    for field, names in _META.items():
        yield from _named(*((field, declared.get(name)) for name in names))


def _times(tree: Any) -> Iterator[tuple[str, str]]:
    """Dates of ``<time>``: those that say they are the article's, or the only one of the page."""
    for path in _TIMES:
        yield from _named(*(("published", value) for value in tree.xpath(path)))
    values = dict.fromkeys(tree.xpath("//time/@datetime"))
    if len(values) == 1:
        yield from _named(*(("published", value) for value in values))


def _named(*pairs: tuple[str, Any]) -> Iterator[tuple[str, str]]:
    """The pairs whose value is a string with something in it, white space around it cut."""
    for name, value in pairs:
        if isinstance(value, str) and value.strip():
            yield name, str(value.strip())


@cache
def _trafilatura() -> tuple[Any, Any]:
    """The library, and its settings with no least length."""
    import trafilatura
    from trafilatura.settings import use_config

    # It logs each page it finds nothing in; that page is a line of errors.jsonl.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    any_length = use_config()
    any_length.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    any_length.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
    return trafilatura, any_length
