"""The starter handbook: complete, without problems, and honest about what changed from each revision to the next."""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from clausebook.build.engines.weasyprint import PANGO
from clausebook.check import check_handbook
from clausebook.compare.revisions import find_changes
from clausebook.findings.find import find_all
from clausebook.load import Loaded, load_handbook
from clausebook.load.merge import merge_handbook
from clausebook.model.handbook import Handbook, Revision
from clausebook.pages.reading import find_readings
from clausebook.quizzes.quiz import take_quiz

if TYPE_CHECKING:
    from conftest import Clausebook

TESTS = Path(__file__).parent
STARTER = TESTS.parent / "generator" / "clausebook" / "starter"
TRUST = STARTER / "trusts" / "larkhill-example"
POLICIES = ("acceptable-use", "code-of-conduct", "grievance", "mobile-phones", "social-media", "whistleblowing")

Changes = dict[str, set[str]]
Pair = tuple[str, str, str]
EXPECTED: dict[Pair, Changes] = {
    (policy, *pair.split("→")): {kind: set(ids) for kind, ids in changes.items()}
    for policy, pairs in yaml.safe_load((TESTS / "starter-changes.yml").read_text(encoding="utf-8")).items()
    for pair, changes in pairs.items()
}
KINDS = {
    "added", "removed", "split", "joined", "stricter", "looser", "binds-more", "binds-fewer", "reworded", "editorial", "moved",
    "renumbered",
}  # fmt: skip
COMMENT = re.compile(rf"\s*# (?P<kind>{'|'.join(sorted(KINDS))}): (?P<says>.+)")
CLAUSE = re.compile(r"\s*- \{?id: (?P<id>[a-z0-9-]+)")
each_pair = pytest.mark.parametrize("pair", EXPECTED, ids=" ".join)


@pytest.fixture(scope="module")
def starter() -> Loaded:
    loaded, problems = load_handbook(STARTER)
    assert problems == []
    return loaded


@pytest.fixture(scope="module")
def merged(starter: Loaded) -> Handbook:
    return merge_handbook(starter)


def test_it_has_no_problems(starter: Loaded) -> None:
    assert check_handbook(starter) == []


def test_it_has_six_policies_with_past_texts_and_drafts_in_one_line_each(merged: Handbook) -> None:
    (trust,) = merged.trusts
    lines = {policy.id: [revision.id for revision in policy.revisions] for policy in trust.policies}
    assert lines == {
        "acceptable-use": ["2026-01", "2024-01"], "code-of-conduct": ["2026-09"], "grievance": ["2025-01"],
        "mobile-phones": ["2025-01"], "social-media": ["2025-09", "2024-09", "2023-09"], "whistleblowing": ["2026-05"],
    }  # fmt: skip
    drafts = {policy.id: policy.draft for policy in trust.policies if policy.draft}
    assert {name: draft.id for name, draft in drafts.items()} == {"mobile-phones": "2027-01", "social-media": "2026-09"}
    assert all(draft.record.consultation for draft in drafts.values())
    assert all(revision.record.wording == "verbatim" for policy in trust.policies for revision in policy.by_id.values())
    assert {policy.kind.id for policy in trust.policies if policy.kind} == set(POLICIES)


def test_each_kind_of_structure_is_there_to_look_at(merged: Handbook) -> None:
    kinds = defaultdict(set)
    for policy in merged.trusts[0].policies:
        for revision in policy.by_id.values():
            for clause in (one for part in revision.sections for top in part.clauses for one in top.walk()):
                for name in ("table", "figure", "form", "attachment", "after", "note"):
                    if getattr(clause.structures, name):
                        kinds[name].add(policy.id)
                if clause.defines:
                    kinds["defines"].add(policy.id)
            if any(section.depth > 1 for section in revision.sections):
                kinds["section within a section"].add(policy.id)
    assert kinds.keys() == {
        "table",
        "figure",
        "form",
        "attachment",
        "after",
        "note",
        "defines",
        "section within a section",
    }
    assert set().union(*kinds.values()) == set(POLICIES), "each policy has one at least"


def test_no_two_of_its_policies_answer_one_question_otherwise(merged: Handbook) -> None:
    assert [one for one in find_all(merged, date(2026, 11, 21)) if one.kind == "policies-differ"] == []


def test_each_policy_has_a_quiz_that_begins_with_what_everybody_must_know(merged: Handbook) -> None:
    trust = merged.trusts[0]
    for policy in trust.policies:
        quiz = take_quiz(trust, policy.current, merged)
        assert quiz
        assert 6 <= len(quiz.pool) <= 10
        assert sum(question.must_know for question in merged.quizzes[policy.id].questions) >= 2


def test_its_campaign_asks_for_four_of_them_which_are_read_in_the_order_that_it_names(merged: Handbook) -> None:
    (trust,) = merged.trusts
    (campaign,) = trust.campaigns
    assert (len(campaign.policies), campaign.quizzes) == (4, "one")
    assert campaign.policies != tuple(sorted(campaign.policies))
    read = [reading.revision.policy for reading in find_readings(trust, merged, {})]
    assert read == [*campaign.policies, "grievance", "whistleblowing"]


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


def test_past_texts_are_as_they_were(merged: Handbook) -> None:
    past = [revision for policy in merged.trusts[0].policies for revision in policy.past]
    assert len(past) == 3
    assert all(revision.record.digest == revision.digest for revision in past)


def test_every_kind_of_change_occurs_between_the_revisions_that_were_in_force() -> None:
    assert {*EXPECTED["social-media", "2023-09", "2024-09"], *EXPECTED["social-media", "2024-09", "2025-09"]} == KINDS


@each_pair
def test_the_comments_tell_every_change(pair: Pair, merged: Handbook) -> None:
    assert changes_in_comments(both_of(pair, merged)[1]) == EXPECTED[pair]


@each_pair
def test_no_difference_is_left_out(pair: Pair, merged: Handbook) -> None:
    """Held against the two texts without the change engine: a kind is listed where its field differs, and nowhere else."""
    old, new = both_of(pair, merged)
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


def both_of(pair: Pair, merged: Handbook) -> tuple[Revision, Revision]:
    policy, old, new = pair
    by_id = merged.trusts[0].policy(policy).by_id
    return by_id[old], by_id[new]


def changes_in_comments(revision: Revision) -> Changes:
    """Each kind with its clauses, as the comments in the file of `policy` tell them.

    `# kind: why` stands above its clause; a removed clause, and those that were split or joined, are named in the words.
    """
    found: Changes = defaultdict(set)
    parts: dict[str, list[str]] = defaultdict(list)
    pending: list[tuple[str, str]] = []
    for line in (TRUST / revision.policy / f"{revision.id}.yml").read_text(encoding="utf-8").splitlines():
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
def test_what_the_comments_say_is_what_is_found(pair: Pair, merged: Handbook) -> None:
    found: Changes = defaultdict(set)
    for change in find_changes(*both_of(pair, merged)):
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


def test_the_steps_of_its_readme_leave_a_handbook_of_ones_own(tmp_path: Path, clausebook: Clausebook) -> None:
    folder = tmp_path / "ours"
    clausebook("new", folder)
    trust = (folder / "trusts/larkhill-example").rename(folder / "trusts/oakfield")
    for name in ("acknowledgements.yml", "quizzes.yml"):
        (trust / name).unlink()
    shutil.rmtree(trust / "academies")
    shutil.rmtree(folder / "models")
    about, _, _ = (trust / "trust.yml").read_text(encoding="utf-8").partition("\n# What each academy")
    (trust / "trust.yml").write_text(f"{about}\n", encoding="utf-8")
    for policy in POLICIES:
        (folder / f"quizzes/{policy}.yml").unlink()
        if policy != "social-media":
            shutil.rmtree(trust / policy)
    for past in ("2023-09", "2024-09", "2026-09"):
        (trust / f"social-media/{past}.yml").unlink()
    own = (trust / "social-media/2025-09.yml").rename(trust / "social-media/2026-03.yml")
    text = own.read_text(encoding="utf-8").replace("replaces: 2024-09\n", "")
    own.write_text(re.sub(r"(?s)^changes:\n.*?(?=^positions:)", "", text, flags=re.MULTILINE), encoding="utf-8")
    (trust / "social-media/policy.yml").write_text("owner: The head\n", encoding="utf-8")
    assert clausebook("check", "--handbook", folder).stdout == "no problems\n"


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
