"""Machines share what was built by storage of any kind; what comes from there is believed only where it holds, and is never needed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from clausebook.build.cache import Cache, place_of_file, place_of_result
from clausebook.build.remote_store import CacheError, Store, StoreError, is_address
from clausebook.build.shared_cache import SharedCache
from clausebook.files import digest
from faults import each_step, killed_at
from made_once import OWN_CACHE
from test_build import digests, handbook_folder, run

pytest.importorskip("aiohttp")
KEY, OTHER = "ab" * 32, "cd" * 32
FILES = {"a.html": b"of a", "b.html": b"of b", "c.html": b"of a"}
BUILD = ("build", "--no-pdf", "--as-of", "2026-11-20", "--jobs", "2")
SECRET = {"CLAUSEBOOK_CACHE_SECRET": "of the builders"}


@dataclass
class WebFolder:
    """A folder on a web server, and what was asked of it."""

    address: str
    asked: list[str] = field(default_factory=list)
    answers: int = 10**9
    """After so many it answers nothing any more."""


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # Python's own has room for five


@pytest.fixture
def serve() -> Iterator[object]:
    servers = []

    def start(folder: Path) -> WebFolder:
        web = WebFolder("")

        class Handler(SimpleHTTPRequestHandler):
            def parse_request(self) -> bool:
                known = super().parse_request()
                web.asked.append(f"{self.command} {self.path}")
                if len(web.asked) > web.answers:
                    self.close_connection = True
                    return False
                return known

            def log_message(self, *_: object) -> None:
                pass

        server = Server(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        web.address = f"http://127.0.0.1:{server.server_port}/"
        return web

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def cache(folder: Path, storage: Path | str, secret: str = "builders") -> SharedCache:
    return SharedCache(folder, storage.as_uri() if isinstance(storage, Path) else storage, secret=secret)


def fill(tmp_path: Path, key: str = KEY, secret: str = "builders") -> Path:
    """Storage that has one result."""
    ours = cache(tmp_path / f"of {secret}", tmp_path / "storage", secret)
    ours.keep(key, FILES)
    assert ours.share() == ()
    return tmp_path / "storage"


def test_what_one_machine_made_another_one_has(tmp_path: Path, serve) -> None:
    storage = fill(tmp_path)
    web = serve(storage)
    for number, address in enumerate((storage.as_uri(), web.address, web.address + "/")):
        there = cache(tmp_path / str(number), address)
        assert there.find(OTHER) is None
        there.place(there.find(KEY), tmp_path / f"site {number}")
        assert {path.name: path.read_bytes() for path in (tmp_path / f"site {number}").iterdir()} == FILES


def test_storage_of_another_kind() -> None:
    store = Store("memory://shared/folder")
    store.write({"targets/ab/x": b"x"})
    assert store.read(["targets/ab/x", "targets/ab/y"]) == {"targets/ab/x": b"x"}
    assert store.sizes(["targets/ab/x", "targets/ab/y"]) == {"targets/ab/x": 1}


def test_what_is_damaged_there_is_not_used_and_is_made_good(tmp_path: Path) -> None:
    storage = fill(tmp_path)
    for number, damaged in enumerate((place_of_file(digest(b"of a")), place_of_result(KEY))):
        path = storage / damaged
        before = path.read_bytes()
        for harm in (before[:-1] + b"?", before[:2], b""):
            path.write_bytes(harm)
            there = cache(tmp_path / f"there {number} {len(harm)}", storage)
            assert there.find(KEY) is None
            assert there.damaged == {KEY}
            there.keep(KEY, FILES)
            there.share()
            assert path.read_bytes() == before
    (storage / place_of_file(digest(b"of b"))).unlink()
    assert cache(tmp_path / "gone", storage).find(KEY) is None


def test_what_was_sealed_with_another_secret_is_not_used(tmp_path: Path) -> None:
    storage = fill(tmp_path, secret="others")
    assert cache(tmp_path / "here", storage).find(KEY) is None
    assert not list((tmp_path / "here").glob("files/*/*")), "nor is anything of it brought here"
    moved = fill(tmp_path) / place_of_result(OTHER)
    moved.parent.mkdir(parents=True)
    moved.write_bytes((storage / place_of_result(KEY)).read_bytes())
    assert cache(tmp_path / "here", storage).find(OTHER) is None


def test_killed_at_each_step_of_sharing_a_result_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    ours = cache(tmp_path / "ours", tmp_path / "nowhere")
    ours.keep(KEY, FILES)
    for step in each_step():
        storage = tmp_path / f"storage {step}"

        def share(storage: Path = storage, step: int = step) -> None:
            one = cache(tmp_path / f"ours {step}", storage)
            one.keep(KEY, FILES)
            one.share()

        killed = killed_at(step, share)
        there = cache(tmp_path / f"there {step}", storage)
        found = there.find(KEY)
        assert found or killed
        if found:
            assert {name: there.read(found, name) for name in found.files} == FILES
        again = cache(tmp_path / f"again {step}", storage)
        again.keep(KEY, FILES)
        again.share()
        assert cache(tmp_path / f"after {step}", storage).find(KEY), "what was left half done is made good"
        if not killed:
            break
    assert step > 8


def test_a_result_of_files_that_another_build_made_is_shared_whole(tmp_path: Path) -> None:
    """They are in the folder, and nobody has put them into the storage."""
    Cache(tmp_path / "here", secret="builders").keep(OTHER, FILES)
    here = cache(tmp_path / "here", tmp_path / "storage")
    here.keep(KEY, FILES)
    here.share()
    assert cache(tmp_path / "there", tmp_path / "storage").find(KEY)


def test_storage_that_takes_nothing_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "storage").write_text("a file where the folder should be")
    here = cache(tmp_path / "here", tmp_path / "storage")
    here.keep(KEY, FILES)
    (line,) = here.share()
    assert "did not take what was built, which is kept on this machine" in line
    assert here.find(KEY)


def test_storage_that_is_away_is_asked_once(tmp_path: Path) -> None:
    here = cache(tmp_path / "here", "http://127.0.0.1:9/")
    assert [here.find(key) for key in (KEY, OTHER)] == [None, None]
    (line,) = here.share()
    assert "http://127.0.0.1:9/ does not answer, and the build went on without it" in line
    with pytest.raises(StoreError):
        Store("http://127.0.0.1:9/").read(["x"])


# From here on with real builds


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, Path]:
    """A handbook that was built and shared, and the storage."""
    folder, storage = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("storage")
    handbook = handbook_folder(folder, "att")
    built(handbook, storage.as_uri())
    return handbook, storage


def built(folder: Path, address: str, *flags: str) -> tuple[str, str]:
    done = run(folder, *BUILD, "--cache", address, *flags, **OWN_CACHE | SECRET)
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def stored(storage: Path) -> list[str]:
    return [f"GET /{path.relative_to(storage).as_posix()}" for path in storage.glob("*/*/*")]


def test_a_build_takes_all_from_a_web_folder_and_asks_for_no_more_than_it_needs(made, tmp_path: Path, serve) -> None:
    first, storage = made
    before, web = digests(storage), serve(storage)
    second = handbook_folder(tmp_path, "att")
    said, complained = built(second, web.address, "--why")
    assert "shared cache" not in complained, complained
    assert ": built" not in said
    assert digests(second / "site") == digests(first / "site")
    assert len(web.asked) < 1.5 * len(set(web.asked)), (
        "twice at most what two results that come side by side have in common"
    )
    assert set(web.asked) <= set(stored(storage)), "only GET, and nothing that is not there"
    asked = len(web.asked)
    assert "Nothing has changed" in built(second, web.address)[0]
    assert len(web.asked) == asked
    page = second / "content/pages/trust/quiz.md"
    page.write_text(page.read_text() + "\nMore.\n")
    said, _ = built(second, web.address, "--why")
    assert "site of hub: reused" in said
    assert len(web.asked) - asked <= 5, "what is here is not asked for"
    assert digests(storage) == before


def test_storage_that_has_nothing_is_asked_once_for_each_result(made, tmp_path: Path, serve) -> None:
    (tmp_path / "empty").mkdir()
    web, second = serve(tmp_path / "empty"), handbook_folder(tmp_path / "second", "att")
    said, _ = built(second, web.address, "--why")
    pieces = said.count(": built")
    assert pieces >= 4
    assert len(web.asked) <= pieces + 2, "and for what is remembered of the pages of two sites"
    assert digests(second / "site") == digests(made[0] / "site")


@pytest.mark.parametrize("answers", [0, 1, 40])
def test_storage_that_vanishes_is_no_reason_not_to_build(made, tmp_path: Path, serve, answers: int) -> None:
    web, second = serve(made[1]), handbook_folder(tmp_path, "att")
    web.answers = answers
    _, complained = built(second, web.address)
    assert complained.count("does not answer, and the build went on without it") == 1
    assert digests(second / "site") == digests(made[0] / "site")


# What is said of it before anything is built


@pytest.mark.parametrize("address", ["https://example.org/cache", "http://example.org/", "s3://bucket/folder"])
def test_without_a_secret_nothing_from_elsewhere_is_used(tmp_path: Path, clausebook, address: str) -> None:
    folder = handbook_folder(tmp_path, "att")
    done = clausebook(*BUILD, "--handbook", folder, "--cache", address)
    assert done.returncode == 2
    assert f"--cache {address} needs CLAUSEBOOK_CACHE_SECRET, the same for all who share it" in done.stderr
    assert not (folder / "site").exists()


def test_an_address_that_nothing_answers_to(tmp_path: Path) -> None:
    with pytest.raises(CacheError, match="--cache nothing://x cannot be used"):
        cache(tmp_path, "nothing://x")


@pytest.mark.parametrize(
    ("library", "address"), [("fsspec", "https://h/"), ("aiohttp", "https://h/"), ("s3fs", "s3://b/c")]
)
def test_a_missing_extra_is_told(tmp_path: Path, monkeypatch, library: str, address: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(
        CacheError, match=r"needs more libraries .*: install the extra, `pip install clausebook\[shared\]`"
    ):
        cache(tmp_path, address)


def test_a_password_is_not_shown() -> None:
    assert Store("https://builder:password@example.org/cache/").shown == "https://example.org/cache/"


@pytest.mark.parametrize(
    "text", ["C:\\cache", "C:/cache", "C://cache", "\\\\server\\cache", "cache", "/srv/cache", "s3"]
)
def test_a_folder_is_no_address(text: str) -> None:
    assert not is_address(text)


@pytest.mark.parametrize("text", ["s3://bucket/folder", "HTTPS://host/", "file:///srv/cache", "memory://x"])
def test_an_address(text: str) -> None:
    assert is_address(text)
