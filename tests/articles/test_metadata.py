import pytest
from newsclaims.articles import read_articles
from newsclaims.errors import UsageError


def test_joined_by_id(read, write):
    write("news.jsonl", '{"id": "a", "text": "x", "title": "own"}\n{"id": "b", "text": "y"}\n')
    write("meta.csv", "id,title,published,desk\na,joined,2025-06-01,local\n")
    found = read("news.jsonl", metadata="meta.csv")
    first = found.articles[0]
    assert (first.title, first.published, first.metadata) == (
        "joined",
        "2025-06-01",
        {"desk": "local"},
    )
    assert found.ids == ["a", "b"]
    assert [(w.input, w.article, w.kind) for w in found.warnings] == [
        ("news.jsonl", "b", "metadata-article")
    ]
    assert not found.errors


def test_joined_by_file_name_which_may_bring_an_id(read, write):
    write("news/sub/rain.txt", "Rain fell.")
    write("news/snow.txt", "Snow fell.")
    write(
        "meta.csv", "file,id,title,text\nsub/rain.txt,r1,Rain,no\nsnow.txt,,Snow,no\nfog.txt,f,,\n"
    )
    found = read("news", metadata="meta.csv")
    assert [(a.id, a.title, a.text) for a in found.articles] == [
        ("snow", "Snow", "Snow fell."),
        ("r1", "Rain", "Rain fell."),
    ]
    assert [(w.input, w.line, w.kind) for w in found.warnings] == [("meta.csv", 4, "metadata-row")]


def test_an_empty_cell_leaves_what_the_article_has(read, write):
    write("news.jsonl", '{"id": "a", "text": "x", "title": "own"}\n')
    write("meta.csv", "id,title\na,\n")
    assert read("news.jsonl", metadata="meta.csv").articles[0].title == "own"


def test_columns_are_mapped_in_metadata_too(read, write):
    write("news.csv", "doc,body\n1,Rain fell.\n")
    write("meta.csv", "doc,when\n1,2025-06-01\n")
    columns = {"id": "doc", "text": "body"}
    (article,) = read("news.csv", metadata="meta.csv", columns=columns).articles
    assert article.metadata == {"when": "2025-06-01"}


def test_metadata_inside_the_folder_are_no_table_left_out(read, write):
    write("news/rain.txt", "Rain fell.")
    write("news/meta.csv", "id,title\nrain,Rain\n")
    write("news/other.csv", "id,text\nrain,Rain\n")
    found = read("news", metadata="news/meta.csv")
    assert [(warning.input, warning.kind) for warning in found.warnings] == [
        ("news/other.csv", "skipped")
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("title\na\n", "need a column id or file; the columns are title"),
        ("id,title\na,b\na,c\n", "lines 2 and 3 both name 'a'"),
        ("id,title\na\n", "line 2: 1 cells stand under 2 columns"),
        ("", "the columns are none"),
    ],
)
def test_metadata_that_cannot_be_meant_are_wrong_usage(write, content, message):
    write("rain.txt", "Rain fell.")
    write("meta.csv", content)
    with pytest.raises(UsageError, match=message):
        read_articles(["rain.txt"], metadata="meta.csv")


def test_metadata_that_are_not_there_are_wrong_usage(write):
    write("rain.txt", "Rain fell.")
    with pytest.raises(UsageError, match=r"meta\.csv: cannot be read: No such file"):
        read_articles(["rain.txt"], metadata="meta.csv")


def test_names_of_files_as_other_systems_write_them(read, write):
    for name in ("pages/re\u0301sume\u0301.txt", "pages/sub/a.txt", "pages/B.txt", "pages/c d.txt"):
        write(name, "Rain fell.")
    write("meta.csv", "file;title\nr\u00e9sum\u00e9.txt;1\nsub\\a.txt;2\nb.txt;3\nc%20d.txt;4\n")
    found = read("pages", metadata="meta.csv")
    assert sorted((a.title or "") for a in found.articles) == ["", "", "1", "2"]
    assert [(w.input, w.line, w.kind, w.message) for w in found.warnings] == [
        ("pages/B.txt", None, "metadata-article", "no row of the metadata is this article's"),
        ("pages/c d.txt", None, "metadata-article", "no row of the metadata is this article's"),
        ("meta.csv", 4, "metadata-row", "no article has the file name 'b.txt'; near it: B.txt"),
        (
            "meta.csv",
            5,
            "metadata-row",
            "no article has the file name 'c%20d.txt'; near it: c d.txt",
        ),
    ]


def test_ids_that_a_library_made_floats_are_joined(read, write):
    write("news.jsonl", '{"id": 7.0, "text": "x"}\n')
    write("meta.csv", "id\ttitle\n7\tSeven\n8\tEight\n\tNone\n")
    found = read("news.jsonl", metadata="meta.csv")
    assert [(a.id, a.title) for a in found.articles] == [("7", "Seven")]
    assert [w.message for w in found.warnings] == [
        "no article has the id '8'",
        "this row has neither an id nor a file name",
    ]


def test_the_delimiter_that_is_stated_is_not_forced_on_metadata(read, write):
    write("news.csv", "id~text\n1~Rain fell.\n")
    write("meta.csv", "id,title\n1,Rain\n")
    assert read("news.csv", metadata="meta.csv", delimiter="~").articles[0].title == "Rain"
