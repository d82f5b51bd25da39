"""The paths that someone gives, as articles: folders are walked, ids are made unique, and what can't be read is told."""

import os
import stat
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.article import Article
from index.errors import CorpusError

SUFFIXES = {".txt", ".md"}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the index, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles that were read, in the order of their ids, and the files that were not."""

    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...]


def read_corpus(paths: Iterable[Path], *, max_chars: int) -> Corpus:
    """Read every .txt and .md file at or below `paths`.

    An article's id is its file's stem, or the path relative to the folder that all files share where two have one stem.
    Raises CorpusError when a path is missing or no article can be read.
    """
    files = _files(paths)
    articles, skipped = [], []
    for id, path in sorted(_ids(files).items()):
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):  # reading a pipe or a device might never end
                raise ValueError("it is not a regular file")
            if status.st_size > 4 * max_chars:  # a character takes four bytes at the most
                raise ValueError(_too_long(max_chars))
            article = Article.parse(id, path.read_bytes(), suffix=path.suffix.lower())
            if len(article.text) > max_chars:
                raise ValueError(_too_long(max_chars))
            articles.append(article)
        except (ValueError, OSError) as error:
            reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
            skipped.append(Skipped(path, reason))
    if not articles:
        why = "; ".join(f"{s.path}: {s.reason}" for s in skipped[:3]) or "it holds no .txt or .md file"
        raise CorpusError(f"No article to index in {', '.join(map(str, paths))}: {why}.")
    return Corpus(tuple(articles), tuple(skipped))


def _too_long(max_chars: int) -> str:
    return f"it is longer than {max_chars:,} characters; split it, or raise FOOTNOTE_MAX_ARTICLE_CHARS"


def _files(paths: Iterable[Path]) -> list[Path]:
    files: dict[Path, None] = {}
    for path in paths:
        if not _exists(path):
            raise CorpusError(f"There is no file or folder {path} (looked for from {Path.cwd()}).")
        if path.is_dir():
            found = sorted(Path(root, name) for root, _, names in os.walk(path) for name in names)
            files |= dict.fromkeys(_resolved(f) for f in found if f.suffix.lower() in SUFFIXES)
        else:
            files[_resolved(path)] = None
    return list(files)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long, a folder that may not be entered
        return False


def _resolved(path: Path) -> Path:
    return Path(os.path.realpath(path))  # Path.resolve raises on a loop of links before Python 3.13


def _ids(files: list[Path]) -> dict[str, Path]:
    stems = Counter(f.stem for f in files)
    shared = Path(os.path.commonpath([f.parent for f in files])) if files else Path()
    relative = {f: f.relative_to(shared).as_posix() for f in files}
    alone = {f for f in files if stems[f.stem] == 1 and f.stem not in relative.values()}  # "a.txt.txt" beside "a.txt"
    # A name that isn't Unicode comes from the system with surrogates, which no JSON and no database takes.
    return {(f.stem if f in alone else relative[f]).encode("utf-8", "backslashreplace").decode(): f for f in files}
