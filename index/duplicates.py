"""Copies of one article, as wires and re-scrapes bring them: found by the runs of words that they share.

The *voice* of an article is the id of the first one that it is a copy of, or its own. An article keeps a sketch of its
text, so that new articles are compared with old ones without these being read again.

Sketch: the hashes of every run of RUN words, sampled by their value (those below a limit that is halved until few enough
remain). Two sketches sampled under one limit hold the same sample of the runs that both texts have, so that
shared / larger, counted in the sketches, estimates the same of the texts.
"""

import base64
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.lexical import words

RUN = 3
"""Words in a run. One word changed costs three runs; of runs of five, 5% of changed words leave too few to tell a copy by."""

SHARED = 0.5
"""A copy has more than this share of the longer text's runs. At half or more, two articles can't both be copies of a
third without having text in common, as the parts of a round-up would be."""

SAMPLE = 128
"""Hashes that a sketch holds at the most: half a kilobyte of the manifest an article."""

COMMON = 20
"""Voices that a run is looked up in. What more of them hold (a site's own lines) speaks for none, and would cost time."""

_LIKELY = 8  # voices compared in full: those with the most runs in common

VERSION = 1
"""Part of the index's recipe: raise it when the same texts would give other sketches or voices."""

_SPACE = 1 << 32
_MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)

Hashes = NDArray[np.uint32]


def sketch(text: str) -> str:
    """What an article's record keeps of its text to know copies by: how often the limit was halved, and the hashes."""
    hashes, halved = _runs(text), 0
    while len(hashes) > SAMPLE:
        halved += 1
        hashes = hashes[hashes < _SPACE >> halved]
    return f"{halved}:{base64.b64encode(hashes.astype('<u4').tobytes()).decode()}"


def voices(records: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The voice of every article, from records with `id`, `published` and `sketch`.

    Articles are taken from the oldest on, those without a date last: each joins the voice that it shares most with, if
    that is more than SHARED, or is a voice of its own. So a voice is the oldest of its articles, and each of them is a
    copy of that one.
    """
    found: dict[str, str] = {}
    kept: dict[str, tuple[int, Hashes]] = {}
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for record in sorted(records, key=lambda r: (r["published"] or "9999", r["id"])):
        id = str(record["id"])
        held = _read(record["sketch"])
        runs = held[1].tolist()
        likely = Counter(chain.from_iterable(holders[h] for h in runs if h in holders)).most_common(_LIKELY)
        share, voice = max(((_share(held, kept[v]), v) for v, _ in likely), key=lambda near: near[0], default=(0.0, id))
        found[id] = voice if share > SHARED else id
        if found[id] == id:
            kept[id] = held
            for h in runs:
                if len(holders[h]) < COMMON:
                    holders[h].append(id)
    return found


def share(a: str, b: str) -> float:
    """The share of the longer text's runs that two sketches have in common, 0 to 1."""
    return _share(_read(a), _read(b))


def with_voices(records: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """The records, each with its `voice`."""
    kept = tuple(records)
    found = voices(kept)
    return tuple(record | {"voice": found[record["id"]]} for record in kept)


def _share(a: tuple[int, Hashes], b: tuple[int, Hashes]) -> float:
    """Shared runs / runs of the longer text, both sampled under the lower of their limits."""
    limit = _SPACE >> max(a[0], b[0])
    larger = max(int(np.searchsorted(hashes, limit)) for _, hashes in (a, b))
    return len(np.intersect1d(a[1], b[1], assume_unique=True)) / larger if larger else 0.0


def _read(stored: str) -> tuple[int, Hashes]:
    halved, _, hashes = stored.partition(":")
    return int(halved), np.frombuffer(base64.b64decode(hashes), dtype="<u4")


def _runs(text: str) -> Hashes:
    """The hash of every run of RUN words, sorted, each once; of a text with fewer words, the hash of them all."""
    found = np.array([zlib.crc32(word.encode()) for word in words(text)], dtype=np.uint64)
    found = np.pad(found, (0, max(0, RUN - len(found))))
    mixed = sum(found[k : len(found) - RUN + 1 + k] * _MIX[k] for k in range(RUN))
    mixed = np.asarray(mixed, dtype=np.uint64)
    mixed ^= mixed >> np.uint64(29)
    return np.unique(((mixed * _MIX[1]) >> np.uint64(32)).astype(np.uint32))
