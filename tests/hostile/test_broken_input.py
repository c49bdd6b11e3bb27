"""Whatever stands in the files: a handbook either loads and its pages render, or gives problems with places. Never a crash.

CLAUSEBOOK_FUZZ_SEED and CLAUSEBOOK_FUZZ_COUNT give the fuzzer and hypothesis another seed, and the fuzzer another number of cases.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from clausebook import load
from clausebook.load import Loaded, load_handbook

from .accidents import INSTEAD, NAMES, WHOLE, put_instead, quote_a_value
from .fields import KINDS
from .promise import TESTS, stands, stands_with, write_small

SEED = os.environ.get("CLAUSEBOOK_FUZZ_SEED", "1")
COUNT = int(os.environ.get("CLAUSEBOOK_FUZZ_COUNT", "500"))
AT_ONCE = 2  # processes
FOLDERS = [
    *("content", "content/checklists", "quizzes", "trusts", "trusts/sample", "trusts/sample/social-media"),
    *("trusts/sample/academies", "trusts/sample/academies/eastfield", "trusts/sample/academies/eastfield/appendix"),
]
# A handbook may do without quizzes, keys and a campaign, a trust without taking a quiz, a policy without a draft; the engine has lists.
OPTIONAL = (
    "quizzes",
    "content/roles",
    "content/references",
    "content/glossary",
    "content/everyday-words",
    "content/checklists",
    "trusts/sample/keys",
    "trusts/sample/acknowledgements",
    "trusts/sample/social-media/2026",
)
any_case = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The small handbook as it is; what a test does to a file of it, it undoes."""
    loaded, problems = load_handbook(write_small(tmp_path_factory.mktemp("small") / "handbook"))
    assert problems == []
    return loaded


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small(tmp_path / "handbook")


FILES = [  # by name, so that each is a case of its own
    *(
        "content/subjects/online.yml",
        "content/kinds.yml",
        "content/roles.yml",
        "content/references.yml",
        "content/glossary.yml",
        "content/everyday-words.yml",
    ),
    *(
        "content/checklists/hr.yml",
        "quizzes/social-media.yml",
        "trusts/sample/trust.yml",
        "trusts/sample/acknowledgements.yml",
    ),
    *(
        "models/sample-templates/provider.yml",
        "models/sample-templates/social-media/2023-09.yml",
        "trusts/sample/quizzes.yml",
        "trusts/sample/keys.yml",
        "trusts/sample/academies/eastfield.yml",
        "trusts/sample/academies/eastfield/appendix/social-media.yml",
        "trusts/sample/social-media/policy.yml",
        "trusts/sample/social-media/2024-01.yml",
        "trusts/sample/social-media/2026-12.yml",
    ),
]


def with_file(base: Loaded, name: str, content: bytes) -> Iterator[str]:
    """The files of the problems that there are once `name` holds `content`."""
    path = base.root / name
    sound = path.read_bytes()
    path.write_bytes(content)
    try:
        yield from {problem.place.file for problem in stands_with(base, name)}
    finally:
        path.write_bytes(sound)


def test_every_kind_of_file_that_is_read_is_tested(base: Loaded) -> None:
    """A kind that is new fails here until it stands among KINDS and in the small handbook."""
    folder = Path(load.__file__).parent
    source = "".join(
        (folder / name).read_text(encoding="utf-8")
        for name in ("academies.py", "handbook.py", "models.py", "reader.py", "shared.py")
    )
    read = set(re.findall(r"(?:reader|self)\.read\w*\([^()]*?model\.(\w+)", source))
    assert read == {record.__name__ for record in KINDS.values()}
    assert {file.document.file for file in base.files} == set(FILES)
    assert {type(file.record) for file in base.files} == set(KINDS.values())


def test_the_handbook_as_it_is_loads_and_renders(base: Loaded) -> None:
    assert stands(base.root) == []
    assert [stands_with(base, name) for name in FILES] == [[]] * len(FILES)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE)
def test_a_file_of_something_else_is_a_problem_in_that_file(name: str, content: bytes, base: Loaded) -> None:
    assert name in with_file(base, name, content)


@pytest.mark.parametrize(
    "many", [b"- {b: c}\n", b"- <b>\n", b"- !a b\n", b"b: c\n"], ids=["records", "code", "tags", "the same field"]
)
def test_a_file_of_too_many_values_is_not_read_to_its_end(many: bytes, base: Loaded) -> None:
    """Half a million values, each with its problem, would be told for minutes and take a gigabyte."""
    name = "trusts/sample/social-media/2024-01.yml"
    path = base.root / name
    sound = path.read_bytes()
    path.write_bytes((b"related:\n" if many[:1] == b"-" else b"") + many * (1_900_000 // len(many)))
    try:
        started = time.process_time()
        told = [problem.what for problem in stands_with(base, name) if problem.code == "P006"]
        assert time.process_time() - started < 5
        assert told == ["more than 20,000 values stand in this file, and here is the next"]
    finally:
        path.write_bytes(sound)


@seed(SEED)
@any_case
@given(
    name=st.sampled_from(FILES),
    content=st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
    ),
)
def test_any_bytes_at_all(name: str, content: bytes, base: Loaded) -> None:
    assert set(with_file(base, name, content))


@seed(SEED)
@any_case
@given(name=st.sampled_from(FILES), value=st.text(max_size=60), place=st.integers(0, 60))
def test_any_text_as_a_quoted_value(name: str, value: str, place: int, base: Loaded) -> None:
    text = (base.root / name).read_text(encoding="utf-8")
    set(with_file(base, name, quote_a_value(text, value, place).encode("utf-8", "surrogatepass")))


@pytest.mark.parametrize("name", [*FILES, *FOLDERS])
@pytest.mark.parametrize("instead", [one for one in INSTEAD if one != "unreadable file" or os.geteuid() != 0])
def test_something_else_by_that_name(small: Path, name: str, instead: str) -> None:
    put_instead(small / name, instead)
    problems = stands(small)
    optional = name.startswith(OPTIONAL) or name.endswith(("/quizzes.yml", "/policy.yml"))
    assert (
        problems
        or (optional and instead == "nothing")
        or (name in ("quizzes", "content/checklists") and instead == "folder")
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "folder",
    [
        "trusts/sample/social-media",
        "trusts/sample/academies",
        "trusts/sample/academies/eastfield/appendix",
        "quizzes",
        "content/checklists",
    ],
)
def test_a_file_whose_name_is_no_address(small: Path, folder: str, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(small / folder) + b"/" + name)).write_bytes(b"title: a\n")
    assert [problem.code for problem in stands(small)] == ["P703"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "folder", ["trusts", "trusts/sample", "trusts/sample/academies", "trusts/sample/academies/eastfield"]
)
def test_a_folder_whose_name_is_no_address(small: Path, folder: str, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(small / folder) + b"/" + name.removesuffix(b".yml") + b"_")).mkdir()
    assert [problem.code for problem in stands(small)] == ["P703"]


@pytest.mark.parametrize("name", ["content", "quizzes", "trusts", *FOLDERS, *FILES, "trusts/sample/logo.svg"])
def test_nothing_is_read_from_outside_the_handbook(small: Path, name: str, tmp_path: Path) -> None:
    """A link that leads out is a problem, even where a sound file or folder stands at its other end."""
    inside, outside = small / name, tmp_path / "outside"
    if inside.exists():
        inside.rename(outside)
    else:
        outside.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    inside.symlink_to(outside)
    assert "P701" in [problem.code for problem in stands(small)]


def test_no_accident_breaks_the_promise() -> None:
    """COUNT cases of a fuzzer, each within 5 seconds and 500 MB; the one that does not hold is told with how to run it again."""
    size = -(-COUNT // AT_ONCE)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])}
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "hostile.fuzzing", SEED, str(first), str(min(size, COUNT - first))],
            cwd=TESTS, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        for first in range(0, COUNT, size)
    ]  # fmt: skip
    told = [run.communicate()[0] for run in runs]
    print(*told)
    assert [run.returncode for run in runs] == [0] * len(runs), "\n".join(told)
    counts = [dict(re.findall(r"'(\w+)': (\d+)", one)) for one in told]
    assert sum(int(count) for one in counts for count in one.values()) == COUNT
    assert all(int(one["rendered"]) and int(one["problems"]) for one in counts)
