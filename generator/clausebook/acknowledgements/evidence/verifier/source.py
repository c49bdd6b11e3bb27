"""The program in one file, put together from its parts."""

from __future__ import annotations

import ast
from pathlib import Path

PARTS = ("ed25519.py", "canonical.py", "shapes.py", "archive.py", "pack.py", "receipts.py", "main.py")
HEAD = """\
#!/usr/bin/env python3
# Checks an evidence pack with nothing but Python 3.9 or later: python3 verify.py [EVIDENCE.zip or its folder] [FINGERPRINT].
# README.txt says what is checked, and what that proves.

from __future__ import annotations

"""


def render_program() -> str:
    """Each part without what it imports from the others, which stand above it."""
    return HEAD + "\n\n".join(_own(Path(__file__).with_name(name).read_text(encoding="utf-8")) for name in PARTS)


def _own(source: str) -> str:
    lines: list[str] = source.splitlines(keepends=True)
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("__future__", "clausebook.")):
            lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or node.lineno) - node.lineno + 1)
    return "".join(lines)
