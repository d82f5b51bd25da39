"""`footnote eval`: run a question set, and compare two runs. Exit status 3: a gate was not met."""

from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from errno import EEXIST
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.settings import Settings
    from evals.gates import Gate
    from evals.sets import EvalSet

eval_app = typer.Typer(
    name="eval",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Measure the answers: run a question set, or compare two runs.",
)

GATE_NOT_MET = 3


class Split(StrEnum):
    """The part of a set that is asked: tune on dev, report test."""

    dev = "dev"
    test = "test"


class Reader(StrEnum):
    """What writes the answers."""

    quotes = "quotes"
    model = "model"


@eval_app.command("run")
def eval_run(
    questions: Annotated[
        Path | None,
        typer.Argument(help="A JSONL file of questions. Default: those that come with Footnote.", show_default=False),
    ] = None,
    corpus: Annotated[
        Path | None,
        typer.Option(help="The folder of articles that QUESTIONS are about. Default: the seeds.", show_default=False),
    ] = None,
    set_name: Annotated[
        str | None, typer.Option("--set", help="A known set by its name: seeds, or one read from --data.", show_default=False)
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="Where the set named by --set is: a folder; for squad a JSON file.", show_default=False)
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only questions of this kind; may be given more than once.", show_default=False)
    ] = None,
    split: Annotated[Split | None, typer.Option(help="Only this part of the set.", show_default=False)] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many of them.", show_default=False)] = None,
    reader: Annotated[Reader, typer.Option(help="What writes the answers.")] = Reader.quotes,
    grader_name: Annotated[
        str,
        typer.Option(
            "--grader", metavar="MODEL", help="A model that grades the answers too. Default: none.", show_default=False
        ),
    ] = "",
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Show what the model writes without checking it: to measure the check.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(help="The run's folder. Default: eval/runs/SET-TIME in FOOTNOTE_HOME.", show_default=False),
    ] = None,
    require: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE",
            help="A figure to be reached, as accuracy=0.9 or fact.accuracy=0.95 (words: not exceeded); else exit status 3. "
            "May be given more than once.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Ask every question of a set, score the answers, and write run.json and report.html."""
    from assistant.settings import Settings

    gates = _gates(require or [])
    kinds = _kinds(kind or [])
    settings = Settings.from_environment(reader=reader.value)
    chosen = _chosen(settings, questions, corpus, set_name, data)
    from assistant.progress import progress_bar
    from evals.gates import unmet
    from evals.grader import Grader
    from evals.report import save_report
    from evals.run_file import RunError, save_run
    from evals.runner import Selection, open_set, run
    from evals.terminal import plain, print_paths, print_run, stderr

    grader = Grader.of(settings, grader_name)
    selection = Selection(kinds, split.value if split else None, limit)
    asked = {q.kind for q in selection.of(chosen.questions)}
    for gate in gates:
        if gate.kind and gate.kind not in asked:
            raise typer.BadParameter(f"no question of the kind {gate.kind} is asked", param_hint="--require")
    for skipped in chosen.skipped:
        stderr.print(f"Skipped {plain(str(skipped.path))}: {plain(skipped.reason)}.")
    written_by = reader.value + (", unchecked" if unchecked else "")
    with progress_bar(stderr, "Asking") as progress, open_set(settings, chosen, progress) as assistant:
        if unchecked:
            assistant.query_engine = assistant.query_engine.unchecked()
        folder = _folder(out, settings.home, chosen.name)
        made = run(assistant, chosen, selection, lambda done, total: progress("Asking", done, total), written_by, grader)
    written = save_run(made, folder), save_report(made, folder)
    print_run(made)
    print_paths(*written)
    if made["metrics"]["unscored"] == len(made["results"]):
        raise RunError(f"No question could be scored. The first failed with {made['results'][0]['error']}")
    failed = unmet(gates, made["metrics"])
    for line in failed:
        stderr.print(f"Not met: {line}.")
    if failed:
        raise typer.Exit(GATE_NOT_MET)


@eval_app.command("compare")
def eval_compare(
    a: Annotated[Path, typer.Argument(help="The run before: its folder or its run.json.", show_default=False)],
    b: Annotated[Path, typer.Argument(help="The run after.", show_default=False)],
) -> None:
    """Show what changed from run A to run B, how sure that is, and every question that turned out otherwise."""
    from evals.compare import compare
    from evals.run_file import RunError, load_run
    from evals.terminal import print_comparison

    before, after = load_run(a), load_run(b)
    try:
        found = compare(before, after)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RunError(f"{a} and {b} can't be compared: {type(error).__name__} {error}.", repair="footnote eval run") from error
    print_comparison(found)


@eval_app.command("candidates")
def eval_candidates() -> None:
    """Print thumbs-down from the chat page as question stubs (JSON lines), for a person to answer."""
    import json

    from assistant.feedback import read
    from assistant.settings import Settings
    from evals.candidates import candidates
    from evals.terminal import stderr

    stubs = candidates(read(Settings.from_environment().home))
    for stub in stubs:
        typer.echo(json.dumps(stub, ensure_ascii=False).encode("utf-8", "replace").decode())
    stderr.print(f"{len(stubs)} question" + ("" if len(stubs) == 1 else "s") + " to be answered by a person.")


def _gates(texts: list[str]) -> "list[Gate]":
    from evals.gates import Gate

    try:
        return [Gate.parse(text) for text in texts]
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--require") from error


def _kinds(names: list[str]) -> tuple[str, ...]:
    from evals.questions import KINDS

    for name in names:
        if name not in KINDS:
            raise typer.BadParameter(f"the kind {name!r} is unknown; known are {', '.join(KINDS)}", param_hint="--kind")
    return tuple(names)


def _chosen(
    settings: "Settings", questions: Path | None, corpus: Path | None, set_name: str | None, data: Path | None
) -> "EvalSet":
    """The set that the options name. Raises BadParameter for options that don't go together, QuestionSetError, CorpusError."""
    from evals.outside import SETS, load_set
    from evals.sets import own, seeds
    from index.settings import SEEDS

    if questions and set_name:
        raise typer.BadParameter("give QUESTIONS or --set, not both", param_hint="--set")
    if corpus and not questions:
        raise typer.BadParameter("it needs QUESTIONS about its articles", param_hint="--corpus")
    if data and set_name in (None, "seeds"):
        raise typer.BadParameter("it needs --set with the name of an outside set", param_hint="--data")
    if questions:
        return own(corpus or SEEDS, questions, settings)
    if set_name in (None, "seeds"):
        return seeds(settings)
    if set_name not in SETS:
        raise typer.BadParameter(f"there is no set {set_name!r}; known are seeds, {', '.join(SETS)}", param_hint="--set")
    if not data:
        raise typer.BadParameter(f"the set {set_name} needs --data", param_hint="--set")
    return load_set(set_name, data)


def _folder(out: Path | None, home: Path, name: str) -> Path:
    """The run's folder, made: `out`, or a new one in the home. Raises RunError."""
    from evals.run_file import RunError

    stamp = f"{name}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    runs = home / "eval" / "runs"
    try:
        if out:
            out.mkdir(parents=True, exist_ok=True)
            return out
        runs.mkdir(parents=True, exist_ok=True)
        for n in range(1, 100):  # two runs may begin in one second
            with suppress(FileExistsError):
                (folder := runs / (stamp if n == 1 else f"{stamp}-{n}")).mkdir()
                return folder
        raise FileExistsError(EEXIST, "a hundred runs began in this second")
    except OSError as error:
        raise RunError(f"The run's folder {out or runs} can't be made: {error.strerror or error}.") from error
