"""The paths that someone gives, as articles: what can't be read is told, file by file, and never stops the others."""

import hashlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from index.article import Article
from index.article_file import Beside, lines, opened, read_beside, reason
from index.errors import CorpusError
from index.formats import text
from index.formats.draft import Draft, Limits, too_long
from index.formats.kinds import FileKind, check_beginning, kind_of, max_bytes
from index.formats.metadata import Unreadable
from index.parser_process import ParserProcess
from index.quarantine import Skipped
from index.walk import find_files, ids

__all__ = ["Corpus", "Known", "Skipped", "Source", "read_corpus"]

Known = Callable[[str, str], Article | None]
"""Given an id and a hash, the article that was once made of just these, so that it need not be made again."""

_TOLD = 20  # lines of a file of JSON lines that are named each; those beyond are counted


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article comes from: a file, or one of several objects in it."""

    path: Path
    kind: FileKind


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles that were read, in the order of their ids, and the files that were not.

    `sources` holds the file of each article by its id, `others` how many files of other kinds were left alone, by ending.
    """

    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...]
    sources: dict[str, Source] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)


def read_corpus(
    paths: Iterable[Path],
    *,
    max_chars: int,
    known: Known = lambda id, sha256: None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Corpus:
    """Read every article at or below `paths`; `progress` is called with how many files are read, and of how many.

    An article's id is its file's stem, or the path relative to the folder that all files share where two have one stem;
    that of a JSON object is its own. Raises CorpusError when a path is missing or no article can be read.
    """
    paths = list(paths)
    found = find_files(paths)
    limits = Limits(max_chars)
    single = ids(f for f in found.files if kind_of(f.name) not in ("json", "jsonl"))
    many = ids(f for f in found.files if kind_of(f.name) in ("json", "jsonl"))
    files = [*sorted(single.items()), *sorted(many.items())]
    late = time.monotonic() + 1  # what is done before needs no bar
    with ParserProcess(limits) as parser:
        reading = _Reading(parser, limits, known)
        for done, (id, path) in enumerate(files, 1):
            reading.take(id, path)
            if time.monotonic() > late:
                progress(done, len(files))
    skipped = tuple(sorted([*found.skipped, *reading.skipped], key=lambda s: os.fsencode(s.path)))
    if not reading.articles:
        why = "; ".join(f"{s.path}: {s.reason}" for s in skipped[:3]) or "it holds none that Footnote reads"
        raise CorpusError(f"No article to index in {', '.join(map(str, paths))}: {why}.")
    articles = tuple(article for _, article in sorted(reading.articles.items()))
    return Corpus(articles, skipped, reading.sources, found.others)


class _Reading:
    """The articles and the skipped files so far."""

    def __init__(self, parser: ParserProcess, limits: Limits, known: Known) -> None:
        self._parser, self._limits, self._known = parser, limits, known
        self.articles: dict[str, Article] = {}
        self.sources: dict[str, Source] = {}
        self.skipped: list[Skipped] = []

    def take(self, id: str, path: Path) -> None:
        """Read a file; what hinders that is told."""
        source = Source(path, kind_of(path.name))
        try:
            beside = read_beside(path)
            with opened(path, source.kind, self._limits.max_chars) as file:
                if source.kind == "jsonl":
                    self._take_lines(id, source, file, beside)
                else:
                    self._take_whole(id, source, file.read(max_bytes(source.kind, self._limits.max_chars)), beside)
        except (ValueError, OSError) as error:
            self.skipped.append(Skipped(path, reason(error)))

    def _take_whole(self, id: str, source: Source, content: bytes, beside: Beside) -> None:
        digest = hashlib.sha256(content + beside.mark).hexdigest()
        if source.kind != "json" and (held := self._known(id, digest)):
            self._keep(held, source)
            return
        if source.kind == "text":  # no one else's code reads it, so it needs no process of its own
            check_beginning("text", content)
            drafts: list[Draft | Unreadable] = [text.read(content)]
        else:
            drafts = self._parser.read(source.kind, content)
        for draft in drafts:
            try:
                self._make(id, source, draft, digest, beside)
            except Unreadable as why:
                self.skipped.append(Skipped(source.path, str(why)))

    def _take_lines(self, id: str, source: Source, file: BinaryIO, beside: Beside) -> None:
        failed = 0
        for number, line in lines(file, max_bytes("jsonl", self._limits.max_chars)):
            try:
                if line is None:
                    raise Unreadable(too_long(self._limits.max_chars))
                for draft in self._parser.read("jsonl", line):
                    self._make(id, source, draft, "", beside)
            except Unreadable as why:
                failed += 1
                if failed <= _TOLD:
                    self.skipped.append(Skipped(source.path, f"line {number:,}: {why}"))
        if failed > _TOLD:
            self.skipped.append(Skipped(source.path, f"and {failed - _TOLD:,} more of its lines can't be used"))

    def _make(self, file_id: str, source: Source, draft: Draft | Unreadable, digest: str, beside: Beside) -> None:
        """Make an article and keep it. Raises Unreadable."""
        if isinstance(draft, Unreadable):
            raise draft
        id, stated = file_id, beside.metadata
        if draft.sha256:  # one of many: it knows more of itself than what was written for all
            id, stated = draft.id or f"{file_id}-{draft.sha256[:8]}", draft.metadata.over(stated)
            digest = hashlib.sha256(draft.sha256.encode() + beside.mark).hexdigest()
        if sum(len(block.text) for block in draft.blocks) > 2 * self._limits.max_chars:  # cleaning may drop some, not half
            raise Unreadable(too_long(self._limits.max_chars))
        if id in self.articles:
            raise Unreadable(f"its id '{id}' is that of another article, in {self.sources[id].path.name}")
        article = self._known(id, digest) or Article.from_draft(id, draft, sha256=digest, stated=stated)
        self._keep(article, source)

    def _keep(self, article: Article, source: Source) -> None:
        if len(article.text) > self._limits.max_chars:
            raise Unreadable(too_long(self._limits.max_chars))
        self.articles[article.id] = article
        self.sources[article.id] = source
