"""Pictures of a document as pages can show them: PNG and JPEG as they are, others as PNG where that loses nothing."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, replace

from PIL import Image

from clausebook.check.policy_files import LARGEST
from clausebook.edit.importers.blocks import Picture

WRITE = "Write what its picture says, for whoever cannot see it."
NO_ALTERNATIVE = "To be written: what this picture says."
READ = ("BMP", "GIF", "PCX", "TIFF", "WEBP")
"""What is read in order to be written as PNG; a metafile (EMF, WMF) is a program that draws, and is not run."""
MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
FAULTS = (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A picture for a page, and why its file must be kept as it was, too."""

    picture: Picture | None
    """None where it cannot be shown."""
    kept_because: str = ""


def as_shown(picture: Picture) -> Shown:
    """The picture as a page can show it."""
    if picture.ending:
        return _within_size(picture)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd about a picture and can be read all the same
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(picture.data), formats=READ) as image:
                frames = getattr(image, "n_frames", 1)
                raw = io.BytesIO()
                (image if image.mode in MODES else image.convert("RGB")).save(raw, "PNG")
    except FAULTS:
        return Shown(None, "pages cannot show a picture of this kind")
    shown = _within_size(replace(picture, data=raw.getvalue()))
    return replace(shown, kept_because=f"it has {frames} pages, and a page here shows the first") if frames > 1 and shown.picture else shown  # fmt: skip


def figure_of(picture: Picture, caption: str = "") -> dict[str, str]:
    """The fields of a figure that shows a picture."""
    figure = {"file": picture.file, "alternative": picture.alternative or NO_ALTERNATIVE}
    return figure | ({"caption": caption} if caption else {})


def _within_size(picture: Picture) -> Shown:
    if len(picture.data) > LARGEST:
        return Shown(None, f"it is larger than {LARGEST // 1_000_000} MB")
    return Shown(picture)
