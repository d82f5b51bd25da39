"""Checking all of a generation, before it is published or when someone asks: run as a process of its own."""

import sys
from pathlib import Path

from index.errors import FootnoteError, IndexDamaged
from index.generation import Generation, Manifest, check_counts, text_hash
from index.store import Store, Vectors

_SAMPLE = 150  # sentences that must find themselves: of an index that lost a twentieth, seven are missed
_MISSES = 0.02  # HNSW is approximate
_NEAR, _WIDE = 3, 2500
"""Sentences that are looked at: first few, then, for those not found so, many. Of 959,198 random vectors a third was not
among the first three of a search, and all were found by the wide one, in 0.06 s each."""


def verify(generation: Generation) -> None:
    """Check an opened generation. Raises IndexDamaged."""
    verify_collections(generation.manifest, generation.store, generation.where)


def verify_collections(manifest: Manifest, store: Store, where: str) -> None:
    """Check that every passage is there with its own text, and that sentences find themselves. Raises IndexDamaged."""
    check_counts(manifest, store, where)
    texts = store.passage_texts(manifest.passage_ids)
    for record in manifest.articles:
        ids = [f"{record['id']}#{n}" for n in range(record["passages"])]
        if any(id not in texts for id in ids) or text_hash((id, texts[id]) for id in ids) != record["content"]:
            raise IndexDamaged(f"the text of {record['id']} is not what was written")
    _check_search(manifest.passage_ids, store)


def _check_search(ids: list[str], store: Store) -> None:
    step = max(1, len(ids) * 5 // _SAMPLE)
    tried = missed = 0
    for id, row in store.stored(ids[::step]).items():
        for vector in row.vectors[:5]:
            tried += 1
            missed += not any(_finds(store, vector, id, limit) for limit in (_NEAR, _WIDE))
    if missed > max(1, tried * _MISSES):
        raise IndexDamaged(f"{missed} of {tried} sentences don't find themselves")


def _finds(store: Store, vector: Vectors, id: str, limit: int) -> bool:
    return any(found == id or cosine > 0.9999 for found, cosine in store.nearest(vector, limit))


def main(folder: str | None) -> int:
    """The exit status of a check of a folder's collections: 0 if they are sound, 1 with a line on stderr if not."""
    from index.generation_folder import open_store, read_manifest

    if folder is None:  # the build that wanted it is no more
        return 1
    try:
        manifest = read_manifest(Path(folder))
        store = open_store(Path(folder))
        try:
            verify_collections(manifest, store, folder)
        finally:
            store.close()
    except FootnoteError as error:
        sys.stderr.write(error.message + "\n")
        return 1
    return 0
