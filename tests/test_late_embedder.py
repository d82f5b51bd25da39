"""An embedder that is loaded no sooner than it is needed: what it gives, and where its errors are raised."""

import subprocess
import sys

import numpy as np
import pytest

from index.embedder import E5Embedding
from index.errors import EmbedderError
from index.late_embedder import LateEmbedder
from index.settings import IndexSettings

TEXTS = ["The river rose for three days.", "The bank raised its rates."]


def test_its_vectors_are_those_of_the_embedder_that_answers(tmp_path):
    late = LateEmbedder(IndexSettings(home=tmp_path))
    assert late.model_name == E5Embedding().model_name
    late.begin()
    assert np.allclose(late.get_text_embedding_batch(TEXTS), E5Embedding().get_text_embedding_batch(TEXTS))


def test_what_goes_wrong_is_raised_when_a_text_is_embedded_each_time(tmp_path):
    late = LateEmbedder(IndexSettings(home=tmp_path, embedding_model="words"))  # neither a key nor an address
    late.begin()
    for _ in range(2):
        with pytest.raises(EmbedderError, match="OPENAI_API_KEY"):
            late.get_text_embedding_batch(TEXTS)


def test_a_build_of_articles_imports_no_llama_index(tmp_path):
    """It takes two seconds."""
    (tmp_path / "a.txt").write_text("The river rose for three days. It fell again on Friday.")
    code = """
import sys; from pathlib import Path; from index.build import build_index; from index.settings import IndexSettings
built = build_index(IndexSettings(home=Path(sys.argv[1]) / "home"), [Path(sys.argv[1]) / "a.txt"])
assert built.sentences == 2
print(*[name for name in sys.modules if name.startswith("llama_index")])
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == ""
