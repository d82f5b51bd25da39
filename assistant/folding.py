"""Text folded so that copies of it meet: quotation marks, dashes, white space and case; with the way back."""

import re
import unicodedata
from array import array
from dataclasses import dataclass

_SAME = {
    **dict.fromkeys("“”„‟«»＂″", '"'),
    **dict.fromkeys("‘’‚‛‹›`´′", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
}
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
_HYPHENS = "-‐‑"
_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is `original` folded; its character k stands for what begins at `starts[k]` of the original."""

    original: str
    text: str
    starts: "array[int]"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the folded text as offsets of the original, without what can't be seen at its end."""
        first, last = self.starts[start], self.starts[end]
        while last > first and (self.original[last - 1].isspace() or self.original[last - 1] in _UNSEEN):
            last -= 1
        return first, last

    def tokens(self) -> list[tuple[int, int]]:
        """What stands between white space, as stretches of the folded text."""
        return [m.span() for m in _TOKEN.finditer(self.text)]

    def occurrences(self, part: str, limit: int) -> list[tuple[int, int]]:
        """Where a folded text stands in this one as whole words and whole numbers, as offsets of the original."""
        found: list[tuple[int, int]] = []
        at = self.text.find(part)
        while at >= 0 and len(found) < limit:
            if self._whole(at) and self._whole(at + len(part)):
                found.append(self.span(at, at + len(part)))
            at = self.text.find(part, at + 1)
        return found

    def _whole(self, cut: int) -> bool:
        """Whether no word or number is cut here: "300" is not in "1,300", nor "violent" in "non-violent"."""
        before, after = self.text[max(0, cut - 2) : cut], self.text[cut : cut + 2]
        if not before or not after:
            return True
        if before[-1].isalnum() and after[0].isalnum():
            return False
        joint, left, right = ("", "", "")
        if len(before) == 2 and after[0].isalnum():
            left, joint, right, place = before[0], before[1], after[0], cut - 1
        elif len(after) == 2 and before[-1].isalnum():
            left, joint, right, place = before[-1], after[0], after[1], cut
        if not (left.isalnum() and right.isalnum()):
            return True
        if joint in ".," and left.isdigit() and right.isdigit():
            return False
        return not (joint == "'" or (joint == "-" and self.original[self.starts[place]] in _HYPHENS))


def fold(original: str) -> Folded:
    """Fold a text. Letters keep their accents, whichever way these are written."""
    out: list[str] = []
    starts = array("L")
    i, length = 0, len(original)
    while i < length:
        end = i + 1
        while end < length and unicodedata.combining(original[end]):
            end += 1
        folded = _folded(original[i:end])
        if folded and not (folded in {" ", "-"} and out and out[-1] == folded):  # runs of white space or dashes are one
            for character in folded:
                out.append(character)
                starts.append(i)
        i = end
    starts.append(length)
    return Folded(original, "".join(out), starts)


def _folded(cluster: str) -> str:
    """One letter with its accents."""
    if cluster in _UNSEEN:
        return ""
    if cluster.isspace():
        return " "
    return _SAME.get(cluster) or unicodedata.normalize("NFC", cluster).casefold()
