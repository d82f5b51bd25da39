"""The chat itself: what stands on the page, and what happens to a question.

The server keeps no conversation. The browser sends it with every question, and what it sends back the script keeps:
hidden text boxes carry, as JSON, a question to ask (`fn-command`), a conversation to show (`fn-show`), what the chat is
limited to (`fn-limits`), and the conversation as it stands (`fn-record`).
"""

import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.events import ClaimShown, Done, Found, Searching
from assistant.language import language_of
from assistant.page import render
from assistant.page.examples import examples
from assistant.page.labels import Labels, labels
from assistant.page.limits import filters
from index.errors import FootnoteError

Message = dict[str, Any]
"""`role` and `content`, as Gradio has it: a string, or parts of type "text"."""

_log = logging.getLogger(__name__)

_TURNS = 12  # messages before a question that it may lean on
_SHOWN = 400  # messages of a conversation that are shown again
_LANGUAGE_SAMPLE = 1000  # characters
_BUSY, _IDLE = (gr.update(visible=False), gr.update(visible=True)), (gr.update(visible=True), gr.update(visible=False))


def build_chat(assistant: Assistant) -> gr.Blocks:
    """The page as Gradio blocks, with example questions from the articles of `assistant`."""
    chat = Chat(assistant)
    blocks = gr.Blocks(title="Footnote", analytics_enabled=False, fill_height=True)
    with blocks:
        talk = gr.Chatbot(
            elem_id="fn-chat",
            label="Conversation",
            show_label=False,
            container=False,
            height="100%",
            sanitize_html=True,
            allow_tags=False,
            latex_delimiters=[],
            autoscroll=False,  # to the end of an answer; the script scrolls to its beginning
            buttons=[],
            feedback_options=None,
            layout="bubble",
            placeholder="Every answer is a quote from the articles. Where they don't answer, it says so.",
            examples=[{"text": question} for question in examples(assistant)],
        )
        with gr.Row(elem_id="fn-ask", equal_height=False):
            box = gr.Textbox(
                elem_id="fn-question",
                label="Question",
                placeholder="Ask the articles a question",
                lines=1,
                max_lines=6,
                autofocus=True,
                scale=1,
                min_width=160,
            )
            send = gr.Button("Send", variant="primary", elem_id="fn-send", scale=0, min_width=88)
            stop = gr.Button("Stop", variant="stop", elem_id="fn-stop", scale=0, min_width=88, visible=False)
        limits, command, show, record = (
            gr.Textbox(elem_id=f"fn-{name}", visible="hidden") for name in ("limits", "command", "show", "record")
        )
        shown: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        outputs = [box, talk, send, stop, record]
        asking = [
            gr.on([box.submit, send.click], chat.ask, [box, talk, limits], outputs, **shown),
            talk.example_select(chat.ask_example, [talk, limits], outputs, **shown),
            command.submit(chat.ask_again, [command, talk, limits], outputs, **shown),
        ]
        stop.click(chat.stop, [talk], outputs[1:], cancels=asking, queue=False, **shown)
        show.submit(chat.show, [show], outputs, cancels=asking, queue=False, **shown)
    blocks.queue(max_size=assistant.settings.max_waiting, default_concurrency_limit=4, api_open=False)
    return blocks


class Chat:
    """What happens on the page."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    async def ask_example(self, talk: list[Message], limits: str, chosen: gr.SelectData) -> AsyncIterator[tuple[Any, ...]]:
        """As `ask`, with the example that was chosen."""
        async for shown in self.ask(chosen.value["text"], talk, limits):
            yield shown

    async def ask_again(self, command: str, talk: list[Message], limits: str) -> AsyncIterator[tuple[Any, ...]]:
        """As `ask`, with `{"question": "...", "keep": n}`: the conversation goes on after its first n messages."""
        try:
            data = json.loads(command)
            question, keep = str(data["question"]), max(0, int(data["keep"]))
        except (ValueError, TypeError, KeyError, RecursionError):
            return
        async for shown in self.ask(question, talk[:keep], limits):
            yield shown

    async def ask(self, question: str, talk: list[Message], limits: str) -> AsyncIterator[tuple[Any, ...]]:
        """Yield what the page shows: what is being done, each claim once it is verified, the reply, or what went wrong.

        Each time the text of the box, the conversation, whether Send and Stop are visible, and the record.
        """
        words = labels(language_of(question[:_LANGUAGE_SAMPLE]))
        asked = render.asked(question)
        before = [*talk, _message("user", asked)] if asked else talk
        yield "", [*before, _message("assistant", f"*{words.waiting}*")], *_BUSY, gr.skip()
        said = ""
        try:
            async with aclosing(self._states(question, _history(talk), limits, words)) as states:
                async for said, done in states:
                    if not done:
                        yield gr.skip(), [*before, _message("assistant", said)], *_BUSY, gr.skip()
        except FootnoteError as error:
            said = render.asked(str(error))
        except Exception:
            _log.exception("A question could not be answered.")
            said = words.failed
        now = [*before, _message("assistant", said)]
        yield gr.skip(), now, *_IDLE, _record(now)  # the next question may stand in the box by now

    async def _states(
        self, question: str, history: list[tuple[str, str]], limits: str, words: Labels
    ) -> AsyncGenerator[tuple[str, bool]]:
        """What the reply's place holds, from the first word on what is done to the whole reply; and whether it is that."""
        claims = []
        searched = 0
        async with aclosing(self._assistant.astream(question, history=history, filters=filters(limits))) as events:
            async for event in events:
                match event:
                    case Searching(articles):
                        searched = articles
                        yield render.partial([], words.count(words.searching, articles)), False
                    case Found():
                        yield render.partial([], words.checking), False
                    case ClaimShown(claim):
                        claims.append(claim)
                        yield render.partial(claims, words.checking), False
                    case Done(reply):
                        yield render.answer(reply, searched, older=bool(self._assistant.notice)), True

    def stop(self, talk: list[Message]) -> tuple[Any, ...]:
        """Say that the running answer was stopped, in its place; claims that were shown stay."""
        if not talk or talk[-1]["role"] != "assistant":
            return talk, *_IDLE, _record(talk)
        asked = [_text(m) for m in talk if m["role"] == "user"]
        words = labels(language_of(asked[-1]) if asked else None)
        now = [*talk[:-1], _message("assistant", render.stopped(_content(talk[-1]), words))]
        return now, *_IDLE, _record(now)

    def show(self, kept: str) -> tuple[Any, ...]:
        """Show a conversation that the browser kept; an empty one begins anew."""
        try:
            talk = [_message(m["role"], m["content"]) for m in json.loads(kept)][:_SHOWN]
            sound = all(m["role"] in ("user", "assistant") and isinstance(m["content"], str) for m in talk)
        except (ValueError, TypeError, KeyError, RecursionError):
            sound = False
        talk = talk if sound else []
        return "", talk, *_IDLE, _record(talk)


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


def _content(message: Message) -> str:
    content = message["content"]
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def _text(message: Message) -> str:
    """A message as it was typed or said."""
    return render.plain(_content(message))


def _history(talk: list[Message]) -> list[tuple[str, str]]:
    return [(str(m["role"]), _text(m)) for m in talk[-_TURNS:]]


def _record(talk: list[Message]) -> str:
    return json.dumps([_message(str(m["role"]), _content(m)) for m in talk])
