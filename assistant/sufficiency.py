"""Do the articles answer? Decided before any reader is asked, on a calibrated score.

The score is a logistic regression over nine features of a question and what was found for it; `FEATURES` says what each
is. Nearly all of it is in the first two: how near the best sentence is, compared with how near this question is to
sentences on nothing in particular (0.96 of the pairs of an answerable and a far question are told apart by that alone).
What did not help: the kind of thing asked for, the question's length, agreement of vectors and BM25, the number of
sentences, words that the best sentence lacks. It tells questions on other matters; near misses, on the articles' own
topics, it hardly tells: of those, "denies" finds some (AUROC .74, not .72, on squad2's test titles).
"""

import math
import re

import numpy as np

from assistant.calibration import Calibration
from assistant.cues import asks, denies
from assistant.dates import years_said
from assistant.language import language_of
from assistant.quote_reader import ScoredSentence
from assistant.retriever import ScoredPassage
from index.lexical import STOP_WORDS, fold, terms
from index.store import Vectors, body_sentences

THRESHOLD = 0.5
"""Confidence from which an answer is given: on squad2's test titles .93 of the answerable questions are answered (.98 in
Spanish, .97 in Portuguese), and .96 of mtrag's questions, which those articles don't answer, are refused."""

FEATURES = {
    "cosine": "of the best sentence with the question",
    "background": "cosine of the question with the mean of sentences on nothing in particular",
    "margin": "score of the best passage - that of the second, at most 0.15; 0.05 if there is no second",
    "asks": "1 if it has a question mark, or a word that asks, or just names a thing",
    "missing": "share of its names and numbers that the best sentence, its neighbours and the title lack",
    "axis": "its part along the direction of Spanish and Portuguese questions: they lie further from English sentences",
    "window": "share of its terms, by idf, in the best sentence and its neighbours",
    "denies": "1 if it denies or excepts something, and the best sentence doesn't: their vectors hardly tell a 'not'",
    "follows": "1 for a follow-up: joined with others it is less near to any one sentence than a question that stands alone",
}

_MARGIN, _ONLY = 0.15, 0.05
_NAME_OR_NUMBER = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*")


def confidence(
    question: str,
    vector: Vectors,
    found: list[ScoredPassage],
    best: ScoredSentence,
    title: str,
    by: Calibration | None,
    *,
    follows: bool = False,
    language: str = "en",
) -> float:
    """How likely it is that the articles answer, 0 to 1.

    `vector` is the question's, as the embedder gave it (of a follow-up, the mean of its variants'); `found` are passages
    and `best` a sentence, both the first of their ranking; `title` and `language` are those of its article. Without a
    calibration it is the share of the question's terms around the best sentence.
    """
    if by is None:
        return float(best.found.window[best.position])
    values = features(question, vector, found, best, title, by, follows=follows, language=language)
    logit = by.constant + sum(by.weights[name] * value for name, value in values.items())
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, logit))))


def features(
    question: str,
    vector: Vectors,
    found: list[ScoredPassage],
    best: ScoredSentence,
    title: str,
    by: Calibration,
    *,
    follows: bool = False,
    language: str = "en",
) -> dict[str, float]:
    """A value for each of FEATURES."""
    scores = [passage.score for passage in found]
    return {
        "cosine": max(float(np.max(passage.cosines, initial=-1.0)) for passage in found),
        "background": float(vector @ by.background),
        "margin": min(scores[0] - scores[1], _MARGIN) if len(scores) > 1 else _ONLY,
        "asks": float(asks(question)),
        "missing": missing_names(question, f"{_window(best)} {title}"),
        "axis": _foreign(float(vector @ by.axis), question, language, by.middle),
        "window": float(best.found.window[best.position]),
        "denies": float(denies(question) and not denies(best.text)),
        "follows": float(follows),
    }


def _foreign(axis: float, question: str, language: str, middle: float) -> float:
    """The part along `axis`, which tells that a question is in another language than English articles; so for others, too.

    It was learned on English articles. For Spanish and Portuguese ones it is mirrored, as their own questions are the near
    ones there; from one of the two to the other it is the middle.
    """
    if language not in ("es", "pt"):
        return axis
    return middle if {language, language_of(question)} == {"es", "pt"} else 2 * middle - axis


def missing_names(question: str, text: str) -> float:
    """The share of a question's numbers and capitalised words (but the first) that a text lacks; 0 if it has none."""
    words = [m.group() for m in _NAME_OR_NUMBER.finditer(question)]
    named = [w for i, w in enumerate(words) if w[0].isdigit() or (i > 0 and w[0].isupper())]
    sought = [term for w in named if fold(w) not in STOP_WORDS for term in terms(w) if term.startswith("~")]
    held = set(terms(text))
    return sum(term not in held for term in sought) / len(sought) if sought else 0.0


def _window(best: ScoredSentence) -> str:
    """The best sentence with its neighbours, and the years that they mean by "last year"."""
    passage = best.found.passage
    around = body_sentences(passage)[max(0, best.position - 1) : best.position + 2]
    text = " ".join(passage.quote(sentence) for sentence in around)
    return " ".join([text, *sorted(years_said(text, best.published))])
