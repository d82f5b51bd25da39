"""A real Chroma server on a free port of this machine, for the tests that ask one; each test has a database of its own."""

import os
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

import httpx
import pytest

from index.settings import IndexSettings


class RunningServer:
    """`chroma run` as a process, over a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-c", "from chromadb.cli.cli import app; app()", "run", "--path", str(self.folder)]
        command += ["--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                if httpx.get(f"{self.url}/api/v2/heartbeat", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                assert self._process.poll() is None, "the server ended at once"
                time.sleep(0.1)
        raise AssertionError("the server doesn't answer")

    def kill(self) -> None:
        """SIGKILL: nothing is put in order."""
        self._process.kill()
        self._process.wait(10)

    def database(self) -> str:
        """The name of a new database there."""
        name = f"test-{uuid.uuid4().hex[:12]}"
        httpx.post(f"{self.url}/api/v2/tenants/default_tenant/databases", json={"name": name}, timeout=10).raise_for_status()
        return name


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


@pytest.fixture(scope="session")
def chroma(tmp_path_factory):
    """A server that lasts for all tests."""
    server = RunningServer(tmp_path_factory.mktemp("chroma"))
    yield server
    server.kill()


@pytest.fixture
def own_chroma(tmp_path):
    """A server that a test may kill."""
    server = RunningServer(tmp_path / "server")
    yield server
    server.kill()


def on(server: RunningServer, home: Path, database: str = "") -> IndexSettings:
    """Settings of a new database there, and a home."""
    return IndexSettings.from_environment(home=home, chroma_url=server.url, chroma_database=database or server.database())


def environment(settings: IndexSettings) -> dict[str, str]:
    """The same settings for a process."""
    names = {"CHROMA_URL": settings.chroma_url, "CHROMA_DATABASE": settings.chroma_database}
    return os.environ | names | {"FOOTNOTE_HOME": str(settings.home)}
