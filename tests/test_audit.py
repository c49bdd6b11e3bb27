"""A restated revision against its source: what is left over, what is told twice, and whether it is the same file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clausebook.compare.coverage import Audit, audit_policy
from clausebook.load import load_handbook
from clausebook.load.merge import merge_revision
from clausebook.model import Lines
from clausebook.model.handbook import Revision

if TYPE_CHECKING:
    from conftest import Clausebook

ROOT = Path(__file__).parent.parent
SOURCES = ROOT.parent / "shared" / "sources"
REVISION = "trusts/sample/social-media/2024-01.yml"
SOURCE = b"""SOCIAL MEDIA POLICY, JANUARY 2024
1. Contact
1.1 No employee may contact pupils from a personal account.
1.2 An employee who receives a request to connect from a pupil shall
- decline it, and
- inform the line manager
1.3 Contact with pupils of the employee's own family is permitted.

2. Passwo
"""
COPY = """\
      - id: copy
        lines: {lines}
        modality: {modality}
        topics: [pupils]
        text: {text}
"""


def policy_in(handbook_folder: Path) -> Revision:
    loaded, problems = load_handbook(handbook_folder)
    assert problems == []
    one = loaded.revisions[0]
    return merge_revision(one.trust, one.policy, one.id, one.file.record)


def edit(handbook_folder: Path, old: str, new: str) -> None:
    path = handbook_folder / REVISION
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def insert(handbook_folder: Path, before: str, lines: str, text: str, modality: str = "must-not") -> None:
    """Put a clause that tells `lines` before the line `before`."""
    edit(handbook_folder, before, COPY.format(lines=lines, text=text, modality=modality) + before)


def audit(handbook_folder: Path, source: bytes = SOURCE) -> Audit:
    return audit_policy(policy_in(handbook_folder), source)


def test_a_revision_that_tells_all_of_its_source_once_is_clean(handbook_folder: Path) -> None:
    found = audit(handbook_folder)
    assert found.is_clean
    assert (found.lines, found.digest) == (9, hashlib.sha256(SOURCE).hexdigest())


@pytest.mark.parametrize(
    ("old", "new", "uncovered"),
    [
        ("        lines: 7\n", "        lines: 4\n", [(7, "1.3 Contact with pupils of the employee's own family is permitted.")]),
        ("lines: 5, text: turn", "lines: 6, text: turn", [(5, "- decline it, and")]),
        ("{lines: 1, says: The title.}", "{lines: 8, says: The title.}", [(1, "SOCIAL MEDIA POLICY, JANUARY 2024")]),
        ("lines: 9, says", "says", [(9, "2. Passwo")]),
        ("    lines: 2-7\n", "    lines: 3-7\n", [(2, "1. Contact")]),
    ],
    ids=["clause", "item", "front matter", "gap", "heading"],
)  # fmt: skip
def test_a_line_that_nothing_tells_is_left_over(handbook_folder: Path, old: str, new: str, uncovered: list) -> None:
    edit(handbook_folder, old, new)
    found = audit(handbook_folder)
    assert list(found.uncovered) == uncovered
    assert not found.is_clean


def test_blank_lines_need_nobody(handbook_folder: Path) -> None:
    assert audit(handbook_folder, SOURCE.replace(b"\n\n", b"\n \t\n")).uncovered == ()


def told_twice(handbook_folder: Path) -> list:
    return [(twice.lines, twice.one, twice.other) for twice in audit(handbook_folder).told_twice]


def test_a_copied_clause_elsewhere_tells_its_line_twice(handbook_folder: Path) -> None:
    insert(handbook_folder, "positions:\n", "3", "No one may write to a child privately.")
    assert told_twice(handbook_folder) == [(Lines(3, 3), "no-contact", "copy")]


def test_the_same_words_beside_their_twin_are_told_twice(handbook_folder: Path) -> None:
    insert(
        handbook_folder,
        "      - id: requests\n",
        "3",
        "Staff must not be in touch with any pupil through a private account.",
    )
    assert told_twice(handbook_folder) == [(Lines(3, 3), "no-contact", "copy")]


def test_the_same_words_are_found_with_another_clause_between(handbook_folder: Path) -> None:
    edit(handbook_folder, "{id: tell-manager, lines: 6, text: tell their line manager.}",
         "{id: note, lines: 5, text: make a note of it; and}\n          - {id: again, lines: 5, text: turn the request down; and}\n"
         "          - {id: tell-manager, lines: 6, text: tell their line manager.}")  # fmt: skip
    assert told_twice(handbook_folder) == [(Lines(5, 5), "turn-down", "again")]


def test_a_statement_of_mixed_force_may_be_split_over_its_line(handbook_folder: Path) -> None:
    insert(handbook_folder, "      - id: requests\n", "3", "The trust may look into such contact.", "may")
    assert told_twice(handbook_folder) == []


def test_items_of_one_list_may_share_a_line(handbook_folder: Path) -> None:
    edit(handbook_folder, "lines: 6, text: tell their line manager.}", "lines: 5-6, text: tell their line manager.}")
    assert told_twice(handbook_folder) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("1", [(Lines(1, 1), "front matter “The title.”", "copy")]),
        ("2", [(Lines(2, 2), "heading of contact", "copy")]),
        ("1-2", [(Lines(2, 2), "heading of contact", "copy"), (Lines(1, 1), "front matter “The title.”", "copy")]),
    ],
)
def test_a_clause_over_front_matter_or_a_heading_tells_it_twice(
    handbook_folder: Path, lines: str, expected: list
) -> None:
    insert(handbook_folder, "positions:\n", lines, "This is the policy of January 2024.", "states")
    assert told_twice(handbook_folder) == expected


@pytest.mark.parametrize(
    "source",
    [SOURCE + b"more\n", SOURCE.replace(b"shall", b"must"), b"", b"\xff\xfe\n" * 9],
    ids=["longer", "reworded", "empty", "not text"],
)
def test_another_file_is_noticed(handbook_folder: Path, source: bytes) -> None:
    assert not audit(handbook_folder, source).is_same_file


def test_the_command_says_that_all_is_well(handbook_folder: Path, tmp_path: Path, clausebook: Clausebook) -> None:
    (tmp_path / "sample.txt").write_bytes(SOURCE)
    done = clausebook(
        "audit", "sample", "social-media", "--source", tmp_path / "sample.txt", "--handbook", handbook_folder
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{REVISION} against sample.txt\n0 lines uncovered, 0 told twice, the same file\n"


def test_the_command_says_what_is_wrong(handbook_folder: Path, tmp_path: Path, clausebook: Clausebook) -> None:
    insert(handbook_folder, "positions:\n", "3", "No one may write to a child privately.")
    edit(handbook_folder, "        lines: 7\n", "        lines: 4\n")
    (tmp_path / "sample.txt").write_bytes(SOURCE + b"more\n")
    done = clausebook(
        "audit", "sample", "social-media", "--source", tmp_path / "sample.txt", "--handbook", handbook_folder
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[1:] == [
        f"another file: 10 lines, SHA-256 {hashlib.sha256(SOURCE + b'more' + bytes([10])).hexdigest()}",
        f"    expected: 9 lines, SHA-256 {hashlib.sha256(SOURCE).hexdigest()}",
        "line 7 is not accounted for: 1.3 Contact with pupils of the employee's own family is permitted.",
        "line 10 is not accounted for: more",
        "line 3 told twice: by no-contact and by copy",
        "line 4 told twice: by requests and by relatives",
        "2 lines uncovered, 2 told twice, ANOTHER FILE",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nobody", "social-media"], "there is no revision in force of nobody/social-media"),
        (["sample", "e-mail"], "there is no revision in force of sample/e-mail"),
        (["sample", "social-media", "--revision", "1999"], "there is no revision 1999 of sample/social-media"),
        (["sample"], "Missing argument"),
        (["sample", "social-media", "--source", "absent.txt"], "absent.txt"),
        (["sample", "social-media", "--source", "/"], "is a directory"),
        (["sample", "social-media", "--handbook", "absent"], "absent"),
    ],
)
def test_a_wrong_command_line_is_answered_in_words(
    handbook_folder: Path, tmp_path: Path, arguments: list[str], said: str, clausebook: Clausebook
) -> None:
    (tmp_path / "sample.txt").write_bytes(SOURCE)
    standard = ["--source", tmp_path / "sample.txt", "--handbook", handbook_folder]
    done = clausebook("audit", *standard, *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_revision_in_the_trusts_own_words_has_nothing_to_be_held_against(
    handbook_folder: Path, tmp_path: Path, clausebook: Clausebook
) -> None:
    text = (handbook_folder / REVISION).read_text()
    start, end = text.index("source:\n"), text.index("not_stated:")
    (handbook_folder / REVISION).write_text(
        (text[:start] + text[end:]).replace("wording: restated", "wording: verbatim")
    )
    (tmp_path / "sample.txt").write_bytes(SOURCE)
    done = clausebook(
        "audit", "sample", "social-media", "--source", tmp_path / "sample.txt", "--handbook", handbook_folder
    )
    assert done.returncode == 2
    assert "names no source" in done.stderr


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the five sources do not lie beside this repository")
@pytest.mark.parametrize("trust", ["archway", "att", "catholic", "laat", "lwlat"])
def test_the_five_policies_tell_their_sources_once_and_whole(trust: str) -> None:
    loaded, _ = load_handbook(ROOT)
    one = next(one for one in loaded.revisions if one.trust == trust and one.file.record.status == "in-force")
    found = audit_policy(
        merge_revision(one.trust, one.policy, one.id, one.file.record), (SOURCES / f"{trust}.txt").read_bytes()
    )
    assert (found.uncovered, found.told_twice, found.is_same_file) == ((), (), True)
