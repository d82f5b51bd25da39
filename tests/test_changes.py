"""What changed is found by what the files hold."""

import dataclasses
import json

from index.article import Article
from index.changes import Changes, changes


def article(id: str, text: str) -> Article:
    return Article.parse(id, text.encode())


FLOOD, TRAINS, BIRDS = article("flood", "The river rose."), article("trains", "Trains run."), article("birds", "Birds fly.")


def records(*articles: Article) -> dict[str, dict[str, object]]:
    return {a.id: json.loads(json.dumps(a.record() | {"passages": 1, "content": "", "voice": a.id})) for a in articles}


def test_nothing_changed() -> None:
    found = changes(records(FLOOD, TRAINS), [FLOOD, TRAINS])
    assert found == Changes(kept=("flood", "trains"))
    assert not found
    assert found.gone == ()


def test_each_kind_of_change() -> None:
    moved = dataclasses.replace(BIRDS, id="gulls")
    edited = article("trains", "Trains run late.")
    found = changes(records(FLOOD, TRAINS, BIRDS, article("old", "Old.")), [FLOOD, edited, moved, article("new", "New.")])
    assert found == Changes(("flood",), ("new",), ("trains",), ("old",), (("birds", "gulls"),))
    assert found
    assert set(found.gone) == {"trains", "old", "birds"}


def test_another_title_for_the_same_bytes_is_a_change() -> None:
    found = changes(records(FLOOD), [dataclasses.replace(FLOOD, title="The Flood")])
    assert found == Changes(changed=("flood",))


def test_two_copies_of_one_text_are_told_apart() -> None:
    one, two = article("one", "The same."), article("two", "The same.")
    assert changes(records(one, two), [one]) == Changes(("one",), removed=("two",))
    assert changes(records(one), [one, two]) == Changes(("one",), added=("two",))
    both = changes(records(one, two), [article("three", "The same."), article("four", "The same.")])
    assert len(both.renamed) == len(both.added) == len(both.removed) == 1


def test_the_first_build_adds_all() -> None:
    assert changes({}, [FLOOD, BIRDS]) == Changes(added=("flood", "birds"))
