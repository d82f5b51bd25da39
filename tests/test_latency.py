"""The measurement of a warm question: over an index that is there, single questions and follow-ups."""

from evals import latency


def test_asking_takes_longer_than_the_embedding_beside_it(seeds_home, monkeypatch, capsys):
    monkeypatch.setattr(latency, "QUESTIONS", 6)
    monkeypatch.setattr(latency, "WARMING", 1)
    latency.main(seeds_home)
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["single", "follow-ups"]
    for line in lines:
        figures = {name: float(value) for name, value in (pair.split() for pair in line.partition(": ")[2].split(", "))}
        assert figures["questions"] == 6
        assert figures["ratio"] > 1
        assert 0 < figures["embed"] < figures["ask"] <= figures["ask_p95"]
