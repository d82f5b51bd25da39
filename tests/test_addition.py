"""The measurement of one article more: it is read, embedded and answered from, and questions are asked meanwhile."""

from evals import addition
from evals.addition import main


def test_one_more_article_is_published_while_questions_are_answered(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(addition, "PAUSE", 0.1)
    monkeypatch.setattr(addition, "BEFORE", 3)
    for held in (2, 3):  # the second time what is there is used
        main(120, tmp_path)
        said = capsys.readouterr().out
        figures = {name: float(value) for name, value in (pair.rsplit(" ", 1) for pair in said.strip().split(", "))}
        assert len(list((tmp_path / "articles").iterdir())) == held + 1
        assert figures["failed"] == 0
        assert figures["asked_meanwhile"] > 0
        assert 0 < figures["ask_before_p50"] <= figures["published_after"] <= figures["answered_from_after"] + 1
        assert figures["ask_meanwhile_p50"] <= figures["ask_meanwhile_most"]
