"""Pagefind, and only here: the index by which the hub searches all trusts at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = "pagefind"
# What Pagefind brings for its own search page; ours is content/pages/hub/search.md.
NOT_NEEDED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")


class SearchError(Exception):
    """Pagefind would not index a site that we built: our mistake, not the author's."""


def write_index(site: Path) -> None:
    """Write the index of every page of `site` that says it may be found (`data-pagefind-body`) to `site`/pagefind/.

    Raises SearchError with Pagefind's own words.
    """
    done = subprocess.run(  # noqa: S603 — our own interpreter and our own folder
        [sys.executable, "-m", "pagefind", "--site", site, "--output-subdir", FOLDER, "--force-language", "en", "--keep-index-url",
         "--exclude-selectors", "[data-search-exclude], .headerlink, .cb-sr", "--quiet"],
        capture_output=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        raise SearchError(done.stderr or done.stdout)
    for pattern in NOT_NEEDED:
        for path in (site / FOLDER).glob(pattern):
            path.unlink()
