"""Quotes: who said what in an article, from the patterns of reporting verbs.

`quotation` finds the pairs of marks and the sentences; `reporting` holds the verbs; `speakers` finds their subjects,
`clauses` puts both together and `antecedents` says whom a pronoun stands for; `direct` and `statements` find what was
said. In doubt nobody is named: a wrong speaker does more harm than a missing one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tui.article import TITLE, Article, Mention, Quote
from tui.entities.antecedents import People, Resolver
from tui.entities.clauses import Attribution, Scene, clauses_of
from tui.entities.direct import DirectSpeech, Spoken
from tui.entities.speakers import Names
from tui.entities.statements import Statements


def find_quotes(article: Article, mentions: Sequence[Mention]) -> tuple[Quote, ...]:
    """What the article reports somebody to have said, in reading order, not overlapping; time linear in its length.

    A direct quote's span is what stands within the quotation marks, without them; a quote that is split, or goes on
    over several paragraphs, is several. An indirect quote's is the clause that says what was said (`that` left out),
    up to where the newspaper's own words go on. Phrases in marks that nobody is said to have spoken are no quotes,
    but for whole sentences, whose speaker is then None. What was denied, asked for or only may be said is left out.

    Args:
        article: the article.
        mentions: what it names, in reading order; speakers are among them: the one that stands in the reporting
            clause, or the one that the clause's pronoun plainly stands for.
    """
    by_paragraph: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_paragraph[mention.paragraph].append(mention)
    names = {number: Names(found) for number, found in by_paragraph.items()}
    people = People(article, names)
    nobody = Names(())
    quotes: list[Quote] = []
    before: Scene | None = None
    carried: tuple[Mention | None] | None = None
    for number in range(TITLE, len(article.paragraphs)):
        scene = Scene.of(article.text_of(number), names.get(number, nobody), is_title=number == TITLE)
        clauses = clauses_of(scene)
        spoken: list[Spoken] = []
        if clauses or scene.quoted:
            attributions = Resolver(scene, people, before).attributions(clauses)
            direct = DirectSpeech(scene, attributions)
            spoken = list(direct.spoken(carried))
            found = _quotes(number, scene, attributions, direct, spoken)
            quotes += sorted(found, key=lambda quote: quote.start)
        carried = (spoken[-1].speaker,) if spoken and not spoken[-1].quoted.closed else None
        before = None if scene.is_title else scene
    return tuple(quotes)


def _quotes(
    number: int, scene: Scene, attributions: list[Attribution], direct: DirectSpeech, spoken: list[Spoken]
) -> Iterator[Quote]:
    """The quotes of one paragraph: its direct speech, what is reported besides, and phrases that stand in neither."""
    taken = [(found.quoted.start, found.quoted.end) for found in spoken]
    used = {found.clause for found in spoken if found.clause is not None and found.before_clause}
    leading = {found.clause for found in spoken if found.clause is not None and not found.before_clause}
    for found in spoken:
        yield Quote(number, found.quoted.start, found.quoted.end, True, found.speaker)
    for statement in Statements(scene, attributions, taken, leading, used).found():
        taken.append((statement.start, statement.end))
        yield Quote(number, statement.start, statement.end, False, statement.speaker)
    taken.sort()
    reached = 0
    for found in direct.called():
        start, end = found.quoted.start, found.quoted.end
        while reached < len(taken) and taken[reached][1] <= start:
            reached += 1
        if reached == len(taken) or taken[reached][0] >= end:
            yield Quote(number, start, end, True, found.speaker)
