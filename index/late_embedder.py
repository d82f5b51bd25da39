"""The embedder of the settings, loaded no sooner than it is needed: that takes seconds, and many builds need none."""

from concurrent.futures import Future
from threading import Lock, Thread

from index.e5 import E5
from index.recipe import embedder_name
from index.settings import IndexSettings
from index.vectors import TextEmbedder


class LateEmbedder:
    """Loads at the first text, or beside other work once `begin` is called."""

    def __init__(self, settings: IndexSettings) -> None:
        """Nothing is loaded yet; `model_name` is known all the same."""
        self._settings, self.model_name = settings, embedder_name(settings)
        self._loading: Future[TextEmbedder] | None = None
        self._lock = Lock()

    def begin(self) -> None:
        """Load it in a thread, unless that has begun. What goes wrong is raised when the first text is to be embedded."""
        with self._lock:
            if self._loading is None:
                self._loading = Future()
                Thread(target=self._load, args=(self._loading,), name="embedder", daemon=True).start()

    def _load(self, loading: "Future[TextEmbedder]") -> None:
        try:
            loading.set_result(self._choose())
        except BaseException as error:
            loading.set_exception(error)

    def _choose(self) -> TextEmbedder:
        if not self._settings.embedding_model:
            return E5()  # by itself: LlamaIndex takes two seconds to import
        from index.embedder import choose_embedder

        return choose_embedder(self._settings)

    def get_text_embedding_batch(self, texts: list[str]) -> list[list[float]]:
        """A vector for each text. Raises EmbedderError where the settings want a key or an address."""
        self.begin()
        assert self._loading  # noqa: S101 - by `begin`
        return self._loading.result().get_text_embedding_batch(texts)
