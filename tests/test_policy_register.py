"""The register of policies: owners, approvals and reviews of all that a trust has, clause by clause or not."""

from __future__ import annotations

import csv
import html
import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
from icalendar import Calendar

from clausebook.check.library import read_handbook
from clausebook.model.dates import later_by, period_in_words

if TYPE_CHECKING:
    from conftest import Clausebook

DAY = "2026-11-21"
OLD = "trusts/sample/social-media/2024-01.yml"
ELSEWHERE = {
    "wellbeing": """title: Staff wellbeing & support
link: https://sample.example.org/wellbeing
dates: {approved: 2024-11-14, review_due: 2026-12-31}
owner: The People Director
approved_by: People committee
audience: [staff]
at_induction: true
""",
    "grievance": """title: Grievance procedure
dates: {approved: 2023-05-01}
review_every: P3Y
""",
    "code-of-conduct": """title: Code of conduct
""",
}
OF_THE_TEXT = """owner: The Digital Director
approvals:
  - {revision: 2024-01, by: Board of trustees, date: 2024-01-09, minute: "7.2"}
"""


@pytest.fixture
def registered(handbook_folder: Path) -> Path:
    """One policy clause by clause, and three that stand elsewhere."""
    for policy, text in {**ELSEWHERE, "social-media": OF_THE_TEXT}.items():
        path = handbook_folder / f"trusts/sample/{policy}/policy.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return handbook_folder


def build(handbook_folder: Path, clausebook: Clausebook, *more: str) -> Path:
    done = clausebook("build", "--quiet", "--no-pdf", "--as-of", DAY, *more, "--handbook", handbook_folder)
    assert done.returncode == 0, done.stderr
    return handbook_folder / "site"


def rows(page: Path) -> dict[str, list[str]]:
    """The cells of each row of the register, by the title that begins it."""
    found = re.findall(r'<tr id="policy-[^"]+">(.*?)</tr>', page.read_text(encoding="utf-8"), re.DOTALL)
    cells = ([_words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in found)
    return {title: rest for title, *rest in cells}


def _words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_every_policy_has_its_line(registered: Path, clausebook: Clausebook) -> None:
    site = build(registered, clausebook)
    page = site / "sample/policies/index.html"
    assert rows(page) == {
        "Code of conduct": ["In force, kept elsewhere", "not stated", "not stated", "not stated"],
        "Grievance procedure": ["In force, kept elsewhere", "not stated", "1 May 2023", "1 May 2026, by its cycle of 3 years overdue by 6 months"],
        "Social media policy": ["In force, revision 2024-01", "The Digital Director", "9 January 2024, Board of trustees, minute 7.2", "January 2099 due in 26369 days"],
        "Staff wellbeing & support": [
            "In force, kept elsewhere The link opens another site For: All staff Given to new staff", "The People Director",
            "14 November 2024, People committee", "31 December 2026 due in 40 days",
        ],
    }  # fmt: skip
    text = page.read_text(encoding="utf-8")
    assert "1 is overdue for review" in _words(text)
    assert "and 1 is due within 90 days" in _words(text)
    assert 'href="https://sample.example.org/wellbeing"' in text
    assert "Board of trustees, 9 January 2024, minute 7.2" in _words(
        (site / "sample/social-media/document/index.html").read_text(encoding="utf-8")
    )


def test_the_table_to_take_away_has_the_same_rows(registered: Path, clausebook: Clausebook) -> None:
    site = build(registered, clausebook)
    text = (site / "sample/downloads/policies.csv").read_text(encoding="utf-8-sig")
    found = {row["Policy"]: row for row in csv.DictReader(text.splitlines())}
    assert list(found) == list(rows(site / "sample/policies/index.html"))
    grievance = found["Grievance procedure"]
    assert (grievance["Next review"], grievance["Review"], grievance["Reviewed every"]) == ("2026-05-01", "overdue by 6 months", "3 years")  # fmt: skip
    assert found["Social media policy"]["Minute"] == "7.2"


def test_the_data_tells_of_every_policy_and_fits_its_schema(registered: Path, clausebook: Clausebook) -> None:
    site = build(registered, clausebook)
    data = json.loads((site / "data/policies.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, json.loads((site / "data/schemas/policies.schema.json").read_text(encoding="utf-8")))
    assert [(one["policy"], one["state"], one["review_due"]) for one in data] == [
        ("code-of-conduct", "elsewhere", None), ("grievance", "elsewhere", "2026-05-01"), ("social-media", "in-force", "2099-01"),
        ("wellbeing", "elsewhere", "2026-12-31"),
    ]  # fmt: skip


def test_reviews_of_all_of_them_reach_the_desk_the_command_and_the_calendar(
    registered: Path, clausebook: Clausebook
) -> None:
    site = build(registered, clausebook)
    desk = (site / "findings/index.html").read_text(encoding="utf-8")
    assert 'href="../sample/policies/index.html#policy-grievance"' in desk
    assert "The review was due on 1 May 2026, by its cycle of 3 years." in _words(desk)
    home = _words((site / "sample/index.html").read_text(encoding="utf-8"))
    assert "Review overdue: Grievance procedure: The review was due on 1 May 2026" in home
    assert "2 notes on what is out of date" in home, "and not those on other policies"
    front = (site / "index.html").read_text(encoding="utf-8")
    assert "Sample, Staff wellbeing & support : The review is due on 31 December 2026." in _words(front)
    told = clausebook(
        "findings", "--as-of", DAY, "--kind", "overdue", "--kind", "due", "--format", "csv", "--handbook", registered
    )
    assert [row.split(",")[1] for row in told.stdout.splitlines()[1:]] == [
        "Grievance procedure",
        "Staff wellbeing & support",
    ]
    calendar = Calendar.from_ical((site / "downloads/reviews.ics").read_bytes())
    events = {str(event["UID"]).split("@")[0]: event for event in calendar.walk("VEVENT")}
    assert events["review-sample/grievance"].decoded("DTSTART") == date(2026, 5, 1)
    assert "cycle of 3 years" in str(events["review-sample/grievance"]["DESCRIPTION"])
    assert events["review-sample/wellbeing"].decoded("DTSTART") == date(2026, 12, 31)


def test_a_stated_date_goes_before_the_cycle(registered: Path) -> None:
    path = registered / "trusts/sample/social-media/policy.yml"
    path.write_text(OF_THE_TEXT + "review_every: P1Y\n")
    policy = read_handbook(registered)[0].trusts[0].policy("social-media")
    assert policy.dates.review_due == "2099-01"
    assert policy.last_approved == "2024-01-09"


def test_a_draft_is_in_no_register_that_is_published(registered: Path, clausebook: Clausebook) -> None:
    draft = registered / "trusts/sample/lone-working/2026-12.yml"
    draft.parent.mkdir()
    (draft.parent / "policy.yml").write_text("kind: acceptable-use\n")
    draft.write_text(
        "title: Lone working policy\nstatus: draft\nwording: verbatim\nbinds: [staff]\nsections:\n  - id: alone\n    heading: Alone\n"
        "    clauses:\n      - {id: tell, modality: must, topics: [pupils], text: You must tell someone.}\n"
    )
    assert "Lone working policy" not in rows(build(registered, clausebook) / "sample/policies/index.html")
    shown = rows(build(registered, clausebook, "--drafts") / "sample/policies/index.html")
    assert shown["Lone working policy"][0] == "Draft Draft: 2026-12"


def test_a_document_that_lies_in_the_handbook_is_offered(registered: Path, clausebook: Clausebook) -> None:
    folder = registered / "trusts/sample/code-of-conduct"
    (folder / "files").mkdir()
    (folder / "files/code.pdf").write_bytes(b"%PDF-1.7 the code" + b" " * 30_000)
    (folder / "policy.yml").write_text("title: Code of conduct\nfile: code.pdf\n")
    site = build(registered, clausebook)
    page = (site / "sample/policies/index.html").read_text(encoding="utf-8")
    assert '<a href="../code-of-conduct/files/code.pdf" download>Code of conduct</a>' in page
    assert rows(site / "sample/policies/index.html")["Code of conduct"][0] == "In force, kept elsewhere PDF, 30 kB"
    assert (site / "sample/code-of-conduct/files/code.pdf").read_bytes().startswith(b"%PDF")


def test_a_policy_elsewhere_is_not_compared_and_has_no_page(registered: Path, clausebook: Clausebook) -> None:
    site = build(registered, clausebook)
    assert not (site / "sample/grievance").exists()
    handbook, problems = read_handbook(registered)
    assert problems == []
    assert [one.policy for one in handbook.in_force] == ["social-media"]
    done = clausebook("diff", "sample", "grievance", "--handbook", registered)
    assert done.returncode == 2
    assert (
        "grievance is kept elsewhere: to begin it here, put its first revision into trusts/sample/grievance/"
        in done.stderr
    )


@pytest.fixture
def drafted(registered: Path, clausebook: Clausebook) -> Path:
    """A policy whose approval must be told, with a draft."""
    path = registered / "trusts/sample/social-media/policy.yml"
    path.write_text(f"# ours\napproval: required\n{OF_THE_TEXT}")
    done = clausebook("revise", "sample", "social-media", "2026-09", "--as-of", "2026-06-01", "--handbook", registered)
    assert done.returncode == 0, done.stderr
    return registered


def adopt(handbook_folder: Path, clausebook: Clausebook, *more: str) -> tuple[int, str]:
    done = clausebook("adopt", "sample", "social-media", *more, "--handbook", handbook_folder)
    return done.returncode, done.stdout + done.stderr


def test_adopt_asks_for_the_approval_where_the_register_says_so(drafted: Path, clausebook: Clausebook) -> None:
    before = (drafted / "trusts/sample/social-media/policy.yml").read_text()
    code, said = adopt(drafted, clausebook, "--effective", "2026-01-10")
    assert code == 2
    assert "name who approved 2026-09, when, and by which minute" in said
    code, said = adopt(drafted, clausebook, "--approved-by", "Board of trustees", "--approved-on", "2026-01-08")
    assert code == 2, "no minute"
    code, said = adopt(drafted, clausebook, "--approved-by", "Board", "--minute", "3")
    assert "--approved-on DATE" in said
    assert (drafted / "trusts/sample/social-media/policy.yml").read_text() == before
    code, said = adopt(
        drafted, clausebook, "--approved-by", "Board of trustees", "--approved-on", "2026-01-08", "--minute", "3.1"
    )
    assert code == 0, said
    assert (drafted / "trusts/sample/social-media/policy.yml").read_text() == (
        f'{before}  - {{revision: 2026-09, by: "Board of trustees", date: 2026-01-08, minute: "3.1"}}\n'
    )
    handbook, problems = read_handbook(drafted)
    assert problems == []
    policy = handbook.trusts[0].policy("social-media")
    assert policy.in_force.id == "2026-09"
    assert (policy.in_force.record.approved_by, policy.in_force.record.dates.approved) == (
        "Board of trustees",
        "2026-01-08",
    )
    assert [one.minute for one in policy.approvals] == ["3.1"]


def test_an_approval_that_the_register_has_already_is_enough(drafted: Path, clausebook: Clausebook) -> None:
    path = drafted / "trusts/sample/social-media/policy.yml"
    path.write_text(f"{path.read_text()}  - {{revision: 2026-09, by: Board, date: 2026-01-08}}\n")
    code, said = adopt(drafted, clausebook, "--effective", "2026-01-10")
    assert code == 0, said


def test_an_approval_begins_the_file_where_there_is_none(handbook_folder: Path, clausebook: Clausebook) -> None:
    clausebook("revise", "sample", "social-media", "2026-09", "--as-of", "2026-06-01", "--handbook", handbook_folder)
    code, said = adopt(handbook_folder, clausebook, "--approved-by", "Board", "--approved-on", "2026-01-08")
    assert code == 0, said
    text = (handbook_folder / "trusts/sample/social-media/policy.yml").read_text()
    assert text == 'approvals:\n  - {revision: 2026-09, by: "Board", date: 2026-01-08}\n'


@pytest.mark.parametrize(
    ("stated", "every", "later"),
    [
        ("2023-05-01", "P3Y", "2026-05-01"), ("2024-02-29", "P1Y", "2025-02-28"), ("2024-08-31", "P18M", "2026-02-28"),
        ("2024-12", "P1M", "2025-01"), ("2024", "P2Y", "2026"),
    ],
)  # fmt: skip
def test_a_cycle_leads_to_a_day_as_exact_as_the_approval(stated: str, every: str, later: str) -> None:
    assert later_by(stated, every) == later


def test_a_period_is_said_in_words() -> None:
    assert [period_in_words(one) for one in ("P1Y", "P2Y", "P18M")] == ["1 year", "2 years", "18 months"]


ASKED_FOR = """  - id: grievance
    label: Grievance
    about: Made up.
    subjects: [online]
    at_induction: {value: false, source: made-up}
    required_by: {force: law, own_document: true, source: made-up, says: A made-up law asks for it., since: "1999"}
    usual_review: {every: P2Y, source: unsure, note: as is said}
  - id: complaints
    label: Complaints by parents
    about: Made up.
    subjects: [online]
    at_induction: {value: false, source: made-up}
    required_by: {force: statutory guidance, own_document: true, source: unsure, says: Made-up guidance asks for it.}
    usual_review: {every: P1Y, source: made-up}
  - id: pay
    label: Pay
    about: Made up.
    subjects: [online]
    at_induction: {value: false, source: made-up}
    required_by: {force: law, own_document: false, source: made-up, says: A passage will do.}
    usual_review: {every: P1Y, source: made-up}
"""


def test_what_is_asked_for_and_not_here_is_told_with_its_source(registered: Path, clausebook: Clausebook) -> None:
    path = registered / "content/kinds.yml"
    unsure = "  - {id: unsure, title: A guide of an earlier year, publisher: no one, date: no date, address: none, dagger: an earlier edition}\n"
    path.write_text(path.read_text().replace("kinds:\n", f"{unsure}kinds:\n", 1) + ASKED_FOR)
    text = (build(registered, clausebook) / "sample/policies/index.html").read_text(encoding="utf-8")
    told = _words(text[text.index('id="older"') :])
    older, not_here = told.split("Asked for, and not in this handbook")
    assert (
        "Grievance procedure : approved 1 May 2023. Usually reviewed after 2 years (as is said): A guide of an earlier year, no one † not confirmed: an earlier edition"
        in older
    )
    assert (
        "Complaints by parents Made-up guidance asks for it. Statutory guidance: A guide of an earlier year, no one † not confirmed: an earlier edition"
        in not_here
    )
    assert "Grievance" not in not_here, "it is kept elsewhere, and the register has it"
    assert "Pay" not in not_here, "a passage in another policy will do"
    assert "That says nothing of the trust" in not_here
