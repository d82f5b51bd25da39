"""Question sets and corpora from elsewhere, read from a path that the user gives. Nothing of them is part of Footnote.

A set's articles are made as they are, without the cleaning of files: their paragraphs are given.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from evals.questions import EvalQuestion, GoldQuote, QuestionSetError
from evals.sets import EvalSet
from index.article import Article
from index.cleaning import Stretch


def article_of(id: str, title: str, paragraphs: Iterable[str], language: str = "en") -> Article:
    """An article made of body paragraphs, one a line."""
    lines = [" ".join(p.split()) for p in paragraphs]
    text, stretches, at = "\n".join(lines), [], 0
    for line in lines:
        if line:
            stretches.append(Stretch(at, at + len(line), "body"))
        at += len(line) + 1
    digest = hashlib.sha256(f"{title}\0{text}".encode()).hexdigest()
    return Article(id, title, text, None, None, None, language, digest, tuple(stretches))


def squad(path: Path) -> EvalSet:
    """SQuAD 2.0's JSON: every paragraph an article under its title; a question's group is the title."""
    articles, questions = [], []
    for entry in _json(path)["data"]:
        for n, paragraph in enumerate(entry["paragraphs"]):
            article = article_of(f"{entry['title']}-{n}", entry["title"].replace("_", " "), [paragraph["context"]])
            articles.append(article)
            for qa in paragraph["qas"]:
                answers = [] if qa.get("is_impossible") else [a["text"] for a in qa["answers"]]
                questions.append(_on_paragraph(qa["id"], qa["question"], answers, article, entry["title"]))
    return EvalSet(f"squad-{path.stem}", tuple(articles), tuple(questions), whole_articles=True)


def squad_trilingual(folder: Path, language: str) -> EvalSet:
    """`paragraphs.jsonl` and `questions.jsonl`: English paragraphs, questions in `language` (en, es, pt)."""
    articles = {
        row["para"]: article_of(str(row["para"]), row["title"].replace("_", " "), [row["context_en"]])
        for row in _jsonl(folder / "paragraphs.jsonl")
    }
    questions = [
        _on_paragraph(str(row["id"]), row[f"question_{language}"], row["answers_en"], articles[row["para"]], row["title"])
        for row in _jsonl(folder / "questions.jsonl")
        if row.get(f"question_{language}")
    ]
    return EvalSet(f"squad2-{language}", tuple(articles.values()), tuple(questions), whole_articles=True, corpus="squad2")


def selqa(folder: Path) -> EvalSet:
    """Choosing the sentence: every question's candidates are an article of its own, to which it is limited."""
    articles, questions = [], []
    for n, row in enumerate(_json(folder / "selqa-ass-dev.json")):
        article = article_of(f"selqa-{n}", row["article"], row["candidates"])
        right = tuple(GoldQuote(article.id, " ".join(row["candidates"][i].split())) for i in row["answers"])
        articles.append(article)
        questions.append(
            EvalQuestion(article.id, "fact", row["question"], (), bool(right), (), right, row["article"], (article.id,))
        )
    return EvalSet("selqa", tuple(articles), tuple(questions))


def mtrag(folder: Path) -> EvalSet:
    """Conversations with passages, pooled: the last turn is the question, those before it its history.

    Those labelled answerable or partial have an answer; the unanswerable and the underspecified have none.
    """
    rows = _jsonl(folder / "reference.jsonl")
    passages = {c["document_id"]: c for row in rows for c in row["contexts"]}
    articles = {id: article_of(id, id, c["text"].split("\n")) for id, c in passages.items()}
    questions = []
    for row in rows:
        *before, last = [("user" if t["speaker"] == "user" else "assistant", t["text"]) for t in row["input"]]
        answerable = _answerability(row) in {"ANSWERABLE", "PARTIAL"}
        gold = tuple(GoldQuote(c["document_id"], articles[c["document_id"]].text) for c in row["contexts"] if answerable)
        kind = ("follow_up" if before else "fact") if gold else "near_miss"
        group = row["conversation_id"]
        questions.append(EvalQuestion(row["task_id"], kind, last[1], tuple(before), bool(gold), (), gold, group))
    return EvalSet("mtrag", tuple(articles.values()), tuple(questions), whole_articles=True)


def far(squad_folder: Path, mtrag_folder: Path) -> EvalSet:
    """mtrag's last turns asked of squad's paragraphs, which don't answer them; and squad's answerable questions."""
    base = squad_trilingual(squad_folder, "en")
    strangers = [
        EvalQuestion(f"far-{q.id}", "far", q.question, (), False, (), (), q.group) for q in mtrag(mtrag_folder).questions
    ]
    questions = (*(q for q in base.questions if q.answerable), *strangers)
    return EvalSet("far", base.articles, questions, whole_articles=True, corpus="squad2")


def load_set(name: str, data: Path) -> EvalSet:
    """A set by its name in SETS, from the folder that holds the sets (for `squad`: the JSON file itself).

    Raises QuestionSetError when it isn't there or isn't what its name says.
    """
    if name not in SETS:
        raise QuestionSetError(f"There is no set {name!r}; known are seeds, {', '.join(SETS)}.")
    try:
        return SETS[name](data)
    except QuestionSetError as error:
        raise QuestionSetError(f"The set {name} in {data} can't be used: {error.message}") from error
    except OSError as error:
        raise QuestionSetError(f"The set {name} can't be read: {error.filename or data}: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise QuestionSetError(f"{data} isn't the set {name}: {type(error).__name__} {error}.") from error


SETS: dict[str, Callable[[Path], EvalSet]] = {
    "squad": squad,
    "squad2-en": lambda data: squad_trilingual(data / "squad2_trilingual", "en"),
    "squad2-es": lambda data: squad_trilingual(data / "squad2_trilingual", "es"),
    "squad2-pt": lambda data: squad_trilingual(data / "squad2_trilingual", "pt"),
    "selqa": lambda data: selqa(data / "selqa_dev"),
    "mtrag": lambda data: mtrag(data / "mtrag_un"),
    "far": lambda data: far(data / "squad2_trilingual", data / "mtrag_un"),
}


def _on_paragraph(id: str, question: str, answers: list[str], article: Article, group: str) -> EvalQuestion:
    found = tuple(dict.fromkeys(answers))
    gold = (GoldQuote(article.id, article.text),) if found else ()
    return EvalQuestion(id, "fact" if found else "near_miss", question, (), bool(found), (found,) if found else (), gold, group)


def _answerability(row: dict[str, Any]) -> str:
    return str(row["answerability"][0]).upper()


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
