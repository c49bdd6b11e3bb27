"""Leaves out what Material brings and no page asks for: maps of its scripts for those who develop it, the search in other languages,
and the search's words a second time.

MkDocs calls this as a hook (`hooks:` in mkdocs.yml): when it knows every file and before it writes one, and when all is written. Each
trust's site would have 2.3 MB of them, more than all the rest. Zensical writes none.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.plugins import event_priority

OF_LANGUAGES = "assets/javascripts/lunr/"
MAP = re.compile(r"assets/.+\.min\.(?:js|css)\.map")
WITH_MAP = re.compile(r"assets/javascripts/.+\.min\.js")
NAMED = re.compile(rb"\n//# sourceMappingURL=.*\s*\Z")  # or tools for developers would ask for what is not there
# Material reads the words of its search from a script where a site is opened from a folder, and elsewhere from the same as JSON. The script
# serves both. Where a new Material has this in other words, both are published.
TWO_WAYS = re.compile(
    rb"""location\.protocol==="file:"\?(\w+\(`\$\{new URL\("search/search_index\.js",\w+\.base\)\}`\).{1,60}?):\w+\(new URL\("search/search_index\.json",\w+\.base\)\)"""
)
AS_JSON = "search/search_index.json"


def on_files(files: Any, config: Any) -> Any:
    plugins = (plugin.config for plugin in config.plugins.values() if hasattr(plugin, "config"))  # hooks are among them
    languages = {one for settings in plugins for one in settings.get("lang") or ()}
    for file in list(files):
        name = file.src_uri
        if MAP.fullmatch(name) or (name.startswith(OF_LANGUAGES) and languages <= {"en"}):
            files.remove(file)
        elif WITH_MAP.fullmatch(name):
            file.content_bytes = TWO_WAYS.sub(rb"\1", NAMED.sub(b"\n", file.content_bytes))
    return files


@event_priority(-200)  # the plugin that makes the script of the JSON comes before
def on_post_build(config: Any) -> None:
    site = Path(config.site_dir)
    if not any(AS_JSON in path.read_text(encoding="utf-8") for path in site.glob("assets/javascripts/*.min.js")):
        (site / AS_JSON).unlink(missing_ok=True)
