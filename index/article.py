"""One source document: what its file states, its text, and where its paragraphs lie."""

import hashlib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Self

from index.cleaning import Stretch, clean
from index.formats.draft import Draft
from index.formats.metadata import Metadata, Unreadable

_LANGUAGE_SAMPLE = 3000  # characters: enough to tell the language of an article by


@dataclass(frozen=True, slots=True)
class Article:
    """One source document, cleaned once into `text`.

    What the article does not state is None. `published` is an ISO 8601 date (YYYY-MM-DD), `language` an ISO 639-1 code
    guessed from the text unless stated, `sha256` the hash of the file's bytes (and of those of the metadata file beside
    it, if there is one). `stretches` are the paragraphs of `text` in order, each with its kind: only `body` is quoted.
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
    author: str | None = None

    @classmethod
    def parse(cls, id: str, content: bytes, *, suffix: str = ".txt", stated: Metadata | None = None) -> Self:
        """Make an article from the bytes of a text file, or with `suffix` .md of a Markdown file.

        `stated` wins over what the file says. Raises ValueError, saying why, when the bytes are no readable text.
        """
        from index.formats import markdown, text

        draft = markdown.read(content) if suffix == ".md" else text.read(content)
        return cls.from_draft(id, draft, sha256=hashlib.sha256(content).hexdigest(), stated=stated)

    @classmethod
    def from_draft(cls, id: str, draft: Draft, *, sha256: str, stated: Metadata | None = None) -> Self:
        """Clean a draft. `stated` wins over what the draft states. Raises Unreadable when no text is left."""
        known = (stated or Metadata()).over(draft.metadata)
        cleaned = clean(draft.blocks, title=known.title)
        if not cleaned.text.strip():
            raise Unreadable("it holds no text")
        return cls(
            id=id,
            title=cleaned.title or Path(id).name,
            text=cleaned.text,
            publisher=known.publisher or cleaned.publisher,
            url=known.url,
            published=known.published,
            language=known.language or _language(cleaned.text),
            sha256=sha256,
            stretches=cleaned.stretches,
            author=known.author,
        )

    def record(self) -> dict[str, Any]:
        """What the manifest keeps of the article: all but its text, which its passages hold."""
        stated = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in ("text", "stretches")}
        return stated | {"stretches": [[s.start, s.end, s.kind] for s in self.stretches]}

    @classmethod
    def from_record(cls, record: dict[str, Any], text: str) -> Self:
        """The article again, from its record (what else stands there is left aside) and its passages joined."""
        stretches = tuple(Stretch(*stretch) for stretch in record["stretches"])
        stated = {f.name: record[f.name] for f in fields(cls) if f.name not in ("text", "stretches")}
        return cls(**stated, text=text, stretches=stretches)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)


def _language(text: str) -> str | None:
    return str(_identifier().classify(text[:_LANGUAGE_SAMPLE])[0]) if any(map(str.isalpha, text)) else None
