"""Signs of symbol fonts, which have no letters of their own: as the nearest sign of Unicode."""

from __future__ import annotations

from typing import Any

from clausebook.edit.importers.readers.docx_package import W

PRIVATE = range(0xF000, 0xF100)
WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "•", 0x9F: "•",
    0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xF0: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    0x28: "☎", 0x2A: "✉", 0x2B: "✉", 0x46: "☞", 0x4A: "☺", 0x6D: "❍", 0xAB: "★",
}  # fmt: skip
WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✓",
    0x52: "☑",
    0x54: "☒",
    0x53: "☒",
    0xA3: "☐",
    0x97: "●",
    0x2A: "☐",
    0x30: "☐",
    0x51: "☒",
}
SYMBOL = {
    0xB7: "•", 0xA8: "♦", 0xAE: "→", 0xAC: "←", 0xDE: "⇒", 0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°",
    0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "μ", 0x70: "π", 0x57: "Ω", 0x44: "Δ", 0x53: "Σ", 0xD3: "©", 0xD2: "®", 0xD4: "™", 0xE3: "©", 0xE2: "®", 0xE4: "™", 0x2D: "−",
}  # fmt: skip
FONTS = {"wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2, "symbol": SYMBOL}
OTHER_FONTS = ("wingdings 3", "webdings", "zapfdingbats")


def is_symbol_font(font: str) -> bool:
    return font.lower() in FONTS or font.lower() in OTHER_FONTS


def symbol(font: str, code: int) -> str | None:
    """The sign that a symbol font shows for a code; None where there is no such sign."""
    low = code - 0xF000 if code in PRIVATE else code
    if low == 0x20:
        return " "
    if font.lower() in FONTS:
        return FONTS[font.lower()].get(low)
    return None if is_symbol_font(font) or code in PRIVATE else chr(code)


def bullet_sign(text: str, run: Any) -> str:
    """The sign of a list's bullet: `•` where its font has none that can be written."""
    fonts = run.find(f"{W}rFonts") if run is not None else None
    font = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "" if fonts is not None else ""
    sign = "".join(symbol(font, ord(one)) or "•" for one in text) if is_symbol_font(font) or _private(text) else text
    return sign.strip() or "•"


def _private(text: str) -> bool:
    return any(ord(one) in range(0xE000, 0xF900) for one in text)
