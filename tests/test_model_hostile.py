"""Models that lie, and models that don't: of the lies nothing is shown, of the truth nearly all."""

# ruff: noqa: F811 - the fixtures are imported

import pytest
from hostility import lacking, measure, seed_questions
from model_servers import server  # noqa: F401

from assistant import Assistant, Settings


@pytest.fixture(scope="module")
def opened(server, seeds_home):
    with Assistant.open(Settings.from_environment(home=seeds_home, model="scripted", openai_base_url=server.url)) as assistant:
        yield assistant


def test_of_lying_replies_nothing_is_shown_that_the_quotes_lack(opened, server):
    told, shown, faults = measure(opened, server, seed_questions()[::7], seed=11)
    assert not faults
    assert set(told) == {"number", "date", "name", "quotation", "id", "stitched", "canary", "obeyed"}
    assert shown["sentence"] >= 10  # each reply holds one true sentence


def test_with_the_check_off_the_same_lies_are_seen(opened, server, monkeypatch):
    """The reading that tells them can fail."""
    monkeypatch.setattr(opened, "query_engine", opened.query_engine.unchecked())
    _, _, faults = measure(opened, server, seed_questions()[::14], seed=11)
    assert {"number", "date", "name", "quotation", "stitched", "canary", "obeyed"} <= {kind for kind, *_ in faults}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost $90 billion.", []),
        ("It cost $91 billion.", [("number", "91")]),
        ("It took 3 years, said Juan Pérez.", []),
        ("It took three years, said Ana Pérez.", [("name", "Ana")]),
        ("He said it was “a great loss”.", []),
        ("He said it was “no loss”.", [("quotation", "no loss")]),
        ("The Geeks did it.", []),
    ],
)
def test_the_reading_that_tells_lies(text, expected):
    quotes = ["It cost $90 billion in three years, Juan Perez said: “It was a great loss.”"]
    assert lacking(text, quotes, "Geeks for the Cartels") == expected
