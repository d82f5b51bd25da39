"""The command line `footnote`. Exit status: 0 done (a refusal is an answer too), 1 a named error, 2 bad usage."""

import sys
import threading
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.doctor_cli import doctor
from assistant.index_cli import build_and_report, index_app
from assistant.terminal import AsJson, plain, print_json, stderr, stdout
from index.errors import FootnoteError, IndexDamaged, IndexMissing

if TYPE_CHECKING:
    from assistant.answer import Reply

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Ask a corpus of articles, and get answers proved by verbatim quotes.",
    epilog="FOOTNOTE_HOME is the folder that holds the index (default: .footnote in the working directory).",
)
app.add_typer(index_app, name="index")
app.command()(doctor)


@app.command()
def chat(
    host: Annotated[str | None, typer.Option(help="The address to listen on (default: 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on; 0 takes a free one (default: 7860).")] = None,
) -> None:
    """Open the chat page. If there is no index yet, that of the default articles is built first."""
    from assistant.settings import Settings
    from index.place import place_of

    settings = Settings.from_environment(host=host, port=port)
    try:
        place_of(settings).current_name()
    except IndexMissing:
        stderr.print("There is no index yet: building that of the default articles.")
        build_and_report(settings, [])
    except IndexDamaged:
        pass  # an older index may answer: the assistant looks, and says what is wrong
    from assistant.assistant import Assistant
    from assistant.page.app import serve

    with Assistant.open(settings) as assistant:
        serve(assistant, settings.host, settings.port, lambda url: stderr.print(f"The chat page is at {url} (Ctrl+C ends it)."))


class Reader(StrEnum):
    """Who writes the answers."""

    quotes = "quotes"
    model = "model"


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.")],
    as_json: AsJson = False,
    reader: Annotated[
        Reader | None,
        typer.Option(help="Who writes the answer. Default: the model that FOOTNOTE_MODEL names, if any.", show_default=False),
    ] = None,
) -> None:
    """Ask one question."""
    from assistant.language import language_of
    from assistant.settings import Settings
    from assistant.typed import checked

    # What can't be asked is told before the seconds that the imports below take.
    settings = Settings.from_environment(reader=reader and reader.value)
    checked(question, settings.max_question_chars)
    # Its model takes half a second to unpack, which runs beside the seconds that the imports below take.
    threading.Thread(target=language_of, args=("any",), daemon=True).start()
    from assistant.assistant import Assistant

    with Assistant.open(settings) as assistant:
        reply = assistant.ask(question)
        if assistant.notice:
            stderr.print(f"footnote: {assistant.notice}")
        if as_json:
            print_json(reply.to_dict())
        else:
            _print_reply(reply)


@app.command()
def check(
    quotation: Annotated[str, typer.Argument(help="The quotation, in quotation marks.")],
    as_json: AsJson = False,
) -> None:
    """Check whether the articles hold a quotation, and where: exact, near or absent."""
    from assistant.settings import Settings

    settings = Settings.from_environment()
    from assistant.assistant import Assistant

    with Assistant.open(settings) as assistant:
        parts = assistant.check_quote(quotation)
    if as_json:
        print_json({"parts": [asdict(part) for part in parts]})
        return
    for part in parts:
        stdout.print(f"{part.verdict}: {part.text}")
        for place in part.places:
            stdout.print(f"  {place.title} ({place.article_id}, characters {place.start}-{place.end})")
        if part.runs:
            marks = {"both": "{}", "quotation": "[-{}-]", "article": "{{+{}+}}"}
            stdout.print("  " + " ".join(marks[run.where].format(run.text) for run in part.runs))


@app.command("eval", add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def evaluate(context: typer.Context) -> None:
    """Measure the answers: run a question set, or compare two runs."""
    from evals.cli import eval_app  # only here: nothing else imports evals

    eval_app(context.args, prog_name="footnote eval")


def _print_reply(reply: "Reply") -> None:
    from assistant.answer import Answer

    if isinstance(reply, Answer):
        for claim in reply.claims:
            stdout.print(claim.render(str, lambda c: f"[{c.number}]") + "\n")
        if reply.note or not reply.complete:
            stdout.print(f"({reply.note or 'This answer is incomplete'}: {reply.failure})\n")
        written = any(claim.text is not None for claim in reply.claims)
        for c in reply.citations:
            stated = [part for part in (c.publisher, c.published, c.url) if part]
            source = ", ".join([c.title, *stated]) + f" ({c.article_id}, characters {c.start}-{c.end})"
            stdout.print(f"[{c.number}] “{c.quote}”\n    {source}" if written else f"[{c.number}] {source}")
            for a in c.also:
                stdout.print("    also: " + ", ".join(part for part in (a.title, a.publisher, a.published, a.url) if part))
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
        print(f"footnote: {plain(str(error))}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
