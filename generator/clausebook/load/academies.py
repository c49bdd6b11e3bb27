"""The academies of a trust: trusts/TRUST/academies/, a file for each, and beside it a folder with its appendices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clausebook import model
from clausebook.load.names import stands
from clausebook.load.reader import Authored, HandbookReader
from clausebook.model.structures import PolicyFile

FOLDER = "academies"
APPENDIX = "appendix"


@dataclass(frozen=True)
class LoadedAppendix:
    """What an academy adds to a policy of its trust; `files` are those of the policy."""

    trust: str
    academy: str
    policy: str
    file: Authored[model.AppendixRecord]
    files: Mapping[str, PolicyFile] = field(default_factory=dict)


@dataclass(frozen=True)
class LoadedAcademy:
    """An academy with its appendices by the policies that they add to."""

    trust: str
    id: str
    file: Authored[model.AcademyRecord]
    appendices: Mapping[str, LoadedAppendix]


def read_academies(
    reader: HandbookReader, trust: str, files: Mapping[tuple[str, str], Mapping[str, PolicyFile]]
) -> list[LoadedAcademy]:
    """The academies of a trust, by their ids. `files` are those of each policy, by the ids of trust and policy."""
    folder = f"trusts/{trust}/{FOLDER}"
    if not stands(reader.root / folder):
        return []
    found = []
    for name in reader.files(folder, folders=True):
        academy = name.removesuffix(".yml")
        appendices = _read_appendices(reader, trust, academy, files)
        if file := reader.read(f"{folder}/{name}", model.AcademyRecord):
            found.append(LoadedAcademy(trust, academy, file, appendices))
    return found


def _read_appendices(
    reader: HandbookReader, trust: str, academy: str, files: Mapping[tuple[str, str], Mapping[str, PolicyFile]]
) -> dict[str, LoadedAppendix]:
    below = f"trusts/{trust}/{FOLDER}/{academy}"
    found: dict[str, LoadedAppendix] = {}
    for folder in reader.folders(below, frozenset(), frozenset()) if stands(reader.root / below) else []:
        if folder != APPENDIX:
            reader.note(f"{below}/{folder}", "P703", "this is not read", f"only the folder {APPENDIX}/ is read here",
                        f"rename it to {APPENDIX}, or take it out")  # fmt: skip
            continue
        for name in reader.files(f"{below}/{folder}"):
            policy = name.removesuffix(".yml")
            if file := reader.read(f"{below}/{folder}/{name}", model.AppendixRecord):
                found[policy] = LoadedAppendix(trust, academy, policy, file, files.get((trust, policy), {}))
    return found
