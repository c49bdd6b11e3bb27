"""How old a reader must be to follow a page, by the Flesch–Kincaid grade of its sentences."""

from __future__ import annotations

from pathlib import Path

import textstat
from lxml import html

AGE_OF_GRADE_0 = 5  # whoever is in grade 1 is six
UNREAD = ".//script|.//style|.//template|.//*[@data-search-exclude and self::details]|.//*[contains(@class, 'headerlink')]|.//*[contains(@class, 'cb-sr')]"
THE_POLICYS = ".//*[contains(@class, 'cb-text') or contains(@class, 'cb-items') or contains(@class, 'cb-quote')]"
"""The words of clauses, which are the trust's, or restate them."""
BLOCKS = ".//p|.//li[not(.//p or .//li)]|.//dd[not(.//p)]|.//h1|.//h2|.//h3|.//legend|.//label|.//summary"


def reading_age(page: Path, *, own_words: bool = False) -> float:
    """The age in years that a page of a site asks for; with `own_words`, without the words of clauses."""
    article = html.fromstring(page.read_text(encoding="utf-8")).xpath("//article")[0]
    for part in article.xpath(UNREAD + (f"|{THE_POLICYS}" if own_words else "")):
        part.drop_tree()
    texts = (" ".join(block.text_content().split()) for block in article.xpath(BLOCKS))
    sentences = [text if text[-1] in ".?!:" else f"{text}." for text in texts if len(text.split()) > 2]
    return float(textstat.flesch_kincaid_grade("\n".join(sentences))) + AGE_OF_GRADE_0
