"""What is said to be polite is left out, and nothing else is."""

import pytest

from assistant.courtesy import plain


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Can you tell me who built the bridge?", "Who built the bridge?"),
        ("Hi! Could you please tell me who built the bridge? Thanks!", "Who built the bridge?"),
        ("hello who built the bridge", "Who built the bridge"),
        ("Good morning, I'd like to know when it was built.", "When it was built?"),
        ("Do you know if the bridge was lost?", "The bridge was lost?"),
        ("Who built it, please?", "Who built it?"),
        ("Please list the bridges", "List the bridges"),
        ("Could you list the bridges?", "List the bridges?"),
        ("Tell me about the bridge.", "The bridge?"),
        ("I am interested to know a little bit about the bridge", "The bridge?"),
        ("What do you know about the bridge?", "The bridge?"),
        ("Quick question: who built it?", "Who built it?"),
        ("Ok, and the second one?", "And the second one?"),
        ("Hola, ¿me puedes decir quién construyó el puente?", "Quién construyó el puente?"),
        ("¿Podría decirme cuánto costó? Muchas gracias.", "Cuánto costó?"),
        ("¿Sabes quién lo construyó?", "Quién lo construyó?"),
        ("Cuéntame algo sobre el puente", "El puente?"),
        ("Olá! Você pode me dizer quem construiu a ponte? Obrigada!", "Quem construiu a ponte?"),
        ("Gostaria de saber quanto custou, por favor.", "Quanto custou?"),
        ("WHO BUILT THE BRIDGE?", "Who built the bridge?"),
    ],
)
def test_polite_words_are_left_out(typed, left):
    assert plain(typed) == left
    assert plain(left) == left


@pytest.mark.parametrize(
    "question",
    [
        "Who built the bridge?",
        "¿Quién construyó el puente?",
        "Can bridges fall?",
        "Hey Jude was released when?",
        "Hello Kitty was made by whom?",
        "Please Please Me is by which band?",
        "Who sang Thank You?",
        "How does one say thanks?",
        "Give Me Liberty was said by whom?",
        "Who told me so?",
        "Where may people vote as they please?",
        "What is written on the bridge?",
        "Se sabe quem matou?",
        "What does “hello” mean?",
        "NATO?",
        "BBC AND FBI".title(),
        "hello",
        "Thanks!",
        "Tell me",
        "???",
        "",
        "Please",
    ],
)
def test_nothing_else_is(question):
    assert plain(question) == question


def test_it_takes_no_longer_for_a_long_question():
    import time

    started = time.perf_counter()
    for text in ("please " * 300, "thanks, " * 250, "can you tell me " * 120, "hi " * 600, ("tell me about " * 130) + "x"):
        plain(text)
    assert time.perf_counter() - started < 1
