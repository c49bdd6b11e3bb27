"""axe-core, run in a page as it stands."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from browser_kit import DESK, PHONE

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS = [(theme, size) for theme in ("light", "dark") for size in (DESK, PHONE)]
# A theme changes colours and nothing else: in the dark only what depends on them is asked again.
RULES = {"light": TAGS, "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
SCHEMES = {"light": "default", "dark": "slate"}


def violations(page: Page, *, views: list[tuple[str, dict[str, int]]] = VIEWS) -> list[str]:
    """What axe-core objects to in each view of the page as it stands, one line for each element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))  # the pages allow no script that is added to them
    found = []
    for theme, size in views:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme)
        page.wait_for_function(
            "scheme => [undefined, scheme].includes(document.body.dataset.mdColorScheme)", arg=SCHEMES[theme]
        )  # the page for a missing address follows the system without a script
        found += page.evaluate(
            """async ([rules, view]) => {
                const result = await axe.run({runOnly: rules, reporter: "no-passes"});
                return result.violations.flatMap(rule => rule.nodes.map(
                    node => `${view}: ${rule.id}: ${node.target} ${node.any.map(check => check.message).join(" ")}`));
            }""",
            [RULES[theme], f"{theme} {size['width']}"],
        )
    return found
