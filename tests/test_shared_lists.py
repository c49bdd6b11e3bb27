"""What a handbook lacks of content/ is the engine's: its subjects, kinds, roles, references, glossary, everyday words and checklists."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clausebook import looks
from clausebook.acknowledgements.desk.paths import MisplacedDeskError, require_private
from clausebook.build.options import Folders
from clausebook.build.state import read_inputs
from clausebook.check.library import read_handbook
from clausebook.load import load_handbook
from clausebook.looks import ENGINE, engine_files
from clausebook.pages.everyday_words import words_of_hub, words_of_trust

if TYPE_CHECKING:
    from conftest import Clausebook

ROOT = Path(__file__).parents[1]
GLOSSARY = "content/glossary.yml"
REVISION = "trusts/larkhill-example/social-media/2025-09.yml"


@pytest.fixture
def ours(tmp_path: Path, clausebook: Clausebook) -> Path:
    """A handbook that is new, and has no list of its own."""
    folder = tmp_path / "ours"
    assert clausebook("new", folder).returncode == 0
    assert not (folder / "content").exists()
    return folder


def test_a_list_that_was_taken_over_stands_before_the_engines(ours: Path, clausebook: Clausebook) -> None:
    assert clausebook("eject", GLOSSARY, "content/subjects/mobile-phones.yml", "--handbook", ours).returncode == 0
    with (ours / GLOSSARY).open("a", encoding="utf-8") as file:
        file.write("  - term: Larking\n    means: What larks do.\n")
    phones = ours / "content/subjects/mobile-phones.yml"
    phones.write_text(
        phones.read_text(encoding="utf-8").replace("label: Mobile phones", "label: Telephones", 1), encoding="utf-8"
    )
    handbook, problems = read_handbook(ours)
    assert handbook, problems
    assert handbook.terms[-1].term == "Larking"
    labels = {subject.id: subject.record.label for subject in handbook.subjects}
    assert (len(labels), labels["mobile-phones"], labels["social-media"]) == (10, "Telephones", "Social media")


def test_everyday_words_of_ones_own_stand_before_the_engines(ours: Path, clausebook: Clausebook) -> None:
    name = "content/everyday-words.yml"
    trust = "larkhill-example"
    handbook, _ = read_handbook(ours)
    assert '"Snapchat","snapchat"' in words_of_trust(handbook.trust(trust), handbook)
    assert clausebook("eject", name, "--handbook", ours).returncode == 0
    (ours / name).write_text("words:\n  - {word: Lark-chat, topics: [friend-requests]}\n", encoding="utf-8")
    handbook, problems = read_handbook(ours)
    assert handbook, problems
    for script in (words_of_trust(handbook.trust(trust), handbook), words_of_hub(handbook)):
        assert '"words":[["Lark-chat","larkchat",["friend-requests"]]]' in script


def test_where_no_clause_is_on_a_topic_an_answer_to_a_question_on_it_is_shown() -> None:
    """Archway's clause on work email stands under another topic; on passwords it says nothing; LwLAT's page on them is damaged."""
    handbook, _ = read_handbook(ROOT)
    archway, lwlat = (words_of_trust(handbook.trust(name), handbook) for name in ("archway", "lwlat"))
    assert '[0,"questions/index.html#private-use-of-work-email","its answer",true]' in archway
    assert '[0,"questions/index.html#mfa","not stated, ask first",false]' in archway
    assert '[0,"questions/index.html#change-passwords","can\'t be read, ask first",false]' in lwlat


def test_an_everyday_word_of_the_engine_leads_to_no_topic_that_the_handbook_has_not(handbook_folder: Path) -> None:
    handbook, problems = read_handbook(handbook_folder)
    assert handbook, problems
    script = words_of_trust(handbook.trusts[0], handbook)
    assert '["friended","friended",["friend-requests"]]' in script
    assert "Snapchat" in script  # its first topic is not here; another one is
    assert "ChatGPT" not in script  # none of its topics is


def test_a_handbook_with_kinds_of_its_own_takes_only_the_subjects_that_they_name(handbook_folder: Path) -> None:
    loaded, problems = load_handbook(handbook_folder)
    assert (list(loaded.subjects), list(loaded.checklists), problems) == (["online"], ["hr"], [])
    kinds = handbook_folder / "content/kinds.yml"
    kinds.write_text(
        kinds.read_text(encoding="utf-8").replace(
            "subjects: [online]", "subjects: [online, performance-and-capability]", 1
        ),
        encoding="utf-8",
    )
    handbook, problems = read_handbook(handbook_folder)
    assert handbook, problems
    assert {subject.id for subject in handbook.subjects} == {"online", "performance-and-capability"}


@pytest.mark.parametrize("name", ["content/roles.yml", "content/references.yml", GLOSSARY, "content/checklists"])
def test_what_the_engines_lists_name_and_a_handbook_has_not_is_left_out(handbook_folder: Path, name: str) -> None:
    path = handbook_folder / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    handbook, problems = read_handbook(handbook_folder)
    assert (bool(handbook), problems) == (True, [])


def test_an_id_that_the_engine_has_too_is_told_at_the_handbooks_own(handbook_folder: Path) -> None:
    kinds = handbook_folder / "content/kinds.yml"
    kinds.write_text(
        kinds.read_text(encoding="utf-8").replace("subjects: [online]", "subjects: [online, social-media]", 1),
        encoding="utf-8",
    )
    _, problems = read_handbook(handbook_folder)
    told = {(problem.place.file, problem.what, problem.why) for problem in problems if problem.code == "P201"}
    assert {file for file, _, _ in told} == {"content/subjects/online.yml"}
    assert (
        "content/subjects/online.yml",
        "the id `friend-requests` is taken",
        "a topic of the engine's content/subjects/social-media.yml has it already, and an id is one address",
    ) in told


def test_a_word_that_no_list_knows_is_told_with_the_list_that_is_used(ours: Path, clausebook: Clausebook) -> None:
    path = ours / REVISION
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "binds: [staff, agency-workers, volunteers]", "binds: [staff, zebras]", 1
        ),
        encoding="utf-8",
    )
    _, problems = read_handbook(ours)
    (told,) = (problem for problem in problems if problem.code == "P204")
    assert (told.why, told.fix) == (
        "they are listed in the engine's content/roles.yml",
        "use an id from the engine's content/roles.yml",
    )
    clausebook("eject", "content/roles.yml", "--handbook", ours)
    _, problems = read_handbook(ours)
    assert [problem.why for problem in problems if problem.code == "P204"] == ["they are listed in content/roles.yml"]


def test_a_problem_in_the_engines_own_list_names_its_file(
    ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = tmp_path / "engine"
    shutil.copytree(ENGINE / "content", engine / "content")
    (engine / GLOSSARY).write_text("terms:\n  - {term: A}\n", encoding="utf-8")
    monkeypatch.setattr("clausebook.load.reader.ENGINE", engine)
    _, problems = load_handbook(ours)
    assert [(problem.place.file, problem.code) for problem in problems] == [(f"the engine's {GLOSSARY}", "P102")]


def test_a_build_sees_that_the_engines_lists_have_changed(
    ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read_inputs(Folders(ours, ours / "site"))
    assert set(engine_files()) <= before.keys()
    engine = tmp_path / "engine"
    for name in ("content", "overrides"):
        shutil.copytree(ENGINE / name, engine / name)
    with (engine / "content/kinds.yml").open("a", encoding="utf-8") as file:
        file.write("# a newer engine\n")
    monkeypatch.setattr(looks, "ENGINE", engine)
    after = read_inputs(Folders(ours, ours / "site"))
    assert {name for name in before if before[name] != after[name]} == {"content/kinds.yml"}


def test_what_names_staff_is_kept_out_of_a_handbook_that_has_no_list_of_its_own(ours: Path, tmp_path: Path) -> None:
    with pytest.raises(MisplacedDeskError, match="would lie in the handbook"):
        require_private(ours / "desk", tmp_path / "another handbook")
    require_private(tmp_path / "desk", tmp_path / "another handbook")
