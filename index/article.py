"""One source document: what its file states, its text, and where its paragraphs lie."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Self

from index.cleaning import Stretch, clean

_LANGUAGE_SAMPLE = 3000  # characters: enough to tell the language of an article by


@dataclass(frozen=True, slots=True)
class Article:
    """One source document, cleaned once into `text`.

    What the article does not state is None. `published` is an ISO 8601 date (YYYY-MM-DD), `language` an ISO 639-1 code
    guessed from the text unless stated, `sha256` the hash of the file's bytes. `stretches` are the paragraphs of `text`
    in order, each with its kind: only `body` is quoted.
    """

    id: str
    title: str
    text: str
    publisher: str | None
    url: str | None
    published: str | None
    language: str | None
    sha256: str
    stretches: tuple[Stretch, ...]

    @classmethod
    def parse(cls, id: str, content: bytes, *, suffix: str = ".txt") -> Self:
        """Make an article from the bytes of a file; `suffix` .md reads front matter and Markdown headings.

        Raises ValueError, saying why, when the bytes are no readable text.
        """
        if b"\0" in content:
            raise ValueError("it is a binary file (it holds NUL bytes), not text")
        try:
            raw = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValueError(f"it is not UTF-8 text (byte {error.start}); convert it, for example with iconv") from error
        markdown = suffix == ".md"
        front, raw = _front_matter(raw) if markdown else ({}, raw)
        cleaned = clean(raw, title=front.get("title"), markdown=markdown)
        if not cleaned.text.strip():
            raise ValueError("it holds no text")
        return cls(
            id=id,
            title=cleaned.title or Path(id).name,
            text=cleaned.text,
            publisher=front.get("publisher") or cleaned.publisher,
            url=front.get("url"),
            published=front.get("published"),
            language=front.get("language") or _language(cleaned.text),
            sha256=hashlib.sha256(content).hexdigest(),
            stretches=cleaned.stretches,
        )

    def record(self) -> dict[str, Any]:
        """What the manifest keeps of the article: all but its text, which its passages hold."""
        return {k: v for k, v in asdict(self).items() if k not in {"text", "stretches"}} | {
            "stretches": [[s.start, s.end, s.kind] for s in self.stretches]
        }

    @classmethod
    def from_record(cls, record: dict[str, Any], text: str) -> Self:
        """The article again, from its record and its passages joined."""
        stretches = tuple(Stretch(*stretch) for stretch in record["stretches"])
        return cls(**(record | {"text": text, "stretches": stretches}))


def _front_matter(raw: str) -> tuple[dict[str, str], str]:
    """Read `key: value` lines between two lines of `---` at the top; only the fields that an article has are kept.

    Raises ValueError for a date that is none.
    """
    text = raw.replace("\r\n", "\n")
    head, mark, rest = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not mark:
        return {}, raw
    pairs = (line.partition(":") for line in head.splitlines() if ":" in line)
    stated = {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}
    fields = {key: value for key, value in stated.items() if value}
    if fields.get("published"):
        try:
            fields["published"] = date.fromisoformat(fields["published"][:10]).isoformat()
        except ValueError as error:
            raise ValueError(f"its front matter has no date in 'published: {fields['published']}' (YYYY-MM-DD)") from error
    return fields, rest


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)


def _language(text: str) -> str | None:
    return str(_identifier().classify(text[:_LANGUAGE_SAMPLE])[0]) if any(map(str.isalpha, text)) else None
