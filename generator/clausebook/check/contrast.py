"""P501: a trust's colour on which white text, or which on white, cannot be read well enough.

WCAG 2.2, success criterion 1.4.3: text needs a contrast of at least 4.5 to 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.model.colours import contrast, darkened
from clausebook.model.problems import Problem

ENOUGH = 4.5


def check_contrast(loaded: Loaded) -> Iterator[Problem]:
    for trust in loaded.trusts.values():
        for name, colour in (("primary", trust.record.palette.primary), ("accent", trust.record.palette.accent)):
            ratio = contrast(colour, "#ffffff")
            if ratio < ENOUGH:
                yield from trust.problem(
                    ("palette", name), "P501", f"{colour} against white has a contrast of {ratio:.1f} to 1",
                    "WCAG 2.2 asks for 4.5 to 1, so that everyone can read the header and the links",
                    f'take a darker shade, such as "{darkened(colour)}"',
                )  # fmt: skip
