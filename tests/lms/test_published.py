"""Which packages a trust's site offers: every format of a quiz whose answers are no secret, none of a sealed one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from clausebook.export.lms import FORMATS, Course, published_packages
from clausebook.model import Campaign, Receipts
from clausebook.model.handbook import Trust

from .conftest import ROOT


def paths(course: Course, trust: Trust, root: Path = ROOT) -> dict[str, bytes]:
    return dict(published_packages(trust, course.first.handbook, course.first.findings, root))


def test_every_format_in_one_place(course: Course, packages: dict[str, bytes]) -> None:
    found = paths(course, course.first.trust)
    assert found == {f"sample/downloads/social-media/packages/{name}": content for name, content in packages.items()}
    assert [one.file for one in FORMATS] == list(packages)


def test_a_sealed_quiz_is_not_given_away(course: Course) -> None:
    campaign = Campaign(
        id="2026-27", policies=("social-media",), roles=("staff",), due="2026-10-31", statement="I have read it.", quiz="sealed",
        receipts=Receipts(mail="hr@example.org"), on_expiry="Your line manager asks you.",
    )  # fmt: skip
    assert paths(course, replace(course.first.trust, campaigns=(campaign,))) == {}


def test_no_quiz_no_packages(course: Course) -> None:
    assert paths(course, replace(course.first.trust, quizzes=())) == {}


def test_a_trusts_own_logo_is_in_the_package(course: Course, packages: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "trusts" / "sample").mkdir(parents=True)
    (tmp_path / "trusts" / "sample" / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    found = paths(course, course.first.trust, tmp_path)["sample/downloads/social-media/packages/scorm-1.2.zip"]
    assert b"logo.svg" in found
    assert b"logo.svg" not in packages["scorm-1.2.zip"]
