"""The files of a handbook, each read into its record: which there are, and which should not be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from clausebook import model
from clausebook.load.document import Document, Path
from clausebook.load.fields import read_record
from clausebook.load.names import DEVICE, OF_A_POLICY, OF_A_TRUST, OF_THE_HUB, fits_as_id, printable, stands
from clausebook.load.policy_files import FILES, read_policy_files
from clausebook.load.yaml_events import read_document
from clausebook.model.ejected import EjectedFiles
from clausebook.model.layout import EJECTED, ENGINE_CONFIG
from clausebook.model.problems import Place, Problem
from clausebook.model.structures import PolicyFile

R = TypeVar("R", bound=BaseModel)

POLICY = "policy.yml"
BESIDE_TRUSTS = frozenset({"README.md"})
BESIDE_POLICIES = frozenset({"trust.yml", "acknowledgements.yml", "quizzes.yml", "keys.yml", "logo.svg"})
BY_NAME = ("trust.yml", "acknowledgements.yml", "quizzes.yml", "keys.yml")  # read by their names, whatever they are


@dataclass(frozen=True)
class Authored(Generic[R]):
    """A record together with the file that an author wrote it in."""

    document: Document
    record: R
    stepped_over: frozenset[Path] = frozenset()

    def problem(
        self, path: Path, code: str, what: str, why: str, fix: str, *, at_key: bool = False, asks: bool = False
    ) -> Iterator[Problem]:
        """A problem at `path`; nothing where the value there is a stand-in for one that did not fit."""
        if not self.is_stand_in(path):
            yield replace(self.document.problem(path, code, what, why, fix, at_key=at_key), asks=asks)

    def problem_with(self, path: Path, words: str, code: str, what: str, why: str, fix: str) -> Iterator[Problem]:
        """As `problem`, at the very words within a text."""
        if not self.is_stand_in(path):
            yield self.document.problem_with(path, words, code, what, why, fix)

    def is_stand_in(self, path: Path) -> bool:
        """Whether the value at `path` did not fit, so that another stands in the record."""
        return any(path[:length] in self.stepped_over for length in range(len(path) + 1))


@dataclass(frozen=True)
class LoadedRevision:
    """A revision, with the trust, policy and id that its place in the folders gives it."""

    trust: str
    policy: str
    id: str
    file: Authored[model.RevisionRecord]
    files: Mapping[str, PolicyFile] = field(default_factory=dict)
    """Those in the policy's folder files/, by their paths below it."""


@dataclass(frozen=True)
class Loaded:
    """Everything that was read from one handbook's folder. Records that could not be read are left out."""

    root: FilePath
    trusts: dict[str, Authored[model.TrustRecord]]
    revisions: tuple[LoadedRevision, ...]
    policies: dict[tuple[str, str], Authored[model.PolicyRecord]]
    """By the ids of trust and policy; a policy need not have any."""
    policy_files: dict[tuple[str, str], Mapping[str, PolicyFile]]
    """What lies in the folder files/ of each policy, by the path below it; by the ids of trust and policy."""
    topics: Authored[model.Topics] | None
    questions: Authored[model.Questions] | None
    roles: Authored[model.Roles] | None
    references: Authored[model.References] | None
    glossary: Authored[model.Glossary] | None
    quizzes: dict[str, Authored[model.Quiz]]
    checklists: dict[str, Authored[model.Checklist]]
    acknowledgements: dict[str, Authored[model.Acknowledgements]] = field(default_factory=dict)
    """By the trust's id; a trust need not have any."""
    quizzes_of_trusts: dict[str, Authored[model.QuizzesOfTrust]] = field(default_factory=dict)
    """By the trust's id; a trust whose staff take no quiz has none."""
    keys_of_trusts: dict[str, Authored[model.KeysOfTrust]] = field(default_factory=dict)
    """By the trust's id; a trust that issues no personal links has none."""
    settings: tuple[Document, ...] = ()
    """mkdocs.yml and the handbook's own file in the place of the engine's; it need have neither."""
    ejected: Authored[EjectedFiles] | None = None
    """None where the handbook has taken over no file of the engine."""
    unread: frozenset[str] = frozenset()
    """The files that are there and could not be read; no rule says what they lack."""

    def __len__(self) -> int:
        """How many files were read."""
        return sum(1 for _ in self.files)

    @property
    def files(self) -> Iterator[Authored[Any]]:
        """Every file that was read, whatever it holds."""
        yield from (revision.file for revision in self.revisions)
        for named in (
            self.trusts, self.policies, self.quizzes, self.checklists, self.acknowledgements, self.quizzes_of_trusts, self.keys_of_trusts,
        ):  # fmt: skip
            yield from named.values()
        shared = (self.topics, self.questions, self.roles, self.references, self.glossary)
        yield from (file for file in shared if file)


def load_handbook(root: FilePath) -> tuple[Loaded, list[Problem]]:
    """Read content/, trusts/ and quizzes/ below `root`; returns what could be read, and every problem of reading."""
    reader = _Reader(root)
    trusts: dict[str, Authored[model.TrustRecord]] = {}
    revisions: list[LoadedRevision] = []
    policies: dict[tuple[str, str], Authored[model.PolicyRecord]] = {}
    policy_files: dict[tuple[str, str], Mapping[str, PolicyFile]] = {}
    acknowledgements: dict[str, Authored[model.Acknowledgements]] = {}
    quizzes_of_trusts: dict[str, Authored[model.QuizzesOfTrust]] = {}
    keys_of_trusts: dict[str, Authored[model.KeysOfTrust]] = {}
    folders = reader.folders("trusts", BESIDE_TRUSTS, OF_THE_HUB)
    if not folders and not reader.problems:
        reader.note("trusts", "P702", "no trust stands here", "a site without a trust would be empty",
                    "make a folder for each trust, as trusts/README.md shows")  # fmt: skip
    for folder in folders:
        if trust := reader.read(f"trusts/{folder}/trust.yml", model.TrustRecord):
            trusts[folder] = trust
        if asked := reader.read_if_there(f"trusts/{folder}/acknowledgements.yml", model.Acknowledgements):
            acknowledgements[folder] = asked
        if taken := reader.read_if_there(f"trusts/{folder}/quizzes.yml", model.QuizzesOfTrust):
            quizzes_of_trusts[folder] = taken
        if keys := reader.read_if_there(f"trusts/{folder}/keys.yml", model.KeysOfTrust):
            keys_of_trusts[folder] = keys
        for policy in reader.folders(f"trusts/{folder}", BESIDE_POLICIES, OF_A_TRUST):
            policy_files[folder, policy] = reader.policy_files(f"trusts/{folder}/{policy}/{FILES}")
            if written := reader.read_if_there(f"trusts/{folder}/{policy}/{POLICY}", model.PolicyRecord):
                policies[folder, policy] = written
            revisions += reader.revisions(folder, policy, policy_files[folder, policy])
    loaded = Loaded(
        root=root,
        trusts=trusts,
        revisions=tuple(revisions),
        policies=policies,
        policy_files=policy_files,
        topics=reader.read("content/topics.yml", model.Topics),
        questions=reader.read("content/questions.yml", model.Questions),
        roles=reader.read("content/roles.yml", model.Roles),
        references=reader.read("content/references.yml", model.References),
        glossary=reader.read("content/glossary.yml", model.Glossary),
        quizzes=reader.read_all("quizzes", model.Quiz),
        checklists=reader.read_all("content/checklists", model.Checklist),
        acknowledgements=acknowledgements,
        quizzes_of_trusts=quizzes_of_trusts,
        keys_of_trusts=keys_of_trusts,
        settings=tuple(one for name in ("mkdocs.yml", ENGINE_CONFIG) if (one := reader.settings(name))),
        ejected=reader.read_if_there(EJECTED, EjectedFiles),
        unread=frozenset(reader.unread),
    )
    return loaded, reader.problems


class _Reader:
    """Reads files below one root, and notes those that should not be there."""

    def __init__(self, root: FilePath) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.unread: set[str] = set()

    def folders(self, name: str, also: frozenset[str], taken: frozenset[str]) -> list[str]:
        """The folders in `name`; the only files that may stand beside them are those in `also`.

        `taken` are names that would give a folder the address of a page that every site has.
        """
        found = []
        for entry in self._entries(name):
            if entry.name in BY_NAME:
                continue
            if not entry.is_dir():
                if entry.name not in also:
                    self._stray(entry, f"only folders and {', '.join(sorted(also))} are read here")
            elif self._may_be_address(entry, entry.name, taken):
                found.append(entry.name)
        return found

    def policy_files(self, name: str) -> dict[str, PolicyFile]:
        """What lies in a policy's folder for files, by the path below it; such a folder need not be there."""
        return dict(read_policy_files(name, self._entries, self.note)) if stands(self.root / name) else {}

    def files(self, name: str, taken: frozenset[str] = frozenset(), also: str = "") -> list[str]:
        """The .yml files in `name`, by their names. `also` is a folder that may stand beside them."""
        names = []
        for entry in self._entries(name):
            if entry.name == also and entry.is_dir():
                continue
            if entry.suffix != ".yml" or entry.is_dir():
                self._stray(entry, "only files whose names end in .yml are read here")
            elif self._may_be_address(entry, entry.stem, taken):
                names.append(entry.name)
        return names

    def revisions(self, trust: str, policy: str, files: Mapping[str, PolicyFile]) -> Iterator[LoadedRevision]:
        """The revisions in a policy's folder: every file but policy.yml. `files` are those that the policy shows or offers."""
        folder = f"trusts/{trust}/{policy}"
        for name in self.files(folder, OF_A_POLICY, also=FILES):
            if name != POLICY and (file := self.read(f"{folder}/{name}", model.RevisionRecord)):
                yield LoadedRevision(trust, policy, name.removesuffix(".yml"), file, files)

    def _may_be_address(self, entry: FilePath, name: str, taken: frozenset[str]) -> bool:
        if not fits_as_id(name):
            self._stray(entry, "its name is part of addresses: lower-case letters, digits, single hyphens")
        elif DEVICE.fullmatch(name):
            self._stray(entry, "Windows keeps this name for a device, so no folder or file there can have it")
        elif name in taken:
            self._stray(entry, f"a page of the site has the address `{name}` already")
        else:
            return True
        return False

    def read_all(self, name: str, record: type[R]) -> dict[str, Authored[R]]:
        folder = self.root / name
        if not stands(folder):
            return {}
        read = {file.removesuffix(".yml"): self.read(f"{name}/{file}", record) for file in self.files(name)}
        return {key: value for key, value in read.items() if value}

    def read_if_there(self, name: str, record: type[R]) -> Authored[R] | None:
        return self.read(name, record) if stands(self.root / name) else None

    def settings(self, name: str) -> Document | None:
        """A file that is no record of ours: with our own reader, which obeys no tag."""
        path = self.root / name
        if not stands(path) or not self._inside(path):
            return None
        document, problems = read_document(path, name)
        self.problems += problems
        return document

    def read(self, name: str, record: type[R]) -> Authored[R] | None:
        path = self.root / name
        if not stands(path):
            self.note(name, "P702", "this file is missing", "the sites cannot be made without it",
                       "restore it, or copy it from another handbook")  # fmt: skip
            return None
        self.unread.add(name)
        if not self._inside(path):
            return None
        document, problems = read_document(path, name)
        self.problems += problems
        if document is None:
            return None
        value, stepped_over, problems = read_record(document, record)
        self.problems += problems
        if value is None:
            return None
        self.unread.discard(name)
        return Authored(document, value, stepped_over)

    def _entries(self, name: str) -> list[FilePath]:
        folder = self.root / name
        if not folder.is_dir():
            self.note(name, "P702", "this folder is missing", "a handbook has content/, trusts/ and quizzes/",
                       "run the command in the handbook's own folder, or name it with --handbook")  # fmt: skip
            return []
        try:
            entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
        except OSError as error:
            self.unread.add(f"{name}/")
            self.note(name, "P001", f"this folder cannot be read: {error.strerror}", "every file of a handbook is needed",
                       "check that you may open it")  # fmt: skip
            return []
        return [entry for entry in entries if self._inside(entry)]

    def _inside(self, path: FilePath) -> bool:
        try:
            inside = path.resolve().is_relative_to(self.root.resolve())
        except (OSError, RuntimeError):
            inside = False
        if not inside:
            self.note(path.relative_to(self.root).as_posix(), "P701", "this leads out of the handbook's folder, or nowhere",
                       "what is published must be what stands in the handbook", "put the file itself here instead of a link")  # fmt: skip
        return inside

    def _stray(self, path: FilePath, why: str) -> None:
        fix = (
            f"rename it to {path.stem}.yml"
            if path.suffix.lower() in (".yaml", ".yml") and path.suffix != ".yml"
            else "rename it, or take it out"
        )
        self.note(path.relative_to(self.root).as_posix(), "P703", "this is not read", why, fix)

    def note(self, name: str, code: str, what: str, why: str, fix: str) -> None:
        self.problems.append(Problem(Place(printable(name)), code, what, why, printable(fix)))
