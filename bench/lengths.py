"""Whether time grows with the length of a text and no faster: ms of all rooms and resolvers.

    python bench/lengths.py [KIND...]

CPU time, least of three, at 1,000, 10,000 and 100,000 characters of each kind of text, parses not
counted. The last column is the time of the longest over that of the middle one: 10 is linear.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace

from newsclaims import Article, Pipeline
from newsclaims.assemble import assemble
from newsclaims.workers import spare_collector
from rich.console import Console
from rich.table import Table
from stages import least_seconds

from corpus import generate

LENGTHS = (1_000, 10_000, 100_000)

# Each is repeated; a number in braces counts up, in letters.
KINDS = {
    "quotation marks alone": '"',
    "quotation marks apart": "“ \" ' ",
    "quotation marks in words": "“ the mayor \" said \n' that » ",
    "quotations": '"The bridge is safe," she said. ',
    "speech of one sentence": "the mayor said that ",
    "words without a full stop": "the bridge over the river and ",
    "commas alone": ", ",
    "brackets": "( [ ",
    "one name": "Ana Popescu and ",
    "many names": "Ana Pop{} and ",
    "many places": "in Zor{}, Norway, and Oslo, ",
    "many bodies": "the Ministry of Zor{} and the Zor{} Party ",
    "many roles": "Mayor Ana Pop{} of Zor{}, a former minister of health since May 2024, said so. ",
    "possessives": "Oslo's ",
    "titles": "Former President Minister Secretary ",
    "titles with of": "secretary of the ministry of ",
    "headlines": "MAYOR SAYS BRIDGE IS SAFE\n",
    "capitals": "THE MAYOR OF OSLO SAID THAT ",
    "abbreviations": "U.S. ",
    "dates": "May 8, 2024, ",
    "days": "on Tuesday ",
    "digits apart": "1 ",
    "numbers in words": "one hundred ",
    "hyphens": "co-chair-",
    "pronouns": "He said he was a former mayor. ",
    "line ends": "\n",
    "emoji": "👍🏽",
}


def main() -> None:
    """Measure each kind, or those named, and print the table."""
    table = Table()
    table.add_column("text")
    for heading in (*(f"{length:,}" for length in LENGTHS), "growth"):
        table.add_column(heading, justify="right")
    pipeline = Pipeline()
    spare_collector()  # as in a worker
    for kind in sys.argv[1:] or ["ordinary text", *KINDS]:
        times = [milliseconds(pipeline, text_of(kind, length)) for length in LENGTHS]
        growth = f"{times[-1] / times[-2]:.1f}"
        table.add_row(kind, *(f"{time:.1f}" for time in times), growth)
    Console().print(table)


def text_of(kind: str, length: int) -> str:
    """The beginning, of `length` characters, of an endless text of a kind."""
    sizes = 0
    parts = []
    for part in _parts(kind):
        parts.append(part)
        sizes += len(part)
        if sizes >= length:
            break
    return "".join(parts)[:length]


def _parts(kind: str) -> Iterator[str]:
    if kind == "ordinary text":
        yield from (f"{article.text}\n\n" for article in generate(1_000))
    for number in range(LENGTHS[-1]):
        yield KINDS[kind].replace("{}", "".join(chr(97 + int(digit)) for digit in str(number)))


def milliseconds(pipeline: Pipeline, text: str) -> float:
    """CPU time of all rooms and resolvers on a text."""
    article = Article(id="a", text=text, published="2025-06-02")
    (tokens,) = pipeline.parser.parse([text])
    # What is derived from the lists is part of the time.
    return least_seconds(lambda: assemble(article, replace(tokens), pipeline.gazetteer)) * 1e3


if __name__ == "__main__":
    main()
