"""WeasyPrint, and only here: the HTML of a print template into a tagged PDF/UA-1 file."""

from __future__ import annotations

import logging
import os
from bisect import bisect_left
from collections.abc import Mapping
from contextlib import redirect_stdout
from ctypes import CDLL, c_char_p
from functools import cache
from importlib.util import find_spec
from io import StringIO
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from clausebook.clock import source_date
from clausebook.files import digest, digest_parts, walk_files
from clausebook.looks import PRINTS, WEB_FONTS, Looks
from clausebook.system import how_to_get

PANGO = (
    "run `apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-noto-core fonts-noto-cjk`",
    "install MSYS2 (msys2.org) and run `pacman -S mingw-w64-ucrt-x86_64-pango` in it",
)
VARIANT = "pdf/ua-1"
# In points, of the root: the smallest words of a print are 0.85 of it, and 7.5 pt can still be read on a wall.
SMALLEST = 8.9
SIZES = tuple(round(SMALLEST + 0.3 * step, 1) for step in range(15, -1, -1))
BASE = "file:///overrides/"  # of no machine: no path of one can be in a PDF
LIBRARIES = {  # how each says its version
    "libpango-1.0.so.0": ("pango_version_string", c_char_p),
    "libpangoft2-1.0.so.0": ("pango_ft2_font_map_get_type", bool),
    "libharfbuzz.so.0": ("hb_version_string", c_char_p),
    "libharfbuzz-subset.so.0": ("hb_version_string", c_char_p),
    "libfontconfig.so.1": ("FcGetVersion", int),
}
FONTS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/etc/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "~/.config/fontconfig",
)
LEAVE_OUT = (".nothing", ".may-go-first", ".may-go-first, .may-go")  # what a page that must be one page goes without


class MissingLibraryError(Exception):
    """WeasyPrint, or a system library that it needs, is not installed."""


def require_libraries() -> None:
    """Raises MissingLibraryError, with the command that mends it, where WeasyPrint cannot work on this machine."""
    if find_spec("weasyprint") is None:
        raise MissingLibraryError(
            "PDFs need WeasyPrint, which is not installed: run `pip install clausebook[pdf]`, or build without them with --no-pdf"
        )
    if "not found" not in layout_libraries().values():
        return  # without WeasyPrint's own search, which takes half a second
    try:
        with redirect_stdout(StringIO()):  # where WeasyPrint says at length what we say in a line
            import weasyprint  # noqa: F401, PLC0415 — the import itself looks for Pango
    except OSError as error:
        raise MissingLibraryError(
            f"PDFs need the system library Pango: {how_to_get(*PANGO)}, or build without them with --no-pdf"
        ) from error


def layout_libraries() -> dict[str, str]:
    """The versions of the system's libraries that decide how a PDF looks, and a digest of its fonts."""
    found = {name: _version(name, *asks) for name, asks in LIBRARIES.items()}
    asked = {name: value for name, value in os.environ.items() if name.startswith(("FONTCONFIG_", "PANGO", "XDG_"))}
    return found | {"the system's fonts": _digest_fonts(), "settings of fonts": digest_parts(asked)}


def _version(name: str, function: str, kind: type) -> str:
    try:
        ask = getattr(CDLL(name), function)
    except OSError:
        return "not found"
    ask.restype = kind
    said = ask()
    return said.decode() if isinstance(said, bytes) else str(said)


def _digest_fonts() -> str:
    """Fonts by name, size and time: a package of fonts gives its files the same time on every machine."""
    files = (path for place in FONTS for path in walk_files(Path(place).expanduser()))
    return digest_parts({str(path): f"{path.stat().st_size} {path.stat().st_mtime_ns}" for path in files})


def print_files(looks: Looks) -> dict[str, bytes]:
    """All that a print may name, by its path below overrides/: styles, pictures, the site's fonts."""
    files = looks.read(PRINTS, WEB_FONTS)
    return {name.removeprefix("overrides/"): files[name] for name in files if not name.endswith(".html")}


def render_pdf(html: str, files: Mapping[str, bytes], *, form: bool = False, one_page: bool = False) -> bytes:
    """The PDF that `html` is laid out to. Nothing but `files` can be in it, which addresses name from print/ on.

    With `form`, inputs become fields to fill in. With `one_page` the text is as large as one page allows; where even the
    smallest readable size does not fit, because an author wrote at great length, it goes on to a second page.
    """
    from weasyprint import HTML  # noqa: PLC0415 — most of a second of imports, only where a PDF is made

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    page = HTML(string=html, base_url=f"{BASE}print/", url_fetcher=_fetcher(files))
    document = _fill_one_page(page, _unpacked_fonts(_digest_all(files))) if one_page else page.render(
        pdf_forms=form, pdf_variant=VARIANT
    )  # fmt: skip
    with source_date("0"):  # the same PDF on every day
        made: bytes = document.write_pdf(pdf_forms=form, pdf_variant=VARIANT)
    return made


def _fetcher(files: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 — see above

    class Fetcher(URLFetcher):  # type: ignore[misc]
        """Gives out `files` and what stands in an address itself: what a PDF is made from is known beforehand."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(BASE):
                return super().fetch(url, headers)
            name = unquote(url.removeprefix(BASE).split("?")[0].split("#")[0])
            return URLFetcherResponse(
                url, files[name], {"Content-Type": guess_type(name)[0] or "application/octet-stream"}
            )

    return Fetcher(allowed_protocols=("data",), fail_on_errors=True)


def _digest_all(files: Mapping[str, bytes]) -> str:
    return digest_parts({name: digest(content) for name, content in files.items()})


def _fill_one_page(page: Any, fonts: Any) -> Any:
    """The layout of `page` that is one page long, leaves out the least, and is then the largest; the smallest where none is."""
    from weasyprint import CSS  # noqa: PLC0415 — see above

    @cache
    def lay_out(size: float, left_out: str) -> Any:
        style = f"html {{ font-size: {size:.1f}pt !important }} {left_out} {{ display: none }}"
        return page.render(stylesheets=[CSS(string=style)], font_config=fonts, pdf_variant=VARIANT)

    if len(lay_out(SIZES[0], LEAVE_OUT[0]).pages) == 1:  # most briefs: no need to search
        return lay_out(SIZES[0], LEAVE_OUT[0])
    for left_out in LEAVE_OUT:
        if len(lay_out(SMALLEST, left_out).pages) == 1:
            fits = bisect_left(SIZES, x=True, key=lambda size: len(lay_out(size, left_out).pages) == 1)
            return lay_out(SIZES[fits], left_out)
    return lay_out(SMALLEST, LEAVE_OUT[-1])


@cache
def _unpacked_fonts(_: str) -> Any:
    """Fonts, known by their digest, that are unpacked once in a process: for each layout anew, that took three quarters of a search's time."""
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 — see above

    return FontConfiguration()
