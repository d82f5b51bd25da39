"""Numbers, sums, percentages, dates and ordinals of a claim, in digits and in words, in three languages."""

from fractions import Fraction

import pytest

from assistant.verify import Evidence, Reason, verify
from assistant.verify.numbers import missing_number
from assistant.verify.quantities import quantities, reading


def missing(claim, *quotes, language="en"):
    return missing_number(claim, Evidence(quotes, (), ""), language)


@pytest.mark.parametrize(
    ("language", "quote", "claim"),
    [
        ("en", "It has five hackers.", "There are 5 hackers."),
        ("en", "It has 5 hackers.", "There are five hackers."),
        ("en", "It costs $90 billion.", "It costs $90bn."),
        ("en", "It costs $90 billion.", "It costs 90 billion dollars."),
        ("en", "It costs $90 billion.", "It costs ninety billion dollars."),
        ("en", "It costs US$90 billion.", "It costs $90 billion."),
        ("en", "It costs $90,000,000,000.", "It costs $90 billion."),
        ("en", "It rose by 1,300 percent.", "It rose by 1300%."),
        ("en", "It rose by 1,300 percent.", "It rose by one thousand three hundred per cent."),
        ("en", "There were 9.5 million users.", "There were nine point five million users."),
        ("en", "There were two and a half million users.", "There were 2.5 million users."),
        ("en", "It took three and a half years.", "It took 3.5 years."),
        ("en", "One third of the users left.", "A third of the users left."),
        ("en", "One third of the users left.", "One-third of the users left."),
        ("en", "Half of them left.", "50% of them left."),
        ("en", "A quarter of them left.", "25 percent of them left."),
        ("en", "On March 3, 2021 he fled.", "He fled on 3 March 2021."),
        ("en", "On 2021-03-03 he fled.", "He fled on March 3rd, 2021."),
        ("en", "On March 3, 2021 he fled.", "He fled in March 2021."),
        ("en", "On March 3, 2021 he fled.", "He fled in 2021."),
        ("en", "It grew fivefold.", "It grew five times over."),
        ("en", "It doubled.", "It has grown twofold."),
        ("en", "It happened twice.", "It happened two times."),
        ("en", "A dozen men came.", "12 men came."),
        ("en", "Half a dozen men came.", "Six men came."),
        ("en", "Between three and five percent are lost.", "From 3% to 5% are lost."),
        ("en", "30 to 40 experts work there.", "Between thirty and forty experts work there."),
        ("en", "He came first and she came 2nd.", "She came second, he came 1st."),
        ("en", "A young hacker was hired.", "One hacker was hired."),
        ("en", "Brazil and Mexico have both grown.", "The two have grown."),
        ("en", "In nineteen ninety-nine it began.", "It began in 1999."),
        ("en", "It began in the 1990s.", "In the 1990s it began."),
        ("en", "The twenty-first attack failed.", "The 21st attack failed."),
        ("en", "Hundreds of thousands saw it.", "It was seen by hundreds of thousands."),
        ("en", "Unit C4 and the MS-13 met R2D2.", "R2D2 met MS-13 and C4."),
        ("en", "The past decade was calm.", "It was calm for ten years."),
        ("en", "It fell to -5 degrees.", "It fell to -5 degrees."),
        ("en", "It fell to −5 degrees.", "It fell to minus five degrees."),
        ("en", "It opens at 10:30.", "At 10:30 it opens."),
        ("en", "Two-thirds of 1/3 is not 2/3.", "It is 1/3."),
        ("en", "Two-thirds left.", "2/3 left."),
        ("es", "Cuesta 90.000 millones de dólares.", "Son noventa mil millones de dólares."),
        ("es", "Cuesta 90 mil millones de dólares.", "Son 90.000 millones de dólares."),
        ("es", "Subió un 3,5 por ciento.", "Un 3,5% es lo que subió."),
        ("es", "Subió un 3.5%.", "Un 3,5 por ciento es lo que subió."),
        ("es", "Duró tres años y medio.", "Fueron 3,5 años."),
        ("es", "Un millón y medio de personas.", "1,5 millones de personas."),
        ("es", "El 3 de marzo de 2021 huyó.", "Huyó en marzo de 2021."),
        ("es", "Hay veintiún detenidos.", "Los detenidos son 21."),
        ("es", "Un tercio de los usuarios.", "De los usuarios, un tercio."),
        ("es", "La mitad de ellos.", "El 50% de ellos."),
        ("es", "Se duplicó.", "Creció dos veces."),
        ("pt", "Custa 90 bilhões de dólares.", "São noventa bilhões de dólares."),
        ("pt", "Subiu 3,5 por cento.", "Foram 3,5% de alta."),
        ("pt", "Foram quinhentos quilos.", "Foram 500 kg."),
        ("pt", "Em dois mil e treze.", "Em 2013."),
        ("pt", "Cento e vinte e um presos.", "São 121 presos."),
        ("pt", "Meio milhão de pessoas.", "500 mil pessoas."),
        ("pt", "Em 3 de março de 2021 fugiu.", "Fugiu em março de 2021."),
        ("pt", "Na segunda-feira fugiu.", "Fugiu na segunda-feira."),
        ("pt", "Custa R$ 5 milhões.", "São cinco milhões de reais."),
    ],
)
def test_the_same_number_in_another_form_passes(language, quote, claim):
    assert missing(claim, quote, language=language) is None


@pytest.mark.parametrize(
    ("language", "quote", "claim"),
    [
        ("en", "It has five hackers.", "It has six hackers."),
        ("en", "It costs $90 billion.", "It costs $90 million."),
        ("en", "It costs $90 million.", "It costs $90."),
        ("en", "It costs $90 billion.", "It costs 90 billion."),
        ("en", "It costs $90 billion.", "It costs €90 billion."),
        ("en", "It costs $90 billion.", "It costs 90 billion pesos."),
        ("en", "It costs $5.", "It costs 5 people."),
        ("en", "It costs $90.", "It costs 90%."),
        ("en", "It rose by 90%.", "It rose by 90 percentage points."),
        ("en", "It rose by 1,300 percent.", "It rose by 300 percent."),
        ("en", "It rose by 1,300 percent.", "It rose by 1.300 percent."),
        ("en", "It rose by 13 percent.", "It rose by 1.3 percent."),
        ("en", "There were 1 300 hits.", "There were 300 hits."),
        ("en", "500 kilos were found.", "500 tons were found."),
        ("en", "500 kilos were found.", "500 members were found."),
        ("en", "He fled on March 3, 2021.", "He fled on March 4, 2021."),
        ("en", "He fled on March 3, 2021.", "He fled on May 3, 2021."),
        ("en", "He fled on March 3, 2021.", "He fled on March 3, 2020."),
        ("en", "He fled on March 3, 2021.", "3 men fled."),
        ("en", "He fled in March and came back in 2021.", "He fled in March 2021."),
        ("en", "He fled on Monday.", "He fled on Tuesday."),
        ("en", "Thousands fled.", "Hundreds fled."),
        ("en", "Hundreds of thousands fled.", "Hundreds fled."),
        ("en", "2,000 fled.", "Thousands fled."),
        ("en", "One third fled.", "Two thirds fled."),
        ("en", "Half of them fled.", "A quarter of them fled."),
        ("en", "It grew fivefold.", "It grew by five."),
        ("en", "It doubled.", "It tripled."),
        ("en", "It happened twice.", "It happened three times."),
        ("en", "A dozen men came.", "Ten men came."),
        ("en", "He came first.", "He came third."),
        ("en", "It fell to -5 degrees.", "It rose to 5 degrees."),
        ("en", "R2D2 came.", "R2D3 came."),
        ("en", "The MS-13 gang came.", "13 men came."),
        ("en", "The C4 unit came.", "4 units came."),
        ("en", "Five hackers met the experts.", "One of the experts met hackers."),
        ("en", "Hackers met a man.", "One expert met a man."),
        ("en", "It costs $90 billion a year.", "It costs $90 billion a month."),
        ("en", "It costs $90 billion a year.", "It costs $9O billion."),
        ("en", "It began in the 1990s.", "It began in 1990."),
        ("en", "It began in the 1990s.", "It began in the 1980s."),
        ("en", "It lasted two decades.", "It lasted a decade."),
        ("en", "It opens at 10:30.", "It opens at 10:45."),
        ("en", "3 to 5 people.", "3 to 6 people."),
        ("en", "Version 3 came.", "Version 3.1 came."),
        ("es", "Cuesta 90.000 millones.", "Cuesta noventa mil."),
        ("es", "Cuesta un billón de dólares.", "Cuesta mil millones de dólares."),
        ("es", "Hay siete detenidos.", "Hay ocho detenidos."),
        ("es", "Subió un 3,5%.", "Subió un 35%."),
        ("es", "Subió un 1,300%.", "Subió un 1.300%."),  # nothing says which it is
        ("es", "El 3 de marzo huyó.", "El 3 de mayo huyó."),
        ("es", "Se duplicó.", "Se triplicó."),
        ("es", "Hay cientos de presos.", "Hay miles de presos."),
        ("pt", "Hay sete detidos.", "Há oito detidos."),
        ("pt", "Custa 90 bilhões.", "Custa 90 milhões."),
        ("pt", "Custa R$ 5 milhões.", "Custa US$ 5 milhões."),
        ("pt", "Na segunda-feira fugiu.", "Fugiu na sexta-feira."),
        ("pt", "Um terço fugiu.", "Um quarto dos presos fugiu."),
    ],
)
def test_another_number_or_unit_fails(language, quote, claim):
    rejection = missing(claim, quote, language=language)
    assert rejection is not None
    assert rejection.reason is Reason.NUMBER


def test_a_number_may_come_from_any_of_the_cited_sentences_but_not_from_the_question():
    assert missing("There are 5 men and 6 women.", "Five men came.", "Six women came.") is None
    assert missing_number("There are 5 men.", Evidence(("Men came.",), ("5 men",), "Why 5 men?"), "en") is not None


@pytest.mark.parametrize("pronoun", ["No one came.", "They met one another.", "Every one of them came."])
def test_a_pronoun_is_no_number(pronoun):
    assert quantities(pronoun, "en") == ()


@pytest.mark.parametrize(
    ("digits", "language", "value"),
    [
        ("1,300", "en", 1300),
        ("1.300", "en", Fraction(13, 10)),
        ("3.5", "en", Fraction(7, 2)),
        ("1,300,000.5", "en", Fraction(2600001, 2)),
        ("3,5", "en", None),
        ("1.300", "es", 1300),
        ("1.300,5", "pt", Fraction(2601, 2)),
        ("1,300", "es", None),
        ("3.5", "es", Fraction(7, 2)),
        ("1 300 000", "pt", 1300000),
        ("24/7", "en", None),
    ],
)
def test_how_digits_are_read(digits, language, value):
    assert reading(digits, language) == value


@pytest.mark.parametrize(
    "trick", ["It has ５ hackers.", "It has ٥ hackers.", "It has ⑤ hackers.", "It has Ⅴ hackers.", "It has ⁵ hackers."]
)
def test_digits_of_other_kinds_pass_nothing(trick):
    assert verify(trick, Evidence(("It has six hackers.",), (), "")) is not None
    assert verify(trick, Evidence(("It has 5 hackers.",), (), "")) is not None  # what is not plain is not read


@pytest.mark.parametrize(
    ("quote", "claim", "passes"),
    [
        ("Stage 3 has two parts.", "It goes to Stage 2.", False),
        ("Stage 3 has two parts.", "It ends with Stage 3.", True),
        ("The second stage is long, and 2 die.", "Stage 2 is long.", True),
        ("Under Article 5, two allies must help.", "Article 5 obliges them.", True),
        ("Under Article 5, two allies must help.", "It obliges them by Article 2.", False),
        ("El Artículo 5 obliga a dos aliados.", "El Artículo 2 los obliga.", False),
        ("In Mexico 40 experts hack for the state.", "In Mexico 40 experts hack.", True),
        ("He fled Mexico in December 2013.", "December 2013 was when he fled.", True),
    ],
)
def test_a_number_that_names_a_thing_names_that_one(quote, claim, passes):
    assert (missing(claim, quote) is None) == passes
