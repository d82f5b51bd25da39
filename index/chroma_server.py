"""A database of a Chroma server, or of Chroma Cloud: bounded waits, named errors, and what no other index there has.

Chroma's own client waits for ever, and says of most failures only what the server's text was. What is done here in one
step on the server, and so can't be split by a crash or by another program: making a collection, whose name is unique;
replacing a collection's metadata.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
from chromadb.api.client import Client
from chromadb.api.models.Collection import Collection
from chromadb.auth import UserIdentity
from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, Settings
from chromadb.errors import AuthorizationError, ChromaError, NotFoundError, UniqueConstraintError

from index.errors import FootnoteError, IndexDamaged, IndexUnreachable, SettingsError
from index.settings import IndexSettings

PREFIX = "footnote-"
"""Of the names of all collections that are ours."""

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 15.0
WRITE_SECONDS = 180.0
"""The longest silence of the server in the middle of a call that writes: 5,000 rows take it 10 s on a busy machine."""

_PAGE = 100  # collections in a list, which Chroma Cloud gives at once at the most


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server is; `where` is its address without a password, for messages."""

    host: str
    port: int
    tls: bool
    path: str
    headers: dict[str, str]
    tenant: str
    database: str

    @property
    def where(self) -> str:
        """The address without a password."""
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}{self.path}"

    @classmethod
    def of(cls, settings: IndexSettings) -> "Address":
        """What the settings say. Raises SettingsError for what is no address."""
        try:
            parts = urlsplit(settings.chroma_url)
            port = parts.port
        except ValueError as error:
            raise SettingsError(
                f"CHROMA_URL is no address: {error}.", repair="export CHROMA_URL=http://127.0.0.1:8000"
            ) from error
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingsError(
                "CHROMA_URL is no http:// or https:// address.", repair="export CHROMA_URL=http://127.0.0.1:8000"
            )
        tls = parts.scheme == "https"
        headers = {}
        if key := settings.chroma_api_key.get_secret_value():
            headers["x-chroma-token"] = key
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        return cls(
            parts.hostname,
            port or (443 if tls else 80),
            tls,
            parts.path.rstrip("/"),
            headers,
            settings.chroma_tenant,
            settings.chroma_database,
        )


class _BoundedClient(Client):
    """Chroma's client, whose every wait ends. Its base makes its first call in `get_user_identity`."""

    seconds = ANSWER_SECONDS

    def get_user_identity(self) -> UserIdentity:
        self._server._session.timeout = httpx.Timeout(self.seconds, connect=CONNECT_SECONDS)  # type: ignore[attr-defined]
        return self._server.get_user_identity()

    def _validate_tenant_database(self, tenant: str, database: str) -> None:
        self._server.get_database(name=database, tenant=tenant)


def connect(address: Address, seconds: float = ANSWER_SECONDS) -> Client:
    """A client of its own. `seconds`: the longest silence within a call. Raises IndexUnreachable."""
    by_key = "x-chroma-token" in address.headers and not (address.tenant and address.database)
    tenant = address.tenant or (None if by_key else DEFAULT_TENANT)
    database = address.database or (None if by_key else DEFAULT_DATABASE)
    settings = Settings(
        anonymized_telemetry=False,  # Chroma would otherwise report to its makers
        chroma_api_impl="chromadb.api.fastapi.FastAPI",
        chroma_server_host=address.host if not address.path else address.where,
        chroma_server_http_port=address.port,
        chroma_server_ssl_enabled=address.tls,
        chroma_server_headers=dict(address.headers),
        # A key stands for a tenant and often for a database: they need not be named.
        chroma_overwrite_singleton_tenant_database_access_from_auth=by_key,
    )
    bounded = type("Bounded", (_BoundedClient,), {"seconds": seconds})
    try:
        return bounded(tenant=tenant, database=database, settings=settings)  # type: ignore[no-any-return]
    except Exception as error:
        raise unreachable(error, address) or IndexUnreachable(_no_chroma(error, address)) from error


def _no_chroma(error: Exception, address: Address) -> str:
    if isinstance(error, NotFoundError):
        return (
            f"The Chroma server at {address.where} has no tenant or database as CHROMA_TENANT and CHROMA_DATABASE say: {error}."
        )
    said = " ".join(str(error).split())[:120]
    return f"What answers at {address.where} (CHROMA_URL) is no Chroma server" + (f"; it says: {said}." if said else ".")


def unreachable(error: BaseException, address: Address) -> IndexUnreachable | None:
    """The named error of one that says nothing about the index, but that the server can't be asked; None for others."""
    where = address.where
    chain: BaseException | None = error
    while chain is not None:
        if isinstance(chain, httpx.TimeoutException):
            return IndexUnreachable(f"The Chroma server at {where} (CHROMA_URL) keeps silent for too long.")
        if isinstance(chain, httpx.TransportError | httpx.InvalidURL):
            local = address.host in ("127.0.0.1", "localhost", "::1")
            repair = f"chroma run --host {address.host} --port {address.port} --path FOLDER" if local else ""
            return IndexUnreachable(f"No Chroma server can be reached at {where} (CHROMA_URL): {chain}.", repair=repair)
        if isinstance(chain, AuthorizationError):
            break
        chain = chain.__cause__ or chain.__context__
    signs = ("nauthorized", "orbidden", "AuthError")
    if isinstance(error, AuthorizationError) or any(sign in str(error)[:200] for sign in signs):
        return IndexUnreachable(f"The Chroma server at {where} accepts neither CHROMA_API_KEY nor what CHROMA_URL says.")
    return None


def _gone(error: ChromaError) -> bool:
    """Whether a collection isn't there any more, or is just being dropped by another program."""
    return isinstance(error, NotFoundError) or "Missing metadata segment" in str(error)


class ChromaServer:
    """Our collections in one database of a server. Connected when first asked; every call may raise IndexUnreachable."""

    def __init__(self, address: Address, seconds: float = ANSWER_SECONDS) -> None:
        """`seconds`: the longest silence of the server that is borne."""
        self.address, self._seconds = address, seconds
        self._client: Client | None = None

    @property
    def where(self) -> str:
        """The address, for messages."""
        return self.address.where

    def now(self) -> float:
        """Seconds by the server's clock, which is one for all who ask."""
        with self._asked() as client:
            return client.heartbeat() / 1e9

    def names(self) -> dict[str, dict[str, Any]]:
        """Our collections: the metadata of each by its name."""
        found: dict[str, dict[str, Any]] = {}
        with self._asked() as client:
            while page := client.list_collections(limit=_PAGE, offset=len(found)):
                found |= {c.name: dict(c.metadata or {}) for c in page}
                if len(page) < _PAGE:
                    break
        return {name: metadata for name, metadata in found.items() if name.startswith(PREFIX)}

    def find(self, name: str) -> Collection | None:
        """A collection, or None if there is none of that name."""
        with self._asked() as client:
            try:
                return client.get_collection(name, embedding_function=None)
            except NotFoundError:
                return None

    def create(self, name: str, metadata: dict[str, Any]) -> Collection | None:
        """Make a collection; None if there is one of that name. Of several that try at once, one succeeds."""
        with self._asked() as client:
            try:
                return client.create_collection(name, metadata=metadata, embedding_function=None)
            except UniqueConstraintError:
                return None
            except ChromaError as error:
                if "already exists" in str(error):  # the Rust server gives no kind
                    return None
                raise

    def update(self, collection: Collection, metadata: dict[str, Any]) -> bool:
        """Replace a collection's metadata in one step; False if it is gone, even if another has its name now."""
        with self._asked():
            try:
                collection.modify(metadata=metadata)
            except ChromaError as error:
                if _gone(error):
                    return False
                raise
            return True

    def drop(self, name: str) -> None:
        """Remove a collection by its name, if it is there."""
        with self._asked() as client:
            try:
                client.delete_collection(name)
            except NotFoundError:
                return

    def drop_this(self, collection: Collection, aside: str) -> None:
        """Remove this very collection, never another that has its name now: it is renamed to `aside` first."""
        with self._asked():
            try:
                collection.modify(name=aside)
            except ChromaError as error:
                if _gone(error):
                    return
                raise
        self.drop(aside)

    def close(self) -> None:
        """Let go of the connection."""
        if self._client is not None:
            self._client.close()
            self._client = None

    @contextmanager
    def _asked(self) -> Iterator[Client]:
        try:
            if self._client is None:
                self._client = connect(self.address, self._seconds)
            yield self._client
        except FootnoteError:
            raise
        except Exception as error:
            raise unreachable(error, self.address) or IndexDamaged(
                f"The Chroma server at {self.where} failed: {error}.", repair="footnote index build"
            ) from error
