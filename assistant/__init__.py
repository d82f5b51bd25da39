"""Question -> Answer | Refusal, and the ways to ask: Python, command line, chat page.

from assistant import Assistant

with Assistant.open() as assistant:
    reply = assistant.ask("How much does cyber crime cost?")
    print(reply.outcome, reply.text, reply.citations)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Citation, Refusal, Reply

if TYPE_CHECKING:
    from assistant.assistant import Assistant, ask
    from assistant.retriever import Filters
    from assistant.settings import Settings

__all__ = ["Answer", "Assistant", "Citation", "Filters", "Refusal", "Reply", "Settings", "ask"]

_LATE = {  # what imports LlamaIndex or pydantic-settings: seconds that `footnote --help` need not take
    "Assistant": "assistant.assistant",
    "ask": "assistant.assistant",
    "Filters": "assistant.retriever",
    "Settings": "assistant.settings",
}


def __getattr__(name: str) -> Any:
    if name in _LATE:
        return getattr(import_module(_LATE[name]), name)
    raise AttributeError(f"module 'assistant' has no attribute {name!r}")
