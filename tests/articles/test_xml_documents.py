import pytest


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<urlset><url/></urlset>", "the root element <urlset> is not one that is read"),
        ("<urlset><url></urlset>", "not well-formed XML"),
        ("Rain fell.", "not well-formed XML"),
    ],
)
def test_an_unknown_document_is_named(read, write, content, message):
    write("news/a.txt", "Rain fell.")
    write("news/b.xml", content)
    found = read("news")
    assert found.ids == ["a"]
    assert [(error.input, error.kind) for error in found.errors] == [("news/b.xml", "xml")]
    assert found.errors[0].message.startswith(message)


@pytest.mark.parametrize("ending", ["xml", "rss", "atom", "rdf", "XML"])
def test_the_root_and_not_the_ending_says_what_it_is(read, write, ending):
    content = "<rss><channel><item><description>Rain fell.</description></item></channel></rss>"
    assert read(write(f"a.{ending}", content)).ids == ["a-1"]
