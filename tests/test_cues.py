import pytest

from assistant.cues import subject, wanted


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What do the two reports say about copper?", "copper?"),
        ("According to the article, who built the bridge?", "who built the bridge?"),
        ("¿Qué dicen los artículos sobre el cobre?", "¿ el cobre?"),
        ("Who built the bridge, according to both texts?", "Who built the bridge, ?"),
        ("Who built the bridge?", "Who built the bridge?"),
        ("What do the articles say?", "What do the articles say?"),
        ("", ""),
    ],
)
def test_mention_of_the_articles_is_left_out(question, left):
    assert subject(question) == left


@pytest.mark.parametrize(
    ("question", "how_much"),
    [
        ("Who built the bridge?", "one"),
        ("When was it built?", "one"),
        ("Which metals are mined there?", "several"),
        ("Name the metals.", "several"),
        ("¿Cuáles son los metales?", "several"),
        ("Quais metais são citados?", "several"),
        ("What do both articles say about copper?", "each article"),
        ("¿Qué dice cada informe sobre el cobre?", "each article"),
        ("Compare the two texts.", "each article"),
    ],
)
def test_how_much_is_asked_for(question, how_much):
    assert wanted(question) == how_much
