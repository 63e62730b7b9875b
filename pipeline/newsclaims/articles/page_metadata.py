"""What a page declares of itself: title, source, address and date of publication.

In this order: the JSON-LD of its article, meta elements, the canonical link, ``<title>`` and
``<h1>``, and the ``<time>`` of its own head. What may belong to another story that the page shows
is left out; so is what no rule can tell from it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from newsclaims.articles.json_ld import JsonLdArticle, read_json_ld, strings
from newsclaims.articles.page_dates import own_headline, own_times
from newsclaims.published import UnreadableDateError, read_published

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
        "og:article:published_time",
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

# Names of the site, one of which <title> may carry beside the headline.
_SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title")
_SITE_MARK = re.compile(r"\s+(?:[|•·»«~/]|::|[-–—]+)\s+|:\s+")

# Parts of the body whose meta elements describe something else than the page.
_CONTAINERS = frozenset("article aside blockquote footer li nav section".split())

_TRACKING = re.compile(r"utm_|fbclid|gclid|mc_[ce]id|ref$|amp$|outputtype$", re.IGNORECASE)
_FRONT_OF_HOST = re.compile(r"^(?:www|m|mobile|amp)\.")
_END_OF_PATH = re.compile(r"(?:/amp)?/*(?:index\.\w+)?$|(?:[./]amp)?(?:\.html?)?$")


class _Page(NamedTuple):
    """What a page says that it is, against which each article in its JSON-LD is held."""

    addresses: frozenset[str]
    titles: tuple[str, ...]
    base: str


def declared_metadata(tree: Any, order: str | None = None) -> dict[str, str]:
    """Title, source, url and publication date of the article that the page is about.

    A date that can be read goes before one that cannot, which is handed on for its warning. `order`
    is that of `read_published`.
    """
    meta = _meta(tree)
    headline = own_headline(tree, _page_titles(tree, meta))
    page = _page(tree, meta, headline)
    sure, only = _own_articles(tree, page)
    found: dict[str, list[str]] = {name: [] for name in _META}
    for article in sure:
        _add(found, article)
    for field, names in _META.items():
        found[field] += [meta[name] for name in names if name in meta]
    for article in only:
        _add(found, article)
    found["url"] = _addresses([*_page_addresses(tree, meta), *found["url"]], page.base)
    found["title"] += _shown_titles(tree, meta, found["source"], headline)
    found["published"] += own_times(tree, headline)
    fields = {
        name: " ".join(unescape(values[0]).split()) for name, values in found.items() if values
    }
    dates = [iso for written in found["published"] if (iso := _readable(written, order))]
    return fields | {"published": dates[0]} if dates else fields


def _add(found: dict[str, list[str]], article: JsonLdArticle) -> None:
    fields = article.fields
    found["title"] += strings([fields.get("headline"), fields.get("name")])
    found["published"] += strings(fields.get("datePublished"))
    found["source"] += strings(fields.get("publisher"), "name")
    found["url"] += strings(fields.get("url"), "@id")
    found["url"] += strings(fields.get("mainEntityOfPage"), "@id", "url")


def _readable(written: str, order: str | None) -> str | None:
    try:
        return read_published(written, order)
    except UnreadableDateError:
        return None


def _meta(tree: Any) -> dict[str, str]:
    """The first content of each meta element by its name; microdata only of the head.

    A meta element with an ``itemprop`` in the body belongs to whatever thing it stands in.
    """
    declared: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        if content and not any(above.tag in _CONTAINERS for above in element.iterancestors()):
            for name in _names(element):
                declared.setdefault(name.strip().lower(), content)
    return declared


def _names(meta: Any) -> list[str]:
    if meta.get("property"):
        return str(meta.get("property")).split()  # RDFa allows several
    in_body = next(meta.iterancestors("body"), None) is not None
    return [meta.get("name") or ("" if in_body else meta.get("itemprop")) or ""]


def _canonical(tree: Any) -> list[str]:
    """The address of the canonical link, if there is one and no other."""
    links = [
        link.get("href").strip()
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href")
    ]
    return links if len(set(links)) == 1 else []


def _page_addresses(tree: Any, meta: Mapping[str, str]) -> list[str]:
    return [*(meta[name] for name in _META["url"] if name in meta), *_canonical(tree)]


def _page(tree: Any, meta: Mapping[str, str], headline: Any) -> _Page:
    bases = [base.get("href") for base in tree.iter("base") if base.get("href")]
    declared = _page_addresses(tree, meta)
    base = next((address for address in [*declared, *bases] if "://" in address), "")
    titles = _page_titles(tree, meta)
    if headline is not None:
        titles.append(headline.text_content())
    return _Page(
        frozenset(_same_address(urljoin(base, address)) for address in declared),
        tuple(filter(None, (_words(part) for title in titles for part in _without_ends(title)))),
        base,
    )


def _page_titles(tree: Any, meta: Mapping[str, str]) -> list[str]:
    titles = [meta[name] for name in ("og:title", "twitter:title") if name in meta]
    return [*titles, *_title_element(tree)]


def _title_element(tree: Any) -> list[str]:
    """The text of the page's title, not of a title inside a drawing."""
    titles = (
        " ".join(title.text_content().split())
        for title in tree.xpath("//title[not(ancestor::svg)]")
    )
    return [title for title in titles if title][:1]


def _same_address(address: str) -> str:
    """An address without what may differ between two spellings of one page."""
    parts = urlsplit(address.strip())
    host = _FRONT_OF_HOST.sub("", parts.netloc.lower())
    query = [pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0])]
    path = _END_OF_PATH.sub("", parts.path, count=1)
    return f"{host}{path}?{urlencode(sorted(query))}"


def _without_ends(title: str) -> list[str]:
    """A title, and what it is without what stands before its first mark or behind its last."""
    marks = list(_SITE_MARK.finditer(title))
    if not marks:
        return [title]
    return [title, title[marks[0].end() :], title[: marks[-1].start()]]


def _words(text: str) -> str:
    """A title as it is compared: its letters and digits in lower case."""
    return " ".join(re.findall(r"\w+", unescape(text).casefold()))


def _own_articles(tree: Any, page: _Page) -> tuple[list[JsonLdArticle], list[JsonLdArticle]]:
    """Articles of the JSON-LD that are the page's, and one that nothing speaks against.

    An address says more than a title, and a title more than words in common. An article at another
    address is another story unless its headline is the page's own.
    """
    scripts = (script.text or "" for script in tree.iter("script") if _is_json_ld(script))
    ranked: dict[int, list[JsonLdArticle]] = {}
    for article in read_json_ld(scripts):
        ranked.setdefault(_agreement(article, page), []).append(article)
    best = max(ranked, default=_OTHER)
    if best in (_ADDRESS, _TITLE):
        return ranked[best], []
    alone = ranked[best] if best != _OTHER else []
    return [], alone if len(alone) == 1 else []


_ADDRESS, _TITLE, _LIKE, _UNDECIDED, _OTHER = 4, 3, 2, 1, 0


def _agreement(article: JsonLdArticle, page: _Page) -> int:
    addresses = [urljoin(page.base, address) for address in _article_addresses(article)]
    same = any(
        _same_address(address) in page.addresses
        for address in addresses
        if not article.is_nested or not urlsplit(address).fragment
    )
    titles = list(
        map(_words, strings([article.fields.get("headline"), article.fields.get("name")]))
    )
    if same and page.addresses:
        return _ADDRESS
    if any(title in page.titles for title in titles):
        return _TITLE
    if article.is_nested or (page.addresses and any("://" in address for address in addresses)):
        return _OTHER
    if titles and page.titles:
        like = any(_is_like(title, shown) for title in titles for shown in page.titles)
        return _LIKE if like else _OTHER
    return _UNDECIDED


def _article_addresses(article: JsonLdArticle) -> list[str]:
    found = [
        *strings(article.fields.get("url"), "@id"),
        *strings(article.fields.get("mainEntityOfPage"), "@id", "url"),
        *strings(article.fields.get("@id")),
    ]
    return [address for address in found if "/" in address]


def _is_like(title: str, shown: str) -> bool:
    """Whether one is the other with a few words left out."""
    few, many = sorted((set(title.split()), set(shown.split())), key=len)
    return few <= many and 3 * len(few) >= 2 * len(many)


def _is_json_ld(script: Any) -> bool:
    return (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json"


def _addresses(declared: Sequence[str], base: str) -> list[str]:
    """The addresses of these that lead anywhere outside the page's own site."""
    joined = (urljoin(base, address.strip()) for address in declared)
    return [address for address in joined if address.startswith(("http://", "https://"))]


def _shown_titles(
    tree: Any, meta: Mapping[str, str], sources: Sequence[str], headline: Any
) -> Iterator[str]:
    """The headline that the page shows, else its title without the name of the site."""
    sites = {_words(name) for name in [*sources, *(meta.get(name, "") for name in _SITE_NAMES)]}
    if headline is not None and _words(headline.text_content()) not in sites:
        yield headline.text_content()
    for title in _title_element(tree):
        yield _without_site(title, sites)


def _without_site(title: str, sites: set[str]) -> str:
    """The title without a name of the site that stands first or last in it, and its mark."""
    marks = list(_SITE_MARK.finditer(title))
    if marks and _words(title[marks[-1].end() :]) in sites:
        return title[: marks[-1].start()]
    if marks and _words(title[: marks[0].start()]) in sites:
        return title[marks[0].end() :]
    return title
