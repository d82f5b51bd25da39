"""Names that have changed places."""

import pytest

from assistant.verify import Evidence, Reason
from assistant.verify.roles import swapped_roles


def swapped(claim, *quotes):
    return swapped_roles(claim, Evidence(quotes, (), ""))


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("Zetas kidnapped Peréz.", "Peréz was kidnapped by the Zetas."),
        ("Peréz was kidnapped by the Zetas.", "The Zetas kidnapped Peréz."),
        ("Campbell studies cartels in Mexico.", "In Mexico, Campbell studies cartels."),
        ("Sinaloa Cartel capo López hired him.", "López, a capo of the Sinaloa Cartel, hired him."),
        ("Mexico’s Zetas and Gulf Cartel crime groups grew.", "Two Mexican crime groups grew: the Zetas and the Gulf Cartel."),
        ("Research firm Gartner projects growth.", "Gartner, a research firm, projects growth."),
        ("They post on Instagram, Facebook and Twitter.", "They post on Facebook, Twitter and Instagram."),
    ],
)
def test_names_that_keep_their_roles_pass(quote, claim):
    assert swapped(claim, quote) is None


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("Zetas kidnapped Peréz.", "Peréz kidnapped the Zetas."),
        ("Zetas kidnapped Peréz.", "The Zetas were kidnapped by Peréz."),
        ("Peréz was kidnapped by the Zetas.", "Peréz kidnapped the Zetas."),
        ("Gartner projects growth in a study that was cited last week by Forrester.", "Forrester projects growth."),
        ("The drug boss Zambada had once met the engineer called Peréz in the city.", "The drug boss Peréz had met him."),
    ],
)
def test_names_that_changed_places_fail(quote, claim):
    assert swapped(claim, quote).reason is Reason.ROLES
