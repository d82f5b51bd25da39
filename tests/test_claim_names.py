"""Proper names of a claim."""

import pytest

from assistant.verify import Evidence, Reason
from assistant.verify.names import missing_name


def missing(claim, *quotes, title="", question="", language="en"):
    return missing_name(claim, Evidence(quotes, (title,), question), language)


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("Felipe Peréz was kidnapped.", "Felipe Perez was kidnapped."),
        ("Felipe Perez was kidnapped.", "Somebody kidnapped Felipe Peréz."),
        ("Dámaso López Núñez was captured.", "López Núñez was captured."),
        ("Mexico’s cartels grew.", "The cartels of Mexico grew."),
        ("Mexican cartels grew.", "In Mexico, cartels grew."),
        ("Cartels grew in Brazil.", "Brazilian cartels grew."),
        ("The U.N. said so.", "The UN said so."),
        ("The U.N. said so.", "The United Nations said so."),
        ("The United Nations Office on Drugs and Crime said so.", "The UNODC said so."),
        ("José “El Chapo” Guzmán fled.", "José Guzmán, known as El Chapo, fled."),
        ("They used Silk RoadAlphaBay.", "They used AlphaBay and Silk Road."),
        ("InSight Crime reported it.", "It was reported by InSight Crime."),
        ("The cartels grew.", "Cartels grew."),
        ("It grew quickly.", "Also, it grew quickly."),
        ("It grew in the state.", "I say: It grew in the state."),
        ("Campbell's film", "The film of Campbell"),
        ("It happened in May 2020.", "In May 2020 it happened."),
        ("Sixty men came.", "Sixty men came."),
        ("60 men came.", "Sixty men came."),
    ],
)
def test_a_name_of_the_sentence_passes_in_its_usual_forms(quote, claim):
    assert missing(claim, quote) is None


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("Felipe Peréz was kidnapped.", "Felipe Pérez Guzmán was kidnapped."),
        ("Felipe Peréz was kidnapped.", "Pedro was kidnapped."),
        ("He was kidnapped.", "Interpol said he was kidnapped."),
        ("He was kidnapped.", "Interpol kidnapped him."),
        ("The Australian police came.", "The Austrian police came."),
        ("Iraq was attacked.", "Iran was attacked."),
        ("Police in Slovakia came.", "Police in Slovenia came."),
        ("The UN came.", "The EU came."),
        ("The FBI came.", "The CIA came."),
        ("It tells us about drugs.", "The US came."),
        ("Martin came.", "Martinez came."),
        ("Carlo Martinez came.", "Carlos Martinez came."),
        ("Mario came.", "Maria came."),
        ("Romania grew.", "The Roman market grew."),
        ("The reports are there.", "The Reports Group is there with eBay."),
        ("The cartel grew.", "The Sinaloa cartel grew."),
        ("90 million pesos.", "90 million Mexican pesos."),
        (
            "Felipe Peréz, an engineer of a company with many branches in the north, met Joaquín Guzmán.",
            "Felipe Guzmán met an engineer.",
        ),
        ("It began under Pope Pius XI.", "It began under Pope Pius XII."),
    ],
)
def test_a_name_that_the_sentence_lacks_fails(quote, claim):
    rejection = missing(claim, quote)
    assert rejection is not None
    assert rejection.reason is Reason.NAME


def test_a_name_may_come_from_the_title_or_the_question():
    assert missing("The Zetas grew.", "They grew.", title="Rise of the Zetas") is None
    assert missing("The Zetas grew.", "They grew.", question="How did the Zetas grow?") is None
    assert missing("The Zetas grew.", "They grew.", title="Cartels") is not None


@pytest.mark.parametrize(
    ("language", "quote", "claim", "passes"),
    [
        ("es", "El cártel de Sinaloa creció en México.", "En México creció el cártel de Sinaloa.", True),
        ("es", "Los narcotraficantes colombianos huyeron.", "Huyeron narcotraficantes de Colombia.", True),
        ("es", "La ONU lo dijo.", "Las Naciones Unidas lo dijeron.", True),
        ("es", "El cártel creció en México.", "El cártel creció en Perú.", False),
        ("pt", "O cartel cresceu em São Paulo.", "Em Sao Paulo cresceu o cartel.", True),
        ("pt", "O cartel cresceu em São Paulo.", "O cartel cresceu em São Luís.", False),
        ("pt", "O Primeiro Comando cresceu.", "O Comando Vermelho cresceu.", False),
    ],
)
def test_names_in_spanish_and_portuguese(language, quote, claim, passes):
    assert (missing(claim, quote, language=language) is None) is passes
