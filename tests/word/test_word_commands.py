"""The commands of those who work in Word, as HR types them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import yaml
from click.testing import CliRunner, Result

from clausebook.check.walk import walk_clauses
from clausebook.cli import cli
from clausebook.model import Item, RevisionRecord
from word import tampered as does
from word.played import Edit, add_after, add_picture, remove, remove_figure, retype, reword, together
from word.word_files import W, parts_of, png, words_of, xml_of

STARTER = Path(__file__).parents[2] / "generator/clausebook/starter"
Command = Callable[..., Result]


@pytest.fixture
def handbook_folder(tmp_path: Path) -> Path:
    return shutil.copytree(STARTER, tmp_path / "handbook")


@pytest.fixture
def run(handbook_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)
    return lambda *words, told=None: CliRunner().invoke(cli, [*words, "--handbook", str(handbook_folder)], input=told)


def test_word_writes_a_file_that_says_what_it_is_of(run: Command, tmp_path: Path) -> None:
    said = run("word", "larkhill-example", "grievance")
    assert said.output == "Wrote larkhill-example-grievance-2025-01.docx.\n"
    made = (tmp_path / "larkhill-example-grievance-2025-01.docx").read_bytes()
    assert "Grievance procedure" in words_of(xml_of(made))


def test_a_drawing_is_shown_as_a_picture(run: Command, tmp_path: Path, handbook_folder: Path) -> None:
    """Word shows no SVG that an old reader would show, too."""
    drawing = handbook_folder / "trusts/larkhill-example/grievance/files/the-way-of-a-grievance.svg"
    shutil.copy(drawing, handbook_folder / "trusts/larkhill-example/logo.svg")
    run("word", "larkhill-example", "grievance", "-o", "made.docx")
    pictures = [raw for name, raw in parts_of((tmp_path / "made.docx").read_bytes()).items() if "media" in name]
    assert [raw[:4] for raw in pictures] == [b"\x89PNG"]


def test_word_makes_the_draft_where_there_is_one(run: Command) -> None:
    assert "social-media-2026-09.docx" in run("word", "larkhill-example", "social-media").output
    assert "social-media-2024-09.docx" in run("word", "larkhill-example", "social-media", "2024-09").output


def test_a_revision_that_is_not_there_is_said_so(run: Command) -> None:
    said = run("word", "larkhill-example", "social-media", "2024-10")
    assert said.exit_code == 2
    assert "did you mean 2024-09?" in said.output


def test_the_changes_since_a_revision_come_as_tracked_ones(run: Command, tmp_path: Path) -> None:
    said = run("word", "larkhill-example", "social-media", "--from", "2025-09")
    assert said.output == "Wrote larkhill-example-social-media-2026-09-changes-from-2025-09.docx.\n"
    made = (tmp_path / "larkhill-example-social-media-2026-09-changes-from-2025-09.docx").read_bytes()
    assert [words_of(one) for one in xml_of(made).iter(f"{W}ins")]
    assert run("word", "larkhill-example", "social-media", "--from", "2026-09").exit_code == 2


MADE = "larkhill-example-grievance-2025-01.docx"
TAKE = ("take", MADE, "--trust", "larkhill-example", "--policy", "grievance", "--revision", "2027-01")
DRAFT = "trusts/larkhill-example/grievance/2027-01.yml"


def clauses_at(path: Path) -> dict[str, Item]:
    """Each clause and item of a revision's file by its id."""
    value = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return {written.item.id: written.item for written in walk_clauses(RevisionRecord.model_validate(value))}


@pytest.fixture
def edited(run: Command, tmp_path: Path) -> Callable[[Edit], None]:
    """A Word file of the grievance procedure in the folder, which somebody edits."""
    run("word", "larkhill-example", "grievance")

    def edit(what: Edit) -> None:
        document = docx.Document(str(tmp_path / MADE))
        what(document)
        document.save(str(tmp_path / MADE))

    return edit


def test_take_shows_what_changed_and_writes_only_after_a_yes(
    run: Command, edited: Callable[[Edit], None], handbook_folder: Path
) -> None:
    edited(together(reword("final", "The panel decides for good."), remove("other-day"), does.track_words("together", "Several", "Some"), add_after("support", "HR must tell both sides of it."), does.comment("support", "Who pays?")))  # fmt: skip
    said = run(*TAKE, told="n\n").output
    for words in (
        "[-What the-]{+The+} panel decides [-is final-]{+for good+}.",
        "Clause 3.2.4 was removed.",
        "Clause 3.2.5 is now 3.2.4.",
        "Clause 5.4: force must, topics support-and-wellbeing.",
        "Jane Smith, 30 November 2026, in Clause 3.1.4: took out “Several”",
        "in Clause 5.3 about “The trust must offer both sides its counselling service, and a named person in HR to ask.”: Who pays?",
        "The answer to the question `companion-postpones` rested on clauses that are gone, and is taken out: answer it again.",
        "2 paragraphs of the revision were changed or taken out without being tracked.",
        "Nothing was written.",
    ):
        assert words in said
    assert not (handbook_folder / DRAFT).exists()
    assert f"Wrote {DRAFT}." in run(*TAKE, told="y\n").output
    written = (handbook_folder / DRAFT).read_text(encoding="utf-8")
    assert "replaces: 2025-01" in written
    assert "The panel decides for good." in written


def test_take_brings_a_picture_that_somebody_put_in(
    run: Command, edited: Callable[[Edit], None], handbook_folder: Path
) -> None:
    """Of the two below one clause the first: a clause shows one picture."""
    first, second = png(40, 20), png(20, 40)
    edited(
        together(
            add_picture("final", second),
            add_picture("final", first),
            add_picture("support", png(9, 9), "The way to HR"),
        )
    )
    said = run(*TAKE, told="y\n").output
    assert "someone put in a picture: write what it says, for whoever cannot see it." in said
    assert said.count("“a picture”") == 1  # that was not taken
    assert f"Wrote {DRAFT}. Then: clausebook review" in said
    draft = clauses_at(handbook_folder / DRAFT)
    figures = {name: draft[name].figure for name in ("final", "support")}
    assert [one.alternative for one in figures.values() if one] == [
        "To be written: what this picture says.",
        "The way to HR",
    ]
    assert draft["final"].doubts == ("Write what its picture says, for whoever cannot see it.",)
    files = handbook_folder / "trusts/larkhill-example/grievance/files"
    assert [(files / one.file).read_bytes() for one in figures.values() if one] == [first, png(9, 9)]
    assert "Write what its picture says" in run("check").output


def test_take_puts_a_picture_in_the_place_of_another(
    run: Command, edited: Callable[[Edit], None], handbook_folder: Path
) -> None:
    edited(together(add_picture("the-way", png(9, 9)), remove_figure))
    run(*TAKE, told="y\n")
    figure = clauses_at(handbook_folder / DRAFT)["the-way"].figure
    assert figure
    assert figure.file.endswith(".png")
    assert figure.alternative.startswith("First you talk")
    assert figure.caption == "From the first talk to the last decision"


def test_take_of_a_file_that_nobody_edited_writes_nothing(
    run: Command, edited: Callable[[Edit], None], handbook_folder: Path
) -> None:
    edited(lambda _: None)
    said = run(*TAKE, "--yes")
    assert (said.exit_code, said.output) == (0, f"{MADE} says what 2025-01 says: nothing was written.\n")
    assert not (handbook_folder / DRAFT).exists()


def test_take_asks_what_it_cannot_know_and_with_yes_refuses(
    run: Command, edited: Callable[[Edit], None], handbook_folder: Path
) -> None:
    edited(retype("final", "No further step can be taken inside the trust after this stage."))
    refused = run(*TAKE, "--yes")
    assert refused.exit_code == 1
    assert "Before: 4.3 What the panel decides is final." in refused.output
    asked = run(*TAKE, told="1\ny\n")
    assert "1  4.3 No further step can be taken inside the trust after this stage." in asked.output
    assert "id: final\n" in (handbook_folder / DRAFT).read_text(encoding="utf-8")


def test_take_goes_into_the_draft_that_there_is(run: Command, tmp_path: Path, handbook_folder: Path) -> None:
    run("word", "larkhill-example", "social-media", "-o", "made.docx")
    document = docx.Document(str(tmp_path / "made.docx"))
    reword("privacy-settings", "Staff should hide their posts.")(document)
    document.save(str(tmp_path / "made.docx"))
    said = run("take", "made.docx", "--trust", "larkhill-example", "--policy", "social-media", "--yes")
    path = "trusts/larkhill-example/social-media/2026-09.yml"
    assert f"Wrote {path}." in said.output
    assert "Staff should hide their posts." in (handbook_folder / path).read_text(encoding="utf-8")


def test_take_refuses_the_file_of_another_policy_and_one_that_is_no_word_file(
    run: Command, edited: Callable[[Edit], None], tmp_path: Path
) -> None:
    edited(lambda _: None)
    said = run("take", MADE, "--trust", "larkhill-example", "--policy", "whistleblowing")
    assert said.exit_code == 2
    assert "was made of another policy: say --trust larkhill-example --policy grievance" in said.output
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    old = run("take", "old.doc", "--trust", "larkhill-example", "--policy", "grievance")
    assert old.exit_code == 1
    assert ".docx" in old.output


def test_take_says_so_where_the_file_is_another_document(run: Command, tmp_path: Path, handbook_folder: Path) -> None:
    other = docx.Document()
    other.add_paragraph("Menu of the week")
    other.add_paragraph("1. Soup on Monday")
    other.save(str(tmp_path / "menu.docx"))
    said = run(
        "take", "menu.docx", "--trust", "larkhill-example", "--policy", "grievance", "--revision", "2027-01", "--yes"
    )
    assert said.exit_code == 1
    assert "This file is not that policy: hardly any of its clauses were found in it." in said.output
    assert not (handbook_folder / DRAFT).exists()
