"""The paper form of a person's link, with a QR code of its short id: segno, and only here.

The whole link is too much for a QR code that an office scanner reads at 100 dpi; 22 characters are not.
"""

from __future__ import annotations

from dataclasses import dataclass

import segno

from clausebook.acknowledgements.campaigns.invitations import Ask
from clausebook.model import TrustRecord
from clausebook.model.colours import Shades

QUIET = 4  # modules of white around it, as ISO/IEC 18004 asks


@dataclass(frozen=True)
class PaperForm:
    """What a person's form has of them."""

    ask: Ask
    code: str
    """The QR code as an address of its own (`data:image/svg+xml…`)."""


@dataclass(frozen=True)
class FormPage:
    """paper-form.html"""

    shared: PaperForm
    trust: TrustRecord
    shades: Shades


def paper_form(ask: Ask) -> PaperForm:
    code = segno.make_qr(ask.link.ref, error="q", boost_error=False)
    return PaperForm(ask, code.svg_data_uri(border=QUIET, scale=4, dark="#000000", light="#ffffff"))
