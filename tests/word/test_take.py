"""Edits of a Word file, each told rightly when the file comes back: what somebody did, and to which clause."""

from __future__ import annotations

import random
import time
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from clausebook.check.library import read_handbook
from clausebook.edit.take.returned import read_returned
from clausebook.edit.take.taking import take_back
from clausebook.export.word import Pictures, render_policy
from clausebook.model.handbook import Handbook, Revision, Trust
from clausebook.model.text import as_read, paragraphs_of
from clausebook.model.word_identity import word_medium
from word import tampered as does
from word.played import (
    STARTER,
    Edit,
    Played,
    add_after,
    add_before,
    add_row,
    add_section,
    as_level,
    bold,
    cell,
    copy_after,
    join,
    move_after,
    move_block,
    play,
    remove,
    remove_column,
    remove_paragraph,
    remove_row,
    remove_table,
    replace,
    retype,
    revision_of_text,
    reword,
    set_words,
    shuffle,
    split,
    take,
    text_of,
    together,
    type_number,
    unmark,
    words_of_paragraph,
)
from word.word_files import W, convert, png

DAY = date(2026, 11, 21)
ROOT = Path(__file__).parents[2]
FIRST_AIDER = "Staff may also talk to a mental health first aider of their school."
ITEM = "what-was-tried"
JOINED = ["joined:ask-for-mediation+nobody-made-to-mediate>ask-for-mediation"]
SPLIT = ["split:what-it-rests-on>what-it-rests-on+not-term-anyones-contract"]


def copy_and_reword(document) -> None:
    copy_after("support", "nobody-made-to-mediate")(document)
    first = next(one for one in document.paragraphs if one.text.startswith("The trust must offer both sides"))
    set_words(first, "The trust must offer both sides a mediator, and a named person in HR to ask.")


EDITS: dict[str, tuple[Edit, list[str]]] = {
    "nothing": (lambda _: None, []),
    # words
    "words of a clause": (reword("within-three-months", "Staff should write within six months of what happened, while people still remember it."), ["reworded:within-three-months"]),
    "a lead-in": (reword("in-writing", "Staff who go on must write to the head of school and say:"), ["reworded:in-writing"]),
    "an item": (reword(ITEM, "what you and your manager have tried; and"), [f"reworded:{ITEM}"]),
    "a comma": (reword("final", "What the panel decides, is final."), ["editorial:final"]),
    "the force": (replace("talk-to-manager", "should", "must"), ["stricter:talk-to-manager"]),
    "words after a list": (words_of_paragraph("HR helps", "HR and your union help whoever finds this hard to write."), ["reworded:in-writing"]),
    "bold": (bold("nobody-made-to-mediate", "must not"), ["editorial:nobody-made-to-mediate"]),
    "a whole clause typed anew in its place": (reword("final", "No further step can be taken inside the trust after this stage."), ["reworded:final"]),
    "typed over, and the bookmark is gone": (retype("new-panel", "The trust must have each appeal heard by three governors who had no earlier part in the grievance."), ["reworded:new-panel"]),
    "a heading": (reword("talking-first", "Talk first"), ["heading:talking-first"]),
    "a heading below a heading": (reword("raising-it", "How to raise it"), ["heading:raising-it"]),
    "the title": (reword("cb-title", "Grievance policy"), ["title:title"]),
    "the alternative of a figure": (words_of_paragraph("Figure:", "Figure: First you talk, then you write, then you appeal."), ["reworded:the-way"]),
    "several at once": (
        together(replace("talk-to-manager", "should", "must"), add_after("final", "The panel must write within five days."), remove("support"), move_after("together", "final"), cell(1, 1, 2, "4")),
        ["added:panel-write-within-five-days", "moved:together", "removed:support", "reworded:time-limits", "stricter:talk-to-manager"],
    ),
    # added
    "a clause behind one": (add_after("another-manager", FIRST_AIDER), ["added:staff-also-talk-mental-health"]),
    "a clause before one, which keeps its id": (add_before("another-manager", FIRST_AIDER), ["added:staff-also-talk-mental-health"]),
    "a clause before one that is edited, too": (
        together(replace("another-manager", "any other manager", "another manager"), add_before("another-manager", FIRST_AIDER)),
        ["added:staff-also-talk-mental-health", "reworded:another-manager"],
    ),
    "a clause before the first of its section": (add_before("appeal-in-writing", "The trust must tell staff how to appeal in its letter."), ["added:trust-tell-staff-how-appeal"]),
    "a clause at the end of the section": (add_after("nobody-made-to-mediate", "The trust must pay for the mediator."), ["added:trust-pay-mediator"]),
    "an item more": (add_after("what-happened", "who else knows of it;"), ["added:else-knows"]),
    "an item before the first": (add_before("what-happened", "your name and your school;"), ["added:name-school"]),
    "a section": (
        add_section("unions-consulted", "How we look after it", "The board must review this procedure every two years.", "HR must publish it on the intranet."),
        ["added:board-review-procedure-every-two", "added:hr-publish-intranet"],
    ),
    "a copy, whose first stays the clause": (copy_after("support", "nobody-made-to-mediate"), ["added:trust-offer-both-sides-counselling"]),
    "a copy that is reworded": (copy_and_reword, ["added:trust-offer-both-sides-mediator"]),
    # removed
    "a clause taken out": (remove("final"), ["removed:final"]),
    "an item taken out": (remove(ITEM), [f"removed:{ITEM}"]),
    "two clauses taken out": (remove("support", "invented"), ["removed:invented", "removed:support"]),
    "a section taken out": (remove("appeal", "appeal-in-writing", "new-panel", "final"), ["removed:appeal-in-writing", "removed:final", "removed:new-panel"]),
    "a figure taken out": (remove_paragraph("Figure:"), ["reworded:the-way"]),
    # moved
    "moved within its section": (move_after("ask-for-mediation", "talk-to-manager"), ["moved:ask-for-mediation"]),
    "moved to another section": (move_after("support", "nobody-made-to-mediate"), ["moved:support"]),
    "moved and reworded": (together(replace("support", "counselling service", "listening service"), move_after("support", "nobody-made-to-mediate")), ["moved:support", "reworded:support"]),
    "moved, and the bookmark is gone": (together(move_after("support", "nobody-made-to-mediate"), unmark("support")), ["moved:support"]) ,
    "an item moved": (move_after("what-happened", ITEM), [f"moved:{ITEM}"]),
    "a section moved": (move_block("around-it", 6, "wrongdoing-elsewhere"), [f"moved:{name}" for name in ("invented", "no-bad-treatment", "support", "unions-consulted", "with-discipline")]),
    "an item becomes a clause": (as_level("what-would-help", 1, 2, "Clause"), ["moved:what-would-help", "reworded:in-writing", "reworded:what-would-help"]),
    "an item one level further in": (as_level(ITEM, 2, 1, "List Paragraph"), [f"moved:{ITEM}", f"reworded:{ITEM}"]),
    # split, joined
    "Enter within a clause": (split("what-it-rests-on", "It is not a term"), SPLIT),
    "the sign between two clauses taken out": (join("ask-for-mediation", "nobody-made-to-mediate"), JOINED),
    "the sign between two items taken out": (join("what-happened", ITEM), [f"joined:what-happened+{ITEM}>{ITEM}"]),
    # numbers
    "the same number typed": (type_number("final", "4.3"), []),
    "another number typed": (type_number("final", "4.9"), ["renumbered:final"]),
    # tables
    "a cell": (cell(1, 1, 2, "5"), ["reworded:time-limits"]),
    "a cell of the header": (cell(1, 0, 2, "Working days"), ["reworded:time-limits"]),
    "a row more": (add_row(1, 1, "Name of the investigator", "Headteacher", "5"), ["reworded:time-limits"]),
    "a row less": (remove_row(1, 2), ["reworded:time-limits"]),
    "a column less": (remove_column(1, 1), ["reworded:time-limits"]),
    "a table less": (remove_table(1), ["reworded:time-limits"]),
    "a caption": (words_of_paragraph("Time limits, in", "Time limits, in school days"), ["reworded:time-limits"]),
    # what somebody tracks
    "words, tracked": (does.track_words("within-three-months", "three", "six"), ["reworded:within-three-months"]),
    "a paragraph deleted, tracked": (does.track_paragraph("final", "del"), ["removed:final"]),
    "a paragraph put in, tracked": (does.add_tracked("final", "The panel must write within five days."), ["added:panel-write-within-five-days"]),
    "the sign of a paragraph deleted, tracked": (does.track_join("ask-for-mediation"), JOINED),
    "a move, tracked": (does.track_move("support", "nobody-made-to-mediate"), ["moved:support"]),
    "an insertion that another deleted": (does.inserted_then_deleted("final"), []),
    "a comment": (does.comment("final", "Is this lawful?"), []),
    "a comment on words put in": (does.comment_on_inserted("final", " Really.", "Is it?"), ["reworded:final"]),
    # what programs put around it
    "a control around a run": (does.control_around_run("final"), []),
    "a control around a paragraph": (does.control_around_paragraph("final"), []),
    "a control around a row": (does.control_around_row(1, 2), []),
    "a control around a cell": (does.control_around_cell(1, 2, 1), []),
    "one number for bookmarks and changes": (together(does.track_words("final", "final", "the end"), does.one_id_for_all), ["reworded:final"]),
}  # fmt: skip
WAS_HIDDEN = "text: Staff should set their own accounts so that only people they have chosen can see their posts."
GONE = {"removed", "joined"}


@pytest.fixture(scope="module")
def starter() -> Handbook:
    handbook, _ = read_handbook(STARTER)
    assert handbook
    return handbook


@pytest.fixture(scope="module")
def trust(starter: Handbook) -> Trust:
    return starter.trusts[0]


@pytest.fixture(scope="module")
def old(trust: Trust) -> Revision:
    return trust.policy("grievance").current


@pytest.fixture(scope="module")
def made(trust: Trust, old: Revision) -> bytes:
    return render_policy(trust, old, DAY)


def told(played: Played) -> list[str]:
    """The changes, without clauses whose numbers Word counted on, and without what follows from a change of force."""
    counted = [one for one in played.changes if not one.startswith(("binds-", "looser:", "stricter:"))]
    forces = [one for one in played.changes if one.startswith(("looser:", "stricter:")) and ">" not in one]
    is_joined = any(one.startswith("joined:") for one in counted)
    return sorted([*counted, *([] if is_joined else forces)])


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_told_rightly_and_no_id_is_lost(name: str, tmp_path: Path, made: bytes, old: Revision) -> None:
    edit, expected = EDITS[name]
    played = play(tmp_path, made, old, edit)
    changes = told(played)
    if not any(change.startswith("renumbered:") for change in expected):  # by Word, of what comes after
        changes = [change for change in changes if not change.startswith("renumbered:")]
    assert changes == sorted(expected)
    assert not played.taken.alignment.questions
    gone = {
        one
        for change in expected
        if change.split(":")[0] in GONE
        for one in change.split(":", 1)[1].split(">")[0].split("+")
    }
    assert set(old.by_id) - set(played.new.by_id) <= gone
    assert played.taken.left_out == ()


def test_what_nobody_touched_stays_to_the_byte_comments_and_all(tmp_path: Path, trust: Trust) -> None:
    """All that Word does not show: topics, roles, what everybody must know, comments, positions, history."""
    revision = trust.policy("social-media").draft
    assert revision
    made = render_policy(trust, revision, DAY)
    played = play(
        tmp_path,
        made,
        revision,
        together(
            reword("privacy-settings", "Staff should hide their posts."),
            add_after("who-is-covered", "Governors are told so."),
        ),
    )
    before, after = text_of(revision).splitlines(), played.taken.text.splitlines()
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    gone = [line.strip() for what, a, b, _, _ in steps if what != "equal" for line in before[a:b]]
    assert gone == ['number: "1.3"', 'number: "1.4"', 'number: "1.5"', 'number: "1.6"', WAS_HIDDEN]


def test_every_policy_comes_back_from_libreoffice_as_it_went(tmp_path: Path, trust: Trust) -> None:
    """Opened and saved by another program: the same text to the byte."""
    (tmp_path / "saved").mkdir()
    revisions = {policy.id: policy.revisions[0] for policy in trust.policies}
    for name, revision in revisions.items():
        (tmp_path / f"{name}.docx").write_bytes(render_policy(trust, revision, DAY))
    convert(tmp_path, "docx:MS Word 2007 XML", *revisions, into=tmp_path / "saved")
    for name, revision in revisions.items():
        played = take(tmp_path / "saved" / f"{name}.docx", revision)
        assert played.taken.text == text_of(revision), name
        assert played.taken.doubts == played.taken.left_out == ()


@pytest.mark.parametrize("saved_by", [does.as_google_docs, does.as_word_on_the_web, does.as_plain])
def test_every_policy_comes_back_from_other_programs_as_it_went(tmp_path: Path, trust: Trust, saved_by) -> None:
    for policy in trust.policies:
        revision, path = policy.revisions[0], tmp_path / f"{policy.id}.docx"
        path.write_bytes(saved_by(render_policy(trust, revision, DAY)))
        played = take(path, revision)
        assert played.taken.text == text_of(revision), policy.id
        assert played.taken.doubts == played.taken.left_out == ()


OF_OTHERS = ["words of a clause", "a clause behind one", "a clause before one that is edited, too", "a clause taken out", "moved to another section", "Enter within a clause",
             "the sign between two clauses taken out", "a cell", "several at once", "an item before the first", "a section taken out"]  # fmt: skip


@pytest.mark.parametrize("saved_by", [does.as_google_docs, does.as_word_on_the_web, does.as_plain])
@pytest.mark.parametrize("name", OF_OTHERS)
def test_an_edit_is_told_rightly_whatever_program_saved_it(
    name: str, tmp_path: Path, made: bytes, old: Revision, saved_by
) -> None:
    """Without bookmarks, styles and our own part: by words, numbers and places."""
    edit, expected = EDITS[name]
    play(tmp_path, made, old, edit)
    path = tmp_path / "edited.docx"
    path.write_bytes(saved_by(path.read_bytes()))
    played = take(path, old)
    assert [one for one in told(played) if not one.startswith("renumbered:")] == sorted(expected)
    assert not played.taken.alignment.questions


def test_a_clause_that_could_be_two_things_is_asked_about(tmp_path: Path, made: bytes, old: Revision) -> None:
    edit = retype("final", "No further step can be taken inside the trust after this stage.")
    asked = play(tmp_path, made, old, edit)
    (question,) = asked.taken.alignment.questions
    assert question.part.of == "final"
    assert [line.text for line in question.lines] == ["No further step can be taken inside the trust after this stage."]
    assert play(tmp_path, made, old, edit, {"final": 0}).changes == ["reworded:final"]
    assert play(tmp_path, made, old, edit, {"final": None}).changes == [
        "added:further-step-taken-inside-trust",
        "removed:final",
    ]


def test_words_in_a_text_box_are_taken_once_and_told(tmp_path: Path, made: bytes, old: Revision) -> None:
    played = play(tmp_path, made, old, does.text_box("final", "Beware of this."))
    assert played.text_of("final") == "What the panel decides is final.\n\nBeware of this."
    assert [name for name, _ in played.taken.doubts] == ["final"]


def test_a_new_clause_has_an_id_from_its_words_and_what_a_program_can_guess(
    tmp_path: Path, made: bytes, old: Revision
) -> None:
    new = play(
        tmp_path, made, old, add_after("support", "The trust must not read the notes of the counselling service.")
    ).new
    clause = new.by_id["trust-not-read-notes-counselling"]
    assert (clause.modality, clause.topics) == ("must-not", ("support-and-wellbeing",))
    assert (
        "modality" in next(one for part in new.record.sections for one in part.clauses if one.id == clause.id).suggested
    )


def test_links_stay_where_their_words_do(tmp_path: Path, made: bytes, old: Revision) -> None:
    edit = replace("wrongdoing-elsewhere", "Wrongdoing that is", "A wrong that is")
    document = play(tmp_path, made, old, edit)
    assert document.text_of("wrongdoing-elsewhere").startswith(
        "A wrong that is not about your own job belongs under the [whistleblowing policy](policy:whistleblowing),"
    )


def test_answers_that_rested_on_what_is_gone_are_taken_out_and_told(tmp_path: Path, made: bytes, old: Revision) -> None:
    played = play(tmp_path, made, old, remove("other-day"))
    assert played.taken.answers_gone == ("companion-postpones",)
    assert played.new.record.positions["hearing-companion"].clauses == ("bring-somebody",)


def test_the_table_of_facts_is_taken_back(tmp_path: Path, made: bytes, old: Revision) -> None:
    played = play(
        tmp_path, made, old, together(cell(0, 1, 1, "2.0"), cell(0, 6, 1, "8 March 2027"), cell(0, 5, 1, "soon"))
    )
    assert played.new.record.version == "2.0"
    assert played.new.record.dates.effective == "2027-03-08"
    assert played.taken.unread == ("date of publication: “soon” is no date, such as 4 January 2027",)


def test_a_file_without_its_numbers_keeps_those_of_the_revision(tmp_path: Path, made: bytes, old: Revision) -> None:
    def edit(document) -> None:
        for numbered in list(
            document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}numPr")
        ):
            numbered.getparent().remove(numbered)

    played = play(tmp_path, made, old, edit)
    assert played.taken.lost_numbers
    assert played.changes == []


def test_who_changed_what_is_read_and_where(tmp_path: Path, made: bytes, old: Revision) -> None:
    played = play(
        tmp_path,
        made,
        old,
        together(does.track_words("final", "final", "the end"), does.comment("support", "Who pays?")),
    )
    assert [(one.author, one.kind, one.text) for one in played.returned.document.changes] == [
        ("Jane Smith", "removed", "final"),
        ("Jane Smith", "inserted", "the end"),
    ]
    (comment,) = played.returned.document.comments
    assert (comment.text, played.taken.names[comment.place.line]) == ("Who pays?", "support")


def test_a_link_to_a_clause_that_is_gone_becomes_its_words(tmp_path: Path, trust: Trust, old: Revision) -> None:
    text = text_of(old).replace(
        "What the panel decides is final.", '"What [the panel](#new-panel) decides is final, see [support](#support)."'
    )
    linked = revision_of_text(text, old)
    played = play(tmp_path, render_policy(trust, linked, DAY), linked, remove("new-panel"), text=text)
    assert played.text_of("final") == "What the panel decides is final, see [support](#support)."
    assert played.taken.unlinked == ("final",)


def test_a_row_that_somebody_adds_to_the_history_is_taken_back(tmp_path: Path, trust: Trust) -> None:
    revision = trust.policy("social-media").draft
    assert revision
    edit = add_row(1, 0, "4.1", "20 November 2026", "HR", "Comments of the unions.")
    played = play(tmp_path, render_policy(trust, revision, DAY), revision, edit)
    first, *others = played.new.record.history
    assert (first.revision, first.date, first.author, first.says) == (
        "4.1",
        "2026-11-20",
        "HR",
        "Comments of the unions.",
    )
    assert tuple(others) == revision.record.history


def test_what_is_pasted_from_elsewhere_cannot_make_the_file_say_something_else(
    tmp_path: Path, made: bytes, old: Revision
) -> None:
    """Words that look like fields of our files are words."""
    hostile = (
        '"}], modality: may\n  - id: x # [a](javascript:ran()) {{ 7 * 7 }} <script>ran()</script> \N{BULLET} *a* **b'
    )
    played = play(tmp_path, made, old, reword("final", hostile.replace("\n", " ")))
    assert played.text_of("final").startswith('"}], modality: may - id: x #')
    assert played.changes == ["reworded:final"]


def test_seventy_clauses_come_back_in_less_than_three_seconds(tmp_path: Path, handbook: Handbook) -> None:
    revision = max(handbook.in_force, key=lambda one: len(one.clauses))
    assert len(revision.clauses) > 70
    (tmp_path / "made.docx").write_bytes(render_policy(handbook.trust(revision.trust), revision, DAY))
    text = (ROOT / f"trusts/{revision.trust}/{revision.policy}/{revision.id}.yml").read_text(encoding="utf-8")
    trust, begun = handbook.trust(revision.trust), time.perf_counter()
    medium = word_medium(trust.address, revision.policy)
    taken = take_back(
        read_returned(tmp_path / "made.docx"), text, revision.record, revision.record, (), medium, {}, trust.record.name
    )
    assert time.perf_counter() - begun < 3
    assert taken.text == text


@pytest.mark.parametrize("seed", range(25))
def test_no_heap_of_edits_breaks_it(seed: int, tmp_path: Path, made: bytes, old: Revision) -> None:
    """Paragraphs removed, moved, copied, emptied, given another style at random: a draft or questions come of it, and never a fault."""
    played = play(tmp_path, made, old, lambda document: shuffle(document, random.Random(seed)))
    ids = [clause.id for clause in played.new.clauses]
    assert len(set(ids)) == len(ids)
    shown = {
        line.read
        for line in played.returned.lines((old.record,))
        if line.block.kind in ("heading", "item") and line.read
    }
    told = {as_read(words) for clause in played.new.clauses for words in paragraphs_of(clause.text)}
    told |= {as_read(part.record.heading) for part in played.new.sections} | {as_read(played.new.record.title)}
    left = {line.read for line in played.taken.left_out}
    assert shown <= told | left


@pytest.mark.parametrize("around", ["run", "paragraph", "nothing"])
def test_a_picture_stays_the_figure_also_in_a_control(around: str, tmp_path: Path, trust: Trust, old: Revision) -> None:
    figure = old.by_id["the-way"].structures.figure
    assert figure
    shown = render_policy(trust, old, DAY, Pictures({figure.file: png(40, 20)}))

    def edit(document) -> None:
        run = next(document.element.body.iter(f"{W}drawing")).getparent()
        if around != "nothing":
            does.control_around(run if around == "run" else run.getparent())

    assert play(tmp_path, shown, old, edit).taken.text == text_of(old)
