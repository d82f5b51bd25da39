"""What the commands show: tables, misgivings and paths on standard output."""

from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from evals.compare import Comparison, Difference
from evals.metrics import AT_MOST
from evals.wording import duration, interval, percent

stdout = Console(highlight=False, markup=False, soft_wrap=True)
stderr = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

SHOWN = 5
"""Failures that are shown one by one; the report shows all."""

TEXT = 90
"""Characters of a question that a line shows."""


def print_run(made: dict[str, Any]) -> None:
    """The figures of a run with their intervals, by kind and overall; the time taken; what could not be scored."""
    metrics, timings = made["metrics"], made["timings"]
    stdout.print(_kinds(metrics["by_kind"]))
    stdout.print(_overall(metrics["all"]))
    if "p50" in timings:
        times = [
            f"{name} {duration(timings[key])}" for key, name in (("p50", "median"), ("p95", "95% within"), ("max", "longest"))
        ]
        stdout.print(f"A question took: {', '.join(times)}.")
    failed = [r for r in made["results"] if r["outcome"] == "unscored"]
    if failed:
        stdout.print(f"Unscored: {len(failed)} of {len(made['results'])} questions failed; they count in no figure.")
        for result in failed[:SHOWN]:
            stdout.print(f"  {plain(result['id'])}: {plain(result['error'])}")


def print_paths(*paths: Path) -> None:
    """Where the files are, one a line."""
    for path in paths:
        stdout.print(str(path))


def print_comparison(found: Comparison) -> None:
    """What differs between two runs."""
    for note in found.notes:
        stdout.print(f"Note: {plain(note)}")
    stdout.print(f"Questions in both runs: {found.questions}.")
    if found.differences:
        stdout.print(_differences("figure", found.differences))
    if found.by_kind:
        stdout.print(_differences("by kind", found.by_kind))
    if found.differences:
        stdout.print("The change is B - A over the same questions; * marks one whose 95% interval leaves out 0.")
    stdout.print(f"Questions that turned out otherwise: {len(found.flips)}.")
    for before, after in sorted({(f.a, f.b) for f in found.flips}):
        these = [f for f in found.flips if (f.a, f.b) == (before, after)]
        stdout.print(f"\n{before} -> {after}: {len(these)}")
        for flip in these:
            stdout.print(f"  {plain(flip.id)} ({flip.kind}): {plain(flip.question)[:TEXT]}")


def plain(text: str) -> str:
    """One line without control characters: questions are anybody's, and a terminal obeys what it is sent."""
    return "".join(c if c.isprintable() else " " for c in text)


def _kinds(by_kind: dict[str, Any]) -> Table:
    table = _table("kind", "figure", "value", "95% interval", "n")
    for kind, figures in by_kind.items():
        for name in ("accuracy", "refusal_recall", "answered"):
            if name in figures:
                table.add_row(kind, name, percent(figures[name]["value"]), interval(figures[name]), str(figures[name]["n"]))
                break
    return table


def _overall(figures: dict[str, Any]) -> Table:
    table = _table("figure", "value", "95% interval", "n")
    for name, figure in figures.items():
        if name in AT_MOST:
            bounds = "" if figure["low"] is None else f"{figure['low']:.1f}–{figure['high']:.1f}"
            table.add_row(name, f"{figure['value']:.1f}", bounds, str(figure["n"]))
        else:
            table.add_row(name, percent(figure["value"]), interval(figure), str(figure["n"]))
    return table


def _differences(first: str, differences: tuple[Difference, ...]) -> Table:
    table = _table(first, "A", "B", "change", "95% interval", "n")
    for d in differences:
        scale = 1 if d.name in AT_MOST else 100
        bounds = "" if d.low is None or d.high is None else f"{scale * d.low:+.1f} to {scale * d.high:+.1f}"
        values = (f"{scale * d.a:.1f}", f"{scale * d.b:.1f}", f"{scale * d.change:+.1f}", bounds)
        table.add_row(d.name + " *" * d.sure, *values, str(d.n))
    return table


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for name in columns:
        words = name in {"kind", "figure", "by kind"}
        table.add_column(name, justify="left" if words else "right", no_wrap=True)
    return table
