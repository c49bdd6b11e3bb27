"""What a build makes in one piece, and what each piece is made from. A job gets nothing else: its parts are its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from clausebook.build.cache import Cache
from clausebook.build.engines.weasyprint import layout_libraries, print_files, render_pdf
from clausebook.build.options import Folders, Options
from clausebook.build.plans import Files, Plan, plan_of
from clausebook.build.site_config import read_config
from clausebook.build.site_jobs import make_looks, make_with_zensical
from clausebook.build.site_plan import SiteLooks, plan_site
from clausebook.build.site_sources import HUB, SiteSource, hub_source, known_of, trust_source
from clausebook.build.toolchain import PACKAGES, PDFS, SITES, made_with, plugged_in
from clausebook.compare.nearest import find_nearest
from clausebook.export.lms import published_packages
from clausebook.export.lms.player import LASTING
from clausebook.files import digest, digest_parts
from clausebook.findings.find import Finding
from clausebook.layout import EJECTED, SCRIPTS
from clausebook.looks import PAGES
from clausebook.model.handbook import Handbook, Trust
from clausebook.pages.prints import PrintDocument
from clausebook.pages.templates import find_templates

SHARED = ("content/kinds.yml", "content/roles.yml")
NOT_OF_SITES = (
    "overrides/print/",
    "overrides/package/",
    "overrides/import/",
    "overrides/evidence/",
    "overrides/report/",
    f"{SCRIPTS}/package/",
    EJECTED,
)
OF_THEME_ALONE = (
    "overrides/theme/assets/",
    f"{SCRIPTS}/",
)  # no page is made of it: a site has it, or has it in its source
OF_PACKAGES = ("content/subjects/", "quizzes/", "overrides/package/", f"{SCRIPTS}/package/", f"{SCRIPTS}/shared/")
NO_PAGES_OF = {  # templates and lists that the pages of the hub, or of a trust, are not made of
    HUB: (f"{PAGES}/trust/", f"{PAGES}/package/", "content/letters/", "quizzes/"),
    "trusts": (f"{PAGES}/hub/", f"{PAGES}/package/", "content/letters/", "content/checklists/"),
}


@dataclass(frozen=True)
class Target:
    """One piece: its name, all that it is made from, and how it comes about where the cache has it not."""

    name: str
    own: Mapping[str, str] = field(repr=False)
    """Its own parts, by name, each with what says that it is the same."""
    shared: Mapping[str, str] = field(repr=False)
    """Those of every piece of its kind."""
    plan: Callable[[Cache], Plan] = field(repr=False)
    places: tuple[str, ...] = field(default=("",), repr=False)
    """Where its files go, below the site: to each of these."""
    by_inputs: bool = field(default=False, repr=False)
    """Whether its parts are the handbook's files, so that it may be kept only where none has changed since they were read."""

    @cached_property
    def key(self) -> str:
        return digest_parts({**self.shared, **self.own})


@dataclass(frozen=True)
class Given:
    """What every piece of a build may be made from."""

    folders: Folders
    handbook: Handbook
    trusts: list[Trust]
    """Those whose sites are built."""
    findings: tuple[Finding, ...]
    options: Options
    inputs: Mapping[str, str]
    """The digests of the handbook's files from before it was read."""

    @cached_property
    def of_trusts(self) -> dict[str, OfTrust]:
        """What is each trust's own."""
        found = {trust.id: OfTrust([], {}) for trust in self.handbook.trusts}
        for finding in self.findings:
            found[finding.trust].findings.append(finding)
        for name, one in self.inputs.items():
            top, _, rest = name.partition("/")
            if top == "trusts" and (of_trust := found.get(rest.partition("/")[0])):
                of_trust.inputs[name] = one
        return found


@dataclass(frozen=True)
class OfTrust:
    findings: list[Finding]
    inputs: dict[str, str]
    """The files of the trust, those of its academies among them."""

    @cached_property
    def without_academies(self) -> dict[str, str]:
        """Its files, for what shows nothing of academies."""
        return {name: one for name, one in self.inputs.items() if not is_of_academies(name)}

    def academy_keys(self, academies: Iterable[str], shared: Mapping[str, str]) -> dict[str, str]:
        """What the pages of each academy are made from, in a digest, by its id; `shared` is what all of them are made from."""
        own: dict[str, dict[str, str]] = {academy: {} for academy in academies}
        for name, one in self.inputs.items():
            parts = name.split("/")
            if (
                is_of_academies(name)
                and len(parts) > 3
                and (found := own.get(parts[3].removesuffix(".yml"))) is not None
            ):
                found[name] = one
        base = digest_parts({**shared, **self.without_academies})
        return {academy: digest_parts({"": base, **files}) for academy, files in own.items()}


def is_of_academies(name: str) -> bool:
    """Whether a file of a handbook is an academy's."""
    return name.split("/")[2:3] == ["academies"]


def site_targets(given: Given) -> Iterator[Target]:
    """What all sites have of their theme, each trust's site, and the hub: somebody may wait for a trust's page, and none is long to make."""
    folders, options = given.folders, given.options
    looks = {name: one for name, one in folders.looks.read("overrides").items() if not name.startswith(NOT_OF_SITES)}
    looks["mkdocs.yml"] = read_config(folders.root)
    tools = made_with((*SITES[options.engine], *plugged_in())) | {"engine": options.engine}
    of_pages = {name: one for name, one in looks.items() if not name.startswith(OF_THEME_ALONE)}
    asked = {"as of": str(options.as_of), "PDFs": str(options.pdf), "drafts": str(options.drafts)}
    known = tools | asked | {"the day": options.epoch} | _digests(looks)
    known_looks = SiteLooks(of_pages, tools | _digests(of_pages), options.epoch)

    def plan(source: Callable[[], SiteSource], cache: Cache) -> Plan:
        if options.engine == "zensical":
            return _plan_with_zensical(source(), looks, options.epoch)
        return plan_site(source(), known_looks, cache)

    if options.engine == "mkdocs":
        yield _looks_target(given, looks, tools)
    nearest = find_nearest(given.handbook.in_force)
    known_trusts = known | _inputs_of(given, "trusts")
    for trust in given.trusts:
        of_trust = given.of_trusts[trust.id]
        one = known_of(trust, given.handbook, tuple(of_trust.findings), nearest)
        own = {"what was noticed": digest(repr(one.findings)), "the other trusts": one.others.digest, **of_trust.inputs}
        keys = of_trust.academy_keys((academy.id for academy in trust.academies), known_trusts)
        source = partial(trust_source, folders, one, options, keys)
        yield Target(f"site of {trust.id}", own, known_trusts, partial(plan, source), by_inputs=True)
    own = {name: one for name, one in given.inputs.items() if name.startswith("trusts/") and not is_of_academies(name)}
    source = partial(hub_source, folders, replace(given.handbook, quizzes={}), given.findings, options)
    own["what was noticed"] = digest(repr(given.findings))
    yield Target("site of hub", own, known | _inputs_of(given, HUB), partial(plan, source), by_inputs=True)


def _looks_target(given: Given, looks: Files, tools: Mapping[str, str]) -> Target:
    places = ("", *(f"{trust.id}/" for trust in given.trusts))
    job = partial(make_looks, looks, "mkdocs.yml", given.options.epoch)
    parts = {
        name: digest(one) for name, one in looks.items() if name.startswith(OF_THEME_ALONE[0]) or name.endswith(".yml")
    }
    return Target("looks of all sites", {}, {**tools, **parts}, made_by(job), places)


def _plan_with_zensical(site: SiteSource, looks: Files, epoch: str) -> Plan:
    source = {f"build/{site.name}/{name}": one for name, one in site.files.items()}
    promises = tuple(site.published(name) for name in site.pages)
    return plan_of(partial(make_with_zensical, {**looks, **source}, site.config, epoch, site.below), promises)


def _inputs_of(given: Given, kind: str) -> dict[str, str]:
    """The handbook's files that every site of this kind is made from."""
    return {
        name: one
        for name, one in given.inputs.items()
        if name.startswith(("content/", "quizzes/", "models/")) and not name.startswith(NO_PAGES_OF[kind])
    }


def print_targets(folders: Folders, prints: Iterable[PrintDocument]) -> Iterator[Target]:
    """A PDF of each print."""
    files = print_files(folders.looks)
    known = made_with(PDFS) | layout_libraries() | {f"overrides/{name}": one for name, one in _digests(files).items()}
    for one in prints:
        html = one.html
        own = {"PDF": one.path, "its text": digest(html), "its kind": f"form {one.form}, one page {one.one_page}"}
        make = partial(_make_print, html, files, form=one.form, one_page=one.one_page, name=one.path)
        yield Target(one.path, own, known, made_by(make, one.path))


def made_by(make: Callable[[], Files], *promises: str) -> Callable[[Cache], Plan]:
    """How a piece comes about that one job makes whole."""
    return partial(_plan, plan_of(make, promises))


def _plan(plan: Plan, _: Cache) -> Plan:
    return plan


def _make_print(html: str, files: Mapping[str, bytes], *, form: bool, one_page: int, name: str) -> Files:
    return {name: render_pdf(html, files, form=form, one_page=one_page)}


def package_targets(given: Given) -> Iterator[Target]:
    """The packages of each trust."""
    folders = given.folders
    needed = {
        name
        for template in folders.looks.read(f"{PAGES}/package")
        for name in find_templates(template.removeprefix(f"{PAGES}/"), folders.looks)
    }
    known = made_with(PACKAGES) | _those(given.inputs, (*SHARED, *needed), OF_PACKAGES)
    for trust in given.trusts:
        own = replace(
            given.handbook, trusts=(trust,), checklists={}, references=(), terms=(), everyday_words=()
        )  # no more than the key covers
        of_trust = given.of_trusts[trust.id]
        noticed = tuple(one for one in of_trust.findings if one.kind in LASTING)
        parts = {"packages": trust.id, "what was noticed": digest(repr(noticed)), **of_trust.without_academies}
        make = partial(_make_packages, trust, own, noticed, folders)
        yield Target(f"packages of {trust.id}", parts, known, made_by(make), by_inputs=True)


def _make_packages(trust: Trust, handbook: Handbook, findings: tuple[Finding, ...], folders: Folders) -> Files:
    return dict(published_packages(trust, handbook, findings, folders.root))


def _those(inputs: Mapping[str, str], names: tuple[str, ...], below: tuple[str, ...]) -> dict[str, str]:
    return {name: one for name, one in inputs.items() if name in names or name.startswith(below)}


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: digest(content) for name, content in files.items()}
