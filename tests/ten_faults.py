"""Puts ten faults into the code, one after the other, and says which tests catch each: `python tests/ten_faults.py [NAME …]`.

It edits this checkout and mends it again. Exit 1 where a fault is not caught.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
ENGINE = "generator/clausebook"
STYLE = "overrides/theme/assets/stylesheets/clausebook.css"


@dataclass(frozen=True)
class Fault:
    """`old` in one file becomes `new`; these tests are to notice."""

    file: str
    old: str
    new: str
    tests: str


FAULTS = {
    "an unescaped title": Fault(
        "overrides/escaped_titles.py", 'escape(" ".join(str(title).split()))', 'Markup(" ".join(str(title).split()))',
        "tests/test_build.py::test_names_and_headings_are_text_wherever_they_stand tests/hostile/test_pages.py",
    ),
    "a redline off by a word": Fault(
        f"{ENGINE}/compare/revisions/redline.py", 'yield "".join(old[a:b]), "".join(new[c:d])', 'yield "".join(old[a:b]), "".join(new[c + 1 : d + 1])',
        "tests/test_changes.py tests/test_changes_of_any_kind.py",
    ),
    "a cell with the wrong answer": Fault(
        f"{ENGINE}/compare/matrix.py", "question_cell(trust, question, kind) for trust in columns", "question_cell(trust, question, kind) for trust in reversed(columns)",
        "tests/test_thirty_cells.py",
    ),
    "an item without its lead-in": Fault(
        "content/pages/macros.md", '{% for lead_in in clause.lead_in %}<span class="cb-lead-in">', '{% for lead_in in clause.lead_in[1:] %}<span class="cb-lead-in">',
        "tests/browser/test_lead_ins.py",
    ),
    "a broken link": Fault(
        "content/pages/hub/data.md", 'href="{{ name }}.json"', 'href="{{ name }}.jsn"',
        "tests/test_build.py::test_the_calendar_of_reviews_is_among_the_downloads",
    ),
    "a request to another host": Fault(
        "overrides/theme/page.html", '<meta name="referrer" content="no-referrer">', '<meta name="referrer" content="no-referrer"><link rel="stylesheet" href="https://fonts.example.org/a.css">',
        "tests/browser/test_links.py::test_only_the_readers_own_click_leaves_the_site tests/browser/test_privacy.py::test_a_page_is_silent_and_asks_nobody",
    ),
    "a receipt of another person accepted": Fault(
        f"{ENGINE}/acknowledgements/inbox/rules/rules.py", "by_another_name, again)", "again)",
        "tests/acks/collect/test_attacks.py tests/acks/collect/test_bad_input.py",
    ),
    "a purge that breaks the chain": Fault(
        f"{ENGINE}/acknowledgements/privacy/purge.py", "_head_of(line) if number in taken else line", 'b"" if number in taken else line',
        "tests/acks/test_retention.py",
    ),
    "a stale cache": Fault(
        f"{ENGINE}/build/targets.py", '{"engine": engine, "the day": epoch} | _digests(looks)', '{"engine": engine, "the day": epoch}',
        "tests/test_cache.py",
    ),
    "an axe fault": Fault(
        STYLE, ".cb-crumbs", ".cb-crumbs a { color: #bbb !important; }\n.cb-crumbs",
        "tests/browser/test_accessibility.py::test_every_kind_of_page[hub-question]",
    ),
}  # fmt: skip


def caught_by(fault: Fault) -> list[str]:
    """The tests that fail where the fault is in the code."""
    path = ROOT / fault.file
    sound = path.read_text(encoding="utf-8")
    assert fault.old in sound, f"{fault.file} has no {fault.old}"
    path.write_text(sound.replace(fault.old, fault.new, 1), encoding="utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "--quiet", "--tb", "no", "--maxfail", "3", *fault.tests.split()]
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
    finally:
        path.write_text(sound, encoding="utf-8")
    return re.findall(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)


def main(names: list[str]) -> int:
    missed = 0
    for name in names or FAULTS:
        found = caught_by(FAULTS[name])
        print(f"{name}: {', '.join(found) or 'NOT CAUGHT'}", flush=True)
        missed += not found
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
