"""Articles into a segment.

A segment holds vocabularies (`words` for titles and bodies, `urls`, `sources`), for each field the postings of every
term of its vocabulary (`tui.index.postings`), which surfaces share a stem (`forms`), and a column for each thing
that is asked of a document: `number`, `day`, `language`, `source_of`, `entity_start` and `entities`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.article import Article
from tui.folding import fold
from tui.index.arrays import ArrayFileWriter
from tui.index.batch import BatchTokenizer
from tui.index.encoding import PostingsWriter, Sink
from tui.index.layout import PARAGRAPH_GAP as PARAGRAPH_GAP
from tui.index.layout import VOCABULARIES as VOCABULARIES
from tui.index.layout import describe
from tui.index.layout import terms_of as terms_of
from tui.index.lengths import length_classes, length_values
from tui.index.prefixes import Prefixes
from tui.index.stems import DEFAULT_LANGUAGE, Stemmer
from tui.index.terms import head, pack, term_arrays

_BATCH = 600_000
"""Characters that are tokenised at once."""
_PIECE = 400_000
"""Words whose postings are written at once."""
_MOST_SURFACES = {"words": 200_000, "urls": 40_000}
"""Words that a tokenizer remembers from one segment to the next, before it forgets them all: every address has new
ones."""
_MOST_DOCUMENTS = 1 << 20
_MOST_POSITION = (1 << 20) - 1
_TERM, _DOCUMENT = np.uint64(40), np.uint64(20)
_POSITION_BITS = np.uint64(_MOST_POSITION)


class _Words:
    """The words of one field, eight bytes each: term, document and position, so that sorting them is all there is.

    A position that its twenty bits don't hold stands in a list of its own, which is sorted alike.
    """

    def __init__(self, capacity: int) -> None:
        self._keys: NDArray[np.uint64] = np.empty(capacity, np.uint64)  # takes memory as it is filled
        self.count = 0
        self._far: list[NDArray[np.uint64]] = []
        self._lengths: list[NDArray[np.uint32]] = []

    def add(
        self, terms: NDArray[Any], docs: NDArray[Any], positions: NDArray[Any], lengths: NDArray[np.uint32]
    ) -> None:
        """Take words in; documents in order."""
        end = self.count + len(terms)
        if end > len(self._keys):
            self._keys = np.concatenate([self._keys[: self.count], np.empty(end, np.uint64)])
        keys = self._keys[self.count : end]
        np.left_shift(terms, _TERM, out=keys, dtype=np.uint64)
        keys |= docs.astype(np.uint64) << _DOCUMENT
        if len(positions) and int(positions.max()) >= _MOST_POSITION:
            far = positions >= _MOST_POSITION
            self._far.append(np.stack([keys[far], positions[far].astype(np.uint64)]))
            positions = np.minimum(positions, _MOST_POSITION)
        keys |= positions.astype(np.uint64)
        self.count = end
        self._lengths.append(lengths)

    def lengths(self) -> NDArray[np.uint32]:
        return np.concatenate([np.zeros(0, np.uint32), *self._lengths])

    def used(self, there: NDArray[np.bool_]) -> None:
        """Set the flag of every term that stands here."""
        for low in range(0, self.count, _PIECE):
            there[(self._keys[low : min(low + _PIECE, self.count)] >> _TERM).astype(np.int64)] = True

    def sort(self, rank: NDArray[np.uint64]) -> None:
        """Give terms their new numbers and sort by them."""
        low_bits = (np.uint64(1) << _TERM) - np.uint64(1)
        for low in range(0, self.count, _PIECE):
            keys = self._keys[low : min(low + _PIECE, self.count)]
            keys[:] = (rank[(keys >> _TERM).astype(np.int64)] << _TERM) | (keys & low_bits)
        self._keys[: self.count].sort()
        if self._far:
            keys, positions = np.concatenate(self._far, axis=1)
            keys = (rank[(keys >> _TERM).astype(np.int64)] << _TERM) | (keys & low_bits)
            self._far_positions = positions[np.lexsort((positions, keys))]

    def _edges(self, terms: int) -> Iterator[tuple[int, int]]:
        """Ranges of terms with about `_PIECE` words each."""
        low = 0
        keys = self._keys[: self.count]
        while low < terms:
            place = int(np.searchsorted(keys, np.uint64(low) << _TERM)) + _PIECE
            high = terms if place >= self.count else max(int(keys[place] >> _TERM), low + 1)
            yield low, high
            low = high

    def between(self, low: int, high: int) -> NDArray[np.uint64]:
        """The words of terms `[low, high)`, after `sort`."""
        begin, end = np.searchsorted(
            self._keys[: self.count], np.array([low, high], np.uint64) << _TERM
        ).tolist()
        return self._keys[begin:end]

    def documents(self, low: int, high: int) -> NDArray[np.int64]:
        """The documents of terms `[low, high)`, some more than once."""
        return ((self.between(low, high) >> _DOCUMENT) & _POSITION_BITS).astype(np.int64)

    def write(self, writer: PostingsWriter, terms: int) -> NDArray[np.int64]:
        """Write all postings; how many the terms before each have, shape (terms + 1,)."""
        counted = [np.zeros(1, np.int64)]
        far = 0
        for low, high in self._edges(terms):
            keys = self.between(low, high)
            pairs = keys >> _DOCUMENT
            first = np.ones(len(keys), bool)
            np.not_equal(pairs[1:], pairs[:-1], out=first[1:])
            starts = np.flatnonzero(first)
            pairs = pairs[starts]
            positions = (keys & _POSITION_BITS).astype(np.uint32)
            if self._far:
                wide = np.flatnonzero(positions == _MOST_POSITION)
                positions[wide] = self._far_positions[far : far + len(wide)]
                far += len(wide)
            docs = (pairs & _POSITION_BITS).astype(np.int64)
            which = (pairs >> _DOCUMENT).astype(np.int64) - low
            counts = np.bincount(which, minlength=high - low)
            writer.append(counts, docs, np.diff(starts, append=len(keys)), positions)
            counted.append(counts)
        return np.cumsum(np.concatenate(counted))


class SegmentBuilder:
    """Gathers articles, then writes them as a segment; again and again.

    Args:
        stemmer: says which words go together.
        most: words that it will hold about; see `is_full`.
    """

    def __init__(self, stemmer: Stemmer, most: int) -> None:
        self._stemmer = stemmer
        self._most = most
        self._tokenizers = {"words": BatchTokenizer(), "urls": BatchTokenizer()}
        self._begin()

    def _begin(self) -> None:
        self._words = {
            "title": _Words(self._most // 8),
            "body": _Words(self._most),
            "url": _Words(self._most // 8),
        }
        self._day: list[int] = []
        self._languages: dict[str, int] = {}
        self._language: list[int] = []
        self._sources: dict[str, int] = {}
        self._source: list[int] = []
        self._entities: list[NDArray[np.uint32]] = []
        self._seen: dict[str, NDArray[np.bool_]] = {}
        self.numbers: list[int] = []
        """The articles taken so far."""
        for vocabulary, tokenizer in self._tokenizers.items():
            if len(tokenizer.surfaces) > _MOST_SURFACES[vocabulary]:
                tokenizer.clear()

    def forget(self) -> None:
        """Let go of the words that are remembered from segment to segment; nothing may be gathered."""
        for tokenizer in self._tokenizers.values():
            tokenizer.clear()

    @property
    def is_full(self) -> bool:
        """Whether it holds so much that it should be written."""
        return (
            sum(words.count for words in self._words.values()) >= self._most
            or len(self.numbers) >= _MOST_DOCUMENTS // 2
        )

    def add(
        self, articles: Mapping[int, Article], entities: Mapping[int, NDArray[np.uint32]] | None = None
    ) -> None:
        """Take articles in, with the numbers of the entities that each names."""
        named = entities or {}
        nothing = np.zeros(0, np.uint32)
        batch: list[Article] = []
        size = 0
        for number, article in articles.items():
            self.numbers.append(number)
            self._entities.append(np.asarray(named.get(number, nothing), np.uint32))
            batch.append(article)
            size += sum(map(len, article.paragraphs))
            if size >= _BATCH:
                self._add(batch)
                batch, size = [], 0
        if batch:
            self._add(batch)

    def _add(self, batch: Sequence[Article]) -> None:
        self._day += [article.date.toordinal() if article.date else 0 for article in batch]
        codes = [
            self._languages.setdefault(article.language or "", len(self._languages)) for article in batch
        ]
        self._language += codes
        for article in batch:
            folded = fold(article.source).replace("\n", " ") if article.source else ""
            self._source.append(self._sources.setdefault(folded, len(self._sources)) + 1 if folded else 0)
        languages = np.array(codes)
        self._tokenize("words", "title", [(article.title,) for article in batch], languages)
        self._tokenize("words", "body", [article.paragraphs for article in batch], languages)
        self._tokenize("urls", "url", [(article.url,) if article.url else () for article in batch], languages)

    def _tokenize(
        self, vocabulary: str, field: str, texts: Sequence[Sequence[str]], languages: NDArray[np.int64]
    ) -> None:
        tokenizer, words = self._tokenizers[vocabulary], self._words[field]
        base = len(self._day) - len(texts)
        tokens = tokenizer.tokenize(texts, PARAGRAPH_GAP)
        words.add(tokens.terms, tokens.docs + np.uint32(base), tokens.positions, tokens.lengths)
        if vocabulary != "words":
            return
        for code in np.unique(languages).tolist():
            mine = languages == code
            terms = tokens.terms if mine.all() else tokens.terms[mine[tokens.docs]]
            self._see(next(name for name, number in self._languages.items() if number == code), terms)

    def _see(self, language: str, terms: NDArray[np.uint32]) -> None:
        language = language or DEFAULT_LANGUAGE
        count = len(self._tokenizers["words"].surfaces)
        seen = self._seen.get(language)
        if seen is None or len(seen) < count:
            grown = np.zeros(count + count // 2, bool)
            if seen is not None:
                grown[: len(seen)] = seen
            seen = self._seen[language] = grown
        seen[terms] = True

    def write(self, path: Path) -> int:
        """Write what was gathered as a segment's file, and begin anew; how many articles it has.

        Raises OSError (a full disk); then there is no file.
        """
        documents = len(self.numbers)
        with ArrayFileWriter(path) as file:
            totals: dict[str, float] = {}
            self._write_columns(file)
            for vocabulary, tokenizer in self._tokenizers.items():
                fields = VOCABULARIES[vocabulary]
                used = np.zeros(len(tokenizer.surfaces), bool)
                for field in fields:
                    self._words[field].used(used)
                numbers = np.flatnonzero(used).tolist()
                numbers.sort(key=tokenizer.surfaces.__getitem__)
                ordered = [tokenizer.surfaces[number] for number in numbers]
                rank = np.zeros(len(used), np.uint64)
                rank[numbers] = np.arange(len(numbers), dtype=np.uint64)
                text, start = pack(ordered)
                _append(file, term_arrays(vocabulary, text, start))
                prefixes = Prefixes()
                prefixes.add(text, start)
                for field in fields:
                    totals[field] = self._write_field(file, field, rank, len(ordered), prefixes)
                if vocabulary == "words":
                    _append(file, self._forms(ordered, rank))
            totals["source"] = self._write_sources(file)
            file.close(describe(documents, list(self._languages), totals))
        self._begin()
        return documents

    def _write_columns(self, sink: Sink) -> None:
        entity_start = np.zeros(len(self._entities) + 1, np.uint32)
        np.cumsum([len(entities) for entities in self._entities], out=entity_start[1:])
        sink.append("number", np.array(self.numbers, np.uint32))
        sink.append("day", np.array(self._day, np.int32))
        sink.append("language", np.array(self._language, np.uint16))
        sink.append("entity_start", entity_start)
        sink.append("entities", np.concatenate([np.zeros(0, np.uint32), *self._entities]))

    def _write_field(
        self, sink: Sink, field: str, rank: NDArray[np.uint64], terms: int, prefixes: Prefixes
    ) -> float:
        """Write the postings of a field; the sum of its lengths."""
        words = self._words[field]
        words.sort(rank)
        classes = length_classes(field, words.lengths())
        writer = PostingsWriter(field, len(classes), classes, sink)
        ends = words.write(writer, terms)
        for prefix, low, high in prefixes.shared(ends, len(classes)):
            writer.add_prefix(prefix, words.documents(low, high))
        writer.finish()
        return float(length_values(field)[classes].sum())

    def _write_sources(self, sink: Sink) -> float:
        ordered = sorted(self._sources)
        rank = np.zeros(len(ordered) + 1, np.int64)
        rank[[self._sources[name] + 1 for name in ordered]] = np.arange(1, len(ordered) + 1)
        source_of = rank[np.array(self._source, np.int64)]
        text, start = pack(ordered)
        _append(sink, term_arrays("sources", text, start))
        sink.append("source_of", source_of.astype(np.uint32))
        classes = length_classes("source", (source_of > 0).astype(np.uint32))
        writer = PostingsWriter("source", len(classes), classes, sink, positions=False)
        docs = np.argsort(source_of, kind="stable")[int((source_of == 0).sum()) :]
        counts = np.bincount(source_of, minlength=len(ordered) + 1)[1:]
        writer.append(counts, docs, np.ones(len(docs), np.int64), docs[:0])
        ends = np.concatenate([[0], np.cumsum(counts)])
        prefixes = Prefixes()
        prefixes.add(text, start)
        for prefix, low, high in prefixes.shared(ends, len(classes)):
            writer.add_prefix(prefix, docs[ends[low] : ends[high]])
        writer.finish()
        return float(length_values("source")[classes].sum())

    def _forms(self, ordered: Sequence[str], rank: NDArray[np.uint64]) -> Mapping[str, NDArray[Any]]:
        """`language TAB stem` → the numbers of its surfaces."""
        groups: dict[str, list[int]] = {}
        for language, seen in sorted(self._seen.items()):
            numbers = np.sort(rank[np.flatnonzero(seen)]).tolist()
            stems = self._stemmer.stems([ordered[number] for number in numbers], language)
            for number, stem in zip(numbers, stems, strict=True):
                groups.setdefault(f"{language}\t{stem}", []).append(number)
        keys = sorted(groups)
        text, key_start = pack(keys)
        members = [groups[key] for key in keys]
        start = np.zeros(len(keys) + 1, np.uint32)
        np.cumsum(np.fromiter(map(len, members), np.uint32, len(members)), out=start[1:])
        terms = np.fromiter((number for member in members for number in member), np.uint32, int(start[-1]))
        return {
            "forms.text": text,
            "forms.key_start": key_start,
            "forms.head": head(text, key_start),
            "forms.start": start,
            "forms.terms": terms,
        }


def _append(sink: Sink, arrays: Mapping[str, NDArray[Any]]) -> None:
    for name, values in arrays.items():
        sink.append(name, values)
