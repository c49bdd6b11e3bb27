"""What stands with a clause as HTML: its table, figure, form, file, the words after its list, its footnote.

One form for pages, prints and packages: they differ in what a Medium can show and lead to.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from mimetypes import guess_type
from pathlib import PurePosixPath

from markupsafe import Markup, escape

from clausebook.model.clause import Clause
from clausebook.model.handbook import Revision, Trust
from clausebook.model.structures import (
    Attachment,
    Figure,
    Form,
    FormField,
    PolicyFile,
    Structures,
    Table,
    blocks_in_words,
)
from clausebook.model.text import QUOTED, Medium, plain_words, render_paragraphs, render_prose
from clausebook.model.values import PAST

KINDS = {
    ".docx": "Word",
    ".xlsx": "Excel",
    ".pptx": "PowerPoint",
    ".odt": "OpenDocument",
    ".ods": "OpenDocument",
    ".odp": "OpenDocument",
}
LABEL = 8  # words of a clause that name its table where it has no caption
MOST_COLUMNS = 6
"""That a sheet of paper has room for in letters of the usual size."""
KILOBYTE, MEGABYTE = 1_000, 1_000_000


def page_medium(root: str, revision: Revision, *, pdfs: bool) -> Medium:
    """The page of a whole policy; `root` leads to its trust's site. A past text leads to no other policy: what it named may be gone."""
    to_trust = None if revision.record.status in PAST else root
    to_pdf = f"{root}downloads/{revision.folder}/policy.pdf" if pdfs and revision.record.status == "in-force" else None
    return Medium(to_trust, f"{root}{revision.policy}/files/", True, revision.definitions, "all", to_pdf)


def reading_medium(root: str, revision: Revision) -> Medium:
    """The whole policy on a page that is about something else, where its forms would be taken for that page's."""
    return Medium(root, f"{root}{revision.policy}/files/", shows="figures")


def print_medium(trust: Trust, revision: Revision) -> Medium:
    """A PDF of a whole policy: it leads to the site where somebody has said where that is."""
    address = trust.address
    return Medium(
        address, f"{address}{revision.policy}/files/" if address else None, True, revision.definitions, "print"
    )


def package_medium(trust: Trust, revision: Revision) -> Medium:
    """The page of a package, which has the policy's files beside it."""
    return Medium(trust.address, "files/", True, revision.definitions, "all")


def bank_medium(trust: Trust, revision: Revision) -> Medium:
    """The policy in a bank of questions, where no file can stand beside it."""
    address = trust.address
    return Medium(address, f"{address}{revision.policy}/files/" if address else None, False, {}, "words")


def render_text(clause: Clause, medium: Medium) -> list[Markup]:
    """Each paragraph of a clause's words; a word that it explains leads nowhere from there."""
    others = {word: by for word, by in medium.definitions.items() if by != clause.id}
    return render_paragraphs(clause.text, replace(medium, definitions=others))


def render_blocks(clause: Clause, medium: Medium = QUOTED) -> Markup:
    """What stands between a clause's words and its items, which follow their lead-in at once."""
    return Markup("") if clause.items else Markup("").join(_blocks(clause, medium))


def render_closing(clause: Clause, medium: Medium = QUOTED) -> Markup:
    """What stands after a clause's items."""
    parts = [_paragraph("cb-after", words) for words in _paragraphs(clause.structures.after, medium)]
    parts += _blocks(clause, medium) if clause.items else ()
    notes = _paragraphs(clause.structures.note, medium)
    parts += [_paragraph("cb-footnote", Markup("<strong>Footnote:</strong> ") + notes[0])] if notes else []
    return Markup("").join([*parts, *(_paragraph("cb-footnote", words) for words in notes[1:])])


def render_goes_on(clause: Clause) -> Markup:
    """The words after the lists that an item stands in, for where it stands alone."""
    return Markup("").join(
        Markup(' <span class="cb-lead-in">{}</span>').format(render_prose(words)) for words in clause.goes_on
    )


def tell_blocks(clause: Clause) -> Markup:
    """What `render_blocks` shows, as words in the line that the clause stands in."""
    return Markup("").join(Markup(" {}").format(render_prose(words)) for words in clause.words_around_items[0])


def tell_closing(clause: Clause) -> Markup:
    """What `render_closing` shows, and the words after the lists that the clause stands in, in its line."""
    closing = Markup("").join(Markup(" {}").format(render_prose(words)) for words in clause.words_around_items[1])
    return closing + render_goes_on(clause)


def _blocks(clause: Clause, medium: Medium) -> Iterator[Markup]:
    own = clause.structures
    if own.table:
        yield _table(own.table, clause, medium)
    shown = {
        "all": (own.figure, own.form),
        "print": (own.figure, own.form),
        "figures": (own.figure, None),
        "words": (None, None),
    }
    figure, form = shown[medium.shows]
    yield _figure(figure, own.files, medium) if figure else Markup("")
    yield _form(form, clause, medium) if form else Markup("")
    told = Structures(figure=None if figure else own.figure, form=None if form else own.form)
    yield from (_paragraph("cb-told", render_prose(words)) for words in blocks_in_words(told))
    if own.attachment:
        yield _attachment(own.attachment, own.files, medium)


def _table(table: Table, clause: Clause, medium: Medium) -> Markup:
    caption = Markup("<caption>{}</caption>\n").format(render_prose(table.caption, medium)) if table.caption else ""
    head = _row(Markup('<th scope="col">{}</th>'), table.header, medium)
    rows = Markup("\n").join(_row(Markup("<td>{}</td>"), row, medium) for row in table.rows)
    kind = "cb-grid cb-grid--wide" if len(table.header) > MOST_COLUMNS else "cb-grid"
    whole = Markup('<table class="{}">{}<thead>{}</thead>\n<tbody>{}</tbody></table>').format(kind, caption, head, rows)
    if medium.shows == "print":
        return whole
    label = plain_words(table.caption or "") or " ".join(plain_words(clause.text).split()[:LABEL]).rstrip(".,:;")
    return Markup('<div class="cb-table" role="region" aria-label="Table: {}" tabindex="0">\n{}\n</div>\n').format(
        label, whole
    )


def _row(cell: Markup, words: tuple[str, ...], medium: Medium) -> Markup:
    """A line for each cell: what indexes a page for search would otherwise make one word of two cells."""
    return Markup("<tr>{}</tr>").format(Markup("\n").join(cell.format(render_prose(one, medium)) for one in words))


def _figure(figure: Figure, files: tuple[PolicyFile, ...], medium: Medium) -> Markup:
    file = next(one for one in files if one.name == figure.file)
    address = _as_data(file) if medium.shows == "print" else f"{medium.to_files}{figure.file}"
    below = [render_prose(figure.caption, medium)] if figure.caption else []
    below += [_in_words(figure, medium)] if medium.shows != "print" else []
    caption = Markup("<figcaption>{}</figcaption>").format(Markup("\n").join(below)) if below else ""
    return Markup('<figure class="cb-figure"><img src="{}" alt="{}">{}</figure>\n').format(
        address, figure.alternative, caption
    )


def _in_words(figure: Figure, medium: Medium) -> Markup:
    """For whoever cannot read it on a phone, and for the search."""
    return Markup("<details><summary>The picture in words</summary>\n<p>{}</p></details>").format(
        render_prose(figure.alternative, medium)
    )


def _as_data(file: PolicyFile) -> str:
    """What a PDF is made from stands in it: nothing is fetched."""
    return f"data:{guess_type(file.name)[0]};base64,{b64encode(file.path.read_bytes()).decode()}"


def _form(form: Form, clause: Clause, medium: Medium) -> Markup:
    if medium.shows == "print":
        fields = (_print_field(field, f"{clause.id}-{place}") for place, field in enumerate(form.fields, 1))
        return Markup('<div class="cb-fill"><p class="cb-fill__title">{}</p>{}</div>\n').format(
            form.title, Markup("").join(fields)
        )
    about = Markup("Fill it in and print this page{}. Nothing that you write here is sent or kept.").format(
        Markup(', or <a href="{}">fill it in as a PDF</a>').format(medium.to_pdf) if medium.to_pdf else ""
    )
    return Markup(
        '<fieldset class="cb-fill"><legend>{}</legend>\n<p class="cb-hint" data-search-exclude>{}</p>\n{}</fieldset>\n'
    ).format(form.title, about, Markup("").join(map(_page_field, form.fields)))


def _page_field(field: FormField) -> Markup:
    label = _label(field)
    if field.kind == "tick":
        return Markup('<p class="cb-tick"><label><input type="checkbox"> <span>{}</span></label></p>\n').format(label)
    if field.kind == "signature":
        return Markup('<p class="cb-sign"><span>{}</span></p>\n').format(label)
    if field.kind == "long-text":
        return Markup('<p><label>{}<textarea rows="4" autocomplete="off"></textarea></label></p>\n').format(label)
    return Markup('<p><label>{}<input type="{}" autocomplete="off"></label></p>\n').format(label, field.kind)


def _print_field(field: FormField, name: str) -> Markup:
    """No <label>: WeasyPrint would name a field by its label's first line alone, where a title is taken whole."""
    title = field.label + (f": {field.hint}" if field.hint else "")
    if field.kind == "tick":
        return Markup(
            '<p class="cb-tick"><input type="checkbox" name="{}" value="yes" title="{}"><span>{}</span></p>'
        ).format(name, title, _label(field))
    shapes = {
        "signature": Markup('<div class="cb-sign"></div>'),
        "long-text": Markup('<textarea name="{}" title="{}"></textarea>').format(name, title),
    }
    shape = shapes.get(field.kind, Markup('<input type="text" name="{}" title="{}">').format(name, title))
    return Markup('<p class="cb-label">{}</p>{}').format(_label(field), shape)


def _label(field: FormField) -> Markup:
    hint = Markup(' <span class="cb-hint">({})</span>').format(field.hint) if field.hint else ""
    return escape(field.label) + hint


def _attachment(attachment: Attachment, files: tuple[PolicyFile, ...], medium: Medium) -> Markup:
    about = describe_file(next(one for one in files if one.name == attachment.file))
    address, name = medium.find(f"file:{attachment.file}"), escape(attachment.label)
    link = name if address is None else Markup('<a href="{}" download>{}</a>').format(address, name)
    return Markup('<p class="cb-attachment"><strong>File:</strong> {} <span class="cb-hint">({})</span></p>\n').format(
        link, about
    )


def describe_file(file: PolicyFile) -> str:
    """`Word, 24 kB`: what a reader on a phone wants to know before opening it."""
    ending = PurePosixPath(file.name).suffix
    size = f"{file.size / MEGABYTE:.1f} MB" if file.size >= MEGABYTE else f"{max(1, round(file.size / KILOBYTE))} kB"
    return f"{KINDS.get(ending, ending.removeprefix('.').upper())}, {size}"


def _paragraphs(text: str | None, medium: Medium) -> list[Markup]:
    return render_paragraphs(text, medium) if text else []


def _paragraph(name: str, words: Markup) -> Markup:
    return Markup('<p class="{}">{}</p>\n').format(name, words)
