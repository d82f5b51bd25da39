"""What a claim may not be written with: markup, addresses, and characters that pass for others."""

import re
import unicodedata

from assistant.verify.rejection import Evidence, Reason, Rejection
from assistant.verify.tokens import tokens

_MARKUP = frozenset("<>[]{}|`*#~^\\@_=")
_ADDRESS = re.compile(
    r"\b[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:mailto|javascript|data|tel|file):\S|&#?\w+;"
    r"|\b[a-z0-9-]+\.(?:com|org|net|io|info|biz|onion|gov|edu|mx|br|co|es|pt|us|uk|de|ru|cn|me|app|dev|xyz|ly|ai)\b(?!\.\w)",
    re.I,
)
_TYPOGRAPHY = frozenset("…ªº½¼¾⅓⅔‑ \u202f\u2007\u2009\u00b4\u2032\u2033")
"""Characters that compatibility folding (NFKC) would change, and that mean what they look like."""
_LATIN = 0x17F  # the end of Latin Extended-A: what English, Spanish and Portuguese names are written with


def misuse_of_characters(claim: str, evidence: Evidence) -> Rejection | None:
    """Markup, an address, or a character that isn't what it looks like, unless the cited sentences hold just that."""
    held = "\n".join(evidence.quotes)
    for character in claim:
        if character not in held and (why := _misused(character)):
            return Rejection(Reason.MARKUP, f"{why} {_named(character)}")
    for match in _ADDRESS.finditer(claim):
        if match[0].casefold() not in held.casefold():
            return Rejection(Reason.MARKUP, f"an address: {match[0]}")
    words = {t.folded for t in tokens(held)}
    for token in tokens(claim):  # its letters are in the sentences, but not in this word
        if token.folded not in words and any(_misused(c) for c in token.text):
            return Rejection(Reason.MARKUP, f"characters that pass for others in {token.text!r}")
    return None


def _misused(character: str) -> str | None:
    if character in _MARKUP:
        return "markup"
    if character in _TYPOGRAPHY or character in "\n\t":
        return None
    if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp", "Mn", "Me", "Mc", "Lm", "Nl"}:
        # An accent apart from its letter comes as one of these: texts are composed (NFC) before.
        return "an unseen or unusual character"
    if unicodedata.normalize("NFKC", character) != character:
        return "a character that passes for another"
    if (character.isalpha() or character.isnumeric()) and ord(character) > _LATIN:
        return "a letter or digit of another script"
    return None


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
