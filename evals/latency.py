"""What a warm `Assistant.ask` takes beside the bare embedding of its question: single questions, and follow-ups.

Each question is embedded by itself right before it is asked, so both meet the same machine.

Run: python -m evals.latency [HOME]     without HOME, over the default articles, whose index is built first
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.assistant import Assistant
from assistant.settings import Settings
from evals.questions import SEEDS_QUESTIONS, EvalQuestion, load_questions
from index.build import build_index
from index.embedder import E5Embedding
from index.settings import SEEDS

QUESTIONS, WARMING = 50, 5


def measure(assistant: Assistant, embedder: E5Embedding, questions: Sequence[EvalQuestion]) -> dict[str, float]:
    """Seconds at the median: of asking, of the bare embedding; the first / the second; and of asking, at p95."""
    asks, embeds = [], []
    for question in [*questions[:WARMING], *questions]:
        started = time.perf_counter()
        embedder.get_query_embedding(f"{question.question} ")  # a space, as one that was embedded is remembered
        embedded = time.perf_counter()
        assistant.ask(question.question, history=question.history)
        embeds.append(embedded - started)
        asks.append(time.perf_counter() - embedded)
    asks, embeds = asks[WARMING:], embeds[WARMING:]
    ask, embed = statistics.median(asks), statistics.median(embeds)
    return {
        "questions": len(asks),
        "ask": ask,
        "embed": embed,
        "ratio": ask / embed,
        "ask_p95": statistics.quantiles(asks, n=20)[-1],
    }


def main(home: Path | None) -> None:
    """Measure; say."""
    questions = load_questions(SEEDS_QUESTIONS)
    with tempfile.TemporaryDirectory() as made:
        settings = Settings.from_environment(home=home or Path(made), chroma_url="", reader="quotes")
        embedder = E5Embedding()
        if not home:
            build_index(settings, [SEEDS], embedder=embedder)
        with Assistant.open(settings, embedder=embedder) as assistant:
            single = [q for q in questions if not q.history][:QUESTIONS]
            for name, some in (("single", single), ("follow-ups", [q for q in questions if q.history][:QUESTIONS])):
                figures = ", ".join(f"{what} {value:.3g}" for what, value in measure(assistant, embedder, some).items())
                sys.stdout.write(f"{name}: {figures}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
