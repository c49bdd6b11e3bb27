"""What a worker is asked to make of a site. A job carries all that it needs, and lays it out as it lies in a handbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from clausebook.build.engines import SiteError
from clausebook.build.engines import mkdocs as engine
from clausebook.build.engines.mkdocs import MadePages, MadeRest
from clausebook.build.engines.zensical import build_with_zensical
from clausebook.clock import source_date
from clausebook.files import Packed, read_each, write_files

Files = Mapping[str, bytes]


def make_pages(files: Files, config: str, epoch: str, heads: Mapping[str, str], pages: Files) -> MadePages:
    """`pages` of the site that starts from the file `config`; see engines/mkdocs.py. `epoch` stands for now."""
    with _laid_out(files, config, epoch) as root:
        made = engine.make_pages(root, config, heads, pages)
    return MadePages(Packed(made.html.items()), made.entries)


def make_rest(files: Files, config: str, epoch: str, heads: Mapping[str, str], names: Sequence[str]) -> MadeRest:
    """What that site has once, whose pages are `names`."""
    with _laid_out(files, config, epoch) as root:
        return engine.make_rest(root, config, heads, names)


def make_looks(files: Files, config: str, epoch: str) -> Packed:
    """What every site has of its theme."""
    with _laid_out(files, config, epoch) as root:
        return Packed(engine.theme_files(root, config).items())


def make_with_zensical(files: Files, config: str, epoch: str, below: str) -> Packed:
    """The whole site by Zensical, its files by their paths below `below`."""
    with _laid_out(files, config, epoch) as root:
        site = root / "made"
        build_with_zensical(root, config, site)
        return Packed((below + name, content) for name, content in read_each(site))


@contextmanager
def _laid_out(files: Files, config: str, epoch: str) -> Iterator[Path]:
    """A folder with `files` in it, and with that in which an engine looks for the site's pages."""
    with source_date(epoch), TemporaryDirectory(prefix="clausebook-") as folder:
        root = Path(folder) / "handbook"
        write_files(root, files)
        docs = root / "build/hub" if config == "mkdocs.yml" else (root / config).parent / "docs"
        docs.mkdir(parents=True, exist_ok=True)
        try:
            yield root
        except SiteError as error:
            raise SiteError(str(error).replace(f"{root}/", "")) from None
