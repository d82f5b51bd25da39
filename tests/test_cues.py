import pytest

from assistant.cues import asks, asks_number, denies, has_number, leans_on_history, subject, wanted


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


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("How many people came?", True),
        ("In which year was it built?", True),
        ("¿Cuándo se construyó?", True),
        ("Em que ano foi construída?", True),
        ("Quanto custa?", True),
        ("Who came?", False),
        ("How did it end?", False),
    ],
)
def test_whether_a_number_is_asked_for(question, number):
    assert asks_number(question) == number


@pytest.mark.parametrize(
    ("text", "number"), [("In 1932.", True), ("five pence", True), ("on Monday", True), ("nothing here", False)]
)
def test_whether_a_number_is_there(text, number):
    assert has_number(text) == number


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("And when?", True),
        ("Why?", True),
        ("What about the river?", True),
        ("Where did he live?", True),
        ("¿Y dónde vivía?", True),
        ("E onde ela mora?", True),
        ("And the third one?", True),
        ("Write me a poem.", False),
        ("Who built the bridge over the river?", False),
    ],
)
def test_whether_a_question_points_back(question, leans):
    assert leans_on_history(question) == leans


def test_what_asks():
    assert asks("why not")
    assert asks("Quem fundou a cidade")
    assert asks("The bridge?")
    assert asks("human trafficking")
    assert not asks("Write a poem.")


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Which rivers don’t reach the sea?", True),
        ("Which river is not long?", True),
        ("Who came without a ticket?", True),
        ("¿Qué países no firmaron el tratado en esa época?", True),
        ("¿Quién vino sin nada?", True),
        ("Que países não assinaram?", True),
        ("Quem nasceu no Brasil e morreu no Rio de Janeiro?", False),  # "no" is "in the"
        ("Which river is long?", False),
        ("Who knows Norway's notes?", False),
    ],
)
def test_what_denies(text, denied):
    assert denies(text) == denied
