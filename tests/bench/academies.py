"""A trust of twelve policies with thirty academies, made of the starter's: a cold build against the same trust without them, and a field changed."""

from __future__ import annotations

import re
import shutil
import statistics
import tempfile
from pathlib import Path

from bench.builds import size_of
from bench.machine import CLAUSEBOOK, run

STARTER = Path(__file__).parents[2] / "generator" / "clausebook" / "starter"
TRUST = "larkhill-example"
IN_FORCE = re.compile(r"^status: in-force$", re.MULTILINE)
ACADEMIES, ROUNDS = 30, 3
ADDED_TO = "mobile-phones"
"""The policy to which each academy adds five clauses; two of the twelve leave a field to it."""


def write_trust(folder: Path, academies: int) -> Path:
    """Write a handbook of one trust with twelve policies: the starter's six, and each once more beside itself."""
    shutil.copytree(STARTER, folder)
    trust = folder / "trusts" / TRUST
    shutil.rmtree(trust / "academies")
    for policy in sorted(path.parent for path in trust.glob("*/policy.yml")):
        _write_beside(policy, trust / f"{policy.name}-2")
    settings = (trust / "trust.yml").read_text(encoding="utf-8")
    (trust / "trust.yml").write_text(re.sub(r"  - \{id: school-office.*\n", "", settings), encoding="utf-8")
    for number in range(academies):
        write_academy(trust / "academies", number, f"Lead {number} (made up)")
    return folder


def _write_beside(policy: Path, other: Path) -> None:
    other.mkdir()
    if (policy / "files").is_dir():
        shutil.copytree(policy / "files", other / "files")
    newest = next(
        path
        for path in sorted(policy.glob("20*.yml"), reverse=True)
        if IN_FORCE.search(path.read_text(encoding="utf-8"))
    )
    text = newest.read_text(encoding="utf-8")
    text = re.sub(r"^(?:replaces|digest|model): .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(?:changes|departures):\n(?:[ #-].*\n|\n)*", "", text, flags=re.MULTILINE)
    (other / newest.name).write_text(text, encoding="utf-8")
    record = (policy / "policy.yml").read_text(encoding="utf-8")
    approvals = record.index("approvals:")
    record = record[:approvals].replace("approval: required", "# approval: required")
    (other / "policy.yml").write_text(f"kind: {policy.name}\nbeside: {policy.name}\n{record}", encoding="utf-8")


def write_academy(folder: Path, number: int, lead: str) -> None:
    """One academy, with its fields and an appendix of five clauses."""
    appendix = folder / f"academy-{number}" / "appendix"
    appendix.mkdir(parents=True, exist_ok=True)
    (folder / f"academy-{number}.yml").write_text(
        f"name: Academy {number} (made up)\nshort_name: Academy {number}\nfields:\n  safeguarding-lead: {lead}\n",
        encoding="utf-8",
    )
    clauses = "".join(
        f"      - id: own-{number}-{clause}\n        modality: must\n        topics: [phone-storage]\n"
        f"        text: Staff must keep rule {clause} of academy {number} from half past eight until pupils have gone home.\n"
        for clause in range(5)
    )
    (appendix / f"{ADDED_TO}.yml").write_text(
        f"wording: verbatim\nsections:\n  - id: own-{number}\n    heading: Phones at Academy {number}\n    clauses:\n{clauses}",
        encoding="utf-8",
    )


def main() -> None:
    ran: dict[str, list[float]] = {"with academies": [], "without": [], "a field changed": []}
    sizes = (0.0, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(ROUNDS):
            for name, count in (("with academies", ACADEMIES), ("without", 0)):
                root = write_trust(Path(folder) / f"{count}-{turn}", count)
                ran[name].append(run([*CLAUSEBOOK, "build", "--quiet", "--no-pdf", "--handbook", root]))
                if count:
                    at = root / "site" / TRUST / "at"
                    sizes = size_of(root / "site" / TRUST), size_of(at)
                    write_academy(root / "trusts" / TRUST / "academies", 7, "Somebody else (made up)")
                    ran["a field changed"].append(
                        run([*CLAUSEBOOK, "build", "--quiet", "--no-pdf", "--handbook", root])
                    )
    cold, alone, changed = (statistics.median(ran[name]) for name in ran)
    print(f"{ACADEMIES} academies, 12 policies, without PDFs; medians of {ROUNDS} runs")
    print(
        f"cold build: {cold:.2f} s; the same trust without academies: {alone:.2f} s; {cold / alone:.2f} times (mark 3)"
    )
    print(f"one academy's field changed: {changed:.2f} s (mark 2)")
    without = sizes[0] - sizes[1]
    print(
        f"published: an academy has {sizes[1] / ACADEMIES:.2f} MB, {sizes[1] / ACADEMIES / without:.1%} of the trust's {without:.1f} MB (mark 10%)"
    )


if __name__ == "__main__":
    main()
