"""A handbook of as many made-up trusts as are wanted: the five real policies with the words of each text shuffled.

What it says makes no sense; it has the size and the shape of the real thing, for benchmarks and for tests of large sites.
"""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path
from typing import Any

import yaml

from quiz_copies import copy_quizzes

ROOT = Path(__file__).parent.parent
SHARED = ("content", "overrides", "mkdocs.yml")
TEXTS = ("text", "because", "says", "about")


def write_handbook(folder: Path, trusts: int) -> Path:
    """Write a handbook with that many trusts to `folder`, which must not exist; the same number gives the same bytes."""
    folder.mkdir(parents=True)
    for name in SHARED:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    copy_quizzes(folder, [])
    real = sorted((ROOT / "trusts").glob("*/*/*.yml"))
    loaded = [(path, yaml.load(path.read_bytes(), yaml.CBaseLoader)) for path in real]
    for number in range(1, trusts + 1):
        path, revision = loaded[(number - 1) % len(loaded)]
        trust = yaml.load((path.parents[1] / "trust.yml").read_bytes(), yaml.CBaseLoader)
        trust |= {
            "name": f"Made-up Trust {number:03}",
            "short_name": f"Made-up {number:03}",
            "about": "Made up, to see how large sites fare.",
        }
        home = folder / "trusts" / f"made-up-{number:03}"
        (home / "social-media").mkdir(parents=True)
        _write(home / "trust.yml", trust)
        _write(home / "social-media" / path.name, _shuffled(revision, random.Random(number)))
    return folder


def _write(path: Path, value: object) -> None:
    path.write_text(yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _shuffled(value: Any, chance: random.Random, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _shuffled(inner, chance, name) for name, inner in value.items() if inner != "null"}
    if key == "searched":
        return ["made-up word", "another made-up word"]  # the real ones could meet in a shuffled text
    if isinstance(value, list):
        return [_shuffled(inner, chance, key) for inner in value]
    if value == "true":
        return True
    if key not in TEXTS or not isinstance(value, str):  # below “Do Not” a shuffled text could read as an order
        return value.replace("Do Not", "Do") if key == "heading" else value
    first, *middle, last = value.split() if len(value.split()) > 2 else (value, "")
    chance.shuffle(middle)
    return " ".join([first, *middle, last]).strip()


if __name__ == "__main__":
    write_handbook(Path(sys.argv[1]), int(sys.argv[2]))
