"""Several policies as one course: what its manifests hold, and each lesson played in Chromium by what the platform has in the end."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, expect

from axe import violations
from clausebook.export.lms import Course, course_over, published_packages, render_packages
from clausebook.model.handbook import Handbook
from several import read_several, write_several
from taking_quiz import answer, check

from .conftest import ROOT
from .playing import Platform, host, ready, record, tick
from .records import Records, record_store
from .test_packages import ROOTS, schema_of
from .test_scorm import VERSIONS, told

POLICIES = ["social-media", "code-of-conduct", "acceptable-use"]
QUIZ = "questions--all"


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    return read_several(write_several(tmp_path_factory.mktemp("several") / "handbook"))


@pytest.fixture(scope="module")
def with_one_quiz(handbook: Handbook) -> Course:
    """The campaign's course, whose one quiz is its last lesson."""
    return course(handbook, campaign=True)


@pytest.fixture(scope="module")
def with_each(handbook: Handbook) -> Course:
    """The same policies, each with its quiz."""
    return course(handbook, campaign=False)


def course(handbook: Handbook, *, campaign: bool) -> Course:
    trust = handbook.trust("sample")
    revisions = [trust.policy(policy).current for policy in POLICIES]
    found = course_over(trust, revisions, handbook, (), ROOT, trust.campaigns[0] if campaign else None)
    assert found
    return found


@pytest.fixture(scope="module")
def unpacked(with_one_quiz: Course, with_each: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("courses")
    for name, made in (("one", with_one_quiz), ("each", with_each)):
        for file, content in render_packages(made).items():
            if file.endswith(".zip"):
                zipfile.ZipFile(io.BytesIO(content)).extractall(folder / name / file.removesuffix(".zip"))
    return folder


@pytest.mark.parametrize("version", ROOTS)
@pytest.mark.parametrize("kind", ["one", "each"])
def test_a_manifest_is_valid_and_organises_the_lessons_in_order(version: str, kind: str, unpacked: Path) -> None:
    folder = unpacked / kind / version
    manifest = etree.parse(folder / "imsmanifest.xml")
    schema_of(version).assertValid(manifest)
    lessons = [*POLICIES, QUIZ] if kind == "one" else POLICIES
    pages = {one.get("identifier"): one for one in manifest.iter("{*}resource")}
    assert [pages[item.get("identifierref")].get("href") for item in manifest.iter("{*}item")] == [
        f"{lesson}/index.html" for lesson in lessons
    ]
    named = [one.get("href") for one in manifest.iter("{*}file")]
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert sorted(named) == sorted(there - {"imsmanifest.xml"})
    assert {name.split("/")[0] for name in there if name.endswith("quiz.js")} == (
        {QUIZ} if kind == "one" else set(POLICIES)
    )


def test_what_is_passed_is_told_of_lessons_with_a_quiz_alone(unpacked: Path) -> None:
    marks = etree.parse(unpacked / "one/scorm-1.2/imsmanifest.xml")
    assert [item.findtext("{*}masteryscore") for item in marks.iter("{*}item")] == [None, None, None, "85"]
    newer = etree.parse(unpacked / "one/scorm-2004/imsmanifest.xml")
    rolled = [item.find("{*}sequencing/{*}rollupRules") is None for item in newer.iter("{*}item")]
    assert rolled == [False, False, False, True]  # only what can be passed counts for whether the course is
    units = etree.parse(unpacked / "one/cmi5/cmi5.xml").findall("{*}au")
    assert [unit.get("moveOn") for unit in units] == [*["Completed"] * 3, "CompletedAndPassed"]
    assert [unit.findtext("{*}url") for unit in units] == [f"{lesson}/index.html" for lesson in (*POLICIES, QUIZ)]
    assert len({unit.get("id") for unit in units}) == 4


def test_the_titles_lead_a_report_back_to_each_policy(with_one_quiz: Course, with_each: Course) -> None:
    assert with_one_quiz.title == "Sample: Social media policy, Code of conduct and Acceptable use (2026-27)"
    assert with_each.title == "Sample: Social media policy, Code of conduct and Acceptable use"
    assert [lesson.title for lesson in with_each.lessons] == [
        "Sample: Social media policy", "Sample: Code of conduct", "Sample: Acceptable use",
    ]  # fmt: skip
    assert with_one_quiz.lessons[-1].title == "Sample: Check yourself"  # it does not tell that any policy was read
    assert with_one_quiz.id != with_each.id


def test_question_banks_have_each_policy_with_its_own_questions(with_one_quiz: Course) -> None:
    packages = render_packages(with_one_quiz)
    bank = etree.fromstring(packages["moodle.xml"])
    kinds = [one.get("type") for one in bank.findall("question")]
    assert kinds.count("category") == kinds.count("description") == 3
    numbers = [one.findtext("idnumber") for one in bank.findall("question") if one.get("type") != "category"]
    assert {"social-media.friend-requests-word", "code-of-conduct.friend-requests-word"} <= set(numbers)
    assert len(numbers) == len(set(numbers))
    assert packages["gift.txt"].decode().count("$CATEGORY: ") == 3


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def launch(version: str, unpacked: Path, browser: Browser) -> Iterator[Callable[..., Platform]]:
    """Opens a lesson of one of the two courses; no call may leave an error behind."""
    launched: list[Platform] = []
    with ExitStack() as stack:
        addresses = {kind: stack.enter_context(host(unpacked / kind, version)) for kind in ("one", "each")}
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(10_000)

        def start(kind: str, lesson: str, kept: dict[str, Any] | None = None) -> Platform:
            launched.append(Platform(context.new_page(), addresses[kind], kept, lesson=f"{lesson}/"))
            return launched[-1]

        yield start
        for platform in launched:
            platform.page.evaluate("document.querySelector('iframe') && close()")
            assert platform.refused() == []
        context.close()


def test_a_lesson_without_a_quiz_is_completed_once_it_is_read(version: str, launch: Callable[..., Platform]) -> None:
    platform = launch("one", "code-of-conduct")
    assert record(platform.course).endswith("Still to do: confirm that you have read the policy.")
    tick(platform.course)
    assert (
        record(platform.course)
        == "Reported to your learning platform: read. Nothing is left to do: you may close this page."
    )
    left = platform.close()
    cmi = left["cmi"]
    if version == "scorm-1.2":
        assert (cmi["core"]["lesson_status"], cmi["core"]["score"]["raw"]) == ("completed", "")
    else:
        assert (cmi["completion_status"], cmi["success_status"]) == ("completed", "unknown")
    again = launch("one", "code-of-conduct", left)
    assert again.course.locator("[data-cb-read]").is_checked()
    assert record(again.course).endswith("Nothing is left to do: you may close this page.")


def test_a_lesson_that_was_not_ticked_is_not_completed(version: str, launch: Callable[..., Platform]) -> None:
    commit = launch("one", "acceptable-use").close()
    status = commit["cmi"]["core"]["lesson_status"] if version == "scorm-1.2" else commit["cmi"]["completion_status"]
    assert status == "incomplete"


def test_the_one_quiz_at_the_end_is_passed_by_its_questions_alone(
    version: str, launch: Callable[..., Platform]
) -> None:
    platform = launch("one", QUIZ)
    asked = answer(platform.course, wrong=1)
    assert {one.split("--")[0] for one in asked} == set(POLICIES)
    check(platform.course)
    assert (
        record(platform.course)
        == "Reported to your learning platform: passed, 6 of 7. Nothing is left to do: you may close this page."
    )
    commit = platform.close()
    assert told(version, commit)["passed"] is True
    assert told(version, commit)["completed"] is True
    assert len(commit["cmi"]["interactions"]) == 7


def test_the_one_quiz_is_resumed(version: str, launch: Callable[..., Platform]) -> None:
    platform = launch("one", QUIZ)
    asked = answer(platform.course, leave=2)
    left = platform.close()
    again = launch("one", QUIZ, left)
    shown = again.course.locator("fieldset:not([hidden])")
    assert [shown.nth(i).get_attribute("data-cb-question") for i in range(7)] == asked


def test_each_policy_with_its_quiz_is_a_lesson_as_by_itself(version: str, launch: Callable[..., Platform]) -> None:
    platform = launch("each", "code-of-conduct")
    tick(platform.course)
    answer(platform.course)
    check(platform.course)
    assert record(platform.course).startswith("Reported to your learning platform: read; passed, 3 of 3.")
    assert told(version, platform.close()) == {"completed": True, "passed": True, "score": 1.0}


# A platform that sequences: scorm-again with the tree that the manifest describes, which rolls the lessons' results up to the course.
BEGIN = """tree => {
    window.API_1484_11 = window.sequenced = new Scorm2004API({autocommit: false, logLevel: 5, sequencing: {activityTree: tree}});
}"""
OPEN = """([item, address]) => {
    const frame = Object.assign(document.createElement("iframe"), {src: address, title: "Lesson"});
    const delivered = sequenced.processNavigationRequest("choice", item);
    document.body.append(frame);
    return delivered;
}"""
CLOSE = """() => {
    document.querySelector("iframe").remove();
    sequenced.reset();
    const root = sequenced._sequencing.activityTree.root;
    return [root.completionStatus, root.objectiveSatisfiedStatusKnown ? root.objectiveSatisfiedStatus : "unknown"];
}"""


def tree_of(manifest: Any) -> dict[str, Any]:
    """The activities of a SCORM 2004 manifest, as far as ours say anything of them."""

    def given(element: Any, path: str) -> dict[str, Any]:
        found = element.find(path)
        values = {} if found is None else dict(found.attrib)
        return {name: {"true": True, "false": False}.get(value, value) for name, value in values.items()}

    def activity(element: Any) -> dict[str, Any]:
        sequencing = "{*}sequencing/"
        controls = given(element, sequencing + "{*}controlMode") | given(element, sequencing + "{*}rollupRules")
        if "objectiveMeasureWeight" in controls:
            controls["objectiveMeasureWeight"] = float(controls["objectiveMeasureWeight"])
        found = {
            "id": element.get("identifier"), "title": element.findtext("{*}title"), "sequencingControls": controls,
            "deliveryControls": given(element, sequencing + "{*}deliveryControls"),
            "children": [activity(item) for item in element.findall("{*}item")],
        }  # fmt: skip
        if mark := element.findtext(f"{sequencing}{{*}}objectives/{{*}}primaryObjective/{{*}}minNormalizedMeasure"):
            found["primaryObjective"] = {
                "objectiveID": "passed",
                "satisfiedByMeasure": True,
                "minNormalizedMeasure": float(mark),
            }
        return found

    return activity(next(manifest.iter("{*}organization")))


@pytest.mark.parametrize(("kind", "last"), [("one", "Check yourself"), ("each", "Acceptable use")])
def test_the_course_is_done_once_every_lesson_is(kind: str, last: str, unpacked: Path, page: Page) -> None:
    manifest = etree.parse(unpacked / kind / "scorm-2004/imsmanifest.xml")
    states = []
    with host(unpacked / kind, "scorm-2004") as address:
        page.goto(f"{address}platform.html")
        page.evaluate(BEGIN, tree_of(manifest))
        for item in manifest.iter("{*}item"):
            name = str(item.get("identifier")).removeprefix("read-and-answer-")
            lesson = page.frame_locator("iframe")
            assert page.evaluate(OPEN, [item.get("identifier"), f"{address}packages/scorm-2004/{name}/index.html"])
            ready(lesson)
            if lesson.locator("[data-cb-read]").count():
                tick(lesson)
            if lesson.locator("form[data-cb-quiz]").count():
                answer(lesson)
                check(lesson)
            assert record(lesson).endswith("Nothing is left to do: you may close this page.")
            states.append((str(item.findtext("{*}title")), page.evaluate(CLOSE)))
    assert states[-1] == (f"Sample: {last}", ["completed", True])
    assert all(completed != "completed" and passed is not True for _, (completed, passed) in states[:-1])


@pytest.fixture
def records() -> Iterator[Records]:
    with record_store() as records:
        yield records
        assert records.wrong == []


@pytest.fixture
def session(records: Records, unpacked: Path, browser: Browser) -> Iterator[Callable[..., Page]]:
    with host(unpacked / "one") as address:
        context = browser.new_context()
        context.set_default_timeout(10_000)

        def start(lesson: str, **options: Any) -> Page:
            page = context.new_page()
            page.goto(f"{address}packages/cmi5/{lesson}/index.html?{records.begin(**options)}")
            ready(page)
            return page

        yield start
        context.close()


def test_cmi5_completes_what_is_read(records: Records, session: Callable[..., Page]) -> None:
    page = session("social-media", mastery=None)
    tick(page)
    expect(page.get_by_role("status").first).to_contain_text("Nothing is left to do")
    assert records.verbs() == ["initialized", "completed"]


def test_cmi5_passes_the_one_quiz(records: Records, session: Callable[..., Page]) -> None:
    page = session(QUIZ)
    answer(page)
    check(page)
    expect(page.get_by_role("status").first).to_contain_text("passed, 7 of 7")
    assert records.verbs() == ["initialized", *["answered"] * 7, "passed", "completed"]


@pytest.mark.parametrize("lesson", ["social-media", QUIZ])
def test_a_lesson_is_whole_by_itself_and_accessible(lesson: str, unpacked: Path, page: Page) -> None:
    page.goto((unpacked / "one/scorm-1.2" / lesson / "index.html").as_uri())
    links = page.locator("a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    outward = [link for link in links if not link.startswith("#")]
    assert outward == []  # another lesson's page would speak to the platform as this one
    if lesson == QUIZ:
        answer(page, wrong=1)
        check(page)
        expect(page.locator("[data-cb-details] a").first).to_contain_text("Social media policy, ")
    assert violations(page) == []


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_the_site_offers_a_campaign_s_course_unless_an_answer_is_secret(handbook: Handbook) -> None:
    trust = handbook.trust("sample")
    there = dict(published_packages(trust, handbook, (), ROOT))
    assert {name.rsplit("/", 1)[0] for name in there} == {
        *(f"sample/downloads/{policy}/packages" for policy in POLICIES), "sample/downloads/acknowledge/2026-27/packages",
    }  # fmt: skip
    sealed = trust.campaigns[0].model_copy(update={"quiz": "sealed"})
    assert list(published_packages(replace(trust, campaigns=(sealed,)), handbook, (), ROOT)) == []
