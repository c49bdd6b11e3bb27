"""A site with hostile text in every field, built once past the checks that would refuse it, so that the escaping itself is tested."""

from __future__ import annotations

import io
import pickle
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from browser_kit import Silent, served
from clausebook.acknowledgements.evidence.page import render_page
from clausebook.build.options import Folders, Options
from clausebook.build.pipeline import build, findings_for
from clausebook.build.state import read_inputs
from clausebook.check.library import read_handbook
from clausebook.model.problems import Problem
from clausebook.pages.prints import hub_prints, trust_prints
from made_once import made_once

from .handbook import write_handbook

AS_OF = date(2026, 11, 20)
# What the checks say of such text: HTML, bad links, signs that GIFT does not know, an academy of a campaign that is no longer there, a past text that was edited.
REFUSED = frozenset({"P601", "P602", "P604", "P605", "P610", "P808", "P811", "P414", "P423"})
OF_OURS = frozenset({"P705"})  # the prints that `made` puts beside their templates, so that a browser can read them


@dataclass(frozen=True)
class Made:
    """The hostile handbook as it was published: the site, and beside it the HTML of prints, the page of an evidence pack, unpacked packages."""

    handbook_folder: Path
    problems: tuple[Problem, ...]

    @property
    def site(self) -> Path:
        return self.handbook_folder / "site"

    @property
    def site_by_zensical(self) -> Path:
        return self.handbook_folder / "site-by-zensical"

    @property
    def prints(self) -> Path:
        return self.handbook_folder / "overrides" / "prints"

    @property
    def packages(self) -> Path:
        return self.handbook_folder / "packages"


@pytest.fixture(scope="session")
def made() -> Made:
    folder = made_once("hostile", make)
    return Made(folder / "handbook", pickle.loads((folder / "problems").read_bytes()))


def make(folder: Path) -> None:
    handbook_folder = write_handbook(folder / "handbook")
    handbook, problems = read_handbook(handbook_folder, may_wait=lambda one: one.code in REFUSED)
    assert handbook, [one for one in problems if one.code not in REFUSED]
    (folder / "problems").write_bytes(pickle.dumps(tuple(problems)))
    folders = Folders(handbook_folder, handbook_folder / "site")
    options = Options(AS_OF, pdf=False, drafts=True, jobs=1)
    build(folders, handbook, options, lambda *_: None, read_inputs(folders))
    made = Made(handbook_folder, ())
    findings = findings_for(handbook, options)
    prints = [
        one
        for trust in handbook.trusts
        for one in trust_prints(trust, handbook, findings, folders.looks, AS_OF, drafts=True)
    ] + list(hub_prints(handbook, folders.looks, AS_OF))
    (handbook_folder / "favicon.ico").touch()  # which a browser asks for where a page names none
    made.prints.mkdir()
    shutil.copy(folders.looks.find("overrides/print/print.css"), made.prints)
    for one in prints:
        (made.prints / f"{one.path.replace('/', '-')}.html").write_text(one.html, encoding="utf-8")
    for trust in handbook.trusts:
        (made.prints / f"evidence-{trust.id}.html").write_text(render_page(trust, handbook_folder), encoding="utf-8")
    for package in made.site.rglob("*.zip"):
        zipfile.ZipFile(io.BytesIO(package.read_bytes())).extractall(made.packages / package.stem)


@pytest.fixture(scope="session")
def made_by_zensical(made: Made) -> Made:
    """The same handbook's site, by the other engine."""
    handbook, problems = read_handbook(made.handbook_folder, may_wait=lambda one: one.code in REFUSED | OF_OURS)
    assert handbook, [one for one in problems if one.code not in REFUSED | OF_OURS]
    folders = Folders(made.handbook_folder, made.site_by_zensical)
    options = Options(AS_OF, pdf=False, drafts=True, engine="zensical")
    build(folders, handbook, options, lambda *_: None, read_inputs(folders))
    return made


@pytest.fixture(scope="session")
def host(made: Made) -> Iterator[str]:
    """The address of the handbook's folder on a web host."""
    with served(made.handbook_folder, Silent) as address:
        yield address
