"""A generated corpus for measuring speed: news-like articles from templates, seeded, none alike.

Every article has at least `OWN_WORDS` words that no other article has, as real archives do, so that
nothing that grows with the vocabulary stays hidden.
"""

import random
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from newsclaims.records import Article

OWN_WORDS = 20

# Lengths of news articles in words: most between 200 and 700, some far longer.
_MEDIAN_WORDS = 400
_SPREAD = 0.55

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def generate(articles: int, seed: int = 0) -> Iterator[Article]:
    """`articles` articles; the same seed gives the same articles."""
    for number in range(articles):
        yield _article(number, random.Random(f"{seed}/{number}"))  # noqa: S311


def write_corpus(path: Path, articles: int) -> int:
    """Write so many generated articles as JSONL; the number of their words."""
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for article in generate(articles):
            words += len(article.text.split())
            file.write(article.model_dump_json(exclude={"metadata"}) + "\n")
    return words


def _article(number: int, chance: random.Random) -> Article:
    target = min(max(chance.lognormvariate(0, _SPREAD) * _MEDIAN_WORDS, 120), 3000)
    people = [f"{chance.choice(_WORDS['first_names'])} {_name(chance)}" for _ in range(6)]
    paragraphs: list[str] = []
    words = own_words = 0
    while words < target or own_words < OWN_WORDS:
        sentences = []
        for _ in range(chance.randint(1, 4)):
            template = chance.choice(_WORDS["sentences"])
            own_words += "{own}" in template
            sentences.append(template.format(**_slots(chance, people, _own(number, own_words))))
            words += len(sentences[-1].split())
        paragraphs.append(" ".join(sentences))
    published = date(2015, 1, 1) + timedelta(days=chance.randrange(3650))
    return Article(
        id=f"generated-{number:07d}",
        text="\n\n".join(paragraphs),
        title=f"{people[0]} speaks in {chance.choice(_WORDS['places'])}",
        published=published.isoformat(),
        source="The Generated Gazette",
    )


def _slots(chance: random.Random, people: list[str], own: str) -> dict[str, str | int]:
    person, other = chance.sample(people, 2)
    place, other_place = chance.sample(_WORDS["places"], 2)
    post = chance.choice(_WORDS["posts"])
    year = chance.randint(1985, 2014)
    return {
        "person": person,
        "person2": other,
        "surname": person.split()[-1],
        "place": place,
        "place2": other_place,
        "nation": chance.choice(_WORDS["nations"]),
        "post": post,
        "Post": post.title(),
        "body": chance.choice(_WORDS["bodies"]),
        "verb": chance.choice(_WORDS["verbs"]),
        "day": chance.choice(_WORDS["days"]),
        "month": chance.choice(_WORDS["months"]),
        "dom": chance.randint(1, 28),
        "year": year,
        "year2": year + chance.randint(1, 6),
        "number": chance.randint(3, 95),
        "own": own,
    }


def _own(number: int, count: int) -> str:
    """A word that stands in one article alone: its number and the word's, spelled in syllables."""
    letters = "abcdefghij"
    spelled = "".join(letters[int(digit)] for digit in str(number))
    onset = _WORDS["onsets"][count % len(_WORDS["onsets"])].capitalize()
    return f"{onset}u{spelled}o{letters[count % 10]}{count // 10 or ''}"


def _name(chance: random.Random) -> str:
    syllables = (
        chance.choice(_WORDS["onsets"])
        + chance.choice(_WORDS["vowels"])
        + chance.choice(_WORDS["codas"])
        for _ in range(2)
    )
    return "".join(syllables).capitalize()
