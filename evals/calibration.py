"""Makes `assistant/calibration.json`: what is learned about the default embedder, from the dev split of the outside sets.

Run: python -m evals.calibration FOLDER_OF_THE_OUTSIDE_SETS

- `axis`: unit(mean over TRIPLES of (Spanish + Portuguese - 2 x English)), of questions as the bare model embeds them.
- `background`: the mean of the sentence vectors of squad2's dev titles.
- `weights`, `constant`: logistic regression (L2, Newton's method) of "the articles answer" on `assistant.sufficiency`'s
  features. Answerable: squad2's dev questions in three languages, asked of the whole corpus and of 2 to 60 paragraphs
  around their own. Not answerable: mtrag's dev questions asked of squad2, and squad2's dev questions asked of 2 to 60
  paragraphs of other titles, and some of them of other paragraphs of their own title.
"""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.calibration import FILE, Calibration
from assistant.quote_reader import rank_sentences
from assistant.retriever import Filters, Question, Retriever
from assistant.settings import Settings
from assistant.sufficiency import FEATURES, features
from evals.outside import load_set
from evals.questions import EvalQuestion
from evals.runner import open_set
from evals.sets import EvalSet
from index.embedder import E5Embedding
from index.live import LiveIndex
from index.recipe import recipe
from index.store import Vectors

TRIPLES = [  # the same question in English, Spanish and Portuguese; on no corpus in particular
    ("Who founded the company?", "¿Quién fundó la empresa?", "Quem fundou a empresa?"),
    ("When did the war begin?", "¿Cuándo empezó la guerra?", "Quando começou a guerra?"),
    ("Where was the president born?", "¿Dónde nació el presidente?", "Onde nasceu o presidente?"),
    ("How many people live in the city?", "¿Cuántas personas viven en la ciudad?", "Quantas pessoas vivem na cidade?"),
    (
        "Why did prices rise last year?",
        "¿Por qué subieron los precios el año pasado?",
        "Por que os preços subiram no ano passado?",
    ),
    ("What is the name of the river?", "¿Cómo se llama el río?", "Qual é o nome do rio?"),
    ("Which language is spoken in the north?", "¿Qué idioma se habla en el norte?", "Que língua se fala no norte?"),
    ("How much money was stolen?", "¿Cuánto dinero fue robado?", "Quanto dinheiro foi roubado?"),
    ("What does the report say about health?", "¿Qué dice el informe sobre la salud?", "O que diz o relatório sobre a saúde?"),
    ("Who wrote the book?", "¿Quién escribió el libro?", "Quem escreveu o livro?"),
    ("In what year was the law passed?", "¿En qué año se aprobó la ley?", "Em que ano a lei foi aprovada?"),
    ("What are the plants used for?", "¿Para qué se usan las plantas?", "Para que são usadas as plantas?"),
    ("How does the machine work?", "¿Cómo funciona la máquina?", "Como funciona a máquina?"),
    (
        "What percentage of the students passed?",
        "¿Qué porcentaje de los estudiantes aprobó?",
        "Que porcentagem dos estudantes passou?",
    ),
    ("Which team won the final?", "¿Qué equipo ganó la final?", "Que equipe ganhou a final?"),
    ("What caused the fire in the building?", "¿Qué causó el incendio en el edificio?", "O que causou o incêndio no prédio?"),
    ("Who was arrested by the police?", "¿A quién arrestó la policía?", "Quem foi preso pela polícia?"),
    (
        "What is the difference between the two methods?",
        "¿Cuál es la diferencia entre los dos métodos?",
        "Qual é a diferença entre os dois métodos?",
    ),
    ("How long did the journey take?", "¿Cuánto tiempo duró el viaje?", "Quanto tempo durou a viagem?"),
    ("Which countries signed the treaty?", "¿Qué países firmaron el tratado?", "Que países assinaram o tratado?"),
    ("What did the scientists discover?", "¿Qué descubrieron los científicos?", "O que os cientistas descobriram?"),
    ("Where do the birds go in winter?", "¿A dónde van los pájaros en invierno?", "Para onde vão os pássaros no inverno?"),
    (
        "What is the main religion of the region?",
        "¿Cuál es la religión principal de la región?",
        "Qual é a principal religião da região?",
    ),
    ("How old is the oldest church?", "¿Qué edad tiene la iglesia más antigua?", "Que idade tem a igreja mais antiga?"),
]

QUESTIONS = 300
"""Questions a language; each is asked once of everything, once near its own paragraph, and once far from it."""

NEAR_SHARE = 0.3
"""Questions that are also asked of their own title's other paragraphs, which (nearly always) don't answer."""

RIDGE = 1e-3
SIZES = (2, 3, 5, 10, 20, 60)


def axis(embedder: E5Embedding) -> Vectors:
    """The direction, of length 1, in which Spanish and Portuguese questions lie off from English ones."""
    en, es, pt = (np.array([embedder.get_query_embedding(t[i]) for t in TRIPLES]) for i in range(3))
    return _unit((es + pt - 2 * en).mean(axis=0))


def background(live: LiveIndex, chosen: EvalSet) -> Vectors:
    """The mean sentence vector of the set's dev articles, not brought to length 1."""
    dev = {g.article_id for q in chosen.questions if q.split == "dev" for g in q.gold_quotes}
    with live.generation() as generation:
        ids = [id for id in generation.passage_ids if id.rpartition("#")[0] in dev]
        vectors = [row.vectors for row in generation.store.stored(ids).values()]
    return np.asarray(np.concatenate(vectors).mean(axis=0), dtype=np.float32)


def samples(data: Path) -> Iterator[tuple[EvalQuestion, Filters | None, bool]]:
    """Questions, the articles they are limited to, and whether those answer; always the same."""
    draw = random.Random(0)  # noqa: S311 - a sample, not a secret
    sets = [load_set(f"squad2-{language}", data) for language in ("en", "es", "pt")]
    titles: dict[str, list[str]] = {}
    for article in sets[0].articles:
        titles.setdefault(article.title, []).append(article.id)
    for chosen in sets:
        dev = [q for q in chosen.questions if q.split == "dev" and q.answerable]
        for question in draw.sample(dev, min(QUESTIONS, len(dev))):
            own = question.gold_quotes[0].article_id
            yield question, None, True
            yield question, _paragraphs(titles, draw, own), True
            yield question, _paragraphs({t: ids for t, ids in titles.items() if own not in ids}, draw, None), False
            if draw.random() < NEAR_SHARE:
                title = next(t for t, ids in titles.items() if own in ids)
                rest = [id for id in titles[title] if id != own]
                yield question, Filters(article_ids=frozenset(draw.sample(rest, min(draw.choice(SIZES), len(rest))))), False
    for question in load_set("mtrag", data).questions:
        if question.split == "dev":
            yield replace(question, history=()), None, False


def _paragraphs(titles: dict[str, list[str]], draw: random.Random, own: str | None) -> Filters:
    """So many neighbouring paragraphs of one to four titles, `own` among them."""
    size = draw.choice(SIZES)
    chosen = draw.sample(sorted(titles), draw.randint(1, 4))
    ids: set[str] = {own} if own else set()
    for title in chosen:
        start = draw.randrange(len(titles[title]))
        ids |= set(titles[title][start : start + max(1, size // len(chosen))])
    return Filters(article_ids=frozenset(ids))


def measured(
    live: LiveIndex, embedder: E5Embedding, asked: EvalQuestion, filters: Filters | None, by: Calibration
) -> list[float]:
    """The features of one question, as the engine would see them."""
    question = Question(asked.question, filters=filters)
    with live.generation() as generation:
        found = [n.node.found for n in Retriever(generation, embedder).retrieve(question)]  # type: ignore[attr-defined]
        best = rank_sentences(found[:8], asked.question)[0]
        title = str(generation.records[best.found.passage.article_id]["title"])
    vector = np.asarray(question.embedding, dtype=np.float32)
    return [features(asked.question, vector, found, best, title, by)[name] for name in FEATURES]


def fit(rows: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """Weights and, last, the constant of the logistic regression; the two classes weigh the same."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    x = np.c_[(rows - mean) / scale, np.ones(len(rows))]
    weight = np.where(right, 0.5 / right.mean(), 0.5 / (1 - right.mean()))
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -50, 50)))
        gradient = x.T @ (weight * (p - right)) / len(x) + RIDGE * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x / len(x) + RIDGE * np.eye(len(w))
        w -= np.linalg.solve(hessian, gradient)
    raw = w[:-1] / scale
    return np.asarray(np.r_[raw, w[-1] - raw @ mean])


def main(data: Path) -> None:
    """Learn, and write the file."""
    embedder = E5Embedding()
    squad = load_set("squad2-en", data)
    settings = Settings.from_environment()
    open_set(settings, squad, lambda *_: None).close()
    own = settings.model_copy(update={"home": settings.home / "eval" / squad.corpus})
    live = LiveIndex(own.home, recipe(own))
    by = Calibration(embedder.model_name, axis(embedder), background(live, squad), {}, 0.0)
    drawn = list(samples(data))
    rows = np.array([measured(live, embedder, q, filters, by) for q, filters, _ in drawn])
    live.close()
    right = np.array([answerable for *_, answerable in drawn])
    weights = fit(rows, right)
    sure = rows @ weights[:-1] + weights[-1] >= 0
    sys.stdout.write(f"Of {len(rows)} dev samples: answered {sure[right].mean():.3f}, refused {(~sure[~right]).mean():.3f}\n")
    made = {
        "made_by": "python -m evals.calibration",
        "embedder": embedder.model_name,
        "weights": dict(zip(FEATURES, [round(float(w), 3) for w in weights[:-1]], strict=True)),
        "constant": round(float(weights[-1]), 3),
        "axis": [round(float(x), 5) for x in by.axis],
        "background": [round(float(x), 5) for x in by.background],
    }
    FILE.write_text(json.dumps(made) + "\n", encoding="utf-8")


def _unit(x: NDArray[Any]) -> Vectors:
    return np.asarray(x / np.linalg.norm(x), dtype=np.float32)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
