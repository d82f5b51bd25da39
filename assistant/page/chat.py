"""The chat itself: what stands on the page, and what happens to a question."""

import logging
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.language import language_of
from assistant.page import render
from assistant.page.examples import examples
from assistant.page.labels import Labels, labels
from index.errors import FootnoteError

Message = dict[str, Any]
"""`role` and `content`, as Gradio has it: a string, or parts of type "text"."""

_log = logging.getLogger(__name__)

_TURNS = 12  # messages before a question that it may lean on
_LANGUAGE_SAMPLE = 1000  # characters
_BUSY, _IDLE = (gr.update(visible=False), gr.update(visible=True)), (gr.update(visible=True), gr.update(visible=False))


def build_chat(assistant: Assistant) -> gr.Blocks:
    """The page as Gradio blocks, with example questions from the articles of `assistant`."""
    chat = Chat(assistant)
    blocks = gr.Blocks(title="Footnote", analytics_enabled=False, fill_height=True)
    with blocks:
        with gr.Row(elem_id="fn-top", equal_height=False):
            gr.Markdown(chat.header, elem_id="fn-header", container=False, sanitize_html=True)
            new = gr.Button("New chat", variant="secondary", size="sm", elem_id="fn-new", scale=0, min_width=96)
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
        shown: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        outputs = [box, talk, send, stop]
        asking = [
            gr.on([box.submit, send.click], chat.ask, [box, talk], outputs, **shown),
            talk.example_select(chat.ask_example, [talk], outputs, **shown),
        ]
        stop.click(chat.stop, [talk], [talk, send, stop], cancels=asking, queue=False, **shown)
        new.click(lambda: ("", [], *_IDLE), None, outputs, cancels=asking, queue=False, **shown)
    blocks.queue(max_size=20, default_concurrency_limit=4, api_open=False)
    return blocks


class Chat:
    """What happens on the page. It keeps nothing: the conversation comes with every question."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def header(self) -> str:
        """What the page is, and how many articles it searches now."""
        try:
            count = len(self._assistant.articles())
        except FootnoteError as error:
            return f"# Footnote\n\n{render.asked(str(error))}"
        searched = f"{count:,} article" + ("" if count == 1 else "s")
        return f"# Footnote\n\nAnswers questions from {searched}, in quotes that open in their place."

    async def ask_example(self, talk: list[Message], chosen: gr.SelectData) -> AsyncIterator[tuple[Any, ...]]:
        """As `ask`, with the example that was chosen."""
        async for shown in self.ask(chosen.value["text"], talk):
            yield shown

    async def ask(self, question: str, talk: list[Message]) -> AsyncIterator[tuple[Any, ...]]:
        """Yield what the page shows: first what is being done, then the reply, or what went wrong, in words.

        Each time the text of the box, the conversation, and whether Send and Stop are visible.
        """
        words = labels(language_of(question[:_LANGUAGE_SAMPLE]))
        asked = render.asked(question)
        before = [*talk, _message("user", asked)] if asked else talk
        try:
            searching = words.count(words.searching, len(self._assistant.articles()))
            yield "", [*before, _message("assistant", searching)], *_BUSY
            reply = await self._assistant.aask(question, history=_history(talk))
            said = render.answer(reply, len(self._assistant.articles()))
        except FootnoteError as error:
            said = render.asked(str(error))
        except Exception:
            _log.exception("A question could not be answered.")
            said = words.failed
        yield gr.skip(), [*before, _message("assistant", said)], *_IDLE  # the next question may stand in the box by now

    def stop(self, talk: list[Message]) -> tuple[Any, ...]:
        """Say that the running answer was stopped, in its place."""
        return [*talk[:-1], _message("assistant", self._words(talk).stopped)], *_IDLE

    def _words(self, talk: list[Message]) -> Labels:
        asked = [_text(m) for m in talk if m["role"] == "user"]
        return labels(language_of(asked[-1]) if asked else None)


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


def _text(message: Message) -> str:
    """A message as it was typed or said."""
    content = message["content"]
    parts = [content] if isinstance(content, str) else [part.get("text", "") for part in content]
    return render.plain("".join(parts))


def _history(talk: list[Message]) -> list[tuple[str, str]]:
    return [(str(m["role"]), _text(m)) for m in talk[-_TURNS:]]
