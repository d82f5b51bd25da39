"""What the README says, run."""

import os
import re
import subprocess
import sys

from conftest import REPOSITORY

from assistant.settings import Settings

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs(seeds_home):
    examples = re.findall(r"```python\n(.*?)```", README, re.S)
    env = os.environ | {"FOOTNOTE_HOME": str(seeds_home)}
    calls, model = (
        subprocess.run([sys.executable, "-c", example], env=env, capture_output=True, text=True, check=True).stdout
        for example in examples
    )
    assert calls.startswith("answered\n1 User connectivity has surged by 1,300 percent")
    assert model.startswith("model:")


def test_the_table_of_settings_is_that_of_the_code():
    named = set(re.findall(r"\b(?:FOOTNOTE|OPENAI|CHROMA)_[A-Z_]+", README)) - {"FOOTNOTE_REQUIRE_ALL"}
    assert named == set(Settings.environment_names())


def test_commands_of_the_readme_exist(footnote, tmp_path):
    for command in set(re.findall(r"footnote ((?:index )?(?:ask|chat|build|status)\b)", README)):
        assert footnote(*command.split(), "--help", home=tmp_path).returncode == 0, command


def test_files_and_pictures_that_the_readme_names_are_there():
    for path in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (REPOSITORY / path).is_file(), path


def test_constraints_hold_names_and_versions_only():
    lines = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8").split("\n")
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[\w.+!]+", line) for line in lines if line and not line.startswith("#"))
    assert "constraints.txt" in README


def test_the_project_names_no_machine():
    files = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    for name in files.split("\0"):
        path = REPOSITORY / name
        if name and path.is_file() and path.suffix in {".py", ".md", ".txt", ".toml", ".js", ".css", ""}:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"(?<!\w)/(home|root|Users)/\w", text) or name.startswith("tests/"), name
