"""A Word file that somebody edits, and what becomes of it: the policy of the starter on grievances, played in code."""

from __future__ import annotations

import copy
import io
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import docx.document
import docx.text.paragraph
import yaml
from docx.oxml.ns import qn

from clausebook.compare.revisions import find_changes
from clausebook.edit.take.align import Answers
from clausebook.edit.take.returned import Returned, read_returned
from clausebook.edit.take.taking import Taken, take_back
from clausebook.load.merge import merge_revision
from clausebook.model import RevisionRecord
from clausebook.model.handbook import Revision
from clausebook.model.word_identity import bookmark_of, word_medium

STARTER = Path(__file__).parents[2] / "generator/clausebook/starter"
NOTHING: Answers = {}
Edit = Callable[[docx.document.Document], object]


@dataclass(frozen=True)
class Played:
    """What an edit made of a revision."""

    returned: Returned
    taken: Taken
    old: Revision
    new: Revision

    @property
    def changes(self) -> list[str]:
        """Each change by its kind and clauses, as `clausebook diff` names it."""
        return sorted(change.id for change in find_changes(self.old, self.new) if change.through is None)

    @property
    def kept_ids(self) -> bool:
        return set(self.old.by_id) <= set(self.new.by_id)

    def text_of(self, name: str) -> str:
        return self.new.by_id[name].text


def play(
    folder: Path, made: bytes, old: Revision, edit: Edit, answers: Answers = NOTHING, text: str | None = None
) -> Played:
    """Edit the file, take it back."""
    document = docx.Document(io.BytesIO(made))
    edit(document)
    path = folder / "edited.docx"
    document.save(str(path))
    return take(path, old, answers, text)


def take(path: Path, old: Revision, answers: Answers = NOTHING, text: str | None = None) -> Played:
    returned = read_returned(path)
    before = text if text is not None else text_of(old)
    base = returned.exported.revision.record if returned.exported else old.record
    ids = set(old.by_id)
    taken = take_back(
        returned,
        before,
        old.record,
        base,
        ids,
        word_medium(None, old.policy),
        answers,
        "Larkhill Example Trust (made up)",
    )
    return Played(returned, taken, old, revision_of_text(taken.text, old))


def text_of(revision: Revision) -> str:
    path = STARTER / f"trusts/{revision.trust}/{revision.policy}/{revision.id}.yml"
    return path.read_text(encoding="utf-8")


def revision_of_text(text: str, like: Revision) -> Revision:
    """What a file with this text says, merged; its pictures are those of `like`."""
    value = yaml.load(text, Loader=yaml.BaseLoader)
    files = {file.name: file for clause in like.clauses for file in clause.structures.files}
    return merge_revision(like.trust, like.policy, like.id, RevisionRecord.model_validate(value), files)


def paragraph(document: docx.document.Document, name: str) -> docx.text.paragraph.Paragraph:
    """The paragraph that begins a section, clause or item."""
    for one in document.paragraphs:
        if any(mark.get(qn("w:name")) == bookmark_of(name) for mark in one._p.iter(qn("w:bookmarkStart"))):
            return one
    raise LookupError(name)


def reword(name: str, words: str) -> Edit:
    """Change the words and leave the paragraph as it is, as typing within it does."""
    return lambda document: set_words(paragraph(document, name), words)


def set_words(one: docx.text.paragraph.Paragraph, words: str) -> None:
    first, *others = one.runs
    first.text = words
    for run in others:
        run._r.getparent().remove(run._r)


def replace(name: str, old: str, new: str) -> Edit:
    def edit(document: docx.document.Document) -> None:
        run = next(run for run in paragraph(document, name).runs if old in run.text)
        run.text = run.text.replace(old, new)

    return edit


def remove(*names: str) -> Edit:
    def edit(document: docx.document.Document) -> None:
        for name in names:
            one = paragraph(document, name)._p
            one.getparent().remove(one)

    return edit


def without_bookmarks(element: Any) -> Any:
    """A copy as Word makes one on pasting: the bookmark stays with the first."""
    found = copy.deepcopy(element)
    for mark in list(found.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)
    return found


def add_after(name: str, words: str) -> Edit:
    """Press Enter at the end of a clause, and type."""

    def edit(document: docx.document.Document) -> None:
        one = paragraph(document, name)
        new = without_bookmarks(one._p)
        one._p.addnext(new)
        set_words(docx.text.paragraph.Paragraph(new, one._parent), words)

    return edit


def add_before(name: str, words: str) -> Edit:
    """Put the cursor before the first word, type, and press Enter: the bookmark stays with the new paragraph."""

    def edit(document: docx.document.Document) -> None:
        one = paragraph(document, name)
        one._p.addnext(without_bookmarks(one._p))
        set_words(one, words)

    return edit


def move_after(name: str, other: str) -> Edit:
    def edit(document: docx.document.Document) -> None:
        paragraph(document, other)._p.addnext(paragraph(document, name)._p)

    return edit


def split(name: str, at: str) -> Edit:
    """Press Enter before some words of a clause."""

    def edit(document: docx.document.Document) -> None:
        one = paragraph(document, name)
        first, second = one.text.split(at, 1)
        add_after(name, at + second)(document)
        set_words(one, first.strip())

    return edit


def join(name: str, other: str) -> Edit:
    """Take out the sign at the end of a clause: the next goes on in its paragraph, with its bookmark."""

    def edit(document: docx.document.Document) -> None:
        one, two = paragraph(document, name)._p, paragraph(document, other)._p
        one.append(copy.deepcopy(docx.oxml.parse_xml(SPACE)))
        for child in list(two):
            if child.tag != qn("w:pPr"):
                one.append(child)
        two.getparent().remove(two)

    return edit


SPACE = '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:t xml:space="preserve"> </w:t></w:r>'


def together(*edits: Edit) -> Edit:
    def edit(document: docx.document.Document) -> None:
        for one in edits:
            one(document)

    return edit


def add_picture(name: str, data: bytes, alternative: str = "") -> Edit:
    """Put a picture into a paragraph of its own below the words of a clause."""

    def edit(document: docx.document.Document) -> None:
        one = paragraph(document, name)
        own = document.add_paragraph()
        own.add_run().add_picture(io.BytesIO(data))
        next(own._p.iter(qn("wp:docPr"))).set("descr", alternative)
        one._p.addnext(own._p)

    return edit


def remove_figure(document: docx.document.Document) -> None:
    """Take out the picture of the policy; its caption stays."""
    found = next(one for one in document.paragraphs if one.style and one.style.name == "Figure")._p
    found.getparent().remove(found)


def cell(table: int, row: int, column: int, words: str) -> Edit:
    return lambda document: set_words(document.tables[table].rows[row].cells[column].paragraphs[0], words)


def ids_of(changes: Iterable[str], kind: str) -> list[str]:
    return [change.split(":", 1)[1] for change in changes if change.startswith(f"{kind}:")]


def words_of_paragraph(start: str, words: str) -> Edit:
    """Change a paragraph that begins so: one that goes on with a clause has no bookmark."""
    return lambda document: set_words(next(one for one in document.paragraphs if one.text.startswith(start)), words)


def remove_paragraph(start: str) -> Edit:
    def edit(document: docx.document.Document) -> None:
        found = next(one for one in document.paragraphs if one.text.startswith(start))._p
        found.getparent().remove(found)

    return edit


def unmark(name: str) -> Edit:
    """Lose the bookmark: some programs do so when a whole paragraph is typed over."""

    def edit(document: docx.document.Document) -> None:
        for mark in list(paragraph(document, name)._p.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)

    return edit


def retype(name: str, words: str) -> Edit:
    return together(reword(name, words), unmark(name))


def bold(name: str, words: str) -> Edit:
    def edit(document: docx.document.Document) -> None:
        one = paragraph(document, name)
        before, after = one.text.split(words)
        set_words(one, before)
        one.add_run(words).bold = True
        one.add_run(after)

    return edit


def type_number(name: str, number: str) -> Edit:
    """Turn the automatic number off, and type one."""

    def edit(document: docx.document.Document) -> None:
        one = paragraph(document, name)
        one._p.pPr.remove(one._p.pPr.find(qn("w:numPr")))
        one.runs[0].text = f"{number}\t{one.runs[0].text}"

    return edit


def as_level(name: str, num: int, level: int, style: str) -> Edit:
    """Give a paragraph another style and another level of its list, as Tab and the list of styles do."""

    def edit(document: docx.document.Document) -> None:
        one = paragraph(document, name)
        one.style = document.styles[style]
        properties = one._p.pPr
        if (indent := properties.find(qn("w:ind"))) is not None:
            properties.remove(indent)
        properties.find(qn("w:numPr")).find(qn("w:ilvl")).set(qn("w:val"), str(level))
        properties.find(qn("w:numPr")).find(qn("w:numId")).set(qn("w:val"), str(num))

    return edit


def add_row(table: int, after: int, *cells: str) -> Edit:
    def edit(document: docx.document.Document) -> None:
        rows = document.tables[table].rows
        rows[after]._tr.addnext(copy.deepcopy(rows[after]._tr))
        for own, words in zip(document.tables[table].rows[after + 1].cells, cells, strict=True):
            set_words(own.paragraphs[0], words)

    return edit


def remove_row(table: int, row: int) -> Edit:
    return lambda document: document.tables[table]._tbl.remove(document.tables[table].rows[row]._tr)


def remove_column(table: int, column: int) -> Edit:
    def edit(document: docx.document.Document) -> None:
        for row in document.tables[table].rows:
            row._tr.remove(row.cells[column]._tc)

    return edit


def remove_table(table: int) -> Edit:
    return lambda document: document.tables[table]._tbl.getparent().remove(document.tables[table]._tbl)


def copy_after(name: str, after: str) -> Edit:
    """Copy and paste a whole paragraph: the name of its bookmark stands twice."""
    return lambda document: paragraph(document, after)._p.addnext(copy.deepcopy(paragraph(document, name)._p))


def add_section(after: str, heading: str, *clauses: str) -> Edit:
    def edit(document: docx.document.Document) -> None:
        above = without_bookmarks(paragraph(document, "talking-first")._p)
        paragraph(document, after)._p.addnext(above)
        set_words(docx.text.paragraph.Paragraph(above, None), heading)
        for words in reversed(clauses):
            new = without_bookmarks(paragraph(document, "talk-to-manager")._p)
            above.addnext(new)
            set_words(docx.text.paragraph.Paragraph(new, None), words)

    return edit


def move_block(first: str, count: int, after: str) -> Edit:
    """Cut a heading with all below it, and paste it elsewhere."""

    def edit(document: docx.document.Document) -> None:
        elements = [paragraph(document, first)._p]
        while len(elements) < count:
            elements.append(elements[-1].getnext())
        for element in reversed(elements):
            paragraph(document, after)._p.addnext(element)

    return edit


def shuffle(document: docx.document.Document, chance: random.Random) -> None:
    """What somebody in a hurry does to a file, many times over."""
    body = document.element.body
    elements = [one for one in body if one.tag in (qn("w:p"), qn("w:tbl"))]
    for _ in range(chance.randint(1, 14)):
        one, other, how = chance.choice(elements), chance.choice(elements), chance.randrange(5)
        if one.getparent() is None or other.getparent() is None:
            continue
        if how == 0:
            body.remove(one)
        elif how == 1 and one is not other:
            other.addnext(one)
        elif how == 2:
            one.addnext(copy.deepcopy(one))
        elif one.tag == qn("w:p"):
            found = docx.text.paragraph.Paragraph(one, document._body)
            if how == 3 and found.runs:
                words = found.runs[0].text
                found.runs[0].text = chance.choice(
                    ["Something else is here now, in five words or more.", "", words[:20], f"(a) {words}"]
                )
            elif how == 4:
                found.style = chance.choice(
                    ["Heading 1", "Heading 2", "Clause", "List Paragraph", "Clause continued", "Normal"]
                )
