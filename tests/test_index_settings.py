"""Settings come from FOOTNOTE_* names; an unknown name or a bad value is an error that names it."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from index.errors import SettingsError
from index.settings import SEEDS, IndexSettings


def test_the_defaults_need_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = IndexSettings.from_environment()
    assert (settings.home, settings.passage_words, settings.max_article_chars) == (Path(".footnote"), 150, 2_000_000)


def test_the_environment_is_read_and_what_is_given_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", "/somewhere")
    monkeypatch.setenv("FOOTNOTE_PASSAGE_WORDS", "60")
    assert IndexSettings.from_environment().home == Path("/somewhere")
    given = IndexSettings.from_environment(home=Path("/else"), passage_words=None)
    assert (given.home, given.passage_words) == (Path("/else"), 60)


@pytest.mark.parametrize("name", ["FOOTNOTE_HOMES", "FOOTNOTE_", "footnote_passage_word"])
def test_an_unknown_name_is_an_error_that_names_it_and_the_known_ones(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    with pytest.raises(SettingsError) as caught:
        IndexSettings.from_environment()
    assert name in str(caught.value)
    assert "FOOTNOTE_PASSAGE_WORDS" in str(caught.value)
    assert caught.value.repair == f"unset {name}"


def test_other_peoples_names_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_FOOTNOTE_THING", "1")
    IndexSettings.from_environment()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PASSAGE_WORDS", "many"),
        ("PASSAGE_WORDS", "0"),
        ("PASSAGE_WORDS", "-150"),
        ("MAX_ARTICLE_CHARS", ""),
        ("MAX_ARTICLE_CHARS", "0"),
    ],
)
def test_a_bad_value_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv("FOOTNOTE_" + name, value)
    with pytest.raises(SettingsError, match=f"FOOTNOTE_{name}") as caught:
        IndexSettings.from_environment()
    assert repr(value) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_settings_do_not_change_and_take_no_unknown_field() -> None:
    settings = IndexSettings()
    with pytest.raises(ValidationError):
        settings.passage_words = 20  # type: ignore[misc]
    with pytest.raises(ValidationError):
        IndexSettings(pasage_words=20)  # type: ignore[call-arg]


def test_every_setting_is_described() -> None:
    assert all(field.description for field in IndexSettings.model_fields.values())


def test_the_seeds_are_where_the_settings_say() -> None:
    assert sorted(path.suffix for path in SEEDS.iterdir() if path.suffix == ".txt") == [".txt", ".txt"]
