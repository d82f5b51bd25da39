"""The last sound generation, as a build sees it: what needs no reading, parsing or embedding again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from index.article import Article
from index.bm25 import BM25
from index.errors import IndexDamaged, IndexUnusable
from index.generation import Manifest, text_hash
from index.place import Place

_READING = ("formats", "cleaning")
"""The parts of a recipe that decide what article a file becomes."""


@dataclass(frozen=True)
class Held:
    """A generation that was opened and found sound; `answers` unless another, damaged one is the current.

    `texts` has the text of every passage by its id.
    """

    name: str
    manifest: Manifest
    texts: Mapping[str, str]
    bm25: BM25
    answers: bool

    @cached_property
    def records(self) -> dict[str, dict[str, Any]]:
        """Article records by id."""
        return {record["id"]: record for record in self.manifest.articles}

    def article(self, id: str) -> Article:
        """An article. Raises KeyError for an unknown id."""
        record = self.records[id]
        return Article.from_record(record, "".join(self.texts[f"{id}#{n}"] for n in range(record["passages"])))

    def known(self, id: str, sha256: str, recipe: Mapping[str, Any], max_chars: int) -> Article | None:
        """The article that a file of these bytes was made into, if it would become the same today."""
        same = all(self.manifest.recipe.get(part) == recipe.get(part) for part in _READING)
        if not same or id not in self.records or self.records[id]["sha256"] != sha256:
            return None
        article = self.article(id)
        return article if len(article.text) <= max_chars else None


def find_held(place: Place) -> tuple[Held | None, list[str]]:
    """The generation that answers or, if it is damaged, the newest that isn't; and what was found damaged, in sentences."""
    notices: list[str] = []
    try:
        current = place.current_name()
    except IndexUnusable as error:
        current = ""
        if isinstance(error, IndexDamaged):
            notices.append(error.message)
    for name in sorted(place.names(), key=lambda name: (name == current, name), reverse=True):
        try:
            generation = place.open(name)
            try:
                texts = generation.store.passage_texts(generation.passage_ids)
            finally:
                generation.close()
            _check_texts(generation.manifest, texts, generation.where)
        except IndexDamaged as error:
            notices.append(error.message)
            continue
        return Held(name, generation.manifest, texts, generation.bm25, name == current), notices
    return None, notices


def _check_texts(manifest: Manifest, texts: Mapping[str, str], where: str) -> None:
    """Raise IndexDamaged unless these are the texts that were published: what a build takes over goes on from here."""
    for record in manifest.articles:
        ids = [f"{record['id']}#{n}" for n in range(record["passages"])]
        if text_hash((id, texts[id]) for id in ids if id in texts) != record["content"]:
            raise IndexDamaged(f"{where} doesn't hold the text of {record['id']} that was published.")
