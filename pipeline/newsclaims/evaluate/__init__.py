"""Written records against gold: scores by layer, by rule, by slice, and what went wrong.

`evaluate` reads only what was written: what users get is what is measured. How it is built:
`matching` pairs items; a module for each layer turns one article into tallies and outcomes
(`tally`); `scoring` adds them up; `statistics` says how sure the figures are; `breakdown`,
`comparison` and `examples` look closer; `judged` counts rows with verdicts instead; `evaluation`
puts together what was asked for; `present` shows it and `export` writes it as data.
"""

from newsclaims.evaluate.evaluation import Evaluation, assess, below, read_minima
from newsclaims.evaluate.examples import Example, example_lines
from newsclaims.evaluate.export import to_csv, to_json
from newsclaims.evaluate.judged import Precision, is_judged, precisions, read_judged
from newsclaims.evaluate.present import FORMATS, render, render_precisions
from newsclaims.evaluate.scoring import LAYERS, Score, Scores, evaluate, score_articles
from newsclaims.evaluate.statistics import wilson
from newsclaims.evaluate.tally import ERROR_CLASSES, RIGHT, Outcome, Side

__all__ = [
    "ERROR_CLASSES",
    "FORMATS",
    "LAYERS",
    "RIGHT",
    "Evaluation",
    "Example",
    "Outcome",
    "Precision",
    "Score",
    "Scores",
    "Side",
    "assess",
    "below",
    "evaluate",
    "example_lines",
    "is_judged",
    "precisions",
    "read_judged",
    "read_minima",
    "render",
    "render_precisions",
    "score_articles",
    "to_csv",
    "to_json",
    "wilson",
]
