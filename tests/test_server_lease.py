"""One writer a server: the second is refused at once, what is dead or over makes room, and who lost it finds out."""

import subprocess
import sys
import threading
import time

import pytest
from chroma_servers import chroma, environment, on, own_chroma  # noqa: F401 - fixtures

from index import server_lease
from index.chroma_server import Address, ChromaServer
from index.errors import HomeLocked
from index.server_lease import LEASE, lease

# ruff: noqa: F811 - the fixture is imported


@pytest.fixture
def settings(chroma, tmp_path):
    return on(chroma, tmp_path)


@pytest.fixture
def server(settings):
    made = ChromaServer(Address.of(settings))
    yield made
    made.close()


def another(settings) -> ChromaServer:
    return ChromaServer(Address.of(settings))


def test_a_second_is_refused_at_once_and_the_first_is_named(server, settings) -> None:
    with lease(server):
        second = another(settings)
        second.names()
        started = time.monotonic()
        with pytest.raises(HomeLocked, match=r"process \d+ on .*since 20"), lease(second):
            pass
        assert time.monotonic() - started < 1
    with lease(second):
        pass
    assert server.names() == {}


HOLD = """
import sys, time
from index.chroma_server import Address, ChromaServer
from index.server_lease import lease
from index.settings import IndexSettings
with lease(ChromaServer(Address.of(IndexSettings.from_environment()))):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lease_of_a_killed_process_is_free_again(server, settings) -> None:
    child = subprocess.Popen([sys.executable, "-c", HOLD], stdout=subprocess.PIPE, env=environment(settings), text=True)
    assert child.stdout.readline() == "held\n"
    with pytest.raises(HomeLocked, match=f"process {child.pid}"), lease(server):
        pass
    child.kill()
    child.wait()
    with lease(server):
        pass


def test_a_lease_that_could_not_be_let_go_keeps_out_nobody_of_this_machine(own_chroma, tmp_path) -> None:
    settings = on(own_chroma, tmp_path)
    first = another(settings)
    with lease(first):
        own_chroma.kill()
    own_chroma.start()
    assert first.find(LEASE) is not None
    with lease(first), pytest.raises(HomeLocked), lease(another(settings)):
        pass


def held_elsewhere(server: ChromaServer, seconds: float):
    """The lease of a process of another machine, which can't be looked at."""
    return server.create(
        LEASE, {"until": server.now() + seconds, "pid": 1, "host": "elsewhere", "processes": "other", "since": "x"}
    )


def test_a_lease_that_ran_out_is_taken_over_and_its_holder_finds_out(server, settings) -> None:
    held_elsewhere(server, 30)
    with pytest.raises(HomeLocked, match=r"ends in (30|29) s"), lease(server):
        pass
    server.drop(LEASE)
    with lease(server) as first:
        server.update(
            first._held, {"until": server.now() - 1, "pid": 1, "host": "elsewhere", "processes": "other", "since": "x"}
        )
        with lease(another(settings)) as second:
            with pytest.raises(HomeLocked, match="lost its right"):
                first.check()
            second.check()
        second_is_gone = server.find(LEASE) is None
        assert second_is_gone
    assert server.names() == {}


def test_of_many_that_find_it_run_out_one_takes_it(server, settings) -> None:
    held_elsewhere(server, -1)
    taken, refused, wait = [], [], threading.Barrier(6)

    def take() -> None:
        mine = another(settings)
        mine.names()
        wait.wait()
        try:
            with lease(mine):
                taken.append(1)
                time.sleep(3)
        except HomeLocked as error:
            refused.append(error)

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(taken), len(refused)) == (1, 5)


def test_it_is_renewed_while_it_is_held(server, settings, monkeypatch) -> None:
    monkeypatch.setattr(server_lease, "SECONDS", 2.0)
    with lease(server) as held:
        first = server.find(LEASE).metadata["until"]
        time.sleep(3)
        assert server.find(LEASE).metadata["until"] > first + 1
        with pytest.raises(HomeLocked), lease(another(settings)):
            pass
        held.check()
