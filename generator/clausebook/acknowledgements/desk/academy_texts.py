"""The texts of academies that were asked for: the handbook keeps what an academy has now, and the desk what people signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.private_files import write_private
from clausebook.load.merge import merge_revision
from clausebook.model.handbook import Revision
from clausebook.model.structures import PolicyFile
from clausebook.model.word_identity import read_exported, render_exported


class _Kept(BaseModel):
    """A file of the desk's texts/, which is named by the digest of its text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    academy: str
    text: str
    """The revision, as a Word file of it carries it."""
    files: tuple[tuple[str, int, str], ...]
    """What the text shows or offers: name, size and SHA-256."""


class AcademyTexts:
    """Finds a text of an academy by its digest: as the handbook has it, or as the desk kept it."""

    def __init__(self, desk: Desk, now: Iterable[Revision] = ()) -> None:
        """`now` are the texts that the academies have in the handbook."""
        self._desk = desk
        self._found: dict[str, Revision | None] = {text.digest: text for text in now}

    def find(self, digest: str) -> Revision | None:
        """None where neither has it, or where the desk's file was edited."""
        if digest not in self._found:
            self._found[digest] = _read(self._desk.text_file(digest), digest)
        return self._found[digest]


def keep_texts(desk: Desk, texts: Iterable[Revision]) -> None:
    """Write each text of an academy onto the desk that is not there yet; a trust's own texts stay in the handbook."""
    for digest, text in {text.digest: text for text in texts if text.academy}.items():
        path = desk.text_file(digest)
        if _read(path, digest) is None:
            write_private(path, _write(text))


def damaged_texts(desk: Desk) -> list[Path]:
    """The files of texts that do not hold what their names say."""
    return [path for path in sorted(desk.text_file("").parent.glob("*.json")) if _read(path, path.stem) is None]


def _write(text: Revision) -> bytes:
    files = tuple((file.name, file.size, file.sha256) for file in text.files)
    kept = _Kept(academy=text.academy or "", text=render_exported(text), files=files)
    return kept.model_dump_json().encode() + b"\n"


def _read(path: Path, digest: str) -> Revision | None:
    try:
        kept = _Kept.model_validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
    exported = read_exported(kept.text)
    if exported is None:
        return None
    one, files = exported.revision, {name: PolicyFile(name, path, size, sha) for name, size, sha in kept.files}
    text = replace(merge_revision(one.trust, one.policy, one.revision, one.record, files), academy=kept.academy)
    return text if text.digest == digest else None
