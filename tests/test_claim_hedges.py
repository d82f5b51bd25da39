"""Claims that are surer, or less sure, than their sentences."""

import pytest

from assistant.verify import Evidence, Reason
from assistant.verify.hedges import wrong_hedge


def wrong(claim, *quotes):
    return wrong_hedge(claim, Evidence(quotes, (), ""))


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("They have been accused of kidnapping an engineer.", "They are accused of the kidnapping of an engineer."),
        ("They reportedly hired a hacker.", "They allegedly hired a hacker."),
        ("Sales are projected to reach $42 billion.", "Sales are expected to reach $42 billion."),
        ("Sales are projected to reach $42 billion.", "Sales will reach $42 billion, according to a forecast."),
        ("He could be a model.", "He might be a model."),
        ("They are seen as pioneers of technology.", "They are regarded as pioneers of technology."),
        ("They reportedly hired a hacker; drones watch the border.", "Drones watch the border."),
        ("In some cases, cartels abducted experts.", "Some cartels abducted experts."),
        ("Police said the gang fled north.", "The gang reportedly fled north."),
        ("He fled in May.", "In May he fled."),
        ("Habrían secuestrado a un ingeniero.", "Presuntamente habrían secuestrado a un ingeniero."),
        ("Teriam sequestrado um engenheiro.", "Supostamente sequestraram um engenheiro."),
    ],
)
def test_a_claim_as_sure_as_its_sentence_passes(quote, claim):
    assert wrong(claim, quote) is None


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("They have been accused of kidnapping an engineer.", "They were kidnapping an engineer."),
        ("They reportedly hired a hacker.", "They hired a hacker."),
        ("Rumors persist that he was forced to build a network.", "He was forced to build a network."),
        ("He is said to have controlled the trade.", "He controlled the trade."),
        ("Prosecutors alleged that the operative laundered money.", "The operative laundered money."),
        ("The operative laundered money, prosecutors allege.", "The operative laundered money."),
        ("Sales are projected to reach $42 billion.", "Sales reach $42 billion."),
        ("He could be a model.", "He is a model."),
        ("They are seen as pioneers of technology.", "They are pioneers of technology."),
        ("In some cases, cartels abducted experts.", "Cartels abducted experts."),
        ("They hired a hacker.", "They allegedly hired a hacker."),
        ("They hired a hacker.", "They might hire a hacker."),
        ("They hired a hacker.", "It is proven that they hired a hacker."),
        ("They hired a hacker.", "They were convicted of hiring a hacker."),
        ("Cartels hired hackers.", "All cartels hired hackers."),
        ("Cartels hired hackers.", "Cartels always hired hackers."),
        ("Cartels hired hackers.", "Only cartels hired hackers."),
        ("Cartels hired hackers.", "Most cartels hired hackers."),
        ("Presuntamente secuestraron a un ingeniero.", "Secuestraron a un ingeniero."),
        ("Se espera que las ventas alcancen un récord.", "Las ventas alcancen un récord."),
        ("Podría ser un modelo rico.", "Es un modelo rico."),
        ("Los cárteles contratan hackers.", "Todos los cárteles contratan hackers."),
        ("Supostamente sequestraram um engenheiro.", "Sequestraram um engenheiro."),
        ("O chefe foi acusado de matar um rival.", "O chefe foi condenado por matar um rival."),
    ],
)
def test_a_claim_that_drops_a_hedge_or_adds_one_fails(quote, claim):
    assert wrong(claim, quote).reason is Reason.HEDGE
