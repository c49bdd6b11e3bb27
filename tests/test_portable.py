"""HR's machine is a Windows laptop: every command runs without what only POSIX has, and writes no name that Windows cannot hold."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from clausebook.cli import cli
from clock import NOW
from test_structure import ENGINE, MODULES, ROOT, commands, imports

TESTS = Path(__file__).parent
POSIX = {"fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"}
OF_POSIX = {
    ("os", name) for name in (
        "O_DIRECTORY", "O_NOFOLLOW", "chown", "fchmod", "fork", "forkpty", "geteuid", "getuid", "getgid", "killpg", "mkfifo", "nice",
        "sched_getaffinity", "setsid", "statvfs", "sync", "uname", "wait3", "wait4",
    )
} | {("signal", name) for name in ("SIGALRM", "SIGHUP", "SIGKILL", "SIGUSR1", "alarm", "pause", "setitimer")} | {("time", "tzset")}  # fmt: skip
ONLY_THERE = "system.py"
NO_ZERO = re.compile(r"%-[a-zA-Z]")
TRUST, POLICY = "larkhill-example", "social-media"
ROSTER = """staff_number,name,mail,academy,manager,roles,starts,leaves,aliases
E100,Aoife Ní Bhriain,aoife@example.org,Northgate,,staff,2019-09-01,,
E101,Sam Lee,sam@example.org,Westmoor,,staff;managers,2015-09-01,,
"""
DRIVE = """
import json, sys, traceback
from click.testing import CliRunner
from clausebook.cli import cli
said = []
for arguments in json.load(sys.stdin):
    done = CliRunner().invoke(cli, arguments)
    is_bug = done.exception and not isinstance(done.exception, SystemExit)
    said.append([done.exit_code, done.output + ("".join(traceback.format_exception(done.exception)) if is_bug else "")])
print(json.dumps(said))
"""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_what_only_posix_has_is_known_to_one_module(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not NO_ZERO.search(text), "Windows knows no %-d: write f'{day.day}'"
    if path.name == ONLY_THERE:
        return
    assert not POSIX & {name.split(".")[0] for name in imports(path)}
    used = {
        (node.value.id, node.attr)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert not OF_POSIX & used, "ask clausebook.system for it"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("Büro ŵ und mehr").resolve()
    (folder / "roster.csv").write_bytes(ROSTER.replace("\n", "\r\n").encode())
    (folder / "passphrase").write_text("correct horse battery staple\n", encoding="utf-8")
    (folder / "inbox").mkdir()
    (folder / "inbox" / "mail.eml").write_bytes(b"From: sam@example.org\r\nSubject: Hello\r\n\r\nNothing of ours.\r\n")
    (folder / "source.txt").write_text("Larkhill\n", encoding="utf-8")
    assert run(folder, [["new", str(folder / "handbook")]])[0][0] == 0
    campaign = folder / "handbook" / "trusts" / TRUST / "acknowledgements.yml"
    text = campaign.read_text(encoding="utf-8").replace(
        "quiz: learn", "site: https://policies.example.org\n    quiz: learn"
    )
    campaign.write_bytes(text.replace("\n", "\r\n").encode())  # as an editor of Windows writes it
    return folder


def environment(folder: Path) -> dict[str, str]:
    above = os.pathsep.join([str(TESTS / "without_posix"), str(ROOT / "generator")])
    return {
        **os.environ,
        "PYTHONPATH": above,
        "WINDOWS_BELOW": str(folder),
        "CLAUSEBOOK_NOW": f"{NOW:%Y-%m-%dT%H:%M:%SZ}",
    }


def run(folder: Path, steps: list[list[str]]) -> list[list[object]]:
    """Commands, one after the other in one process that has no POSIX; of each its code and all that it says."""
    done = subprocess.run(
        [sys.executable, "-c", DRIVE], input=json.dumps(steps), capture_output=True, encoding="utf-8", env=environment(folder),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def plan(folder: Path) -> list[tuple[int, list[str]]]:
    """Every command but `new` and `serve`, in an order in which each has something to do, with the code that it ends with."""
    book = ["--handbook", str(folder / "handbook")]
    desk = ["--desk", str(folder / "desk"), *book]
    signing = [*desk, "--passphrase-file", str(folder / "passphrase")]
    by = ["--by", "J. Okafor", "--why", "On leave until June."]
    steps: list[tuple[int, list[str]]] = [
        (0, ["check", *book]),
        (0, ["schema", str(folder / "schemas")]),
        (0, ["generate", *book]),
        (0, ["build", *book, "--no-pdf", "--as-of", "2026-11-20"]),
        (0, ["build", *book, "--no-pdf"]),
        (0, ["rollback", *book]),
        (0, ["compare", "--question", "mfa", *book]),
        (0, ["findings", *book]),
        (0, ["academies", "list", TRUST, *book]),
        (0, ["academies", "read", TRUST, "westmoor", POLICY, "--yes", *book]),
        (0, ["quiz", "draw", TRUST, POLICY, "--seed", "k3x9", *book]),
        (0, ["quiz", "package", TRUST, POLICY, "--out", str(folder / "packages"), *book]),
        (1, ["quiz", "mark", str(folder / "inbox"), *book]),
        (1, ["quiz", "report", str(folder / "inbox"), *book]),
        (0, ["quiz", "review", TRUST, POLICY, *book]),
        (2, ["audit", TRUST, POLICY, "--source", str(folder / "source.txt"), *book]),  # its text names no source
        (0, ["eject", "overrides/print/print.css", *book]),
        (0, ["acks", "keys", TRUST, *signing]),
        (0, ["acks", "issue", TRUST, str(folder / "roster.csv"), "--paper", *signing]),
        (1, ["acks", "collect", str(folder / "inbox"), *desk]),
        (0, ["acks", "review", *desk]),
        (0, ["acks", "note", TRUST, "exempt", "E100", "--policy", POLICY, *by, *desk]),
        (0, ["acks", "reply", *signing]),
        (0, ["acks", "remind", *desk]),
        (0, ["acks", "owed", TRUST, *desk]),
        (0, ["acks", "carry-forward", TRUST, POLICY, *signing]),
        (0, ["acks", "checkpoint", *signing]),
        (0, ["acks", "verify", *desk]),
        (0, ["acks", "report", TRUST, "--out", str(folder / "report"), *desk]),
        (0, ["acks", "evidence", TRUST, "--out", str(folder / "pack.zip"), *signing]),
        (0, ["acks", "check", str(folder / "pack.zip")]),
        (0, ["acks", "purge", TRUST, *signing]),
        (0, ["acks", "subject-access", "E101", "--out", str(folder / "subject"), *desk]),
        (0, ["acks", "encrypt", *signing]),
        (0, ["acks", "verify", *signing]),
        (0, ["diff", TRUST, POLICY, *book]),
        (0, ["confirm-changes", TRUST, POLICY, *book]),
        (0, ["adopt", TRUST, POLICY, "--effective", "2026-11-20", "--answers-read", *book]),
        (0, ["quiz", "review", TRUST, POLICY, "--yes", *book]),
        (0, ["seal", TRUST, POLICY, *book]),
        (0, ["revise", TRUST, POLICY, "2026-12", *book]),
        (0, ["word", TRUST, POLICY, "-o", str(folder / "policy.docx"), *book]),
        (0, ["export", TRUST, POLICY, "-o", str(folder / "policy.xlsx"), *book]),
        (0, ["import", str(folder / "policy.docx"), "--trust", TRUST, "--policy", "brought-in", "--kind", "social-media", *book]),
        (0, ["review", TRUST, "brought-in", *book]),
        (0, ["departures", TRUST, "whistleblowing", *book]),
        (0, ["models", "take", TRUST, "whistleblowing", "--yes", *book]),
        (0, ["take", str(folder / "policy.docx"), "--trust", TRUST, "--policy", POLICY, *book]),
    ]  # fmt: skip
    return steps


def test_every_command_runs_without_what_only_posix_has_and_by_windows_rules_for_names(office: Path) -> None:
    steps = plan(office)
    said = run(office, [arguments for _, arguments in steps])
    wrong = [
        f"{' '.join(arguments)}\n{was}: {output}"
        for (code, arguments), (was, output) in zip(steps, said, strict=True)
        if was != code
    ]
    assert not wrong, "\n\n".join(wrong)
    keys = next(output for (_, output), (_, arguments) in zip(said, steps, strict=True) if arguments[1] == "keys")
    assert f'clausebook acks encrypt --desk "{office / "desk"}"' in str(keys)
    ran = {"new"} | {" ".join(arguments[:2]) for _, arguments in steps} | {arguments[0] for _, arguments in steps}
    names = {name for name, command in commands(cli).items() if not hasattr(command, "commands")}
    assert names - ran == {"serve"}  # below


def test_serve_runs_without_what_only_posix_has(office: Path) -> None:
    served = subprocess.Popen(
        [sys.executable, "-u", "-m", "clausebook", "serve", "--no-pdf", "--port", "0", "--handbook", office / "handbook"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", env=environment(office),
    )  # fmt: skip
    try:
        assert served.stdout
        said = []
        for line in served.stdout:
            said.append(line)
            if found := re.search(r"on (http://127\.0\.0\.1:\d+/)", line):
                break
        else:
            pytest.fail("".join(said))
        with urllib.request.urlopen(f"{found[1]}{TRUST}/index.html") as page:
            assert "Larkhill" in page.read().decode()
    finally:
        served.kill()
        served.wait()


@pytest.mark.parametrize("name", ["aux.txt", "a:b.txt", "dot.", "COM1", "x" * 250])
def test_the_stand_in_for_windows_refuses_what_windows_does(tmp_path: Path, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"open({name!r}, 'w')"], cwd=tmp_path, capture_output=True, encoding="utf-8",
        env={**environment(tmp_path.resolve())},
    )  # fmt: skip
    assert "OSError" in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_stand_in_for_windows_takes_away_what_windows_has_not(tmp_path: Path) -> None:
    script = (
        "import os, resource, clausebook.system as system\n"
        "system.limit_memory(10**12)\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0] == 10**12, hasattr(os, 'sync'), system.keeps_private(), system.how_to_get('apt', 'pacman'))"
    )
    with_posix = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert with_posix.stdout == "True True True apt\n"
    without = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", env=environment(tmp_path)
    )
    assert without.stdout == "False False False pacman\n", without.stderr
