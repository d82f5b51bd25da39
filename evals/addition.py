"""One article more in a large index: when it is published, and how questions fare meanwhile.

The articles are those of `evals.scale`, in files; the new one is read, embedded, written and checked as any is, by
`footnote index build` does, in a process of its own. This process asks all the while, as the page does.

Run: python -m evals.addition SENTENCES [FOLDER]     the index is made in FOLDER, and used again when it is there
"""

import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.assistant import Assistant
from assistant.settings import Settings
from evals.scale import ARTICLE_SENTENCES, build, made_up_text, made_up_words, say
from index.errors import FootnoteError

PAUSE = 1.0
"""Seconds between two questions."""

BEFORE = 20
"""Questions that are asked before the article is added."""

ROOT = Path(__file__).resolve().parent.parent

_BUILD = """
import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path
from assistant.index_cli import build_and_report; from assistant.settings import Settings
build_and_report(Settings.from_environment(home=Path(sys.argv[2]), chroma_url=""), [Path(sys.argv[3])])
"""


def prepare(settings: Settings, sentences: int, articles: Path) -> None:
    """Write the articles into files, and publish their index, without embedding anything."""
    articles.mkdir(parents=True)
    draw = random.Random(0)  # noqa: S311 - made-up words
    for number in range(-(-sentences // ARTICLE_SENTENCES)):
        _write(articles, number, draw)
    build(settings, sentences, None)


def _write(articles: Path, number: int, draw: random.Random) -> None:
    (articles / f"made-up-{number:06}.txt").write_text(made_up_text(draw), encoding="utf-8")


def add(settings: Settings, articles: Path) -> dict[str, float]:
    """Add one: the seconds until the build's process has ended and until questions are answered from it; these questions.

    `failed` counts the questions that raised an error. Seconds at the median, and the most.
    """
    count = len(list(articles.iterdir()))
    with Assistant.open(settings) as assistant, _asking(assistant) as (asked, failed):
        _until(lambda: len(asked) + len(failed) >= BEFORE)
        before = asked[:]
        _write(articles, count, random.Random(count))  # noqa: S311
        started = time.perf_counter()
        arguments = [sys.executable, "-c", _BUILD, str(ROOT), str(settings.home), str(articles)]
        subprocess.run(arguments, check=True, capture_output=True)
        took = time.perf_counter() - started
        _until(lambda: len(assistant.articles()) == count + 1)
        seen = time.perf_counter() - started
    meanwhile = asked[len(before) :]
    return {
        "published_after": took,
        "answered_from_after": seen,
        "asked_meanwhile": len(meanwhile),
        "failed": len(failed),
        "ask_before_p50": statistics.median(before),
        "ask_meanwhile_p50": statistics.median(meanwhile),
        "ask_meanwhile_most": max(meanwhile),
    }


def _until(true: Callable[[], bool]) -> None:
    """Wait, ten minutes at the most."""
    end = time.monotonic() + 600
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(PAUSE)


@contextmanager
def _asking(assistant: Assistant) -> Iterator[tuple[list[float], list[FootnoteError]]]:
    """Ask again and again in a thread: the seconds that each question took, and what was raised."""
    asked: list[float] = []
    failed: list[FootnoteError] = []
    stop = threading.Event()

    def ask() -> None:
        draw = random.Random(2)  # noqa: S311
        while not stop.wait(PAUSE):
            started = time.perf_counter()
            try:
                assistant.ask(" ".join(["What did", *made_up_words(draw, 8)]) + "?")
                asked.append(time.perf_counter() - started)
            except FootnoteError as error:
                failed.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield asked, failed
    finally:
        stop.set()
        thread.join()


def main(sentences: int, folder: Path) -> None:
    """Prepare unless that is done, add, say."""
    settings = Settings.from_environment(home=folder / "home", chroma_url="")
    if not settings.home.exists():
        prepare(settings, sentences, folder / "articles")
    say(add(settings, folder / "articles"))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        main(int(sys.argv[1]), Path(sys.argv[2]).resolve())
    else:
        with tempfile.TemporaryDirectory() as made:
            main(int(sys.argv[1]), Path(made))
