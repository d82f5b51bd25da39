"""One tree of errors, each one line with the command that mends it."""

import pytest

from index import errors
from index.errors import FootnoteError


def test_every_error_is_a_footnote_error_and_explained_in_the_tree() -> None:
    for name in errors.__all__:
        error = getattr(errors, name)
        assert issubclass(error, FootnoteError)
        assert error.__doc__
        assert name in (errors.__doc__ or "")


@pytest.mark.parametrize("message", ["a\nb", "a\r\n\tb ", " a  b"])
def test_an_error_is_one_line(message: str) -> None:
    assert str(FootnoteError(message)) == "a b"


def test_the_repair_ends_the_line() -> None:
    error = errors.IndexMissing("There is none.", repair="footnote index build")
    assert str(error) == "There is none. Run: footnote index build"
    assert (error.message, error.repair) == ("There is none.", "footnote index build")


def test_what_keeps_questions_from_being_answered_can_be_caught_as_one() -> None:
    for error in (errors.IndexMissing, errors.IndexMismatch, errors.IndexDamaged):
        assert issubclass(error, errors.IndexUnusable)
    assert issubclass(errors.HomeLocked, errors.HomeError)
    assert not issubclass(errors.CorpusError, errors.IndexUnusable)
