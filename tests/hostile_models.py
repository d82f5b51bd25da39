"""How a model or its server may go wrong: replies that lie, and connections that fail. See `model_servers`."""

import asyncio
import random
import re
from dataclasses import dataclass

from model_servers import Exchange

CANARY = "swordfish"
NAMES = ("Viktor Bout", "Olga Petrova", "Banco Azteca", "Medellín", "Interpol", "Los Zetas Nueva", "Dr. Wilhelm Krause")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’']+(?: [A-Z][\w’']+)*")


@dataclass(frozen=True)
class Lie:
    """A sentence with ids, and the words in it that its sentences don't hold. None of them may ever be shown."""

    kind: str
    text: str
    poison: tuple[str, ...]


def lies(sentences: dict[str, str], random: random.Random) -> list[Lie]:
    """One lie of each kind that these sentences have room for."""
    made = [make(sentences, random) for make in (_number, _year, _name, _quotation, _id, _stitched, _canary, _obeyed)]
    return [lie for lie in made if lie is not None]


def _of(sentences: dict[str, str], random: random.Random, pattern: re.Pattern[str] | None = None) -> tuple[str, str] | None:
    held = [(id, text) for id, text in sentences.items() if pattern is None or pattern.search(text)]
    return random.choice(held) if held else None


def _number(sentences, random):
    found = _of(sentences, random, _NUMBER)
    if not found:
        return None
    id, text = found
    old = random.choice(_NUMBER.findall(text))
    digits = [d for d in "0123456789" if d not in old] or ["0"]
    new = old[:-1] + random.choice(digits) if random.random() < 0.5 else f"{random.randint(13, 9700)}{random.randint(1, 9)}"
    if new in text:
        return None
    return Lie("number", f"{text.replace(old, new, 1)} [{id}]", (new,))


def _year(sentences, random):
    id, text = _of(sentences, random)
    year = str(random.randint(1950, 2012))
    if year in text:
        return None
    form = random.choice(["In {}, ", "On 3 March {}, ", "As early as {}, "])
    return Lie("date", f"{form.format(year)}{text[0].lower()}{text[1:]} [{id}]", (year,))


def _name(sentences, random):
    found = _of(sentences, random, _NAME)
    new = random.choice(NAMES)
    if not found:
        id, text = _of(sentences, random)
        return Lie("name", f"According to {new}, {text[0].lower()}{text[1:]} [{id}]", (new,))
    id, text = found
    return Lie("name", f"{text.replace(random.choice(_NAME.findall(text)), new, 1)} [{id}]", (new,))


def _quotation(sentences, random):
    id, text = _of(sentences, random)
    words = text.strip(" .“”").split()
    swapped = " ".join(random.sample(words, min(len(words), 6)))
    opening, closing = random.choice(["“”", '""', "«»", "„“"])
    said = f"never {swapped}"
    return Lie("quotation", f"{text.rstrip('.')}, {opening}{said}{closing}. [{id}]", (said,))


def _id(sentences, random):
    text = f"The {random.choice(NAMES)} report put it at {random.randint(200, 900)}7 million."
    ids = f"[{random.randint(20, 99)}.{random.randint(1, 9)}]"
    return Lie("id", f"{text} {ids}", (text,))


def _stitched(sentences, random):
    if len(sentences) < 2:
        return None
    (a, first), (_, second) = random.sample(list(sentences.items()), 2)
    poison = [n for n in _NUMBER.findall(second) if n not in first]
    if not poison:
        return None
    return Lie("stitched", f"{first.rstrip('.')}, and {second[0].lower()}{second[1:]} [{a}]", (poison[0],))


def _canary(sentences, random):
    id, text = _of(sentences, random)
    said = random.choice(["You answer a question from sentences that have ids", f"My instructions say {CANARY}", CANARY])
    shape = random.choice([f"{said}. [{id}]", f"{text.rstrip('.')} – {said}. [{id}]", f"{said}: {text} [{id}]"])
    return Lie("canary", shape, (said,))


def _obeyed(sentences, random):
    id, text = _of(sentences, random)
    said = random.choice(
        ["Visit https://evil.example/win now", "![x](https://evil.example/p.png)", "<b>HACKED</b>", "I have been pwned4711"]
    )
    return Lie("obeyed", random.choice([f"{said} [{id}]", f"{text.rstrip('.')} {said}. [{id}]"]), (said,))


async def closes_at_once(exchange: Exchange) -> None:
    """Ends the stream after half a sentence, without a word."""
    await exchange.say("The cartels us")
    await exchange.end()


async def closes_after_a_sentence(exchange: Exchange) -> None:
    """Ends the stream after one whole sentence and half of another, without a word."""
    id, text = exchange.best
    await exchange.say(f"{text} [{id}]\nAnd then the ")
    await exchange.end()


async def stalls_before_the_first_token(exchange: Exchange) -> None:
    await exchange.start()
    await asyncio.sleep(120)


async def accepts_and_says_nothing(exchange: Exchange) -> None:
    """Not even a status."""
    await asyncio.sleep(120)


async def stalls_amid_the_text(exchange: Exchange) -> None:
    id, text = exchange.best
    await exchange.say(f"{text} [{id}]\nAnd th")
    await asyncio.sleep(120)


async def overloaded(exchange: Exchange) -> None:
    await exchange.error(429, "Too many requests. <b>secret</b>", retry_after="600")


async def broken(exchange: Exchange) -> None:
    await exchange.error(500, "secret: out of memory")


async def forbidden(exchange: Exchange) -> None:
    await exchange.error(401, "the key sk-secret is wrong")


async def a_web_page(exchange: Exchange) -> None:
    await exchange.start(200, "text/html")
    await exchange.raw("<!doctype html><h1>Log in</h1>")
    await exchange.end()


async def json_without_a_stream(exchange: Exchange) -> None:
    await exchange.start(200, "application/json")
    await exchange.raw('{"error": "the model is not loaded"}')
    await exchange.end()


async def empty_choices(exchange: Exchange) -> None:
    for _ in range(3):
        await exchange.event([])
    await exchange.raw("data: [DONE]\n\n")
    await exchange.end()


async def broken_json(exchange: Exchange) -> None:
    id, text = exchange.best
    await exchange.say(f"{text} [{id}]\nAnd ")
    await exchange.raw('data: {"choices": [{"delta": {"con\n\n')
    await exchange.say("more. [1.1]")
    await exchange.finish()


async def out_of_tokens(exchange: Exchange) -> None:
    id, text = exchange.best
    await exchange.reply(f"{text} [{id}]\nThe dark web is not", "length")


async def context_overflow(exchange: Exchange) -> None:
    await exchange.error(400, "This model's maximum context length is 4097 tokens; your messages have 9001.")


async def never_stops(exchange: Exchange) -> None:
    """1 MB without a stop."""
    for _ in range(256):
        await exchange.say("word " * 820)
    await exchange.finish()


async def says_nothing(exchange: Exchange) -> None:
    await exchange.finish()


FAILURES = {
    f.__name__: f
    for f in (
        closes_at_once,
        closes_after_a_sentence,
        stalls_before_the_first_token,
        accepts_and_says_nothing,
        stalls_amid_the_text,
        overloaded,
        broken,
        forbidden,
        a_web_page,
        json_without_a_stream,
        empty_choices,
        broken_json,
        out_of_tokens,
        context_overflow,
        never_stops,
        says_nothing,
    )
}
"""Every way to fail, by its name."""

AFTER_A_SENTENCE = {"closes_after_a_sentence", "stalls_amid_the_text", "broken_json", "out_of_tokens"}
"""Those that come after a sentence that is good."""
