"""A Chroma server that can't be asked is a named error within a bounded time, whatever is wrong with it."""

import http.server
import socket
import threading
import time
from contextlib import contextmanager

import pytest
from chroma_servers import chroma, free_port, on  # noqa: F401 - a fixture

from index.chroma_server import PREFIX, Address, ChromaServer, connect
from index.errors import IndexUnreachable, IndexUnusable, SettingsError
from index.settings import IndexSettings


def address(url: str, **given: str) -> Address:
    return Address.of(IndexSettings(chroma_url=url, **given))


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://chroma.example", "http://chroma.example:80"),
        ("https://api.trychroma.com", "https://api.trychroma.com:443"),
        ("https://ann:s%40cret@chroma.example:8443/chroma/", "https://chroma.example:8443/chroma"),
    ],
)
def test_an_address_is_read_and_shown_without_its_password(url: str, where: str) -> None:
    assert address(url).where == where


def test_who_we_are_goes_into_the_headers_only() -> None:
    made = address("https://ann:s%40cret@x.example", chroma_api_key="ck-1")
    assert made.headers == {"x-chroma-token": "ck-1", "Authorization": "Basic YW5uOnNAY3JldA=="}
    dumped = str(IndexSettings(chroma_url="https://ann:secret@x.example", chroma_api_key="ck-1").model_dump())
    assert "secret" not in dumped
    assert "ck-1" not in dumped


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://x.example", "http://", "http://x.example:notaport", "http://[::1"])
def test_what_is_no_address_is_a_bad_setting(url: str) -> None:
    with pytest.raises(SettingsError, match="CHROMA_URL"):
        address(url)


@contextmanager
def listening(serve):
    """The address of a socket on which `serve` takes each connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        over = threading.Event()

        def run() -> None:
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        over.set()
        thread.join()


def silent(connection: socket.socket) -> None:
    time.sleep(20)


def half(connection: socket.socket) -> None:
    connection.recv(1000)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
    time.sleep(20)


def broken(connection: socket.socket) -> None:
    connection.recv(1000)
    connection.close()


def nonsense(connection: socket.socket) -> None:
    connection.recv(1000)
    connection.sendall(b"220 smtp.example ready\r\n")
    connection.close()


@pytest.mark.parametrize(
    ("serve", "said"),
    [(silent, "silent"), (half, "silent"), (broken, "can be reached"), (nonsense, "can be reached")],
)
def test_what_keeps_silent_or_breaks_off_is_named_in_time(serve, said: str) -> None:
    with listening(serve) as url:
        started = time.monotonic()
        with pytest.raises(IndexUnreachable, match=said) as caught:
            ChromaServer(address(url), seconds=1).names()
        assert time.monotonic() - started < 5
        assert url in str(caught.value)
        assert isinstance(caught.value, IndexUnusable)


def test_silence_after_the_first_answers_is_named_too(chroma, tmp_path) -> None:  # noqa: F811
    server = ChromaServer(Address.of(on(chroma, tmp_path)), seconds=1)
    assert server.names() == {}
    with listening(silent) as url:
        server._client._server._api_url = url + "/api/v2"
        started = time.monotonic()
        with pytest.raises(IndexUnreachable, match="silent"):
            server.names()
        assert time.monotonic() - started < 5


def test_a_refused_connection_is_named_with_the_command() -> None:
    port = free_port()
    with pytest.raises(IndexUnreachable, match=f"Run: chroma run --host 127.0.0.1 --port {port}"):
        ChromaServer(address(f"http://127.0.0.1:{port}")).names()


@contextmanager
def web(status: int, body: bytes):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, b"<html>Welcome to nginx</html>", "no Chroma server"),
        (200, b"{}", "no Chroma server"),
        (404, b"not found", "no Chroma server"),
        (500, b"", "no Chroma server"),
        (401, b'{"error": "AuthError", "message": "Unauthorized"}', "CHROMA_API_KEY"),
        (403, b"Forbidden", "CHROMA_API_KEY"),
    ],
)
def test_another_web_server_is_named_for_what_it_is(status: int, body: bytes, said: str) -> None:
    with web(status, body) as url, pytest.raises(IndexUnreachable, match=said) as caught:
        ChromaServer(address(url)).names()
    assert "\n" not in str(caught.value)


def test_a_database_that_is_not_there_is_named(chroma) -> None:  # noqa: F811
    with pytest.raises(IndexUnreachable, match="CHROMA_DATABASE"):
        connect(address(chroma.url, chroma_database="nonesuch"))


def test_collections_are_made_once_changed_whole_and_dropped_by_what_they_are(chroma, tmp_path) -> None:  # noqa: F811
    server = ChromaServer(Address.of(on(chroma, tmp_path)))
    first = server.create(PREFIX + "a", {"n": 1, "old": True})
    assert first is not None
    assert server.create(PREFIX + "a", {"n": 2}) is None
    assert server.create("of somebody else".replace(" ", "-"), {"n": 3}) is not None
    assert server.update(first, {"n": 4})
    assert server.names() == {PREFIX + "a": {"n": 4}}
    server.drop(PREFIX + "a")
    server.drop(PREFIX + "a")
    second = server.create(PREFIX + "a", {"n": 5})
    assert not server.update(first, {"n": 6}), "another has its name now"
    server.drop_this(first, PREFIX + "aside")
    assert server.find(PREFIX + "a").id == second.id
    server.drop_this(second, PREFIX + "aside")
    assert server.names() == {}
    server.close()


def test_more_collections_than_a_list_holds(chroma, tmp_path) -> None:  # noqa: F811
    server = ChromaServer(Address.of(on(chroma, tmp_path)))
    for n in range(120):
        server.create(f"{PREFIX}{n}", {"n": n})
    assert len(server.names()) == 120
    server.close()
