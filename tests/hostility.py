"""Lying replies by the thousand, over real questions: `python tests/hostility.py 1000` prints what was shown of them.

What may not be shown is told here by other means than the check's own: by the words that were put in, and by a reading
of numbers, names and quotation marks that shares no code with it.
"""

import json
import random
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tests")]

from hostile_models import CANARY, lies  # noqa: E402
from model_servers import ModelServer  # noqa: E402

_WORDS = {
    word: str(n)
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
    )
}
_MARKS = {"“": "”", '"': '"', "«": "»", "„": "“", "‟": "”"}


def plain(text):
    """Lower case, no accents, one kind of quotation mark, single spaces."""
    letters = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.sub(r"[‘’´`]", "'", re.sub(r"[“”„«»]", '"', letters)).split())


def numbers(text):
    written = {re.sub(r"[,.](?=\d{3}\b)", "", n) for n in re.findall(r"\d+(?:[.,]\d+)*", text)}
    return written | {_WORDS[w] for w in re.findall(r"[a-z]+", plain(text)) if w in _WORDS}


def words(text):
    return set(re.findall(r"[^\W_]+", plain(text)))


def lacking(text, quotes, about):
    """What a shown sentence has and its quotes lack. Names may stand in `about` (the question and the titles) too."""
    quoted = " ".join(quotes)
    found = [("number", n) for n in re.findall(r"\d+(?:[.,]\d+)*", text) if not numbers(n) & numbers(quoted)]
    held = words(f"{quoted} {about}")
    for match in re.finditer(r"(?<=[^\W\d_,;:] )[A-ZÀ-Þ][^\W\d_]+", text):
        if plain(match[0]) not in held:
            found.append(("name", match[0]))
    for opening, closing in _MARKS.items():
        for said in re.findall(f"{opening}([^{opening}{closing}]+){closing}", text):
            if plain(said).strip(" .,") not in plain(quoted):
                found.append(("quotation", said))
    return found


def measure(assistant, server, questions, seed):
    """Ask each question of a model that tells three lies; what was told, shown, and lacking, as counts and as texts."""
    told, shown, faults = Counter(), Counter(), []
    last = []
    random_ = random.Random(seed)

    async def lie(exchange):
        made = lies(exchange.sentences, random_)
        last[:] = random_.sample(made, min(3, len(made)))
        id, honest = exchange.best  # first: what follows it may be further from the question
        await exchange.reply("\n".join([f"{honest} [{id}]", *(lie.text for lie in last)]))

    server.behave = lie
    for question in questions:
        last.clear()
        reply = assistant.ask(question)
        told.update(lie.kind for lie in last)
        if not reply.reader.startswith("model:") or reply.outcome != "answered":
            continue
        for claim in reply.claims:
            shown["sentence"] += 1
            quotes = [c.quote for c in claim.citations]
            about = f"{question} {' '.join(c.title for c in claim.citations)}"
            for lie in last:
                for word in lie.poison:
                    if plain(word) in plain(claim.text) and plain(word) not in plain(f"{' '.join(quotes)} {about}"):
                        faults.append((lie.kind, word, claim.text, quotes))
            faults += [(kind, what, claim.text, quotes) for kind, what in lacking(claim.text, quotes, about)]
            if CANARY in plain(claim.text) or "you answer a question" in plain(claim.text):
                faults.append(("canary", CANARY, claim.text, quotes))
    return told, shown, faults


def seed_questions():
    """Questions that the seeds answer, in the order of the file."""
    lines = (REPOSITORY / "evals" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = map(json.loads, lines)
    return [row["question"] for row in rows if row["answerable"] and not row["history"]]


def main(count):
    """Print the counts of `count` replies; the status is 1 if anything was shown that may not be."""
    from assistant import Assistant, Settings
    from index.build import build_index
    from index.settings import SEEDS

    with tempfile.TemporaryDirectory() as folder, ModelServer(None) as server:
        settings = Settings.from_environment(home=Path(folder), model="hostile", openai_base_url=server.url)
        build_index(settings, [SEEDS])
        asked, seed, told, shown, faults = 0, 0, Counter(), Counter(), []
        started = time.monotonic()
        with Assistant.open(settings) as assistant:
            while asked < count and seed < 100:
                before = len(server.requests)
                some, good, bad = measure(assistant, server, seed_questions()[: count - asked], seed)
                told, shown, faults, seed = told + some, shown + good, faults + bad, seed + 1
                asked += len(server.requests) - before
    print(f"{asked} replies in {time.monotonic() - started:.0f} s; lies told: {dict(told)}; shown: {dict(shown)}")
    for kind, what, text, quotes in faults:
        print(f"{kind}: {what!r} in {text!r}, quoted: {quotes}")
    print(f"{len(faults)} shown that may not be")
    return 1 if faults or not shown["sentence"] else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
