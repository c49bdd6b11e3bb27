"""Pagefind, and only here: the index by which the hub searches all trusts at once."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from clausebook.files import link_or_copy, read_each

LIBRARIES = ("pagefind", "pagefind-bin")
LEFT_OUT = "[data-search-exclude], .headerlink, .cb-sr"
# Of what it writes: its own search page, in the place of which ours is content/pages/hub/search.md, and other languages.
NOT_NEEDED = ("pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight.", "wasm.unknown.")
SIGNED = len("pagefind_dcd")  # before the JSON of a fragment


class SearchError(Exception):
    """Pagefind would not index a site that we built: our mistake, not the author's."""


def index_pages(site: Path, pages: Iterable[str] | None) -> dict[str, bytes]:
    """The index of `pages`, named by their paths below `site`, or of all that may be found: Pagefind's own files, by their paths in the
    folder of an index.

    Raises SearchError with Pagefind's own words.
    """
    with TemporaryDirectory(dir=site) as folder:
        made, indexed = Path(folder) / "made", site if pages is None else Path(folder) / "indexed"
        for page in pages or ():
            link_or_copy(site / page, indexed / page)
        done = subprocess.run(  # noqa: S603 — our own interpreter and our own folder
            [sys.executable, "-m", "pagefind", "--site", indexed, "--output-path", made, "--force-language", "en", "--keep-index-url",
             "--exclude-selectors", LEFT_OUT, "--quiet"],
            capture_output=True, encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
        if done.returncode:
            raise SearchError(done.stderr or done.stdout)
        return {name: content for name, content in read_each(made) if not name.startswith(NOT_NEEDED)}


def pages_of(index: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The path of each page that an index holds, and by which name a search of it gives that page."""
    for name, content in index.items():
        if name.startswith("fragment/"):
            fragment = json.loads(zlib.decompress(content, wbits=zlib.MAX_WBITS | 16)[SIGNED:])
            yield fragment["url"].lstrip("/"), name.removeprefix("fragment/").partition(".")[0]
