"""What goes wrong with a question or a reply, under the root in `index.errors`.

FootnoteError
  QuestionError              the question can't be asked as it is
  CitationError              a citation that no quote of the article stands behind was about to be made
  ModelError                 the model that is to answer can't be used as it is set
  PageError                  the chat page can't be served

`ask` raises QuestionError and IndexUnusable; CitationError is a fault of ours, and never a way to answer.
"""

from index.errors import FootnoteError

__all__ = ["CitationError", "ModelError", "PageError", "QuestionError"]


class QuestionError(FootnoteError):
    """The question can't be asked as it is: it is empty or too long."""


class CitationError(FootnoteError):
    """A citation that no quote of the article stands behind was about to be made."""


class ModelError(FootnoteError):
    """The model that is to answer can't be used as it is set: a name, a key or an address is missing."""


class PageError(FootnoteError):
    """The chat page can't be served: its address is taken, or there is no such address."""
