"""All settings of the assistant: those of the index, and its own."""

from pydantic import Field

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
