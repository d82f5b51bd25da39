"""From run.json to report.html: one file that loads nothing. All text of questions and articles is escaped."""

from html import escape
from pathlib import Path
from typing import Any

from evals.charts import curve, histogram, whiskers
from evals.metrics import AT_MOST, FIGURES, is_miss
from evals.misses import misses, unscored
from evals.report_style import CSS
from evals.run_file import write_whole
from evals.wording import count, duration, interval, kind_words, percent

NAME = "report.html"
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def save_report(made: dict[str, Any], folder: Path) -> Path:
    """Write report.html into the folder; the file's path. `made` is what run.json holds. Raises RunError."""
    return write_whole(folder / NAME, report(made))


def report(made: dict[str, Any]) -> str:
    """The report of a run, as HTML."""
    title = f"Footnote: answers measured on {made['set']}"
    parts = [_head(made), _tiles(made), _kinds(made), _curve_and_latency(made), _table(made["metrics"]["all"])]
    parts += [_by_kind(made["metrics"]["by_kind"]), misses(made["results"]), unscored(made["results"]), _settings(made)]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{CSS}</style></head>'
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _head(made: dict[str, Any]) -> str:
    chosen = made["selection"]
    limits = [*chosen["kinds"], *([f"{chosen['split']} split"] if chosen["split"] else [])]
    limits += [f"the first {chosen['limit']}"] if chosen["limit"] else []
    asked = f"{count(len(made['results']), 'question')} ({', '.join(limits) or 'all'}) on {count(made['articles'], 'article')}"
    when = made["timings"]["created"].replace("T", " ").replace("+00:00", " UTC")
    return (
        f"<h1>Answers measured on {escape(made['set'])}</h1>"
        f'<p class="soft">{escape(asked)}, read by {escape(made["reader"])}. {escape(when)}, '
        f"commit {escape(made['commit'] or 'unknown')}.</p>"
    )


def _tiles(made: dict[str, Any]) -> str:
    figures, timings = made["metrics"]["all"], made["timings"]
    tiles = [
        (
            label,
            percent(figures[name]["value"]),
            f"<span>{interval(figures[name])}</span> <span>n = {figures[name]['n']}</span>",
        )
        for name, label in (
            ("accuracy", "answered correctly"),
            ("refusal_recall", "unanswerable, refused"),
            ("citation_precision", "quotes from the right place"),
            ("quote_fidelity", "quotes verbatim"),
        )
        if name in figures
    ]
    if "p50" in timings:
        tiles.append(("a question takes (median)", duration(timings["p50"]), f"95% within {duration(timings['p95'])}"))
    if made["metrics"]["unscored"]:
        tiles.append(("unscored", str(made["metrics"]["unscored"]), "failures, counted nowhere else"))
    cells = "".join(
        f'<div class="tile"><small>{escape(label)}</small><b>{value}</b><small>{note}</small></div>'
        for label, value, note in tiles
    )
    return f'<div class="tiles">{cells}</div>'


def _kinds(made: dict[str, Any]) -> str:
    by_kind = made["metrics"]["by_kind"]
    charts = ""
    for heading, name, tone in (
        ("Answerable: answered correctly", "accuracy", "calm"),
        ("Unanswerable: refused", "refusal_recall", "good"),
    ):
        rows = [(kind_words(kind), figures[name]) for kind, figures in by_kind.items() if name in figures]
        if rows:
            charts += f'<section class="card"><h3>{heading}</h3>{whiskers(rows, tone)}</section>'
    note = "The dot is the share, the band its 95% interval; few questions, or none missed, make a band that says little."
    return f'<h2>By kind of question</h2><p class="soft">{note}</p>{charts}' if charts else ""


def _curve_and_latency(made: dict[str, Any]) -> str:
    points, seconds = made["metrics"]["risk_coverage"], list(made["timings"]["seconds"].values())
    cards = ""
    if points:
        rated = [r for r in made["results"] if r["outcome"] != "unscored" and (not r["answerable"] or "correct" in r)]
        answered = [r for r in rated if r["outcome"] == "answered"]
        wrong = sum(is_miss(r) for r in answered)
        at = (len(answered) / len(rated), wrong / len(answered)) if answered else None
        cards += (
            '<section class="card"><h3>Risk and coverage</h3><p class="soft">Were only the surest questions answered: '
            f"share answered (across), and share of those wrong (up).</p>{curve(points, at)}</section>"
        )
    if seconds:
        cards += (
            '<section class="card"><h3>Time for a question</h3><p class="soft">Questions by the time that each took, up to '
            f"so long; median {duration(made['timings']['p50'])}, longest {duration(made['timings']['max'])}.</p>"
            f"{histogram(seconds)}</section>"
        )
    return f'<h2>Confidence and time</h2><div class="pair">{cards}</div>' if cards else ""


def _table(figures: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{name}</td><td>{_value(name, f)}</td><td>{_bounds(name, f)}</td><td>{f['n']}</td>"
        f'<td class="what">{escape(FIGURES.get(name, ""))}</td></tr>'
        for name, f in figures.items()
    )
    head = '<tr><th>figure</th><th>value</th><th>95% interval</th><th>n</th><th class="what">what it is</th></tr>'
    return f"<h2>All figures</h2>{_scroll('All figures', f'<table>{head}{rows}</table>')}"


def _by_kind(by_kind: dict[str, Any]) -> str:
    names = [n for n in FIGURES if any(n in figures for figures in by_kind.values())]
    head = "".join(f"<th>{name}</th>" for name in names)
    rows = "".join(
        f"<tr><td>{escape(kind_words(kind))}</td>"
        + "".join(f"<td>{_value(n, figures[n]) if n in figures else ''}</td>" for n in names)
        + "</tr>"
        for kind, figures in by_kind.items()
    )
    table = _scroll("Figures by kind", f"<table><tr><th>kind</th>{head}</tr>{rows}</table>")
    return f"<details><summary>Every figure by kind</summary>{table}</details>"


def _settings(made: dict[str, Any]) -> str:
    shown = {name: made.get(name) for name in ("format", "commit", "python", "reader", "questions_sha256", "articles_sha256")}
    shown |= {
        f"{part}.{k}": v for part in ("selection", "settings", "recipe", "versions") for k, v in made.get(part, {}).items()
    }
    rows = "".join(f"<tr><td>{escape(str(name))}</td><td>{escape(str(value))}</td></tr>" for name, value in shown.items())
    table = _scroll("Settings and versions", f'<table class="settings">{rows}</table>')
    return f"<h2>Settings and versions</h2><details><summary>What this was run with</summary>{table}</details>"


def _scroll(name: str, table: str) -> str:
    """A table that scrolls in its own box where the page is narrow, with the keyboard as well."""
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">{table}</div>'


def _value(name: str, figure: dict[str, Any]) -> str:
    return f"{figure['value']:.1f}" if name in AT_MOST else percent(figure["value"])


def _bounds(name: str, figure: dict[str, Any]) -> str:
    if name in AT_MOST and figure["low"] is not None:
        return f"{figure['low']:.1f}–{figure['high']:.1f}"
    return interval(figure)
