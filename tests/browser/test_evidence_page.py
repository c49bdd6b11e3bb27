"""verify.html of an evidence pack, opened from its folder: it holds a whole pack for whole, and names every tampering."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from acks.made_desks import add_other_ways
from acks.tampering import TAMPERINGS, Files, signed_again, write_pack, zip_of
from acks.test_evidence import Place, reply_forged
from axe import violations
from browser_kit import opened
from clausebook.acknowledgements.signing.keys import fingerprint, in_groups, new_key
from clausebook.model.identity import canonical_json
from paper import DARK_GROUND, PALE


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("hr"))


@pytest.fixture(scope="module")
def pack(place: Place) -> Files:
    files = place.pack()
    for name, data in files.items():
        path = place.folder / "unpacked" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return files


def check(page: Page, place: Place, chosen: Path, *, folder: bool = False) -> str:
    page.goto((place.folder / "unpacked/verify.html").as_uri())
    page.locator("#folder" if folder else "#zip").set_input_files(chosen)
    expect(page.locator("#status")).to_have_text("Checked.")
    return page.locator("#verdict").inner_text()


@pytest.mark.parametrize("folder", [False, True])
def test_a_whole_pack_holds(page: Page, place: Place, pack: Files, folder: bool) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    chosen = place.folder / ("unpacked" if folder else "pack.zip")
    assert check(page, place, chosen, folder=folder) == "No faults found. Now compare the key"
    expect(page.locator("#verdict")).to_have_class("open")
    assert page.locator("#faults li").count() == 0
    checked = page.locator("#checked").inner_text()
    assert "27 entries" in checked
    assert "2 receipts with check and link, 4 told" in checked
    assert "All signatures were checked" in checked
    assert place.made.key.public in page.locator("#keys").inner_text()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert said == []


def test_it_is_green_only_once_the_key_was_compared(page: Page, place: Place, pack: Files) -> None:
    check(page, place, place.folder / "pack.zip")
    mine = in_groups(fingerprint(place.made.key.public))
    expect(page.locator("#shown")).to_have_text(mine)
    field, verdict = page.get_by_label("The fingerprint that HR told you"), page.locator("#verdict")
    field.fill(mine[:30])
    expect(verdict).to_have_class("open")
    field.fill(mine.upper())
    expect(verdict).to_have_text("Nothing is wrong with this pack")
    expect(verdict).to_have_class("right")
    field.fill(fingerprint(new_key().public))
    expect(verdict).to_have_text("Signed with another key than the one you were told")
    expect(verdict).to_have_class("wrong")


def test_a_browser_that_cannot_check_signatures_says_so_and_is_never_green(
    page: Page, place: Place, pack: Files
) -> None:
    page.add_init_script(
        "SubtleCrypto.prototype.importKey = async () => { throw new DOMException('no Ed25519', 'NotSupportedError'); };"
    )
    assert check(page, place, place.folder / "pack.zip") == "Not checked: this browser cannot check signatures"
    page.get_by_label("The fingerprint that HR told you").fill(fingerprint(place.made.key.public))
    expect(page.locator("#verdict")).to_have_class("open")
    assert "nothing here is proven" in page.locator("#advice").inner_text()


def test_a_zip_that_was_packed_again_is_a_fault(page: Page, place: Place, pack: Files, tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(zip_of(pack) + b"more")
    assert check(page, place, tmp_path / "pack.zip") == "One thing is wrong"
    assert "not as our program writes one" in page.locator("#faults").inner_text()
    expect(page.locator("#more")).to_be_hidden()


def test_it_shows_who_acknowledged_what_and_in_which_words(page: Page, place: Place, pack: Files) -> None:
    check(page, place, place.folder / "pack.zip")
    rows = page.locator("#rows tr")
    assert rows.count() == 7
    page.get_by_label("Find by name").fill("kim")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("no, void")
    page.get_by_label("Find by name").fill("on-behalf 2025-10-20")
    expect(rows).to_contain_text("on behalf")
    page.locator("summary", has_text="revision 2025-09").click()
    assert "must-not: Staff must not be connected with a current pupil" in page.locator("#texts").inner_text()


def test_without_names(page: Page, place: Place, pack: Files) -> None:
    place.pack("--redact", name="redacted.zip")
    assert check(page, place, place.folder / "redacted.zip") == "No faults found. Now compare the key"
    assert "told, not proven" in page.locator("#rows").inner_text()
    assert "Example" not in page.locator("#rows").inner_text()


def test_other_ways_and_a_forged_reply(page: Page, pack: Files, place: Place, tmp_path: Path) -> None:
    other = Place(tmp_path)
    add_other_ways(other.made)
    files = other.pack()
    assert check(page, place, tmp_path / "pack.zip") == "No faults found. Now compare the key"
    assert "paper with witness" in page.locator("#rows").inner_text()
    (tmp_path / "forged.zip").write_bytes(signed_again(reply_forged(files), other.made.key))
    check(page, place, tmp_path / "forged.zip")
    assert "the reply that it names was changed" in page.locator("#faults").inner_text()


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found(name: str, page: Page, place: Place, pack: Files, tmp_path: Path) -> None:
    tamper, said = TAMPERINGS[name]
    (tmp_path / "pack.zip").write_bytes(
        tamper(pack) if name == "damaged" else signed_again(tamper(pack), place.made.key)
    )
    assert "wrong" in check(page, place, tmp_path / "pack.zip")
    assert "Nothing" not in page.locator("#verdict").inner_text()
    assert said in page.locator("#faults").inner_text()


def test_words_of_a_pack_are_words(page: Page, place: Place, pack: Files, tmp_path: Path) -> None:
    evil = "<img src=x onerror=document.title='evil'>"
    (tmp_path / "pack.zip").write_bytes(write_pack(pack, trust_name=evil))
    check(page, place, tmp_path / "pack.zip")
    expect(page.locator("#about")).to_contain_text(evil)
    assert page.title() == "Check an evidence pack"


@pytest.mark.parametrize("raw", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_pack_is_called_none(page: Page, place: Place, pack: Files, tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "pack.zip").write_bytes(raw)
    page.goto((place.folder / "unpacked/verify.html").as_uri())
    page.locator("#zip").set_input_files(tmp_path / "pack.zip")
    expect(page.locator("#status")).to_contain_text("This is no evidence pack")
    expect(page.locator("#result")).to_be_hidden()


def test_it_can_be_read_by_everybody(browser: Browser, place: Place, pack: Files, tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(TAMPERINGS["edited"][0](pack))
    with opened(browser) as context:
        page = context.new_page()
        page.goto((place.folder / "unpacked/verify.html").as_uri())
        assert violations(page) == []
        for chosen in (tmp_path / "pack.zip", place.folder / "pack.zip"):
            check(page, place, chosen)
            page.locator("summary").first.click()
            assert violations(page) == []
            page.set_viewport_size({"width": 390, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_it_is_dark_on_white_on_paper_also_where_the_screen_is_dark(page: Page, place: Place, pack: Files) -> None:
    check(page, place, place.folder / "pack.zip")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(PALE) == []
    assert page.evaluate(DARK_GROUND) == []


def test_what_stands_with_a_clause_is_shown_line_by_line(page: Page, place: Place, pack: Files) -> None:
    name = next(one for one in pack if one.startswith("texts/"))
    clause = {
        "lead_in": [], "text": "The limits are:", "modality": "must", "binds": ["staff"], "form": 2, "goes_on": [],
        "structures": {
            "table": {"header": ["Step", "Days"], "rows": [["Meeting", "10"]]}, "figure": {"file": "way.svg", "alternative": "First write, then wait."},
            "note": "As Acas advises.", "files": {"way.svg": "a" * 64},
        },
    }  # fmt: skip
    text = {"clauses": [clause], "form": 2, "headings": [[1, "Time", 1]], "title": "Grievance policy"}
    chosen = place.folder / "structured.zip"
    chosen.write_bytes(zip_of({**pack, name: canonical_json(text)}))
    check(page, place, chosen)
    shown = page.locator("#texts details").filter(has_text="The limits are:").locator("li").first
    shown.evaluate("one => { one.closest('details').open = true; }")
    lines = shown.locator("p").all_inner_texts()
    assert lines == [
        "Table:",
        "Step: Meeting; Days: 10",
        "Figure: First write, then wait.",
        "Footnote: As Acas advises.",
        f"SHA-256 of way.svg: {'a' * 64}",
    ]
