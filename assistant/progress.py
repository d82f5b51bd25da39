"""A progress bar in the terminal, for work that takes seconds or longer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def progress_bar(console: Console, *rows: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar with the time left; called with what is being done, how much of it is done, and of how much.

    Work named in `rows` gets a bar of its own, below those before it; all other work shares one. Nothing is shown
    until the first call.
    """
    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, TextColumn("left"), console=console)
    tasks: dict[str, Any] = {}

    def show(what: str, done: int, total: int) -> None:
        if not tasks:
            bar.start()
        row = what if what in rows else ""
        if row not in tasks:
            tasks[row] = bar.add_task(what, total=total)
        bar.update(tasks[row], description=what, completed=done, total=total)

    try:
        yield show
    finally:
        if tasks:  # stopping a bar that was never shown prints an empty line
            bar.stop()
