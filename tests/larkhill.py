"""The starter's trust with its policy on social media alone, and a campaign over it: for what is told of one policy, its years and its quiz."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

STARTER = Path(__file__).parents[1] / "generator" / "clausebook" / "starter"
TRUST = "larkhill-example"
POLICY = "social-media"
ACKNOWLEDGEMENTS = """\
campaigns:
  - id: 2025-26
    policies: [social-media]
    roles: [staff, agency-workers, volunteers]
    due: 2025-10-31
    new_starters_within: 14          # days from the first day at work
    statement: I have read the Larkhill Example Trust social media policy, and I know who to ask if anything is unclear.
    quiz: learn                      # none · learn · sealed · self-check
    receipts: {mail: hr@larkhill.example.org}
    on_expiry: Your line manager asks you about it once; after that HR gets in touch.
privacy:
  contact: Data protection officer, dpo@larkhill.example.org
"""


def write_larkhill(folder: Path) -> Path:
    """Write that handbook into `folder`, which is not there yet."""
    trust = folder / "trusts" / TRUST
    shutil.copytree(STARTER / "trusts" / TRUST / POLICY, trust / POLICY)
    about, _, _ = (
        (STARTER / "trusts" / TRUST / "trust.yml").read_text(encoding="utf-8").partition("\n# What each academy")
    )
    (trust / "trust.yml").write_text(f"{about}\n", encoding="utf-8")  # without academies
    (folder / "quizzes").mkdir()
    shutil.copy(STARTER / f"quizzes/{POLICY}.yml", folder / "quizzes")
    shutil.copy(STARTER / "mkdocs.yml", folder)
    (trust / "acknowledgements.yml").write_text(ACKNOWLEDGEMENTS, encoding="utf-8")
    taken = (STARTER / "trusts" / TRUST / "quizzes.yml").read_text(encoding="utf-8")
    others = rf"  - policy: (?!{POLICY}\n).*\n(?:    .*\n)+"
    (trust / "quizzes.yml").write_text(re.sub(others, "", taken), encoding="utf-8")
    return folder


def take_academies_out(folder: Path) -> None:
    """Make the starter in `folder` one whose trust has no academies: what a roster calls them is then free."""
    trust = folder / "trusts" / TRUST
    shutil.rmtree(trust / "academies")
    about = (trust / "trust.yml").read_text(encoding="utf-8")
    (trust / "trust.yml").write_text(
        re.sub(r".*\{id: school-office.*\n", "", about), encoding="utf-8"
    )  # which appendices alone use
