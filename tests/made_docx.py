"""Word documents, made by hand: good ones for the tests of the format, and bombs."""

import io
import struct
import zipfile
import zlib

PROSE = "The river rose for three days and then it fell again, and nobody in the village had ever seen it as high as that. "
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


BODY = f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>"


def docx(body: str = BODY, before: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """A Word document of a body, with what stands `before` its root, and further parts by their names."""
    document = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    written = {"[Content_Types].xml": TYPES.encode(), "word/document.xml": document.encode(), **(parts or {})}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in written.items():
            archive.writestr(name, content)
    return file.getvalue()


def paragraph(text: str, style: str = "", about: str = "") -> str:
    """A paragraph in a style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{about}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def spaces(megabytes: int) -> bytes:
    """Deflated spaces, packed once and repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)) * megabytes + b"\3\0"


def docx_bomb(lies: bool) -> bytes:
    """A document part of 1 GB in 1 MB; if it `lies`, the archive says that it is small."""
    packed = spaces(1024)
    size = 1000 if lies else 2**30
    name = b"word/document.xml"
    plain = docx()
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        types = archive.read("[Content_Types].xml")
    out, entries = b"", b""
    for part, how, held, length, total in (
        (b"[Content_Types].xml", 0, types, zlib.crc32(types), len(types)),
        (name, 8, packed, 0, size),
    ):
        fields = struct.pack("<HHHHHIII", 20, 0, how, 0, 0, length, len(held), total)
        entries += (
            b"PK\1\2" + struct.pack("<H", 20) + fields + struct.pack("<HHHHHII", len(part), 0, 0, 0, 0, 0, len(out)) + part
        )
        out += b"PK\3\4" + fields + struct.pack("<HH", len(part), 0) + part + held
    return out + entries + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 2, 2, len(entries), len(out), 0)
