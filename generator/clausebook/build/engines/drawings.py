"""pypdfium2: an SVG drawing as a PNG picture, for programs that show no SVG, by way of the PDF that WeasyPrint makes of it."""

from __future__ import annotations

import io
from base64 import b64encode

import pypdfium2

from clausebook.build.engines.weasyprint import render_pdf, require_libraries

POINTS, DOTS = 72, 192
"""To an inch: of a PDF, and of the picture, which is twice as fine as a screen."""


def render_png(svg: bytes) -> bytes:
    """The drawing on white, without a margin. Raises MissingLibraryError where this machine makes no PDFs."""
    require_libraries()
    page = "<style>@page { size: 16cm 24cm; margin: 0 } body { margin: 0 } img { display: block; max-width: 100%; max-height: 24cm }</style>"
    address = f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
    pdf = render_pdf(f'<html lang="en"><title>-</title>{page}<img src="{address}" alt="-"></html>', {})
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=DOTS / POINTS).to_pil().convert("RGB")
    drawn = picture.convert("L").point(lambda light: 255 - light).getbbox()
    made = io.BytesIO()
    picture.crop(drawn).save(made, "PNG", dpi=(DOTS, DOTS))
    return made.getvalue()
