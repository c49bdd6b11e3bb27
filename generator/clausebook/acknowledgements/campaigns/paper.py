"""The paper form of a person's link, with a QR code of its short id.

The whole link is too much for a QR code that an office scanner reads at 100 dpi; 22 characters are not.
"""

from __future__ import annotations

from dataclasses import dataclass

from clausebook.acknowledgements.campaigns.invitations import Ask
from clausebook.model import TrustRecord
from clausebook.model.colours import Shades
from clausebook.pages.qr_code import qr_code


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
    return PaperForm(ask, qr_code(ask.link.ref))
