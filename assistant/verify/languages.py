"""Whether a claim is in the language of the sentences that it cites."""

import re
from functools import lru_cache

from assistant.language import language_of
from assistant.verify.rejection import Evidence, Reason, Rejection
from assistant.verify.tokens import tokens

_OWN = {
    "en": frozenset(
        """the of and to is was were are has have had been by with from for that which who this these those their his her its
        they it he she not on at as an be will would into than then when where while after before in or but about can could over
        all also some more most there two""".split()
    ),
    "es": frozenset(
        """el la los las y de del al en para una unos unas con por sin pero es son fue fueron ha han habia su sus lo le les
        que se como mas
        muy donde cuando tambien esta estan este esto ese hasta desde entre hay""".split()
    ),
    "pt": frozenset(
        """o os as e de em para do dos da das no nos na nas um uma uns umas com por sem mas foi foram tem sao nao seu sua
        seus suas que se
        como mais muito onde quando tambem esta estao este isso ate desde entre ao aos pelo pela em""".split()
    ),
}
_QUOTED = re.compile(r"[\"“”„«»][^\"“”„«»]*[\"“”„«»]")
_SURE = 6  # words: the identifier is right about so many


@lru_cache(maxsize=256)
def language_of_quotes(quotes: tuple[str, ...], titles: tuple[str, ...] = ()) -> str:
    """en, es or pt: by function words, which settle it in a single sentence; by the identifier where they don't."""
    words = _common_words(" ".join(quotes))
    first, second = sorted(((sum(w in own for w in words), name) for name, own in _OWN.items()), reverse=True)[:2]
    return first[1] if first[0] > second[0] else language_of(" ".join((*quotes, *titles)))


def foreign(claim: str, evidence: Evidence) -> Rejection | None:
    """Another language, by its function words: those that the claim and the quoted language don't share."""
    language = language_of_quotes(evidence.quotes, evidence.titles)
    words = _common_words(_QUOTED.sub(" ", claim))
    own = sum(word in _OWN[language] for word in words)
    for other in _OWN.keys() - {language}:
        theirs = sum(word in _OWN[other] for word in words)
        if theirs > own or (theirs == own > 0 and len(words) >= _SURE and language_of(claim) == other):
            return Rejection(Reason.LANGUAGE, f"{other}, where the sentences are {language}")
    if len(words) >= 2 * _SURE and own == 0:
        return Rejection(Reason.LANGUAGE, f"not {language}")
    return None


def _common_words(text: str) -> list[str]:
    """The words without a capital, and the first one, unless a name begins with it: `El Chapo`."""
    found = tokens(text)
    first = [t.folded for t in found[:1] if not any(after.capital for after in found[1:2])]
    return first + [t.folded for t in found[1:] if t.kind == "word" and not t.capital]
