"""Copies of an article are known by their text, whatever their headline; articles on one matter are not copies."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.duplicates import RUN, SAMPLE, SHARED, sketch, voices, with_voices

WORDS = [
    f"{a}{b}{c}" for a in ("ba", "co", "di", "fu") for b in ("ge", "hi", "jo", "ku", "la") for c in ("m", "n", "p", "re", "su")
]


def prose(seed: int, words: int = 600) -> str:
    draw = random.Random(seed)
    return " ".join(draw.choice(WORDS) for _ in range(words))


def record(id: str, text: str, published: str | None = None) -> dict[str, object]:
    return {"id": id, "published": published, "sketch": sketch(text)}


def changed(text: str, every: int) -> str:
    return " ".join("zzz" + str(n) if n % every == 0 else word for n, word in enumerate(text.split()))


ARTICLE = prose(1)
EDITS = {
    "the same": ARTICLE,
    "one word in twenty is another": changed(ARTICLE, 20),
    "one word in twelve is another": changed(ARTICLE, 12),
    "an introduction": prose(2, 120) + " " + ARTICLE,
    "a site's own lines at its end": ARTICLE + " " + prose(3, 80),
    "an introduction, and one word in twenty is another": prose(2, 120) + " " + changed(ARTICLE, 20),
    "without its end": " ".join(ARTICLE.split()[:450]),
    "in capitals, lines broken elsewhere": ARTICLE.upper().replace(" ", "\n  "),
    "its halves the other way round": " ".join(ARTICLE.split()[300:] + ARTICLE.split()[:300]),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_copy_with_edits_is_a_copy(name: str) -> None:
    found = voices([record("a", ARTICLE, "2020-01-01"), record("b", EDITS[name], "2020-01-02"), record("c", prose(9))])
    assert found == {"a": "a", "b": "a", "c": "c"}


def test_half_of_the_longer_text_is_not_enough() -> None:
    other = prose(4, 600)
    half = " ".join(ARTICLE.split()[:280] + other.split()[:320])
    assert voices([record("a", ARTICLE), record("b", half)])["b"] == "b"
    most = " ".join(ARTICLE.split()[:400] + other.split()[:200])
    assert voices([record("a", ARTICLE), record("b", most)])["b"] == "a"


def test_what_is_counted_by_hand() -> None:
    """Ten words have eight runs of three; with the seventh word changed three of them are others: 5 of 8 are shared."""
    assert (RUN, SHARED) == (3, 0.5)
    ten = "one two three four five six seven eight nine ten"
    assert voices([record("a", ten), record("b", ten.replace("seven", "zero"))])["b"] == "a"
    # The fourth word changed as well takes runs 2 to 4 too: 2 of 8 are left.
    assert voices([record("a", ten), record("b", ten.replace("seven", "zero").replace("four", "nil"))])["b"] == "b"
    # It is the longer text's runs that count: 8 of 15, and 8 of 16.
    assert voices([record("a", ten), record("b", ten + " a b c d e f g")])["b"] == "a"
    assert voices([record("a", ten), record("b", ten + " a b c d e f g h")])["b"] == "b"


def test_the_oldest_is_the_voice_and_what_has_no_date_comes_last() -> None:
    copies = [record("a", ARTICLE), record("b", ARTICLE, "2021-01-01"), record("c", ARTICLE, "2019-05-05")]
    assert voices(copies) == {"a": "c", "b": "c", "c": "c"}
    assert voices([record("b", ARTICLE), record("a", ARTICLE)]) == {"a": "a", "b": "a"}


def test_a_round_up_does_not_make_its_parts_one() -> None:
    parts = [prose(11, 400), prose(12, 400)]
    found = voices([record("0", " ".join(parts), "2000-01-01"), record("1", parts[0]), record("2", parts[1])])
    assert found["1"] != found["2"]


def test_an_update_of_an_update_need_not_be_a_copy_of_the_first() -> None:
    second = prose(21, 250) + " " + ARTICLE
    third = prose(22, 400) + " " + second
    found = voices([record("1", ARTICLE, "2020-01-01"), record("2", second, "2020-01-02"), record("3", third, "2020-01-03")])
    assert found == {"1": "1", "2": "1", "3": "3"}


def test_a_sketch_is_small_and_that_of_a_short_text_is_whole() -> None:
    long = sketch(prose(5, 50_000))
    halved, _, hashes = long.partition(":")
    assert int(halved) >= 8
    assert len(hashes) <= SAMPLE * 4 * 4 / 3 + 4
    assert sketch("one two three four").startswith("0:")


def test_a_long_text_and_a_short_one_that_it_holds_are_two() -> None:
    short = prose(6, 100)
    assert voices([record("long", prose(7, 20_000) + short), record("short", short)])["short"] == "short"


@pytest.mark.parametrize("texts", [("", ""), ("!", "?"), ("word", "word"), ("two words", "two words")])
def test_texts_of_hardly_a_word(texts: tuple[str, str]) -> None:
    assert voices([record("a", texts[0]), record("b", texts[1])]) == {"a": "a", "b": "a"}
    assert voices([record("a", texts[0]), record("b", "something quite different")])["b"] == "b"


@given(st.text(max_size=200), st.text(max_size=200))
def test_every_text_has_a_sketch_and_equal_texts_are_copies(a: str, b: str) -> None:
    found = voices([record("1", a), record("2", b), record("3", a)])
    assert found["3"] == found["1"]
    assert set(found.values()) <= {"1", "2"}


@given(st.permutations(range(6)))
def test_the_order_of_the_records_does_not_matter(order: list[int]) -> None:
    records = [record(str(n), (ARTICLE, prose(31), changed(ARTICLE, 15))[n % 3], f"2020-01-0{1 + n // 2}") for n in range(6)]
    expected = {"0": "0", "1": "1", "2": "0", "3": "0", "4": "1", "5": "0"}
    assert voices([records[n] for n in order]) == expected


def test_records_get_their_voice_beside_what_they_hold() -> None:
    made = with_voices([record("b", ARTICLE), record("a", ARTICLE)])
    assert [(r["id"], r["voice"]) for r in made] == [("b", "a"), ("a", "a")]
    assert made[0]["sketch"] == sketch(ARTICLE)


def test_a_sites_own_lines_in_every_article_cost_no_time_and_join_nothing() -> None:
    """A third of each of 1,500 articles is the same; comparing each with all others took a minute."""
    lines = prose(40, 100)
    records = [record(f"{n:05}", lines + " " + prose(1000 + n, 200)) for n in range(1500)]
    started = time.perf_counter()
    found = voices(records)
    assert time.perf_counter() - started < 15
    assert all(id == voice for id, voice in found.items())
