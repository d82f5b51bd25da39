"""Going back to the generation before the one that answers."""

from typing import Any

from index.errors import IndexMissing, IndexUnusable
from index.generation import Manifest, check_recipe
from index.place import Place


def roll_back(place: Place, recipe: dict[str, Any]) -> tuple[str, Manifest]:
    """Let the kept older generation answer: its name and its manifest. The newer one stays until the next build.

    Raises IndexMissing when there is none, IndexMismatch, IndexDamaged or HomeLocked when it can't answer.
    """
    with place.writer():
        names = place.names()
        try:
            current = place.current_name()
        except IndexMissing:
            raise
        except IndexUnusable:  # what it says is damaged: the newest there is, then
            current = "~"
        older = [name for name in names if name < current]
        if not older:
            raise IndexMissing(f"No older index is kept in {place.where}.", repair="footnote index build")
        place.open(older[-1]).close()
        manifest = place.manifest(older[-1])
        check_recipe(manifest, recipe, f"{place.where}, {older[-1]},")
        place.publish(older[-1], keep=names)
        return older[-1], manifest
