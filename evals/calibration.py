"""Makes `assistant/calibration.json`: what is learned about the default embedder, from the dev split of the outside sets.

Run: python -m evals.calibration FOLDER_OF_THE_OUTSIDE_SETS

- `axis`: unit(mean over TRIPLES of (Spanish + Portuguese - 2 x English)), of questions as the bare model embeds them.
- `middle`: half of the way between the two along it.
- `background`: the mean of the sentence vectors of squad2's dev titles.
- `weights`, `constant`: logistic regression (L2, Newton's method) of "the articles answer" on `assistant.sufficiency`'s
  features, over what `evals.calibration_samples` draws. Answerable: squad2's dev questions in three languages, asked of
  the whole corpus and of 2 to 60 paragraphs around their own, follow-ups made of them, and mtrag's dev turns. Not
  answerable: mtrag's dev turns asked of squad2, squad2's dev questions and follow-ups asked of 2 to 60 paragraphs of other
  titles, follow-ups where only the question before them is answered, and, weighing little, squad2's dev near misses.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from numpy.typing import NDArray

from assistant.calibration import FILE, Calibration
from assistant.conversation import standalone
from assistant.cues import subject
from assistant.engine import READ
from assistant.quote_reader import rank_sentences
from assistant.retriever import Question, Retriever
from assistant.settings import Settings
from assistant.sufficiency import FEATURES, features
from evals.calibration_samples import Sample, samples
from evals.outside import load_set
from evals.runner import open_set
from evals.sets import EvalSet
from index.embedder import E5Embedding
from index.live import LiveIndex
from index.place import place_of
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

RIDGE = 1e-3

FOLLOW_UPS = 0.95
"""Of the dev follow-ups that have an answer, the share that is to be answered. Who asks further has been answered before:
that the articles answer is likelier than of any question."""


CAUTION = 0.5
"""What the constant then loses, in logits: an answer beside the question costs its reader more than a refusal, which still
shows the closest passages."""


def axis(embedder: E5Embedding) -> Vectors:
    """The direction, of length 1, in which Spanish and Portuguese questions lie off from English ones."""
    en, es, pt = (np.array([embedder.get_query_embedding(t[i]) for t in TRIPLES]) for i in range(3))
    return _unit((es + pt - 2 * en).mean(axis=0))


def middle(embedder: E5Embedding, along: Vectors) -> float:
    """Where along the axis lies what is as far from the English questions of TRIPLES as from the others."""
    en, es, pt = (np.array([embedder.get_query_embedding(t[i]) for t in TRIPLES]) @ along for i in range(3))
    return float((en + (es + pt) / 2).mean() / 2)


def background(live: LiveIndex, chosen: EvalSet) -> Vectors:
    """The mean sentence vector of the set's dev articles, not brought to length 1."""
    dev = {g.article_id for q in chosen.questions if q.split == "dev" for g in q.gold_quotes}
    with live.generation() as generation:
        ids = [id for id in generation.passage_ids if id.rpartition("#")[0] in dev]
        vectors = [row.vectors for row in generation.store.stored(ids).values()]
    return np.asarray(np.concatenate(vectors).mean(axis=0), dtype=np.float32)


def measured(live: LiveIndex, embedder: BaseEmbedding, sample: Sample, by: Calibration) -> list[float]:
    """The features of one question, as the engine would see them."""
    asked = sample.question
    alone = standalone(asked.question, asked.history)
    question = Question(alone.text, custom_embedding_strs=[subject(v) for v in alone.variants], filters=sample.filters)
    with live.generation() as generation:
        found = [n.node.found for n in Retriever(generation, embedder).retrieve(question)]  # type: ignore[attr-defined]
        best = rank_sentences(found[:READ], alone.question)[0]
        title = str(generation.records[best.found.passage.article_id]["title"])
    vector = np.asarray(question.embedding, dtype=np.float32)
    values = features(alone.text, vector, found, best, title, by, follows=len(alone.variants) > 1)
    return [values[name] for name in FEATURES]


def balanced(drawn: list[Sample]) -> NDArray[Any]:
    """What each sample weighs: the two classes the same, in each its kinds by their shares. The mean is 1."""
    numbers = Counter((s.kind, s.answerable) for s in drawn)
    shares = {key: next(s.share for s in drawn if (s.kind, s.answerable) == key) for key in numbers}
    total = {yes: sum(share for (_, has), share in shares.items() if has == yes) for yes in (True, False)}
    each = [shares[s.kind, s.answerable] / total[s.answerable] / numbers[s.kind, s.answerable] for s in drawn]
    return np.asarray(each) * len(drawn) / 2


def fit(rows: NDArray[Any], right: NDArray[Any], weight: NDArray[Any]) -> NDArray[Any]:
    """Weights and, last, the constant of the logistic regression; a row counts `weight` times."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    x = np.c_[(rows - mean) / scale, np.ones(len(rows))]
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -50, 50)))
        gradient = x.T @ (weight * (p - right)) / len(x) + RIDGE * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x / len(x) + RIDGE * np.eye(len(w))
        w -= np.linalg.solve(hessian, gradient)
    raw = w[:-1] / scale
    return np.asarray(np.r_[raw, w[-1] - raw @ mean])


def level(logits: NDArray[Any], kinds: NDArray[Any]) -> float:
    """What the constant gains for as many English questions to be answered as questions on other matters are refused.

    Of all samples these two are the nearest to what people ask, and were asked of the same, whole corpus.
    """
    asked, far = logits[kinds == "whole-en"], logits[kinds == "far"]
    return -float(min(logits, key=lambda at: abs((asked >= at).mean() - (far < at).mean())))


def lenient(rows: NDArray[Any], right: NDArray[Any], weights: NDArray[Any]) -> float:
    """What the weight of `follows` gains for FOLLOW_UPS of the answerable follow-ups to be answered, at the same constant."""
    chosen = right & (rows[:, list(FEATURES).index("follows")] == 1)
    return -float(np.quantile(rows[chosen] @ weights[:-1] + weights[-1], 1 - FOLLOW_UPS))


def main(data: Path) -> None:
    """Learn, and write the file."""
    embedder = E5Embedding()
    squad = load_set("squad2-en", data)
    live = {chosen.corpus or chosen.name: _opened(chosen) for chosen in (squad, load_set("mtrag", data))}
    along = axis(embedder)
    by = Calibration(embedder.model_name, along, background(live["squad2"], squad), {}, 0.0, round(middle(embedder, along), 3))
    drawn = list(samples(data))
    rows = np.array([measured(live[sample.corpus], embedder, sample, by) for sample in drawn])
    for index in live.values():
        index.close()
    right = np.array([sample.answerable for sample in drawn])
    weights = fit(rows, right, balanced(drawn))
    weights[-1] += level(rows @ weights[:-1] + weights[-1], np.array([sample.kind for sample in drawn])) - CAUTION
    weights[list(FEATURES).index("follows")] += lenient(rows, right, weights)
    sure = rows @ weights[:-1] + weights[-1] >= 0
    for kind, has in sorted({(sample.kind, sample.answerable) for sample in drawn}):
        of_kind = np.array([(sample.kind, sample.answerable) == (kind, has) for sample in drawn])
        share = (sure[of_kind] == has).mean()
        sys.stdout.write(f"{kind}: {share:.3f} of {of_kind.sum()} {'answered' if has else 'refused'}\n")
    made = {
        "made_by": "python -m evals.calibration",
        "embedder": embedder.model_name,
        "weights": dict(zip(FEATURES, [round(float(w), 3) for w in weights[:-1]], strict=True)),
        "constant": round(float(weights[-1]), 3),
        "middle": by.middle,
        "axis": [round(float(x), 5) for x in by.axis],
        "background": [round(float(x), 5) for x in by.background],
    }
    FILE.write_text(json.dumps(made) + "\n", encoding="utf-8")


def _opened(chosen: EvalSet) -> LiveIndex:
    settings = Settings.from_environment()
    open_set(settings, chosen, lambda *_: None).close()
    own = settings.model_copy(update={"home": settings.home / "eval" / (chosen.corpus or chosen.name), "chroma_url": ""})
    return LiveIndex(place_of(own), recipe(own))


def _unit(x: NDArray[Any]) -> Vectors:
    return np.asarray(x / np.linalg.norm(x), dtype=np.float32)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
