"""Words of its own that a claim may have, its language, and its meaning."""

import pytest

from assistant.verify import Evidence, Reason, verify
from assistant.verify.content import unsupported_content
from assistant.verify.languages import foreign
from assistant.verify.meaning import NEAR_ENOUGH, similarity_of

QUOTE = "The cartels use YouTube videos to document the aid that they delivered to an area destroyed by a storm."


def evidence(*quotes, title="", question=""):
    return Evidence(quotes or (QUOTE,), (title,), question)


def test_a_paraphrase_may_have_some_words_of_its_own():
    assert unsupported_content("The cartels film how they help an area after a storm.", evidence(), "en") is None
    rejected = unsupported_content("The cartels film how they feed hungry orphans and repair roads.", evidence(), "en")
    assert rejected.reason is Reason.CONTENT
    assert "orphan" in rejected.detail


def test_words_of_the_question_and_the_title_count_as_known():
    claim = "The cartels polish their public image by documenting aid."
    assert unsupported_content(claim, evidence(), "en") is not None
    assert unsupported_content(claim, evidence(question="How do cartels polish their public image?"), "en") is None
    assert unsupported_content(claim, evidence(title="A polished public image"), "en") is None


@pytest.mark.parametrize(
    ("claim", "question", "passes"),
    [
        ("The storm is why prices of coffee rose.", "Why have prices of coffee risen in the storm?", False),
        ("The cartels sell videos of the storm.", "Who sells videos of the storm?", True),
        ("The cartels advise against delivering aid.", "Why do the cartels advise against delivering aid?", False),
        ("The cartels delivered aid to an area.", "Have the cartels delivered aid to an area?", True),
        ("A storm is a natural storm, and a storm is violent.", "Which storm is natural and violent?", False),
    ],
)
def test_what_is_said_in_the_questions_words_alone_nobody_has_said(claim, question, passes):
    assert (unsupported_content(claim, evidence(question=question), "en") is None) == passes


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        (QUOTE, "Los cárteles usan videos de YouTube para documentar la ayuda."),
        (QUOTE, "Os cartéis usam vídeos do YouTube para documentar a ajuda."),
        ("El cártel usa videos para mostrar la ayuda que entregó en una zona.", "The cartel uses videos to show the aid."),
        ("El cártel usa videos para mostrar la ayuda que entregó en una zona.", "O cartel usa vídeos para mostrar a ajuda."),
        ("O cartel usa vídeos para mostrar a ajuda que entregou em uma região.", "El cártel usa videos para mostrar la ayuda."),
    ],
)
def test_a_claim_in_another_language_fails(quote, claim):
    assert foreign(claim, evidence(quote)).reason is Reason.LANGUAGE


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        (QUOTE, "Cartels use YouTube videos."),
        ("They called him “El Chapo de la Sierra” in the film.", "“El Chapo de la Sierra” is in the film."),
        ("There is no photo of El Chapo or El Mayo.", "El Chapo and El Mayo: no photo."),
        ("El cártel usa videos para mostrar la ayuda.", "El cártel muestra la ayuda en videos."),
        ("O cartel usa vídeos para mostrar a ajuda.", "O cartel mostra a ajuda em vídeos."),
    ],
)
def test_a_claim_in_the_language_of_its_sentences_passes(quote, claim):
    assert foreign(claim, evidence(quote)) is None


def test_meaning_is_asked_last_and_only_of_a_known_embedder(word_embedding):
    assert similarity_of(word_embedding) is None
    asked = []

    def far(claim, quotes):
        asked.append((claim, quotes))
        return NEAR_ENOUGH - 0.01

    assert verify("The cartels use 7 videos.", evidence(), far).reason is Reason.NUMBER
    assert asked == []
    assert verify("The cartels use YouTube videos.", evidence(), far).reason is Reason.MEANING
    assert asked == [("The cartels use YouTube videos.", (QUOTE,))]
    assert verify("The cartels use YouTube videos.", evidence(), lambda claim, quotes: NEAR_ENOUGH) is None


def test_the_default_embedder_tells_near_from_far():
    from index.embedder import E5Embedding

    near = similarity_of(E5Embedding())
    assert near("On YouTube, cartels document the aid that they delivered.", (QUOTE,)) > NEAR_ENOUGH
    assert near("Bitcoin hides the path of a payment.", (QUOTE,)) < NEAR_ENOUGH
    assert near(QUOTE, (QUOTE,)) == pytest.approx(1, abs=0.02)
