"""The two matrices show only what a reader chose, keep it in the address, and are walked by arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from axe import violations
from clock import at_now

from .kinds import MATRIX_OF_QUESTIONS, MATRIX_OF_TOPICS

Records = Callable[[str], list[dict[str, Any]]]
TRUSTS = {"archway": "Archway", "att": "ATT", "catholic": "Catholic trust", "laat": "LAAT", "lwlat": "LwLAT"}


@pytest.fixture(params=["web", "folder"])
def host(request: pytest.FixtureRequest) -> str:
    """The site's address, on a web host and in a folder."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def matrix(page: Page, host: str) -> Page:
    page.goto(host + MATRIX_OF_QUESTIONS)
    expect(page.get_by_role("group", name="Show only")).to_be_visible()
    return page


@pytest.fixture
def records(records: Records) -> Records:
    """What is published, of the subject whose matrices these are."""
    questions = [one for one in records("questions") if one["subject"] == "social-media"]
    asked = {one["id"] for one in questions}
    positions = [one for one in records("positions") if one["question"] in asked]
    said = {one["question"] for one in positions}
    carried = {topic for one in records("clauses") for topic in one["topics"]} | {
        one["topic"] for one in questions if one["id"] in said
    }
    topics = [one for one in records("topics") if one["subject"] == "social-media" and one["id"] in carried]
    held = {"questions": [one for one in questions if one["id"] in said], "positions": positions, "topics": topics}
    return lambda name: held.get(name) or records(name)


@pytest.fixture
def answers(records: Records) -> dict[str, dict[str, str]]:
    """The answer of each trust to each question."""
    found: dict[str, dict[str, str]] = {one["id"]: {} for one in records("questions")}
    for one in records("positions"):
        found[one["question"]][one["trust"]] = one["answer"]
    return found


@pytest.fixture
def verdicts(records: Records) -> dict[str, set[str]]:
    """To what the answers of the trusts to each question come."""
    found: dict[str, set[str]] = {one["id"]: set() for one in records("questions")}
    for one in records("positions"):
        found[one["question"]].add(one["verdict"])
    return found


def shown(page: Page) -> set[str]:
    """The ids of the rows that can be seen."""
    return set(
        page.eval_on_selector_all(
            ".cb-matrix tbody th", "all => all.filter(one => one.checkVisibility()).map(one => one.id)"
        )
    )


def columns(page: Page) -> list[set[str]]:
    """The trusts whose cells can be seen, in each row that can."""
    found = page.eval_on_selector_all(
        ".cb-matrix tr",
        """all => all.filter(one => one.checkVisibility()).map(one =>
            [...one.cells].slice(1).filter(cell => cell.checkVisibility()).map(cell => cell.dataset.trust))""",
    )
    return [set(row) for row in found]


def status(page: Page) -> Locator:
    return page.locator("[data-cb-status]")


def differ(says: dict[str, str], trusts: Iterable[str]) -> bool:
    return len({says[trust] for trust in trusts}) > 1


def test_all_are_shown_at_first(matrix: Page, answers: dict[str, dict[str, str]]) -> None:
    expect(status(matrix)).to_have_text(f"Showing all {len(answers)} questions, all {len(TRUSTS)} trusts.")
    assert shown(matrix) == set(answers)
    assert all(row == set(TRUSTS) for row in columns(matrix))
    assert "#" not in matrix.url


def test_by_trust(matrix: Page, answers: dict[str, dict[str, str]]) -> None:
    matrix.get_by_role("checkbox", name="ATT").check()
    matrix.get_by_role("checkbox", name="LAAT").check()
    expect(status(matrix)).to_have_text(f"Showing all {len(answers)} questions, 2 of {len(TRUSTS)} trusts.")
    assert all(row == {"att", "laat"} for row in columns(matrix))
    matrix.wait_for_url(lambda url: url.endswith("#trusts=att,laat"))


def test_by_group(matrix: Page, records: Records) -> None:
    group = {one["id"]: one["group"] for one in records("topics")}
    for name in set(group.values()):
        matrix.get_by_label("Group").select_option(name)
        wanted = {one["id"] for one in records("questions") if group[one["topic"]] == name}
        assert shown(matrix) == wanted
        headings = matrix.eval_on_selector_all(
            ".md-content h2", "all => all.filter(one => one.checkVisibility()).map(one => one.id)"
        )
        assert headings == ([name] if wanted else [])


def test_by_who_asks(matrix: Page, records: Records) -> None:
    for reader in ("new starter", "union rep"):
        matrix.get_by_label("Asked by").select_option(reader.replace(" ", "-"))
        wanted = {one["id"] for one in records("questions") if one["asked_by"] in (reader, "both")}
        assert shown(matrix) == wanted
        assert 0 < len(wanted) < len(records("questions"))


def test_by_answer(matrix: Page, verdicts: dict[str, set[str]]) -> None:
    """Duties and leave together: a yes to one is a must, to another a may."""
    words = {
        "Yes": "yes",
        "No": "no",
        "It depends": "depends",
        "Not stated": "not-stated",
        "Can't be read": "unreadable",
    }
    for word, verdict in words.items():
        matrix.get_by_label("Answer given by any trust").select_option(word)
        wanted = {name for name, says in verdicts.items() if verdict in says}
        assert 0 < len(wanted) < len(verdicts)
        assert shown(matrix) == wanted


def test_only_where_they_differ(matrix: Page, answers: dict[str, dict[str, str]]) -> None:
    for trust in ("archway", "lwlat"):
        matrix.get_by_role("checkbox", name=TRUSTS[trust]).check()
    matrix.get_by_role("checkbox", name="Only where they differ").check()
    wanted = {name for name, says in answers.items() if differ(says, ("archway", "lwlat"))}
    assert 0 < len(wanted) < len(answers)
    assert shown(matrix) == wanted
    expect(status(matrix)).to_contain_text(f"Showing {len(wanted)} of {len(answers)} questions")


def test_by_words(matrix: Page, records: Records) -> None:
    labels = {one["id"]: one["label"] for one in records("topics")}
    matrix.get_by_label("Words in the question").fill(" PROFILE  name ")
    wanted = {
        one["id"]
        for one in records("questions")
        if all(word in f"{one['ask']} {labels[one['topic']]}".lower() for word in ("profile", "name"))
    }
    assert wanted
    assert shown(matrix) == wanted


def test_all_at_once(matrix: Page, answers: dict[str, dict[str, str]], records: Records) -> None:
    trusts = ("archway", "att", "laat")
    for trust in trusts:
        matrix.get_by_role("checkbox", name=TRUSTS[trust]).check()
    matrix.get_by_label("Asked by").select_option("union-rep")
    matrix.get_by_label("Answer given by any trust").select_option("not-stated")
    matrix.get_by_role("checkbox", name="Only where they differ").check()
    asked = {one["id"] for one in records("questions") if one["asked_by"] in ("union rep", "both")}
    wanted = {
        name
        for name, says in answers.items()
        if name in asked and differ(says, trusts) and "silent" in {says[trust] for trust in trusts}
    }
    assert 0 < len(wanted) < len(asked)
    assert shown(matrix) == wanted
    expect(status(matrix)).to_have_text(
        f"Showing {len(wanted)} of {len(answers)} questions, 3 of {len(TRUSTS)} trusts."
    )
    matrix.get_by_role("button", name="Show all").click()
    assert shown(matrix) == set(answers)
    assert all(row == set(TRUSTS) for row in columns(matrix))
    matrix.wait_for_url(lambda url: "#" not in url)


def test_topics_by_force(page: Page, host: str, records: Records) -> None:
    page.goto(host + MATRIX_OF_TOPICS)
    topics = {one["id"] for one in records("topics")}
    expect(status(page)).to_have_text(f"Showing all {len(topics)} topics, all {len(TRUSTS)} trusts.")
    expect(page.get_by_label("Asked by")).to_have_count(0)
    page.get_by_role("checkbox", name="ATT").check()
    page.get_by_label("Said by any trust").select_option("silent")
    silent = shown(page)
    of_att = {topic for one in records("clauses") if one["trust"] == "att" for topic in one["topics"]}
    assert silent
    assert silent <= topics - of_att
    page.get_by_label("Said by any trust").select_option("must-not")
    words = [one.inner_text() for one in page.locator("td[data-trust=att]:visible").all()]
    assert len(words) == len(shown(page)) > 0
    assert all("Must not" in one for one in words)


def test_what_fits_nothing_is_said(matrix: Page) -> None:
    matrix.get_by_label("Words in the question").fill("zebra crossing")
    expect(status(matrix)).to_contain_text("Showing 0 of")
    expect(status(matrix)).to_contain_text("Nothing fits all that you chose: take something away, or show all.")
    assert shown(matrix) == set()
    matrix.get_by_label("Words in the question").fill("")
    matrix.get_by_role("checkbox", name="ATT").check()
    matrix.get_by_role("checkbox", name="Only where they differ").check()
    expect(status(matrix)).to_contain_text("one trust alone cannot differ")


def test_an_address_brings_back_what_was_chosen(matrix: Page, browser: Browser) -> None:
    matrix.get_by_role("checkbox", name="ATT").check()
    matrix.get_by_role("checkbox", name="LAAT").check()
    matrix.get_by_label("Group").select_option("online-relationships")
    matrix.get_by_label("Answer given by any trust").select_option("depends")
    matrix.get_by_role("checkbox", name="Only where they differ").check()
    matrix.get_by_label("Words in the question").fill("parent")
    wanted = "#trusts=att,laat&group=online-relationships&answer=depends&text=parent&differ=1"
    matrix.wait_for_url(lambda url: url.endswith(wanted))
    said, rows = status(matrix).inner_text(), shown(matrix)
    assert rows
    with at_now(browser.new_context()) as context:
        other = context.new_page()
        other.goto(matrix.url)
        expect(status(other)).to_have_text(said)
        assert shown(other) == rows
        expect(other.get_by_role("checkbox", name="LAAT")).to_be_checked()
        expect(other.get_by_label("Words in the question")).to_have_value("parent")
        other.evaluate("location.hash = 'trusts=archway'")
        expect(status(other)).to_contain_text("Showing all")
        expect(other.get_by_role("checkbox", name="LAAT")).not_to_be_checked()
        other.go_back()
        expect(status(other)).to_have_text(said)


def test_any_words_survive_the_address(matrix: Page) -> None:
    words = "a,b & c=d+e #100% “q” \\"
    matrix.get_by_label("Words in the question").fill(words)
    matrix.wait_for_url(lambda url: "#text=" in url)
    matrix.reload()
    expect(matrix.get_by_label("Words in the question")).to_have_value(words)
    expect(matrix.locator("[data-cb-problem]")).to_be_hidden()


@pytest.mark.parametrize(
    ("fragment", "message"),
    [
        ("trusts=att,xyz", "There is no trust “xyz” here; the rest was applied."),
        ("trusts=xyz", "There is no trust “xyz” here; everything is shown."),
        ("differ=1&group=q&answer=7", "There is no group “q” and no answer “7” here; the rest was applied."),
        ("colour=red&text=post", "There is no choice “colour” here; the rest was applied."),
        ("text=a&text=b", "There is no place for a second “text” here; the rest was applied."),
        ("differ=yes", "There is no choice “yes” here; everything is shown."),
        ("asked=%3Cimg%3E", "There is no kind of reader “<img>” here; everything is shown."),
        ("former-pupl", "There is nothing called “former-pupl” here; everything is shown."),
        ("%", "There is nothing called “%” here; everything is shown."),
    ],
)
def test_what_an_address_asks_in_vain_is_named(fragment: str, message: str, page: Page, web: str) -> None:
    page.goto(f"{web}{MATRIX_OF_QUESTIONS}#{fragment}")
    expect(page.get_by_role("alert")).to_have_text(message)
    assert shown(page)
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_plain_address_shows_its_row_whatever_is_filtered(matrix: Page, answers: dict[str, dict[str, str]]) -> None:
    name = "former-pupil" if "former-pupil" in answers else list(answers)[-1]
    row = matrix.locator(f"[id='{name}']")
    matrix.get_by_label("Words in the question").fill("zebra")
    expect(row).to_be_hidden()
    matrix.evaluate("name => { location.hash = name; }", name)
    expect(row).to_be_in_viewport()
    assert shown(matrix) == set(answers)
    matrix.reload()
    expect(row).to_be_in_viewport()
    assert row.evaluate(
        "one => one.getBoundingClientRect().top >= one.closest('table').tHead.rows[0].cells[0].getBoundingClientRect().bottom - 1"
    )


def test_the_link_can_be_copied(page: Page, web: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(web + MATRIX_OF_QUESTIONS)
    page.get_by_role("checkbox", name="LAAT").check()
    page.get_by_role("button", name="Copy link to this view").click()
    expect(page.get_by_text("Link copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{web}{MATRIX_OF_QUESTIONS}#trusts=laat"


def focused(page: Page) -> tuple[str, str]:
    """The row and the trust of the cell whose link has the focus; no trust is the row's own heading."""
    row, trust = page.evaluate(
        """() => {
            const cell = document.activeElement.closest("td, th");
            return [cell.parentNode.cells[0].id, cell.dataset.trust || ""];
        }"""
    )
    return row, trust


def test_arrow_keys_move_among_what_is_shown(matrix: Page) -> None:
    for name in ("ATT", "LAAT", "LwLAT"):
        matrix.get_by_role("checkbox", name=name).check()
    matrix.get_by_label("Words in the question").fill("post")
    rows = matrix.eval_on_selector_all(
        ".cb-matrix tbody th", "all => all.filter(one => one.checkVisibility()).map(one => one.id)"
    )
    assert len(rows) > 2
    matrix.locator(f"[id='{rows[0]}'] a").focus()
    steps = [
        ("ArrowLeft", rows[0], ""),
        ("ArrowRight", rows[0], "att"),
        ("ArrowRight", rows[0], "laat"),
        ("ArrowDown", rows[1], "laat"),
        ("End", rows[1], "lwlat"),
        ("ArrowRight", rows[1], "lwlat"),
        ("ArrowUp", rows[0], "lwlat"),
        ("ArrowUp", rows[0], "lwlat"),
        ("ArrowLeft", rows[0], "laat"),
        ("Home", rows[0], ""),
        ("Tab", rows[0], "att"),
        ("Tab", rows[0], "laat"),
        ("Shift+Tab", rows[0], "att"),
        ("Shift+ArrowRight", rows[0], "att"),
    ]
    for key, row, trust in steps:
        matrix.keyboard.press(key)
        assert focused(matrix) == (row, trust), key
    for _ in rows:
        matrix.keyboard.press("ArrowDown")
    assert focused(matrix) == (rows[-1], "att")
    matrix.keyboard.press("Enter")
    matrix.wait_for_url(lambda url: url.endswith(f"/{rows[-1]}/index.html#att"))


def test_the_focus_is_never_under_the_header(page: Page, web: str) -> None:
    page.goto(web + MATRIX_OF_TOPICS)
    page.locator(".cb-matrix tbody a").first.focus()
    for key in ["ArrowDown"] * 30 + ["ArrowUp"] * 25:
        page.keyboard.press(key)
        assert page.evaluate(
            """() => {
                const one = document.activeElement.getBoundingClientRect();
                const head = document.activeElement.closest("table").tHead.rows[0].cells[0].getBoundingClientRect();
                return one.top >= head.bottom - 1 && one.bottom <= innerHeight;
            }"""
        ), key


@pytest.mark.parametrize("address", [MATRIX_OF_QUESTIONS, MATRIX_OF_TOPICS])
def test_without_javascript_the_whole_table_is_there(address: str, plain: Page, host: str) -> None:
    plain.goto(f"{host}{address}#trusts=att&text=post")
    expect(plain.locator("form[data-cb-matrix]")).to_be_hidden()
    assert plain.locator(".cb-matrix td:visible").count() == plain.locator(".cb-matrix td").count() > 100


@pytest.mark.parametrize("address", [MATRIX_OF_QUESTIONS, MATRIX_OF_TOPICS])
def test_on_a_phone(address: str, phone: Page, web: str) -> None:
    phone.goto(f"{web}{address}#trusts=att,laat&text=post")
    rows = [row for row in columns(phone) if row]
    assert rows
    assert all(row == {"att", "laat"} for row in rows)
    for width in (390, 320):
        phone.set_viewport_size({"width": width, "height": 844})
        assert phone.evaluate("document.scrollingElement.scrollWidth") <= width


@pytest.mark.parametrize("address", [MATRIX_OF_QUESTIONS, MATRIX_OF_TOPICS])
@pytest.mark.parametrize("fragment", ["trusts=att,laat,xyz&text=post", "text=zebra"])
def test_axe_finds_nothing_in_what_is_filtered(fragment: str, address: str, page: Page, web: str) -> None:
    page.goto(f"{web}{address}#{fragment}")
    expect(status(page)).to_contain_text("Showing")
    assert violations(page) == []


def test_a_strict_host_lets_it_work(page: Page, web: str) -> None:
    """Columns are hidden by a sheet that a Content-Security-Policy without unsafe-inline allows."""
    page.goto(web + MATRIX_OF_QUESTIONS)
    page.evaluate(
        """() => {
            const policy = document.createElement("meta");
            policy.httpEquiv = "Content-Security-Policy";
            policy.content = "style-src 'self'; script-src 'self'";
            document.head.append(policy);
        }"""
    )
    page.get_by_role("checkbox", name="ATT").check()
    assert all(row == {"att"} for row in columns(page))


def test_who_contradicts_themselves_is_a_choice_that_stands_in_the_address(
    page: Page, web: str, records: Records
) -> None:
    page.goto(f"{web}{MATRIX_OF_QUESTIONS}#contradicts=1")
    wanted = {one["question"] for one in records("positions") if one["conflict"]}
    assert 0 < len(wanted) < len(records("questions"))
    expect(status(page)).to_contain_text(f"Showing {len(wanted)} of ")
    assert shown(page) == wanted
    page.get_by_role("checkbox", name="ATT").check()  # then only where these trusts do
    own = {one["question"] for one in records("positions") if one["conflict"] and one["trust"] == "att"}
    assert shown(page) == own != wanted


def test_on_a_phone_the_count_comes_first_and_the_choices_are_folded(phone: Page, web: str) -> None:
    phone.goto(web + MATRIX_OF_QUESTIONS)
    expect(status(phone)).to_contain_text("Showing all")
    expect(phone.get_by_label("Group")).to_be_hidden()
    assert status(phone).bounding_box()["y"] < 844
    phone.get_by_text("Choose what to show").click()
    phone.get_by_label("Group").select_option("online-relationships")
    expect(status(phone)).not_to_contain_text("Showing all")
    assert status(phone).bounding_box()["y"] < phone.get_by_label("Group").bounding_box()["y"]
