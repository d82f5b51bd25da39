"""Going back: the kept older index answers again, and the next build goes on from there."""

from pathlib import Path

import pytest
from homes import current, texts
from llama_index.core.base.embeddings.base import BaseEmbedding

from index.build import build_index
from index.errors import IndexDamaged, IndexMismatch, IndexMissing
from index.local_place import LocalPlace
from index.recipe import recipe
from index.rollback import roll_back
from index.settings import IndexSettings

RECIPE = recipe(IndexSettings(), "words")


@pytest.fixture
def home(tmp_path: Path, word_embedding: BaseEmbedding) -> Path:
    """Two generations: of one article, and of two."""
    (tmp_path / "corpus").mkdir()
    for name in ("one", "two"):
        (tmp_path / "corpus" / f"{name}.txt").write_text(f"This is article {name}.")
        build_index(IndexSettings(home=tmp_path / "home"), [tmp_path / "corpus"], embedder=word_embedding)
    return tmp_path / "home"


def test_the_older_one_answers_until_the_next_build(home: Path, word_embedding: BaseEmbedding) -> None:
    newer = current(home).name
    name, manifest = roll_back(LocalPlace(home), RECIPE)
    assert name == current(home).name < newer
    assert len(manifest.articles) == 1
    assert set(texts(home)) == {"one"}
    with pytest.raises(IndexMissing, match="No older index"):
        roll_back(LocalPlace(home), RECIPE)
    built = build_index(IndexSettings(home=home), [home.parent / "corpus"], embedder=word_embedding)
    assert built.changes.added == ("two",)
    assert current(home).name > newer


def test_an_older_one_that_could_not_answer_is_not_taken(home: Path) -> None:
    newer = current(home).name
    with pytest.raises(IndexMismatch):
        roll_back(LocalPlace(home), RECIPE | {"passage_words": 60})
    (LocalPlace(home).folder(LocalPlace(home).names()[0]) / "manifest.json").write_text("{")
    with pytest.raises(IndexDamaged):
        roll_back(LocalPlace(home), RECIPE)
    assert current(home).name == newer


def test_the_commands(footnote, home: Path) -> None:
    run = footnote("index", "rollback", home=home)
    assert run.returncode == 1
    assert "embedder is 'words' there" in run.stderr
    run = footnote("index", "verify", home=home)
    assert (run.returncode, run.stderr) == (0, "")
    assert "The index is sound: 2 articles, 2 passages, 2 sentences" in run.stdout
    (current(home) / "lexical" / "terms.json").unlink()
    run = footnote("index", "verify", home=home)
    assert run.returncode == 1
    assert run.stderr.rstrip().endswith("terms.json is missing. Run: footnote index build")
