"""The page as a web application, and the server that runs it."""

import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.assistant import Assistant
from assistant.errors import PageError
from assistant.page.chat import build_chat
from assistant.page.routes import build_routes
from assistant.page.security import PageGuard

_HEAD = '<link rel="stylesheet" href="ui/app.css"><script type="module" src="ui/app.js"></script>'
_GRACE = 8  # seconds that a running answer has to end in, once the server is told to stop


def build_app(assistant: Assistant, host: str | None = None) -> FastAPI:
    """The page over an assistant: its own routes first, then Gradio, behind the guard.

    `host` is the address it is served on (that of the settings when not given): it answers under no other name.
    """
    app = FastAPI(title="Footnote", docs_url=None, redoc_url=None, openapi_url=None)
    settings = assistant.settings
    names = [name.strip() for name in settings.host_names.split(",") if name.strip()]
    app.add_middleware(PageGuard, host=settings.host if host is None else host, names=names)
    app.include_router(build_routes(assistant))
    system = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"]
    gr.mount_gradio_app(
        app,
        build_chat(assistant),
        path="/",
        theme=gr.themes.Base(font=system, font_mono=["ui-monospace", "monospace"]),
        head=_HEAD,
        run_history=False,
        footer_links=[],
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        max_file_size="1kb",
    )
    return app


def serve(assistant: Assistant, host: str, port: int, ready: Callable[[str], None] = lambda url: None) -> None:
    """Serve the page until SIGTERM or Ctrl-C, which let running answers end; `ready` is called once it listens.

    It is given the address to open; port 0 takes a free one. Raises PageError when the address can't be had.
    """
    listening = bind(host, port)
    try:
        url = _url(host, listening.getsockname()[1])
        config = uvicorn.Config(
            build_app(assistant, host),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
        with _signals_kept():
            _Server(config, lambda: ready(url)).run(sockets=[listening])
    finally:
        listening.close()


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens on an address. Raises PageError, with the command to try, when it is taken or isn't one."""
    other = f"footnote chat --port {port + 1 if port < 65535 else 0}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise PageError(f"There is no address {host!r} on this machine.", repair="footnote chat --host 127.0.0.1") from error
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise PageError(f"Port {port} of {host} is taken by another program.", repair=other) from error
        if error.errno == errno.EACCES:
            raise PageError(f"Port {port} is reserved for the system.", repair="footnote chat --port 7860") from error
        repair = "footnote chat --host 127.0.0.1"
        raise PageError(f"The page can't listen on {host}: {error.strerror or error}.", repair=repair) from error
    return listening


class _Server(uvicorn.Server):
    """Uvicorn that tells when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Let signals end the server, not the program: uvicorn raises them again once it has stopped."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {s: signal.signal(s, lambda *_: None) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _url(host: str, port: int) -> str:
    name = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - shown, not bound to
    return f"http://[{name}]:{port}" if ":" in name and not name.startswith("[") else f"http://{name}:{port}"
