"""What all tests share: no network but loopback, no key, a real index of the seeds, and an embedder that is exact."""

import hashlib
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding

REPOSITORY = Path(__file__).resolve().parent.parent
OFFLINE = REPOSITORY / "tests" / "offline"

REQUIRE_ALL = os.environ.pop("FOOTNOTE_REQUIRE_ALL", "") == "1"
"""Set where everything that a test may need is installed: then a test that would be skipped for want of it fails."""

for _name in [n for n in os.environ if n.startswith(("FOOTNOTE_", "OPENAI_", "CHROMA_", "GRADIO_"))]:
    del os.environ[_name]
os.environ["PYTHONPATH"] = os.pathsep.join([str(OFFLINE), str(REPOSITORY)])
# By its path: Debian's Python has a sitecustomize of its own, which is loaded by now.
runpy.run_path(str(OFFLINE / "sitecustomize.py"))


@pytest.fixture(scope="session")
def require():
    """require(condition, reason): skip for that reason, or fail for it where everything must be there."""

    def check(condition: object, reason: str) -> None:
        if not condition:
            (pytest.fail if REQUIRE_ALL else pytest.skip)(reason)

    return check


@pytest.fixture(scope="session")
def footnote():
    """footnote(*arguments, home=..., **environment): run the command line as a process of its own."""

    def run(*arguments: str, home: Path, timeout: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from assistant.cli import main; main()", *arguments]
        env = os.environ | {"FOOTNOTE_HOME": str(home)} | environment
        options = {"capture_output": True, "encoding": "utf-8", "errors": "replace", "timeout": timeout}
        return subprocess.run(command, env=env, check=False, **options)

    return run


@pytest.fixture(scope="session")
def seeds_home(tmp_path_factory: pytest.TempPathFactory, footnote) -> Path:
    """A home with the index of the seeds, built by the command line with the real embedder. Not to be written."""
    home = tmp_path_factory.mktemp("seeds") / "home"
    built = footnote("index", "build", home=home)
    assert built.returncode == 0, built.stderr
    return home


@pytest.fixture(scope="session")
def assistant(seeds_home: Path):
    """An Assistant over the seeds."""
    from assistant import Assistant, Settings

    with Assistant.open(Settings.from_environment(home=seeds_home)) as opened:
        yield opened


@pytest.fixture
def home(seeds_home: Path, tmp_path: Path) -> Path:
    """A copy of `seeds_home` that a test may change."""
    return Path(shutil.copytree(seeds_home, tmp_path / "home"))


class WordEmbedding(BaseEmbedding):
    """A text is the sum of a fixed random direction for each of its words: what shares words is near, exactly."""

    model_name: str = "words"

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        vector = np.full(64, 1e-3)
        for word in text.casefold().split():
            seed = int.from_bytes(hashlib.sha256(word.strip(".,?!").encode("utf-8", "replace")).digest()[:4], "big")
            vector += np.random.default_rng(seed).normal(size=64)
        return list(vector / np.linalg.norm(vector))


@pytest.fixture(scope="session")
def word_embedding() -> WordEmbedding:
    return WordEmbedding()
