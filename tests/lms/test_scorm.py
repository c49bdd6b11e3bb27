"""Both versions of SCORM, played in Chromium: a pass, a fail and a resume, by what the platform has in the end.

The platform is scorm-again, which judges every value that is set by the data model of the version.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from clausebook.export.lms import Course
from taking_quiz import answer, check

from .playing import Platform, host, ready, record, tick

VERSIONS = ("scorm-1.2", "scorm-2004")
COUNT, PASS = 5, 4
Launch = Callable[..., Platform]


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def launch(version: str, unpacked: Path, browser: Browser) -> Iterator[Launch]:
    """Opens the package from what an earlier launch left; whatever a test does, no call may leave an error behind."""
    launched: list[Platform] = []
    with ExitStack() as stack:
        address = stack.enter_context(host(unpacked, version))
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(10_000)

        def start(kept: dict[str, Any] | None = None, *, like_moodle: bool = False) -> Platform:
            launched.append(Platform(context.new_page(), address, kept, like_moodle=like_moodle))
            return launched[-1]

        yield start
        for platform in launched:
            platform.page.evaluate("document.querySelector('iframe') && close()")
            assert platform.refused() == []
            _judge_reading_and_time(platform, version)
        context.close()


def _judge_reading_and_time(platform: Platform, version: str) -> None:
    """Nothing that may only be written was read, and the time was told once, at the end."""
    read = {element for _, element, *_ in platform.calls_of("GetValue")}
    assert not [one for one in read if one.startswith("cmi.interactions") and one != "cmi.interactions._count"]
    assert not [one for one in read if one.endswith(("session_time", ".exit"))]
    element = "cmi.core.session_time" if version == "scorm-1.2" else "cmi.session_time"
    times = [value for _, name, value, *_ in platform.calls_of("SetValue") if name == element]
    form = r"\d{4}:\d\d:\d\d" if version == "scorm-1.2" else r"PT\d+H\d+M\d+S"
    assert [re.fullmatch(form, time) is not None for time in times] in ([True], [])
    assert len(platform.calls_of("Finish" if version == "scorm-1.2" else "Terminate")) == 1


def told(version: str, commit: dict[str, Any]) -> dict[str, Any]:
    """The same facts of either version: completed, passed, raw, scaled, exit."""
    cmi = commit["cmi"]
    if version == "scorm-1.2":
        core = cmi["core"]
        return {
            "completed": core["lesson_status"] in ("passed", "failed"),
            "passed": {"passed": True, "failed": False}.get(core["lesson_status"]),
            "score": float(core["score"]["raw"]) / 100 if core["score"]["raw"] else None,
        }
    return {
        "completed": cmi["completion_status"] == "completed",
        "passed": {"passed": True, "failed": False}.get(cmi["success_status"]),
        "score": float(cmi["score"]["scaled"]) if cmi["score"]["scaled"] else None,
    }


def exits(platform: Platform) -> str:
    return platform.calls_of("SetValue")[-1][2]


def results(commit: dict[str, Any]) -> list[str]:
    return [one["result"] for one in commit["cmi"]["interactions"].values()]


def underscored(name: str) -> str:
    return name.replace("-", "_")


def wrong(version: str) -> str:
    return "wrong" if version == "scorm-1.2" else "incorrect"


def test_a_pass(version: str, launch: Launch) -> None:
    platform = launch()
    assert record(platform.course).startswith("Your learning platform records what you do here.")
    tick(platform.course)
    answer(platform.course, wrong=COUNT - PASS)
    check(platform.course)
    assert (
        record(platform.course)
        == f"Reported to your learning platform: read; passed, {PASS} of {COUNT}. Nothing is left to do: you may close this page."
    )
    assert platform.calls_of("Commit"), "what is reported is committed at once"
    commit = platform.close()
    assert told(version, commit) == {"completed": True, "passed": True, "score": PASS / COUNT}
    assert results(commit) == [wrong(version)] + ["correct"] * PASS
    assert exits(platform) == "suspend", "what was left for good may be begun anew, and would be incomplete"
    assert [name for _, name, *_ in platform.calls_of("SetValue") if name.endswith("session_time")]


def test_a_fail(version: str, launch: Launch) -> None:
    platform = launch()
    tick(platform.course)
    answer(platform.course, wrong=2)
    check(platform.course)
    assert record(platform.course) == (
        f"Reported to your learning platform: read; not passed, {PASS - 1} of {COUNT}. Still to do: try the questions again."
    )
    commit = platform.close()
    if version == "scorm-1.2":
        assert told(version, commit) == {"completed": False, "passed": None, "score": None}, (
            "it would be over in Moodle"
        )
    else:
        assert told(version, commit) == {"completed": False, "passed": False, "score": (PASS - 1) / COUNT}
        assert (commit["cmi"]["score"]["raw"], commit["cmi"]["score"]["max"]) == ("60", "100"), "Moodle's grade"
    assert results(commit) == [*[wrong(version)] * 2, *["correct"] * 3]
    assert exits(platform) == "suspend", "there are attempts left"


def test_a_resume(version: str, launch: Launch) -> None:
    platform = launch()
    tick(platform.course)
    asked = answer(platform.course, leave=2)
    chosen = platform.course.locator("form").evaluate("form => new URLSearchParams(new FormData(form)).toString()")
    left = platform.close()
    assert told(version, left) == {"completed": False, "passed": None, "score": None}
    assert exits(platform) == "suspend"
    assert len(left["cmi"]["suspend_data"]) < 4096

    again = launch(left)
    assert again.course.locator("[data-cb-read]").is_checked()
    shown = again.course.locator("fieldset:not([hidden])")
    assert [shown.nth(i).get_attribute("data-cb-question") for i in range(COUNT)] == asked
    assert again.course.locator("form").evaluate("form => new URLSearchParams(new FormData(form)).toString()") == chosen
    assert record(again.course) == "Reported to your learning platform: read. Still to do: answer the questions."
    answer(again.course)
    check(again.course)
    commit = again.close()
    assert told(version, commit) == {"completed": True, "passed": True, "score": 1}
    assert results(commit) == ["correct"] * COUNT


def test_a_second_attempt_counts_where_it_is_better(version: str, launch: Launch) -> None:
    platform = launch()
    tick(platform.course)
    first = answer(platform.course, wrong=COUNT)
    check(platform.course)
    left = platform.close()
    again = launch(left)  # the marks of the first attempt still stand
    assert "not passed, 0 of 5" in record(again.course)
    again.course.get_by_role("button", name="Try again").click()
    second = answer(again.course)
    assert second != first
    check(again.course)
    assert "passed, 5 of 5" in record(again.course)
    commit = again.close()
    assert told(version, commit) == {"completed": True, "passed": True, "score": 1}
    ids = [one["id"] for one in commit["cmi"]["interactions"].values()]
    assert ids == [*(f"1_{underscored(one)}" for one in first), *(f"2_{underscored(one)}" for one in second)]


def test_a_retry_counts_in_moodle_too(version: str, launch: Launch) -> None:
    platform = launch(like_moodle=True)
    tick(platform.course)
    answer(platform.course, wrong=COUNT)
    check(platform.course)
    again = launch(platform.close(), like_moodle=True)
    assert "nothing is recorded" not in record(again.course)
    again.course.get_by_role("button", name="Try again").click()
    answer(again.course)
    check(again.course)
    commit = again.close()
    assert told(version, commit) == {"completed": True, "passed": True, "score": 1}
    raw = commit["cmi"]["core"]["score"]["raw"] if version == "scorm-1.2" else commit["cmi"]["score"]["raw"]
    assert float(raw) == 100
    third = launch(commit, like_moodle=True)
    assert "opened this to look at" in record(third.course), "the host ends attempts as Moodle does"


@pytest.mark.parametrize("way", ["refused", "offline"])
def test_what_was_not_taken_is_reported_again_by_itself(way: str, version: str, launch: Launch) -> None:
    platform = launch()
    tick(platform.course)
    answer(platform.course)
    if way == "offline":
        platform.page.context.set_offline(True)
    else:
        name = "LMSCommit" if version == "scorm-1.2" else "Commit"
        platform.page.evaluate(
            f"window.kept = [real.{name}, real.lmsCommit]; real.{name} = real.lmsCommit = () => 'false'"
        )
    check(platform.course)
    said = record(platform.course)
    assert said.startswith("Your learning platform has not taken this yet. Keep this page open")
    assert "close this page" not in said
    if way == "offline":
        platform.page.context.set_offline(False)
    else:
        platform.page.evaluate(f"[real.{name}, real.lmsCommit] = window.kept")
        platform.page.frames[1].evaluate("window.dispatchEvent(new Event('online'))")
    expect(platform.course.get_by_role("status").first).to_contain_text("passed, 5 of 5. Nothing is left to do")
    assert told(version, platform.close()) == {"completed": True, "passed": True, "score": 1}


def test_answers_that_a_platform_refuses_are_told(version: str, launch: Launch) -> None:
    platform = launch()
    tick(platform.course)
    answer(platform.course)
    name = "LMSSetValue" if version == "scorm-1.2" else "SetValue"
    platform.page.evaluate(
        f"() => {{ const set = real.{name}; real.{name} = (element, value) => element.includes('interactions') ? 'false' : set.call(real, element, value); }}"
    )
    check(platform.course)
    assert "did not keep every single answer; the result counts" in record(platform.course)
    assert told(version, platform.close()) == {"completed": True, "passed": True, "score": 1}


def test_what_was_passed_is_never_taken_back(version: str, launch: Launch) -> None:
    platform = launch()
    tick(platform.course)
    answer(platform.course)
    check(platform.course)
    left = platform.close()
    left["cmi"]["suspend_data"] = ""  # a platform may forget it once the course was left for good
    again = launch(left)
    tick(again.course)
    answer(again.course, wrong=COUNT)
    check(again.course)
    assert told(version, again.close()) == {"completed": True, "passed": True, "score": 1}


def test_the_quiz_without_the_reading_is_not_complete(version: str, launch: Launch) -> None:
    platform = launch()
    answer(platform.course)
    check(platform.course)
    assert "Still to do: confirm that you have read the policy." in record(platform.course)
    left = platform.close()
    assert told(version, left)["completed"] is False
    if version == "scorm-1.2":
        assert left["cmi"]["core"]["lesson_status"] == "incomplete"
        assert left["cmi"]["core"]["score"]["raw"] == "", "a platform would make a pass of it"
    assert results(left) == ["correct"] * COUNT
    again = launch(left)
    tick(again.course)
    assert told(version, again.close()) == {"completed": True, "passed": True, "score": 1}


def test_each_answer_by_its_kind(version: str, launch: Launch, course: Course) -> None:
    platform = launch()
    asked = answer(platform.course)
    check(platform.course)
    again = platform.course.get_by_role("button", name="Try again")
    again.click()
    asked += answer(platform.course)
    check(platform.course)
    assert {one.id for one in course.first.quiz.pool} == set(asked), "two attempts ask all eight"
    letters, joint = version == "scorm-1.2", "," if version == "scorm-1.2" else "[,]"
    wanted = {
        "request": ("choice", "a" if letters else "forbidden"),
        "passwords": ("choice", "c" if letters else "ask_first"),
        "topic-of-requests": ("choice", "a" if letters else "duty"),
        "which": ("choice", joint.join("ab" if letters else ("stay_in_touch", "no_private"))),
        "each-for-itself": ("choice", "a" if letters else "report"),
        "manager": ("true-false", "t" if letters else "true"),
        "relatives-too": ("true-false", "f" if letters else "false"),
        "steps": ("sequencing", joint.join("abc" if letters else ("turn_down_first", "then_tell", "then_write"))),
    }
    response = "student_response" if letters else "learner_response"
    for one in platform.close()["cmi"]["interactions"].values():
        name = one["id"].partition("_")[2].replace("_", "-")
        kind, pattern = wanted[name]
        assert (one["type"], one[response], one["correct_responses"]["0"]["pattern"]) == (kind, pattern, pattern)
        assert one["result"] == "correct"
        if not letters:
            asked_of = course.first.quiz.by_id[name]
            assert one["description"].startswith("{lang=en-GB}" + asked_of.question.ask.replace("*", "") + " Right: ")
            assert len(one["description"]) <= 250
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.0Z", one["timestamp"])


def test_the_platforms_own_pass_mark_counts(version: str, launch: Launch) -> None:
    kept: dict[str, Any] = (
        {"cmi": {"student_data": {"mastery_score": "100"}}}
        if version == "scorm-1.2"
        else {"cmi": {"scaled_passing_score": "1"}}
    )
    platform = launch(kept)
    expect(platform.course.locator("[data-cb-pass-mark]")).to_have_text("5")
    tick(platform.course)
    answer(platform.course, wrong=1)
    check(platform.course)
    assert told(version, platform.close())["passed"] is not True


def test_opened_to_review_nothing_is_set(version: str, launch: Launch) -> None:
    kept: dict[str, Any] = (
        {"cmi": {"core": {"lesson_mode": "review"}}} if version == "scorm-1.2" else {"cmi": {"mode": "review"}}
    )
    platform = launch(kept)
    assert record(platform.course) == "Your learning platform opened this to look at: nothing is recorded."
    tick(platform.course)
    answer(platform.course)
    check(platform.course)
    platform.close()
    assert platform.calls_of("SetValue") == []


def test_another_text_or_other_questions_start_anew(version: str, launch: Launch) -> None:
    platform = launch()
    tick(platform.course)
    left = platform.close()
    kept = json.loads(left["cmi"]["suspend_data"])
    left["cmi"]["suspend_data"] = json.dumps({**kept, "mark": "0" * 24})
    again = launch(left)
    assert not again.course.locator("[data-cb-read]").is_checked()


def test_when_the_attempts_are_used_up_it_says_so(version: str, launch: Launch) -> None:
    platform = launch()
    tick(platform.course)
    for attempt in range(3):
        answer(platform.course, wrong=COUNT)
        check(platform.course)
        if attempt < 2:
            platform.course.get_by_role("button", name="Try again").click()
    assert platform.course.get_by_role("button", name="Try again").is_hidden()
    assert "You have no attempts left" in record(platform.course)
    left = platform.close()
    assert exits(platform) == "suspend", "or a new launch would bring new attempts"
    assert told(version, left) == {"completed": True, "passed": False, "score": 0}, "nothing is left to try"
    again = launch(left)
    ready_again = again.course.locator("[data-cb-result]")
    expect(ready_again).to_be_visible()
    assert again.course.get_by_role("button", name="Try again").is_hidden()


def test_a_platform_that_takes_nothing_is_not_said_to_have_it(unpacked: Path, browser: Browser) -> None:
    with host(unpacked, "scorm-1.2") as address:
        page = browser.new_page()
        page.goto(f"{address}platform.html")
        page.evaluate("real.lmsCommit = () => 'false'; real.LMSCommit = () => 'false'; launch(null)")
        course = page.frame_locator("iframe")
        ready(course)
        tick(course)
        expect(course.get_by_role("status").first).to_contain_text("has not taken this yet")
        page.close()


def test_a_platform_that_opens_a_window_is_found_too(version: str, unpacked: Path, browser: Browser) -> None:
    with host(unpacked, version) as address:
        page = browser.new_page()
        page.goto(f"{address}platform.html")
        with page.expect_popup() as opened:
            page.evaluate("address => { window.open(address); }", f"{address}packages/{version}/index.html")
        ready(opened.value)
        tick(opened.value)
        answer(opened.value)
        check(opened.value)
        assert "passed, 5 of 5" in record(opened.value)
        opened.value.close(run_before_unload=True)
        last = "LMSFinish" if version == "scorm-1.2" else "Terminate"
        page.wait_for_function("last => calls.some(call => call[0] === last)", arg=last)
        assert told(version, page.evaluate("real.renderCommitCMI(true)")) == {
            "completed": True,
            "passed": True,
            "score": 1,
        }
        page.close()
