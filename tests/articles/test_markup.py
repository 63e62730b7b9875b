import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims.articles.markup import NAMES, fragment_text, read_references
from newsclaims.articles.rows import RefusedError


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
        ("<P>One.<P CLASS=x>Two.", "One.\nTwo."),
        ("One,<br>two<br/>and three.", "One,\ntwo\nand three."),
        ("<p>One\n line\tof  text.</p>", "One line of text."),
        ("<ul><li>One<li>Two</ul>Three", "One\nTwo\nThree"),
        ("<h2>Head</h2>Text <div>block</div> more", "Head\nText\nblock\nmore"),
        ("<table><tr><th>Town<th>Vote<tr><td>Ely</td><td>4</td></table>", "Town | Vote\nEly | 4"),
        ("<td><p>One</p></td><td><p>Two</p></td>", "One\nTwo"),
        ("<pre>a\n  b</pre>c", "a\nb\nc"),
        ("until <time>3 March</time>, <abbr>EU</abbr> <mark>law</mark>", "until 3 March, EU law"),
        ("<script>var a = '<p>';</script>Text<style>p {}</style>", "Text"),
        ("One<!-- not this --> two", "One two"),
        ("<![CDATA[<p>One</p>]]>", "One"),
        ("<html><head><title>No</title></head><body><p>Yes</p></body></html>", "Yes"),
        ("<o:p>Word</o:p> <amp-img></amp-img>page", "Word page"),
        ("", ""),
        ("<p>&nbsp;</p>", ""),
    ],
)
def test_blocks_are_lines_and_inline_text_stays(markup, text):
    assert fragment_text(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<q>Yes,</q> she said.", "“Yes,” she said."),
        ("<q>He said <q>no</q> twice</q>.", "“He said ‘no’ twice”."),
        ("<q> Yes <b>indeed</b> </q>, she said.", "“Yes indeed”, she said."),
        ("<q>“Yes,”</q> she said.", "“Yes,” she said."),
        ("An empty <q></q>mark.", "An empty mark."),
    ],
)
def test_quotation_marks_of_q(markup, text):
    assert fragment_text(markup) == text


def test_a_fragment_without_blocks_keeps_its_lines():
    assert fragment_text("&quot;Yes,&quot; she said.\r\n\r\nIt <b>rained</b>.") == (
        '"Yes," she said.\nIt rained.'
    )


@pytest.mark.parametrize(
    "text", ["a < b and c > d", "I <3 you", "Ana <ana@post.example> wrote", "<Okoye> (sic)", "5<6"]
)
def test_what_only_looks_like_a_tag_stays(text):
    assert fragment_text(text) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("&#147;Yes&#148; &#8230; &#x92;", "“Yes” … ’"),
        ("&ldquo;Yes&rdquo; &quot;no&quot; &apos;", '“Yes” "no" \''),
        ("Ely&comma; R&D; AT&T &amp; &lt;b&gt;", "Ely, R&D; AT&T & <b>"),
        ("&amp;quot;", "&quot;"),
        ("&#1471; &#x1930;", "\u05bf \u1930"),
    ],
)
def test_references_are_read_once_as_browsers_read_them(markup, text):
    assert fragment_text(markup) == text


def test_no_reference_becomes_a_tag():
    assert read_references("&LT;p&GT; &lt;p&gt; &AMP;lt; &#60;") == (
        "&LT;p&GT; &lt;p&gt; &AMP;lt; &#60;"
    )


@pytest.mark.parametrize(
    ("markup", "kind"),
    [("<p>a\0b", "nul"), ("<p>a\ud800b", "surrogate"), ("<b>" * 3000 + "deep", "text")],
)
def test_what_would_end_the_reading_early_is_refused(markup, kind):
    with pytest.raises(RefusedError) as refused:
        fragment_text(markup)
    assert refused.value.kind == kind


WORDS = st.lists(
    st.text("abcdeéß<>&;\"' ").filter(lambda word: not word.isspace() and word), min_size=1
)


@given(WORDS, st.sampled_from(sorted({"b", "i", "span", "time", "abbr", "cite", "data", "mark"})))
def test_no_character_of_escaped_text_is_lost(words, tag):
    words = [" ".join(word.split()) for word in words]
    markup = "".join(f"<p><{tag}>{html.escape(word)}</{tag}></p>" for word in words)
    assert fragment_text(markup) == "\n".join(words)


@given(st.lists(st.sampled_from([f"<{name}>" for name in sorted(NAMES)] + ["x", "</p>", "</b>"])))
def test_no_nesting_of_tags_fails(pieces):
    text = fragment_text("".join(pieces))
    assert set(text) <= set("x\n“”‘’ |")
