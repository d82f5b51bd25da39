"""What a Markdown file states between two marks at its top: YAML between lines of `---`, TOML between lines of `+++`."""

import re
import tomllib
from typing import Any

from index.formats.metadata import Metadata, Unreadable

_MAX_CHARS = 65_536
_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\n(.*?\n|)\1[ \t]*(?:\n|\Z)", re.S)


def split(text: str) -> tuple[Metadata, str]:
    """What the front matter states, and the text below it; text without one is returned as it is.

    Raises Unreadable for a field that can't be what it says, or front matter longer than 65,536 characters.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    match = _FRONT.match(text)
    if not match:
        return Metadata(), text
    if len(match[2]) > _MAX_CHARS:
        raise Unreadable(f"its front matter is longer than {_MAX_CHARS:,} characters")
    fields = _toml(match[2]) if match[1] == "+++" else _yaml(match[2])
    return Metadata.stated(fields, "front matter"), text[match.end() :]


def _toml(head: str) -> dict[str, Any]:
    try:
        return tomllib.loads(head)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unreadable(f"its front matter is no TOML: {error}") from error


def _yaml(head: str) -> dict[str, Any]:
    """Read YAML; where it is none, as `title: The flood: a report`, each line is taken as a key and its value."""
    import yaml

    try:
        loaded = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date that no calendar has
        loaded = None
    if isinstance(loaded, dict):
        return {str(key): value for key, value in loaded.items()}
    pairs = (line.partition(":") for line in head.splitlines() if ":" in line)
    return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}
