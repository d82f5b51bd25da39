"""The language of a question, which labels and refusals follow."""

from functools import cache
from typing import Any

LANGUAGES = ["en", "es", "pt"]


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return identifier


def language_of(question: str) -> str:
    """One of LANGUAGES, by py3langid; English where there is nothing to tell by."""
    return str(_identifier().classify(question)[0]) if any(map(str.isalpha, question)) else "en"
