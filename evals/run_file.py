"""run.json: what a run asked, with what, and what came, written once and read again."""

import json
import os
from pathlib import Path
from typing import Any

from index.errors import FootnoteError

FORMAT = 1
"""Of run.json: raise it when an older program couldn't read it."""

NAME = "run.json"

HOLDS = ("set", "selection", "settings", "recipe", "metrics", "results", "timings")


class RunError(FootnoteError):
    """A run can't be written, or what is given is no run that this program can read."""


def save_run(made: dict[str, Any], folder: Path) -> Path:
    """Write run.json into the folder, whole or not at all; the file's path. Raises RunError."""
    return write_whole(folder / NAME, json.dumps(made, ensure_ascii=False, indent=1) + "\n")


def write_whole(path: Path, text: str) -> Path:
    """Write a file, whole or not at all; its path. Raises RunError."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise RunError(f"{path} can't be written: {error.strerror or error}.") from error
    return path


def load_run(path: Path) -> dict[str, Any]:
    """A run, from its folder or its run.json. Raises RunError when it isn't one, or is of another format."""
    file = path / NAME if path.is_dir() else path
    try:
        made = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise RunError(f"There is no run to read at {file}: {error.strerror or error}.", repair="footnote eval run") from error
    except (ValueError, RecursionError) as error:
        raise RunError(f"{file} is no run: {error}.", repair="footnote eval run") from error
    if not isinstance(made, dict) or "format" not in made:
        raise RunError(f"{file} is no run: it states no format.", repair="footnote eval run")
    if made["format"] != FORMAT:
        found = str(made["format"])[:20]
        raise RunError(f"{file} is a run of format {found}, and this program reads {FORMAT}.", repair="footnote eval run")
    if missing := [name for name in HOLDS if name not in made]:
        raise RunError(f"{file} is no run: it lacks {', '.join(missing)}.", repair="footnote eval run")
    if not isinstance(made["results"], list) or not all(map(_is_result, made["results"])):
        raise RunError(f"{file} is no run: its results can't be read.", repair="footnote eval run")
    return made


def _is_result(result: Any) -> bool:
    return isinstance(result, dict) and {"id", "kind", "question", "group", "answerable", "outcome"} <= result.keys()
