"""WeasyPrint, and only here: the HTML of a print template into a tagged PDF/UA-1 file."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from ctypes import CDLL, c_char_p
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from io import StringIO
from math import sqrt
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

from clausebook.build.engines.one_page import Layout, fill_one_page
from clausebook.clock import source_date
from clausebook.files import digest_parts, walk_files
from clausebook.looks import PRINTS, WEB_FONTS, Looks
from clausebook.system import how_to_get

PANGO = (
    "run `apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-noto-core fonts-noto-cjk`",
    "install MSYS2 (msys2.org) and run `pacman -S mingw-w64-ucrt-x86_64-pango` in it",
)
VARIANT = "pdf/ua-1"
BASE = "file:///overrides/"  # of no machine: no path of one can be in a PDF
BASE_URL = f"{BASE}print/"
MOST_STYLES = 16  # that are kept: of the prints of one trust, and of the hub
NONE = "not found"
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


class MissingLibraryError(Exception):
    """WeasyPrint, or a system library that it needs, is not installed."""


def require_libraries() -> None:
    """Raises MissingLibraryError, with the command that mends it, where WeasyPrint cannot work on this machine."""
    if find_spec("weasyprint") is None:
        raise MissingLibraryError(
            "PDFs need WeasyPrint, which is not installed: run `pip install clausebook[pdf]`, or build without them with --no-pdf"
        )
    if has_libraries():
        return  # without WeasyPrint's own search, which takes half a second
    try:
        with redirect_stdout(StringIO()):  # where WeasyPrint says at length what we say in a line
            import weasyprint  # noqa: F401, PLC0415 — the import itself looks for Pango
    except OSError as error:
        raise MissingLibraryError(
            f"PDFs need the system library Pango: {how_to_get(*PANGO)}, or build without them with --no-pdf"
        ) from error


def has_libraries() -> bool:
    """Whether WeasyPrint will certainly find all that it needs; where it may not, only loading it can tell."""
    return find_spec("weasyprint") is not None and all(
        _version(name, *asks) != NONE for name, asks in LIBRARIES.items()
    )


def layout_libraries() -> dict[str, str]:
    """The versions of the system's libraries that decide how a PDF looks, and a digest of its fonts."""
    found = {name: _version(name, *asks) for name, asks in LIBRARIES.items()}
    asked = {name: value for name, value in os.environ.items() if name.startswith(("FONTCONFIG_", "PANGO", "XDG_"))}
    return found | {"the system's fonts": _digest_fonts(), "settings of fonts": digest_parts(asked)}


def _version(name: str, function: str, kind: type) -> str:
    try:
        ask = getattr(CDLL(name), function)
    except OSError:
        return NONE
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


def render_pdf(html: str, files: Mapping[str, bytes], *, form: bool = False, one_page: int = 0) -> bytes:
    """The PDF that `html` is laid out to. Nothing but `files` can be in it, which addresses name from print/ on.

    With `form`, inputs become fields to fill in. With `one_page` the text is as large as one page allows; where even the
    smallest readable size does not fit, because an author wrote at great length, it goes on to a second page. The number says
    about how many characters fill the page at 10 points: the nearer to the truth, the fewer layouts.
    """
    import weasyprint  # noqa: F401, PLC0415 — most of a second of imports, only where a PDF is made

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    with _collecting_at_the_end(), source_date("0"):  # the same PDF on every day
        return _make_pdf(html, files, form=form, one_page=one_page)


@contextmanager
def _collecting_at_the_end() -> Iterator[None]:
    """Garbage is collected once, when a print is made, and only what that print left: again and again meanwhile took a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
        if was_on:
            gc.enable()


def _make_pdf(html: str, files: Mapping[str, bytes], *, form: bool, one_page: int) -> bytes:
    from weasyprint import HTML  # noqa: PLC0415 — see above

    shared = _shared(tuple(sorted(files.items())))
    page = HTML(string=html, base_url=BASE_URL, url_fetcher=shared.fetcher)
    styles = _take_styles(page, shared)

    def lay_out(*more: Any) -> Any:
        return page.render(stylesheets=[*styles, *more], font_config=shared.fonts, pdf_forms=form, pdf_variant=VARIANT)

    document = _fill_one_page(page, one_page, lay_out) if one_page else lay_out()
    made: bytes = document.write_pdf(pdf_forms=form, pdf_variant=VARIANT)
    return made


@dataclass(frozen=True)
class _Shared:
    """What prints have in common, read once in a process: for each layout anew, that took a third of the time."""

    fetcher: Any
    fonts: Any
    read_style: Callable[[str, str], tuple[Any, bool]]
    """Reads a style sheet, the one at an address or a text; says whether it names nothing that only its page can look up."""


@lru_cache(maxsize=2)
def _shared(files: tuple[tuple[str, bytes], ...]) -> _Shared:
    from weasyprint import CSS  # noqa: PLC0415 — see above
    from weasyprint.css.counters import CounterStyle  # noqa: PLC0415 — see above
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 — see above

    fetcher, fonts = _fetcher(dict(files)), FontConfiguration()

    @lru_cache(MOST_STYLES)
    def read_style(address: str, text: str) -> tuple[Any, bool]:
        asked = {"url": urljoin(BASE_URL, address)} if address else {"string": text, "base_url": BASE_URL}
        counters, profiles = CounterStyle(), dict[str, Any]()
        style = CSS(**asked, url_fetcher=fetcher, font_config=fonts, counter_style=counters, color_profiles=profiles)
        return style, not counters and not profiles

    return _Shared(fetcher, fonts, read_style)


def _take_styles(page: Any, shared: _Shared) -> list[Any]:
    """The styles of `page`, taken out of its head: left there, WeasyPrint would read them for each layout anew.

    Given apart they all count as a user's and none as the author's, so they stand to each other as they did. Where one is only for
    some media, or names counters or colours, all stay where they are.
    """
    head = page.etree_element.find("head")
    elements = [one for one in head if one.tag == "style" or (one.tag, one.get("rel")) == ("link", "stylesheet")]
    if any(one.get("media") for one in elements):
        return []
    read = [shared.read_style(one.get("href", ""), one.text or "") for one in elements]
    if not all(alone for _, alone in read):
        return []
    for one in elements:
        head.remove(one)
    return [style for style, _ in read]


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


def _fill_one_page(page: Any, characters: int, lay_out: Callable[[Any], Any]) -> Any:
    """The layout of `page` that is one page long; begins where `characters` on a page at 10 points say."""
    from weasyprint import CSS  # noqa: PLC0415 — see above

    def lay_out_at(left_out: str, size: float) -> Layout:
        style = f"html {{ font-size: {size:.1f}pt !important }} {left_out} {{ display: none }}"
        document = lay_out(CSS(string=style))
        return Layout(document, len(document.pages), _filled(document))

    text = " ".join("".join(page.etree_element.find("body").itertext()).split())
    return fill_one_page(lay_out_at, 10 * sqrt(characters / max(len(text), 1))).document


def _filled(document: Any) -> float:
    """How many pages the text of `document` is long. No public name of WeasyPrint says how far down a page is filled."""
    boxes = [page._page_box for page in document.pages]  # noqa: SLF001 — see above
    return max(float(sum(box.children[0].height / box.height for box in boxes)), 0.01)
