"""A QR code as an address of its own (`data:image/svg+xml…`): segno, and only here."""

from __future__ import annotations

import segno

QUIET = 4  # modules of white around it, as ISO/IEC 18004 asks


def qr_code(text: str) -> str:
    """The code of `text`, of which a quarter may be dirty or torn."""
    code = segno.make_qr(text, error="q", boost_error=False)
    return code.svg_data_uri(border=QUIET, scale=4, dark="#000000", light="#ffffff")
