"""What the check of claims catches: `python -m evals.verification`.

True claims (those written by hand over the seeds, and every body sentence of the seeds citing itself) should pass; the same
claims made false in one respect should not.
"""

import argparse
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from assistant.verify import Evidence, Reason, Similarity, verify
from evals.corruptions import CORRUPTIONS, Case, Stock, names_of

HONEST = Path(__file__).with_name("honest_claims.jsonl")
SEEDS = Path(__file__).resolve().parent.parent / "seeds"


@dataclass
class Tally:
    """How many claims of a kind there were, why those that fell did, and the claims that passed."""

    kind: str
    claims: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)
    passed: list[Case] = field(default_factory=list)

    @property
    def caught(self) -> int:
        """Claims left out."""
        return self.claims - len(self.passed)


def honest_claims(split: str | None = None) -> list[Case]:
    """The claims written by hand, each with the sentences that it rests on; of the split dev or test, or all."""
    rows = [json.loads(line) for line in HONEST.read_text(encoding="utf-8").splitlines()]
    return [
        Case(row["claim"], Evidence(tuple(row["quotes"]), tuple(row["titles"]), ""))
        for row in rows
        if split in {None, row["split"]}
    ]


def verbatim_sentences(paths: list[Path]) -> list[Case]:
    """Every body sentence of the articles at `paths`, citing itself."""
    from index.corpus import read_corpus
    from index.sentences import split_sentences

    return [
        Case(text, Evidence((text,), (article.title,), ""))
        for article in read_corpus(paths, max_chars=2_000_000).articles
        for s in split_sentences(article.text, article.stretches, article.language)
        if s.kind == "body"
        for text in [article.text[s.start : s.end]]
    ]


def tally(kind: str, cases: list[Case], similarity: Similarity | None) -> Tally:
    """Check every claim of a kind."""
    counts = Tally(kind)
    for case in cases:
        counts.claims += 1
        rejection = verify(case.claim, case.evidence, similarity)
        if rejection:
            counts.reasons[rejection.reason] += 1
        else:
            counts.passed.append(case)
    return counts


def corrupted(cases: list[Case], seed: int = 1) -> dict[str, list[Case]]:
    """The claims made false, by kind; the same ones for the same seed."""
    names = names_of([case.claim for case in cases])
    found: dict[str, list[Case]] = {}
    for kind, corrupt in CORRUPTIONS.items():
        stock = Stock(names, tuple(cases), random.Random(seed))  # noqa: S311
        found[kind] = [false for case in cases for false in corrupt(case, stock)]
    return found


def cached_similarity() -> Similarity | None:
    """That of the default embedder; a text that comes again is not embedded again."""
    from llama_index.core.storage.kvstore import SimpleKVStore

    from assistant.verify.meaning import similarity_of
    from index.embedder import E5Embedding

    return similarity_of(E5Embedding(embeddings_cache=SimpleKVStore()))


def measure(similarity: Similarity | None) -> tuple[list[Tally], list[Tally]]:
    """The true claims, by where they come from, and the false ones, by kind."""
    sentences = verbatim_sentences([SEEDS])
    true = {
        "by hand, that the check was made with": honest_claims("dev"),
        "by hand, written last": honest_claims("test"),
        "body sentences of the seeds, each citing itself": sentences,
    }
    passing = [case for cases in true.values() for case in cases if verify(case.claim, case.evidence) is None]
    return (
        [tally(kind, cases, similarity) for kind, cases in true.items()],
        [tally(kind, cases, similarity) for kind, cases in corrupted(passing).items()],
    )


def table(true: list[Tally], false: list[Tally]) -> str:
    """The figures as a Markdown table."""
    rows = ["| true claims | claims | pass | what the others fell for |", "|---|---|---|---|"]
    rows += [f"| {t.kind} | {t.claims} | {_share(len(t.passed), t.claims)} | {_reasons(t)} |" for t in true]
    rows += ["", "| false claims | claims | caught | by |", "|---|---|---|---|"]
    rows += [f"| {t.kind} | {t.claims} | {_share(t.caught, t.claims)} | {_reasons(t)} |" for t in false]
    return "\n".join(rows)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"


def _reasons(counts: Tally) -> str:
    return ", ".join(f"{reason} {n}" for reason, n in counts.reasons.most_common()) or "–"


def main() -> None:
    """Print the tables; with --passed, the false claims that passed too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passed", action="store_true", help="list the false claims that pass")
    parser.add_argument("--without-meaning", action="store_true", help="ask no embedder")
    options = parser.parse_args()
    true, false = measure(None if options.without_meaning else cached_similarity())
    lines = [table(true, false)]
    if options.passed:
        lines += [f"{t.kind}: {case.claim}\n    << {' '.join(case.evidence.quotes)}" for t in false for case in t.passed]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
