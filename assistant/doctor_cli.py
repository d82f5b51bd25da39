"""The command `footnote doctor`: what is wrong, and what to run."""

import http.client
import json
from typing import TYPE_CHECKING

import typer

from assistant.terminal import stdout

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.doctor import Finding

_SECONDS = 3.0


def doctor() -> None:
    """Look at the settings, the home, the index and the port: what is wrong, and what to run. Status 1 if anything is."""
    from assistant.settings import Settings
    from index.doctor import examine
    from index.place import place_of
    from index.recipe import recipe

    settings = Settings.from_environment()
    ill = 0
    for finding in (*examine(settings.home, place_of(settings), recipe(settings)), _port(settings)):
        ill += not finding.well
        stdout.print(f"{'ok ' if finding.well else 'BAD'} {finding.subject}: {finding.found.rstrip('.')}.")
        if not finding.well:
            stdout.print(f"    Run: {finding.repair}")
    stdout.print("All is well." if not ill else f"{ill} to mend.")
    if ill:
        raise typer.Exit(1)


def _port(settings: "Settings") -> "Finding":
    """Whether the page can listen where the settings say, or does."""
    from index.doctor import Finding

    if settings.port == 0:
        return Finding("page", "it takes a free port")
    address = f"{settings.host}:{settings.port}"
    asked = http.client.HTTPConnection(settings.host, settings.port, timeout=_SECONDS)
    try:
        asked.request("GET", "/healthz")
        if json.loads(asked.getresponse().read(1000)) == {"status": "ok"}:
            return Finding("page", f"it listens on {address}")
    except ConnectionRefusedError:
        return Finding("page", f"{address} is free")
    except (OSError, http.client.HTTPException, ValueError):
        pass
    finally:
        asked.close()
    return Finding("page", f"another program listens on {address}", "footnote chat --port 0")
