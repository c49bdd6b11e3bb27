"""A logo that could do more than be looked at is refused, in each of the ways that SVG knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausebook.check.library import read_handbook

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'
HOSTILE = {
    "script": f"{HEAD}><script>ran(1)</script></svg>",
    "script of another namespace": f'{HEAD}><h:script xmlns:h="http://www.w3.org/1999/xhtml">ran(1)</h:script></svg>',
    "handler": f'{HEAD} onload="ran(1)"/>',
    "handler in capitals": f'{HEAD} ONLOAD="ran(1)"/>',
    "foreign object": f"{HEAD}><foreignObject><p/></foreignObject></svg>",
    "link": f'{HEAD}><a href="javascript:ran(1)"><path d="M0 0"/></a></svg>',
    "image": f'{HEAD}><image href="https://away.invalid/a.png"/></svg>',
    "old link": f'{HEAD}><use xlink:href="https://away.invalid/a.svg#b"/></svg>',
    "animation": f'{HEAD}><set attributeName="href" to="javascript:ran(1)"/></svg>',
    "style": f"{HEAD}><style>@import url(//away.invalid)</style></svg>",
    "style attribute": f'{HEAD}><path style="fill: url(//away.invalid)" d="M0 0"/></svg>',
    "another file": f'{HEAD}><path fill="url(https://away.invalid/#a)" d="M0 0"/></svg>',
    "another file in capitals": f'{HEAD}><path fill="URL(https://away.invalid/#a)" d="M0 0"/></svg>',
    "another file spelt otherwise": f'{HEAD}><path fill="u\\72l(https://away.invalid/#a)" d="M0 0"/></svg>',
    "another file of a set": f'{HEAD}><path mask="image-set(\'https://away.invalid/a\' 1x)" d="M0 0"/></svg>',
    "base": f'{HEAD} xml:base="https://away.invalid/"><path fill="url(#a)" d="M0 0"/></svg>',
    "style sheet": f'<?xml-stylesheet href="https://away.invalid/a.css"?>{HEAD}/>',
    "entities": f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}><title>&a;</title></svg>',
    "entities in UTF-16": f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}><title>&a;</title></svg>'.encode("utf-16"),
    "another encoding": f'<?xml version="1.0" encoding="utf-7"?>{HEAD}/>',
    "no picture": "<html xmlns='http://www.w3.org/1999/xhtml'/>",
    "no namespace": "<svg/>",
    "no end": f"{HEAD}>",
    "nothing": "",
    "a mask that is masked": f'{HEAD}><mask id="a"><rect mask="url(#b)"/></mask><mask id="b"><rect/></mask></svg>',
    "a mask in a mask": f'{HEAD}><mask id="a" mask="url(#b)"><rect/></mask></svg>',
    "a clipped clip": f'{HEAD}><clipPath id="a"><g><rect clip-path="url(#b)"/></g></clipPath></svg>',
    "too large": f"{HEAD}>{' ' * 300_000}</svg>",
}


@pytest.mark.parametrize("logo", HOSTILE.values(), ids=HOSTILE)
def test_it_is_refused(logo: str | bytes, handbook_folder: Path) -> None:
    (handbook_folder / "trusts/sample/logo.svg").write_bytes(logo.encode() if isinstance(logo, str) else logo)
    _, problems = read_handbook(handbook_folder)
    assert [(one.code, one.place.file) for one in problems] == [("P502", "trusts/sample/logo.svg")]


@pytest.mark.parametrize(
    "logo",
    [
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn by hand -->{HEAD} aria-label="A (B)"><path d="M0 0" transform="translate(1 2) rotate(3)" fill="url(#a)"/></svg>',
        f'{HEAD}><defs><mask id="a"><rect/></mask><clipPath id="b"><rect/></clipPath></defs><g mask="url(#a)"><rect clip-path="url(#b)"/></g></svg>',
        f'\ufeff{HEAD}><defs><linearGradient id="a"><stop stop-color="rgb(1, 2, 3)"/></linearGradient></defs><rect fill="url(\'#a\')"/></svg>',
    ],
)
def test_a_drawing_is_not(logo: str, handbook_folder: Path) -> None:
    (handbook_folder / "trusts/sample/logo.svg").write_text(logo, encoding="utf-8")
    assert read_handbook(handbook_folder)[1] == []
