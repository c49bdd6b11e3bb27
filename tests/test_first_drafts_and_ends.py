"""A policy's beginning, as a draft beside others that are in force, and its end: it is withdrawn, and its pages stay."""

from __future__ import annotations

import html
import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clausebook.check.library import read_handbook
from clausebook.findings.find import find_all
from clausebook.findings.reviews import find_reviews

if TYPE_CHECKING:
    from conftest import Clausebook

DAY = date(2026, 11, 21)
NEW = "trusts/sample/whistleblowing/2026-12.yml"
TEXT = """title: Whistleblowing policy
status: {status}
wording: verbatim
{more}binds: [staff]
sections:
  - id: speaking-up
    number: "1"
    heading: Speaking up
    clauses:
      - {{id: speak-up, number: "1.1", modality: {modality}, topics: [pupils, friend-requests, passwords], text: "You {modality} speak up, A & B."}}
positions:
  pupil-connection: {{answer: silent, searched: [connect, friend]}}
  report-request: {{answer: silent, searched: [request, friend]}}
  change-passwords: {{answer: silent, searched: [password, sign in]}}
"""
CONSULTATION = (
    "consultation: {opens: 2026-11-02, closes: 2026-12-04, comments_to: hr@example.org, about: What do you think?}\n"
)


def write(handbook_folder: Path, revision: str, status: str, more: str = "", modality: str = "must") -> Path:
    path = handbook_folder / f"trusts/sample/whistleblowing/{revision}.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(TEXT.format(status=status, more=more, modality=modality))
    return path


def check(clausebook: Clausebook, handbook_folder: Path) -> str:
    return clausebook("check", "--handbook", handbook_folder).stdout


@pytest.fixture
def begun(handbook_folder: Path) -> Path:
    """A new policy that is out for consultation, beside the one in force."""
    write(handbook_folder, "2026-12", "consultation", CONSULTATION)
    return handbook_folder


@pytest.fixture
def ended(handbook_folder: Path) -> Path:
    """A policy that had two texts, and was withdrawn."""
    write(handbook_folder, "2019-01", "superseded", "dates: {approved: 2019-01-10, review_due: 2020-01}\n", "should")
    write(
        handbook_folder,
        "2021-01",
        "withdrawn",
        "replaces: 2019-01\ndates: {approved: 2021-01-10, review_due: 2022-01}\n",
    )
    return handbook_folder


def build(handbook_folder: Path, clausebook: Clausebook, *more: str) -> Path:
    done = clausebook("build", "--quiet", "--no-pdf", "--as-of", DAY, *more, "--handbook", handbook_folder)
    assert done.returncode == 0, done.stderr
    return handbook_folder / "site" / "sample"


def words(page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text[text.index("<body") :])).split())


def test_a_new_policy_begins_as_a_draft_beside_others(begun: Path, clausebook: Clausebook) -> None:
    assert check(clausebook, begun) == "no problems\n"
    assert "no draft" not in clausebook("diff", "sample", "social-media", "--handbook", begun).stderr
    done = clausebook("diff", "sample", "whistleblowing", "--handbook", begun)
    assert "2026-12 is the first revision" in done.stderr


def test_nothing_is_asked_of_it_before_it_is_in_force(begun: Path) -> None:
    handbook, _ = read_handbook(begun)
    assert {one.policy for one in handbook.trusts[0].in_force} == {"social-media"}
    assert {one.policy for one in find_all(handbook, DAY)} == {"social-media"}
    assert {one.policy for one in find_reviews(handbook, DAY)} == {"social-media"}


def test_only_a_build_of_drafts_shows_it(begun: Path, clausebook: Clausebook) -> None:
    assert not (build(begun, clausebook) / "whistleblowing").exists()
    site = build(begun, clausebook, "--drafts")
    page = words(site / "whistleblowing/consultation/index.html")
    assert "A new policy of 1 clause: there is no earlier text to compare it with." in page
    assert "You must speak up, A & B." in page
    assert "Answer by 4 December 2026" in page
    assert "Less strict" not in page
    draft = (site / "whistleblowing/2026-12/index.html").read_text(encoding="utf-8")
    assert "About the draft" in draft
    assert "../../whistleblowing/index.html" not in draft, "there is no text in force to lead to"
    assert "Consultation on a new policy: Whistleblowing policy" in words(site / "index.html")


def test_a_first_draft_is_adopted(begun: Path, clausebook: Clausebook) -> None:
    done = clausebook("adopt", "sample", "whistleblowing", "--effective", "2026-01-10", "--handbook", begun)
    assert done.returncode == 0, done.stderr
    assert "2026-12 is in force. Publish it" in done.stdout
    assert "superseded" not in done.stdout
    assert check(clausebook, begun) == "no problems\n"
    assert len(read_handbook(begun)[0].trusts[0].in_force) == 2


def test_a_policy_whose_past_is_brought_in_is_sealed(ended: Path, clausebook: Clausebook) -> None:
    assert "clausebook seal sample whistleblowing" in check(clausebook, ended)
    done = clausebook("seal", "sample", "whistleblowing", "--handbook", ended)
    assert done.stdout == "Sealed 2 revisions: 2021-01, 2019-01.\n"
    assert check(clausebook, ended) == "no problems\n", "no decision on a change of those years is asked for"
    policy = read_handbook(ended)[0].trusts[0].policy("whistleblowing")
    assert [one.record.digest for one in policy.past] == [one.digest for one in policy.past]
    assert policy.past[0].record.status == "withdrawn"
    assert "Nothing to seal" in clausebook("seal", "sample", "whistleblowing", "--handbook", ended).stdout


def test_one_policy_is_sealed_while_another_still_waits_for_it(ended: Path, clausebook: Clausebook) -> None:
    trust = ended / "trusts/sample"
    shutil.copytree(trust / "whistleblowing", trust / "speaking-up")
    (trust / "speaking-up/policy.yml").write_text("kind: whistleblowing\n")
    for policy in ("whistleblowing", "speaking-up"):
        done = clausebook("seal", "sample", policy, "--handbook", ended)
        assert (done.returncode, done.stdout) == (0, "Sealed 2 revisions: 2021-01, 2019-01.\n"), done.stderr
    assert "P414" not in check(clausebook, ended)


def test_a_text_that_was_edited_is_not_sealed(ended: Path, clausebook: Clausebook) -> None:
    clausebook("seal", "sample", "whistleblowing", "--handbook", ended)
    first, last = (ended / f"trusts/sample/whistleblowing/{name}.yml" for name in ("2019-01", "2021-01"))
    first.write_text(first.read_text().replace("speak up", "speak out"))
    last.write_text(re.sub("digest: .*\n", "", last.read_text()))
    before = last.read_text()
    done = clausebook("seal", "sample", "whistleblowing", "--handbook", ended)
    assert done.returncode == 1
    assert "the text of 2019-01 is not the one that was put in force" in done.stderr
    assert last.read_text() == before


def test_the_change_to_the_text_in_force_still_waits_for_a_decision(ended: Path, clausebook: Clausebook) -> None:
    path = ended / "trusts/sample/whistleblowing/2021-01.yml"
    path.write_text(path.read_text().replace("withdrawn", "in-force"))
    clausebook("seal", "sample", "whistleblowing", "--handbook", ended)
    assert "P411" in check(clausebook, ended)


def test_a_withdrawn_policy_keeps_its_pages_and_says_so(ended: Path, clausebook: Clausebook) -> None:
    path = ended / "trusts/sample/whistleblowing/2021-01.yml"
    withdrawn = path.read_text()
    clausebook("seal", "sample", "whistleblowing", "--handbook", ended)
    path.write_text(withdrawn.replace("withdrawn", "in-force"))
    clausebook("confirm-changes", "sample", "whistleblowing", "--handbook", ended)
    site = build(ended, clausebook)
    there = {page.relative_to(site) for page in site.glob("whistleblowing/**/index.html")}
    path.write_text(path.read_text().replace("in-force", "withdrawn"))
    clausebook("seal", "sample", "whistleblowing", "--handbook", ended)
    site = build(ended, clausebook)
    for page in there:
        assert (site / page).exists(), page
    assert "Withdrawn: It is not in force" in words(site / "whistleblowing/index.html")
    assert 'id="speak-up"' in (site / "whistleblowing/index.html").read_text(encoding="utf-8")
    for page in ("acknowledge", "quick-guide", "questions", "rights-and-duties"):
        told = words(site / f"whistleblowing/{page}/index.html")
        assert "Sample has withdrawn its Whistleblowing policy." in told
        assert "You must" not in told
    assert "which is in force" not in words(site / "whistleblowing/changes/index.html")
    assert "whistleblowing" not in (site.parent / "compare/data/library.js").read_text()
    feed = (site / "feed.xml").read_text(encoding="utf-8")
    for address in re.findall(r'href="(whistleblowing[^"]+)"', feed):
        assert (site / address).exists(), address


def test_nothing_is_asked_of_a_withdrawn_policy(ended: Path, clausebook: Clausebook) -> None:
    clausebook("seal", "sample", "whistleblowing", "--handbook", ended)
    handbook, _ = read_handbook(ended)
    assert {one.policy for one in find_all(handbook, DAY)} == {"social-media"}
    assert {one.policy for one in find_reviews(handbook, DAY)} == {"social-media"}


def test_the_register_says_since_when_it_is_withdrawn(ended: Path, clausebook: Clausebook) -> None:
    clausebook("seal", "sample", "whistleblowing", "--handbook", ended)
    (ended / "trusts/sample/whistleblowing/policy.yml").write_text("withdrawn: 2026-08-31\n")
    site = build(ended, clausebook)
    assert "Withdrawn: It is not in force since 31 August 2026" in words(site / "whistleblowing/index.html")
    assert "Whistleblowing policy Withdrawn, 31 August 2026" in words(site / "policies/index.html")


def test_a_withdrawn_policy_can_begin_again(ended: Path, clausebook: Clausebook) -> None:
    clausebook("seal", "sample", "whistleblowing", "--handbook", ended)
    done = clausebook("revise", "sample", "whistleblowing", "2026-12", "--as-of", DAY, "--handbook", ended)
    assert done.returncode == 0, done.stderr
    assert "replaces: 2021-01" in (ended / NEW).read_text()
    assert check(clausebook, ended) == "no problems\n"
    assert "0 clauses changed" in clausebook("diff", "sample", "whistleblowing", "--handbook", ended).stdout


def test_the_home_names_the_policy_that_is_overdue_where_there_are_several(
    handbook_folder: Path, clausebook: Clausebook
) -> None:
    write(handbook_folder, "2026-01", "in-force", "dates: {approved: 2025-01-10, review_due: 2026-01}\n")
    page = words(build(handbook_folder, clausebook) / "index.html")
    assert "Review overdue: Whistleblowing policy: The review was due in January 2026." in page
