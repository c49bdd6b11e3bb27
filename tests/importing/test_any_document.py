"""Whatever blocks a document has, in whatever order: a draft can be made of them, and no word of theirs is lost."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clausebook.edit.importers.account import account_for
from clausebook.edit.importers.blocks import Block, Cell, Document, Look, Picture, Place
from clausebook.edit.importers.outline.build import build_draft
from clausebook.edit.importers.readers.drawings import Chart, Point, chart_blocks, diagram_blocks
from clausebook.edit.importers.revision import Suggester, make_revision, source_of
from clausebook.edit.importers.suggestions.topics import TopicFinder
from clausebook.edit.importers.written import written
from clausebook.load import parse_document
from clausebook.model import RevisionRecord
from importing.documents import PNG

WORDS = ("Staff", "must", "not", "share", "keys:", "Purpose", "1 May 2026", "unless", "Version", "Approved by", "Contents", "the", "following:", "Appendix A", "and",
         "£25.", "“Key” means a key.", "______", "☐ yes", "a*b*c", "[x](y)", "DON'T", "iPads", "Ŵ", "\n", "42", "page 3", "e.g.", "?", ";")  # fmt: skip
MARKS = (
    "",
    "",
    "",
    "1.",
    "2.",
    "1.1",
    "1.1.1",
    "7.2.",
    "1.0",
    "(a)",
    "b)",
    "i.",
    "(iv)",
    "•",
    "-",
    "o",
    "A1",
    "4.1a",
    "1 –",
    "§",
    "Step 1:",
)
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(lambda words: " ".join(words).strip())
looks = st.builds(
    Look, bold=st.booleans(), size=st.sampled_from([None, 11.0, 16.0]), indent=st.sampled_from([0.0, 18.0, 36.0])
)
plain = st.builds(
    Block, kind=st.sampled_from(["heading", "paragraph", "item", "item", "paragraph", "furniture"]), place=st.just(Place(1)), text=texts,
    mark=st.sampled_from(MARKS), level=st.sampled_from([None, 0, 1, 2, 5]), look=looks, reason=st.just("the foot of each page"),
)  # fmt: skip
cells = st.builds(
    Cell,
    blocks=st.lists(plain.filter(lambda block: block.kind != "furniture"), max_size=2).map(tuple),
    columns=st.sampled_from([1, 1, 2]),
)
tables = st.lists(st.lists(cells, min_size=1, max_size=3).map(tuple), min_size=1, max_size=4).map(
    lambda rows: Block("table", Place(1), rows=tuple(rows))
)
long = st.integers(1, 5).map(
    lambda times: Block("paragraph", Place(1), "All staff must keep this in mind, whatever they do. " * 40 * times)
)
lines = texts.map(lambda text: " ".join(text.split()))
rows = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(lines, min_size=width, max_size=width).map(tuple), max_size=4).map(tuple)
)
charts = st.builds(Chart, title=lines, rows=rows, others=st.lists(lines, max_size=2).map(tuple)).map(
    lambda chart: list(chart_blocks(chart, Place(1)))
)
points = st.builds(
    Point, text=st.one_of(lines, st.just("They tell the office at once. " * 90)), level=st.integers(0, 3)
)
diagrams = st.lists(points, max_size=4).map(lambda found: list(diagram_blocks(found, Place(1))))
pictures = st.sampled_from([PNG, b"EMF", b""]).map(
    lambda data: [Block("figure", Place(1), picture=Picture("a.emf", data, "What it says"))]
)
single = st.one_of(plain, plain, plain, tables, long).map(lambda block: [block])
documents = st.lists(st.one_of(single, single, single, charts, diagrams, pictures), max_size=25).map(
    lambda found: [block for blocks in found for block in blocks]
)


def placed(blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks, each at a line of its own, as readers give them."""
    line = 0

    def at(block: Block) -> Block:
        nonlocal line
        line += 1
        place = Place(line)
        rows = tuple(
            tuple(Cell(tuple(at(one) for one in cell.blocks), cell.columns) for cell in row) for row in block.rows
        )
        return block.as_kind(block.kind, place=place, rows=rows)

    return tuple(at(block) for block in blocks)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_a_draft_can_be_made_of_it_and_nothing_is_lost(blocks: list[Block]) -> None:
    document = Document("docx", placed(blocks))
    draft = build_draft(document, "A policy")
    if not draft.sections:
        return
    suggester = Suggester(TopicFinder((), ("scope",), frozenset()), frozenset({"staff"}), frozenset(), ())
    made = make_revision(draft, document, suggester, source_of("a.docx", "0" * 64, document, draft.title))
    record = RevisionRecord.model_validate(made.fields)
    lost = [one.block for one in account_for(document, draft, record, made.ids) if one.where == "lost"]
    assert not lost
    read, problems = parse_document("draft.yml", written(made.fields).encode())
    assert not problems
    assert read is not None
    assert RevisionRecord.model_validate(read.value) == record
