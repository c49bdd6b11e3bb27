"""Leaves out what Material brings and no page asks for: maps of its scripts for those who develop it, and the search in other languages.

MkDocs calls this as a hook (`hooks:` in mkdocs.yml), when it knows every file and before it writes one. Each trust's site would have
2.2 MB of them, more than all the rest. Zensical writes neither.
"""

from __future__ import annotations

import re
from typing import Any

OF_LANGUAGES = "assets/javascripts/lunr/"
MAP = re.compile(r"assets/.+\.min\.(?:js|css)\.map")
WITH_MAP = re.compile(r"assets/javascripts/.+\.min\.js")
NAMED = re.compile(rb"\n//# sourceMappingURL=.*\s*\Z")  # or tools for developers would ask for what is not there


def on_files(files: Any, config: Any) -> Any:
    plugins = (plugin.config for plugin in config.plugins.values() if hasattr(plugin, "config"))  # hooks are among them
    languages = {one for settings in plugins for one in settings.get("lang") or ()}
    for file in list(files):
        name = file.src_uri
        if MAP.fullmatch(name) or (name.startswith(OF_LANGUAGES) and languages <= {"en"}):
            files.remove(file)
        elif WITH_MAP.fullmatch(name):
            file.content_bytes = NAMED.sub(b"\n", file.content_bytes)
    return files
