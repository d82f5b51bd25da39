"""Claims that say of one thing what their sentences say of another."""

import pytest

from assistant.verify import Evidence, Reason
from assistant.verify.subjects import wrong_subject

GROWTH = "User connectivity has surged by 40 percent over the last ten years."
FORUMS = "Traders offer their wares in hidden forums on the island."
REPORT = "Auditors found that payment fraud has doubled in the capital since March."


def wrong(claim, *quotes, title=""):
    return wrong_subject(claim, Evidence(quotes, (title,), ""))


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("Connectivity has surged by 40 percent in ten years.", (GROWTH,)),
        ("Over the last decade, user connectivity has surged by 40 percent.", (GROWTH,)),
        ("In hidden forums, wares are offered by traders.", (FORUMS,)),
        ("Traders offer wares in hidden forums, and payment fraud has doubled.", (FORUMS, REPORT)),
        ("Traders offer wares in forums while user connectivity has surged.", (FORUMS, GROWTH)),
        ("Peréz has designed the network.", ("He has designed the network.",)),
        ("Peréz designed the network.", ("Peréz is an engineer.", "He designed the network.")),
        ("Traders on the island sell wares to tourists.", (FORUMS, "On the island wares are sold to tourists.")),
        ("Los comerciantes han ofrecido mercancías.", ("Los comerciantes han ofrecido mercancías en foros ocultos.",)),
    ],
)
def test_what_is_said_of_the_same_thing_passes(claim, quotes):
    assert wrong(claim, *quotes) is None


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("The digital underworld has surged by 40 percent over the last ten years.", (GROWTH,)),
        ("Smugglers are offering wares in hidden forums on the island.", (FORUMS,)),
        ("Traders doubled in the capital since March.", (FORUMS, REPORT)),
        ("Hidden forums have surged by 40 percent over the last ten years.", (FORUMS, GROWTH)),
        ("La policía ha ofrecido mercancías en foros.", ("Los comerciantes han ofrecido mercancías en foros ocultos.",)),
    ],
)
def test_what_is_said_of_another_fails(claim, quotes):
    assert wrong(claim, *quotes).reason is Reason.ROLES


def test_the_title_may_name_the_subject():
    assert wrong("The underworld has surged by 40 percent in ten years.", GROWTH) is not None
    assert wrong("The underworld has surged by 40 percent in ten years.", GROWTH, title="An underworld online") is None


def test_a_word_that_stands_elsewhere_in_the_sentence_makes_no_subject():
    quote = "The harbour office trains talented divers for its own purposes."
    assert wrong("The harbour police is a part of the harbour office that trains divers.", quote).reason is Reason.ROLES
