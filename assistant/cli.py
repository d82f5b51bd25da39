"""The command line `footnote`. Exit status: 0 done (a refusal is an answer too), 1 a named error, 2 bad usage."""

import json
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from index.errors import FootnoteError, IndexMissing

if TYPE_CHECKING:
    from assistant.answer import Reply
    from assistant.settings import Settings
    from index.build import Built

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Ask a corpus of articles, and get answers proved by verbatim quotes.",
    epilog="FOOTNOTE_HOME is the folder that holds the index (default: .footnote in the working directory).",
)
index_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Build the index of the articles, or look at it.")
app.add_typer(index_app, name="index")

stdout = Console(highlight=False, markup=False, soft_wrap=True)
stderr = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]


@app.command()
def chat(
    host: Annotated[str | None, typer.Option(help="The address to listen on (default: 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on; 0 takes a free one (default: 7860).")] = None,
) -> None:
    """Open the chat page. If there is no index yet, that of the default articles is built first."""
    from assistant.settings import Settings
    from index.generation import current

    settings = Settings.from_environment(host=host, port=port)
    try:
        current(settings.home)
    except IndexMissing:
        stderr.print("There is no index yet: building that of the default articles.")
        _report(_build(settings, []))
    from assistant.assistant import Assistant
    from assistant.page.app import serve

    with Assistant.open(settings) as assistant:
        serve(assistant, settings.host, settings.port, lambda url: stderr.print(f"The chat page is at {url} (Ctrl+C ends it)."))


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.")],
    as_json: AsJson = False,
) -> None:
    """Ask one question."""
    from assistant.language import language_of

    # Its model takes half a second to unpack, which runs beside the seconds that the imports below take.
    threading.Thread(target=language_of, args=("any",), daemon=True).start()
    from assistant.assistant import Assistant
    from assistant.settings import Settings

    with Assistant.open(Settings.from_environment()) as assistant:
        reply = assistant.ask(question)
        if as_json:
            _print_json(reply.to_dict())
        else:
            _print_reply(reply)


@app.command()
def check(
    quotation: Annotated[str, typer.Argument(help="The quotation, in quotation marks.")],
    as_json: AsJson = False,
) -> None:
    """Check whether the articles hold a quotation, and where: exact, near or absent."""
    from assistant.assistant import Assistant
    from assistant.settings import Settings

    with Assistant.open(Settings.from_environment()) as assistant:
        parts = assistant.check_quote(quotation)
    if as_json:
        _print_json({"parts": [asdict(part) for part in parts]})
        return
    for part in parts:
        stdout.print(f"{part.verdict}: {part.text}")
        for place in part.places:
            stdout.print(f"  {place.title} ({place.article_id}, characters {place.start}-{place.end})")
        if part.runs:
            marks = {"both": "{}", "quotation": "[-{}-]", "article": "{{+{}+}}"}
            stdout.print("  " + " ".join(marks[run.where].format(run.text) for run in part.runs))


@index_app.command("build")
def index_build(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders (.txt, .md). Default: the articles that come with Footnote.")
    ] = None,
) -> None:
    """Make the index hold exactly the articles at these paths."""
    from assistant.settings import Settings

    _report(_build(Settings.from_environment(), paths or []))


@index_app.command("status")
def index_status(as_json: AsJson = False) -> None:
    """Show what the index holds, and whether it fits the present settings."""
    from assistant.settings import Settings
    from index.generation import Manifest, current
    from index.recipe import recipe

    settings = Settings.from_environment()
    folder = current(settings.home)
    manifest = Manifest.load(folder)
    status = {
        "home": str(settings.home),
        "generation": folder.name,
        "created": manifest.created,
        "articles": len(manifest.articles),
        "passages": len(manifest.passage_ids),
        "sentences": manifest.sentences,
        "embedder": manifest.recipe.get("embedder"),
        "usable": manifest.recipe == recipe(settings),
    }
    if as_json:
        _print_json(status | {"titles": {a["id"]: a["title"] for a in manifest.articles}})
        return
    for name, value in status.items():
        stdout.print(f"{name:<12}{value}")
    for article in manifest.articles:
        stdout.print(f"  {article['id']}: {article['title']} ({_count(article['passages'], 'passage')})")
    if not status["usable"]:
        stdout.print("It was made with other settings than the present ones. Run: footnote index build")


@app.command("eval", add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def evaluate(context: typer.Context) -> None:
    """Measure the answers: run a question set, or compare two runs."""
    from evals.cli import eval_app  # only here: nothing else imports evals

    eval_app(context.args, prog_name="footnote eval")


def _build(settings: "Settings", paths: list[Path]) -> "Built":
    from assistant.progress import progress_bar
    from index.build import build_index
    from index.settings import SEEDS

    with progress_bar(stderr) as progress:
        return build_index(settings, paths or [SEEDS], progress)


def _report(built: "Built") -> None:
    for skipped in built.skipped:
        stderr.print(f"Skipped {skipped.path}: {skipped.reason}.")
    held = ", ".join(
        (_count(built.articles, "article"), _count(built.passages, "passage"), _count(built.sentences, "sentence"))
    )
    stderr.print(f"The index is built: {held}." if built.changed else f"Nothing to do: the index holds {held} already.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _print_json(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _print_reply(reply: "Reply") -> None:
    from assistant.answer import Answer

    if isinstance(reply, Answer):
        for claim in reply.claims:
            stdout.print(claim.render(str, lambda c: f"[{c.number}]") + "\n")
        for c in reply.citations:
            stated = [part for part in (c.publisher, c.published, c.url) if part]
            stdout.print(f"[{c.number}] " + ", ".join([c.title, *stated]) + f" ({c.article_id}, characters {c.start}-{c.end})")
        return
    stdout.print(reply.text)
    if reply.related:
        stdout.print("\nThe closest passages, as reading (not an answer):")
    for found in reply.related:
        stdout.print(f"\n{found.title} ({found.article_id}, characters {found.start}-{found.end})\n{found.text.strip()}")


def main() -> None:
    """Run the command line."""
    try:
        app()
    except FootnoteError as error:
        print(f"footnote: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
