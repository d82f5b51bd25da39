"""The settings of the index, read once where a program starts, and passed on as an argument."""

import os
from pathlib import Path
from typing import Any, Self

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import SettingsError

PREFIX = "FOOTNOTE_"
OPENAI_URL = "https://api.openai.com/v1"
SEEDS = Path(__file__).resolve().parent.parent / "seeds"


class IndexSettings(BaseSettings):
    """Where the index is kept, how large its parts are, and what embeds them.

    Environment names begin with `FOOTNOTE_`, but for OPENAI_API_KEY and OPENAI_BASE_URL, which other programs share. What
    is secret or may hold a password is left out of a dump.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", populate_by_name=True)

    home: Path = Field(Path(".footnote"), description="the folder that holds all that Footnote writes")
    passage_words: int = Field(150, ge=20, le=1000, description="words in a passage, aimed at; it varies by a fifth either way")
    max_article_chars: int = Field(
        2_000_000, ge=1, description="articles with more characters than this are skipped, and said so"
    )
    embedding_model: str = Field("", description="an embedding model of an OpenAI-compatible server; empty: the built-in one")
    embedding_dimensions: int | None = Field(None, ge=1, le=65_536, description="numbers in a vector, if the model lets choose")
    embedding_base_url: str = Field("", exclude=True, description="its server, if another than OPENAI_BASE_URL")
    embedding_api_key: SecretStr = Field(SecretStr(""), exclude=True, description="the key of that server")
    openai_api_key: SecretStr = Field(
        SecretStr(""), exclude=True, validation_alias="OPENAI_API_KEY", description="the key of OpenAI or OPENAI_BASE_URL"
    )
    openai_base_url: str = Field(
        "", exclude=True, validation_alias="OPENAI_BASE_URL", description="an OpenAI-compatible server; empty: OpenAI's"
    )

    chroma_url: str = Field(
        "", exclude=True, validation_alias="CHROMA_URL", description="a Chroma server that holds the index; empty: the home"
    )
    chroma_api_key: SecretStr = Field(
        SecretStr(""), exclude=True, validation_alias="CHROMA_API_KEY", description="the key of Chroma Cloud or of a proxy"
    )
    chroma_tenant: str = Field("", validation_alias="CHROMA_TENANT", description="the tenant there; empty: that of the key")
    chroma_database: str = Field("", validation_alias="CHROMA_DATABASE", description="its database; empty: that of the key")

    @classmethod
    def environment_names(cls) -> list[str]:
        """Every environment variable that is read."""
        return [str(field.validation_alias or PREFIX + name.upper()) for name, field in cls.model_fields.items()]

    @classmethod
    def from_environment(cls, **given: Any) -> Self:
        """Read the `FOOTNOTE_*` environment variables; `given` (those that aren't None) win over them.

        Raises SettingsError, which names every unknown variable (pydantic-settings ignores those) or bad value.
        """
        known = set(cls.environment_names())
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
    name = ".".join(map(str, location)).upper()
    return name if name.startswith(("OPENAI_", "CHROMA_")) else PREFIX + name
