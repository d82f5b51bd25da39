"""What the wording of a question gives away, in English, Spanish and Portuguese: how much is asked for, and of what."""

import re
from typing import Literal

from assistant.language import language_of

_LEANS = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|these|those|that|there|then|one|ones|same|else|more"
    r"|other|others|another|elaborate|él|ella|ellos|ellas|le|les|lo|su|sus|eso|esto|esa|ese|allí|otro|otra|otros|otras|más"
    r"|cada una|cada uno|ele|ela|eles|elas|lhe|lhes|seu|sua|seus|suas|isso|isto|essa|esse|lá|outro|outra|outros|outras|mais)\b"
    r"|^\W*(?:and|but|so|also|or|y|pero|o|entonces|e|mas|ou|então)\b|\b(?:what|how) about\b",
    re.I,
)
_ASKING = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|qu[eé]|cu[aá]l(?:es)?|qui[eé]n(?:es)?|cu[aá]ndo|d[oó]nde|c[oó]mo"
    r"|cu[aá]nt[oa]s?|qual|quais|quem|quando|onde|como|quant[oa]s?|is|are|was|were|do|does|did|can|has|have)\b",
    re.I,
)
_ASKS_NUMBER = re.compile(
    r"\b(?:how (?:many|much|long|old|far|often|large|big|tall|high|fast)|cu[aá]nt[oa]s?|quant[oa]s?|when|cu[aá]ndo|quando"
    r"|(?:what|which|qu[eé]|que|cu[aá]l|qual)(?: \w+)? (?:percentage|percent|number|share|fraction|age|year|date|day|month"
    r"|century|decade|porcentaje|n[uú]mero|porcentagem|a[nñ]o|ano|edad|idade|fecha|data|d[ií]a|dia|mes|m[eê]s|siglo|s[eé]culo))\b",
    re.I,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half|third"
    r"|quarter|twice|several|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|century)s?\b",
    re.I,
)
_DENIES = re.compile(
    r"\b(?:not|never|cannot|without|except|neither|nor|none|nobody|nothing|nunca|jam[aá]s|sin|ni|tampoco|ning[uú]n[ao]?|excepto"
    r"|n[aã]o|sem|nem|jamais|nenhum[a]?|exceto)\b|n['’]t\b",
    re.I,
)
_NO = re.compile(r"\bno\b", re.I)
_SHORT = 3  # words: "Why?", "Since when?"; and "Human trafficking"

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


def leans_on_history(question: str, typed: str = "") -> bool:
    """Whether a question points back at what was said before it: by "he", "and ...", "the third one"; or just "Why?".

    `typed` is the question with what it says to be polite: "Can you tell me about bitcoin?" doesn't lean as "Bitcoin?" does.
    """
    typed = typed or question
    if _LEANS.search(question) or (len(question.split()) <= _SHORT and _ASKING.search(question)):
        return True
    return len(typed.split()) <= _SHORT and "?" in typed


def asks(question: str) -> bool:
    """Whether it has a question mark, or a word that asks, or just names a thing: "human trafficking"."""
    names = len(question.split()) <= _SHORT and not question.rstrip().endswith((".", "!"))
    return "?" in question or bool(_ASKING.search(question)) or names


def asks_number(question: str) -> bool:
    """Whether a number or a date is asked for."""
    return bool(_ASKS_NUMBER.search(question))


def has_number(text: str) -> bool:
    """Whether a text holds a number or a date, in digits or in English words."""
    return bool(_NUMBER.search(text))


def denies(text: str) -> bool:
    """Whether something is denied or excepted in a text: by "not", "without", "ninguno" and the like."""
    return bool(_DENIES.search(text)) or (bool(_NO.search(text)) and language_of(text) != "pt")  # there it is "in the"


def wanted(question: str) -> Wanted:
    """Whether one quote is asked for, several, or what each of several articles says."""
    if _EACH.search(question):
        return "each article"
    return "several" if _SEVERAL.search(question) else "one"
