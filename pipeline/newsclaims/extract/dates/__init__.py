"""Time expressions (TimeML TIMEX3), as the words alone say them.

`lexemes` cuts the text into runs of calendar words, `grammar` finds where the patterns of
``dates.toml`` match, the builders (`clocks`, `days`, `years`, `lengths`, `relative`) say what each
match means, with `making` and `amounts` for what they share; that is a `Reading` (`readings`).
`scene` answers what stands around it, `joining` what it owes to that; `own_dates` adds the user's
rules.
Nothing here knows when the article was written: `newsclaims.resolve.calendar` does the rest.
"""

from collections.abc import Sequence

from newsclaims.extract.dates import clocks, days, lengths, relative, years
from newsclaims.extract.dates.grammar import CalendarMatch, read
from newsclaims.extract.dates.joining import in_place
from newsclaims.extract.dates.lexemes import BOOK, runs
from newsclaims.extract.dates.own_dates import with_own
from newsclaims.extract.dates.readings import Clock, Direction, Reading, Shift, TimeExpression
from newsclaims.extract.dates.scene import Scene
from newsclaims.extract.engine import Attempt
from newsclaims.extract.own import OwnRule
from newsclaims.text.tokens import Tokens

__all__ = ["Clock", "Direction", "Reading", "Shift", "TimeExpression", "find_dates"]

BUILDERS = {
    **clocks.BUILDERS,
    **days.BUILDERS,
    **years.BUILDERS,
    **lengths.BUILDERS,
    **relative.BUILDERS,
}
BOOK.check_covers(set(BUILDERS))


def find_dates(
    tokens: Tokens,
    own: Sequence[OwnRule] = (),
    without: frozenset[str] = frozenset(),
    trace: list[Attempt] | None = None,
) -> list[TimeExpression]:
    """The time expressions of a text, in order, without overlaps.

    Rules `without` are left out; `trace` gets each attempt of the others.
    """
    scene = Scene(tokens)
    found = [
        expression
        for run in runs(scene.text, scene.sentence_starts)
        for expression in read(run, scene, _build, without, trace)
    ]
    return in_place(scene, with_own(scene.text, found, own) if own else found)


def _build(match: CalendarMatch) -> list[TimeExpression]:
    return BUILDERS[match.rule](match)
