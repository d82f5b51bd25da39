"""The settings of the index, read once where a program starts, and passed on as an argument."""

import os
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import SettingsError

PREFIX = "FOOTNOTE_"
SEEDS = Path(__file__).resolve().parent.parent / "seeds"


class IndexSettings(BaseSettings):
    """Where the index is kept and how large its parts are. Environment names begin with `FOOTNOTE_`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    home: Path = Field(Path(".footnote"), description="the folder that holds all that Footnote writes")
    passage_words: int = Field(150, ge=20, le=1000, description="words in a passage, aimed at; it varies by a fifth either way")
    max_article_chars: int = Field(
        2_000_000, ge=1, description="articles with more characters than this are skipped, and said so"
    )

    @classmethod
    def from_environment(cls, **given: Any) -> Self:
        """Read the `FOOTNOTE_*` environment variables; `given` (those that aren't None) win over them.

        Raises SettingsError, which names every unknown variable (pydantic-settings ignores those) or bad value.
        """
        known = {PREFIX + name.upper() for name in cls.model_fields}
        unknown = sorted(name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known)
        if unknown:
            raise SettingsError(
                f"Unknown environment variable {', '.join(unknown)}; known are {', '.join(sorted(known))}.",
                repair="unset " + " ".join(unknown),
            )
        try:
            return cls(**{name: value for name, value in given.items() if value is not None})
        except ValidationError as error:
            problems = "; ".join(f"{_name(e['loc'])}: {e['msg']} (it is {e['input']!r})" for e in error.errors())
            raise SettingsError(f"Settings that can't be used: {problems}.") from error


def _name(location: tuple[int | str, ...]) -> str:
    return PREFIX + ".".join(map(str, location)).upper()
