"""Charts as SVG and HTML text, drawn without any library. Lengths are percentages, so that text keeps its size on a phone.

Everything given is escaped here; colours are CSS variables of the page (`report_style`).
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from evals.wording import duration, interval, percent, words_of

BINS = (0.01, 0.02, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30)
"""Upper bounds of the latency histogram's bars, in seconds; what took longer is in one more."""

POINTS = 400
"""A curve is drawn with about this many points at the most."""


def whiskers(rows: Sequence[tuple[str, dict[str, Any]]], tone: str) -> str:
    """A row for each (label, figure): a dot at the value, a whisker over the interval, and the value in words.

    `tone` is the CSS class that colours it: `good` or `calm`.
    """
    return f'<div class="whiskers {tone}">{_axis()}{"".join(_whisker(label, figure) for label, figure in rows)}</div>'


def _axis() -> str:
    ticks = "".join(f'<text x="{x}%" y="12" text-anchor="{_anchor(x)}">{x}%</text>' for x in (0, 50, 100))
    return f'<div class="label"></div><svg class="track" height="16" aria-hidden="true">{ticks}</svg><div class="value"></div>'


def _whisker(label: str, figure: dict[str, Any]) -> str:
    x = 100 * figure["value"]
    grid = "".join(f'<line class="grid" x1="{g}%" x2="{g}%" y1="0" y2="26"/>' for g in (0, 25, 50, 75, 100))
    line = ""
    if figure["low"] is not None:
        ends = f'x1="{100 * figure["low"]:.2f}%" x2="{100 * figure["high"]:.2f}%"'
        line = f'<line class="whisker" {ends} y1="13" y2="13"/>'
    said = f"{escape(label)}: {words_of(figure)}"
    return (
        f'<div class="label">{escape(label)} <small>n = {figure["n"]}</small></div>'
        f'<svg class="track" height="26" role="img" aria-label="{said}">{grid}{line}'
        f'<circle cx="{x:.2f}%" cy="13" r="5.5"/></svg>'
        f'<div class="value">{percent(figure["value"])}<small>{interval(figure)}</small></div>'
    )


def curve(points: Sequence[tuple[float, float]], at: tuple[float, float] | None) -> str:
    """Risk (0 to 1, upwards) over coverage (0 to 1). `at` is where the run stood: its coverage and risk."""
    kept = [points[i] for i in range(0, len(points), max(1, len(points) // POINTS))] + [points[-1]]
    path = " ".join(f"{100 * x:.2f},{100 * (1 - y):.2f}" for x, y in kept)
    grid = "".join(
        f'<line class="grid" x1="0" x2="100%" y1="{y}%" y2="{y}%"/><line class="grid" x1="{y}%" x2="{y}%" y1="0" y2="100%"/>'
        for y in (0, 25, 50, 75, 100)
    )
    dot, note = "", ""
    if at:
        x, y = 100 * at[0], 100 * (1 - at[1])
        side, anchor = (-10, "end") if x > 50 else (10, "start")
        dot = f'<circle cx="{x:.2f}%" cy="{y:.2f}%" r="5.5"/><text x="{x:.2f}%" y="{y:.2f}%" dx="{side}" dy="-10" '
        dot += f'text-anchor="{anchor}">this run</text>'
        note = f" This run answered {percent(at[0])}, of which {percent(at[1])} wrong."
    y_labels = "".join(f'<span style="top:{100 - t}%">{t}%</span>' for t in (0, 25, 50, 75, 100))
    x_labels = "".join(f'<span style="left:{t}%">{t}%</span>' for t in (0, 25, 50, 75, 100))
    return (
        f'<div class="plot"><div class="ys" aria-hidden="true">{y_labels}</div>'
        f'<svg class="area" role="img" aria-label="Share wrong over share answered.{note}">{grid}'
        f'<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">'
        f'<polyline class="line" points="{path}" vector-effect="non-scaling-stroke"/></svg>{dot}</svg>'
        f'<div class="xs" aria-hidden="true">{x_labels}</div></div>'
    )


def histogram(seconds: Sequence[float]) -> str:
    """How many questions took how long: a bar for each range of BINS that lies between the fastest and the slowest."""
    counts = [0] * (len(BINS) + 1)
    for value in seconds:
        counts[next((i for i, bound in enumerate(BINS) if value <= bound), len(BINS))] += 1
    used = [i for i, count in enumerate(counts) if count]
    shown = range(used[0], used[-1] + 1)
    most = max(counts)
    bars = "".join(
        f'<div class="bar"><span>{counts[i]}</span><i style="height:{170 * counts[i] / most:.1f}px"></i>'
        f"<b>{_range(i)}</b></div>"
        for i in shown
    )
    said = ", ".join(f"{_range(i)}: {counts[i]}" for i in shown)
    return f'<div class="bars" role="img" aria-label="Questions by the time they took, up to: {said}">{bars}</div>'


def _range(i: int) -> str:
    return duration(BINS[i]) if i < len(BINS) else f"&gt; {duration(BINS[-1])}"


def _anchor(x: int) -> str:
    return {0: "start", 100: "end"}.get(x, "middle")
