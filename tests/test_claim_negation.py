"""Claims that deny what their sentences say, and the other way round."""

import pytest

from assistant.verify import Evidence, Reason
from assistant.verify.negation import wrong_negation


def wrong(claim, *quotes, language="en"):
    return wrong_negation(claim, Evidence(quotes, (), ""), language)


@pytest.mark.parametrize(
    ("language", "quote", "claim"),
    [
        ("en", "He had no priors, weapons or drugs and ran a small store.", "He ran a small store."),
        ("en", "He had no priors, weapons or drugs and ran a small store.", "He did not have weapons."),
        ("en", "He had no weapons.", "Weapons were not found on him."),
        ("en", "Weapons were not found.", "He had no weapons."),
        ("en", "The boss denied the kidnapping.", "The boss denies the kidnapping."),
        ("en", "The boss did not admit the kidnapping.", "The kidnapping was never admitted by the boss."),
        ("en", "They lack enough cyber skills.", "They do not have enough cyber skills."),
        ("en", "It holds not only data, but also money.", "It holds data and money."),
        ("en", "“Card not present” transactions use stolen cards.", "Stolen cards are used."),
        ("en", "He doesn't wish to give his real name.", "He does not give his real name."),
        ("en", "The police failed to arrest the killer.", "The police did not arrest the killer."),
        ("es", "El gobierno no detuvo al capo.", "El capo no fue detenido."),
        ("es", "No sólo venden drogas, sino también armas.", "Venden drogas y armas."),
        ("pt", "O governo não prendeu o chefe.", "O governo nunca prendeu o chefe."),
        ("pt", "O cartel cresceu no México.", "No México cresceu o cartel."),
    ],
)
def test_a_claim_that_denies_the_same_passes(language, quote, claim):
    assert wrong(claim, quote, language=language) is None


@pytest.mark.parametrize(
    ("language", "quote", "claim"),
    [
        ("en", "He had no weapons and ran a store.", "He had weapons."),
        ("en", "He had weapons.", "He had no weapons."),
        ("en", "The boss denied the kidnapping.", "The boss admitted the kidnapping."),
        ("en", "The boss denied the kidnapping.", "The boss did not deny the kidnapping."),
        ("en", "The boss admitted the kidnapping.", "The boss denied the kidnapping."),
        ("en", "They use Bitcoin.", "They don't use Bitcoin."),
        ("en", "They use Bitcoin.", "They never use Bitcoin."),
        ("en", "They encrypt it.", "They failed to encrypt it."),
        ("en", "Cartels use Bitcoin.", "Nobody uses Bitcoin."),
        ("en", "They work without pay, and they use Bitcoin.", "They do not use Bitcoin."),
        ("en", "It has experts and is not big.", "It has no experts and is not big."),
        ("en", "It is a government body.", "It is a non-government body."),
        ("en", "The network has only 5 hackers.", "The network has not only 5 hackers."),
        ("es", "El gobierno detuvo al capo.", "El gobierno no detuvo al capo."),
        ("es", "El gobierno no detuvo al capo.", "El gobierno detuvo al capo."),
        ("es", "Operan sin permiso.", "Operan con permiso."),
        ("es", "Usan bitcoin.", "Nunca usan bitcoin."),
        ("pt", "O governo prendeu o chefe.", "O governo não prendeu o chefe."),
        ("pt", "O governo não prendeu o chefe.", "O governo prendeu o chefe."),
        ("pt", "Operam sem licença.", "Operam com licença."),
    ],
)
def test_a_claim_that_turns_it_round_fails(language, quote, claim):
    assert wrong(claim, quote, language=language).reason is Reason.NEGATION
