"""What the wording of a question gives away, in English, Spanish and Portuguese: how much is asked for, and of what."""

import re
from typing import Literal

Wanted = Literal["one", "several", "each article"]

_CORPUS = (
    r"(?:(?:the|these|this|both|each(?: one)?(?: of)?|los|las|ambos|cada|os|as|o|el|um|uma|dos|two|dois|of)\s+){1,4}"
    r"(?:articles?|reports?|pieces?|texts?|sources?|documents?|art[ií]culos?|artigos?|informes?|reportajes?|reportagens?"
    r"|relat[oó]rios?|textos?|fuentes?|fontes?|documentos?)\b"
)
_FRAMES = re.compile(
    rf"\b(?:according to|seg[uú]n|segundo|de acordo com|in|en|em|n?os)\s+{_CORPUS}"
    rf"|\b(?:what|how|qu[eé]|o que)\s+(?:is|are|do|does|did|has|have|dicen?|diz|dizem|cuentan?|contam?)?\s*{_CORPUS}\s*"
    r"(?:say|says|tell|tells|report|reports|mention|mentions|describe|describes|write|dicen?|diz|dizem|mencionan?|mencionam?)?"
    r"\s*(?:us|nos)?\s*(?:about|of|on|sobre|de|acerca de)?",
    re.I,
)
_EACH = re.compile(
    r"\b(?:both|each|two|ambos|ambas|cada|dos|dois|los dos|os dois)\b(?:\s+\w+){0,3}?\s+"
    r"(?:articles?|reports?|pieces?|texts?|sources?|art[ií]culos?|artigos?|informes?|relat[oó]rios?|textos?|fuentes?|fontes?)"
    r"|\b(?:article|report|piece|source|text)s?['’] views?\b|\bcompare\b|\bcompar[ae]\b",
    re.I,
)
_SEVERAL = re.compile(
    r"^\s*(?:list|name|enumerate|enumera|nombra|liste|cite)\b"
    r"|\b(?:which|what)\s+(?:\w+\s+){0,3}?\w+(?<!s)s\s+(?:are|were|do|did|have|has|can)\b"
    r"|\b(?:ways|all the|several|various|examples|kinds|types|tasks|cu[aá]les|quais|todos los|todas las|todos os|todas as)\b",
    re.I,
)


def subject(question: str) -> str:
    """The question without its mention of the articles ("according to the report", "what do the texts say about").

    Any question could say so of any corpus: the words tell no passage from another. What is left of a question that
    says nothing else is the question itself.
    """
    rest = " ".join(_FRAMES.sub(" ", question).split()).strip(" ,;:")
    return rest if len(re.findall(r"\w{3,}", rest)) >= 1 and rest else question


def wanted(question: str) -> Wanted:
    """Whether one quote is asked for, several, or what each of several articles says."""
    if _EACH.search(question):
        return "each article"
    return "several" if _SEVERAL.search(question) else "one"
