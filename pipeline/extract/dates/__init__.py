"""Time expressions (TimeML TIMEX3), as the words alone say them.

`lexemes` cuts the text into runs of calendar words, `grammar` finds where the patterns of
``dates.toml`` match, `builders` says what each match means, `scene` answers what stands around it.
Nothing here knows when the article was written: `pipeline.resolve.calendar` does the rest.
"""

from spacy.tokens import Doc

from pipeline.extract.dates.builders import BUILDERS
from pipeline.extract.dates.grammar import Match, read
from pipeline.extract.dates.joining import in_place
from pipeline.extract.dates.lexemes import BOOK, runs
from pipeline.extract.dates.readings import Clock, Direction, Reading, Shift, TimeExpression
from pipeline.extract.dates.scene import Scene

__all__ = ["Clock", "Direction", "Reading", "Shift", "TimeExpression", "find_dates"]

BOOK.check_covers(set(BUILDERS))


def find_dates(doc: Doc) -> list[TimeExpression]:
    """The time expressions of `doc`, in order, without overlaps."""
    scene = Scene(doc)

    def interpret(match: Match) -> list[TimeExpression]:
        return BUILDERS[match.rule](match, scene)

    found = [expression for run in runs(scene.text) for expression in read(run, interpret)]
    return in_place(scene, found)
