"""Whether a claim stands on the sentences that it cites: pure code, whole claim or nothing, and what it can't read fails."""

import unicodedata

from assistant.verify.characters import misuse_of_characters
from assistant.verify.content import unsupported_content
from assistant.verify.exchanges import exchanged_names
from assistant.verify.hedges import wrong_hedge
from assistant.verify.languages import foreign, language_of_quotes
from assistant.verify.meaning import NEAR_ENOUGH
from assistant.verify.names import missing_name
from assistant.verify.negation import wrong_negation
from assistant.verify.numbers import missing_number
from assistant.verify.quotations import altered_quotation
from assistant.verify.rejection import Evidence, Reason, Rejection, Similarity
from assistant.verify.roles import swapped_roles
from assistant.verify.subjects import wrong_subject

__all__ = ["Evidence", "Reason", "Rejection", "Similarity", "verify"]

LONGEST = 1_000
"""Characters of a claim: it is one sentence, and what each check takes grows with it."""


def verify(claim: str, evidence: Evidence, similarity: Similarity | None = None) -> Rejection | None:
    """None where the claim stands on the evidence; otherwise the first thing that it lacks.

    `similarity` is what `assistant.verify.meaning.similarity_of` makes of an embedding; without it, nearness in meaning is
    not asked for. It is asked last, as it costs the most.
    """
    if not evidence.quotes:
        return Rejection(Reason.NO_SENTENCE, "no sentence is cited")
    if len(claim) > LONGEST:
        return Rejection(Reason.CONTENT, f"longer than {LONGEST:,} characters")
    claim, evidence = _composed(claim), _all_composed(evidence)
    language = language_of_quotes(evidence.quotes, evidence.titles)
    rejection = (
        misuse_of_characters(claim, evidence)
        or foreign(claim, evidence)
        or altered_quotation(claim, evidence)
        or missing_number(claim, evidence, language)
        or missing_name(claim, evidence, language)
        or wrong_negation(claim, evidence, language)
        or wrong_hedge(claim, evidence)
        or swapped_roles(claim, evidence)
        or exchanged_names(claim, evidence)
        or wrong_subject(claim, evidence)
        or unsupported_content(claim, evidence, language)
    )
    if rejection is None and similarity and (near := similarity(claim, evidence.quotes)) < NEAR_ENOUGH:
        return Rejection(Reason.MEANING, f"{near:.3f} of {NEAR_ENOUGH}")
    return rejection


def _composed(text: str) -> str:
    """With accents on their letters: two ways to write one text."""
    return unicodedata.normalize("NFC", text)


def _all_composed(evidence: Evidence) -> Evidence:
    return Evidence(
        tuple(map(_composed, evidence.quotes)), tuple(map(_composed, evidence.titles)), _composed(evidence.question)
    )
