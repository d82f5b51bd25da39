"""Word documents: paragraphs with their kinds, without what is deleted, hidden or said twice."""

import pytest
from made_docx import W, docx, docx_bomb, paragraph

from index.formats.docx import read
from index.formats.draft import Limits
from index.formats.metadata import Unreadable

STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:styleId="Ttulo"><w:name w:val="Title"/></w:style><w:style w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Descripcin"><w:name w:val="caption"/></w:style><w:style w:styleId="TDC1"><w:name w:val="toc 1"/></w:style>
</w:styles>""".encode()
CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Stated</dc:title><dc:creator>Ana Pérez</dc:creator>
</cp:coreProperties>""".encode()


def blocks(body: str, parts: dict[str, bytes] | None = None) -> list[tuple[str, str | None]]:
    return [tuple(block) for block in read(docx(body, parts=parts), Limits()).blocks]


def test_styles_tell_headings_captions_and_lists_in_any_language() -> None:
    body = (
        paragraph("The flood", "Ttulo")
        + paragraph("Contents 3", "TDC1")
        + paragraph("What was lost", "Ttulo1")
        + paragraph("It rose.")
        + paragraph("Figure 1", "Descripcin")
        + paragraph("The bridge", about='<w:numPr><w:numId w:val="1"/></w:numPr>')
    )
    assert blocks(body, {"word/styles.xml": STYLES}) == [
        ("The flood", "heading"),
        ("What was lost", "heading"),
        ("It rose.", None),
        ("Figure 1", "caption"),
        ("The bridge", "body"),
    ]


def test_the_title_in_the_text_wins_over_the_stated_one() -> None:
    parts = {"word/styles.xml": STYLES, "docProps/core.xml": CORE}
    stated = read(docx(paragraph("It rose."), parts=parts), Limits()).metadata
    assert (stated.title, stated.author, stated.published) == ("Stated", "Ana Pérez", None)
    assert (
        read(docx(paragraph("The flood", "Ttulo") + paragraph("It rose."), parts=parts), Limits()).metadata.title == "The flood"
    )


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<w:r><w:t>It </w:t></w:r><w:hyperlink><w:r><w:t>rose</w:t></w:r></w:hyperlink>", "It rose"),
        ("<w:r><w:t>It</w:t><w:tab/><w:t>rose</w:t><w:br/><w:t>fast</w:t></w:r>", "It rose fast"),
        ("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t></w:r>", "well-known"),
        ("<w:ins><w:r><w:t>It rose</w:t></w:r></w:ins><w:del><w:r><w:delText>It fell</w:delText></w:r></w:del>", "It rose"),
        ("<w:moveFrom><w:r><w:t>Before</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>After</w:t></w:r></w:moveTo>", "After"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden</w:t></w:r><w:r><w:t>Shown</w:t></w:r>", "Shown"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r>", "7"),
    ],
)
def test_only_what_a_reader_sees_is_kept(runs: str, text: str) -> None:
    assert blocks(f"<w:p>{runs}</w:p>") == [(text, None)]


def test_a_text_box_is_said_once() -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    choice = (
        f'<mc:AlternateContent xmlns:mc="x"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    )
    assert blocks(f"<w:p><w:r><w:t>Before.</w:t>{choice}</w:r></w:p>") == [("Before.", None), ("In a box.", None)]


def table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_rows_of_a_table_are_not_quoted_but_prose_in_one_is() -> None:
    prose = "It rose for three days and then it fell. " * 4
    assert blocks(table(("Place", "Houses"), ("Los Álamos", "43"))) == [
        ("Place | Houses", "caption"),
        ("Los Álamos | 43", "caption"),
    ]
    assert blocks(table((prose, "Aside"))) == [(prose.strip(), None), ("Aside", None)]


def test_the_parts_are_measured_as_they_are_unpacked() -> None:
    with pytest.raises(Unreadable, match="unpacks to more than 2 MB"):
        read(docx_bomb(lies=False), Limits(unpacked=2_000_000))
    with pytest.raises(Unreadable, match="unpacks to more than 1 MB"):
        read(docx("<w:p/>" * 200_000), Limits(unpacked=1_000_000))


@pytest.mark.parametrize("declared", ["", 'SYSTEM "http://x.example/x.dtd"', '[<!ENTITY e "f">]'])
def test_a_document_that_declares_types_is_refused(declared: str) -> None:
    with pytest.raises(Unreadable, match="declares entities"):
        read(docx(before=f"<!DOCTYPE x {declared}>"), Limits())


def test_a_document_without_text_is_told() -> None:
    with pytest.raises(Unreadable, match="no text"):
        read(docx("<w:p/>"), Limits())
