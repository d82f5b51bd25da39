"""What staff write beside a file: `flood.pdf.meta.toml` (or `flood.meta.toml`) holds what is known of `flood.pdf`."""

import tomllib
from dataclasses import fields
from pathlib import Path

from index.formats.metadata import Metadata, Unreadable

ENDING = ".meta.toml"
MAX_BYTES = 65_536

FIELDS = tuple(f.name for f in fields(Metadata))


def names(path: Path) -> tuple[Path, Path]:
    """Where the metadata of a file may stand; the first of them that is there counts."""
    return path.with_name(path.name + ENDING), path.with_name(path.stem + ENDING)


def read(content: bytes, name: str) -> Metadata:
    """What it states. Raises Unreadable, as it was written for us: an unknown field is a slip."""
    if len(content) > MAX_BYTES:
        raise Unreadable(f"its {name} is larger than {MAX_BYTES:,} bytes")
    try:
        stated = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"its {name} is no TOML: {' '.join(str(error).split())[:200]}") from error
    if unknown := sorted(set(stated) - set(FIELDS)):
        raise Unreadable(f"its {name} has an unknown field '{unknown[0][:80]}'; known are {', '.join(FIELDS)}")
    return Metadata.stated(stated, name)
