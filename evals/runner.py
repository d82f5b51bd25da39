"""Running a question set: every question is asked as a user would, and what came is scored and written down."""

import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from assistant.answer import Answer, Reply
from assistant.assistant import Assistant
from assistant.engine import Asked
from assistant.retriever import Filters
from assistant.settings import Settings
from evals.grader import Grader
from evals.metrics import metrics_of
from evals.provenance import commit, digest, versions
from evals.questions import EvalQuestion, QuestionSetError
from evals.run_file import FORMAT
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
from evals.sets import EvalSet
from index.article import Article
from index.build import publish_corpus
from index.corpus import Corpus
from index.recipe import recipe
from index.revision import Progress


@dataclass(frozen=True, slots=True)
class Selection:
    """Which questions of a set are asked."""

    kinds: tuple[str, ...] = ()
    split: str | None = None
    limit: int | None = None

    def of(self, questions: Iterable[EvalQuestion]) -> list[EvalQuestion]:
        """The questions, in their order: the first `limit` of these kinds in this split. Raises QuestionSetError for none."""
        kept = [q for q in questions if (not self.kinds or q.kind in self.kinds) and self.split in (None, q.split)]
        if not kept[: self.limit]:
            raise QuestionSetError("The set has no question of the kinds and the split asked for.")
        return kept[: self.limit]


def open_set(settings: Settings, chosen: EvalSet, progress: Progress) -> Assistant:
    """An assistant over the set's corpus: an index of its own in the home, built if need be and kept between runs."""
    own = settings.model_copy(update={"home": settings.home / "eval" / (chosen.corpus or chosen.name), "chroma_url": ""})
    articles = tuple(sorted(chosen.articles, key=lambda a: a.id))
    publish_corpus(own, Corpus(articles, ()), progress)
    return Assistant.open(own)


def run(
    assistant: Assistant,
    chosen: EvalSet,
    selection: Selection,
    asked: Callable[[int, int], None] = lambda done, total: None,
    reader: str = "quotes",
    grader: Grader | None = None,
) -> dict[str, Any]:
    """Ask and score; the result is what run.json holds. All that differs between two runs of one code is in `timings`.

    `asked` is called with how many questions were asked, and of how many.
    """
    articles = {a.id: a for a in chosen.articles}
    questions = selection.of(chosen.questions)
    results, seconds = [], {}
    for n, question in enumerate(questions):
        asked(n, len(questions))
        started = time.perf_counter()
        result = _ask(assistant, question, articles, chosen.whole_articles, grader)
        took = time.perf_counter() - started
        results.append(result)
        if result["outcome"] != "unscored":
            seconds[question.id] = took
    asked(len(questions), len(questions))
    return {
        "format": FORMAT,
        "set": chosen.name,
        "questions_sha256": digest([asdict(q) for q in chosen.questions]),
        "articles_sha256": digest(sorted((a.id, a.sha256) for a in chosen.articles)),
        "articles": len(articles),
        "selection": asdict(selection),
        "reader": reader,
        "grader": grader.name if grader else None,
        "settings": {k: v for k, v in assistant.settings.model_dump(mode="json").items() if k != "home"},
        "recipe": recipe(assistant.settings),
        "commit": commit(),
        "versions": versions(),
        "python": platform.python_version(),
        "metrics": metrics_of(results),
        "results": results,
        "timings": {"created": datetime.now(UTC).isoformat(timespec="seconds"), **_latency(seconds), "seconds": seconds},
    }


def _ask(
    assistant: Assistant, question: EvalQuestion, articles: dict[str, Article], whole: bool, grader: Grader | None
) -> dict[str, Any]:
    """One question's result. A failure is `unscored`: it is counted and shown, and is never called incorrect."""
    result: dict[str, Any] = asdict(question) | {"split": question.split, "group": question.group or question.id}
    filters = Filters(article_ids=frozenset(question.article_ids)) if question.article_ids else None
    try:
        response: Any = assistant.query_engine.query(Asked(question.question, filters=filters, history=question.history))
        reply: Reply = response.metadata["reply"]
        found = [node.node.found for node in response.source_nodes]
        passages = [_place(f.passage.article_id, f.passage.start, f.passage.end) for f in found]
        ranked = [
            (_place(r.found.passage.article_id, r.sentence.start, r.sentence.end), r.text) for r in response.metadata["ranked"]
        ]
        scores = _scores(question, reply, passages, ranked, articles, whole)
        if grader and (grade := grader.grade(question, reply)):
            scores |= {"grade": grade.correct, "grade_why": grade.why}
        return result | {"outcome": reply.outcome, **scores}
    except Exception as error:  # whatever it is: one question must not end the run
        return result | {"outcome": "unscored", "error": f"{type(error).__name__}: {error}"}


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
        "reader": reply.reader,
        "complete": reply.complete,
        "note": reply.note,
        "failure": reply.failure,
        "claims": [claim.text for claim in reply.claims if claim.text is not None] if isinstance(reply, Answer) else [],
        "rejected": [asdict(rejected) for rejected in reply.rejected],
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
    """Every place where a gold quote stands: the same words twice are as good in the one place as in the other."""
    places = []
    for gold in question.gold_quotes:
        text, start = articles[gold.article_id].text, -1
        while (start := text.find(gold.quote, start + 1)) >= 0:
            places.append(_place(gold.article_id, start, start + len(gold.quote)))
    return places


def _place(id: str, start: int, end: int) -> Place:
    return (id, start, end)


def _latency(seconds: dict[str, float]) -> dict[str, float]:
    """Quantiles of the seconds that a question took."""
    if not seconds:
        return {}
    return dict(zip(("p50", "p95", "max"), map(float, np.percentile(list(seconds.values()), [50, 95, 100])), strict=True))
