"""What programs and people do to a Word file beside typing: tracked changes, controls, text boxes, other word processors."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import docx.document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from word.played import Edit, paragraph, without_bookmarks

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
WHO, WHEN = "Jane Smith", "2026-11-30T09:00:00Z"


def tracked(tag: str, *children: Any, who: str = WHO) -> Any:
    element = OxmlElement(f"w:{tag}")
    for name, value in (("id", "900"), ("author", who), ("date", WHEN)):
        element.set(qn(f"w:{name}"), value)
    element.extend(children)
    return element


def run_of(words: str, *, deleted: bool = False) -> Any:
    tag = "delText" if deleted else "t"
    return parse_xml(f'<w:r {nsdecls("w")}><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>')


def as_deleted(run: Any) -> Any:
    for one in run.iter(qn("w:t")):
        one.tag = qn("w:delText")
    return run


def track_words(name: str, old: str, new: str, who: str = WHO) -> Edit:
    """Replace words with changes tracked."""

    def edit(document: docx.document.Document) -> None:
        one = paragraph(document, name)
        before, after = one.text.split(old, 1)
        run = one.runs[0]._r
        for other in one.runs[1:]:
            other._r.getparent().remove(other._r)
        run.addprevious(run_of(before)) if before else None
        run.addprevious(tracked("del", run_of(old, deleted=True), who=who))
        run.addprevious(tracked("ins", run_of(new), who=who)) if new else None
        run.addprevious(run_of(after)) if after else None
        run.getparent().remove(run)

    return edit


def mark_of(one: Any, tag: str) -> None:
    """Track the sign at the end of a paragraph as inserted or deleted."""
    properties = one.get_or_add_pPr()
    found = properties.find(qn("w:rPr"))
    if found is None:
        found = OxmlElement("w:rPr")
        properties.append(found)
    found.insert(0, tracked(tag))


def track_paragraph(name: str, tag: str) -> Edit:
    """Insert or delete a whole paragraph with changes tracked."""

    def edit(document: docx.document.Document) -> None:
        one = paragraph(document, name)._p
        for run in list(one.iter(qn("w:r"))):
            change = tracked(tag)
            run.addprevious(change)
            change.append(as_deleted(run) if tag in ("del", "moveFrom") else run)
        mark_of(one, tag)

    return edit


def track_join(name: str) -> Edit:
    """Delete the sign at the end of a paragraph alone, tracked."""
    return lambda document: mark_of(paragraph(document, name)._p, "del")


def track_move(name: str, after: str) -> Edit:
    """Move a paragraph with changes tracked: Word keeps both, each between the ends of its range."""

    def edit(document: docx.document.Document) -> None:
        one = paragraph(document, name)._p
        new = without_bookmarks(one)
        for run in list(new.iter(qn("w:r"))):
            change = tracked("moveTo")
            run.addprevious(change)
            change.append(run)
        mark_of(new, "moveTo")
        paragraph(document, after)._p.addnext(new)
        track_paragraph(name, "moveFrom")(document)

    return edit


def add_tracked(name: str, words: str) -> Edit:
    """A new paragraph behind one, tracked."""

    def edit(document: docx.document.Document) -> None:
        one = paragraph(document, name)._p
        new = without_bookmarks(one)
        for run in list(new.iter(qn("w:r"))):
            run.getparent().remove(run)
        new.append(tracked("ins", run_of(words)))
        mark_of(new, "ins")
        one.addnext(new)

    return edit


def inserted_then_deleted(name: str) -> Edit:
    """One puts words in, another takes them out again: a deletion within an insertion."""

    def edit(document: docx.document.Document) -> None:
        paragraph(document, name)._p.append(
            tracked("ins", tracked("del", run_of(" with a smile", deleted=True), who="Ali Khan"))
        )

    return edit


def comment(name: str, words: str) -> Edit:
    def edit(document: docx.document.Document) -> None:
        one = paragraph(document, name)
        document.add_comment(one.runs, text=words, author=WHO, initials="JS")

    return edit


def comment_on_inserted(name: str, inserted: str, words: str) -> Edit:
    def edit(document: docx.document.Document) -> None:
        one = paragraph(document, name)
        run = one.add_run(inserted)
        document.add_comment([run], text=words, author=WHO, initials="JS")
        change = tracked("ins")
        run._r.addprevious(change)
        change.append(run._r)

    return edit


def control_around(element: Any) -> Any:
    control = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:id w:val="77"/><w:tag w:val="goog_rdk_1"/></w:sdtPr><w:sdtContent/></w:sdt>'
    )
    element.addprevious(control)
    control.find(qn("w:sdtContent")).append(element)
    return control


def control_around_run(name: str) -> Edit:
    return lambda document: control_around(paragraph(document, name).runs[0]._r)


def control_around_paragraph(name: str) -> Edit:
    return lambda document: control_around(paragraph(document, name)._p)


def control_around_row(table: int, row: int) -> Edit:
    return lambda document: control_around(document.tables[table].rows[row]._tr)


def control_around_cell(table: int, row: int, column: int) -> Edit:
    return lambda document: control_around(document.tables[table].rows[row].cells[column]._tc)


def text_box(name: str, words: str) -> Edit:
    """A text box, which Word writes twice: for itself, and for old programs."""
    box = f"<w:txbxContent {nsdecls('w')}><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    shape = f"""<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
      xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">
      <mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
      <mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
    return lambda document: paragraph(document, name)._p.append(parse_xml(shape))


def one_id_for_all(document: docx.document.Document) -> None:
    """Bookmarks, changes and comments with the same number, as some programs write them."""
    for tag in ("bookmarkStart", "bookmarkEnd", "ins", "del"):
        for one in document.element.body.iter(qn(f"w:{tag}")):
            one.set(qn("w:id"), "0")


def rewrite(made: bytes, changed: Mapping[str, Callable[[str], str]], without: str = r"(?!)") -> bytes:
    """The file with parts of it changed as text, and others left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as archive, zipfile.ZipFile(out, "w") as new:
        for name in archive.namelist():
            if not re.search(without, name):
                raw = archive.read(name)
                new.writestr(name, changed[name](raw.decode()).encode() if name in changed else raw)
    return out.getvalue()


CUSTOM = r"^customXml|docProps/custom"


def _without_custom(rels: str) -> str:
    return re.sub(r"<Relationship [^>]*(?:customXml|custom-properties|custom\.xml)[^>]*/>", "", rels)


def without_custom_parts(made: bytes, document: Callable[[str], str] = lambda text: text) -> bytes:
    types = lambda text: re.sub(r'<Override PartName="/(?:customXml|docProps/custom)[^>]*/>', "", text)  # noqa: E731
    return rewrite(
        made,
        {
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _without_custom,
            "_rels/.rels": _without_custom,
            "[Content_Types].xml": types,
        },
        CUSTOM,
    )


def as_google_docs(made: bytes) -> bytes:
    """Bookmarks have other names, styles but headings are gone, runs stand in controls, and our own part is lost."""

    def document(text: str) -> str:
        text = re.sub(r'w:name="cb_(\w+)"', lambda found: f'w:name="bookmark=id.{found[1]}"', text)
        return re.sub(r'<w:pStyle w:val="(?!Heading|Title)\w+"/>', "", text)

    return without_custom_parts(made, document)


def as_word_on_the_web(made: bytes) -> bytes:
    """Paragraph ids, marks of sessions, marks of spelling, runs cut in pieces."""

    def document(text: str) -> str:
        text = re.sub(r"<w:p>", '<w:p w:rsidR="00A1" w:rsidRDefault="00A1">', text)
        text = text.replace("<w:bookmarkEnd ", '<w:proofErr w:type="spellStart"/><w:bookmarkEnd ')
        return re.sub(
            r'<w:r><w:t xml:space="preserve">([^<]{9})([^<]+)</w:t></w:r>',
            r'<w:r w:rsidR="00B2"><w:t xml:space="preserve">\1</w:t></w:r><w:r><w:t xml:space="preserve">\2</w:t></w:r>',
            text,
        )

    return rewrite(made, {"word/document.xml": document})


def as_plain(made: bytes) -> bytes:
    """Somebody copied the text into a new document: no bookmark, no part of ours."""
    return without_custom_parts(made, lambda text: re.sub(r"<w:bookmark(?:Start|End)[^>]*/>", "", text))
