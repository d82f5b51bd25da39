"""What numbers count or measure: percent, currencies, measures; in English, Spanish and Portuguese, folded."""

from collections.abc import Sequence

from assistant.verify.tokens import Token


def _table(text: str) -> dict[str, str]:
    """`kg kilo kilos; ...`: every word of a row stands for the row's first."""
    return {word: names.split()[0] for names in text.split(";") for word in names.split()}


CURRENCY = _table(
    """$ dollar dollars dolar dolares; us$ usd; r$ brl reais; mx$ mxn; c$ cad; a$ aud; € eur euro euros; £ gbp pound pounds
    libra
    libras; ¥ jpy yen yenes ienes; yuan yuanes cny renminbi; ₽ rub ruble rubles rublo rublos; ₹ inr rupee rupees rupia rupias;
    peso pesos; bolivar bolivares; sol soles; franc francs franco francos chf; bitcoin bitcoins btc ₿; ether eth ethereum;
    cent cents centavo centavos centimo centimos"""
)
MEASURE = _table(
    """kg kilo kilos kilogram kilograms kilogramme kilogrammes kilogramo kilogramos quilo quilos quilograma quilogramas;
    g gram grams gramme grammes gramo gramos grama gramas; ton tons; tonne tonnes tonelada toneladas; lb lbs;
    km kilometer kilometers kilometre kilometres kilometro kilometros quilometro quilometros; mile miles milla millas milha
    milhas;
    m meter meters metre metres metro metros; cm; mm; ft foot feet; inch inches; acre acres; hectare hectares hectarea
    hectareas;
    litre litres liter liters litro litros; barrel barrels barril barriles barris; gallon gallons;
    mb megabyte megabytes; gb gigabyte gigabytes; tb terabyte terabytes; mw megawatt megawatts; degree degrees grado grados
    graus;
    time times vez veces vezes; % percent percentage percentages porcentaje porcentagem;
    pp point points punto puntos ponto pontos; pm; am"""
)
TIME = _table(
    """year years yearly annual annually ano anos anual anuales anuais anualmente; month months monthly mes meses mensual
    mensuales
    mensal mensais; week weeks weekly semana semanas semanal semanales semanais;
    day days daily dia dias diario diaria diarios diarias; hour hours hourly hora horas; minute minutes minuto minutos;
    decade decades decada decadas; century centuries siglo siglos seculo seculos"""
)
LONGER = {"decade": (10, "year"), "century": (100, "year")}
TIMES, SHARE, ORDINAL = "time", "%", "ordinal"

_CODES = frozenset("usd eur gbp mxn brl jpy cny chf cad aud btc".split())
BETWEEN = frozenset("of de - ‑ ‐ u.s us american mexican estadounidenses americanos mexicanos".split())
_LETTERS = frozenset("g m mm cm".split())


def sign_before(words: Sequence[Token], at: int) -> str | None:
    """The currency whose sign or code stands before a number: `$`, `US$`, `EUR 5`."""
    if at == 0:
        return None
    before = words[at - 1].folded
    if before == "$" and at > 1 and words[at - 2].end == words[at - 1].start:
        return CURRENCY.get(words[at - 2].folded + "$", before)
    return CURRENCY.get(before) if before in _CODES or words[at - 1].kind == "sign" else None


def unit_after(words: Sequence[Token], at: int) -> tuple[str | None, int]:
    """What the number before token `at` measures, and the index of the first token after that: `%`, `per cent`, `pesos`."""
    step = at
    for _ in range(3):
        if step >= len(words):
            return None, at
        word = words[step].folded
        if word in {"per", "por"} and step + 1 < len(words) and words[step + 1].folded in {"cent", "ciento", "cento", "cien"}:
            after, end = words[step + 2].folded if step + 2 < len(words) else "", step + 2
            return ("pp", end + 1) if MEASURE.get(after) == "pp" else (SHARE, end)
        if word in {"percentage", "percent", "%"} and step + 1 < len(words) and MEASURE.get(words[step + 1].folded) == "pp":
            return "pp", step + 2
        if word in {"percent", "%", "pct", "porciento"}:
            return SHARE, step + 1
        unit = CURRENCY.get(word) or TIME.get(word) or (MEASURE.get(word) if word not in _LETTERS or step == at else None)
        if unit:
            return unit, step + 1
        if word not in BETWEEN:
            return None, at
        step += 1
    return None, at
