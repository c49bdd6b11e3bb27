"""What a page needs that stands alone in one file, asks nothing of anybody and runs nothing: its style with the fonts in it, and its policy."""

from __future__ import annotations

import base64
import hashlib

from clausebook.looks import WEB_FONTS, Looks
from clausebook.model.colours import Shades, render_shades

FACES = (("400", "atkinson-400-normal.woff2"), ("700", "atkinson-700-normal.woff2"))


def render_style(shades: Shades, looks: Looks, sheet: str) -> str:
    """The style of a file that stands alone: the sheet of that path, with the fonts in it."""
    fonts = ((weight, looks.find(f"{WEB_FONTS}/{name}").read_bytes()) for weight, name in FACES)
    faces = "\n".join(
        f"@font-face {{ font-family: Atkinson; font-weight: {weight}; src: url(data:font/woff2;base64,{base64.b64encode(font).decode()}) format('woff2'); }}"
        for weight, font in fonts
    )  # fmt: skip
    return f"\n{faces}\n{render_shades(shades)}{looks.find(sheet).read_text(encoding='utf-8')}"


def csp_hash(text: str) -> str:
    """What a Content Security Policy names an inline style or script by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
