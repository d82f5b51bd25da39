"""Everything that Footnote raises on purpose, as one tree.

FootnoteError                what happened, where, and the command that mends it, in one line
  SettingsError              a setting is unknown or has a value that can't be used
  CorpusError                the paths given hold no article that can be read
  HomeError                  the folder that holds the index can't be used
    HomeLocked               another process is writing there
  EmbedderError              the embedding server that the settings name can't be used
  IndexUnusable              questions can't be answered from the index
    IndexMissing             there is none yet
    IndexMismatch            it was made with other settings than the present ones
    IndexDamaged             its files can't be read
    IndexUnreachable         the server that holds it can't be asked

What concerns a question or a reply is in `assistant.errors`, under the same root.
"""

__all__ = [
    "CorpusError",
    "EmbedderError",
    "FootnoteError",
    "HomeError",
    "HomeLocked",
    "IndexDamaged",
    "IndexMismatch",
    "IndexMissing",
    "IndexUnreachable",
    "IndexUnusable",
    "SettingsError",
]


class FootnoteError(Exception):
    """An error that a person can act on.

    `str(error)` is one line: what happened and, when there is one, the command in `repair` that mends it.
    """

    def __init__(self, message: str, *, repair: str = "") -> None:
        self.message = " ".join(message.split())
        self.repair = repair
        super().__init__(f"{self.message} Run: {repair}" if repair else self.message)


class SettingsError(FootnoteError):
    """A setting is unknown or has a value that can't be used."""


class CorpusError(FootnoteError):
    """The paths given hold no article that can be read."""


class HomeError(FootnoteError):
    """The folder that holds the index can't be used."""


class HomeLocked(HomeError):
    """Another process is writing to the folder that holds the index."""


class EmbedderError(FootnoteError):
    """The embedding server that the settings name can't be used: no key, no answer, or none that can be read."""


class IndexUnusable(FootnoteError):
    """Questions can't be answered from the index."""


class IndexMissing(IndexUnusable):
    """There is no index yet."""


class IndexMismatch(IndexUnusable):
    """The index was made with other settings than the present ones."""


class IndexDamaged(IndexUnusable):
    """The index is there, but its files can't be read."""


class IndexUnreachable(IndexUnusable):
    """The server that holds the index can't be asked: there is none, it keeps silent, it refuses."""
