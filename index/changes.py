"""What changed between the articles of an index and those that it shall hold: found by what they hold, not by dates."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.article import Article


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of articles, each in one of these; `renamed` has pairs of the old id and the new one."""

    kept: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is not as it was."""
        return bool(self.added or self.changed or self.removed or self.renamed)

    @property
    def gone(self) -> tuple[str, ...]:
        """Ids whose passages are not to be found as they were."""
        return (*self.changed, *self.removed, *(old for old, _ in self.renamed))


def changes(held: Mapping[str, Mapping[str, Any]], articles: Sequence[Article]) -> Changes:
    """Compare records by id, as a manifest holds them, with articles.

    An article is the same when its id and all that its record says are. A new id with the bytes of one that vanished is
    that one renamed.
    """
    wanted = {article.id: article for article in articles}
    kept = {id for id, article in wanted.items() if id in held and _same(held[id], article)}
    changed = [id for id in wanted if id in held and id not in kept]
    vanished = {str(held[id]["sha256"]): id for id in held if id not in wanted}
    renamed = {}
    for id, article in wanted.items():
        if id not in held and article.sha256 in vanished:
            renamed[vanished.pop(article.sha256)] = id
    moved = set(renamed.values())
    added = [id for id in wanted if id not in held and id not in moved]
    removed = [id for id in held if id not in wanted and id not in renamed]
    return Changes(tuple(id for id in wanted if id in kept), tuple(added), tuple(changed), tuple(removed), (*renamed.items(),))


def _same(record: Mapping[str, Any], article: Article) -> bool:
    stated = json.loads(json.dumps(article.record()))  # as it would come back from a manifest
    return all(name in record and record[name] == value for name, value in stated.items())
