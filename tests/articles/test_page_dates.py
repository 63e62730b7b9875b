"""Which of the dates that a page shows is its own, and which is another story's."""

import pytest
from newsclaims.articles.page_metadata import declared_metadata
from newsclaims.articles.page_text import load_page

OWN = "2025-03-02"
PROSE = """<p>The harbour master, Ines Castro, said on Monday that the pier had been closed to
walkers since the storm, and that two of its beams had to be replaced.</p>
<p>Fishermen may still land there in the mornings, she told the town council.</p>"""
TEASER = (
    '<h3><a href="/old">An older story of the pier</a></h3><time datetime="2019-01-05">x</time>'
)
WORDPRESS = f"""<time class="entry-date published" datetime="{OWN}">x</time>
<time class="updated" datetime="2025-03-09">y</time>"""
COMMENT = """<article itemscope itemtype="https://schema.org/Comment">
<time itemprop="datePublished" datetime="2025-03-09">x</time>Well said.</article>"""
OLD = '<time class="published" datetime="2019-01-05">x</time>'


def published(body: str, title: str = "Pier closed after storm") -> str | None:
    head = f"<title>{title}</title>"
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return declared_metadata(load_page(page)).get("published")


def article(around_headline: str = "<h1>Pier closed after storm</h1>", after: str = "") -> str:
    return f"<main><article>{around_headline}{PROSE}</article></main>{after}"


HEADLINE = "<h1>Pier closed after storm</h1>"
TIME = f'<time datetime="{OWN}">2 March</time>'


@pytest.mark.parametrize(
    "head",
    [
        f"{HEADLINE}{TIME}",
        f"<header>{HEADLINE}<p>By Ines Castro | {TIME}</p></header>",
        f"<header>{TIME}{HEADLINE}</header>",
        f"{HEADLINE}<p class=byline>Published: {TIME} by Jo Berg and Mia Ek</p>",
        f"{HEADLINE}<ul class=meta><li>By Jo Berg</li><li>{TIME}</li><li>4 min read</li></ul>",
        f"{HEADLINE}<p class=standfirst>{'The storm broke two beams. ' * 3}</p><div>{TIME}</div>",
        f"<div>{HEADLINE}</div><h2 class=deck>Two beams broke</h2><p>{TIME}</p>",
        f"{HEADLINE}<h2>Two beams are broken</h2>{TIME}",
        f'{HEADLINE}{TIME} Updated <time datetime="2025-03-04">4 March</time>',
        f"{HEADLINE}<i>{TIME}</i> <i class=updated>Updated <time datetime=2025-03-04>x</time></i>",
        f'{HEADLINE}<a href="https://post.example/pier" rel=bookmark>{WORDPRESS}</a>',
        f"{HEADLINE}<time>2 March 2025</time>",
        f"{HEADLINE}<time>Published on Sunday 2 March 2025</time>",
        f'{HEADLINE}<span itemprop="datePublished" content="{OWN}">2/3</span>',
        f'{HEADLINE}<meta itemprop="datePublished" content="{OWN}">',
    ],
)
def test_the_lines_about_the_article(head):
    assert published(article(head)) == OWN


@pytest.mark.parametrize(
    "body",
    [
        f"<aside><article>{TEASER}</article></aside>{article()}",
        article(after=f"<section><h2>More</h2><article>{TEASER}</article></section>"),
        article(after=f"<section><h2>More</h2><div>{TEASER}</div></section>"),
        article(after=f"<ul><li>{TEASER}</li></ul>"),
        article(after='<time datetime="2019-01-05">x</time>'),
        article(
            f'{HEADLINE}<div class="related-stories"><time datetime="2019-01-05">x</time></div>'
        ),
        article(f"{HEADLINE}<div>{TEASER}</div>"),
        article(
            f'{HEADLINE}<p>The gala of <time datetime="2019-01-05">5 January</time> is off.</p>'
        ),
        article(f'{HEADLINE}<p class=lead>Closed until <time datetime="2026-01-05">May</time></p>'),
        article(f'{HEADLINE}<dl><dt>When<dd><time datetime="2026-01-05">5 January</time></dl>'),
        article(f'{HEADLINE}<div>Starts: <time datetime="2026-01-05">5 January</time></div>'),
        article(f'{HEADLINE}<p>Updated <time datetime="2025-03-04">4 March</time></p>'),
        article(f'{HEADLINE}<time itemprop="dateModified" datetime="2025-03-04">4 March</time>'),
        article(
            f'{HEADLINE}<time datetime="2025-03-02">x</time> <time datetime="2025-03-09">y</time>'
        ),
        article(f'{HEADLINE}<time datetime="PT4M">4 minutes</time>'),
        article(after=f"<section>{COMMENT}</section>"),
        article(after=f"<section class=user-comments><div>{OLD}</div></section>"),
        article(after=f"<div id=comment-7><b>Jo</b> {OLD}</div>"),
        article(after=f"<article class=post><h2>Other</h2>{OLD}</article>"),
        article(f"{HEADLINE}<blockquote class=tweet>{OLD}</blockquote>"),
        article(f"{HEADLINE}<div class=related-stories>{OLD}</div>"),
        article(after=f"<footer>Printed {OLD}</footer>"),
        article(f"{HEADLINE}<div class=key-dates>{TIME}</div>"),
        f'<header>Today: <time datetime="2026-01-01">1 January</time></header>{article()}',
        f'<time datetime="2026-01-01">1 January</time>{article()}',
        f'<nav><time datetime="2026-01-01">1 January</time></nav>{article()}',
        article(
            after='<footer>Printed <time datetime="2026-01-01" class=published>x</time></footer>'
        ),
    ],
)
def test_dates_of_something_else(body):
    assert published(body) is None


@pytest.mark.parametrize(
    "before", ["", f"<nav><article>{TEASER}</article></nav>", f"<div><div>{TEASER}</div></div>"]
)
@pytest.mark.parametrize("after", ["", f"<section><article>{TEASER}</article></section>"])
def test_its_own_among_those_of_others(before, after):
    assert published(before + article(f"{HEADLINE}{TIME}", after)) == OWN


def test_a_class_of_the_whole_page_says_nothing_of_its_article():
    page = article(f"{HEADLINE}{TIME}")
    assert published(f'<div class="has-sidebar more comments-open">{page}</div>') == OWN


def test_a_headline_that_is_no_h1():
    assert published(article(f"<h2>Pier closed after storm</h2>{TIME}")) == OWN
    assert published(article(f"<h1>The Post</h1><h2>Pier closed after storm</h2>{TIME}")) == OWN


def microdata(heading: str, day: str, text: str = "") -> str:
    kind = 'itemscope itemtype="https://schema.org/NewsArticle"'
    date = f'<meta itemprop="datePublished" content="{day}">'
    return f"<div {kind}>{heading}{date}{text}</div>"


def test_microdata_of_the_page_and_of_another_story():
    own, other = microdata(HEADLINE, OWN, PROSE), microdata("<h3>Gala</h3>", "2019-01-05")
    assert published(own + other) == published(other + own) == OWN
    text = microdata("", OWN, PROSE)
    assert published(HEADLINE + other + text) == published(HEADLINE + text + other) == OWN
    assert published(HEADLINE + other + PROSE) is None


def test_a_page_without_main_and_article():
    assert published(f"<div>{TIME}</div>{HEADLINE}{PROSE}") is None
    assert published(f"{HEADLINE}<div>{TIME}</div>{PROSE}") == OWN
    assert published(f"{HEADLINE}<div>{TIME}</div>{PROSE}", "News | The Post") == OWN
    assert published(f"<main>{TIME}{HEADLINE}{PROSE}</main>") == OWN


def test_the_name_of_the_site_is_no_headline():
    page = f"<header><h1>The Post</h1>{TIME}</header>{PROSE}"
    assert published(page, "Pier closed") is None
    linked = f"<h1><a href='/'>The Post</a></h1>{TIME}{PROSE}"
    assert published(linked, "Pier closed") is None


def test_many_dates_are_read_in_time():
    times = TIME * 5_000
    assert published(article(f"{HEADLINE}<p>{times}</p>")) == OWN
    assert published(article(f"{times}{HEADLINE}")) == OWN


def test_a_date_in_the_footer_of_the_article_when_it_is_marked():
    foot = f'<footer><time itemprop="datePublished" datetime="{OWN}">x</time></footer>'
    assert published(f"<article>{HEADLINE}{PROSE}{foot}</article>") == OWN
