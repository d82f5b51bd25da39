"""The names that integrators import."""

import importlib
import pkgutil

import pytest

import assistant
import index
from index import errors


def test_the_names_of_the_package():
    assert assistant.__all__ == ["Answer", "Assistant", "Citation", "Filters", "Refusal", "Reply", "Settings", "ask"]
    for name in assistant.__all__:
        assert getattr(assistant, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Sourcerer'"):
        assistant.Sourcerer  # noqa: B018


@pytest.mark.parametrize("package", [assistant, index], ids=lambda p: p.__name__)
def test_every_module_says_what_it_is_for(package):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        assert importlib.import_module(module.name).__doc__, module.name


def test_every_error_stands_in_the_trees_of_the_docstrings():
    from assistant import errors as assistant_errors

    for module in (errors, assistant_errors):
        for name in module.__all__:
            assert issubclass(getattr(module, name), errors.FootnoteError)
            assert name in module.__doc__
