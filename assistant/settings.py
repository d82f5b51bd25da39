"""All settings of the assistant: those of the index, and its own."""

from typing import Literal

from pydantic import Field, SecretStr

from index.settings import IndexSettings


class Settings(IndexSettings):
    """Read once, where a program starts: `Settings.from_environment()`. Frozen; passed on as an argument."""

    host: str = Field("127.0.0.1", description="the address that the chat page listens on")
    port: int = Field(7860, ge=0, le=65535, description="the port that the chat page listens on; 0 takes a free one")
    max_question_chars: int = Field(2000, ge=10, le=100_000, description="a longer question is not asked")
    quotes: int = Field(3, ge=1, le=10, description="an answer's quotes at the most")
    related: int = Field(3, ge=0, le=10, description="passages offered as reading beside a reply")
    max_waiting: int = Field(
        100, ge=1, le=10_000, description="questions that may wait on the page; one more is told to try later"
    )
    host_names: str = Field(
        "", description="further names that the page answers under, as those of a proxy; commas between them"
    )
    model: str = Field("", description="the model that writes answers; empty: none, answers are quotes")
    reader: Literal["", "quotes", "model"] = Field("", description="who writes answers; empty: the model where one is named")
    model_timeout: float = Field(
        30.0, ge=1, le=600, description="seconds that a model has for a question, all its calls together"
    )
    model_requests: int = Field(3, ge=1, le=10, description="calls of a model for a question, at the most")
    model_context: int = Field(8192, ge=512, description="tokens that the model takes at once, the prompt and its answer")
    model_tokens: int = Field(600, ge=16, description="tokens of an answer, at the most")
    grader_model: str = Field("", description="the model that grades answers in an evaluation; empty: none")
    grader_base_url: str = Field("", exclude=True, description="its server, if another than OPENAI_BASE_URL")
    grader_api_key: SecretStr = Field(SecretStr(""), exclude=True, description="the key of that server")
