"""Reads the files of a handbook one by one into their records, and notes those that should not be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Generic, TypeVar

from pydantic import BaseModel

from clausebook import model
from clausebook.layout import OF_ENGINE
from clausebook.load.document import Document, Path
from clausebook.load.fields import read_record
from clausebook.load.kept import KeptDocuments
from clausebook.load.names import DEVICE, OF_A_POLICY, fits_as_id, printable, stands
from clausebook.load.policy_files import FILES, read_policy_files
from clausebook.load.yaml_events import read_document
from clausebook.looks import ENGINE
from clausebook.model.problems import Place, Problem
from clausebook.model.structures import PolicyFile

R = TypeVar("R", bound=BaseModel)

POLICY = "policy.yml"
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


class HandbookReader:
    """Reads files below one root, and notes those that should not be there."""

    def __init__(self, root: FilePath) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.unread: set[str] = set()
        self._kept = KeptDocuments(root)

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

    def files(
        self, name: str, taken: frozenset[str] = frozenset(), also: str = "", *, folders: bool = False
    ) -> list[str]:
        """The .yml files in `name`, by their names.

        `also` is a folder that may stand beside them; with `folders` one for each of them may.
        """
        names: list[str] = []
        entries = self._entries(name)
        for entry in entries:
            if entry.is_dir() and (folders or entry.name == also):
                continue
            if entry.suffix != ".yml" or entry.is_dir():
                self._stray(entry, "only files whose names end in .yml are read here")
            elif self._may_be_address(entry, entry.stem, taken):
                names.append(entry.name)
        for entry in entries:
            if folders and entry.is_dir() and f"{entry.name}.yml" not in names:
                file = f"{printable(entry.name)}.yml"
                self.note(f"{name}/{printable(entry.name)}", "P703", "this is not read", f"no file {file} in {name}/ says what it belongs to",
                          f"write {file}, or rename the folder")  # fmt: skip
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
        """Every file of a folder, by its name; the folder need not be there."""
        names = self.files(name) if stands(self.root / name) else []
        read = {file.removesuffix(".yml"): self.read(f"{name}/{file}", record) for file in names}
        return {key: value for key, value in read.items() if value}

    def read_or_engines(self, name: str, record: type[R]) -> Authored[R] | None:
        """The handbook's file, or the engine's of the same path where it has none."""
        engines = not stands(self.root / name) and (ENGINE / name).is_file()
        return self._record(ENGINE / name, f"{OF_ENGINE}{name}", record) if engines else self.read(name, record)

    def read_if_there(self, name: str, record: type[R]) -> Authored[R] | None:
        return self.read(name, record) if stands(self.root / name) else None

    def settings(self, name: str) -> Document | None:
        """A file that is no record of ours: with our own reader, which obeys no tag."""
        path = self.root / name
        if not stands(path) or not self._inside(path):
            return None
        document, problems = read_document(path, name, self._kept)
        self.problems += problems
        return document

    def read(self, name: str, record: type[R]) -> Authored[R] | None:
        path = self.root / name
        if not stands(path):
            self.note(name, "P702", "this file is missing", "the sites cannot be made without it",
                       "restore it, or copy it from another handbook")  # fmt: skip
            return None
        self.unread.add(name)
        return self._record(path, name, record) if self._inside(path) else None

    def _record(self, path: FilePath, name: str, record: type[R]) -> Authored[R] | None:
        document, problems = read_document(path, name, self._kept)
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
            self.note(name, "P702", "this folder is missing", "a handbook has trusts/ and quizzes/",
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
                       "what is published must be what is in the handbook", "put the file itself here instead of a link")  # fmt: skip
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
