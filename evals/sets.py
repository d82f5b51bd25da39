"""A corpus with questions on it: that of the seeds, and anybody's own."""

from dataclasses import dataclass
from pathlib import Path

from evals.questions import SEEDS_QUESTIONS, EvalQuestion, QuestionSetError, check_gold, load_questions
from index.article import Article
from index.corpus import Skipped, read_corpus
from index.settings import SEEDS, IndexSettings


@dataclass(frozen=True, slots=True)
class EvalSet:
    """A corpus with questions on it. Raises QuestionSetError for none, an id twice, and a gold quote not in its article."""

    name: str
    articles: tuple[Article, ...]
    questions: tuple[EvalQuestion, ...]
    whole_articles: bool = False
    """Whether what is to be found is an article (a paragraph or passage of the set), not a place in one."""
    corpus: str = ""
    """Names the corpus where sets share one, so that it is embedded once; else it is `name`."""
    skipped: tuple[Skipped, ...] = ()
    """Files of the corpus that could not be read."""

    def __post_init__(self) -> None:
        if not self.questions:
            raise QuestionSetError(f"The set {self.name} holds no question.")
        check_gold(self.questions, {a.id: a for a in self.articles})


def seeds(settings: IndexSettings) -> EvalSet:
    """The question set that comes with Footnote, over the articles in `seeds/`."""
    return _of_files("seeds", SEEDS, SEEDS_QUESTIONS, settings)


def own(corpus: Path, questions: Path, settings: IndexSettings) -> EvalSet:
    """Anybody's own: a folder of articles and a JSONL file of questions. Raises QuestionSetError, CorpusError."""
    return _of_files(f"own-{corpus.resolve().name}-{questions.stem}", corpus, questions, settings)


def _of_files(name: str, corpus: Path, questions: Path, settings: IndexSettings) -> EvalSet:
    asked = tuple(load_questions(questions))
    read = read_corpus([corpus], max_chars=settings.max_article_chars)
    return EvalSet(name, read.articles, asked, skipped=read.skipped)
