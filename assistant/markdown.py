"""Text of articles, titles, questions and models as Markdown that shows it and does nothing else."""

import re

_ACTIVE = re.compile(r"[\\`*_\[\]<>&#|~$!@{}]")
# In the text of a link, the page's renderer takes the backslash from an escaped bracket and then reads the text again:
# a title with a link in it became one. As a character reference a bracket stays a bracket.
_BRACKETS = {"[": "&lbrack;", "]": "&rbrack;"}
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&([lr])brack;")
_AUTOLINK = re.compile(r"(?i)(https?|ftp|mailto)(:)|(www)(\.)")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # zero width, and changes of direction


def escape(text: str) -> str:
    """Markdown that renders as exactly `text`: no link, image, emphasis, tag or formula; line breaks become spaces."""
    line = " ".join(_INVISIBLE.sub("", text).split())
    line = _ACTIVE.sub(lambda m: _BRACKETS.get(m[0], f"\\{m[0]}"), line)
    line = _AUTOLINK.sub(lambda m: f"{m[1] or m[3]}\\{m[2] or m[4]}", line)
    return re.sub(r"^(\d+)([.)])|^([-+=])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)


def unescape(markdown: str) -> str:
    """What `escape` was given, but for its white space and what can't be seen."""
    return _ESCAPED.sub(lambda m: m[1] or {"l": "[", "r": "]"}[m[2]], markdown)
