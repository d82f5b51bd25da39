"""Gates: figures that a run must reach."""

import math
from dataclasses import dataclass
from typing import Any

from evals.metrics import AT_MOST, FIGURES, MEANS
from evals.questions import KINDS


@dataclass(frozen=True, slots=True)
class Gate:
    """A figure, of all questions or of one kind, and the value that it must reach (of `words`: not exceed)."""

    name: str
    value: float

    @classmethod
    def parse(cls, text: str) -> "Gate":
        """Read `NAME=VALUE` or `KIND.NAME=VALUE`. Raises ValueError, saying what is wrong."""
        name, sign, number = (part.strip() for part in text.partition("="))
        kind, dot, figure = name.rpartition(".")
        if not sign:
            raise ValueError(f"{text!r} isn't NAME=VALUE")
        if dot and kind not in KINDS:
            raise ValueError(f"the kind {kind!r} is unknown; known are {', '.join(KINDS)}")
        known = MEANS if dot else FIGURES
        if figure not in known:
            raise ValueError(f"the figure {figure!r} is unknown{' for a kind' if dot else ''}; known are {', '.join(known)}")
        try:
            value = float(number)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise ValueError(f"{number!r} is no number")
        return cls(name, value)

    @property
    def kind(self) -> str | None:
        """The kind that it is about; None is all questions."""
        return self.name.rpartition(".")[0] or None

    def unmet(self, metrics: dict[str, Any]) -> str | None:
        """One line that names the gate and the figure reached; None when it is met. A figure that isn't there is not met."""
        kind, _, name = self.name.rpartition(".")
        figures = metrics["by_kind"].get(kind, {}) if kind else metrics["all"]
        at_most = name in AT_MOST
        wanted = f"{'at most' if at_most else 'at least'} {self.value:g}"
        if name not in figures:
            return f"{self.name} is to be {wanted}, and no question of this run gives it"
        reached = figures[name]["value"]
        met = reached <= self.value + 1e-9 if at_most else reached >= self.value - 1e-9
        return None if met else f"{self.name} is {reached:.4f} (n = {figures[name]['n']}), and is to be {wanted}"


def unmet(gates: list[Gate], metrics: dict[str, Any]) -> list[str]:
    """A line for every gate that is not met; with unscored questions none can be judged, and one line says so."""
    lines = [line for gate in gates if (line := gate.unmet(metrics))]
    if gates and metrics["unscored"]:
        lines.append(f"{metrics['unscored']} of the questions could not be scored, so no gate is met")
    return lines
