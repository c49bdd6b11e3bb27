"""The program in one file, put together from its parts."""

from __future__ import annotations

from pathlib import Path

PARTS = ("ed25519.py", "canonical.py", "pack.py", "main.py")
HEAD = """\
#!/usr/bin/env python3
# Checks an evidence pack with nothing but Python 3.9 or later: python3 verify.py [EVIDENCE.zip or its folder].
# README.txt says what is checked, and what that proves.

from __future__ import annotations

"""
OURS = ("from __future__ ", "from generator.")


def render_program() -> str:
    """Each part without what it imports from the others, which stand above it."""
    return HEAD + "\n\n".join(_own(Path(__file__).with_name(name).read_text(encoding="utf-8")) for name in PARTS)


def _own(source: str) -> str:
    return "".join(line for line in source.splitlines(keepends=True) if not line.startswith(OURS))
