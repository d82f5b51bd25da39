"""The two articles that come with Footnote: unchanged, and every sentence of them as it stands in the file."""

import hashlib

import pytest

from index.article import Article
from index.passages import split_passages
from index.sentences import MAX_WORDS
from index.settings import SEEDS

DARK_WEB, GEEKS = "000_01e580d50e0178f9.txt", "004_c49fd36d027ac518.txt"
SHA256 = {
    DARK_WEB: "74bc7fbbc4d76b004eaa92c17d175930984dff69a48e172849feac62dbfffa95",
    GEEKS: "7a4cc3692cfdcc7a2bb63c485ed9426e95796a832843c697244e71a13d9b7ce3",
}
HEADINGS = {
    DARK_WEB: [
        "Mafias and drug cartels in the region take advantage of connectivity",
        "Crime as a service",
        "Dark web",
        "Invisible transactions",
        "Terrorist influence?",
        "Addressing the threats",
    ],
    GEEKS: ["Torture videos and fan pages", "Talent can be bought", "The five members of the cyberpolice"],
}
CAPTIONS = {
    DARK_WEB: [
        "What was once the Silk Road drug marketplace. Capture via Wikimedia",
        "Telecom towers. Capellacci photo via Flickr",
        "U.S. Customs and Border Protection surveillance aircraft. CBP photo",
        "El Salvador National Police. Policia Nacional photo",
    ],
    GEEKS: [
        "Like terror organisations, the cartels take advantage of the viral effect of narco propaganda on the Internet.",
        "The number of kidnappings of communications experts has risen sharply.",
    ],
}


def seed(name: str) -> Article:
    return Article.parse(name.removesuffix(".txt"), (SEEDS / name).read_bytes())


@pytest.mark.parametrize("name", SHA256)
def test_the_seeds_are_unchanged_byte_for_byte(name: str) -> None:
    assert hashlib.sha256((SEEDS / name).read_bytes()).hexdigest() == SHA256[name]


@pytest.mark.parametrize("name", SHA256)
def test_every_sentence_of_the_seeds_stands_in_its_original_file(name: str) -> None:
    original = " ".join((SEEDS / name).read_text(encoding="utf-8").split())
    passages = split_passages(seed(name), 150)
    quotes = [passage.quote(sentence) for passage in passages for sentence in passage.sentences]
    assert len(quotes) > 60
    for quote in quotes:
        assert " ".join(quote.split()) in original


@pytest.mark.parametrize("name", SHA256)
def test_headings_and_captions_of_the_seeds_are_known(name: str) -> None:
    article = seed(name)
    for kind, expected in (("heading", HEADINGS), ("caption", CAPTIONS)):
        assert [article.text[s.start : s.end] for s in article.stretches if s.kind == kind] == expected[name]


@pytest.mark.parametrize("name", SHA256)
def test_no_boilerplate_is_left_in_the_seeds(name: str) -> None:
    article = seed(name)
    for left in (article.title, "originally appeared", "report it here", "Read More", "\u00a0", "developing..."):
        assert left not in article.text


def test_what_the_seeds_state_is_kept_and_nothing_else() -> None:
    dark_web, geeks = seed(DARK_WEB), seed(GEEKS)
    assert (dark_web.title, geeks.title) == (
        "How the Dark Web Empowered Latin American Organized Crime",
        "Geeks for the Cartels",
    )
    assert (dark_web.publisher, geeks.publisher) == ("InSight Crime", None)
    for article in (dark_web, geeks):
        assert (article.url, article.published, article.language) == (None, None, "en")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (DARK_WEB, "User connectivity has surged by 1,300 percent over the last 10 years."),
        (
            DARK_WEB,
            "And with falling smartphone prices, the U.N. expects mobile supply in the region to reach two billion by 2018.",
        ),
        (
            DARK_WEB,
            "Rumors persist that Peréz was forced into a “shadow hacker brigade” to build one of the cartels’ hidden radio "
            "networks.",
        ),
        (
            DARK_WEB,
            "For instance, the international child pornography investigation that led to the closure of Playpen netted arrests "
            "in Chile and Peru.",
        ),
        (GEEKS, "Their followers include harmless young people who glorify the narco lifestyle, but also true cartel members."),
        (GEEKS, "In Martinez’s view, the Mexican cartels have become “highly cyber-competent”."),
        (GEEKS, 'Del Toro Estrada’s nickname: "El Técnico", the engineer.'),
    ],
)
def test_sentences_that_the_seeds_make_hard_are_cut_right(name: str, sentence: str) -> None:
    passages = split_passages(seed(name), 150)
    assert sentence in [p.quote(s) for p in passages for s in p.sentences]


@pytest.mark.parametrize("name", SHA256)
def test_passages_of_the_seeds_are_about_as_long_as_they_should_be(name: str) -> None:
    sizes = [len(p.text.split()) for p in split_passages(seed(name), 150)]
    assert max(sizes) <= 180
    assert sorted(sizes)[len(sizes) // 2] >= 120
    assert all(1 <= len(p.quote(s).split()) <= MAX_WORDS for p in split_passages(seed(name), 150) for s in p.sentences)
