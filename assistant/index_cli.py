"""The commands `footnote index ...`."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.terminal import AsJson, count, plain, print_json, stderr, stdout

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.build import Built

index_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Build the index of the articles, or look at it.")


@index_app.command("build")
def index_build(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders, as the README says. Default: the articles of Footnote.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show all articles and files left out, not the first 20.")] = False,
) -> None:
    """Make the index hold exactly the articles at these paths."""
    from assistant.settings import Settings

    build_and_report(Settings.from_environment(), paths or [], verbose=verbose)


@index_app.command("status")
def index_status(as_json: AsJson = False) -> None:
    """Show what the index holds, and whether it fits the present settings."""
    from assistant.settings import Settings
    from assistant.understood import show_skipped
    from index import quarantine
    from index.place import place_of
    from index.recipe import recipe

    settings = Settings.from_environment()
    place = place_of(settings)
    name = place.current_name()
    manifest = place.manifest(name)
    status = {
        "home": str(settings.home),
        "generation": name,
        "created": manifest.created,
        "articles": len(manifest.articles),
        "passages": len(manifest.passage_ids),
        "sentences": manifest.sentences,
        "embedder": manifest.recipe.get("embedder"),
        "usable": manifest.recipe == recipe(settings),
    }
    skipped = quarantine.load(settings.home)
    if as_json:
        titles = {a["id"]: a["title"] for a in manifest.articles}
        print_json(status | {"titles": titles, "left_out": [{"path": str(s.path), "reason": s.reason} for s in skipped]})
        return
    for field, value in status.items():
        stdout.print(f"{field:<12}{value}")
    for article in manifest.articles:
        stdout.print(f"  {plain(article['id'])}: {plain(article['title'])} ({count(article['passages'], 'passage')})")
    show_skipped(stdout, skipped, every=True)
    if not status["usable"]:
        stdout.print("It was made with other settings than the present ones. Run: footnote index build")


def build_and_report(settings: "Settings", paths: list[Path], *, verbose: bool = False) -> None:
    """Build the index of these paths (of the articles that come with Footnote if there are none), and say what it holds."""
    from assistant.progress import progress_bar
    from assistant.understood import show_skipped, show_understood
    from index.build import publish_corpus
    from index.corpus import read_corpus
    from index.settings import SEEDS

    with progress_bar(stderr) as progress:
        reading = partial(progress, "Reading")
        corpus = read_corpus(paths or [SEEDS], max_chars=settings.max_article_chars, progress=reading)
    show_understood(stderr, corpus, every=verbose)
    show_skipped(stderr, corpus.skipped, every=verbose)
    with progress_bar(stderr) as progress:
        built = publish_corpus(settings, corpus, progress)
    report(built)


def report(built: "Built") -> None:
    """Say what a build came to."""
    held = ", ".join((count(built.articles, "article"), count(built.passages, "passage"), count(built.sentences, "sentence")))
    stderr.print(f"The index is built: {held}." if built.changed else f"Nothing to do: the index holds {held} already.")
