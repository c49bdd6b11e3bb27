"""Takes a quiz in a page, one question after the other, as a reader does who chooses and goes on by its buttons."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Page, expect

FORM = "form[data-cb-quiz]"
CHOOSE = """(form, [wrong, leave]) => {
    const main = form.querySelector("[type=submit]"), skip = form.querySelector("[data-cb-do=skip]");
    const asked = [...form.querySelectorAll("fieldset:not([hidden])")], now = () => form.querySelector("fieldset[data-now]");
    const choose = (fieldset, isRight) => {
        const right = fieldset.dataset.right.split(" ");
        if (fieldset.dataset.kind === "order") {
            (isRight ? right : [...right].reverse()).forEach((step, index) => {
                const select = fieldset.querySelector(`[data-cb-option='${step}'] select`);
                select.value = String(index + 1);
                select.dispatchEvent(new Event("change", {bubbles: true}));
            });
            return;
        }
        const chosen = isRight ? right : fieldset.dataset.options.split(" ").filter(one => !right.includes(one)).slice(0, 1);
        fieldset.querySelectorAll("input").forEach(input => {
            if (input.checked !== chosen.includes(input.value) && (input.type === "checkbox" || !input.checked)) { input.click(); }
        });
    };
    const isLeft = one => !one.dataset.state;
    while (asked.slice(0, asked.indexOf(now())).some(isLeft)) { form.querySelector("[data-cb-do=back]").click(); }
    for (let place = asked.indexOf(now()); place < asked.length; place += 1) {
        const fieldset = asked[place], last = place === asked.length - 1;
        if (place >= asked.length - leave) {
            if (!last) { skip.click(); }
            continue;
        }
        if (!fieldset.dataset.state) { choose(fieldset, place >= wrong); }
        if (!last) { main.click(); }
        if (now() === fieldset && !last) { main.click(); }
    }
    return asked.map(one => one.dataset.cbQuestion);
}"""
SEE = """form => {
    const main = form.querySelector("[type=submit]"), skip = form.querySelector("[data-cb-do=skip]");
    for (let press = 0; press < 2 && form.dataset.steps !== "over"; press += 1) {
        const now = form.querySelector("fieldset[data-now]"), isChosen = [...now.querySelectorAll("input, select")].some(one => one.checked || one.matches("select") && one.value);
        (isChosen || skip.hidden ? main : skip).click();
    }
}"""


def answer(page: FrameLocator | Page, *, wrong: int = 0, leave: int = 0) -> list[str]:
    """Choose at every question, from the first that is open or the one that stands there, and go on to the last, which is chosen and not yet checked: the first
    `wrong` wrong, the last `leave` not at all. Returns the ids of all that is asked."""
    part = page.locator(".cb-parts a[href='#Quiz']")  # in a lesson of several parts
    if part.count():
        part.click()
    asked: list[str] = page.locator(f"{FORM}[data-steps]").evaluate(CHOOSE, [wrong, leave])
    return asked


def check(page: FrameLocator | Page) -> None:
    """Go on from the last question to the result."""
    page.locator(FORM).evaluate(SEE)
    expect(page.locator("[data-cb-summary]")).to_be_visible()


def pass_quiz(page: Page) -> None:
    """Answer everything right, and see the result."""
    answer(page)
    check(page)
    expect(page.locator("[data-cb-result]")).to_contain_text("You passed:")
