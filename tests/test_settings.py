import pytest
from pydantic import ValidationError

from assistant.settings import Settings
from index.errors import SettingsError


def test_defaults_environment_and_arguments_in_rising_order(monkeypatch):
    assert Settings.from_environment().port == 7860
    monkeypatch.setenv("FOOTNOTE_PORT", "8000")
    assert Settings.from_environment().port == 8000
    assert Settings.from_environment(port=9000, host=None).port == 9000


def test_they_are_frozen():
    with pytest.raises(ValidationError):
        Settings.from_environment().port = 1


@pytest.mark.parametrize(
    ("name", "value"), [("FOOTNOTE_PORT", "70000"), ("FOOTNOTE_QUOTES", "none"), ("FOOTNOTE_PASSAGE_WORDS", "1")]
)
def test_a_bad_value_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"{name}: .* \(it is '{value}'\)"):
        Settings.from_environment()


def test_unknown_names_are_all_named(monkeypatch):
    monkeypatch.setenv("FOOTNOTE_HOEM", "x")
    monkeypatch.setenv("footnote_prot", "x")
    with pytest.raises(SettingsError, match=r"FOOTNOTE_HOEM, footnote_prot.*unset FOOTNOTE_HOEM footnote_prot"):
        Settings.from_environment()
