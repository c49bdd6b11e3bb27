"""The two programs of a pack say the same of packs that were changed at random: the same verdict, and the same faults in the same words.

`PACKS=10000 pytest tests/acks/test_mutated_packs.py` tries as many; the suite tries a few hundred.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from clausebook.acknowledgements.evidence.verifier.archive import ChangedZipError, read_zip
from clausebook.acknowledgements.evidence.verifier.main import check_pack
from clausebook.acknowledgements.privacy.purge import expired_by, purge_expired
from clausebook.acknowledgements.register.purges import Purge

from .made_desks import NOW, TRUST, add_other_ways, trust
from .mutations import mutate
from .tampering import Files, signed_again, write_pack, zip_of
from .test_evidence import Place

HERE = Path(__file__).parent
SCRIPT = HERE.parents[1] / "overrides/scripts/evidence/verify.js"
NUMBER = int(os.environ.get("PACKS", "400"))
BATCH = 200


def light(pack: Files) -> Files:
    """The same pack with PDFs of a few bytes: what is in them is looked at by nobody."""
    return {name: b"%PDF" if name.endswith(".pdf") else b"program" if name.startswith("verify.") else data for name, data in pack.items()}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("hr"))
    add_other_ways(place.made)
    return place


@pytest.fixture(scope="module")
def packs(place: Place) -> list[Files]:
    """Whole, without names, and after a purge."""
    made = [place.pack(), place.pack("--redact")]
    choose = expired_by(trust(), date(2031, 10, 16))
    purge_expired(place.made.desk, TRUST, choose, Purge("HR manager", "Over.", NOW, place.made.key))
    made.append(place.pack("--as-of", "2031-10-16"))
    return [read_zip(signed_again(write_pack(light(pack)), place.made.key)) for pack in made]


def by_verify_py(raw: bytes) -> tuple[int, list[str]]:
    try:
        files = read_zip(raw)
    except ChangedZipError as error:
        return 1, [f"{error}."]
    except ValueError:
        return 2, []
    pack, _ = check_pack(files)
    return (1 if pack.faults else 0), pack.faults


def by_verify_js(raws: list[bytes]) -> Iterator[tuple[int, list[str]]]:
    """By the script of the page, in one process of Node."""
    done = subprocess.run(
        ["node", HERE / "verify_packs.js", SCRIPT], input=b"".join(struct.pack(">I", len(raw)) + raw for raw in raws), capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    for line in done.stdout.splitlines():
        told = json.loads(line)
        assert told.get("signatures", True), "this Node checks no Ed25519"
        yield told["code"], told["faults"]


def test_whole_packs_hold_for_both(packs: list[Files]) -> None:
    raws = [zip_of(pack) for pack in packs]
    assert [by_verify_py(raw) for raw in raws] == list(by_verify_js(raws)) == [(0, [])] * len(raws)


def test_both_say_the_same_of_changed_packs(packs: list[Files], place: Place) -> None:
    """What HR's key did not sign as it is now is a fault, whatever was changed; of the rest both say the same."""
    whole = {zip_of(pack) for pack in packs}
    verdicts: Counter[tuple[str, int]] = Counter()
    for first in range(0, NUMBER, BATCH):
        changed = [mutate(seed, packs, place.made.key) for seed in range(first, min(first + BATCH, NUMBER))]
        said = by_verify_js([raw for raw, _ in changed])
        for seed, ((raw, signed), of_script) in enumerate(zip(changed, said, strict=True), first):
            verdict = by_verify_py(raw)
            assert verdict == of_script, f"seed {seed}"
            assert verdict[0] or signed or raw in whole, f"seed {seed}: changed, not signed, and no one noticed"
            verdicts["signed" if signed else "not signed", verdict[0]] += 1
    assert verdicts["not signed", 1] > NUMBER / 4
    print(f"{NUMBER} changed packs: {dict(sorted(verdicts.items()))}")
