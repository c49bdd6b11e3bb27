"""What `make bench` writes, on figures that are given: nothing is timed here."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bench.figures import Part, Row, ratios, render_results
from bench.history import draw_history, read_history, render_history, with_line
from bench.plot import render_plot

ROOT = Path(__file__).parent.parent
COLD, TOOLS = Row("cold build", (10.0, 12.0, 11.0)), Row("the bare tools", (20.0, 30.0, 50.0))
PARTS = (
    Part("one", "Five trusts", "How it was measured.", (COLD, TOOLS, ratios("against the tools", COLD, TOOLS, 0.5))),
    Part("two", "Many trusts", "Once.", (Row("memory <main>", (812.4,), "MB", 400), Row("Pagefind", (1784.0,), "MB"))),
)


def lines(part: str) -> dict[str, list[str]]:
    """The rows of a table of the page, by their names."""
    page = render_results(PARTS, [("machine", "2 cores")])
    table = page.split(f"## {part}\n")[1].split("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("|")
    ]
    return {row[0]: row[1:] for row in rows}


def test_a_row_says_how_often_and_how_far_the_runs_lie_apart() -> None:
    assert lines("Five trusts")["cold build"] == ["3", "11.0 s", "10.0 s", "12.0 s", "", ""]


def test_a_ratio_is_of_pairs_and_says_in_a_word_whether_it_meets_its_mark() -> None:
    assert lines("Five trusts")["against the tools"] == ["3", "0.400 ×", "0.220 ×", "0.500 ×", "≤ 0.500 ×", "met"]
    assert lines("Many trusts")["memory <main>"] == ["1", "812 MB", "812 MB", "812 MB", "≤ 400 MB", "missed"]
    assert lines("Many trusts")["Pagefind"] == ["1", "1,784 MB", "1,784 MB", "1,784 MB", "", ""]


def test_a_pair_lacks_no_half() -> None:
    with pytest.raises(ValueError, match="shorter"):
        ratios("against the tools", COLD, Row("the bare tools", (1.0,)))


def test_the_plot_tells_the_same_in_words_and_has_the_same_bytes_again() -> None:
    drawn = render_plot(PARTS)
    assert drawn == render_plot(PARTS)
    root = ET.fromstring(drawn)
    words = " ".join("".join(root.itertext()).split())
    assert root.get("role") == "img"
    assert root[0].tag.endswith("title")
    assert "against the tools: 0.400 ×, mark 0.500 ×: met." in words
    assert "memory <main>: 812 MB, mark 400 MB: missed." in words
    drawn_words = [" ".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "812 MB, mark 400 MB: missed" in drawn_words


def test_a_mark_for_every_run_is_missed_by_the_worst() -> None:
    row = Row("a filter", (10.0, 20.0, 60.0), "ms", 50, worst=True)
    assert (row.met, Row("a filter", row.runs, "ms", 50).met) == ("missed", "met")
    assert "each ≤ 50.0 ms" in render_results((Part("one", "Hub", "How.", (row,), 0.3),), [])
    assert "How. Load before: 0.3." in render_results((Part("one", "Hub", "How.", (row,), 0.3),), [])


def test_the_history_has_a_line_a_commit_and_says_nothing_of_what_was_not_measured() -> None:
    parts = (
        Part("five-pdf", "Five", "", (Row("cold build against the bare tools", (0.3, 0.2, 0.4), "×", 0.25),), 0.5),
    )
    history = with_line(with_line([], "aaa", "2026-11-21", parts), "bbb", "2026-11-30", parts)
    again = with_line(history, "bbb", "2026-12-01", parts)
    assert [line["commit"] for line in again] == ["aaa", "bbb"]
    lines = render_history(again).splitlines()
    assert lines[0].startswith("commit,day,load,cold with PDFs against the bare tools,")
    assert lines[2].startswith("bbb,2026-12-01,0.5,0.3,")
    assert set(lines[2].removeprefix("bbb,2026-12-01,0.5,0.3")) == {","}
    drawn = draw_history(again)
    assert drawn == draw_history(again)
    assert "cold with PDFs against the bare tools (mark 0.25)" in " ".join(ET.fromstring(drawn).itertext())


def test_the_history_that_is_kept_is_one(tmp_path) -> None:
    kept = ROOT / "tests/bench/history.csv"
    assert render_history(read_history(kept)) == kept.read_text()
    assert read_history(tmp_path / "none.csv") == []
