"""A Content Security Policy on every page of every site: the site's own files, and the theme's inline scripts by their hashes.

MkDocs calls this as a hook (`hooks:` in mkdocs.yml), so that a plain `mkdocs build` writes the same pages. Zensical knows no hooks:
`clausebook build --engine zensical` calls it when Zensical is done. Web hosts need no setting for it, and it holds for a site that is
opened from a folder.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
HEAD = re.compile(r'<meta charset="?utf-8"?>', re.IGNORECASE)
SEARCH_ALL = "data-cb-search-all"  # the hub's search runs compiled code of its own, Pagefind's; only its page may
# Workers: Material's search. Frames: about:blank, in which the search runs from a folder. Styles: Material sets some by script.
POLICY = (
    "default-src 'none'; script-src 'self'{wasm}{hashes}; style-src 'self'{styles}; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'"
)


def on_post_page(output: str, **_: Any) -> str:
    return with_policy(output)


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    return with_policy(output_content) if template_name.endswith(".html") else output_content


def with_policy(html: str, styles: tuple[str, ...] = ()) -> str:
    """The page with its policy as the first thing after its character set; a policy binds only what stands below it.

    `styles` are digests of styles that the theme's own script writes into the page.
    """
    hashes = "".join(f" 'sha256-{_digest(script)}'" for script in dict.fromkeys(INLINE.findall(html)))
    wasm = " 'wasm-unsafe-eval'" if SEARCH_ALL in html else ""
    policy = POLICY.format(hashes=hashes, wasm=wasm, styles="".join(f" '{one}'" for one in styles))
    return HEAD.sub(
        lambda found: f'{found[0]}<meta http-equiv="Content-Security-Policy" content="{policy}">', html, count=1
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
