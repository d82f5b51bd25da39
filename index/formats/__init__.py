"""From the bytes of a file to a draft of an article: one module a format, and what all of them give.

The modules that lean on other people's parsers (html, pdf, docx, markdown, json_articles) run in a process of their own:
see `index.parser_process`. None of them opens a file or an address: they are given bytes.
"""

VERSION = 1
"""Part of the index's recipe: raise it when the same file would give another draft."""
