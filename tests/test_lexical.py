"""Terms of a text, and how many of a question's stand in one."""

from index.lexical import coverage


def test_coverage_is_the_share_of_the_weight_that_is_held() -> None:
    weights = {"whale": 0.75, "shark": 0.25}
    held: list[set[str]] = [{"whale"}, {"shark"}, {"whale", "shark", "tuna"}, set()]
    assert coverage(weights, held).tolist() == [0.75, 0.25, 1, 0]
    assert coverage({}, held).tolist() == [0, 0, 0, 0]
