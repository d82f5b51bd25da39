"""What a file states of its article: checked where a person wrote it for us, dropped if odd where a page says it in passing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self
from urllib.parse import urlsplit

_MAX_CHARS = 500
_MAX_NAMES = 20
_ALIASES = {"authors": "author", "date": "published", "lang": "language", "site": "publisher"}


class Unreadable(ValueError):
    """Why a file, or a part of it, can't be an article, in one line."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is stated; the rest is None. `published` is an ISO 8601 date, `language` an ISO 639-1 code, `url` http(s)."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None

    @classmethod
    def stated(cls, values: Mapping[str, Any], where: str) -> Self:
        """Take the fields from what a person wrote; others are passed over.

        Raises Unreadable, naming `where` and the field, for a date, an address or a language that is none.
        """
        known = {f.name for f in fields(cls)}
        found: dict[str, str] = {}
        for key, value in values.items():
            name = _ALIASES.get(key.lower(), key.lower())
            text = _line(value) if name in known else ""
            if text and (name == key.lower() or name not in found):
                checked = _CHECKS[name](text)
                if checked is None:
                    raise Unreadable(f"its {where} says '{key}: {text[:80]}', which is no {_WANTED[name]}")
                found[name] = checked
        return cls(**found)

    @classmethod
    def guessed(cls, **values: Any) -> Self:
        """Take what a parser found; what is no date, address or language is left out."""
        texts = {name: _line(value) for name, value in values.items()}
        return cls(**{name: _CHECKS[name](text) for name, text in texts.items() if text})

    def over(self, other: "Metadata") -> "Metadata":
        """This, and where this states nothing, the other."""
        return Metadata(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(self)))


def _line(value: Any) -> str:
    """A value as one line of text; names in a list are joined, and a list within a list says nothing."""
    if isinstance(value, (list, tuple)):
        value = ", ".join(filter(None, (_line(v) for v in value[:_MAX_NAMES] if not isinstance(v, (list, tuple)))))
    if isinstance(value, dict):
        value = value.get("name")
    if value is None or isinstance(value, (bool, dict, list)):
        return ""
    text = "".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000 else c for c in str(value))
    return " ".join(text.split())[:_MAX_CHARS].strip()


def _date(text: str) -> str | None:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None


def _url(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        return text if parts.scheme in ("http", "https") and parts.hostname and " " not in text else None
    except ValueError:
        return None


def _code(text: str) -> str | None:
    match = re.fullmatch(r"([a-z]{2})([-_]\w{1,20})*", text, re.I)
    return match[1].lower() if match else None


def _same(text: str) -> str | None:
    return text


_CHECKS = {"title": _same, "author": _same, "publisher": _same, "url": _url, "published": _date, "language": _code}
_WANTED = {"url": "http address", "published": "date (YYYY-MM-DD)", "language": "language code (such as en)"}
