"""What a build is made with: our own source, the libraries and their versions. A change of any makes other results."""

from __future__ import annotations

import os
import re
import sys
import zlib
from functools import cache
from pathlib import Path

from clausebook.files import digest, digest_parts

SITES = {"mkdocs": ("mkdocs", "mkdocs-material"), "zensical": ("zensical",)}  # by engine
PDFS = ("weasyprint",)
PACKAGES = ("Jinja2", "pydantic", "PyYAML", "rfc8785", "coloraide")
LOADED_AHEAD = {  # the modules that a process loads before there is work for it
    "mkdocs": ("clausebook.build.site_jobs", "clausebook.export.lms", "mkdocs.commands.build", "material.plugins.search.plugin", "material.plugins.offline.plugin",
               "markdown.extensions.toc", "markdown.extensions.attr_list"),
    "zensical": ("clausebook.build.site_jobs",),
    "pdf": ("weasyprint",),
}  # fmt: skip
PLUGGED_IN = ("mkdocs.plugins", "mkdocs.themes", "markdown.extensions")  # what mkdocs.yml can name
NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


@cache
def own_source() -> str:
    """The digest of this package's source: who works on it never gets results of an older state."""
    here = Path(__file__).parents[1]
    return digest_parts({path.relative_to(here).as_posix(): digest(path.read_bytes()) for path in here.rglob("*.py")})


def installed() -> str:
    """The digest of which libraries are installed in which versions: quick, and it says no names."""
    names = {name for place in sys.path if os.path.isdir(place) for name in os.listdir(place)}  # noqa: PTH112, PTH208 — half the time
    return digest("\n".join(sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))))


def python() -> dict[str, str]:
    return {
        "Clausebook": own_source(),
        "Python": f"{sys.implementation.name} {sys.version}",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def made_with(roots: tuple[str, ...]) -> dict[str, str]:
    """Our source, Python, and the versions of `roots` and of every library that they need, each by its name."""
    return python() | {f"library {name}": version for name, version in _versions(roots).items()}


def plugged_in() -> tuple[str, ...]:
    """The libraries that an engine may be told to use, beside its own."""
    from importlib import metadata  # noqa: PLC0415 — a build that finds nothing new is over before this is loaded

    found = (entry.dist for group in PLUGGED_IN for entry in metadata.entry_points(group=group))
    return tuple(sorted({dist.name for dist in found if dist}))


def _versions(roots: tuple[str, ...]) -> dict[str, str]:
    from importlib import metadata  # noqa: PLC0415 — see above

    found: dict[str, str] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in found:
            continue
        try:
            found[name] = version_of(name)
            waiting += [match[0] for need in _needs(name) if "extra ==" not in need and (match := NAME.match(need))]
        except metadata.PackageNotFoundError:
            found[name] = "not installed"  # what it was needed for does not hold on this machine
    return found


def version_of(name: str) -> str:
    from importlib import metadata  # noqa: PLC0415 — see above

    return metadata.version(name)


@cache
def _needs(name: str) -> tuple[str, ...]:
    from importlib import metadata  # noqa: PLC0415 — see above

    return tuple(metadata.requires(name) or ())
