"""The command: reads a pack, has it checked, and says what was found.

python3 verify.py [EVIDENCE.zip or its folder] [FINGERPRINT]. Exit codes: 0 nothing is wrong, 1 something is, 2 this is no evidence pack.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from clausebook.acknowledgements.evidence.verifier.archive import ChangedZipError, read_zip
from clausebook.acknowledgements.evidence.verifier.canonical import Json, sha
from clausebook.acknowledgements.evidence.verifier.pack import SIGNS, Pack
from clausebook.acknowledgements.evidence.verifier.receipts import Receipts
from clausebook.acknowledgements.evidence.verifier.shapes import PURGED_FACTS, fits

OF_THE_SYSTEM = (".DS_Store", "Thumbs.db", "desktop.ini")  # what a file manager leaves behind


def check_pack(files: dict[str, bytes]) -> tuple[Pack, Receipts | None]:
    """Everything that is checked, in this order; `None` where there is no manifest to check by."""
    pack = Pack(files)
    if not pack.open():
        return pack, None
    pack.check_files()
    pack.check_keys()
    pack.check_signature()
    pack.check_register()
    pack.check_made_keys()
    pack.check_checkpoints()
    pack.check_bodiless()
    pack.check_texts()
    receipts = Receipts(pack)
    receipts.check()
    return pack, receipts


def summarise(pack: Pack, receipts: Receipts) -> list[str]:
    """What the pack shows, whether or not it holds."""
    every = pack.bodies | receipts.redacted
    void: set[int] = set()
    for number in sorted(every, reverse=True):
        if every[number]["kind"] == "void" and number not in void:
            void.add(every[number].get("about", 0))
    kept = [body for number, body in every.items() if body["kind"] in SIGNS and number not in void]
    count = Counter((body.get("policy", ""), body.get("revision", ""), body["kind"], body.get("assurance") or "not stated") for body in kept)  # fmt: skip
    purges = [body for body in pack.bodies.values() if body["kind"] == "purged"]
    return [
        f"{pack.manifest['trust_name']}, as at {pack.manifest['as_of']}{', names left out' if pack.manifest['redacted'] else ''}",
        f"{len(pack.hashes)} entries, {len(pack.bodies)} of them with what they say; {len(receipts.lines)} receipts",
        *(f"{policy} {revision}: {kind}, {assurance}: {number}" for (policy, revision, kind, assurance), number in sorted(count.items())),
        *([f"{len(receipts.redacted)} entries are told without names (redacted.jsonl): their digests are proven, their words are not"] if receipts.redacted else []),
        *([f"{len(receipts.told)} receipts are told (receipts-told.jsonl): HR signed that, and can show the receipts"] if receipts.told else []),
        *(f"Purged on {body['at'][:10]} by {body.get('by') or 'someone who is not named'}: {purged_kinds(body)}. Why: {body.get('says', '')}" for body in purges),
        *([f"The newest checkpoint covers the first {pack.covered} entries."] if pack.covered else ["There is no checkpoint: that the end was not cut off is not proven."]),
        *(f"Entry {number} ({every.get(number, {}).get('kind', 'left out or purged')}) was written after it: that it was not written anew is not proven, HR's word stands for it" for number in pack.unproven()),
    ]  # fmt: skip


def purged_kinds(body: Json) -> str:
    facts = body.get("facts", {})
    kinds = Counter(facts["kinds"] if fits(facts, PURGED_FACTS) and "kinds" in facts else ())
    return ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())) or "kinds not told"


def say_whose(pack: Pack, wanted: str) -> list[str]:
    """Whose key signed the pack. `wanted` is the fingerprint that HR told, by another way than the pack came."""
    name = pack.manifest["key"]
    if name not in pack.checkers:
        return []
    fingerprint = sha(pack.checkers[name].raw)
    shown = " ".join(fingerprint[place : place + 4] for place in range(0, 64, 4))
    public = pack.keys[name]["public"]
    told = [f"Signed with the key {name} of {pack.manifest['trust']} ({public}). Its fingerprint:", f"  {shown}"]
    if not wanted:
        return [*told, "Ask HR for the fingerprint by another way than this pack came, such as the telephone, and compare: anyone can sign a pack with a key of their own."]  # fmt: skip
    if "".join(wanted.split()).lower() == fingerprint:
        return [*told, "It is the fingerprint that you were told."]
    pack.fault("the pack is signed with another key than the one whose fingerprint you were told")
    return told


def read_files(place: Path) -> dict[str, bytes]:
    """The files of a zip or of a folder, by their names. Raises ValueError, OSError."""
    if not place.is_dir():
        return read_zip(place.read_bytes())
    files = (path for path in place.rglob("*") if path.is_file() and path.name not in OF_THE_SYSTEM)
    found = {path.relative_to(place).as_posix(): path.read_bytes() for path in files}
    if "manifest.json" not in found:
        raise ValueError("there is no manifest.json in it")
    return found


def plain(text: str) -> str:
    """Text that tells a terminal nothing: control and direction signs are written out."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def say(lines: list[str]) -> None:
    sys.stdout.buffer.write(("\n".join(map(plain, lines)) + "\n").encode(sys.stdout.encoding or "utf-8", "backslashreplace"))  # fmt: skip


def main(arguments: list[str]) -> int:
    place = Path(arguments[0]) if arguments else Path(__file__).parent
    try:
        files = read_files(place)
    except ChangedZipError as error:
        say([f"{error}.", "1 fault."])
        return 1
    except (OSError, ValueError) as error:
        sys.stderr.write(plain(f"{place} is no evidence pack: {error}") + "\n")
        return 2
    pack, receipts = check_pack(files)
    whose = say_whose(pack, "".join(arguments[1:])) if receipts else []
    lines = [*summarise(pack, receipts), "", *whose, ""] if receipts else []
    lines += [*pack.faults, f"{len(pack.faults) or 'No'} fault{'s' if len(pack.faults) != 1 else ''}."]
    say(lines)
    return 1 if pack.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
