"""Every page allows the site's own files and nothing else: what is put into a page does not run, and what belongs there does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .kinds import POLICY
from .visits import Visit


def test_every_page_says_so_before_anything_else(site: Path) -> None:
    pages = [path for path in site.rglob("*.html") if "packages" not in path.parts]
    assert len(pages) > 100
    for path in pages:
        head = path.read_text(encoding="utf-8").split("<head>", 1)[1]
        policy = re.match(
            r'\s*<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="([^"]*)">', head
        )
        assert policy, path
        assert "default-src 'none'; script-src 'self'" in policy[1]
        # Pagefind's search is compiled code; no other page may run any.
        runs_compiled_code = path == site / "search" / "index.html"
        assert ("'wasm-unsafe-eval'" in policy[1]) == runs_compiled_code
        assert "unsafe" not in policy[1].replace("'wasm-unsafe-eval'", "")
        assert not re.search(r"\son[a-z]+=|javascript:", head.replace("data-md-", ""))


@pytest.mark.parametrize("where", ["web", "folder"])
def test_nothing_of_ours_is_refused(where: str, visit: Visit) -> None:
    assert [said for said in visit.wrong[where] if "Content Security Policy" in said] == []


@pytest.mark.parametrize("where", ["web", "folder"])
def test_what_is_put_into_a_page_does_not_run(where: str, page: Page, request: pytest.FixtureRequest) -> None:
    page.goto(request.getfixturevalue(where) + POLICY)
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.ran = 'script'";
        document.body.append(script);
        const holder = document.createElement("div");
        holder.innerHTML = '<img src="x" onerror="window.ran = 1"><a id="act" href="javascript:window.ran = 2">x</a><p id="red" style="color: red">x</p>';
        document.body.append(holder);
        document.getElementById("act").click();
        const other = document.createElement("script");
        other.src = "https://example.org/other.js";
        document.body.append(other);
    }""")
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.getElementById('red')).color") != "rgb(255, 0, 0)"
