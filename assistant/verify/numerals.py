"""Numbers in words, English, Spanish and Portuguese: `five`, `ninety-nine`, `noventa mil millones`, `dois mil e treze`.

text2num was tried: it reads `90 billion` as two numbers, `hundreds of thousands` as 100 of 1000 and not all of Spanish.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from assistant.verify.tokens import Token

LANGUAGES = ("en", "es", "pt")


def _table(text: str) -> dict[str, int]:
    """`1 one uno um; 2 two ...`: every word with the number before it."""
    rows = (row.split() for row in text.split(";"))
    return {word: int(number) for number, *names in rows for word in names}


SMALL = _table(
    """0 zero cero; 1 one un uno una um uma; 2 two dos dois duas; 3 three tres; 4 four cuatro quatro; 5 five cinco; 6 six seis;
    7 seven siete sete; 8 eight ocho oito; 9 nine nueve nove; 10 ten diez dez; 11 eleven once onze; 12 twelve doce doze;
    13 thirteen trece treze; 14 fourteen catorce quatorze catorze; 15 fifteen quince quinze;
    16 sixteen dieciseis dezesseis dezasseis; 17 seventeen diecisiete dezessete dezassete; 18 eighteen dieciocho dezoito;
    19 nineteen diecinueve dezenove dezanove; 20 twenty veinte vinte; 21 veintiun veintiuno veintiuna; 22 veintidos;
    23 veintitres; 24 veinticuatro; 25 veinticinco; 26 veintiseis; 27 veintisiete; 28 veintiocho; 29 veintinueve;
    30 thirty treinta trinta; 40 forty fourty cuarenta quarenta; 50 fifty cincuenta cinquenta; 60 sixty sesenta sessenta;
    70 seventy setenta; 80 eighty ochenta oitenta; 90 ninety noventa; 100 cien ciento cem cento;
    200 doscientos doscientas duzentos duzentas; 300 trescientos trescientas trezentos trezentas;
    400 cuatrocientos cuatrocientas quatrocentos quatrocentas; 500 quinientos quinientas quinhentos quinhentas;
    600 seiscientos seiscientas seiscentos seiscentas; 700 setecientos setecientas setecentos setecentas;
    800 ochocientos ochocientas oitocentos oitocentas; 900 novecientos novecientas novecentos novecentas"""
)
SCALES = _table(
    """100 hundred; 1000 thousand mil; 1000000 million millon millones milhao milhoes mln mn;
    1000000000 billion bilhao bilhoes bn mrd; 1000000000000 trillion billon billones bilioes trilhao trilhoes tn;
    1000000000000000000 trillon trillones trilioes"""
)
"""`billion` and `bilhão` are 10^9, the Spanish `billón` and Portugal's `bilião` 10^12."""
VAGUE = _table(
    """10 tens decenas dezenas; 12 dozens docenas duzias; 100 hundreds cientos centenares centenas;
    1000 thousands miles milhares; 1000000 millions; 1000000000 billions; 1000000000000 trillions"""
)
DOZEN = _table("12 dozen docena duzia; 10 decena dezena; 2 couple par")
ORDINAL = _table(
    """1 first firstly primero primera primeros primeras primer primeiro primeira primeiros primeiras;
    2 second secondly segundo segunda segundos segundas; 3 third thirdly tercero tercera tercer terceiro terceira;
    4 fourth fourthly cuarto cuarta quarto quarta; 5 fifth quinto quinta; 6 sixth sexto sexta; 7 seventh septimo septima setimo
    setima; 8 eighth octavo octava oitavo oitava; 9 ninth noveno novena nono nona; 10 tenth decimo decima; 11 eleventh;
    12 twelfth; 13 thirteenth; 14 fourteenth; 15 fifteenth; 16 sixteenth; 17 seventeenth; 18 eighteenth; 19 nineteenth;
    20 twentieth vigesimo; 30 thirtieth; 40 fortieth; 50 fiftieth; 60 sixtieth; 70 seventieth; 80 eightieth; 90 ninetieth;
    100 hundredth centesimo; 1000 thousandth milesimo"""
)
PART = _table(
    """2 half halves mitad mitades metade metades; 3 third thirds tercio tercios terco tercos; 4 quarter quarters cuarto cuartos
    quarto quartos; 5 fifth fifths quinto quintos quinta quintas; 6 sixth sixths sexto sextos; 7 seventh sevenths septimo;
    8 eighth eighths octavo octavos oitavo oitavos; 9 ninth ninths noveno; 10 tenth tenths decimo decimos;
    100 hundredth hundredths; 1000 thousandth thousandths"""
)
TIMES = _table(
    """2 twice double doubled doubles doubling doble duplico duplicado duplicar duplicaron dobro dobrou dobraram duplicou;
    3 thrice triple tripled triples tripling triplico triplicado triplicar triplicaron triplicou triplicaram;
    4 quadruple quadrupled quadrupling cuadruple cuadruplico quadruplicou; 5 quintuple quintupled quintuplico quintuplicou"""
)

_ONLY = {  # words of one language that another uses for something else
    **dict.fromkeys(["once", "dos", "miles", "par", "son"], ("es",)),
    **dict.fromkeys(["un", "uno", "una", "um", "uma", "mil"], ("es", "pt")),
    **dict.fromkeys(["segundo", "segunda", "quarto", "quarta", "cuarto", "cuarta", "sexta", "quinta", "terco"], ("es", "pt")),
}
_AND = {"en": {"and"}, "es": {"y"}, "pt": {"e"}}
_ARTICLES = {"en": {"a", "an"}, "es": {"un", "una"}, "pt": {"um", "uma"}}


class Numeral(NamedTuple):
    """A number in words: its value and the index of the first token after it. Vague: `thousands`, `several hundred`."""

    value: Fraction
    end: int
    vague: bool = False


def known(word: str, table: dict[str, int], language: str) -> int | None:
    """The number that a word stands for in a table, where it is a word of that language."""
    return table.get(word) if language in _ONLY.get(word, LANGUAGES) else None


def numeral(words: Sequence[Token], at: int, language: str) -> Numeral | None:
    """The number in words that begins at a token, as far as it goes; None where none begins."""
    word = words[at].folded
    if (vague := known(word, VAGUE, language)) is not None:
        return _vague(words, at, vague, language)
    if word in _ARTICLES[language] and at + 1 < len(words):
        after = words[at + 1].folded
        if known(after, SCALES, language) or known(after, DOZEN, language) or known(after, VAGUE, language):
            return _scaled(words, at + 1, Fraction(1), language)
    if known(word, SMALL, language) is not None:
        value, end = _below_thousand(words, at, language)
        year = _year(words, value, end, language)
        return year or _scaled(words, end, Fraction(value), language)
    if known(word, SCALES, language):
        bare = _scaled(words, at, Fraction(1), language)
        return bare._replace(vague=word != "mil")  # "several thousand"; Spanish has "mil" alone for 1,000
    if known(word, DOZEN, language):
        return Numeral(Fraction(DOZEN[word]), at + 1)
    return None


def scaled(words: Sequence[Token], at: int, value: Fraction, language: str) -> Numeral:
    """A number with the words after it that multiply it: 90 with `billion`, or with `mil millones`."""
    return _scaled(words, at, value, language)


def _vague(words: Sequence[Token], at: int, value: int, language: str) -> Numeral:
    """`hundreds of thousands` is one number."""
    if at + 2 < len(words) and words[at + 1].folded in {"of", "de"}:
        after = words[at + 2].folded
        further = known(after, VAGUE, language) or (known(after, SCALES, language) if language != "en" else None)
        if further:
            return Numeral(Fraction(value * further), at + 3, vague=True)
    return Numeral(Fraction(value), at + 1, vague=True)


def _below_thousand(words: Sequence[Token], at: int, language: str) -> tuple[int, int]:
    """A number below a thousand, and where it ends: a part is taken only where it fits below the last one."""
    value, end, last = SMALL[words[at].folded], at + 1, ""
    while end < len(words):
        step = end + 1 if words[end].text in {"-", "‑", "‐"} else end
        if step == end and words[end].folded in _AND[language]:
            step = end + 1 if language != "en" or last == "hundred" else len(words)
        if step >= len(words) or words[step].kind != "word":
            break
        word = words[step].folded
        part = known(word, SMALL, language)
        if word == "hundred" and step == end and 0 < value < 100 and not last:
            value, end, last = value * 100, step + 1, word
        elif part and _fits(value, part):
            value, end = value + part, step + 1
        else:
            break
    return value, end


def _fits(value: int, part: int) -> bool:
    if part < 10:
        return value >= 20 and value % 10 == 0
    return part < 100 <= value and value % 100 == 0


def _year(words: Sequence[Token], value: int, end: int, language: str) -> Numeral | None:
    """`nineteen ninety-nine`, `twenty thirteen`."""
    if language == "en" and 11 <= value <= 20 and end < len(words) and (known(words[end].folded, SMALL, language) or 0) >= 10:
        rest, end = _below_thousand(words, end, language)
        if rest < 100:
            return Numeral(Fraction(value * 100 + rest), end)
    return None


def _scaled(words: Sequence[Token], end: int, value: Fraction, language: str) -> Numeral:
    total, group, last = Fraction(0), value, Fraction(0)
    while end < len(words):
        word = words[end].folded
        scale = known(word, SCALES, language) or known(word, DOZEN, language) or 0
        if scale and word not in {"couple", "par", "decena", "dezena"}:
            if last and scale > last:  # mil millones
                total, group = (total + group) * scale, Fraction(0)
            else:
                total, group = total + (group or 1) * scale, Fraction(0)
            last, end = Fraction(scale), end + 1
            continue
        step = end + 1 if last and word in _AND[language] else end
        part = known(words[step].folded, SMALL, language) if last and step < len(words) else None
        if not part:
            break
        below, after = _below_thousand(words, step, language)
        if below >= last:
            break
        group, end = Fraction(below), after
    return Numeral(total + group, end)
