"""Quotes: who said what in an article, from the patterns of reporting verbs.

`quotation` finds the pairs of marks and the sentences, `reporting` holds the verbs, `speakers` finds their subjects,
`clauses` puts subject and verb together; here what was said is found around them. In doubt nobody is named: a wrong
speaker does more harm than a missing one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tui.article import TITLE, Article, Mention, Quote
from tui.entities import reporting
from tui.entities.clauses import Clause, Scene, clauses_of
from tui.entities.quotation import Quoted, Sentences, quoted_in
from tui.entities.speakers import Names, People, Speaker, only_one

_LONGEST_STATEMENT = 1000
"""Characters of indirect speech: nobody reports more in a sentence, but hostile text may seem to."""
_THAT_REACH = 90
_SHORTEST = 2
"""Words of a statement."""
_FEWEST_SPEECH = 4
"""Words in quotation marks that are speech though nobody is said to have spoken them."""
_BEFORE_CLAUSE = re.compile(r"[\s,–—-]*")
_LEADS_IN = re.compile(r"[^.!?;\"“”«»]{0,120}[:,]\s*|\s*(?:that\s*)?")
_CALLS = re.compile(r"[^.!?;:\"“”«»]{0,80}?\s")
_AFTER_CLAUSE = re.compile(r"[^\"“”«»„]{0,200}")
_WORD = re.compile(r"\w+")
_ENDS_SPEECH = re.compile(r"[.,?!…—–-][’']?$")
_TERMINAL = re.compile(r"[\s.,;:!?…–—-]+$")
_HEADLINE_COLON = re.compile(r"\s*[:–—-]\s*")
_VERB_HINT = re.compile(r"[\"“”„«»‘’']|sa(?:id|ys?)\b|told|tells|according")


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
    return tuple(_Reader(article, names).quotes())


class _Reader:
    """Reads an article's paragraphs in order, and remembers who spoke last."""

    def __init__(self, article: Article, names: dict[int, Names]) -> None:
        self._article = article
        self._names = names
        self._people = People(article, names)
        self._ordered: bool | None = None
        self._carried: tuple[Mention | None] | None = None
        """The speaker of a quote that the paragraph before left open."""
        self._before: Scene | None = None

    def quotes(self) -> Iterator[Quote]:
        """All quotes of the article."""
        nobody = Names(())
        for number in range(TITLE, len(self._article.paragraphs)):
            text = self._article.text_of(number)
            names = self._names.get(number, nobody)
            scene = Scene(text, names, Sentences(text), quoted_in(text))
            yield from _Paragraph(self, number, scene).quotes()
            self._before = scene if number != TITLE else None

    def carried(self, scene: Scene) -> tuple[Mention | None] | None:
        """The speaker of the quote that goes on in this paragraph, in a tuple; None where none does."""
        goes_on = scene.quoted and not scene.text[: scene.quoted[0].opening].strip()
        return self._carried if goes_on else None

    def carry(self, speaker: tuple[Mention | None] | None) -> None:
        """Remember the speaker of a quote that the paragraph leaves open."""
        self._carried = speaker

    def fits(self, mention: Mention, pronoun: str) -> bool:
        """See `People.fits`."""
        return self._people.fits(mention, pronoun)

    def from_paragraph_before(self, pronoun: str) -> Mention | None:
        """Whom the first pronoun of a paragraph stands for: the only one whom the last sentence before names."""
        if self._before is None or not self._is_ordered():
            return None
        last = self._before.sentences.starts[-1]
        named = self._before.names.within(last, len(self._before.text))
        return only_one([mention for mention in named if self.fits(mention, pronoun)])

    def _is_ordered(self) -> bool:
        if self._ordered is None:
            self._ordered = self._people.is_ordered()
        return self._ordered


class _Paragraph:
    """Finds the quotes of one paragraph."""

    def __init__(self, reader: _Reader, number: int, scene: Scene) -> None:
        self._reader = reader
        self._number = number
        self._scene = scene
        self._clauses = clauses_of(scene)
        self._spoken: list[tuple[int, Mention]] = []
        """Where somebody spoke, and who, in order."""
        self._found: list[Quote] = []

    def quotes(self) -> list[Quote]:
        """Its quotes, in order."""
        scene = self._scene
        if not self._clauses and not scene.quoted:
            self._reader.carry(None)
            return []
        speakers = self._resolved()
        self._direct(speakers)
        taken = sorted((quote.start, quote.end) for quote in self._found)
        self._indirect(speakers, taken)
        self._called(speakers)
        self._found.sort(key=lambda quote: quote.start)
        return self._found

    # Who

    def _resolved(self) -> list[Mention | None]:
        """The speaker of each clause."""
        speakers: list[Mention | None] = []
        for index, clause in enumerate(self._clauses):
            speaker = clause.speaker.mention
            if clause.follows_on:
                speaker = self._sentence_subject(index, speakers)
            elif clause.speaker.pronoun is not None:
                speaker = self._antecedent(clause.speaker)
            speakers.append(speaker)
            if speaker is not None:
                self._spoken.append((clause.start, speaker))
        return speakers

    def _sentence_subject(self, index: int, speakers: list[Mention | None]) -> Mention | None:
        """Who goes on in `and warned`, `adding`: who spoke before in the sentence, else its only subject."""
        clause = self._clauses[index]
        opening = self._scene.sentences.start_of(clause.start)
        if index and self._clauses[index - 1].start >= opening:
            return speakers[index - 1]
        if clause.verb in reporting.ADDING:
            return None
        named = [
            mention
            for mention in self._scene.names.within(opening, clause.start)
            if mention.type == "person" and self._is_subject(mention, opening)
        ]
        return named[0] if len(named) == 1 else None

    def _is_subject(self, mention: Mention, opening: int) -> bool:
        """Whether a name can be its sentence's subject: no preposition before it, no possessive behind."""
        text = self._scene.text
        words = text[max(opening, mention.start - 60) : mention.start].split()
        while words and words[-1].lower().rstrip(".") in reporting.HONORIFICS:
            words.pop()
        if words and words[-1].lower() in reporting.PREPOSITIONS:
            return False
        if (
            words
            and not words[-1].endswith(",")
            and words[-1][0].islower()
            and words[-1] not in ("when", "as", "but")
        ):
            return False
        following = text[mention.end : mention.end + 1]
        return following == " " or following == ","

    def _antecedent(self, speaker: Speaker) -> Mention | None:
        """Whom a pronoun stands for, where that is plain."""
        pronoun = speaker.pronoun or ""
        scene, position = self._scene, speaker.start
        opening = scene.sentences.start_of(position)
        before = scene.sentences.start_of(opening - 1) if opening else 0
        if self._spoken:
            where, last = self._spoken[-1]
            others = [
                mention
                for mention in scene.names.within(where, position)
                if mention != last and self._reader.fits(mention, pronoun)
            ]
            if self._reader.fits(last, pronoun) and (where >= before or only_one([*others, last])):
                return last
        for start, end in ((opening, position), (before, opening)):
            named = [
                mention for mention in scene.names.within(start, end) if self._reader.fits(mention, pronoun)
            ]
            if named:
                return only_one(named)
        if before > 0 or self._spoken:
            return None
        return self._reader.from_paragraph_before(pronoun) if opening == 0 else None

    # Direct speech

    def _direct(self, speakers: list[Mention | None]) -> None:
        carried = self._reader.carried(self._scene)
        self._reader.carry(None)
        last: tuple[Quoted, int, Mention | None] | None = None
        """The speech before, where it and its clause end, and its speaker."""
        index = 0
        for quoted in self._scene.quoted:
            while index < len(self._clauses) and self._clauses[index].start < quoted.opening:
                index += 1
            attributed = self._attributed(quoted, index, speakers, last, carried)
            carried = None
            if attributed is None:
                if self._is_speech(quoted):
                    self._add(quoted, None)
                    last = (quoted, quoted.closing, None)
                if not quoted.closed and self._is_speech(quoted):
                    self._reader.carry((None,))
                continue
            end, speaker = attributed
            self._add(quoted, speaker)
            last = (quoted, end, speaker)
            if not quoted.closed:
                self._reader.carry((speaker,))

    def _add(self, quoted: Quoted, speaker: Mention | None) -> None:
        self._found.append(Quote(self._number, quoted.start, quoted.end, True, speaker))

    def _attributed(
        self,
        quoted: Quoted,
        index: int,
        speakers: list[Mention | None],
        last: tuple[Quoted, int, Mention | None] | None,
        carried: tuple[Mention | None] | None,
    ) -> tuple[int, Mention | None] | None:
        """Where the words of a quote and its clause end, and who spoke; None where nobody is said to have spoken.

        `index` is the first clause behind the opening mark.
        """
        text = self._scene.text
        following = index
        while following < len(self._clauses) and self._clauses[following].start < quoted.closing:
            following += 1
        if carried is not None:
            return quoted.closing, carried[0]
        if following < len(self._clauses) and quoted.closed:
            clause = self._clauses[following]
            is_next = _BEFORE_CLAUSE.match(text, quoted.closing)
            near = is_next is not None and is_next.end() >= self._subject_begins(clause, quoted.closing)
            if near and clause.verb not in reporting.CALLING and self._ends_like_speech(quoted, clause):
                return clause.end, speakers[following]
        if index:
            clause = self._clauses[index - 1]
            leads_in = self._leads_in(clause, quoted)
            if leads_in:
                return quoted.closing, speakers[index - 1]
        if last is not None and self._goes_on(quoted, last):
            return quoted.closing, last[2]
        return self._colon(quoted)

    def _subject_begins(self, clause: Clause, after: int) -> int:
        """Where a clause begins with the titles and roles before its subject: `Kremlin spokesman Dmitry Peskov`."""
        between = self._scene.text[after : clause.start]
        words = between.strip(" ,–—-")
        if len(words) <= 60 and not re.search(r"[.,;:!?\"“”]", words):
            return after
        return clause.start

    def _ends_like_speech(self, quoted: Quoted, clause: Clause) -> bool:
        """Whether a quote before a clause is what it reports, not a phrase of the newspaper's own sentence."""
        text = self._scene.text
        if (
            _ENDS_SPEECH.search(text[quoted.end - 2 : quoted.end])
            or text[quoted.closing : quoted.closing + 1] == ","
        ):
            return True
        whole = self._scene.sentences.begins_at(quoted.opening) or not text[: quoted.opening].strip()
        return whole or clause.inverted

    def _leads_in(self, clause: Clause, quoted: Quoted) -> bool:
        """Whether a clause before a quote says who speaks: `Pugh said: "…`, `Peskov told reporters, "…`."""
        if clause.inverted and clause.verb != "according to" or clause.verb in reporting.CALLING:
            return False
        if self._scene.sentences.start_of(clause.start) != self._scene.sentences.start_of(quoted.opening):
            return False
        text = self._scene.text
        between = _LEADS_IN.fullmatch(text, clause.end, quoted.opening)
        if between is None:
            return False
        words = between.group().strip()
        if words.endswith(":"):
            return True
        if words.endswith(",") and len(words) > 1:
            rest = text[clause.end : quoted.opening]
            adverbial = reporting.ADVERBIALS.match(rest)
            if adverbial is None or adverbial.end() < len(rest.rstrip()):
                return False
        # `said that "nothing" was signed` reports a sentence, of which a word is quoted.
        return _ends_sentence(text, quoted)

    def _goes_on(self, quoted: Quoted, last: tuple[Quoted, int, Mention | None]) -> bool:
        """Whether a quote goes on with the speech before it: `"A," said X, "b." "C."`"""
        text = self._scene.text
        before, clause_end, speaker = last
        if not text[before.closing : quoted.opening].strip():
            return True
        between = _AFTER_CLAUSE.fullmatch(text, clause_end, quoted.opening)
        if between is None:
            return False
        rest = between.group().strip()
        if clause_end > before.closing and rest in (
            "",
            ",",
            ".",
            ":",
            ";",
            "–",
            "—",
            "-",
            ", and",
            ", adding",
            ", but",
        ):
            return True
        sentences = self._scene.sentences
        if not sentences.begins_at(quoted.opening) or not _ENDS_SPEECH.search(
            text[quoted.end - 1 : quoted.end]
        ):
            return False
        if clause_end > before.closing and sentences.end_of(clause_end - 1) == quoted.opening:
            return True
        others = self._scene.names.within(clause_end, quoted.opening)
        return speaker is not None and not any(
            mention.type == "person" and mention.text != speaker.text for mention in others
        )

    def _colon(self, quoted: Quoted) -> tuple[int, Mention | None] | None:
        """`Dent: "I shall miss the noise."`: a name, a colon, and words."""
        text = self._scene.text
        start = self._scene.sentences.start_of(quoted.opening)
        for mention in self._scene.names.within(start, quoted.opening):
            if mention.end > quoted.opening:
                break
            rest = text[mention.end : quoted.opening]
            if mention.type == "person" and rest.strip() == ":" and len(text[start : mention.start]) < 40:
                return quoted.closing, mention
        if self._number == TITLE and quoted.closed:
            dash = _HEADLINE_COLON.match(text, quoted.closing)
            mention_after = self._scene.names.starting_at(dash.end()) if dash else None
            if (
                mention_after is not None
                and mention_after.type == "person"
                and mention_after.end == len(text)
            ):
                return quoted.closing, mention_after
        return None

    def _is_speech(self, quoted: Quoted) -> bool:
        """Whether words in marks are a sentence that somebody spoke, though nobody says who."""
        text = self._scene.text
        first = text[quoted.start]
        if self._number == TITLE or not (first.isupper() or first in "…‘'["):
            return False
        if not _ENDS_SPEECH.search(text[quoted.end - 2 : quoted.end]) and quoted.closed:
            return False
        begins = self._scene.sentences.begins_at(quoted.opening) or not text[: quoted.opening].strip()
        return (
            begins
            and len(_WORD.findall(text, quoted.start, min(quoted.end, quoted.start + 200))) >= _FEWEST_SPEECH
        )

    # Indirect speech

    def _indirect(self, speakers: list[Mention | None], taken: list[tuple[int, int]]) -> None:
        reached = 0
        for clause, speaker in zip(self._clauses, speakers, strict=True):
            if clause.verb in reporting.UTTERING or clause.verb in reporting.CALLING:
                continue
            span = self._statement(clause)
            if span is None:
                continue
            start, end = self._without(max(span[0], reached), span[1], clause, taken)
            if end - start < 3 or len(_WORD.findall(self._scene.text, start, end)) < _SHORTEST:
                continue
            if speaker is None and clause.follows_on:
                continue
            self._found.append(Quote(self._number, start, end, False, speaker))
            reached = end

    def _without(self, start: int, end: int, clause: Clause, taken: list[tuple[int, int]]) -> tuple[int, int]:
        """What is left of a statement beside direct speech."""
        for taken_start, taken_end in taken:
            if taken_start < end and taken_end > start:
                if start >= clause.end and taken_start - 1 > start:
                    end = _trimmed(self._scene.text, start, taken_start - 1)
                else:
                    return start, start
        return start, end

    def _statement(self, clause: Clause) -> tuple[int, int] | None:
        """The span of what a clause reports indirectly."""
        sentences, text = self._scene.sentences, self._scene.text
        opening, ending = (
            sentences.start_of(clause.start),
            sentences.end_of(max(clause.end - 1, clause.start)),
        )
        if clause.verb == "according to":
            return self._accorded(clause, opening, ending)
        if not clause.inverted:
            start = self._statement_start(clause, ending)
            if start is not None:
                return self._ended(start, ending)
            if clause.follows_on:
                return None
        return self._statement_before(clause, opening, ending) if _closes(text, clause.end, ending) else None

    def _statement_start(self, clause: Clause, ending: int) -> int | None:
        """Where a statement behind its clause begins."""
        text = self._scene.text
        adverbials = reporting.ADVERBIALS.match(text, clause.end, ending)
        end = adverbials.end() if adverbials else clause.end
        that = reporting.THAT.match(text, end) or reporting.THAT.match(text, clause.end)
        if that is None and adverbials is None:
            that = reporting.THAT.search(text, clause.end, min(ending, clause.end + _THAT_REACH))
            if that is not None and not _is_adverbial(text[clause.end : that.start()]):
                that = None
        if that is not None:
            return that.end() + 1
        heard = (
            clause.verb in reporting.TELLING
            and text[clause.end - 1].isalnum()
            and clause.end > clause.speaker.end + 6
        )
        if clause.verb not in reporting.SAYING and not heard:
            return None
        if text[end : end + 1] == ":":
            end += 1
        if not text.startswith(" ", end) or reporting.NO_STATEMENT.match(text, end):
            return None
        return end + 1

    def _statement_before(self, clause: Clause, opening: int, ending: int) -> tuple[int, int] | None:
        """A statement before its clause, a comma between: `The brakes could fail, said Moura.`"""
        text = self._scene.text
        start = self._role_start(clause, opening)
        comma = start
        while comma > opening and text[comma - 1].isspace():
            comma -= 1
        if comma - 1 <= opening or text[comma - 1] not in ",–—":
            return None
        return _within_limit(opening, _trimmed(text, opening, comma - 1))

    def _role_start(self, clause: Clause, opening: int) -> int:
        """Where a clause begins, the roles and titles before its subject included."""
        before = self._scene.text[max(opening, clause.start - 60) : clause.start]
        comma = max(before.rfind(","), before.rfind("—"), before.rfind("–"))
        return clause.start - len(before) + comma + 1 if comma >= 0 else clause.start

    def _accorded(self, clause: Clause, opening: int, ending: int) -> tuple[int, int] | None:
        text = self._scene.text
        if clause.start == opening:
            comma = text.find(",", clause.end, min(ending, clause.end + 150))
            if comma < 0:
                return None
            return self._ended(comma + 1, ending)
        if not _closes(text, clause.end, ending) and text[clause.end : clause.end + 1] != ",":
            return None
        return _within_limit(opening, _trimmed(text, opening, clause.start))

    def _ended(self, start: int, ending: int) -> tuple[int, int] | None:
        """A statement up to where it ends within its sentence."""
        text = self._scene.text
        while start < ending and text[start].isspace():
            start += 1
        if ending - start > _LONGEST_STATEMENT:
            return None
        turning = reporting.TURNING.search(text, start, ending)
        end = turning.start() if turning else ending
        for clause in self._clauses:
            if start < clause.start < end and clause.speaker.mention is not None:
                comma = text.rfind(",", start, clause.start)
                if comma > start and text[comma + 1 : clause.start].strip() in (
                    "and",
                    "but",
                    "while",
                    "and Mr",
                    "but Mr",
                ):
                    end = comma
        return start, _trimmed(text, start, end)

    # Phrases

    def _called(self, speakers: list[Mention | None]) -> None:
        """`Reyes called the result "a beautiful piece of work"`."""
        for quoted in self._scene.quoted:
            if not quoted.closed or any(
                quote.start < quoted.end and quoted.start < quote.end for quote in self._found
            ):
                continue
            for clause, speaker in zip(self._clauses, speakers, strict=True):
                if (
                    clause.verb not in reporting.CALLING
                    or not clause.end <= quoted.opening
                    or speaker is None
                ):
                    continue
                near = _CALLS.fullmatch(self._scene.text, clause.end, quoted.opening)
                if near and len(_WORD.findall(self._scene.text, quoted.start, quoted.end)) >= _SHORTEST:
                    self._add(quoted, speaker)
                    break


def _is_adverbial(text: str) -> bool:
    """Whether words between a verb and `that` say when, where or to whom."""
    words = text.split()
    return (
        bool(words)
        and words[0].lower() in reporting.PREPOSITIONS
        and not any(mark in text for mark in '.;:"“”')
    )


def _closes(text: str, end: int, ending: int) -> bool:
    """Whether nothing but when and where follows a clause in its sentence."""
    adverbials = reporting.ADVERBIALS.match(text, end, ending)
    rest = text[adverbials.end() if adverbials else end : ending].strip()
    if not rest or rest[0] in '.,;:!?)"”»–—':
        return True
    words = rest.split(None, 1)
    return words[0].lower() in reporting.PREPOSITIONS and " that " not in rest


def _ends_sentence(text: str, quoted: Quoted) -> bool:
    """Whether nothing of a sentence is left behind a quote."""
    rest = text[quoted.closing : quoted.closing + 3].strip()
    return not rest or rest[0] in ".,;:!?)" or (text[quoted.end - 1] in ".!?…" and not rest[0].islower())


def _trimmed(text: str, start: int, end: int) -> int:
    """The end without marks and blanks; a quotation mark stays where its other half is within."""
    match = _TERMINAL.search(text, max(start, end - 12), end)
    return match.start() if match else end


def _within_limit(start: int, end: int) -> tuple[int, int] | None:
    return (start, end) if end - start <= _LONGEST_STATEMENT else None
