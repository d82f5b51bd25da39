"""`footnote eval`: what is run, shown and written, and every way in which it can be asked wrongly."""

import json
import shutil
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from evals.cli import eval_app
from evals.questions import SEEDS_QUESTIONS
from evals.run_file import FORMAT, load_run
from evals.terminal import plain, print_run
from index.errors import FootnoteError
from index.settings import SEEDS

FEW = ["--kind", "fact", "--limit", "4"]


@pytest.fixture(scope="module")
def eval_home(seeds_home, tmp_path_factory):
    """A home in which the index of the seeds is built already, for their set and for `q.jsonl`."""
    home = tmp_path_factory.mktemp("eval") / "home"
    for name in ("seeds", "own-seeds-q"):
        shutil.copytree(seeds_home, home / "eval" / name)
    return home


@pytest.fixture(scope="module")
def first(footnote, eval_home):
    """One run of a few questions of every kind that a gate below names."""
    return footnote("eval", "run", "--kind", "fact", "--kind", "far", home=eval_home)


@pytest.fixture
def invoke(eval_home, monkeypatch):
    """invoke(*arguments): the command in this process; what it raises on purpose is raised."""
    monkeypatch.setenv("FOOTNOTE_HOME", str(eval_home))

    def run(*arguments):
        done = CliRunner().invoke(eval_app, list(map(str, arguments)))
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return run


def runs(home):
    return sorted((home / "eval" / "runs").iterdir())


def test_a_run_shows_figures_with_intervals_and_ends_with_its_paths(first, eval_home):
    assert first.returncode == 0, first.stderr
    made, report = map(str.strip, first.stdout.strip().splitlines()[-2:])
    folder = runs(eval_home)[0]
    assert (made, report) == (str(folder / "run.json"), str(folder / "report.html"))
    assert folder.name.startswith("seeds-2")
    assert "Asking" in first.stderr
    for row in ("fact", "far", "accuracy", "refusal_recall", "quote_fidelity", "balanced_accuracy", "95% interval"):
        assert row in first.stdout, row
    assert "A question took: median" in first.stdout
    assert "Traceback" not in first.stderr
    held = load_run(folder)
    assert {r["kind"] for r in held["results"]} == {"fact", "far"}
    assert held["selection"] == {"kinds": ["fact", "far"], "split": None, "limit": None}
    assert held["set"] == "seeds"


def test_figures_of_the_default_assistant_are_plausible(first, eval_home):
    """A floor far below what is measured: it tells a suite that scores everything wrong, not a slightly worse assistant."""
    figures = load_run(runs(eval_home)[0])["metrics"]
    assert figures["unscored"] == 0
    assert figures["all"]["quote_fidelity"]["value"] == 1.0
    assert figures["by_kind"]["fact"]["accuracy"]["value"] > 0.7
    assert figures["by_kind"]["far"]["refusal_recall"]["value"] > 0.5


def test_gates(invoke, tmp_path):
    met = invoke("run", *FEW, "--out", tmp_path / "a", "--require", "quote_fidelity=1", "--require", "fact.accuracy=0.25")
    assert (met.exit_code, "Not met" in met.output) == (0, False)
    failed = invoke("run", *FEW, "--out", tmp_path / "b", "--require", "accuracy=1.01", "--require", "words=1")
    assert failed.exit_code == 3
    assert "Not met: accuracy is " in failed.stderr
    assert "and is to be at least 1.01" in failed.stderr
    assert "Not met: words is " in failed.stderr
    assert (tmp_path / "b" / "report.html").is_file()  # what failed can be read


def test_a_gold_spoiled_on_purpose_fails_the_gate(invoke, tmp_path):
    lines = SEEDS_QUESTIONS.read_text(encoding="utf-8").splitlines()[:4]
    spoiled = [json.loads(line) for line in lines]
    for n, question in enumerate(spoiled):
        question["reference_answers"] = [[f"no such words {n}"]]
    path = tmp_path / "q.jsonl"
    gate = ("--require", "accuracy=0.25")
    path.write_text("\n".join(lines), encoding="utf-8")
    assert invoke("run", path, "--out", tmp_path / "a", *gate).exit_code == 0
    path.write_text("\n".join(map(json.dumps, spoiled)), encoding="utf-8")
    failed = invoke("run", path, "--out", tmp_path / "b", *gate)
    assert failed.exit_code == 3
    assert "Not met: accuracy is 0.0000 (n = 4), and is to be at least 0.25." in failed.stderr


def test_ones_own_articles_and_questions(invoke, tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bridge.txt").write_text("The bridge\n\nThe bridge over the river was opened in 1932.")
    (tmp_path / "articles" / "bad.txt").write_bytes(b"\0")
    gold = [{"article_id": "bridge", "quote": "The bridge over the river was opened in 1932."}]
    asked = {"id": "a", "kind": "fact", "question": "When was the bridge over the river opened?", "answerable": True}
    (tmp_path / "q.jsonl").write_text(json.dumps(asked | {"reference_answers": [["1932"]], "gold_quotes": gold}))
    done = invoke("run", tmp_path / "q.jsonl", "--corpus", tmp_path / "articles", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "Skipped" in done.stderr
    assert "bad.txt" in done.stderr
    made = load_run(tmp_path / "out")
    assert made["set"] == "own-articles-q"
    assert made["results"][0]["hit_1"] == 1


def test_a_set_from_elsewhere(invoke, tmp_path):
    answers = [{"text": "1932", "answer_start": 30}]
    qas = [{"id": "q", "question": "When was the bridge opened?", "is_impossible": False, "answers": answers}]
    paragraphs = [{"context": "The bridge was opened in 1932.", "qas": qas}]
    (tmp_path / "dev.json").write_text(json.dumps({"data": [{"title": "Bridge", "paragraphs": paragraphs}]}))
    done = invoke("run", "--set", "squad", "--data", tmp_path / "dev.json", "--out", tmp_path / "out", "--reader", "quotes")
    assert done.exit_code == 0, done.output
    assert load_run(tmp_path / "out")["results"][0]["recall_5"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--require", "acuracy=1"], "the figure 'acuracy' is unknown"),
        (["--require", "list.accuracy=1", "--kind", "fact"], "no question of the kind list is asked"),
        (["--kind", "riddle"], "the kind 'riddle' is unknown"),
        (["--set", "riddles"], "there is no set 'riddles'"),
        (["--set", "mtrag"], "needs --data"),
        (["--data", "."], "needs --set"),
        (["--set", "seeds", "--data", "."], "needs --set"),
        (["--corpus", "."], "needs QUESTIONS"),
        (["q.jsonl", "--set", "seeds"], "not both"),
        (["--split", "train"], "'train' is not one of"),
        (["--limit", "0"], "--limit"),
        (["--reader", "oracle"], "'oracle' is not"),
        (["a", "b"], "unexpected extra argument"),
    ],
)
def test_bad_usage(invoke, arguments, said):
    done = invoke("run", *arguments)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())


def test_bad_question_files(invoke, tmp_path):
    good = SEEDS_QUESTIONS.read_text(encoding="utf-8").splitlines()[0]
    path = tmp_path / "q.jsonl"
    for content, said in (
        (good + "\n{", f"{path}:2: this is no question"),
        (good + "\n" + good, f"{path}:2: the id 'fact-officials-warn' stands in the file already"),
        (good.replace('"kind": "fact"', '"kind": "riddle"'), f"{path}:1: the kind 'riddle' is unknown"),
        (
            good.replace("But it has also", "But it had also"),
            "A gold quote of 'fact-officials-warn' isn't in 000_01e580d50e0178f9",
        ),
        ("", "holds no question"),
    ):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(FootnoteError) as raised:
            invoke("run", path, "--corpus", SEEDS)
        assert said in str(raised.value)
        assert "\n" not in str(raised.value)


def one_line(done):
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("footnote: ")
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


def test_errors_are_one_line_and_status_1(footnote, tmp_path):
    run = ("eval", "run")
    assert "No such file" in one_line(footnote(*run, "none.jsonl", home=tmp_path))
    assert "There is no file or folder nowhere" in one_line(
        footnote(*run, str(SEEDS_QUESTIONS), "--corpus", "nowhere", home=tmp_path)
    )
    assert "The set mtrag can't be read" in one_line(footnote(*run, "--set", "mtrag", "--data", str(tmp_path), home=tmp_path))
    (tmp_path / "run.json").write_text(json.dumps({"format": FORMAT + 1}))
    assert "is a run of format" in one_line(footnote("eval", "compare", str(tmp_path), str(tmp_path), home=tmp_path))
    assert not (tmp_path / "eval").exists()
    assert "can't be written" in one_line(footnote(*run, home=tmp_path / "run.json" / "home"))


def test_a_folder_that_cannot_be_made_is_named(invoke, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FootnoteError, match=r"The run's folder .*file can't be made"):
        invoke("run", *FEW, "--out", tmp_path / "file")


def test_compare_shows_what_turned_out_otherwise(invoke, tmp_path):
    invoke("run", *FEW, "--out", tmp_path / "a")
    made = load_run(tmp_path / "a")
    same = invoke("compare", tmp_path / "a", tmp_path / "a" / "run.json")
    assert (same.exit_code, "Questions that turned out otherwise: 0." in same.output) == (0, True)
    right = next(r for r in made["results"] if r["correct"])
    right |= {"correct": False, "outcome": "refused"}
    made["recipe"]["embedder"] = "another"
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "run.json").write_text(json.dumps(made))
    done = invoke("compare", tmp_path / "a", tmp_path / "b")
    assert done.exit_code == 0
    assert "Note: The recipes differ: embedder" in done.output
    assert "right -> refused: 1" in done.output
    assert f"{right['id']} (fact): " in done.output
    assert "-25.0" in done.output


def test_a_run_tampered_with_is_a_named_error(invoke, tmp_path):
    invoke("run", *FEW, "--out", tmp_path)
    made = load_run(tmp_path)
    del made["results"][0]["confidence"]
    (tmp_path / "run.json").write_text(json.dumps(made))
    with pytest.raises(FootnoteError, match="can't be compared"):
        invoke("compare", tmp_path, tmp_path)


def test_failures_are_told_with_the_reason(capsys):
    failed = [{"id": f"q{n}", "outcome": "unscored", "error": f"RuntimeError: down\x1b[2J {n}"} for n in range(7)]
    print_run({"metrics": {"all": {}, "by_kind": {}, "unscored": 7}, "timings": {}, "results": failed})
    shown = capsys.readouterr().out
    assert "Unscored: 7 of 7 questions failed; they count in no figure." in shown
    assert "q0: RuntimeError: down [2J 0" in shown
    assert "q5" not in shown
    assert plain("a\nb\x1b") == "a b "


def test_a_run_in_which_everything_fails_is_an_error(invoke, tmp_path, monkeypatch):
    from assistant.engine import QueryEngine

    def fail(self, bundle):
        raise RuntimeError("the model is down")

    monkeypatch.setattr(QueryEngine, "_query", fail)
    with pytest.raises(
        FootnoteError, match=r"No question could be scored\. The first failed with RuntimeError: the model is down"
    ):
        invoke("run", *FEW, "--out", tmp_path)
    assert load_run(tmp_path)["metrics"]["unscored"] == 4
    assert (tmp_path / "report.html").is_file()


def test_help_does_not_import_the_suite(tmp_path):
    code = "import sys; from assistant.cli import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "eval" in shown.split("Commands:")[1]
    assert not [name for name in shown.split() if name.split(".")[0] == "evals"]


def test_help_of_the_suite_loads_nothing_heavy():
    code = "import sys; from evals.cli import eval_app; print(*{m.split('.')[0] for m in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"gradio", "llama_index", "chromadb", "openai", "numpy", "pydantic_settings"} & set(loaded)


def test_two_runs_in_one_second_have_folders_of_their_own(tmp_path):
    from evals.cli import _folder

    assert len({_folder(None, tmp_path, "seeds") for _ in range(3)}) == 3
