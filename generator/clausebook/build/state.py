"""What the last build of a site was made from: so that the next one knows whether anything is new, and what."""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from clausebook.build.engines.weasyprint import layout_libraries
from clausebook.build.options import Folders, Options
from clausebook.build.toolchain import installed, python
from clausebook.clock import today
from clausebook.files import digest, digest_parts, digest_tree, write_files
from clausebook.layout import INPUTS
from clausebook.looks import digest_engine

CHECKED = "checked.txt"
CLOCK = 2_000_000_000  # nanoseconds: no file system's clock has longer steps


class Seen(NamedTuple):
    """A published file, as it was when it was published."""

    size: int
    written: int
    """In nanoseconds since 1970."""
    digest: str


@dataclass(frozen=True)
class TargetResult:
    """What became of one piece: why it was made; nothing where it was there already."""

    target: str
    own: Mapping[str, str] = field(repr=False)
    shared: Mapping[str, str] = field(repr=False)
    why: str = ""


@dataclass(frozen=True)
class BuildState:
    """A build that was published: all that it was made from, its pieces with their parts, the files of its site."""

    inputs: Mapping[str, str]
    settings: Mapping[str, str]
    shared: Mapping[str, Mapping[str, str]]
    """Parts that many pieces have, by their digest."""
    targets: Mapping[str, tuple[str, Mapping[str, str]]]
    """Of each piece the digest of the parts that it shares, and its own."""
    files: Mapping[str, Seen]
    at: int
    """When they were looked at, in nanoseconds since 1970."""

    def parts_of(self, target: str) -> dict[str, str] | None:
        """All that a piece was made from; None where it was not there."""
        if target not in self.targets:
            return None
        shared, own = self.targets[target]
        return {**self.shared[shared], **own}


def read_inputs(folders: Folders) -> dict[str, str]:
    """The digest of every file of the engine and of the handbook, by its path; nothing at all where one cannot be read."""
    try:
        return digest_engine() | digest_tree(folders.root, INPUTS)
    except OSError:
        return {}


def read_settings(options: Options) -> dict[str, str]:
    """What decides, beside the handbook's files, what a build makes."""
    asked = {"as of": str(options.as_of), "SOURCE_DATE_EPOCH": options.epoch, "trust": str(options.trust),
             "PDFs": str(options.pdf), "drafts": str(options.drafts), "engine": options.engine}  # fmt: skip
    made_with = python() | {"installed libraries": installed()}
    return asked | made_with | (layout_libraries() if options.pdf else {})


def is_checked(folders: Folders, inputs: Mapping[str, str]) -> bool:
    """Whether a check of these very files, today and by this very program, has found nothing."""
    try:
        return inputs != {} and (folders.build / CHECKED).read_text(encoding="utf-8") == _as_checked(inputs)
    except (OSError, UnicodeDecodeError):
        return False


def remember_checked(folders: Folders, inputs: Mapping[str, str]) -> None:
    """Say so for the next time, in a handbook that has been built."""
    if inputs and folders.build.is_dir():
        with suppress(OSError):  # one that is not ours to write to
            write_files(folders.build, {CHECKED: _as_checked(inputs)})


def _as_checked(inputs: Mapping[str, str]) -> str:
    return digest_parts({**inputs, **python(), "installed libraries": installed(), "today": str(today())})


def read_last(folders: Folders) -> BuildState | None:
    """The record of the last build of this site; None where there is none, or a damaged one, or another program's."""
    try:
        said, _, rest = _record(folders).read_text(encoding="utf-8").partition("\n")
        return BuildState(**json.loads(rest)) if said == digest(rest) else None
    except (OSError, UnicodeDecodeError, TypeError):
        return None


def write_last(folders: Folders, last: BuildState) -> None:
    path, text = _record(folders), json.dumps(vars(last), ensure_ascii=False)
    made = f"{path.name}.{os.getpid()}"
    write_files(path.parent, {made: f"{digest(text)}\n{text}"})
    (path.parent / made).replace(path)


def remember(
    inputs: Mapping[str, str], settings: Mapping[str, str], made: Collection[TargetResult], files: Mapping[str, Seen]
) -> BuildState:
    """The record of a build that has ended."""
    targets = {result.target: (digest_parts(result.shared), result.own) for result in made}
    return BuildState(
        inputs,
        settings,
        {digest_parts(result.shared): result.shared for result in made},
        targets,
        files,
        time.time_ns(),
    )


def forget_last(folders: Folders) -> None:
    _record(folders).unlink(missing_ok=True)


def is_as_it_was(
    folders: Folders, last: BuildState | None, inputs: Mapping[str, str], settings: Mapping[str, str]
) -> bool:
    """Whether a build would make the very site that stands there: from the same, and nobody has touched it since."""
    return (
        last is not None
        and inputs != {}
        and last.inputs == inputs
        and last.settings == settings
        and _is_untouched(folders.site, last)
    )


def see_published(site: Path, known: Mapping[str, str]) -> dict[str, Seen] | None:
    """Every file of a site, with its digest, which need not be worked out for those that are `known`; None where one cannot be read."""
    try:
        return {
            name: Seen(entry.stat().st_size, entry.stat().st_mtime_ns, known.get(name) or digest(Path(entry.path).read_bytes()))
            for name, entry in _entries(site)
        }  # fmt: skip
    except OSError:
        return None


def _is_untouched(site: Path, last: BuildState) -> bool:
    """Whether the files of a site are those that were published. One that has its size and its time is not read again, if it is not so
    young that it could have been written twice within the steps of the system's clock."""
    try:
        left = dict(last.files)
        for name, entry in _entries(site):
            size, written, known = left.pop(name, (-1, 0, ""))
            now = entry.stat()
            is_same = (now.st_size, now.st_mtime_ns) == (size, written) and written < last.at - CLOCK
            if not is_same and digest(Path(entry.path).read_bytes()) != known:
                return False
    except OSError:
        return False
    return not left


def _entries(folder: Path, below: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below `folder`, by its path there; a link is no file of ours."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(folder / entry.name, f"{below}{entry.name}/")
            elif entry.is_symlink():
                raise OSError(errno.EINVAL, "a link stands in the site", entry.path)
            else:
                yield below + entry.name, entry


def kept_pages(folders: Folders) -> Path:
    """Where a build keeps what it saw of each page, for the next one."""
    return folders.build / f"pages-{_place(folders)}.txt"


def _record(folders: Folders) -> Path:
    return folders.build / f"last-build-{_place(folders)}.json"


def _place(folders: Folders) -> str:
    """What tells the places apart that this handbook is published to; a handbook that is moved keeps it."""
    return digest(os.fsencode(os.path.relpath(folders.site, folders.root)))[:12]
