"""The recipe says all that decides how an index looks."""

import json

import pytest

from index import cleaning, lexical, passages, sentences
from index.recipe import DEFAULT_EMBEDDER, recipe
from index.settings import IndexSettings


def test_the_recipe_is_the_same_after_a_manifest_kept_it() -> None:
    made = recipe(IndexSettings())
    assert json.loads(json.dumps(made)) == made


def test_another_embedder_and_other_settings_are_another_recipe() -> None:
    made = recipe(IndexSettings())
    assert made["embedder"] == DEFAULT_EMBEDDER
    assert recipe(IndexSettings(), "another") != made
    assert recipe(IndexSettings(passage_words=60)) != made


def test_what_changes_no_index_is_no_part_of_it() -> None:
    assert recipe(IndexSettings(home="/else", max_article_chars=5)) == recipe(IndexSettings())  # type: ignore[arg-type]


@pytest.mark.parametrize("module", [cleaning, sentences, passages, lexical])
def test_a_new_version_of_a_step_is_another_recipe(monkeypatch: pytest.MonkeyPatch, module: object) -> None:
    made = recipe(IndexSettings())
    monkeypatch.setattr(module, "VERSION", 999)
    assert recipe(IndexSettings()) != made


def test_the_default_embedder_is_known_by_the_name_it_has() -> None:
    from index.embedder import E5Embedding

    assert E5Embedding.model_fields["model_name"].default == DEFAULT_EMBEDDER
