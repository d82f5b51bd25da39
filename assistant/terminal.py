"""What the commands share: the two streams of the terminal, numbers in words, JSON."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console

stdout = Console(highlight=False, markup=False, soft_wrap=True)
stderr = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]


def count(number: int, noun: str) -> str:
    """`1 article`, `2,000 articles`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def print_json(value: dict[str, Any]) -> None:
    """On standard output, indented."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def plain(text: str) -> str:
    """Text in which every character that steers a terminal, or can't be seen, stands as its escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in text)
