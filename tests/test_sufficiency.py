"""The features by hand, and that the score answers and refuses what it should on articles it never saw."""

import json
import math

import numpy as np
import pytest

from assistant.calibration import FILE, Calibration, calibration_of
from assistant.sufficiency import FEATURES, THRESHOLD, _foreign, missing_names
from index.recipe import DEFAULT_EMBEDDER


@pytest.mark.parametrize(
    ("question", "text", "share"),
    [
        ("Who is Anna Smith?", "Anna Smith built it.", 0.0),
        ("Who is Anna Smith?", "Anna built it.", 0.5),
        ("Who is anna smith?", "Nobody.", 0.0),  # nothing that can be told to be a name
        ("Berlin is where?", "Paris.", 0.0),  # the first word is capitalised anyway
        ("What happened in 1932?", "In 1933.", 1.0),
        ("¿Quién es Chino Ántrax?", "chino antrax", 0.0),
        ("", "", 0.0),
    ],
)
def test_names_and_numbers_that_a_text_lacks(question, text, share):
    assert missing_names(question, text) == share


def test_the_calibration_is_that_of_the_default_embedder():
    calibration = calibration_of(DEFAULT_EMBEDDER)
    assert calibration is not None
    assert calibration_of("words") is None
    assert set(calibration.weights) == set(FEATURES)
    assert np.linalg.norm(calibration.axis) == pytest.approx(1, abs=1e-3)
    assert calibration.background.shape == calibration.axis.shape == (384,)
    assert json.loads(FILE.read_text())["made_by"].startswith("python -m evals.")


def test_project_takes_out_the_axis_and_nothing_else():
    made = Calibration("e", np.array([1.0, 0.0]), np.zeros(2), {}, 0.0, 0.0)
    assert made.project(np.array([0.6, 0.8])) == pytest.approx([0.0, 0.8])


def test_the_axis_is_mirrored_for_articles_in_the_languages_that_it_leads_to():
    spanish, english, portuguese = (
        "¿Quién construyó el puente viejo?",
        "Who built the old bridge?",
        "Quem construiu a ponte velha?",
    )
    assert _foreign(0.15, spanish, "en", 0.02) == _foreign(0.15, spanish, "fr", 0.02) == 0.15
    assert _foreign(0.15, spanish, "es", 0.02) == pytest.approx(-0.11)  # as an English question lies to English articles
    assert _foreign(-0.11, english, "pt", 0.02) == pytest.approx(0.15)  # as a Spanish one to those
    assert _foreign(0.15, portuguese, "es", 0.02) == _foreign(0.15, spanish, "pt", 0.02) == 0.02


def test_confidence_is_the_logistic_of_the_weighted_features(assistant):
    from assistant.engine import Asked
    from assistant.sufficiency import features

    question = "Which cartel opened an Instagram channel?"
    asked = Asked(question)
    response = assistant.query_engine.query(asked)
    found = [node.node.found for node in response.source_nodes]
    best = response.metadata["ranked"][0]
    vector = np.asarray(assistant._embedder.get_query_embedding(question), dtype=np.float32)
    by = calibration_of(DEFAULT_EMBEDDER)
    values = features(question, vector, found, best, "Geeks for the Cartels", by)
    assert set(values) == set(FEATURES)
    logit = by.constant + sum(by.weights[name] * values[name] for name in FEATURES)
    reply = response.metadata["reply"]
    assert reply.confidence == pytest.approx(1 / (1 + math.exp(-logit)), abs=1e-6)
    assert reply.confidence >= THRESHOLD


ARTICLES = {
    "pesca": "La pesca en el litoral\n\nUnas 3.200 familias viven de la pesca artesanal en el norte. La producción cayó un 18% "
    "después de la sequía. El gobierno estudia una veda de tres meses, pero no piensa prohibir la pesca industrial.",
    "kettles": "How to keep a kettle\n\nA copper kettle wants vinegar once a month. Boil two litres with a spoon of it, then "
    "rinse twice. Steel kettles last longer: the Lindqvist works in Malmö gives twenty years of guarantee.",
    "herons": "Herons return to the Elbe\n\nIn 2019 biologists counted 412 pairs of grey herons along the lower Elbe. The "
    "birds had been gone since the floods of 1962. Fishermen are less pleased: each heron eats 500 grams of fish a day.",
}


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    from assistant import Assistant, Settings
    from index.build import build_index

    folder = tmp_path_factory.mktemp("other")
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text)
    settings = Settings.from_environment(home=tmp_path_factory.mktemp("home"))
    build_index(settings, [folder])
    with Assistant.open(settings) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many pairs of herons were counted?", "412"),
        ("¿Cuántas familias viven de la pesca?", "3.200"),
        ("How many families live from fishing in the north?", "3.200"),
        ("Quantas famílias vivem da pesca artesanal?", "3.200"),
        ("What should a copper kettle get once a month?", "vinegar"),
        ("How much fish does a heron eat every day?", "500 grams"),
        ("¿Cuántas parejas de garzas contaron los biólogos en el Elba?", "412"),
        ("Quantos anos de garantia dá a fábrica Lindqvist?", "twenty years"),
    ],
)
def test_another_corpus_answers_what_it_holds(other, question, words):
    assert words in other.ask(question).text


@pytest.mark.parametrize(
    "question",
    ["Who won the football world cup?", "What is the capital of Mongolia?", "Write me a song.", "¿Qué hora es en Lima?"],
)
def test_another_corpus_refuses_what_it_does_not(other, question):
    assert other.ask(question).outcome == "refused"
