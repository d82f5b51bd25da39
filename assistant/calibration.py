"""What was learned about one embedder: where its questions lie, and how near is near enough. Data in calibration.json."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np

from index.store import Vectors

FILE = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Of the embedder whose `model_name` is `embedder`.

    `axis`: the direction, of length 1, in which Spanish and Portuguese questions lie off from English ones.
    `middle`: where along it lies what is as far from English questions as from Spanish and Portuguese ones.
    `background`: the mean vector of sentences on nothing in particular: what any question is near to.
    `weights` and `constant`: of the logistic regression in `assistant.sufficiency`, by feature.
    """

    embedder: str
    axis: Vectors
    background: Vectors
    weights: dict[str, float]
    constant: float
    middle: float

    @classmethod
    def load(cls, path: Path = FILE) -> Self:
        """Read what `python -m evals.calibration` wrote."""
        data = json.loads(path.read_text(encoding="utf-8"))
        axis, background = (np.asarray(data[name], dtype=np.float32) for name in ("axis", "background"))
        return cls(data["embedder"], axis, background, data["weights"], data["constant"], data["middle"])

    def project(self, question: Vectors) -> Vectors:
        """A question's vector without its part along `axis`, so that questions of other languages find English sentences.

        Right passage first: +.02 for Portuguese, +.01 for Spanish, +-.001 for English.
        """
        return question - (question @ self.axis) * self.axis


@cache
def calibration_of(embedder: str) -> Calibration | None:
    """The calibration of an embedder, or None: then questions are searched as they are, and terms alone decide."""
    calibration = Calibration.load()
    return calibration if calibration.embedder == embedder else None
