import pytest

from assistant.language import language_of


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Which cartel opened an Instagram channel?", "en"),
        ("¿Qué recomienda la UNODC?", "es"),
        ("Quem fundou o comando Los Ántrax?", "pt"),
        ("Quantas pessoas vivem na cidade?", "pt"),
        ("12345 !?", "en"),
        ("", "en"),
    ],
)
def test_language_of_a_question(question, language):
    assert language_of(question) == language
