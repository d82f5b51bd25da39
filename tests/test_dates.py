"""Years read against the day of asking and the day of publishing."""

from datetime import date

import pytest

from assistant.dates import asks_latest, years_asked, years_said

TODAY = date(2020, 5, 1)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("What happened in 2017?", {"2017"}),
        ("What happened between 2015 and 2017?", {"2015", "2017"}),
        ("What happened last year?", {"2019"}),
        ("¿Qué pasó el año pasado?", {"2019"}),
        ("O que aconteceu no ano passado?", {"2019"}),
        ("What happened this year?", {"2020"}),
        ("What will happen next year?", {"2021"}),
        ("What happened?", set()),
        ("Who had 2017 votes, or 20.17, or 2017%?", {"2017"}),
    ],
)
def test_years_asked(question, years):
    assert years_asked(question, TODAY) == years


@pytest.mark.parametrize(
    ("text", "published", "years"),
    [
        ("It fell last year.", "2018-03-09", {"2017"}),
        ("It fell last year.", None, set()),
        ("It fell last year.", "in March", set()),
        ("It fell last year, as in 2012.", "2018-03-09", {"2012", "2017"}),
        ("Subió este año.", "2018", {"2018"}),
        ("It fell.", "2018", set()),
    ],
)
def test_years_said(text, published, years):
    assert years_said(text, published) == years


def test_the_latest():
    assert asks_latest("What are the latest figures?")
    assert asks_latest("¿Cuáles son las últimas cifras?")
    assert asks_latest("Quais são os últimos dados?")
    assert not asks_latest("When was the last king crowned?")
