"""The starter handbook: complete, without problems, and honest about what changed from each revision to the next."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from clausebook.build.engines.weasyprint import PANGO
from clausebook.check import check_handbook
from clausebook.compare.revisions import find_changes
from clausebook.load import Loaded, load_handbook
from clausebook.load.merge import merge_handbook
from clausebook.model.handbook import Handbook, Revision

if TYPE_CHECKING:
    from conftest import Clausebook

TESTS = Path(__file__).parent
STARTER = TESTS.parent / "generator" / "clausebook" / "starter"
REVISIONS = STARTER / "trusts" / "larkhill-example" / "social-media"

Changes = dict[str, set[str]]
EXPECTED: dict[tuple[str, str], Changes] = {
    tuple(pair.split("→")): {kind: set(ids) for kind, ids in changes.items()}
    for pair, changes in yaml.safe_load((TESTS / "starter-changes.yml").read_text(encoding="utf-8")).items()
}
KINDS = {
    "added", "removed", "split", "joined", "stricter", "looser", "binds-more", "binds-fewer", "reworded", "editorial", "moved",
    "renumbered",
}  # fmt: skip
COMMENT = re.compile(rf"\s*# (?P<kind>{'|'.join(sorted(KINDS))}): (?P<says>.+)")
CLAUSE = re.compile(r"\s*- \{?id: (?P<id>[a-z0-9-]+)")
each_pair = pytest.mark.parametrize("pair", EXPECTED, ids="→".join)


@pytest.fixture(scope="module")
def starter() -> Loaded:
    loaded, problems = load_handbook(STARTER)
    assert problems == []
    return loaded


@pytest.fixture(scope="module")
def merged(starter: Loaded) -> Handbook:
    return merge_handbook(starter)


@pytest.fixture(scope="module")
def revisions(merged: Handbook) -> dict[str, Revision]:
    policy = merged.trusts[0].policies[0]
    assert policy.draft
    return {revision.id: revision for revision in (policy.draft, *policy.revisions)}


def test_it_has_no_problems(starter: Loaded) -> None:
    assert check_handbook(starter) == []


def test_it_has_three_revisions_and_a_draft_in_one_line(merged: Handbook) -> None:
    (trust,) = merged.trusts
    (policy,) = trust.policies
    assert [revision.id for revision in policy.revisions] == ["2025-09", "2024-09", "2023-09"]
    assert policy.draft
    assert policy.draft.record.consultation
    assert all(revision.record.wording == "verbatim" for revision in (policy.draft, *policy.revisions))


def test_it_says_that_it_is_made_up(merged: Handbook) -> None:
    lines = (STARTER / "README.md").read_text(encoding="utf-8").splitlines()
    assert "made up" in lines[0]
    assert len(lines) < 60
    (trust,) = merged.trusts
    assert "made up" in trust.record.name
    assert "fictional" in (trust.record.about or "")


def test_addresses_lead_nowhere() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in STARTER.rglob("*.yml"))
    assert all(host.endswith("example.org") for host in re.findall(r"[\w.-]+@([\w.-]*\w)", written))
    assert "://" not in written


def test_it_keeps_no_lists_of_its_own_and_answers_what_the_engines_ask(merged: Handbook) -> None:
    assert not (STARTER / "content").exists()
    assert (len(merged.subjects), len(merged.kinds.kinds)) == (10, 45)
    for policy in merged.trusts[0].policies:
        for revision in (policy.in_force, policy.draft):
            assert policy.kind
            assert revision is None or set(policy.kind.core) <= revision.record.positions.keys()


def test_past_texts_are_as_they_were(revisions: dict[str, Revision]) -> None:
    past = [revision for revision in revisions.values() if revision.record.status == "superseded"]
    assert len(past) == 2
    assert all(revision.record.digest == revision.digest for revision in past)


def test_every_kind_of_change_occurs_between_the_revisions_that_were_in_force() -> None:
    assert {*EXPECTED["2023-09", "2024-09"], *EXPECTED["2024-09", "2025-09"]} == KINDS


@each_pair
def test_the_comments_tell_every_change(pair: tuple[str, str], revisions: dict[str, Revision]) -> None:
    assert changes_in_comments(revisions[pair[1]]) == EXPECTED[pair]


@each_pair
def test_no_difference_is_left_out(pair: tuple[str, str], revisions: dict[str, Revision]) -> None:
    """Held against the two texts without the change engine: a kind is listed where its field differs, and nowhere else."""
    old, new = (revisions[revision] for revision in pair)
    listed = defaultdict(set[str], EXPECTED[pair])
    sides = [one.split(">") for one in listed["split"] | listed["joined"]]
    before, after = ({part for side in sides for part in side[at].split("+")} for at in (0, 1))
    assert old.by_id.keys() - new.by_id.keys() == listed["removed"] | before
    assert new.by_id.keys() - old.by_id.keys() == listed["added"] | after

    both = [(clause, new.by_id[clause.id]) for clause in old.clauses if clause.id in new.by_id]
    forced = listed["stricter"] | listed["looser"]
    assert forced == {one.id for one, other in both if one.modality != other.modality}
    assert listed["renumbered"] == {one.id for one, other in both if one.number != other.number}
    assert listed["binds-more"] == {one.id for one, other in both if set(other.binds) - set(one.binds)}
    assert listed["binds-fewer"] == {one.id for one, other in both if set(one.binds) - set(other.binds)}
    assert listed["moved"] >= {one.id for one, other in both if one.section.id != other.section.id}
    differs = {one.id for one, other in both if (one.lead_in, one.text) != (other.lead_in, other.text)}
    assert listed["reworded"] | listed["editorial"] <= differs <= listed["reworded"] | listed["editorial"] | forced


def changes_in_comments(revision: Revision) -> Changes:
    """Each kind with its clauses, as the comments in the file of `policy` tell them.

    `# kind: why` stands above its clause; a removed clause, and those that were split or joined, are named in the words.
    """
    found: Changes = defaultdict(set)
    parts: dict[str, list[str]] = defaultdict(list)
    pending: list[tuple[str, str]] = []
    for line in (REVISIONS / f"{revision.id}.yml").read_text(encoding="utf-8").splitlines():
        if comment := COMMENT.fullmatch(line):
            if comment["kind"] == "removed":
                found["removed"].add(comment["says"].split(":")[0])
            else:
                pending.append((comment["kind"], comment["says"]))
        elif clause := CLAUSE.match(line):
            for kind, says in pending:
                if kind == "split":
                    parts[_named(says)[0]].append(clause["id"])
                elif kind == "joined":
                    found["joined"].add(f"{'+'.join(_named(says))}>{clause['id']}")
                else:
                    of_items = says.endswith("with its items")
                    found[kind] |= (
                        {one.id for one in revision.by_id[clause["id"]].walk()} if of_items else {clause["id"]}
                    )
            pending.clear()
    for whole, into in parts.items():
        found["split"].add(f"{whole}>{'+'.join(into)}")
    assert not pending
    return dict(found)


def _named(says: str) -> list[str]:
    """The ids in `from register-kept and register-checked, …`."""
    return says.removeprefix("from ").split(",")[0].split(" and ")


def addressed(changes: Changes) -> Changes:
    """The expected changes by the id under which a change is found: of a split or joined clause that of the new side."""
    return {kind: {one.split(">")[-1].split("+")[0] for one in ids} for kind, ids in changes.items()}


@each_pair
def test_what_the_comments_say_is_what_is_found(pair: tuple[str, str], revisions: dict[str, Revision]) -> None:
    found: Changes = defaultdict(set)
    for change in find_changes(revisions[pair[0]], revisions[pair[1]]):
        found[change.kind].add(change.clause)
        assert not change.doubtful
    assert dict(found) == addressed(EXPECTED[pair])


def test_new_copies_it_out_and_it_builds_with_two_commands(tmp_path: Path, clausebook: Clausebook) -> None:
    folder = tmp_path / "ours"
    assert clausebook("new", folder).returncode == 0
    assert clausebook("check", "--handbook", folder).stdout == "no problems\n"
    assert clausebook("build", "--no-pdf", "--quiet", "--handbook", folder).returncode == 0
    site = folder / "site" / "larkhill-example" / "social-media"
    for past in ("2023-09", "2024-09"):
        assert "Superseded" in (site / past / "index.html").read_text()
    assert not (site / "2026-09").exists(), "a draft is not published"
    assert not (site / "consultation").exists()


@pytest.mark.parametrize(("host", "name"), [("github", ".github/workflows/handbook.yml"), ("gitlab", ".gitlab-ci.yml")])
def test_a_git_host_checks_and_publishes_it(tmp_path: Path, clausebook: Clausebook, host: str, name: str) -> None:
    folder = tmp_path / "ours"
    assert clausebook("new", folder, "--workflow", host).returncode == 0
    text = (folder / name).read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)
    steps = (
        [step["run"] for step in jobs["jobs"]["build"]["steps"] if "run" in step] if host == "github" else [*jobs["handbook"]["before_script"], *jobs["handbook"]["script"]]
    )  # fmt: skip
    assert steps[1] == 'pip install "clausebook[pdf]"'
    assert steps[0].partition("install -y ")[2] in PANGO[0]  # which of Debian's packages PDFs need
    assert "://" not in text
    asked = [step.split()[1:] for step in steps[2:]]
    assert [one[0] for one in asked] == ["check", "build"]
    assert clausebook(*asked[0], "--handbook", folder).returncode == 0
    assert clausebook(*asked[1], "--help").returncode == 0
    published = (
        jobs["jobs"]["build"]["steps"][-1]["with"]["path"]
        if host == "github"
        else jobs["handbook"]["artifacts"]["paths"][0]
    )
    assert published == "site"


def test_new_never_writes_over_anything(tmp_path: Path, clausebook: Clausebook) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "mine.txt").write_text("mine")
    done = clausebook("new", tmp_path / "ours")
    assert done.returncode == 2
    assert "not empty: name a new folder" in " ".join(done.stderr.split())
    assert [path.name for path in (tmp_path / "ours").iterdir()] == ["mine.txt"]


def test_the_desk_names_answers_that_the_draft_makes_doubtful(tmp_path: Path, clausebook: Clausebook) -> None:
    folder = tmp_path / "ours"
    clausebook("new", folder)
    said = clausebook("findings", "--kind", "doubtful", "--format", "json", "--handbook", folder).stdout
    found = json.loads(said)["Findings"]
    assert [one["What"].split("“")[1].split("”")[0] for one in found] == [], (
        "the draft of the starter answers anew what it touches"
    )
    draft = folder / "trusts/larkhill-example/social-media/2026-09.yml"
    text = draft.read_text()
    assert "text: Staff must not be connected with a current pupil through a private account" in text
    draft.write_text(
        text.replace(
            "text: Staff must not be connected with a current pupil through a private account",
            "text: Staff must never be linked with any pupil in any private account",
        )
    )
    again = json.loads(clausebook("findings", "--kind", "doubtful", "--format", "json", "--handbook", folder).stdout)[
        "Findings"
    ]
    new = [one["What"] for one in again if one not in found]
    assert any("May I be connected with a current pupil" in one for one in new)
    assert any("quiz question" in one["Now"] for one in again)
