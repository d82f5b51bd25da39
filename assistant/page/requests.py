"""What the page's script sends, each within bounds: a body that is otherwise is refused."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.feedback import Feedback
from assistant.page import render

_Text = Annotated[str, Field(max_length=200_000)]
_Place = tuple[Annotated[str, Field(max_length=2000)], Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]
_Places = Annotated[tuple[_Place, ...], Field(max_length=200)]


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Message(_Request):
    """A message of a conversation, as the page holds it."""

    role: Literal["user", "assistant"]
    content: _Text


_Talk = Annotated[tuple[Message, ...], Field(max_length=1000)]


class Quotation(_Request):
    """A quotation to be checked."""

    text: _Text


class Shown(_Request):
    """The quotes just shown, and the questions asked so far."""

    places: _Places
    asked: Annotated[tuple[Annotated[str, Field(max_length=2000)], ...], Field(min_length=1, max_length=200)]
    limits: _Text = ""


class Conversation(_Request):
    """A conversation, or one question and its answer without a title."""

    title: Annotated[str, Field(max_length=500)] = ""
    talk: _Talk
    form: Literal["markdown", "html"]


class Thumb(_Request):
    """A thumb on the last message of `talk`."""

    verdict: Literal["up", "down"]
    word: Annotated[str, Field(max_length=1000)] = ""
    talk: Annotated[tuple[Message, ...], Field(min_length=2, max_length=1000)]
    places: _Places = ()
    limits: _Text = ""

    def feedback(self) -> Feedback:
        """It as the log has it."""
        *before, asked, reply = [(m.role, render.plain(m.content)) for m in self.talk]
        return Feedback(
            verdict=self.verdict,
            question=asked[1],
            reply=reply[1],
            word=self.word.strip(),
            history=tuple(before),
            places=self.places,
            limits=self.limits,
        )
