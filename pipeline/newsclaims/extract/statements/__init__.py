"""Who said what: source, reporting words and content, from how the text reports it.

`quotes` matches quotation marks and `scene` lays the parse out; `sources` finds who speaks. The
constructions (`quoted`, `verbs` with `clauses` and `phrases`, `nouns`, `lines`) each draft reports,
and `settle` leaves one a reporting word, none inside another. Rules are in ``statements.toml``, the
reporting words with their frames in the lexicon.
"""

from collections.abc import Iterable, Mapping

from newsclaims.extract.finds import Name, Offsets, StatementFind
from newsclaims.extract.statements import lines, nouns, quoted, verbs
from newsclaims.extract.statements.cue import reporting_verbs
from newsclaims.extract.statements.lines import line_reports
from newsclaims.extract.statements.modality import modality_of
from newsclaims.extract.statements.nouns import (
    according_to,
    adjective_reports,
    in_the_words_of,
    noun_reports,
    records_show,
)
from newsclaims.extract.statements.quoted import parentheses, quoted_reports
from newsclaims.extract.statements.scene import Contents, Draft, Quotation, Range, Scene
from newsclaims.extract.statements.settle import ANSWER, answers, own_words, settle
from newsclaims.extract.statements.verbs import verb_reports
from newsclaims.rules import load_rules
from newsclaims.schema import StatementKind
from newsclaims.text.tokens import Tokens

load_rules("extract/statements/statements").check_covers(
    {*quoted.RULES, *lines.RULES, *nouns.RULES, *verbs.RULES, ANSWER}
)


def find_statements(
    tokens: Tokens, names: Iterable[Name] = (), without: frozenset[str] = frozenset()
) -> list[StatementFind]:
    """The statements that a text reports, in its order; rules `without` are left out.

    No source ends inside one of `names`, into which the parser may have put a phrase's end.
    """
    scene = Scene(tokens)
    drafts = settle(scene, all_drafts(scene, without))
    bounds = {offset: name for name in names for offset in range(name.start + 1, name.end)}
    finds = [_find(scene, draft, bounds) for draft in drafts]
    if ANSWER not in without:
        finds += [_answer(scene, quotation) for quotation in answers(scene, drafts)]
    return sorted(finds, key=lambda find: find.content[0])


def all_drafts(scene: Scene, without: frozenset[str] = frozenset()) -> list[Draft]:
    """What each construction finds; where two take one reporting word, the first is right."""
    reporting = reporting_verbs(scene)
    drafts = list(quoted_reports(scene, reporting))
    drafts += line_reports(scene)
    drafts += according_to(scene)
    drafts += in_the_words_of(scene)
    drafts += records_show(scene)
    drafts += verb_reports(scene, reporting)
    drafts += noun_reports(scene)
    drafts += adjective_reports(scene)
    drafts = [draft for draft in drafts if draft.rule not in without]
    drafts += parentheses(scene, reporting, {draft.head for draft in drafts})
    return [draft for draft in drafts if draft.rule not in without and not own_words(scene, draft)]


def _find(scene: Scene, draft: Draft, inside: Mapping[int, Name]) -> StatementFind:
    def offsets(phrase: Range) -> Offsets:
        return Offsets(scene.start[phrase[0]], scene.end[phrase[1] - 1])

    return StatementFind(
        source=_with_whole_names(offsets(draft.source), inside) if draft.source else None,
        cue=offsets(draft.cue),
        content=tuple(map(offsets, draft.content)),
        kind=_kind(scene, draft.content),
        sort=draft.sort,
        modality=modality_of(scene, draft),
        rule=draft.rule,
    )


def _answer(scene: Scene, quotation: Quotation) -> StatementFind:
    said = Offsets(scene.start[quotation.start], scene.end[quotation.end - 1])
    return StatementFind(None, None, (said,), "direct", "speech", None, ANSWER)


def _with_whole_names(source: Offsets, inside: Mapping[int, Name]) -> Offsets:
    first, last = inside.get(source.start), inside.get(source.end)
    return Offsets(first.start if first else source.start, last.end if last else source.end)


def _kind(scene: Scene, content: Contents) -> StatementKind:
    if all(_is_quotation(scene, piece) for piece in content):
        return "direct"
    quoted = any(scene.quoted[token] >= 0 for start, end in content for token in range(start, end))
    return "mixed" if quoted else "indirect"


def _is_quotation(scene: Scene, piece: Range) -> bool:
    """Whether a piece of content begins and ends with a quotation mark."""
    first, last = scene.quoted[piece[0]], scene.quoted[piece[1] - 1]
    return (
        first >= 0
        and last >= 0
        and scene.quotations[first].start == piece[0]
        and scene.quotations[last].end == piece[1]
    )
