"""Sentences that lean on the one before them ("He designed ..."): those two are read, and quoted, together."""

import re

from index.passages import Passage
from index.sentences import Sentence
from index.store import body_sentences

_LEANS_BACK = re.compile(
    r"^[“\"‘']?(and |but |so )?(he|she|it|they|his|her|its|their|this|these|that|those|the (latter|former)|such|both)\b"
    r"|^(él|ella|ellos|ellas|esto|esta|este|estos|estas|ele|eles|elas|isso|isto|essa|esse)\b",
    re.I,
)


def antecedents(passage: Passage) -> list[Sentence | None]:
    """For each body sentence of a passage the one before it that it leans on, in the same paragraph; else None."""
    body = body_sentences(passage)
    return [
        before if before is not None and before.paragraph == s.paragraph and _LEANS_BACK.match(passage.quote(s)) else None
        for before, s in zip([None, *body], body, strict=False)
    ]
