"""A trust's two colours worked out into all that a page needs, light and dark, each with enough contrast.

Contrast is that of WCAG 2.2 (relative luminance, 1.4.3): at least 4.5 to 1 for text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from coloraide import Color

LIGHT_PAGE, DARK_PAGE = "#ffffff", "#14181f"
ENOUGH = 4.6  # a little over the 4.5 of WCAG, for what is shown on a lightly tinted ground


@dataclass(frozen=True)
class Shades:
    """Colours as `#rrggbb`."""

    primary: str
    primary_dark: str
    accent: str
    link_light: str
    link_dark: str
    header_dark: str
    band: str
    """The nearest to the first colour that can carry white text."""


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, from 1 to 21."""
    return Color(one).contrast(other, method="wcag21")


@cache
def work_out_shades(primary: str, accent: str) -> Shades:
    """Every shade that the pages use, from a trust's two colours; asked for many times of each trust."""
    return Shades(
        primary=primary,
        primary_dark=_shift(primary, -0.08),
        accent=accent,
        link_light=_until(primary, "#f2f4f7", -0.01),
        link_dark=_until(primary, "#222936", 0.01),
        header_dark=_until(_shift(primary, -0.10), LIGHT_PAGE, -0.01),
        band=darkened(primary),
    )


def render_shades(shades: Shades) -> str:
    """The style that gives a file that stands alone its colours, light and dark."""
    return f"""\
:root {{
  --primary: {shades.primary};
  --primary-dark: {shades.primary_dark};
  --accent: {shades.accent};
  --link: {shades.link_light};
  --band: {shades.band};
}}
@media screen and (prefers-color-scheme: dark) {{
  :root {{
    --primary: {shades.header_dark};
    --primary-dark: {shades.header_dark};
    --accent: {shades.link_dark};
    --link: {shades.link_dark};
    --band: {shades.header_dark};
  }}
}}
"""


def darkened(colour: str) -> str:
    """The nearest darker shade of `colour` that can carry white text."""
    return _until(colour, LIGHT_PAGE, -0.01)


def _shift(colour: str, by: float) -> str:
    shade = Color(colour).convert("oklch")
    shade["lightness"] = min(1.0, max(0.0, shade["lightness"] + by))
    return shade.convert("srgb").fit().to_string(hex=True)


def _until(colour: str, ground: str, step: float) -> str:
    for count in range(101):
        shade = _shift(colour, step * count)
        if contrast(shade, ground) >= ENOUGH:
            return shade
    return "#000000" if step < 0 else "#ffffff"
