"""P608: a file that a policy names and that is not there, or that could do more than be looked at or opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from clausebook.check.logos import danger_of_drawing
from clausebook.check.walk import Written, walk_clauses
from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.load.policy_files import FILES
from clausebook.load.reader import Authored
from clausebook.model.problems import Problem, nearest
from clausebook.model.structures import PolicyFile
from clausebook.model.text import file_links

PICTURES = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".svg": b""}
"""The pictures that browsers and PDFs both show, and how each begins."""
TO_DOWNLOAD = {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".rtf", ".pdf", ".txt", ".csv", *PICTURES}
"""What a reader can open without a program being started by it: no page, no script, no document with macros."""
LARGEST = 10_000_000


def check_files(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.texts:
        for written in walk_clauses(revision.file.record):
            for way, name, is_picture in _named(written):
                place = revision.file, (*written.path, *way)
                yield from _check(*place, name, (revision.trust, revision.policy), loaded, is_picture=is_picture)
    for key, policy in loaded.policies.items():
        if policy.record.file:
            yield from _check(policy, ("file",), policy.record.file, key, loaded, is_picture=False)


def _check(
    author: Authored[Any], path: Path, name: str, policy: tuple[str, str], loaded: Loaded, *, is_picture: bool
) -> Iterator[Problem]:
    folder, files = f"trusts/{'/'.join(policy)}/{FILES}", loaded.policy_files[policy]
    if ".." in PurePosixPath(name).parts or name.startswith("/") or ":" in name or "\\" in name:
        yield from author.problem_with(path, name, "P608", f"`{name}` leads out of {folder}/", "what is published must stand in the handbook",
                                       f"put the file into {folder}/, and write its name")  # fmt: skip
    elif name not in files:
        near = nearest(name, list(files))
        yield from author.problem_with(path, name, "P608", f"there is no file `{name}` in {folder}/", "the reader who asks for it finds nothing",
                                       f"write `{near}`" if near else f"put the file into {folder}/, or take this out")  # fmt: skip
    elif fault := _fault(files[name], is_picture=is_picture):
        yield from author.problem_with(path, name, "P608", f"`{name}` {fault[0]}", *fault[1:])


def _named(written: Written) -> Iterator[tuple[Path, str, bool]]:
    """Each file that a clause names: where, its name, and whether it is shown as a picture."""
    item = written.item
    if item.figure:
        yield ("figure", "file"), item.figure.file, True
    if item.attachment:
        yield ("attachment", "file"), item.attachment.file, False
    yield from ((way, name, False) for way, words in item.texts for name in file_links(words))


def _fault(file: PolicyFile, *, is_picture: bool) -> tuple[str, str, str] | None:
    """What is wrong with a file, why it matters, and what to do; None where nothing is."""
    ending = PurePosixPath(file.name).suffix
    if ending not in (PICTURES if is_picture else TO_DOWNLOAD):
        if is_picture:
            return (
                "is not a picture that a page can show",
                "browsers and PDFs show PNG, JPEG and SVG",
                "export it as PNG or SVG",
            )
        return (
            "is not a kind of file to offer",
            "a page, a script or a document with macros could act by itself",
            "offer it as docx, xlsx, odt, pdf or txt",
        )
    if file.size > LARGEST:
        return (
            f"is larger than {LARGEST // 1_000_000} MB",
            "staff open it on a phone",
            "make it smaller, or link to where it is published",
        )
    raw = file.path.read_bytes()
    if ending == ".svg" and (danger := danger_of_drawing(raw)):
        return (
            danger,
            "a picture on our pages must be nothing but a picture",
            "export it again as plain SVG with shapes and text only, or as PNG",
        )
    if not raw.startswith(PICTURES.get(ending, b"")):
        return (
            f"is no {ending.strip('.').upper()} file, whatever its name ends in",
            "browsers would show a broken picture",
            "export it again",
        )
    return None
