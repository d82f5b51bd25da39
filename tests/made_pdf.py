"""PDFs, made by hand: good ones for the tests of the format, and such as lead a reader round in circles."""

import io
import zlib

from made_docx import PROSE, spaces


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, the first of which is the catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (size, trailer, len(out))
    )


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n" % (extra, len(content)) + content + b"\nendstream"


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"


def drawn(*lines: str) -> bytes:
    """Drawing instructions for lines of text."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    return f"BT /F 11 Tf 50 700 Td {shown}ET".encode("latin-1")


def page_pdf(content: bytes, *, root: bytes = b"") -> bytes:
    """A PDF of one page, whose contents are the object `content`."""
    catalog = b"<</Type/Catalog/Pages 2 0 R%s>>" % root
    return pdf(catalog, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, content, FONT)


Placed = tuple[float, float, float, str]
"""A line: left and height from below in points, the size of its letters, and its text (Latin-1)."""


def pages_pdf(pages: list[list[Placed]], about: str = "") -> bytes:
    """A PDF of pages, each of lines with their places; `about` is what it states, as PDF has it."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        FONT,
        b"<<%s>>" % about.encode("latin-1"),
    ]
    for number, lines in enumerate(pages):
        contents = b"%d 0 R" % (6 + 2 * number)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %s/Resources<</Font<</F 3 0 R>>>>>>" % contents
        )
        shown = "".join(f"/F {size} Tf 1 0 0 1 {left} {height} Tm ({text}) Tj\n" for left, height, size, text in lines)
        objects.append(stream(f"BT {shown}ET".encode("latin-1")))
    return pdf(*objects, trailer=b"/Info 4 0 R")


TEXT_PDF = page_pdf(stream(drawn(PROSE[:60].strip(), PROSE[60:].strip())))


def flate_chain() -> bytes:
    """4 GB of spaces, packed three times over."""
    packed = b"\x78\x9c" + spaces(4096)
    for _ in range(2):
        packed = zlib.compress(packed, 9)
    return page_pdf(stream(packed, b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"))


def encrypted_pdf(password: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(TEXT_PDF)))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R>>"
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, stream(drawn("A page.")), *[page] * count)


LOOP = b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9/Parent 2 0 R>>"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 4 0 R>>>>"
