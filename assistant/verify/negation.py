"""Whether a claim denies what its sentences say, or says what they deny.

Every word that tells something has a parity: how many words that deny govern it, modulo two. A word that the claim shares
with its sentences must have a parity there that it has in the claim. Where nobody can tell (far from the word that denies,
before it, beyond an "and") a word may have either.
"""

from collections.abc import Sequence

from assistant.verify.rejection import Evidence, Reason, Rejection
from assistant.verify.tokens import Token, tokens
from assistant.verify.vocabulary import is_plain, stem

_DENY = {
    "en": frozenset(
        """no not never none nobody nothing nowhere neither nor without cannot hardly barely scarcely unable non
        deny denies denied denying refuse refuses refused refusing fail fails failed failing lack lacks lacked lacking
        reject rejects rejected rejecting refute refutes refuted disprove disproved prevent prevents prevented preventing
        avoid avoids avoided avoiding absent absence""".split()
    ),
    "es": frozenset(
        """no nunca jamas sin ni nadie nada ninguno ninguna ningun ningunos ningunas tampoco apenas carece carecen carecia
        niega niegan nego negaron negado negar rechaza rechazo rechazaron falta faltan impide impidio evita evito
        ausencia""".split()
    ),
    "pt": frozenset(
        """nao nunca jamais sem nem ninguem nada nenhum nenhuma nenhuns tampouco mal nega negam negou negaram negado negar
        rejeita rejeitou falta faltam carece carecem impede impediu evita evitou ausencia""".split()
    ),
}
_NOT_DENYING = {
    "en": {"only", "just", "merely", "simply", "solely", "least", "doubt", "matter"},
    "es": {"solo", "solamente", "obstante"},
    "pt": {"so", "apenas", "somente", "obstante"},
}
_AUXILIARY = frozenset(
    """is are was were be been being am has have had do does did can could will would may might should must es son era eran fue
    fueron ha han habia sao foi foram tem tinha esta estan estao""".split()
)
_HARD = frozenset(
    "; : — – ( ) . ! ? but however although though while whereas because pero sino aunque mas porem embora".split()
)
_SOFT = frozenset(", and y e which who that que quien quem".split())
_BUT = frozenset("but also pero sino tambien mas como doubt matter".split())
_OR = frozenset("or nor o u ni ou nem".split())
_MARKS = frozenset('"“”„«»')
_NEAR = 3  # words that tell something, after the one that denies them


def wrong_negation(claim: str, evidence: Evidence, language: str) -> Rejection | None:
    """The first word of the claim that is denied where its sentences affirm it, or the other way round."""
    words = tokens(claim)
    held = [tokens(quote) for quote in evidence.quotes]
    denials = [t.text for i, t in enumerate(words) if _denies(words, i, language)]
    if denials and not any(_denies(quote, i, language) for quote in held for i in range(len(quote))):
        return Rejection(Reason.NEGATION, denials[0])
    there: dict[str, set[int]] = {}
    for quote in held:
        for word, parity in _parities(quote, language).items():
            there.setdefault(word, set()).update(parity)
    for word, parity in _parities(words, language).items():
        if word in there and not parity & there[word]:
            return Rejection(Reason.NEGATION, next(t.text for t in words if stem(t.folded) == word))
    if denials and not _shares_denied(words, held, language):
        return Rejection(Reason.NEGATION, denials[0])
    return None


def _denies(words: Sequence[Token], at: int, language: str) -> bool:
    word = words[at].folded
    if language == "en" and word.endswith("n't"):
        return True
    if word not in _DENY[language]:
        return False
    after = words[at + 1].folded if at + 1 < len(words) else ""
    if after in _NOT_DENYING[language]:  # "not only these, but also those" denies nothing
        return not any(t.folded in _BUT for t in words[at + 2 :])
    return not (word == "no" and after == ".")


def _parities(words: Sequence[Token], language: str) -> dict[str, set[int]]:
    """Each stem of a text with the parities that it may have there."""
    parities: dict[str, set[int]] = {}
    active: list[int] = []  # for each word that denies so far: how many words it has governed
    clause: list[str] = []
    loose, quoted = False, 0
    for at, token in enumerate(words):
        if token.text in _MARKS:  # “card not present” denies nothing outside of its marks
            active, quoted = (active if quoted == 0 else active[:-quoted]), 0
        if token.folded in _HARD or (token.folded == "," and any(active) and not _in_list(words, at)):
            active, clause, loose, quoted = [], [], False, 0
        elif token.folded in _SOFT:
            clause = []
            loose = bool(active) and not _in_list(words, at)
        if _denies(words, at, language):
            if token.folded.endswith("n't") or any(t.folded in _AUXILIARY for t in words[max(0, at - 1) : at + 2]):
                for before in clause:  # "the weapons were not found": of the weapons nothing is sure
                    parities[before] |= {0, 1}
            parities.setdefault(stem(token.folded), set()).add(len([n for n in active if n < _NEAR]) % 2)
            active = [*(n + 1 for n in active), 0]
            loose, quoted = False, quoted + _inside_marks(words, at)
        elif token.kind != "sign" and not is_plain(token.folded):
            near = [n for n in active if n < _NEAR]
            sure = not loose and len(near) == len(active)
            parities.setdefault(stem(token.folded), set()).update({len(near) % 2} if sure else {0, 1})
            clause.append(stem(token.folded))
            active = [n + 1 for n in active]
    return parities


def _inside_marks(words: Sequence[Token], at: int) -> bool:
    return sum(t.text in _MARKS for t in words[:at]) % 2 == 1


def _in_list(words: Sequence[Token], at: int) -> bool:
    """Whether a comma goes on with what is denied: `no priors, weapons or drugs`."""
    return words[at].folded == "," and any(t.folded in _OR for t in words[at + 1 : at + 4])


def _shares_denied(words: Sequence[Token], held: Sequence[Sequence[Token]], language: str) -> bool:
    """Whether something that the claim denies is denied in its sentences too."""
    denied = {word for word, parity in _parities(words, language).items() if 1 in parity}
    theirs = {word for quote in held for word, parity in _parities(quote, language).items() if 1 in parity}
    return bool(denied & theirs)
