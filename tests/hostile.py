"""Files that are broken or meant to do harm, made afresh for each test; and what is to become of each of them."""

import gzip
import json
import os
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

from made_docx import PROSE, docx, docx_bomb
from made_pdf import FORM, LOOP, TEXT_PDF, drawn, encrypted_pdf, flate_chain, many_pages, page_pdf, pdf, stream

USED = None
"""In place of a reason: the file is an article, and only its text is in it."""

LAUGHS = "<!DOCTYPE x [<!ENTITY a '" + "ha" * 50 + "'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>"  # fmt: skip
PASSWD = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
ENTITY = "<w:p><w:r><w:t>&j;</w:t></w:r></w:p>"


def web(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>The flood</title>{head}</head><body>{body}</body></html>".encode()


ARTICLE = f"<article><p>{PROSE * 3}</p><p>{PROSE * 2}</p></article>"
TRICKS = (
    "<script>document.write('HARM')</script><style>p{content:'HARM'}</style><noscript>HARM</noscript>"
    f"<article onclick='HARM()'><p onmouseover=\"HARM('x')\">{PROSE * 3}</p><iframe src='file:///etc/passwd'></iframe>"
    "<object data='http://HARM.example/x'></object><img src=x onerror='HARM()' alt=''><template>HARM</template>"
    f"<svg onload='HARM()'><script>HARM()</script></svg><p>{PROSE * 2}</p></article>"
)


def text(content: str | bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content.encode() if isinstance(content, str) else content)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**30)


def long_line(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b'{"id": "long", "text": "')
        for _ in range(100):
            file.write(b"word " * 200_000)
        file.write(b'"}\n' + json.dumps({"id": "after-the-long-line", "text": PROSE}).encode() + b"\n")


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # the name of a socket may have no more than some 100 characters
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


LINK = b'<Relationships><Relationship Id="r" TargetMode="External" Target="file:///etc/passwd"/></Relationships>'
MACROS = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 AutoOpen HARM", "word/_rels/document.xml.rels": LINK}
BAD_YAML = "---\na: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

FILES: dict[str, tuple[Callable[[Path], object], str | None]] = {
    # Word
    "bomb.docx": (lambda p: p.write_bytes(docx_bomb(lies=False)), "unpacks to more than"),
    "lying-bomb.docx": (lambda p: p.write_bytes(docx_bomb(lies=True)), "no Word document that can be read"),
    "gzip-within.docx": (lambda p: p.write_bytes(docx(parts={"word/media/a.gz": gzip.compress(b"\0" * 2**27)})), USED),
    "parts.docx": (lambda p: p.write_bytes(docx(parts={f"p{n}": b"" for n in range(10_001)})), "more than 10,000 parts"),
    "laughs.docx": (text(docx(ENTITY, LAUGHS)), "declares entities|entity amplification"),
    "outside-entity.docx": (text(docx(ENTITY, PASSWD)), "declares entities"),
    "macros.docx": (text(docx(parts=MACROS)), USED),
    "deep.docx": (
        text(docx("<w:tbl><w:tr><w:tc>" * 30_000 + "</w:tc></w:tr></w:tbl>" * 30_000)),
        "no Word document that can be",
    ),
    "other-zip.docx": (lambda p: zipfile.ZipFile(p, "w").writestr("a.txt", PROSE), "no Word document"),
    "cut.docx": (text(docx()[:-40]), "no Word document that can be read"),
    "old-word.docx": (text(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500), "old or an encrypted Word document"),
    "hollow.docx": (text(docx("")), "no text"),
    # PDF
    "flate-chain.pdf": (lambda p: p.write_bytes(flate_chain()), "no PDF that can be read|memory|took longer"),
    "page-loop.pdf": (text(pdf(b"<</Type/Catalog/Pages 2 0 R>>", LOOP, LOOP)), "no PDF|no text|nested too deeply"),
    "form-loop.pdf": (text(page_pdf(stream(b"/X Do", FORM))), "no text|no PDF|nested too deeply"),
    "no-pages.pdf": (text(pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 999999999>>")), "no PDF|no text"),
    "locked.pdf": (lambda p: p.write_bytes(encrypted_pdf("secret")), "encrypted"),
    "open-lock.pdf": (lambda p: p.write_bytes(encrypted_pdf("")), USED),
    "scanned.pdf": (text(page_pdf(stream(b"q 1 0 0 1 0 0 cm Q"))), "text recognition"),
    "cut.pdf": (text(TEXT_PDF[: len(TEXT_PDF) // 3]), "no PDF|no text"),
    "pages.pdf": (lambda p: p.write_bytes(many_pages(2_001)), "2,001 pages"),
    "acting.pdf": (text(page_pdf(stream(drawn(PROSE)), root=b"/OpenAction<</S/JavaScript/JS(HARM)>>")), USED),
    "web-page.pdf": (text(web(ARTICLE)), "a web page by its content"),
    "noise.pdf": (text(b"%PDF-1.7\n" + bytes(range(256)) * 400), "no PDF that can be read"),
    "sparse.pdf": (sparse, "more than the 100.0 MB"),
    # Web pages
    "deep.html": (
        text(web("<div>" * 100_000 + PROSE * 5 + "</div>" * 100_000)),
        "nested too deeply|web page|no article|ended the",
    ),
    "tricks.html": (
        text(web(TRICKS, "<base href='http://HARM.example/'><meta http-equiv=refresh content='0;url=HARM'>")),
        USED,
    ),
    "entities.xhtml": (text(f"{LAUGHS}<html><body><p>&j;</p>{ARTICLE}</body></html>"), "no web page that can be read"),
    "outside-entity.xhtml": (text(f"{PASSWD}<html><body><p>&j;</p>{ARTICLE}</body></html>"), USED),
    "filled-by-script.html": (text(web("<div id=app></div><script>render()</script>")), "no article was found"),
    "nul.html": (text(web(ARTICLE).replace(b"flood", b"fl\0od")), "binary"),
    "utf-16.html": (text(web(ARTICLE).decode().encode("utf-16")), USED),
    "latin-1.html": (
        text(web(ARTICLE.replace("river", "río"), '<meta charset="iso-8859-1">').decode().encode("latin-1")),
        USED,
    ),
    "packed.html": (text(gzip.compress(web(ARTICLE) * 20)), "packed with gzip"),
    "one-paragraph.html": (text(web(f"<article><p>{PROSE * 45_000}</p></article>")), "longer than 2,000,000 characters"),
    "sparse.html": (sparse, "more than the 20.0 MB"),
    # Text
    "a-pdf.txt": (text(TEXT_PDF), "a PDF by its content"),
    "a-page.txt": (text(web(ARTICLE)), "a web page by its content"),
    "rich.txt": (text(r"{\rtf1\ansi " + PROSE + "}"), "rich text"),
    "one-paragraph.txt": (text(PROSE * 45_000), "longer than 2,000,000 characters"),
    "sparse.txt": (sparse, "longer than 2,000,000 characters"),
    "latin-1.txt": (text(PROSE.replace("river", "río").encode("latin-1")), "not UTF-8 text .*iconv"),
    "utf-16.txt": (text(PROSE.encode("utf-16")), USED),
    "utf-16-unmarked.txt": (text(PROSE.encode("utf-16-le")), "binary"),
    "utf-16-cut.txt": (text(PROSE.encode("utf-16")[:-1]), "not UTF-16"),
    "marked.txt": (text(b"\xef\xbb\xbf" + PROSE.encode()), USED),
    "nul.txt": (text(PROSE + "\0"), "binary"),
    "empty.txt": (text(""), "no text"),
    "blank.txt": (text("\ufeff \n\t\u00a0\n"), "no text"),
    "pipe.txt": (os.mkfifo, "not a regular file"),
    "socket.txt": (listening, "No such device|not a regular file"),
    # Markdown
    "laughs.md": (text(BAD_YAML + "---\n" + PROSE), USED),
    "objects.md": (text("---\ntitle: !!python/object/apply:os.system ['touch HARM']\n---\n" + PROSE), USED),
    "only-front.md": (text("---\ntitle: The flood\n---\n"), "no text"),
    "brackets.md": (text(PROSE + "\n\n" + "[" * 50_000 + "a" + "](b)" * 50_000), None),
    "long-front.md": (text("---\ntitle: " + "x" * 70_000 + "\n---\n" + PROSE), "front matter is longer"),
    # JSON
    "surrogate.json": (text('{"text": "half a \\ud800 character"}'), "half a character"),
    "deep.json": (text("[" * 200_000 + "]" * 200_000), "nested too deeply"),
    "number.json": (text('{"text": "x", "id": ' + "9" * 100_000 + "}"), "no JSON that can be read"),
    "long-line.jsonl": (long_line, "line 1: it is longer than"),
    "sparse.jsonl": (sparse, "line 1: it is longer than"),
    "broken-lines.jsonl": (text("{\n" * 5_000), "line 1: it is no JSON"),
    "no-text.json": (text('[{"title": "x"}, 5, null]'), "its object 1 can't be used"),
    "null.json": (text("null"), "no object"),
}


def make(folder: Path) -> None:
    """Write all of them, and some good articles between them."""
    for number in range(3):
        (folder / f"good-{number}.txt").write_text(f"The flood, part {number}\n\n{PROSE * 3}")
    for name, (write, _) in FILES.items():
        write(folder / name)
    (folder / "folder.txt").mkdir()
