"""What a worker is asked to make of a site. A job carries all that it needs, and lays it out as it lies in a handbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp

from clausebook.build.engines import SiteError
from clausebook.build.engines import mkdocs as engine
from clausebook.build.engines.mkdocs import MadePages, MadeRest
from clausebook.build.engines.zensical import build_with_zensical
from clausebook.clock import source_date
from clausebook.files import Packed, digest, read_each, write_files

Files = Mapping[str, bytes]


def make_pages(files: Files, config: str, epoch: str, heads: Mapping[str, str], pages: Files) -> MadePages:
    """`pages` of the site that starts from the file `config`; see engines/mkdocs.py. `epoch` stands for now."""
    with _laid_out(files, config, epoch) as root:
        return engine.make_pages(root, config, heads, pages)


def make_rest(files: Files, config: str, epoch: str, heads: Mapping[str, str], names: Sequence[str]) -> MadeRest:
    """What that site has once, whose pages are `names`."""
    with _laid_out(files, config, epoch) as root:
        return engine.make_rest(root, config, heads, names)


def make_looks(files: Files, config: str, epoch: str) -> Packed:
    """What every site has of its theme."""
    with _laid_out(files, config, epoch) as root:
        return Packed(engine.theme_files(root, config).items())


def make_with_zensical(files: Files, config: str, epoch: str, below: str) -> Packed:
    """The whole site by Zensical, which writes beside its source; its files by their paths below `below`."""
    with source_date(epoch), TemporaryDirectory(prefix="clausebook-") as folder:
        root, site = Path(folder) / "handbook", Path(folder) / "site"
        write_files(root, files)
        with _named_from(root):
            build_with_zensical(root, config, site)
        return Packed((below + name, content) for name, content in read_each(site))


@contextmanager
def _laid_out(files: Files, config: str, epoch: str) -> Iterator[Path]:
    """A folder with `files` in it, and with that in which an engine looks for the site's pages."""
    with source_date(epoch):
        root = _layout().lay_out(files)
        docs = root / "build/hub" if config == "mkdocs.yml" else (root / config).parent / "docs"
        docs.mkdir(parents=True, exist_ok=True)
        with _named_from(root):
            yield root


@contextmanager
def _named_from(root: Path) -> Iterator[None]:
    """What an engine says names files from the handbook on, and not of the folder in which they lie for now."""
    try:
        yield
    except SiteError as error:
        raise SiteError(str(error).replace(f"{root}/", "")) from None


@dataclass
class _Layout:
    """The folder of this process: the files of one job after another, of which most stay. To make one for each took longer than many a job."""

    root: Path
    written: dict[str, str] = field(default_factory=dict)

    def lay_out(self, files: Files) -> Path:
        wanted = {name: digest(content) for name, content in files.items()}
        for name in self.written.keys() - wanted.keys():
            (self.root / name).unlink(missing_ok=True)
        write_files(self.root, {name: files[name] for name, one in wanted.items() if self.written.get(name) != one})
        self.written = wanted
        return self.root


@cache
def _layout() -> _Layout:
    folder = Path(mkdtemp(prefix="clausebook-"))
    Finalize(None, rmtree, (folder,), {"ignore_errors": True}, exitpriority=0)  # also where a worker's process ends
    return _Layout(folder / "handbook")
