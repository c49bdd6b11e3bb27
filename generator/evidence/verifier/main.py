"""The command: reads a pack, has it checked, and says what was found.

python3 verify.py [EVIDENCE.zip or its folder]. Exit codes: 0 nothing is wrong, 1 something is, 2 this is no evidence pack.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections import Counter
from pathlib import Path

from generator.evidence.verifier.canonical import lines_of
from generator.evidence.verifier.pack import SIGNS, Pack

OF_THE_SYSTEM = (".DS_Store", "Thumbs.db", "desktop.ini")  # what a file manager leaves behind


def summarise(pack: Pack) -> list[str]:
    """What the pack shows, whether or not it holds."""
    told = {one["number"]: one["body"] for one in map(json.loads, lines_of(pack.files.get("redacted.jsonl", b"")))}  # fmt: skip
    every = pack.bodies | told
    void: set[int] = set()
    for number in sorted(every, reverse=True):
        if every[number]["kind"] == "void" and number not in void:
            void.add(every[number]["about"])
    kept = [body for number, body in every.items() if body["kind"] in SIGNS and number not in void]
    count = Counter((body["policy"], body["revision"], body["kind"], body.get("assurance") or "not stated") for body in kept)  # fmt: skip
    last = max((int(re.sub(r"\D", "", name)) for name in pack.files if name.startswith("checkpoints/")), default=0)
    return [
        f"{pack.manifest['trust_name']}, as at {pack.manifest['as_of']}{', names left out' if pack.redacted else ''}",
        f"{len(pack.hashes)} entries, {len(pack.bodies)} of them with what they say; {len(pack.receipts)} receipts",
        *(f"{policy} {revision}: {kind}, {assurance}: {number}" for (policy, revision, kind, assurance), number in sorted(count.items())),
        *([f"{len(told)} entries are told without names (redacted.jsonl): their digests are proven, their words are not"] if told else []),
        f"The newest checkpoint covers the first {last} entries." if last else "There is no checkpoint: that the end was not cut off is not proven.",
        *(f"Compare with the trust's site: key {name} is {key['public']}" for name, key in pack.keys.items()),
    ]  # fmt: skip


def read_pack(place: Path) -> dict[str, bytes]:
    """The files of a zip or of a folder, by their names. Raises ValueError where a zip has a name twice."""
    if place.is_dir():
        files = (path for path in place.rglob("*") if path.is_file() and path.name not in OF_THE_SYSTEM)
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}
    with zipfile.ZipFile(place) as archive:
        names = archive.namelist()
        if len(set(names)) < len(names):
            raise ValueError("a name stands in it twice")
        return {name: archive.read(name) for name in names}


def main() -> int:
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    try:
        pack = Pack(read_pack(place))
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        sys.stderr.write(f"{place} is no evidence pack, or is damaged beyond reading: {error!r}\n")
        return 2
    try:
        pack.check()
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        pack.fault(f"something in the pack is not written as it should be, and was not checked to its end: {error!r}")
    lines = [
        *summarise(pack),
        "",
        *pack.faults,
        f"{len(pack.faults) or 'No'} fault{'s' if len(pack.faults) != 1 else ''}.",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if pack.faults else 0


if __name__ == "__main__":
    sys.exit(main())
