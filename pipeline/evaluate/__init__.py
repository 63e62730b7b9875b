"""Written records against gold: scores by layer, by rule, by slice, and what went wrong.

`evaluate` reads only what was written: what users get is what is measured. How it is built:
`matching` pairs items; a module for each layer turns one article into tallies and outcomes;
`scoring` adds them up; `statistics` says how sure the figures are; `present` shows them.
"""

from pipeline.evaluate.scoring import Score, Scores, evaluate, score_articles

__all__ = ["Score", "Scores", "evaluate", "score_articles"]
