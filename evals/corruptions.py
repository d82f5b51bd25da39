"""True claims made false in one respect, to see which of them the check lets through.

Each function takes a claim with its evidence and gives false ones. Whether what it put in is really missing from the
evidence it looks up by plain search, not by the code that is measured.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.verify import Evidence


@dataclass(frozen=True, slots=True)
class Case:
    """A claim and what it is held against."""

    claim: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Stock:
    """What corruptions draw on: the names of the corpus, and its true claims."""

    names: tuple[str, ...]
    cases: tuple[Case, ...]
    rng: random.Random


Corruption = Callable[[Case, Stock], Iterator[Case]]

_NUMBER_WORDS = {
    word: number
    for number, word in zip(
        [*range(2, 13), *range(20, 100, 10)],
        """two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty
        ninety""".split(),
        strict=True,
    )
}
_MONTHS = """January February March April June July August September October November December""".split()
_SCALES = {"thousand": "million", "million": "billion", "billion": "million", "bn": "m"}
_AUXILIARY = r"is|are|was|were|has|have|had|can|could|will|would|may|might|must"
_NAME = re.compile(r"\b(?:[A-ZÀ-Þ][\w’-]*[a-zà-ÿA-Z](?:\s(?:de\s)?(?=[A-ZÀ-Þ]))?)+")
_CITED = re.compile(r"([“\"])([^“”\"]+)([”\"])")


def names_of(texts: list[str]) -> tuple[str, ...]:
    """The capitalised runs of texts, save single words that stand there without their capital too."""
    small = {word for text in texts for word in re.findall(r"\b[a-zà-ÿ]+\b", text)}
    runs = (m for text in texts for m in _NAME.finditer(text) if re.search(r"\w,? $", text[: m.start()]))  # within a sentence
    found = dict.fromkeys(m[0].strip() for m in runs)
    return tuple(name for name in found if len(name) > 2 and name.lower() not in small)


def _plain(text: str) -> str:
    """Lower case, without accents, with one kind of apostrophe."""
    text = unicodedata.normalize("NFKD", text.casefold().translate({0x2018: "'", 0x2019: "'"}))
    return "".join(c for c in text if not unicodedata.combining(c))


def _held(case: Case) -> str:
    return _plain(" ".join((*case.evidence.quotes, *case.evidence.titles, case.evidence.question)))


def _swap(case: Case, match: re.Match[str], words: str) -> Case:
    return replace(case, claim=case.claim[: match.start()] + words + case.claim[match.end() :])


def number(case: Case, stock: Stock) -> Iterator[Case]:
    """Another number in its place, in digits or in words as the first was."""
    for match in re.finditer(r"(?<![\w.,])\d+(?:[.,]\d+)*(?=\D|$)", case.claim):
        if re.fullmatch(r"(?:19|20)\d\d", match[0]):
            continue  # a year: a date
        other = "".join(str((int(c) + stock.rng.randint(1, 8)) % 9 + 1) if c.isdigit() else c for c in match[0])
        if other not in _held(case) and not any(w in _held(case) for w, n in _NUMBER_WORDS.items() if str(n) == other):
            yield _swap(case, match, other)
    for match in re.finditer(rf"\b(?:one|{'|'.join(_NUMBER_WORDS)})\b", case.claim, re.I):
        other, digits = stock.rng.choice(list(_NUMBER_WORDS.items()))
        clash = other in _plain(case.claim) or other in _held(case) or re.search(rf"\b{digits}\b", _held(case))
        if not clash and not re.search(r"\d", case.claim[match.end() : match.end() + 2]):
            yield _swap(case, match, other)


def magnitude(case: Case, _: Stock) -> Iterator[Case]:
    """A million for a billion."""
    for match in re.finditer(r"(?:(?<=\d)|\b)(?:thousand|million|billion|bn)\b", case.claim):
        yield _swap(case, match, _SCALES[match[0]])


def unit(case: Case, _: Stock) -> Iterator[Case]:
    """Another currency, another measure, or a share for a sum."""
    others = {"$": "€", "%": " people", " percent": " people", "dollars": "euros", "euros": "pesos", "pesos": "euros"}
    others |= {"kilos": "tons", "years": "months", "days": "weeks"}
    for match in re.finditer(r"\$|%| percent|\b(?:dollars|euros|pesos|kilos|years|days)\b", case.claim):
        if others[match[0]].strip() not in _held(case):
            yield _swap(case, match, others[match[0]])


def date(case: Case, stock: Stock) -> Iterator[Case]:
    """Another year, another month."""
    for match in re.finditer(r"\b(?:19|20)\d\d\b", case.claim):
        other = str(int(match[0]) + stock.rng.choice([-9, -3, -1, 1, 2, 10]))
        if other not in _held(case):
            yield _swap(case, match, other)
    for match in re.finditer(rf"\b(?:{'|'.join(_MONTHS)})\b", case.claim):
        other = stock.rng.choice(_MONTHS)
        if other.casefold() not in _held(case):
            yield _swap(case, match, other)


def name(case: Case, stock: Stock) -> Iterator[Case]:
    """Another name of the corpus in its place."""
    for match in _NAME.finditer(case.claim):
        if match[0].strip() not in stock.names:
            continue
        other = stock.rng.choice(stock.names)
        if not any(re.search(rf"\b{re.escape(part[:5])}", _held(case)) for part in _plain(other).split()):
            yield _swap(case, match, other + " " * match[0].endswith(" "))


def invented_name(case: Case, stock: Stock) -> Iterator[Case]:
    """A name that is in no article."""
    for match in _NAME.finditer(case.claim):
        if match[0].strip() in stock.names:
            other = stock.rng.choice(["Interpol", "Pedro Ruiz", "Argentina", "Kraken", "Marta Lindqvist", "Oslo"])
            yield _swap(case, match, other + " " * match[0].endswith(" "))


def roles(case: Case, stock: Stock) -> Iterator[Case]:
    """Two names of the claim change places."""
    found = [m for m in _NAME.finditer(case.claim) if m[0].strip() in stock.names]
    for first, second in pairwise(found):
        between = case.claim[first.end() : second.start()]
        if first[0].strip() != second[0].strip() and not re.fullmatch(r"\s*(?:,|and|or|, and|and the|or the)\s*", between):
            swapped = second[0].strip() + " " * first[0].endswith(" ") + between + first[0].strip()
            end = case.claim[second.end() :]
            yield replace(case, claim=case.claim[: first.start()] + swapped + (" " if second[0].endswith(" ") else "") + end)


def negation_added(case: Case, _: Stock) -> Iterator[Case]:
    """`not` after the first auxiliary verb that has none."""
    for match in re.finditer(rf"\b(?:{_AUXILIARY})\b(?!n't| not| no )", case.claim):
        yield _swap(case, match, match[0] + " not")
        return


def negation_removed(case: Case, _: Stock) -> Iterator[Case]:
    """Without its `not`, `no` or `without`."""
    for match in re.finditer(r" not\b(?! only)|n't\b|\bno (?=\w)|\bwithout\b|\bnever ", case.claim):
        yield _swap(case, match, "with" if match[0] == "without" else "")


def hedge_dropped(case: Case, _: Stock) -> Iterator[Case]:
    """What is alleged, expected or possible, told as a fact."""
    rules = [
        (r"\b(?:reportedly|supposedly|allegedly|suspected) ", ""),
        (
            r"\b(?:are|is|have both been|have been|has been) accused of (?:the )?(?:\d{4} )?(\w+)(?: of)?",
            r"carried out the \1 of",
        ),
        (r"\b(?:is|are) (?:also )?supposed to have ", ""),
        (r"\b(?:is|are) (?:projected|expected) to (\w+)", r"\1"),
        (r"\b(?:projects that|expects|envisions) (?:that )?", "has shown "),
        (r"\b(?:Rumors persist|It is rumored) that (\w)", r"\1"),
        (r"\b(?:alleged|believes|thinks) that ", "showed that "),
        (r"\bcould be\b", "is"),
        (r"\b(?:is|are) (?:seen|regarded) as\b", "are"),
        (r"\b[Ii]n some cases,? ", ""),
    ]
    for pattern, instead in rules:
        claim, times = re.subn(pattern, instead, case.claim)
        if times:
            yield replace(case, claim=claim[:1].upper() + claim[1:])


def often_dropped(case: Case, _: Stock) -> Iterator[Case]:
    """Without its `often`."""
    if re.search(r"\boften ", case.claim):
        yield replace(case, claim=re.sub(r"\boften ", "", case.claim))


def certainty_added(case: Case, _: Stock) -> Iterator[Case]:
    """`It is proven that`."""
    if not re.search(r"\bprove", _held(case)):
        yield replace(case, claim="It is proven that " + case.claim[:1].lower() + case.claim[1:])


def quotation_altered(case: Case, stock: Stock) -> Iterator[Case]:
    """One word of what is quoted, changed for one from another claim, or left out."""
    for match in _CITED.finditer(case.claim):
        words = match[2].split()
        at = stock.rng.randrange(len(words))
        other = stock.rng.choice(stock.rng.choice(stock.cases).claim.split()).strip('.,“”"')
        for changed in ([*words[:at], other, *words[at + 1 :]], [*words[:at], *words[at + 1 :]]):
            quoted = " ".join(changed)
            if len(words) > 2 - (len(changed) == len(words)) and _plain(quoted) not in _held(case):
                yield _swap(case, match, match[1] + quoted + match[3])


def quotation_invented(case: Case, _: Stock) -> Iterator[Case]:
    """Words of our own in quotation marks."""
    words = re.findall(r"[\w’'-]+", _CITED.sub(" ", case.claim))[-5:]
    if len(words) == 5 and _plain(" ".join(words)) not in re.sub(r"[^\w'-]+", " ", _held(case)):
        yield replace(case, claim=f"The article says “{' '.join(words)}”.")


def quotation_stitched(case: Case, stock: Stock) -> Iterator[Case]:
    """The beginning of one cited sentence and the end of another, in quotation marks as one."""
    other = _other(case, stock)
    if other:
        first, second = case.evidence.quotes[0].split()[:5], other.evidence.quotes[-1].split()[-5:]
        quoted = re.sub(r"[“”\"]", "", " ".join([*first, *second]))
        yield Case(f"“{quoted}”", _joined(case, other))


def stitched(case: Case, stock: Stock) -> Iterator[Case]:
    """Who one claim is about, and what another one says; both are cited."""
    other = _other(case, stock)
    split = rf"\s(?=(?:{_AUXILIARY}|said|says|use|uses|used)\s)"
    if other:
        first, second = re.split(split, case.claim, maxsplit=1), re.split(split, other.claim, maxsplit=1)
        if len(first) == len(second) == 2 and len(first[0].split()) <= 12:
            yield Case(f"{first[0]} {second[1]}", _joined(case, other))


def wrong_sentence(case: Case, stock: Stock) -> Iterator[Case]:
    """A true claim that cites another sentence of the same article."""
    other = _other(case, stock)
    if other:
        yield Case(case.claim, other.evidence)


def _other(case: Case, stock: Stock) -> Case | None:
    for other in stock.rng.sample(stock.cases, k=20):
        if other.evidence.titles == case.evidence.titles and not set(other.evidence.quotes) & set(case.evidence.quotes):
            return other
    return None


def _joined(case: Case, other: Case) -> Evidence:
    return replace(case.evidence, quotes=(*case.evidence.quotes, *other.evidence.quotes))


CORRUPTIONS: dict[str, Corruption] = {
    "a number changed": number,
    "its magnitude changed": magnitude,
    "its unit changed": unit,
    "a date changed": date,
    "a name changed for another of the corpus": name,
    "a name changed for an invented one": invented_name,
    "a quotation altered": quotation_altered,
    "own words in quotation marks": quotation_invented,
    "two sentences stitched in one quotation": quotation_stitched,
    "a negation added": negation_added,
    "a negation removed": negation_removed,
    "a hedge dropped": hedge_dropped,
    "an `often` dropped": often_dropped,
    "a certainty added": certainty_added,
    "the wrong sentence cited": wrong_sentence,
    "roles swapped: two names change places": roles,
    "two claims stitched: one's subject, the other's statement": stitched,
}
