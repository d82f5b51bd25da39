"""A published index: what it was made of, and its parts, opened."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Self

from index.article import Article
from index.bm25 import BM25
from index.errors import IndexDamaged, IndexMismatch
from index.passages import Passage
from index.store import Store

FORMAT = 3
"""Of the manifest and what lies beside it: raise it when an older program couldn't read them."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of and how: `recipe` must be that of the present settings for it to be used."""

    recipe: dict[str, Any]
    articles: tuple[dict[str, Any], ...]
    """Article records, with `passages` (how many), `content` (a hash of passage ids and texts), `sketch` and `voice`
    (see `index.duplicates`)."""
    sentences: int
    created: str
    dead: int = 0
    """Vectors that were removed since it was last made afresh, and still lie in Chroma's files."""
    format: int = FORMAT
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def passage_ids(self) -> list[str]:
        """All passages, in the order that BM25 counts them."""
        return passage_ids(self.articles)

    def to_json(self) -> str:
        """As one line of JSON."""
        return json.dumps({field.name: getattr(self, field.name) for field in fields(self)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str, where: str) -> Self:
        """Read what `to_json` gave. Raises IndexDamaged, which names `where` it stood."""
        try:
            data = json.loads(text)
            if data["format"] != FORMAT:
                raise ValueError(f"it has format {data['format']}, and this program reads {FORMAT}")
            made = cls(**(data | {"articles": tuple(data["articles"])}))
            for record in made.articles:
                Article.from_record({k: v for k, v in record.items() if k not in ("passages", "content")}, "")
                _ = int(record["passages"]), str(record["content"])
            return made
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise IndexDamaged(f"{where} can't be read: {error}.", repair="footnote index build") from error


class Generation:
    """An opened generation: its manifest, its Chroma collections, its BM25. Which folder or server they are on is no matter."""

    def __init__(
        self,
        name: str,
        where: str,
        manifest: Manifest,
        bm25: BM25,
        store: Store,
        *,
        let_go: Callable[[], None] = lambda: None,
    ) -> None:
        """Of parts that are open; `where` is for messages, `let_go` is called once the store is closed.

        Raises IndexDamaged, and closes the store, when BM25 is of other passages than the manifest.
        """
        self.name, self.where = name, where
        self.manifest, self.bm25, self.store = manifest, bm25, store
        self._let_go = let_go
        self.passage_ids = manifest.passage_ids
        if bm25.passages != len(self.passage_ids):
            self.close()
            message = f"BM25 of {self.where} holds {bm25.passages} passages, not {len(self.passage_ids)}."
            raise IndexDamaged(message, repair="footnote index build")

    @cached_property
    def records(self) -> dict[str, dict[str, Any]]:
        """Article records by id."""
        return {record["id"]: record for record in self.manifest.articles}

    def voice(self, id: str) -> str:
        """The article that another is a copy of, or its own id. Raises KeyError for an unknown id."""
        return str(self.records[id].get("voice", id))

    def copies(self, id: str) -> list[dict[str, Any]]:
        """The records of the other articles of an article's voice. Raises KeyError for an unknown id."""
        return [record for record in self._by_voice[self.voice(id)] if record["id"] != id]

    @cached_property
    def _by_voice(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for id, record in self.records.items():
            found.setdefault(self.voice(id), []).append(record)
        return found

    def article(self, id: str) -> Article:
        """An article, its text joined from its passages. Raises KeyError for an unknown id."""
        record = dict(self.records[id])
        ids = [f"{id}#{n}" for n in range(record.pop("passages"))]
        record.pop("content")
        found = self.store.passages(ids)
        if len(found) != len(ids):
            raise IndexDamaged(f"{self.where} has lost passages of {id}.", repair="footnote index build")
        return Article.from_record(record, "".join(found[i].text for i in ids))

    def close(self) -> None:
        """Let go of all that is held open."""
        self.store.close()
        self._let_go()


def passage_ids(records: Iterable[Mapping[str, Any]]) -> list[str]:
    """The passages of some article records, in their order."""
    return [f"{record['id']}#{n}" for record in records for n in range(record["passages"])]


def check_recipe(manifest: Manifest, recipe: dict[str, Any], where: str) -> None:
    """Raise IndexMismatch, which names both sides, when an index was made by another recipe than the present one."""
    made = manifest.recipe
    if differ := [k for k in {**made, **recipe} if made.get(k) != recipe.get(k)]:
        sides = "; ".join(f"{k} is {made.get(k)!r} there and {recipe.get(k)!r} here" for k in differ)
        raise IndexMismatch(f"The index in {where} was made with other settings: {sides}.", repair="footnote index build")


def check_counts(manifest: Manifest, store: Store, where: str) -> None:
    """Raise IndexDamaged when the collections hold more or less than the manifest says. Loads all vectors."""
    held, expected = store.counts(), (len(manifest.passage_ids), manifest.sentences)
    if held != expected:
        message = f"{where} holds {held[0]} passages and {held[1]} sentences, not {expected[0]} and {expected[1]}."
        raise IndexDamaged(message, repair="footnote index build")


def content_hash(passages: Iterable[Passage]) -> str:
    """A hash of the ids and texts of an article's passages."""
    return text_hash((passage.id, passage.text) for passage in passages)


def text_hash(texts: Iterable[tuple[str, str]]) -> str:
    """`content_hash` of passages of which only ids and texts are at hand."""
    digest = hashlib.sha256()
    for id, text in texts:
        digest.update(f"{id}\0{text}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
