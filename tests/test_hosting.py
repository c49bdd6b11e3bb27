"""What a web host is told to send with a site: as nginx does it, and as the rules of IIS and of _headers have it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from clausebook.build.hosting import FILES, TYPES, join_policies
from clausebook.build.page_facts import scan
from clausebook.check.policy_files import TO_DOWNLOAD
from clausebook.cli import cli

PAGE = "larkhill-example/social-media/index.html"
# The part of IIS' schema (IIS_schema.xml) that web.config takes from: each element, its attributes, and what may stand in it.
SHAPE = {
    "configuration": ("", "system.webServer location"),
    "location": ("path", "system.webServer"),
    "system.webServer": ("", "defaultDocument directoryBrowse httpErrors httpProtocol staticContent"),
    "defaultDocument": ("", "files"),
    "files": ("", "clear add"),
    "directoryBrowse": ("enabled", ""),
    "httpErrors": ("errorMode", "remove error"),
    "error": ("statusCode path responseMode", ""),
    "httpProtocol": ("", "customHeaders"),
    "customHeaders": ("", "remove add"),
    "staticContent": ("", "clientCache remove mimeMap"),
    "clientCache": ("cacheControlMode cacheControlMaxAge", ""),
    "mimeMap": ("fileExtension mimeType", ""),
    "clear": ("", ""),
    "add": ("name value", ""),
    "remove": ("name statusCode fileExtension", ""),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter's site."""
    folder = tmp_path_factory.mktemp("hosting") / "ours"
    for arguments in (["new", folder], ["build", "--no-pdf", "--quiet", "--handbook", folder]):
        done = CliRunner().invoke(cli, [str(one) for one in arguments])
        assert done.exit_code == 0, done.output
    return folder / "site"


def directives(policy: str) -> dict[str, set[str]]:
    return {name: set(sources) for name, *sources in (part.split() for part in policy.split(";"))}


def rules_of(text: str) -> dict[str, list[tuple[str, str]]]:
    """_headers as Cloudflare Pages and Netlify read it: an address at the start of a line, its headers below it with spaces before."""
    rules: dict[str, list[tuple[str, str]]] = {}
    for line in text.splitlines():
        assert len(line) <= 2000, "Cloudflare leaves out what is longer"
        if line.startswith("/"):
            assert line.count("*") <= 1
            assert line not in rules
            rules[line] = []
        elif line.strip() and not line.startswith("#"):
            name, value = re.fullmatch(r"  ([A-Za-z-]+): (\S.*)", line).groups()
            list(rules.values())[-1].append((name, value))
    assert len(rules) <= 100, "Cloudflare reads no more"
    return rules


@pytest.mark.parametrize("name", FILES)
def test_every_host_is_told_a_policy_that_lets_every_page_do_what_it_may(built: Path, name: str) -> None:
    text = (built / name).read_text(encoding="utf-8")
    (policy,) = set(re.findall(r"default-src [^\"\n]*", text))
    allowed = directives(policy)
    assert allowed.pop("frame-ancestors") == {"'self'"}
    own = {scan(path.name, path.read_bytes()).policy for path in built.rglob("*.html")}
    assert len(own) > 3
    for policy_of_page in own:
        for directive, sources in directives(policy_of_page).items():
            assert sources <= allowed[directive], directive
    assert {source for of_page in own for source in directives(of_page)["script-src"]} == allowed["script-src"]


def test_a_policy_that_allows_nothing_gives_way_to_one_that_allows_something() -> None:
    joined = join_policies(["default-src 'none'; img-src 'none'", "default-src 'none'; img-src 'self' data:"])
    assert joined == "default-src 'none'; img-src 'self' data:; frame-ancestors 'self'"


def test_every_ending_of_a_sites_files_has_its_type(built: Path) -> None:
    there = {path.suffix[1:] for path in built.rglob("*") if path.is_file() and path.name not in (*FILES, "LICENSE")}
    assert there <= {ending for ending, _ in TYPES}


def test_headers_names_files_that_are_there(built: Path) -> None:
    rules = rules_of((built / "_headers").read_text(encoding="utf-8"))
    assert {name for name, _ in rules.pop("/*")} == {
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
    }
    for address, headers in rules.items():
        assert headers == [("Cache-Control", "public, max-age=31536000, immutable")]
        path = address.replace("/:trust/", "/larkhill-example/").removesuffix("*")
        assert (built / path[1:]).exists(), address
        assert re.search(r"\.[0-9a-f]{8}\.min\.|/pagefind/0/(fragment|index)/", address), "only what never changes"


def test_hosts_know_every_kind_of_file_that_a_policy_may_offer() -> None:
    """IIS sends nothing of a kind that it does not know, and no browser shows a picture that is sent as something else."""
    assert {f".{ending}" for ending, _ in TYPES} >= TO_DOWNLOAD


def test_web_config_is_as_iis_has_it(built: Path) -> None:
    root = ET.parse(built / "web.config").getroot()
    for above in root.iter():
        attributes, within = SHAPE[above.tag]
        may = {*attributes.split(), "value"} if above.tag == "add" else set(attributes.split())
        assert set(above.attrib) <= may
        assert {below.tag for below in above} <= set(within.split())
    kinds = [one.attrib["fileExtension"] for one in root.iter("mimeMap")]
    assert len(kinds) == len(set(kinds)), "IIS sends 500.19 where an ending stands twice"
    for collection in (*root.iter("staticContent"), *root.iter("customHeaders"), *root.iter("httpErrors")):
        taken_out = [tuple(one.attrib.items()) for one in collection.iter("remove")]
        for added in collection:
            if added.tag in ("mimeMap", "add", "error"):
                assert tuple(added.attrib.items())[:1] in taken_out, (
                    "it may be there already, by the server's own settings"
                )
    for place in root.iter("location"):
        assert (built / place.attrib["path"]).is_dir()
    (missing,) = root.iter("error")
    assert (built / missing.attrib["path"]).is_file()


@pytest.fixture(scope="module")
def nginx(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """nginx, which shows the site as its file says; the port."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "nginx is not installed: `make test-all` installs it"
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = " ".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/errors; events {{}}\n"
        f"{'user root;' if os.geteuid() == 0 else ''}"
        f"http {{ access_log off; {places} server {{ listen 127.0.0.1:{port}; root {built}; include {built}/nginx.conf; }} }}\n"
    )
    command = [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors")]
    checked = subprocess.run([*command, "-t"], capture_output=True, encoding="utf-8")
    assert checked.returncode == 0, checked.stderr
    running = subprocess.Popen(command)
    try:
        for _ in range(100):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        running.terminate()
        running.wait()


def ask(port: int, address: str, **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    answer.body = answer.read()
    return answer


@pytest.mark.long
@pytest.mark.parametrize(
    ("address", "kind", "kept"),
    [
        ("/", "text/html; charset=utf-8", "no-cache"),
        (f"/{PAGE}", "text/html; charset=utf-8", "no-cache"),
        ("/larkhill-example/social-media/", "text/html; charset=utf-8", "no-cache"),
        ("/data/trusts.json", "application/json; charset=utf-8", "no-cache"),
        ("/larkhill-example/feed.xml", "application/xml; charset=utf-8", "no-cache"),
        ("/downloads/comparison.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "no-cache"),
        ("/downloads/reviews.ics", "text/calendar; charset=utf-8", "no-cache"),
        ("/assets/stylesheets/clausebook.css", "text/css; charset=utf-8", "no-cache"),
        ("/assets/fonts/atkinson-400-normal.woff2", "font/woff2", "no-cache"),
        ("/larkhill-example/assets/stylesheets/main.*.min.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("/pagefind/0/fragment/*.pf_fragment", "application/octet-stream", "public, max-age=31536000, immutable"),
    ],
)  # fmt: skip
def test_nginx_sends_it(nginx: int, built: Path, address: str, kind: str, kept: str) -> None:
    if "*" in address:
        address = "/" + min(built.glob(address[1:])).relative_to(built).as_posix()
    answer = ask(nginx, address)
    assert (answer.status, answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (200, kind, kept)
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.long
def test_nginx_shows_our_page_where_there_is_none_and_keeps_what_is_for_hosts_to_itself(nginx: int) -> None:
    for address in ("/nowhere/at/all", *(f"/{name}" for name in FILES)):
        answer = ask(nginx, address)
        assert answer.status == 404
        assert b"the first page</a>" in answer.body
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.long
def test_a_page_that_has_not_changed_is_not_sent_again(nginx: int) -> None:
    first = ask(nginx, f"/{PAGE}")
    assert ask(nginx, f"/{PAGE}", **{"If-None-Match": first.headers["ETag"]}).status == 304
