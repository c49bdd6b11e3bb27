"""The files of a handbook, each read into its record: which there are, and which should not be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from clausebook import model
from clausebook.layout import EJECTED, ENGINE_CONFIG
from clausebook.load.academies import FOLDER, LoadedAcademy, LoadedAppendix, read_academies
from clausebook.load.document import Document
from clausebook.load.models import LoadedModels, read_models
from clausebook.load.names import OF_A_TRUST, OF_THE_HUB
from clausebook.load.policy_files import FILES
from clausebook.load.reader import POLICY, Authored, HandbookReader, LoadedRevision
from clausebook.load.shared import read_checklists, read_subjects
from clausebook.model.ejected import EjectedFiles
from clausebook.model.problems import Problem
from clausebook.model.structures import PolicyFile

LoadedText = LoadedRevision | LoadedAppendix

BESIDE_TRUSTS = frozenset({"README.md"})
BESIDE_POLICIES = frozenset({"trust.yml", "acknowledgements.yml", "quizzes.yml", "keys.yml", "logo.svg"})


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
    subjects: dict[str, Authored[model.SubjectRecord]]
    kinds: Authored[model.Kinds] | None
    roles: Authored[model.Roles] | None
    references: Authored[model.References] | None
    glossary: Authored[model.Glossary] | None
    everyday_words: Authored[model.EverydayWords] | None
    quizzes: dict[str, Authored[model.Quiz]]
    checklists: dict[str, Authored[model.Checklist]]
    acknowledgements: dict[str, Authored[model.Acknowledgements]] = field(default_factory=dict)
    """By the trust's id; a trust need not have any."""
    quizzes_of_trusts: dict[str, Authored[model.QuizzesOfTrust]] = field(default_factory=dict)
    """By the trust's id; a trust whose staff take no quiz has none."""
    keys_of_trusts: dict[str, Authored[model.KeysOfTrust]] = field(default_factory=dict)
    """By the trust's id; a trust that issues no personal links has none."""
    models: LoadedModels = field(default_factory=LoadedModels)
    academies: tuple[LoadedAcademy, ...] = ()
    settings: tuple[Document, ...] = ()
    """mkdocs.yml and the handbook's own file in the place of the engine's; it need have neither."""
    ejected: Authored[EjectedFiles] | None = None
    """None where the handbook has taken over no file of the engine."""
    unread: frozenset[str] = frozenset()
    """The files that are there and could not be read; no rule says what they lack."""

    def kind_of(self, trust: str, policy: str) -> model.PolicyKind | None:
        """What a policy is compared as: by policy.yml, else by the name of its folder. None where that names no kind."""
        written = self.policies.get((trust, policy))
        name = (written.record.kind if written else None) or policy
        return next((kind for kind in self.kinds.record.kinds if kind.id == name), None) if self.kinds else None

    def academies_of(self, trust: str) -> list[LoadedAcademy]:
        return [academy for academy in self.academies if academy.trust == trust]

    @property
    def appendices(self) -> Iterator[LoadedAppendix]:
        return (appendix for academy in self.academies for appendix in academy.appendices.values())

    @property
    def texts(self) -> Iterator[LoadedText]:
        """Whatever has sections and clauses: revisions, and what academies add to them."""
        yield from self.revisions
        yield from self.appendices

    def __len__(self) -> int:
        """How many files were read."""
        return sum(1 for _ in self.files)

    @property
    def files(self) -> Iterator[Authored[Any]]:
        """Every file that was read, whatever it holds."""
        yield from (text.file for text in self.texts)
        yield from (academy.file for academy in self.academies)
        yield from self.models.files
        for named in (
            self.trusts, self.policies, self.subjects, self.quizzes, self.checklists, self.acknowledgements, self.quizzes_of_trusts, self.keys_of_trusts,
        ):  # fmt: skip
            yield from named.values()
        shared = (self.kinds, self.roles, self.references, self.glossary, self.everyday_words)
        yield from (file for file in shared if file)


def load_handbook(root: FilePath) -> tuple[Loaded, list[Problem]]:
    """Read content/, trusts/, models/ and quizzes/ below `root`; returns what could be read, and every problem of reading.

    What `root` lacks of content/ is read from the engine's.
    """
    reader = HandbookReader(root)
    trusts: dict[str, Authored[model.TrustRecord]] = {}
    revisions: list[LoadedRevision] = []
    policies: dict[tuple[str, str], Authored[model.PolicyRecord]] = {}
    policy_files: dict[tuple[str, str], Mapping[str, PolicyFile]] = {}
    acknowledgements: dict[str, Authored[model.Acknowledgements]] = {}
    quizzes_of_trusts: dict[str, Authored[model.QuizzesOfTrust]] = {}
    keys_of_trusts: dict[str, Authored[model.KeysOfTrust]] = {}
    academies: list[LoadedAcademy] = []
    folders = reader.folders("trusts", BESIDE_TRUSTS, OF_THE_HUB)
    if not folders and not reader.problems:
        reader.note("trusts", "P702", "no trust is here", "a site without a trust would be empty",
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
        for policy in reader.folders(f"trusts/{folder}", BESIDE_POLICIES, OF_A_TRUST - {FOLDER}):
            if policy == FOLDER:
                continue
            policy_files[folder, policy] = reader.policy_files(f"trusts/{folder}/{policy}/{FILES}")
            if written := reader.read_if_there(f"trusts/{folder}/{policy}/{POLICY}", model.PolicyRecord):
                policies[folder, policy] = written
            revisions += reader.revisions(folder, policy, policy_files[folder, policy])
        academies += read_academies(reader, folder, policy_files)
    kinds = reader.read_or_engines("content/kinds.yml", model.Kinds)
    loaded = Loaded(
        root=root,
        trusts=trusts,
        revisions=tuple(revisions),
        policies=policies,
        policy_files=policy_files,
        subjects=read_subjects(reader, kinds, policies.values()),
        kinds=kinds,
        roles=reader.read_or_engines("content/roles.yml", model.Roles),
        references=reader.read_or_engines("content/references.yml", model.References),
        glossary=reader.read_or_engines("content/glossary.yml", model.Glossary),
        everyday_words=reader.read_or_engines("content/everyday-words.yml", model.EverydayWords),
        quizzes=reader.read_all("quizzes", model.Quiz),
        checklists=read_checklists(reader, kinds),
        acknowledgements=acknowledgements,
        quizzes_of_trusts=quizzes_of_trusts,
        keys_of_trusts=keys_of_trusts,
        models=read_models(reader),
        academies=tuple(academies),
        settings=tuple(one for name in ("mkdocs.yml", ENGINE_CONFIG) if (one := reader.settings(name))),
        ejected=reader.read_if_there(EJECTED, EjectedFiles),
        unread=frozenset(reader.unread),
    )
    return loaded, reader.problems
