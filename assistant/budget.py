"""What one question may cost: seconds, and requests to a model. Every call for the question draws on it."""

import time
from dataclasses import dataclass, field


@dataclass
class Budget:
    """Begins to run when it is made. `usage` counts the tokens that the server reported, by kind."""

    seconds: float
    requests: int
    usage: dict[str, int] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)

    def elapsed(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.started

    def remaining(self) -> float:
        """Seconds that are left, not below 0."""
        return max(0.0, self.seconds - self.elapsed())

    def allows(self, seconds: float = 0.0) -> bool:
        """Whether one more request may be made, after waiting so long."""
        return self.requests > 0 and self.remaining() > seconds

    def spend_request(self) -> None:
        """Count a request that is about to be made."""
        self.requests -= 1

    def add_usage(self, counts: dict[str, int]) -> None:
        """Add the tokens of one request."""
        for kind, tokens in counts.items():
            self.usage[kind] = self.usage.get(kind, 0) + tokens
