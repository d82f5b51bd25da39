"""A follow-up made to stand alone, without a model."""

from collections.abc import Iterable

from index.lexical import words as words_of

History = Iterable[tuple[str, str]]
"""Turns before the question, oldest first: ("user" or "assistant", text)."""

_SHORT = 4  # a question of so few words hardly ever names what it is about
_LEANING = {
    *("he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "this", "that", "these", "those", "there"),
    *("el", "ella", "ellos", "ellas", "le", "les", "lo", "su", "sus", "eso", "esto", "esa", "ese", "alli"),
    *("ele", "ela", "eles", "elas", "lhe", "lhes", "seu", "sua", "seus", "suas", "isso", "isto", "essa", "esse", "la"),
}
_OPENERS = {"and", "but", "so", "also", "y", "pero", "e", "mas", "entonces", "entao"}


def standalone(question: str, history: History) -> str:
    """The question, joined with the user's one before it when it leans on that: it is short, or says "he", "and" ..."""
    before = [text for role, text in history if role == "user" and text.strip()]
    if not before:
        return question
    words = words_of(question)
    leans = len(words) <= _SHORT or words[0] in _OPENERS or not _LEANING.isdisjoint(words)
    return f"{before[-1].strip()} {question}" if leans else question
