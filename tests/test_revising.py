"""From one year to the next: revise, diff, confirm and adopt, as an HR officer meets them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clausebook.check.library import read_handbook
from quiz_copies import copy_quizzes

if TYPE_CHECKING:
    from conftest import Clausebook

ROOT = Path(__file__).parent.parent
OLD = "trusts/sample/social-media/2024-01.yml"
NEW = "trusts/sample/social-media/2026-09.yml"
POLICY = ("sample", "social-media")


@pytest.fixture
def revise(handbook_folder: Path, clausebook: Clausebook):
    """Begin a draft, with comments in the file that it comes from; gives the handbook."""
    old = handbook_folder / OLD
    old.write_text(old.read_text().replace("    clauses:\n", "    clauses: # the heart of it\n", 1))
    done = clausebook("revise", *POLICY, "2026-09", "--as-of", "2026-06-01", "--handbook", handbook_folder)
    assert done.returncode == 0, done.stderr
    return handbook_folder


def edit(handbook_folder: Path, name: str, old: str, new: str) -> None:
    path = handbook_folder / name
    text = path.read_text()
    assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new))


def test_a_draft_keeps_all_but_what_is_of_one_revision(revise: Path) -> None:
    old, new = (revise / OLD).read_text(), (revise / NEW).read_text()
    assert "status: draft\nreplaces: 2024-01\n" in new
    assert '- {date: 2026-06-01, says: "Draft begun from 2024-01."}' in new
    assert "titled: 2026-09" in new
    kept = old[old.index("sections:") :]
    assert "# the heart of it" in kept
    assert kept in new
    handbook, problems = read_handbook(revise)
    assert problems == []
    assert handbook.trusts[0].policies[0].draft.id == "2026-09"


def test_a_draft_changes_nothing_that_is_published(revise: Path) -> None:
    handbook, _ = read_handbook(revise)
    assert [revision.id for revision in handbook.in_force] == ["2024-01"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sample", "social-media", "2027-01"), "there is a draft already: trusts/sample/social-media/2026-09.yml"),
        (("smaple", "social-media", "2027-01"), "there is no trust 'smaple'; did you mean sample?"),
        (("sample", "social-medai", "2027-01"), "did you mean social-media?"),
    ],
)
def test_what_cannot_be_revised_is_said(revise: Path, clausebook: Clausebook, arguments, said: str) -> None:
    done = clausebook("revise", *arguments, "--handbook", revise)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("new_id", "said"),
    [
        ("2023-09", "2023-09 is earlier than 2024-01"),
        ("2024-01", "2024-01.yml is there already"),
        ("Autumn 2026", "cannot be part of an address"),
        ("../2026", "cannot be part of an address"),
    ],
)
def test_an_id_that_cannot_be(handbook_folder: Path, clausebook: Clausebook, new_id: str, said: str) -> None:
    done = clausebook("revise", *POLICY, new_id, "--handbook", handbook_folder)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert not (handbook_folder / NEW).exists()


def test_a_year_from_draft_to_force(revise: Path, clausebook: Clausebook) -> None:
    edit(revise, NEW, "Staff must not be in touch", "Staff must never be in touch")

    done = clausebook("diff", *POLICY, "--handbook", revise)
    assert "Staff must [-not-]{+never+} be in touch" in done.stdout
    assert "1 clause changed" in done.stdout
    told = json.loads(clausebook("diff", *POLICY, "--format", "json", "--handbook", revise).stdout)
    assert [(one["clause"], one["kind"], one["material"]) for one in told["changes"]] == [
        ("no-contact", "reworded", True)
    ]

    refused = clausebook("adopt", *POLICY, "--effective", "2026-09-01", "--answers-read", "--handbook", revise)
    assert refused.returncode == 1
    assert "P411 the change `reworded:no-contact` waits for a decision" in refused.stderr
    assert "status: in-force" in (revise / OLD).read_text()
    assert "status: draft" in (revise / NEW).read_text()

    assert clausebook("confirm-changes", *POLICY, "--handbook", revise).returncode == 0
    doubtful = clausebook("adopt", *POLICY, "--effective", "2026-09-01", "--handbook", revise)
    assert doubtful.returncode == 2
    assert "their reasons are as they were" in doubtful.stderr
    assert "The answer to" in doubtful.stderr
    done = clausebook("adopt", *POLICY, "--effective", "2026-09-01", "--answers-read", "--handbook", revise)
    assert done.returncode == 0, done.stderr
    assert "run clausebook quiz review sample social-media" in done.stdout
    assert [problem.code for problem in read_handbook(revise)[1]] == ["P810"], "the quiz was read against the old words"
    assert clausebook("quiz", "review", *POLICY, "--yes", "--handbook", revise).returncode == 0
    handbook, problems = read_handbook(revise)
    assert problems == []
    policy = handbook.trusts[0].policies[0]
    assert policy.in_force.id == "2026-09"
    assert policy.in_force.record.dates.effective == "2026-09-01"
    assert [one.record.digest for one in policy.past] == [one.digest for one in policy.past]

    assert policy.in_force.record.digest == policy.in_force.digest
    edit(revise, NEW, "line manager.", "manager.")
    problem = clausebook("check", "--handbook", revise)
    assert "P414 the text of 2026-09 is not the one that was put in force" in problem.stdout
    assert "P411" not in problem.stdout, "one mistake is told once"
    edit(revise, NEW, "their manager.", "their line manager.")
    edit(revise, OLD, "line manager.", "manager.")
    problem = clausebook("check", "--handbook", revise)
    assert "P414 the text of 2024-01 is not the one that was put in force" in problem.stdout


def test_a_decision_holds_for_the_wording_that_it_was_made_for(revise: Path, clausebook: Clausebook) -> None:
    edit(revise, NEW, "Staff must not be in touch", "Staff must never be in touch")
    clausebook("confirm-changes", *POLICY, "--handbook", revise)
    edit(revise, NEW, "material: true", "material: false")
    assert "P413" in clausebook("check", "--handbook", revise).stdout
    edit(revise, NEW, "material: false", 'because: "It says the same.", material: false')
    assert clausebook("check", "--handbook", revise).returncode == 0

    edit(revise, NEW, "Staff must never be in touch", "Staff must never ever be in touch")
    said = clausebook("check", "--handbook", revise).stdout
    assert "P412 the wording of `no-contact` has changed since `reworded:no-contact` was decided" in said
    clausebook("confirm-changes", *POLICY, "--handbook", revise)
    assert clausebook("check", "--handbook", revise).returncode == 0
    assert "material: true" in (revise / NEW).read_text()

    edit(revise, NEW, "Staff must never ever be in touch", "Staff must not be in touch")
    assert (
        "P412 the change `reworded:no-contact` is no longer there" in clausebook("check", "--handbook", revise).stdout
    )
    clausebook("confirm-changes", *POLICY, "--handbook", revise)
    assert "changes: []" in (revise / NEW).read_text()


def test_a_decision_that_still_holds_is_kept_with_its_reason(revise: Path, clausebook: Clausebook) -> None:
    edit(revise, NEW, "Staff must not be in touch", "Staff must never be in touch")
    clausebook("confirm-changes", *POLICY, "--handbook", revise)
    edit(revise, NEW, "material: true", 'because: "It says: the same.", material: false')
    edit(revise, NEW, "Staff may stay in touch with pupils", "Staff may be in touch with pupils")
    clausebook("confirm-changes", *POLICY, "--handbook", revise)
    handbook, problems = read_handbook(revise)
    assert problems == []
    decided = {one.change: one for one in handbook.trusts[0].policies[0].draft.record.changes}
    assert (decided["reworded:no-contact"].material, decided["reworded:no-contact"].because) == (
        False,
        "It says: the same.",
    )
    assert decided["reworded:relatives"].material


def test_an_old_id_for_a_new_clause_is_flagged(revise: Path, clausebook: Clausebook) -> None:
    edit(
        revise,
        NEW,
        "Staff may stay in touch with pupils of their own family.",
        "Parking permits may be had at the office on Mondays.",
    )
    clausebook("confirm-changes", *POLICY, "--handbook", revise)
    said = clausebook("check", "--handbook", revise).stdout
    assert "P415 the id `relatives` seems to be used for another clause" in said
    assert "give the new clause an id of its own" in said


def test_a_comma_asks_nobody(revise: Path, clausebook: Clausebook) -> None:
    edit(
        revise,
        NEW,
        "Staff must not be in touch with a pupil through",
        "Staff must not be in touch with a pupil, through",
    )
    edit(revise, NEW, 'number: "1.3"', 'number: "1.4"')
    assert "no one signs again" in clausebook("diff", *POLICY, "--handbook", revise).stdout
    assert clausebook("adopt", *POLICY, "--effective", "2026-09-01", "--handbook", revise).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [((), "nothing says from when it holds"), (("--effective", "2999-09-01"), "it is to hold from 2999-09-01, and until then the text before it does")],
)  # fmt: skip
def test_a_text_is_not_put_in_force_before_its_day(revise: Path, clausebook: Clausebook, arguments, said: str) -> None:
    done = clausebook("adopt", *POLICY, *arguments, "--handbook", revise)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert "status: draft" in (revise / NEW).read_text()


def written(handbook_folder: Path) -> dict[Path, bytes]:
    """All that somebody wrote: what build/ keeps for the next run is not theirs."""
    return {
        path: path.read_bytes()
        for path in handbook_folder.rglob("*")
        if path.is_file() and path.relative_to(handbook_folder).parts[0] != "build"
    }


def test_nothing_is_half_written(revise: Path, clausebook: Clausebook) -> None:
    edit(revise, NEW, "Staff must not be in touch", "Staff must never be in touch")
    before = written(revise)
    assert (
        clausebook("adopt", *POLICY, "--effective", "2026-09-01", "--answers-read", "--handbook", revise).returncode
        == 1
    )
    assert written(revise) == before


LAYOUTS = {
    "no dates": ("dates: {titled: 2024-01, review_due: 2099-01}\n", "dates: {}\n"),
    "history in brackets": ("binds: [staff]\n", 'binds: [staff]\nhistory: [{says: "See item # 3"}, {date: 2023-01, says: First.}]\n'),
    "history without an indent": ("binds: [staff]\n", "binds: [staff]\nhistory:\n- says: First.\n"),
    "a comment beside the dates": ("dates: {titled: 2024-01, review_due: 2099-01}\n", "dates: {titled: 2024-01, review_due: 2099-01} # as printed\n"),
    "dates over two lines": ("dates: {titled: 2024-01, review_due: 2099-01}\n", "dates: {titled: 2024-01,\n  review_due: 2099-01}\n"),
    "quoted names": ("binds: [staff]\n", '"related": [E-safety policy]\n"binds": [staff]\n'),
    "not stated below each other": (
        "not_stated: [approved, published, effective, approved_by, owner]\n",
        "not_stated:\n  - approved\n  - published\n  - effective\n  - approved_by\n  - owner\n",
    ),
    "Windows": ("\n", "\r\n"),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_year_in_any_layout(handbook_folder: Path, clausebook: Clausebook, layout: str) -> None:
    old, new = LAYOUTS[layout]
    text = (handbook_folder / OLD).read_text()
    assert old in text
    text = text.replace(old, new)
    if layout == "no dates":
        text = text.replace("not_stated: [", "not_stated: [titled, review_due, ")
    (handbook_folder / OLD).write_bytes(text.encode())
    before = read_handbook(handbook_folder)[0].in_force[0].record

    assert clausebook("revise", *POLICY, "2026-09", "--handbook", handbook_folder).returncode == 0
    assert clausebook("adopt", *POLICY, "--effective", "2026-09-01", "--handbook", handbook_folder).returncode == 0
    policy = read_handbook(handbook_folder)[0].trusts[0].policies[0]
    past, now = policy.past[0].record, policy.in_force.record
    kept = {"status", "digest"}
    assert past.model_dump(exclude=kept) == before.model_dump(exclude=kept), "a past text stays as it was"
    new_ones = {"status", "replaces", "digest", "dates", "version", "not_stated"}
    assert now.model_dump(exclude=new_ones) == before.model_dump(exclude=new_ones)
    assert (now.dates.titled, now.dates.effective) == ("2026-09", "2026-09-01")
    assert (b"\r\n" in (handbook_folder / NEW).read_bytes()) == (layout == "Windows")


def test_a_history_keeps_the_layout_that_its_author_gave_it(handbook_folder: Path, clausebook: Clausebook) -> None:
    old, new = LAYOUTS["history without an indent"]
    path = handbook_folder / OLD
    path.write_text(path.read_text().replace(old, new))
    assert (
        clausebook("revise", *POLICY, "2026-09", "--as-of", "2026-09-01", "--handbook", handbook_folder).returncode == 0
    )
    lines = (handbook_folder / NEW).read_text().splitlines()
    begin = lines.index("history:")
    assert lines[begin + 1].startswith("# - {date: 2026-09-01, says: ")
    assert lines[begin + 2].startswith("- says: ")


def test_comments_above_what_a_draft_does_not_take_over_stay(handbook_folder: Path, clausebook: Clausebook) -> None:
    old = handbook_folder / OLD
    old.write_text(
        '# yaml-language-server: $schema=x.json\n# by: HR\nversion: "1.0"\n'
        + old.read_text().replace('version: "1.0"\n', "")
    )
    assert clausebook("revise", *POLICY, "2026-09", "--handbook", handbook_folder).returncode == 0
    assert (handbook_folder / NEW).read_text().startswith("# yaml-language-server: $schema=x.json\n# by: HR\n")


@pytest.mark.parametrize("trust", ["archway", "att", "catholic", "laat", "lwlat"])
def test_each_of_the_real_five_can_be_revised(tmp_path: Path, clausebook: Clausebook, trust: str) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    copy_quizzes(tmp_path, [trust])
    shutil.copytree(ROOT / "trusts" / trust, tmp_path / "trusts" / trust)
    done = clausebook("revise", trust, "social-media", "2027-01", "--handbook", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "0 clauses changed" in clausebook("diff", trust, "social-media", "--handbook", tmp_path).stdout
    assert (
        clausebook("adopt", trust, "social-media", "--effective", "2026-01-10", "--handbook", tmp_path).returncode == 0
    )
    assert clausebook("check", "--handbook", tmp_path).stdout == "no problems\n"


def test_what_was_approved_is_not_taken_over(revise: Path) -> None:
    draft = read_handbook(revise)[0].trusts[0].policies[0].draft.record
    assert draft.version is None
    assert draft.history == ()
    assert "# version: 1.0 in the revision before" in (revise / NEW).read_text()


PAST_ALONE = """title: Whistleblowing policy
status: superseded
wording: verbatim
binds: [staff]
sections:
  - id: all
    heading: All
    clauses:
      - {id: speak-up, modality: must, topics: [pupils], text: Staff must speak up.}
"""
BROKEN_ELSEWHERE = {
    "another trust's file is no YAML": ("trusts/other/social-media/2025.yml", "title: [never closed\n"),
    "another trust has no trust.yml": ("trusts/other/social-media/2025.yml", "title: Social media policy\n"),
    "another policy of the trust lacks fields": ("trusts/sample/whistleblowing/2026.yml", "title: Whistleblowing policy\n"),
    "another policy has a past text alone": ("trusts/sample/whistleblowing/2026.yml", PAST_ALONE),
    "another policy's quiz": ("quizzes/whistleblowing.yml", "title: A quiz\nquestions: nonsense\n"),
    "who acknowledges what": ("trusts/sample/acknowledgements.yml", "campaigns: nonsense\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN_ELSEWHERE)
def test_what_is_wrong_elsewhere_is_not_in_the_way(revise: Path, clausebook: Clausebook, name: str) -> None:
    file, text = BROKEN_ELSEWHERE[name]
    (revise / file).parent.mkdir(parents=True, exist_ok=True)
    (revise / file).write_text(text)
    assert clausebook("check", "--handbook", revise).returncode == 1, "it is a problem of the handbook"
    edit(revise, NEW, "Staff must not be in touch", "Staff must never be in touch")
    told = clausebook("diff", *POLICY, "--handbook", revise)
    assert (told.returncode, told.stderr) == (0, "")
    assert "1 clause changed" in told.stdout
    done = clausebook("confirm-changes", *POLICY, "--handbook", revise)
    assert done.returncode == 0, done.stderr
    done = clausebook("adopt", *POLICY, "--effective", "2026-09-01", "--answers-read", "--handbook", revise)
    assert done.returncode == 0, done.stderr
    assert "status: in-force" in (revise / NEW).read_text()
    assert (revise / file).read_text() == text


@pytest.mark.parametrize("file", [OLD, NEW, "content/subjects/online.yml", "trusts/sample/trust.yml"])
def test_what_is_wrong_in_what_is_read_is_shown_and_nothing_else(
    revise: Path, clausebook: Clausebook, file: str
) -> None:
    (revise / "trusts/other/social-media").mkdir(parents=True)
    (revise / "trusts/other/social-media/2025.yml").write_text("title: [never closed\n")
    (revise / file).write_text((revise / file).read_text() + "nonsense: true\n")
    for command in ("diff", "confirm-changes", "adopt"):
        done = clausebook(command, *POLICY, "--handbook", revise)
        assert done.returncode == 1
        assert "`nonsense` is not a field" in done.stderr
        assert "1 problem\n" in done.stderr
        assert "trusts/other" not in done.stderr


def test_a_new_id_alone_is_counted_and_not_told_line_by_line(revise: Path, clausebook: Clausebook) -> None:
    text = (revise / NEW).read_text()
    start, end = text.index("sections:"), text.index("positions:")
    ids = re.findall(r"\bid: ([a-z-]+)", text[start:end])
    assert len(ids) > 2
    for name in ids:
        text = re.sub(rf"(?<![\w-]){name}(?![\w-])", f"{name}-typed-afresh", text)
    (revise / NEW).write_text(text)
    edit(revise, NEW, "Staff must not be in touch", "Staff must never be in touch")
    told = clausebook("diff", *POLICY, "--handbook", revise).stdout
    assert told.count("Reworded") == 1
    assert "new address" not in told
    assert f"1 clause changed. {len(ids) - 1} clauses have a new id and the same words." in told
    as_json = json.loads(clausebook("diff", *POLICY, "--format", "json", "--handbook", revise).stdout)
    assert (as_json["count"], as_json["new_ids"]) == (1, len(ids) - 1)


def test_a_heading_and_the_title_wait_for_a_decision(revise: Path, clausebook: Clausebook) -> None:
    heading = re.search(r"    heading: (.+)", (revise / NEW).read_text())[1]
    edit(revise, NEW, f"heading: {heading}\n", "heading: No one is ever in touch\n")
    edit(revise, NEW, "title: Social media policy\nstatus", "title: Social media and messaging policy\nstatus")
    told = clausebook("diff", *POLICY, "--handbook", revise).stdout
    assert "1. Title changed" in told
    assert "Social media {+and messaging +}policy" in told
    assert f"The heading “{heading}” is now “No one is ever in touch”." in told
    refused = clausebook("adopt", *POLICY, "--effective", "2026-09-01", "--answers-read", "--handbook", revise)
    assert "P411 the change `title:title` waits for a decision" in refused.stderr
    assert refused.stderr.count("P411") == 2
    assert clausebook("confirm-changes", *POLICY, "--handbook", revise).returncode == 0
    done = clausebook("adopt", *POLICY, "--effective", "2026-09-01", "--answers-read", "--handbook", revise)
    assert done.returncode == 0, done.stderr
