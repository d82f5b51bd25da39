"""Names that fit their sentences better in each other's place."""

import time

import pytest

from assistant.verify import Evidence, Reason
from assistant.verify.exchanges import exchanged_names

ROUTE = "From Ghana, groups like Harad transport Peruvian gold through the Sahara and into Europe, to pay for arms."
TRADE = "Most recently Duarte is supposed to have run the fuel trade in Toluca, the capital of the state of Puebla."
SPEAKER = "According to sociology professor Howard Campbell, a film was the beginning of the Mexican drug war."


def exchanged(claim, *quotes):
    return exchanged_names(claim, Evidence(quotes, (), ""))


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        (ROUTE, "Groups like Harad bring Peruvian gold from Ghana through the Sahara to Europe."),
        (ROUTE, "Into Europe, through the Sahara, Peruvian gold is transported from Ghana by groups like Harad."),
        (TRADE, "Duarte is said to have run the trade in fuel in Toluca, which is the capital of Puebla."),
        (TRADE, "In Toluca, Puebla, the fuel trade is supposed to have been run by Duarte."),
        (SPEAKER, "The Mexican drug war began with a film, according to Howard Campbell, a sociology professor."),
        ("Zetas kidnapped Peréz.", "Peréz was kidnapped by the Zetas."),
        ("They post on Instagram, Facebook and Twitter.", "They post on Twitter, Instagram and Facebook."),
        ("El cártel de Jalisco envía armas desde Texas a Colima.", "Desde Texas, el cártel de Jalisco envía armas a Colima."),
    ],
)
def test_names_in_their_own_places_pass(quote, claim):
    assert exchanged(claim, quote) is None


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        (ROUTE, "Groups like Harad bring Peruvian gold from the Sahara through Ghana to Europe."),
        (ROUTE, "Groups like Ghana transport Peruvian gold from Harad through the Sahara."),
        (TRADE, "Duarte is supposed to have run the fuel trade in Puebla, the capital of the state of Toluca."),
        (TRADE, "Toluca is supposed to have run the fuel trade in Duarte."),
        ("El cártel de Jalisco envía armas desde Texas a Colima.", "El cártel de Jalisco envía armas desde Colima a Texas."),
    ],
)
def test_names_in_each_others_places_fail(quote, claim):
    assert exchanged(claim, quote).reason is Reason.ROLES


def test_names_that_no_quote_has_are_not_its_matter():
    assert exchanged("Oslo is the capital of Norway.", TRADE) is None
    assert exchanged("Nothing here is a name.", TRADE) is None


def test_many_names_take_no_long_time():
    names = [chr(65 + i // 26) + chr(97 + i % 26) + "xo" for i in range(150)]
    started = time.perf_counter()
    exchanged(" and ".join(names)[:1000], " or ".join(reversed(names)))
    assert time.perf_counter() - started < 5
