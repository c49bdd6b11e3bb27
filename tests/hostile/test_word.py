"""Hostile text in a Word file: it is text there, the file holds to the schema, and it comes back as it went."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from clausebook.check.library import read_handbook
from clausebook.edit.importers.written import written
from clausebook.edit.take.returned import read_returned
from clausebook.edit.take.taking import take_back
from clausebook.export.word import render_policy
from clausebook.load.yaml_events import read_document
from clausebook.model.handbook import Handbook
from clausebook.model.word_identity import word_medium
from word.test_word_schema import check_ids, check_order, check_package
from word.word_files import parts_of

from .handbook import write_handbook

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("hostile") / "handbook"
    write_handbook(found)
    return found


@pytest.fixture(scope="module")
def hostile(folder: Path) -> Handbook:
    handbook, _ = read_handbook(folder, may_wait=lambda _: True)
    assert handbook
    return handbook


def test_hostile_text_is_text_and_comes_back_as_it_went(hostile: Handbook, folder: Path, tmp_path: Path) -> None:
    for trust in hostile.trusts:
        for policy in trust.policies:
            for revision in policy.by_id.values():
                made = render_policy(trust, revision, DAY)
                check_order(made)
                check_ids(made)
                check_package(made)
                outside = [
                    one
                    for one in etree.fromstring(parts_of(made)["word/_rels/document.xml.rels"])
                    if one.get("TargetMode")
                ]
                assert all(one.get("Type").endswith("/hyperlink") for one in outside)  # which nothing follows by itself
                assert all(one.get("Target").startswith(("https:", "mailto:", "tel:")) for one in outside)
                (tmp_path / "made.docx").write_bytes(made)
                path = f"trusts/{trust.id}/{policy.id}/{revision.id}.yml"
                before = written(read_document(folder / path, path)[0].value)
                medium = word_medium(trust.address, policy.id)
                taken = take_back(read_returned(tmp_path / "made.docx"), before, revision.record, revision.record, (), medium, {}, trust.record.name)  # fmt: skip
                assert taken.text == before, f"{trust.id} {policy.id} {revision.id}"
