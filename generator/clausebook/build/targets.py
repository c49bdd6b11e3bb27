"""What a build makes in one piece, and what each piece is made from. A job gets nothing else: its parts are its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from clausebook.build.engines.weasyprint import layout_libraries, print_files, render_pdf
from clausebook.build.options import Folders
from clausebook.build.site_config import make_site, read_config
from clausebook.build.site_sources import SiteSource
from clausebook.build.toolchain import PACKAGES, PDFS, SITES, made_with, plugged_in
from clausebook.export.lms import published_packages
from clausebook.export.lms.player import LASTING
from clausebook.files import Packed, digest, digest_parts
from clausebook.findings.find import Finding
from clausebook.looks import PAGES
from clausebook.model.handbook import Handbook, Trust
from clausebook.model.layout import EJECTED, SCRIPTS
from clausebook.pages.prints import PrintDocument
from clausebook.pages.templates import find_templates

SHARED = ("content/kinds.yml", "content/roles.yml")
NOT_OF_SITES = (
    "overrides/print/",
    "overrides/package/",
    EJECTED,
    f"{SCRIPTS}/",
)  # a site's own scripts are in its source
OF_PACKAGES = ("content/subjects/", "quizzes/", "overrides/package/", f"{SCRIPTS}/package/", f"{SCRIPTS}/shared/")
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Target:
    """One piece: its name, all that it is made from, and the job that makes its files, by their paths below the site."""

    name: str
    own: Mapping[str, str] = field(repr=False)
    """Its own parts, by name, each with what says that it is the same."""
    shared: Mapping[str, str] = field(repr=False)
    """Those of every piece of its kind."""
    make: Callable[[], Files] = field(repr=False)
    promises: tuple[str, ...] = field(default=(), repr=False)
    """Files that must be among those it makes."""

    @cached_property
    def key(self) -> str:
        return digest_parts({**self.shared, **self.own})


def site_targets(folders: Folders, sources: Iterable[SiteSource], epoch: str, engine: str) -> Iterator[Target]:
    """The site of each source, made by `engine`."""
    looks = {
        name: content for name, content in folders.looks.read("overrides").items() if not name.startswith(NOT_OF_SITES)
    }
    looks["mkdocs.yml"] = read_config(folders.root)
    known = made_with((*SITES[engine], *plugged_in())) | {"engine": engine, "the day": epoch} | _digests(looks)
    for site in sources:
        source = Packed((f"build/{site.name}/{name}", _encoded(content)) for name, content in site.files.items())
        make = partial(make_site, engine, looks, source, site.config, epoch, site.below)
        own = {"site": site.config} | _digests(source)
        yield Target(f"site of {site.name.split('/')[-1]}", own, known, make, site.pages)


def print_targets(folders: Folders, prints: Iterable[PrintDocument]) -> Iterator[Target]:
    """A PDF of each print."""
    files = print_files(folders.looks)
    known = made_with(PDFS) | layout_libraries() | {f"overrides/{name}": one for name, one in _digests(files).items()}
    for one in prints:
        html = one.html
        own = {"PDF": one.path, "its text": digest(html), "its kind": f"form {one.form}, one page {one.one_page}"}
        make = partial(_make_print, html, files, form=one.form, one_page=one.one_page, name=one.path)
        yield Target(one.path, own, known, make, (one.path,))


def _make_print(html: str, files: Mapping[str, bytes], *, form: bool, one_page: int, name: str) -> Files:
    return {name: render_pdf(html, files, form=form, one_page=one_page)}


def package_targets(
    folders: Folders, handbook: Handbook, trusts: Iterable[Trust], findings: tuple[Finding, ...], inputs: Mapping[str, str]
) -> Iterator[Target]:  # fmt: skip
    """The packages of each trust. `inputs` are the digests of the handbook's files before it was loaded."""
    needed = {
        name
        for template in folders.looks.read(f"{PAGES}/package")
        for name in find_templates(template.removeprefix(f"{PAGES}/"), folders.looks)
    }
    known = made_with(PACKAGES) | _those(inputs, (*SHARED, *needed), OF_PACKAGES)
    for trust in trusts:
        own = replace(
            handbook, trusts=(trust,), checklists={}, references=(), terms=(), everyday_words=()
        )  # no more than the key covers
        noticed = tuple(finding for finding in findings if finding.trust == trust.id and finding.kind in LASTING)
        parts = {"packages": trust.id, "what was noticed": digest(repr(noticed))} | _those(
            inputs, (), (f"trusts/{trust.id}/",)
        )
        yield Target(
            f"packages of {trust.id}", parts, known, partial(_make_packages, trust, own, noticed, folders.root)
        )


def _make_packages(trust: Trust, handbook: Handbook, findings: tuple[Finding, ...], root: Path) -> Files:
    return dict(published_packages(trust, handbook, findings, root))


def _those(inputs: Mapping[str, str], names: tuple[str, ...], below: tuple[str, ...]) -> dict[str, str]:
    return {name: one for name, one in inputs.items() if name in names or name.startswith(below)}


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: digest(content) for name, content in files.items()}


def _encoded(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
