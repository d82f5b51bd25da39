"""What `test_kills` starts and kills: `python killed.py build|purge|ask|look HOME CORPUS`; its embedder loads at once."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from index.build import build_index
from index.live import LiveIndex
from index.place import place_of
from index.recipe import recipe
from index.settings import IndexSettings


class Embedder:
    """A text is the sum of a fixed random direction for each of its words."""

    model_name = "killed words"

    def get_text_embedding_batch(self, texts: list[str]) -> list[list[float]]:
        return [self.vector(text).tolist() for text in texts]

    def vector(self, text: str) -> "np.ndarray[Any, np.dtype[np.float32]]":
        seeds = [int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big") for word in text.lower().split()]
        vector = np.sum([np.random.default_rng(seed).normal(size=32) for seed in seeds], axis=0)
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def opened(settings: IndexSettings) -> LiveIndex:
    return LiveIndex(place_of(settings), recipe(settings, Embedder.model_name))


def ask(settings: IndexSettings, times: int) -> dict[str, str]:
    """Open the index and look for the first sentence of every article; their texts. Fails if one isn't found."""
    texts = {}
    for _ in range(times):
        live = opened(settings)
        with live.generation() as generation:
            for id in generation.records:
                texts[id] = generation.article(id).text
                near = generation.store.nearest(Embedder().vector(texts[id].partition(". ")[0] + "."), 5)
                assert f"{id}#0" in [passage for passage, _ in near], f"{id} isn't found"
        assert not live.notice, live.notice
        live.close()
    return texts


def main(what: str, home: Path, corpus: Path) -> None:
    """Do it, and say on standard output when it begins in earnest."""
    settings = IndexSettings(home=home)
    print("begun", flush=True)
    if what in ("build", "purge"):
        build_index(settings, [corpus], embedder=Embedder(), purge=what == "purge")  # type: ignore[arg-type]
    elif what == "ask":
        ask(settings, 100)
    else:
        print(json.dumps(ask(settings, 1)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
