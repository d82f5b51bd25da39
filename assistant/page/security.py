"""What stands before every route of the page: who may ask, and what the browser may do with what it gets.

Text of articles, titles, questions and models is escaped where it is rendered. The policy here holds where that fails:
no script but the page's own runs, and nothing is fetched from, or sent to, another site.
"""

import ipaddress
import re
import secrets
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'; "
    "object-src 'none'; frame-ancestors 'none'"
)
_SCRIPT = re.compile(rb"<script(?=[\s>])")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_ANY_ADDRESS = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - compared with, not bound to

_OPEN = re.compile(
    r"/(?:healthz|readyz|ui/[^/]*|config|theme\.css|manifest\.json|robots\.txt|favicon\.ico|assets/.*|static/.*|svelte/.*"
    r"|gradio_api/(?:theme\.css|app_id|startup-events|queue/join|queue/data|run/predict|cancel|reset|heartbeat/[^/]*))?"
)
"""What the page needs; Gradio's other routes (its API, uploads, files, proxy) are closed."""

LARGEST = 4_000_000
"""Bytes of a request: a long conversation has some 100,000."""

CLOSED = "There is nothing at this address."
TOO_LARGE = "This request is too large; begin a new chat, or ask for less at once."
FOREIGN_HOST = "This page does not answer under the name in the address bar; open it under the address it was started with."
FOREIGN_ORIGIN = "Another site sent this request; the page answers only its own."


class PageGuard:
    """ASGI middleware: refuses requests that aren't the page's own with 403, and sets the security headers.

    A name that merely leads to this machine (DNS rebinding) is refused: `Host` must be the bound host or loopback; where
    all addresses are bound, any address in numbers or this machine's name. The port may differ, as one that is forwarded
    does; `names` are further ones, as that of a proxy. `Origin`, where a browser sends it, must be the host itself. Paths
    that the page doesn't need are answered with 404, bodies that are too large with 413.
    """

    def __init__(self, app: ASGIApp, host: str, names: Iterable[str] = ()) -> None:
        self._app = app
        self._names = _LOOPBACK | {host.lower(), *(name.lower() for name in names)}
        self._everywhere = host in _ANY_ADDRESS
        if self._everywhere:
            self._names |= {socket.gethostname().lower(), socket.getfqdn().lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        status, refusal = self._refusal(headers, scope["path"])
        if refusal or scope["type"] != "http":  # the page has no other kind
            if scope["type"] == "http":
                await PlainTextResponse(refusal, status)(scope, receive, _Sealed(send, with_scripts=False))
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        page = scope["path"] == "/" and scope["method"] == "GET"
        if page:  # compressed, its script tags could not be marked
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]}
        await self._app(scope, _bounded(receive), _Sealed(send, with_scripts=page))

    def _refusal(self, headers: Headers, path: str) -> tuple[int, str]:
        host = headers.get("host", "")
        if not self._known(_name(f"//{host}")):
            return 403, FOREIGN_HOST
        origin = headers.get("origin")
        if origin is not None and origin.partition("://")[2].lower() != host.lower():
            return 403, FOREIGN_ORIGIN
        if not _OPEN.fullmatch(path):
            return 404, CLOSED
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST:
            return 413, TOO_LARGE
        return 0, ""

    def _known(self, name: str) -> bool:
        return name in self._names or (self._everywhere and _is_address(name))


class _Sealed:
    """A `send` that sets the security headers; of the page itself it also marks the script tags."""

    def __init__(self, send: Send, *, with_scripts: bool) -> None:
        self._send, self._with_scripts = send, with_scripts
        self._start: Message = {}
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            self._with_scripts &= headers.get("content-type", "").startswith("text/html")
            headers["Content-Security-Policy"] = _POLICY.format(nonce="")
            headers["X-Content-Type-Options"] = "nosniff"
            headers["X-Frame-Options"] = "DENY"
            headers["Referrer-Policy"] = "no-referrer"
            headers["Cross-Origin-Resource-Policy"] = "same-origin"
            headers["Cross-Origin-Opener-Policy"] = "same-origin"
            self._start = message
            if self._with_scripts:
                return  # its length is known once its body is
        elif self._with_scripts and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_marked()
            return
        await self._send(message)

    async def _send_marked(self) -> None:
        nonce = secrets.token_urlsafe(16)
        body = _SCRIPT.sub(f'<script nonce="{nonce}"'.encode(), bytes(self._body))
        headers = MutableHeaders(scope=self._start)
        headers["Content-Security-Policy"] = _POLICY.format(nonce=f" 'nonce-{nonce}'")
        headers["Content-Length"] = str(len(body))
        headers["Cache-Control"] = "no-store"  # a nonce is used once
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def _bounded(receive: Receive) -> Receive:
    """Let no body through that is larger than it may be, whatever length it states: the rest is not read."""
    received = 0

    async def bounded() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        return {"type": "http.disconnect"} if received > LARGEST else message

    return bounded


def _name(url: str) -> str:
    """The host in a URL, without its port, in lower case; empty where it can't be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
