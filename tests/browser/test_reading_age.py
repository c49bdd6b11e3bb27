"""What staff read of ours can be followed by a reader of twelve; the words of clauses are the trusts', and are told in `make bench`."""

from __future__ import annotations

from pathlib import Path

import pytest

from reading_age import reading_age

from .kinds import TRUST

STAFF_READ = ("", "social-media/quiz/", "social-media/acknowledge/", "social-media/questions/", "downloads/")


@pytest.mark.parametrize("page", STAFF_READ)
def test_our_own_words_are_for_a_reader_of_twelve(page: str, site: Path) -> None:
    assert reading_age(site / TRUST / page / "index.html", own_words=True) <= 12
