"""Articles as JSON objects: `.json` holds one or a list of them, `.jsonl` one a line.

| field | |
|---|---|
| `text` | required: plain text, a paragraph a line or between blank lines |
| `id` | letters, digits and what else has a shape; without it one is made of the file's name and the object's hash |
| `title`, `author`, `publisher`, `url` | text; authors may be a list |
| `published` | YYYY-MM-DD, a time of day may follow |
| `language` | `en`, `es` ... |

Other fields are passed over.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from index.cleaning import paragraphs
from index.formats.draft import Draft
from index.formats.metadata import Metadata, Unreadable
from index.formats.text import decode

_ID_CHARS = 200


def read(content: bytes) -> Iterator[Draft | Unreadable]:
    """The drafts in a JSON file, or in its place why an object gives none. Raises Unreadable when it is no JSON."""
    loaded = _loaded(content)
    if not isinstance(loaded, list):
        yield _draft_or_why(loaded)
        return
    for number, item in enumerate(loaded, 1):
        made = _draft_or_why(item)
        yield Unreadable(f"its object {number:,} can't be used: {made}") if isinstance(made, Unreadable) else made


def read_line(line: bytes) -> Draft:
    """The draft in one line of JSON. Raises Unreadable."""
    made = _draft_or_why(_loaded(line))
    if isinstance(made, Unreadable):
        raise made
    return made


def _loaded(content: bytes) -> Any:
    try:
        return json.loads(decode(content))
    except json.JSONDecodeError as error:
        raise Unreadable(f"it is no JSON: {error.msg}, character {error.pos + 1:,}") from error
    except RecursionError:
        raise Unreadable("it is nested too deeply") from None


def _draft_or_why(item: Any) -> Draft | Unreadable:
    if not isinstance(item, dict):
        return Unreadable("it is no object with a field 'text'")
    text = item.get("text")
    if not isinstance(text, str) or not text.strip():
        return Unreadable("it has no text in the field 'text'")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return Unreadable(f"its text holds half a character (\\u{ord(text[error.start]):04x}) at {error.start:,}")
    try:
        return Draft(Metadata.stated(item, "object"), paragraphs(text), _id(item.get("id")), _digest(item))
    except Unreadable as why:
        return why


def _id(value: Any) -> str | None:
    """The id as it is given. Raises Unreadable for one that can't be shown or is too long."""
    if value is None or value == "":
        return None
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise Unreadable("its field 'id' is neither text nor a number")
    id = str(value)
    if len(id) > _ID_CHARS or not id.isprintable() or id != id.strip():
        raise Unreadable(f"its field 'id' is longer than {_ID_CHARS} characters, or holds what can't be shown")
    return id


def _digest(item: dict[str, Any]) -> str:
    """A hash of what the object says, whatever the order and spacing of its fields."""
    return hashlib.sha256(json.dumps(item, sort_keys=True).encode()).hexdigest()
