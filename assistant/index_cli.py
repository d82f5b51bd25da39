"""The commands `footnote index ...`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.terminal import AsJson, count, plain, print_json, stderr, stdout

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.build import Built
    from index.corpus import Corpus

index_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Build the index of the articles, or look at it.")


@index_app.command("build")
def index_build(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders, as the README says. Default: the articles of Footnote.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show all articles and files left out, not the first 20.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Build again whenever the articles change, until Ctrl+C.")] = False,
    purge: Annotated[
        bool, typer.Option("--purge", help="Make all afresh, and leave no byte of articles that were removed in the index.")
    ] = False,
) -> None:
    """Make the index hold exactly the articles at these paths."""
    from assistant.settings import Settings

    settings = Settings.from_environment()
    if watch:
        from assistant.watching import keep_building

        keep_building(settings, paths or [], verbose=verbose, purge=purge)
    else:
        build_and_report(settings, paths or [], verbose=verbose, purge=purge)


@index_app.command("verify")
def index_verify() -> None:
    """Read and search all of the index that answers, in a process of its own, and say whether it is sound."""
    from assistant.settings import Settings
    from index.place import place_of

    place = place_of(Settings.from_environment())
    name = place.current_name()
    place.verify(name)
    manifest = place.manifest(name)
    stdout.print(
        f"The index is sound: {_holds(len(manifest.articles), len(manifest.passage_ids), manifest.sentences)} ({name})."
    )


@index_app.command("rollback")
def index_rollback() -> None:
    """Let the index before this one answer again."""
    from assistant.settings import Settings
    from index.place import place_of
    from index.recipe import recipe
    from index.rollback import roll_back

    settings = Settings.from_environment()
    name, manifest = roll_back(place_of(settings), recipe(settings))
    held = _holds(len(manifest.articles), len(manifest.passage_ids), manifest.sentences)
    stderr.print(f"The index made {manifest.created} answers again: {held} ({name}).")


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
        **({"server": place.where} if settings.chroma_url else {}),
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


def build_and_report(settings: "Settings", paths: list[Path], *, verbose: bool = False, purge: bool = False) -> None:
    """Build the index of these paths (of the articles that come with Footnote if there are none), and say what it holds."""
    from assistant.progress import progress_bar
    from assistant.understood import show_skipped, show_understood
    from index.build import build_index
    from index.settings import SEEDS

    def show(corpus: "Corpus") -> None:
        show_understood(stderr, corpus, every=verbose)
        show_skipped(stderr, corpus.skipped, every=verbose)

    with progress_bar(stderr) as progress:
        built = build_index(settings, paths or [SEEDS], progress, purge=purge, understood=show)
    report(built)


def report(built: "Built") -> None:
    """Say what a build came to."""
    for notice in built.notices:
        stderr.print(f"Found damaged, and mended: {notice}")
    held = _holds(built.articles, built.passages, built.sentences)
    if not built.changed:
        stderr.print(f"Nothing to do: the index holds {held} already.")
        return
    found = built.changes
    parts = {"added": found.added, "changed": found.changed, "renamed": found.renamed, "removed": found.removed}
    changes = ", ".join(f"{len(ids):,} {what}" for what, ids in parts.items() if ids)
    stderr.print(f"The index is built: {held}." + (f" Of its articles {changes}." if changes else ""))


def _holds(articles: int, passages: int, sentences: int) -> str:
    return ", ".join((count(articles, "article"), count(passages, "passage"), count(sentences, "sentence")))
