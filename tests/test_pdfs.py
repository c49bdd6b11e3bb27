"""The PDFs as a reader meets them: what is printed, where it stands, that a screen reader can follow it, and what happens
where they cannot be made."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

from clausebook.build.engines.weasyprint import VARIANT, render_pdf
from clausebook.compare.comparisons import find_comparisons
from clausebook.compare.matrix import compare_topics
from clausebook.findings.find import find_all
from clausebook.looks import Looks
from clausebook.model import Campaign, labels
from clausebook.model.dates import in_words
from clausebook.model.handbook import Handbook, Policy, Revision
from clausebook.model.text import render_prose
from clausebook.pages.prints import PrintDocument, matrix_prints, trust_prints
from clausebook.pages.rules import choose_rules
from clausebook.pages.templates import sentence
from clausebook.quizzes import TakenQuiz, take_quiz
from paper import write_pdf
from quiz_copies import copy_quizzes

ROOT = Path(__file__).parent.parent
TEMPLATES = Looks(ROOT)
TODAY = date(2026, 11, 20)
TRUSTS = ["archway", "att", "catholic", "laat", "lwlat"]
MATRICES = ["questions", "topics"]
FILES = [
    f"{trust}/downloads/social-media/{name}.pdf"
    for trust in TRUSTS
    for name in ("policy", "quick-guide", "quiz", "quiz-answers", "platform-leaflet", "acknowledgement-form")
]
FILES += [f"{trust}/downloads/policies.pdf" for trust in TRUSTS]
FILES += [f"downloads/{name}-matrix.pdf" for name in MATRICES]
AGAIN = [
    f"lwlat/downloads/social-media/{name}.pdf"
    for name in ("policy", "quick-guide", "quiz", "quiz-answers", "platform-leaflet", "acknowledgement-form")
]
AS_BARE = ["lwlat/downloads/policies.pdf", "downloads/topics-matrix.pdf"]
AS_BARE += [f"lwlat/downloads/social-media/{name}.pdf" for name in ("policy", "quiz", "acknowledgement-form")]
FILLED = 2000  # characters that about fill a page
HOSTILE = 'A"; } @import url(x); <b>'
TOP, FOOT = 60, 782  # points: where a policy's running header ends and its footer begins, on A4 upright


@pytest.fixture(scope="session")
def prints(handbook: Handbook) -> dict[str, PrintDocument]:
    findings = find_all(handbook, TODAY)
    found = [one for trust in handbook.trusts for one in trust_prints(trust, handbook, findings, TEMPLATES, TODAY)]
    return {one.path: one for one in [*found, *matrix_prints(handbook, TEMPLATES, TODAY)]}


@pytest.fixture(scope="session")
def pdfs(prints: dict[str, PrintDocument], tmp_path_factory) -> Path:
    """Every PDF, and below again/ some of them a second time, by processes that have made nothing else."""
    folder = tmp_path_factory.mktemp("pdfs")
    write_side_by_side(sorted(prints.values(), key=lambda one: -len(one.html)), folder)
    write_side_by_side([prints[path] for path in AGAIN], folder / "again")
    return folder


def write_side_by_side(prints: list[PrintDocument], folder: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for job in [
            pool.submit(write_pdf, one.html, TEMPLATES, folder / one.path, form=one.form, one_page=one.one_page)
            for one in prints
        ]:
            job.result()


def policy_of(handbook: Handbook, trust: str) -> Revision:
    return next(revision for revision in handbook.in_force if revision.trust == trust)


def trust_pdf(pdfs: Path, trust: str, name: str) -> Path:
    return pdfs / trust / "downloads" / "social-media" / f"{name}.pdf"


def read_pages(pdf: Path, *options: str) -> list[str]:
    """The text of each page; `options` are those of pdftotext."""
    done = subprocess.run(["pdftotext", *options, pdf, "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


def body_pages(pdf: Path) -> list[str]:
    """The text of each page without its running header and footer."""
    return read_pages(pdf, "-x", "0", "-y", str(TOP), "-W", "600", "-H", str(FOOT - TOP))


def squeeze(text: str) -> str:
    """The text without spaces and hyphens: where a line breaks does not matter then."""
    return "".join(text.replace("-", "").split())


def shown(text: str) -> str:
    """What a reader sees of text from YAML, squeezed."""
    return squeeze(html.unescape(re.sub(r"<[^>]+>", "", str(render_prose(text)))))


# Every file


def test_the_prints_are_these(prints: dict[str, PrintDocument]) -> None:
    assert sorted(prints) == sorted(FILES)


@pytest.mark.parametrize("file", FILES)
def test_passes_the_checks_of_pdf_ua_1(pdfs: Path, file: str) -> None:
    report = page_validation.validate_pdf(pdfs / file, profile="ua1")
    assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


@pytest.mark.parametrize("file", FILES)
def test_letters_are_embedded_and_ours(pdfs: Path, file: str) -> None:
    done = subprocess.run(["pdffonts", pdfs / file], capture_output=True, text=True, check=True)
    fonts = {line.split()[0].split("+")[-1]: line.split()[-5] for line in done.stdout.splitlines()[2:]}
    expected = {"Atkinson", "Atkinson-Bold"} | ({"Liberation-Sans"} if file.endswith("form.pdf") else set())
    assert set(fonts) - {"Atkinson-Italic", "Noto-Sans"} == expected, "Noto has what ours has not: the ă of Bărbulescu"
    assert set(fonts.values()) == {"yes"}


@pytest.mark.parametrize("file", FILES)
def test_a_screen_reader_finds_language_title_and_headings(pdfs: Path, handbook: Handbook, file: str) -> None:
    with pikepdf.open(pdfs / file) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        title = str(pdf.docinfo["/Title"])
        names = {trust.id: trust.record.name for trust in handbook.trusts}
        assert title.startswith(names.get(file.split("/", maxsplit=1)[0], "Staff policies, by "))
        kinds = [str(element.S) for element in elements(pdf)]
        levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H[1-6]", kind)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize(
    "file", [file for file in FILES if not file.endswith(("quick-guide.pdf", "quiz.pdf", "quiz-answers.pdf"))]
)
def test_every_cell_of_a_table_names_its_headers(pdfs: Path, file: str) -> None:
    with pikepdf.open(pdfs / file) as pdf:
        found = list(elements(pdf))
        headers = {str(element.ID) for element in found if element.S == "/TH"}
        cells = [element for element in found if element.S == "/TD"]
        assert cells
        for cell in cells:
            named = {str(name) for name in cell.A.Headers}
            assert named
            assert named <= headers


@pytest.mark.parametrize("file", AGAIN)
def test_the_same_input_gives_the_same_bytes_in_another_process(pdfs: Path, file: str) -> None:
    assert (pdfs / file).read_bytes() == (pdfs / "again" / file).read_bytes()


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """The elements of the structure tree, in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += reversed(list(one))
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            waiting += [one.K] if "/K" in one else []


# The policy


@pytest.mark.parametrize("file", AS_BARE)
def test_what_is_read_once_for_all_prints_gives_the_bytes_that_weasyprint_alone_gives(
    pdfs: Path, prints: dict[str, PrintDocument], file: str
) -> None:
    assert (pdfs / file).read_bytes() == by_weasyprint_alone(prints[file].html, form=prints[file].form)


@pytest.mark.parametrize(
    "style",
    [
        "<style>@counter-style x { system: cyclic; symbols: '§' } li { list-style: x }</style>",
        "<style>p { color: red }</style><style media=screen>p { color: blue; font-size: 40pt }</style>",
        "<style>p { color: red } #x { color: green }</style><style>p { color: blue; margin: 0 }</style>",
    ],
)
def test_styles_that_an_ejected_template_may_have_do_what_they_do_for_weasyprint_alone(style: str) -> None:
    page = f"<html lang=en><meta charset=utf-8><title>x</title>{style}<body><p style='margin: 9mm'>One<p id=x>Two<ul><li>Three</ul>"
    assert render_pdf(page, {}) == by_weasyprint_alone(page)


def by_weasyprint_alone(page: str, *, form: bool = False) -> bytes:
    folder = ROOT / "overrides" / "print"
    options = ["--quiet", "--base-url", f"{folder}/", "--pdf-variant", VARIANT, *(["--pdf-forms"] if form else [])]
    return subprocess.run(
        [sys.executable, "-m", "weasyprint", *options, "-", "-"],
        input=page.encode(), env=os.environ | {"SOURCE_DATE_EPOCH": "0"}, check=True, capture_output=True,
    ).stdout  # fmt: skip


@pytest.mark.parametrize("trust_id", TRUSTS)
def test_the_cover_says_what_the_document_is(pdfs: Path, handbook: Handbook, trust_id: str) -> None:
    revision, cover = policy_of(handbook, trust_id), read_pages(trust_pdf(pdfs, trust_id, "policy"), "-layout")[0]
    record = revision.record
    trust_name = next(trust.record.name for trust in handbook.trusts if trust.id == trust_id)
    seen = " ".join(cover.split())
    assert trust_name in seen
    assert record.title in seen
    assert "Restated by Clausebook." in seen
    assert "They are not the trust's wording." in seen
    assert revision.digest in cover
    assert record.source
    assert record.source.sha256 in cover
    for name in ("titled", "approved", "published", "effective", "review_due"):
        stated = getattr(record.dates, name)
        value = in_words(stated) if stated else "Not stated in the document"
        assert f"{sentence(labels.FACTS[name])} {value}" in seen
    assert f"Owner {record.owner or 'Not stated in the document'}" in seen
    assert f"Approved by {record.approved_by or 'Not stated in the document'}" in seen


def test_a_cover_says_that_the_review_is_overdue(pdfs: Path) -> None:
    cover = " ".join(read_pages(trust_pdf(pdfs, "att", "policy"))[0].split())
    assert "Review overdue. The review was due in September 2021. Overdue by 5 years" in cover


@dataclass(frozen=True)
class Heading:
    """A section's heading where it really stands: page and line, both from 0."""

    words: str
    page: int
    line: int
    is_last: bool


def find_headings(pdf: Path, revision: Revision) -> list[Heading]:
    """The headings of the sections in the body; a heading may take two lines."""
    wanted = [f"{part.record.number or ''} {part.record.heading}".strip() for part in revision.sections]
    wanted.append("Notes by Clausebook")
    found: list[Heading] = []
    for number, text in enumerate(body_pages(pdf)):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        for place, line in enumerate(lines) if number > 1 else ():
            both = " ".join([line, *lines[place + 1 : place + 2]])
            if len(found) < len(wanted) and wanted[len(found)] in (line, both):
                found.append(
                    Heading(
                        wanted[len(found)],
                        number,
                        place,
                        is_last=wanted[len(found)] in (lines[-1], both) and place + 2 >= len(lines),
                    )
                )
    assert [heading.words for heading in found] == wanted
    return found


@pytest.mark.parametrize("trust", TRUSTS)
def test_the_contents_lead_to_the_pages_where_the_headings_stand(pdfs: Path, handbook: Handbook, trust: str) -> None:
    pdf = trust_pdf(pdfs, trust, "policy")
    entries = re.findall(r"^ *(\S.*?)(?: \.)+ *(\d+)$", read_pages(pdf, "-layout")[1], re.MULTILINE)
    headings = find_headings(pdf, policy_of(handbook, trust))
    assert entries == [(heading.words, str(heading.page + 1)) for heading in headings]


@pytest.mark.parametrize("trust", TRUSTS)
def test_bookmarks_name_every_section(pdfs: Path, handbook: Handbook, trust: str) -> None:
    headings = find_headings(trust_pdf(pdfs, trust, "policy"), policy_of(handbook, trust))
    with pikepdf.open(trust_pdf(pdfs, trust, "policy")) as pdf, pdf.open_outline() as outline:
        [root] = outline.root
        assert root.title == policy_of(handbook, trust).record.title
        assert [child.title for child in root.children] == [
            "Contents",
            "How to read this copy",
            *(one.words for one in headings),
        ]
        places = [pikepdf.Page(child.destination[0]).index for child in root.children[2:]]
        assert places == [heading.page for heading in headings]


@pytest.mark.parametrize("trust_id", TRUSTS)
def test_header_and_footer_say_where_the_reader_is(pdfs: Path, handbook: Handbook, trust_id: str) -> None:
    pdf, revision = trust_pdf(pdfs, trust_id, "policy"), policy_of(handbook, trust_id)
    short_name = next(trust.record.short_name for trust in handbook.trusts if trust.id == trust_id)
    headers = read_pages(pdf, "-x", "0", "-y", "0", "-W", "600", "-H", str(TOP), "-layout")
    footers = read_pages(pdf, "-x", "0", "-y", str(FOOT), "-W", "600", "-H", "60", "-layout")
    headings = find_headings(pdf, revision)
    for number in range(2, len(headers)):
        before = [one for one in headings if one.page < number or (one.page == number and one.line == 0)]
        assert squeeze(headers[number]) == squeeze(short_name + before[-1].words)
        assert squeeze(footers[number]) == squeeze(
            f"{revision.record.title}, revision {revision.id}, restated {number + 1} of {len(headers)}"
        )


@pytest.mark.parametrize("trust", TRUSTS)
def test_nothing_is_torn_apart_by_the_end_of_a_page(pdfs: Path, handbook: Handbook, trust: str) -> None:
    pdf, revision = trust_pdf(pdfs, trust, "policy"), policy_of(handbook, trust)
    assert not [heading for heading in find_headings(pdf, revision) if heading.is_last]
    bodies = body_pages(pdf)
    for text in bodies[2:]:
        assert not re.match(r"\s*(Source line|Binds:|Our note)", text), "the end of a clause, apart from it"
        assert len(text.split()) > 25, "a page with next to nothing on it"


@pytest.mark.parametrize("trust", TRUSTS)
def test_every_clause_stands_whole_on_one_page_after_its_lead_in(pdfs: Path, handbook: Handbook, trust: str) -> None:
    bodies = [squeeze(text) for text in body_pages(trust_pdf(pdfs, trust, "policy"))]
    for clause in policy_of(handbook, trust).clauses:
        together = [shown(text) for text in (*clause.lead_in, clause.text)]
        assert any(stand_in_order(together, body) for body in bodies[2:]), clause.id


def stand_in_order(texts: list[str], page: str) -> bool:
    place = 0
    for text in texts:
        place = page.find(text, place)
        if place < 0:
            return False
        place += len(text)
    return True


@pytest.mark.parametrize("trust", TRUSTS)
def test_gaps_and_notes_are_printed(pdfs: Path, handbook: Handbook, trust: str) -> None:
    revision, everything = policy_of(handbook, trust), squeeze("".join(body_pages(trust_pdf(pdfs, trust, "policy"))))
    for gap in revision.record.gaps:
        assert shown(gap.says) + squeeze("Nothing is filled in: ask first.") in everything
    own = [found for found in find_all(handbook, TODAY) if found.trust == trust]
    assert own
    gathered = everything[everything.rindex("NotesbyClausebook") :]
    for found in own:
        assert squeeze(labels.KIND[found.kind]) in gathered
        assert squeeze(found.what) in gathered
        assert f"Noted{squeeze(in_words(found.noted))}." in gathered


# The quick guide


@pytest.mark.parametrize("trust", TRUSTS)
def test_the_quick_guide_is_one_page_that_a_wall_can_carry(pdfs: Path, trust: str) -> None:
    with pikepdf.open(trust_pdf(pdfs, trust, "quick-guide")) as pdf:
        assert [[round(float(side)) for side in one.mediabox] for one in pdf.pages] == [[0, 0, 595, 842]]
        sizes = sizes_of_text(pdf.pages[0])
    assert min(sizes) >= 8
    assert max(box.bottom for box in read_boxes(trust_pdf(pdfs, trust, "quick-guide"))[0]) > 0.85 * 842, (
        "it could be larger"
    )


@pytest.mark.parametrize("trust", TRUSTS)
def test_the_rules_of_the_quick_guide_can_be_read_from_two_metres(pdfs: Path, handbook: Handbook, trust: str) -> None:
    rule = choose_rules(policy_of(handbook, trust), handbook).first[0]
    words = {word.strip(".,:;") for word in rule.text.split() if word.strip(".,:;").isalpha() and len(word) > 6}
    heights = [
        box.bottom - box.top for box in read_boxes(trust_pdf(pdfs, trust, "quick-guide"))[0] if box.text in words
    ]
    assert heights
    with pikepdf.open(trust_pdf(pdfs, trust, "quick-guide")) as pdf:
        sizes = sizes_of_text(pdf.pages[0])
    assert [size for size in sizes if 16 <= size <= max(heights)], "capitals of 4 mm need 16 points"


def sizes_of_text(page: pikepdf.Page) -> set[float]:
    """The size in points of all letters of a page."""
    sizes, scales, scale, size = set(), [], 1.0, 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                scales.append(scale)
            case "Q":
                scale = scales.pop()
            case "cm":
                scale *= abs(float(operands[3]))
            case "Tf":
                size = float(operands[1])
            case "Tm":
                matrix = abs(float(operands[3]))
            case "Tj" | "TJ":
                sizes.add(round(size * matrix * scale, 2))
    return sizes


@pytest.mark.parametrize("trust", TRUSTS)
def test_the_poster_has_the_rules_of_the_page_each_with_its_lead_in(pdfs: Path, handbook: Handbook, trust: str) -> None:
    rules = choose_rules(policy_of(handbook, trust), handbook)
    text = squeeze(read_pages(trust_pdf(pdfs, trust, "quick-guide"), "-raw")[0])
    assert stand_in_order(["".join(map(shown, (*clause.lead_in, clause.text))) for clause in rules.first], text)
    assert text.count("contradictsitself") == sum(clause.id in rules.contradicted for clause in rules.first)
    assert squeeze(f"The policy has {len(rules.others)} more rules for staff.") in text
    assert squeeze("Not on this page? Read the policy, or ask first.") in text


@pytest.mark.parametrize("trust_id", TRUSTS)
def test_the_quick_guide_names_contacts_date_and_wording(pdfs: Path, handbook: Handbook, trust_id: str) -> None:
    revision, seen = (
        policy_of(handbook, trust_id),
        squeeze(read_pages(trust_pdf(pdfs, trust_id, "quick-guide"), "-raw")[0]),
    )
    for contact in next(trust.record.contacts for trust in handbook.trusts if trust.id == trust_id):
        assert squeeze(contact.role) + ":" + shown(contact.reach) in seen
    assert squeeze("Restated by Clausebook, not the trust's wording.") in seen
    stated = revision.record.dates.titled or revision.record.dates.approved
    assert squeeze(in_words(stated) if stated else "The policy has no date.") in seen


def test_the_poster_says_whom_more_rules_bind(pdfs: Path) -> None:
    seen = " ".join(read_pages(trust_pdf(pdfs, "att", "quick-guide"), "-raw")[0].split())
    assert "It has further rules for Parents and carers." in seen


def test_what_may_go_goes_before_a_single_page_becomes_unreadable(tmp_path: Path) -> None:
    kept = "<p>Kept, always.</p>"
    first, then = (f'<p class="{name}">{"word " * 4000}</p>' for name in ("may-go-first", "may-go"))
    write_pdf(
        document(kept + first + "<p class='may-go'>Stays here.</p>"), TEMPLATES, tmp_path / "1.pdf", one_page=FILLED
    )
    assert "".join(read_pages(tmp_path / "1.pdf")).split() == ["Kept,", "always.", "Stays", "here."]
    write_pdf(document(kept + first + then), TEMPLATES, tmp_path / "2.pdf", one_page=FILLED)
    assert "".join(read_pages(tmp_path / "2.pdf")).split() == ["Kept,", "always."]


def test_text_that_fits_on_no_page_goes_on_to_a_second(tmp_path: Path) -> None:
    write_pdf(document("<p>word</p>" * 200), TEMPLATES, tmp_path / "long.pdf", one_page=FILLED)
    with pikepdf.open(tmp_path / "long.pdf") as made:
        assert len(made.pages) > 1


def document(body: str) -> str:
    return f'<html lang="en-GB"><head><title>A test</title><style>p {{ margin: 1rem }}</style></head><body>{body}</body></html>'


# The form


@pytest.mark.parametrize("trust_id", TRUSTS)
def test_the_form_has_room_and_names_for_every_field(pdfs: Path, handbook: Handbook, trust_id: str) -> None:
    revision, trust = policy_of(handbook, trust_id), next(one for one in handbook.trusts if one.id == trust_id)
    with pikepdf.open(trust_pdf(pdfs, trust_id, "acknowledgement-form")) as pdf:
        assert len(pdf.pages) == 1
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        assert {name: str(field.TU) for name, field in fields.items()} == {
            "read": f"I have read the {trust.record.name} {revision.record.title} and I know who to ask if anything is unclear.",
            "person": "Full name", "place": "Role or academy", "date": "Date: day, month, year",
        }  # fmt: skip
        assert {name: str(field.FT) for name, field in fields.items()} == {
            "read": "/Btn",
            "person": "/Tx",
            "place": "/Tx",
            "date": "/Tx",
        }
        for name in ("person", "place", "date"):
            left, bottom, right, top = sorted_box(fields[name].Rect)
            assert top - bottom > 28, "10 mm within its frame, to write by hand"
            assert right - left > 400
    seen = read_pages(trust_pdf(pdfs, trust_id, "acknowledgement-form"))[0]
    for wanted in (revision.digest, revision.id, "Signature", "no law asks for it", "ask first"):
        assert squeeze(wanted) in squeeze(seen)


def sorted_box(rectangle: pikepdf.Array) -> tuple[float, float, float, float]:
    one, two, three, four = (float(side) for side in rectangle)
    return min(one, three), min(two, four), max(one, three), max(two, four)


# The matrices


@dataclass(frozen=True)
class Box:
    """A word and where it stands, in points from the top left."""

    left: float
    top: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def read_boxes(pdf: Path) -> list[list[Box]]:
    """The words of each page."""
    done = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True)
    word = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>')
    return [
        [Box(float(x), float(y), float(bottom), html.unescape(text)) for x, y, bottom, text in word.findall(one)]
        for one in done.stdout.split("<page ")[1:]
    ]


def read_matrix(pdf: Path, noun: str, names: list[str], groups: set[str]) -> list[list[str]]:
    """The rows of the tables of a matrix, cell by cell; a caption is a row of one cell."""
    rows: list[list[str]] = []
    for boxes in read_boxes(pdf):
        columns: list[float] = []
        for line in lines_of([box for box in boxes if 40 < box.top < 550]):
            seen = [box.text for box in line]
            if seen[0] == noun and " ".join(seen[1:]) == " ".join(names):
                starts = {name: name.split()[0] for name in names}
                columns = [next(box.left for box in line if box.text == starts[name]) for name in names]
                continue
            cells = [""] * (len(names) + 1)
            for box in line:
                place = sum(box.left > column - 2 for column in columns)
                cells[place] = f"{cells[place]} {box.text}".strip()
            if " ".join(seen) in groups:
                rows.append([" ".join(seen)])
            elif columns and all(cells):
                rows.append(cells)
            elif columns and rows:
                rows[-1] = [f"{one} {more}".strip() for one, more in zip(rows[-1], cells, strict=True)]
    return rows


def lines_of(boxes: list[Box]) -> list[list[Box]]:
    lines: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box.middle):
        if lines and box.middle - lines[-1][-1].middle < 2.5:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [sorted(line, key=lambda box: box.left) for line in lines]


@pytest.fixture(scope="session")
def names(handbook: Handbook) -> list[str]:
    return [trust.record.short_name for trust in handbook.trusts]


def tables(handbook: Handbook, *, asked: bool = False) -> list[str]:
    """The captions of a matrix's tables: each group of each comparison, and with `asked` only those that have questions."""
    return [
        f"{one.label}: {group.label}" for one in find_comparisons(handbook) for group in one.groups
        if not asked or {topic.id for topic in one.topics_in(group)} & {question.topic for question in one.questions}
    ]  # fmt: skip


def test_the_matrix_of_questions_has_every_answer_of_every_trust(
    pdfs: Path, handbook: Handbook, names: list[str]
) -> None:
    rows = read_matrix(
        pdfs / "downloads" / "questions-matrix.pdf", "Question", names, set(tables(handbook, asked=True))
    )
    asked = {row[0]: row[1:] for row in rows if len(row) > 1}
    assert len(asked) == sum(len(one.questions) for one in find_comparisons(handbook)) > 51
    for question in (question for one in find_comparisons(handbook) for question in one.questions):
        positions = [revision.record.positions.get(question.id) for revision in handbook.in_force]
        waiting = [
            "Not looked at yet" if question.topic in one.covers else "Not stated not dealt with"
            for one in handbook.in_force
        ]
        expected = [
            labels.said(question, one.answer).replace("(", "").replace(")", "")
            + (" contradicts itself" if one.conflict else "")
            if one
            else otherwise
            for one, otherwise in zip(positions, waiting, strict=True)
        ]
        assert asked[question.ask] == expected


def test_the_matrix_of_topics_has_the_forces_of_every_trust(pdfs: Path, handbook: Handbook, names: list[str]) -> None:
    rows = read_matrix(pdfs / "downloads" / "topics-matrix.pdf", "Topic", names, set(tables(handbook)))
    told = {row[0]: row[1:] for row in rows if len(row) > 1}
    assert len(told) == sum(len(one.topics) for one in find_comparisons(handbook)) >= 45
    for row in (row for one in find_comparisons(handbook) for row in compare_topics(handbook, one)):
        expected = [
            f"{', '.join(labels.FORCE[force] for force in cell.forces)} ({len(cell.clauses)})" if cell.clauses
            else labels.UNSAID[cell.unsaid]
            for cell in row.cells
        ]  # fmt: skip
        assert told[row.topic.label] == expected


@pytest.mark.parametrize(("name", "noun"), [("questions", "Question"), ("topics", "Topic")])
def test_a_matrix_is_landscape_and_keeps_its_tables_whole(
    pdfs: Path, handbook: Handbook, names: list[str], name: str, noun: str
) -> None:
    pdf = pdfs / "downloads" / f"{name}-matrix.pdf"
    captioned = tables(handbook, asked=name == "questions")
    rows = read_matrix(pdf, noun, names, set(captioned))
    with pikepdf.open(pdf) as opened:
        assert {tuple(round(float(side)) for side in one.mediabox) for one in opened.pages} == {(0, 0, 842, 595)}
        kinds = [str(element.S) for element in elements(opened)]
        captions = [row for row in rows if len(row) == 1]
        assert (
            kinds.count("/Table") == kinds.count("/Caption") == kinds.count("/THead") == len(captions) == len(captioned)
        )
        assert kinds.count("/TR") == len(rows), "a row for each, one of headers for each table, and none in two halves"
        with opened.open_outline() as outline:
            assert [child.title for child in outline.root[0].children] == captioned
    for one in read_pages(pdf):
        lines = [line for line in one.splitlines() if line.strip()]
        headers = [place for place, line in enumerate(lines) if line.split()[0] == noun]
        assert headers
    for earlier, later in pairwise(rows):
        assert (len(earlier), len(later)) != (1, 1), "a title without its table"


# What must not come in


def test_hostile_names_are_printed_as_text(handbook: Handbook, tmp_path: Path) -> None:
    trust = next(one for one in handbook.trusts if one.id == "lwlat")
    revision = trust.in_force[0]
    record = revision.record.model_copy(update={"title": HOSTILE, "owner": "</style><script>x</script>"})
    named = trust.record.model_copy(update={"name": HOSTILE, "short_name": HOSTILE})
    hostile = replace(
        trust, record=named, policies=(Policy(revision.policy, replace(revision, record=record), (), None),)
    )
    made = trust_prints(hostile, replace(handbook, trusts=(hostile,)), (), TEMPLATES, TODAY)
    made += matrix_prints(replace(handbook, trusts=(hostile,)), TEMPLATES, TODAY)
    for one in made:
        assert "<b>" not in one.html
        assert "<script>" not in one.html
        style = one.html[one.html.index("<style>") : one.html.index("</style>")]
        assert "@import" not in style
    policy = next(one for one in made if one.path.endswith("/policy.pdf"))
    write_pdf(policy.html, TEMPLATES, tmp_path / policy.path)
    pages = read_pages(tmp_path / policy.path)
    assert squeeze(pages[0]).count(squeeze(HOSTILE)) == 2, "trust and title"
    assert squeeze("</style><script>x</script>") in squeeze(pages[0])
    assert squeeze(pages[1]).count(squeeze(HOSTILE)) == 2, "header and footer"
    assert squeeze(f"{HOSTILE}, revision {revision.id}, restated 2 of {len(pages)}") in squeeze(pages[1])


# Where they cannot be made


@pytest.fixture(scope="session")
def without_pango(tmp_path_factory) -> dict[str, str]:
    """An environment in which the system's own loader finds a file called Pango that is no library."""
    shadow = tmp_path_factory.mktemp("shadow")
    (shadow / "libpango-1.0.so.0").write_text("not a library")
    return {**os.environ, "PYTHONPATH": str(ROOT), "LD_LIBRARY_PATH": str(shadow)}


@pytest.fixture
def small_handbook(tmp_path: Path) -> Path:
    folder = tmp_path / "handbook"
    for name in ("content", "overrides", "trusts/lwlat"):
        shutil.copytree(ROOT / name, folder / name)
    copy_quizzes(folder, ["lwlat"])
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("the last good site")
    return folder


def build(handbook_folder: Path, environment: dict[str, str], *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "clausebook", "build", "--quiet", "--as-of", "2026-11-20", *options]
    return subprocess.run(command, cwd=handbook_folder, env=environment, capture_output=True, text=True, check=False)


def test_without_pango_one_line_says_what_to_install(small_handbook: Path, without_pango: dict[str, str]) -> None:
    done = build(small_handbook, without_pango)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "clausebook: PDFs need the system library Pango: run `apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
        "libharfbuzz-subset0 fonts-liberation fonts-noto-core fonts-noto-cjk`, or build without them with --no-pdf\n"
    )
    assert [path.name for path in (small_handbook / "site").iterdir()] == ["index.html"]
    assert (small_handbook / "site" / "index.html").read_text() == "the last good site"
    assert not (small_handbook / "build").exists()


def test_without_pango_a_site_without_pdfs_is_built(small_handbook: Path, without_pango: dict[str, str]) -> None:
    done = build(small_handbook, without_pango, "--no-pdf")
    assert (done.returncode, done.stderr) == (0, "")
    assert (small_handbook / "site" / "lwlat" / "social-media" / "index.html").is_file()
    assert not list((small_handbook / "site").rglob("*.pdf"))


# The quiz


@pytest.mark.parametrize("trust", TRUSTS)
def test_a_printed_quiz_asks_first_and_answers_on_a_sheet_of_its_own(
    pdfs: Path, handbook: Handbook, trust: str
) -> None:
    quiz = quiz_of(handbook, trust)
    asked, answered = (squeeze("".join(read_pages(trust_pdf(pdfs, trust, name)))) for name in ("quiz", "quiz-answers"))
    for number, one in enumerate(quiz.first_draw, 1):
        assert squeeze(f"{number}.") + shown(one.question.scenario or one.question.ask) in asked
        assert squeeze(f"{number}.") + shown(one.question.scenario or one.question.ask) in answered, "the same question"
        assert all(shown(option.text) in asked for option in one.options)
        assert all(shown(option.text) in answered for option in one.options if option.is_right)
        assert all(shown(clause.text) in answered for clause in one.clauses)
    assert not [
        one.id for one in quiz.first_draw for basis in one.bases if basis.because and shown(basis.because) in asked
    ]


def test_a_sealed_quiz_on_paper_has_no_answers(handbook: Handbook, tmp_path: Path) -> None:
    trust = next(one for one in handbook.trusts if one.id == "att")
    campaign = Campaign.model_validate({
        "id": "2026-27", "policies": ["social-media"], "roles": ["staff"], "due": "2026-12-31", "statement": "I have read it.",
        "quiz": "sealed", "receipts": {"mail": "hr@example.org"}, "on_expiry": "We ask again.",
    })  # fmt: skip
    sealed = next(
        one
        for one in trust_prints(replace(trust, campaigns=(campaign,)), handbook, (), TEMPLATES, TODAY)
        if one.path.endswith("/quiz.pdf")
    )
    write_pdf(sealed.html, TEMPLATES, tmp_path / "quiz.pdf")
    text = squeeze("".join(read_pages(tmp_path / "quiz.pdf")))
    quiz = quiz_of(handbook, "att")
    assert squeeze("Hand this in. HR marks it.") in text
    assert "Answersheet" not in text
    assert all(shown(one.question.ask) in text for one in quiz.first_draw)
    assert not [clause.id for one in quiz.first_draw for clause in one.clauses if shown(clause.text) in text]


def quiz_of(handbook: Handbook, trust_id: str) -> TakenQuiz:
    trust = next(one for one in handbook.trusts if one.id == trust_id)
    quiz = take_quiz(trust, trust.in_force[0], handbook)
    assert quiz
    return quiz
