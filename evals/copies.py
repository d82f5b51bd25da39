"""How surely copies of an article are told from other articles: paragraphs of one title as articles, and edits of them.

Run: python -m evals.copies path/to/squad2_trilingual
"""

import itertools
import random
import sys
from collections.abc import Callable
from pathlib import Path

from evals.outside import squad_trilingual
from index.duplicates import share, sketch, voices

PARAGRAPHS = 1, 6
"""Paragraphs of a title that make an article: short ones, and those of a usual length."""

Edit = Callable[[str, random.Random], str]

_SITE_LINES = (
    "Sign up for our newsletter to get the latest stories every morning in your inbox. By subscribing you agree to our terms"
    " of use and our privacy policy. Share this article with your friends. All rights reserved; this material may not be"
    " published or redistributed without written permission."
)


def changed(part: float, words: list[str]) -> Edit:
    """Each word becomes another of the corpus with a chance of `part`."""
    return lambda text, draw: " ".join(draw.choice(words) if draw.random() < part else word for word in text.split())


def introduced(part: float, texts: list[str]) -> Edit:
    """The beginning of another article, `part` as long as the text, stands before it."""

    def edit(text: str, draw: random.Random) -> str:
        return " ".join([*draw.choice(texts).split()[: int(part * len(text.split()))], text])

    return edit


def shortened(part: float) -> Edit:
    """The first `part` of its words."""
    return lambda text, draw: " ".join(text.split()[: int(part * len(text.split()))])


def edits(texts: list[str]) -> dict[str, Edit]:
    """What is done to an article to make a copy, by what it is called."""
    words = sorted({word for text in texts for word in text.split()})
    five, introduction = changed(0.05, words), introduced(0.2, texts)
    return {
        "the same text": lambda text, draw: text,
        "5% of the words": five,
        "10% of the words": changed(0.10, words),
        "15% of the words": changed(0.15, words),
        "20% more before it": introduction,
        "50% more before it": introduced(0.5, texts),
        "a site's 48 words after it": lambda text, draw: f"{text}\n{_SITE_LINES}",
        "5% of the words, 20% more before it": lambda text, draw: introduction(five(text, draw), draw),
        "cut to 80%": shortened(0.8),
        "cut to 60%": shortened(0.6),
    }


def articles(folder: Path, paragraphs: int) -> dict[str, str]:
    """Texts of so many paragraphs of one title (the last of a title: of fewer)."""
    by_title: dict[str, list[str]] = {}
    for article in squad_trilingual(folder, "en").articles:
        by_title.setdefault(article.title, []).append(article.text)
    return {
        f"{title} {n}": "\n".join(texts[n : n + paragraphs])
        for title, texts in by_title.items()
        for n in range(0, len(texts), paragraphs)
    }


def measure(texts: dict[str, str], edit: Edit) -> tuple[float, float]:
    """The share of edited articles that are given the voice of theirs, and that of articles given another's."""
    draw = random.Random(0)  # noqa: S311 - edits, not secrets
    records: list[dict[str, str | None]] = [
        {"id": id, "published": "2020-01-01", "sketch": sketch(text)} for id, text in texts.items()
    ]
    records += [{"id": f"{id}~", "published": None, "sketch": sketch(edit(text, draw))} for id, text in texts.items()]
    found = voices(records)
    right = sum(found[f"{id}~"] == id for id in texts)
    wrong = sum(found[id] != id for id in texts) + sum(found[f"{id}~"] not in (id, f"{id}~") for id in texts)
    return right / len(texts), wrong / len(texts)


def main(folder: Path) -> None:
    """Measure every edit, and what two articles that are no copies share at the most; say."""
    for paragraphs in PARAGRAPHS:
        texts = articles(folder, paragraphs)
        sketches = [sketch(text) for text in texts.values()]
        most = max(share(a, b) for a, b in itertools.combinations(sketches, 2))
        mean = sum(len(text.split()) for text in texts.values()) / len(texts)
        sys.stdout.write(f"{len(texts)} articles of {mean:.0f} words; two of them share {most:.2f} at the most\n")
        for name, edit in edits(list(texts.values())).items():
            right, wrong = measure(texts, edit)
            sys.stdout.write(f"  {name:<38}found {right:.3f}, taken for another's {wrong:.3f}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
