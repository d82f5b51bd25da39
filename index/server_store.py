"""The collections of a generation on a Chroma server, and texts that are kept there as rows."""

from collections.abc import Callable, Iterable
from typing import Any

from index.chroma_server import ANSWER_SECONDS, PREFIX, WRITE_SECONDS, Address, connect, unreachable
from index.errors import FootnoteError, IndexDamaged
from index.store import BATCH, HNSW, Store, T, batches

_ROW = 4000
"""Characters of a text in a row: Chroma Cloud takes 16,384 bytes."""


class ServerStore(Store):
    """As `Store`, on a server, with a connection of its own. Its methods may raise IndexUnreachable."""

    def __init__(self, address: Address, name: str, *, new: bool = False, seconds: float = ANSWER_SECONDS) -> None:
        """Open the collections of a generation, or make them. Raises IndexDamaged if they aren't there."""
        self.address, self.name = address, name
        self._client = connect(address, seconds)
        made: dict[str, Any] = {"embedding_function": None} | ({"configuration": HNSW} if new else {})
        get = self._client.create_collection if new else self._client.get_collection
        try:
            self.batch = min(BATCH, self._client.get_max_batch_size())
            self._passages = get(f"{PREFIX}passages-{name}", **made)
            self._sentences = get(f"{PREFIX}sentences-{name}", **made)
        except Exception as error:
            self._client.close()
            raise self.failure(IndexDamaged, "Can't open", error) from error

    def failure(self, kind: type[FootnoteError], what: str, error: Exception) -> FootnoteError:
        """IndexUnreachable when the server couldn't be asked."""
        repair = "footnote index build" if kind is IndexDamaged else ""
        return unreachable(error, self.address) or kind(f"{what} {self.name} on {self.address.where}: {error}.", repair=repair)

    def texts(self, ids: list[str]) -> list[str]:
        """The texts of passages, in the order of their ids. Raises IndexDamaged if one is missing."""
        found = {id: passage.text for batch in batches(ids, self.batch) for id, passage in self.passages(batch).items()}
        if len(found) != len(set(ids)):
            lost = len(set(ids)) - len(found)
            raise IndexDamaged(f"{self.address.where} has lost {lost} passages of {self.name}.", repair="footnote index build")
        return [found[id] for id in ids]


def write_rows(address: Address, collection: str, text: str) -> None:
    """Keep a text in a collection that is there, and empty. Raises IndexDamaged, IndexUnreachable."""
    parts = [text[at : at + _ROW] for at in range(0, len(text), _ROW)] or [""]

    def write(client: Any) -> None:
        into = client.get_collection(collection, embedding_function=None)
        for batch in batches(enumerate(parts), min(BATCH, client.get_max_batch_size())):
            into.upsert(
                ids=[f"{n:08}" for n, _ in batch],
                documents=[part for _, part in batch],
                embeddings=[[1.0]] * len(batch),  # Chroma keeps no row without one
            )

    _asked(address, collection, WRITE_SECONDS, write)


def read_rows(address: Address, collection: str) -> str:
    """The text that `write_rows` kept. Raises IndexDamaged, IndexUnreachable."""

    def read(client: Any) -> str:
        held = client.get_collection(collection, embedding_function=None)
        ids: Iterable[str] = (f"{n:08}" for n in range(held.count()))
        parts: dict[str, str] = {}
        for batch in batches(ids, min(BATCH, client.get_max_batch_size())):
            got = held.get(ids=batch, include=["documents"])
            parts |= zip(got["ids"], got["documents"], strict=True)
        return "".join(parts[id] for id in sorted(parts))

    return _asked(address, collection, ANSWER_SECONDS, read)


def _asked(address: Address, collection: str, seconds: float, ask: Callable[[Any], T]) -> T:
    client = connect(address, seconds)
    try:
        return ask(client)
    except Exception as error:
        message = f"{collection} on {address.where} can't be used: {error}."
        raise unreachable(error, address) or IndexDamaged(message, repair="footnote index build") from error
    finally:
        client.close()
