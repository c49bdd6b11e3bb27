"""A build on a Dask cluster is the build of one machine, also when a worker is lost in the middle of it."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from clausebook.build import cluster as ours
from clausebook.build.cluster import ClusterError, perform
from made_once import OWN_CACHE
from test_build import COMMAND, ENV, digests, handbook_folder, run

distributed = pytest.importorskip("distributed")
BUILD = ("build", "--no-pdf", "--as-of", "2026-11-20")


@pytest.fixture(scope="module")
def cluster():
    """A scheduler and two worker processes, which no handbook's folder is known to."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made:
        yield made


def test_a_worker_that_is_killed_in_the_middle_costs_nothing_but_time(cluster, tmp_path: Path) -> None:
    alone, folder = (handbook_folder(tmp_path / name, "att", "lwlat") for name in ("alone", "together"))
    assert run(alone, *BUILD, **OWN_CACHE).returncode == 0
    process = subprocess.Popen(
        [*COMMAND, *BUILD, "--cluster", cluster.scheduler_address],
        cwd=folder,
        env=ENV | OWN_CACHE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert any("site of" in line for line in iter(process.stderr.readline, ""))
    os.kill(cluster.workers[0].pid, signal.SIGKILL)
    said = process.communicate()[1]
    assert process.returncode == 0, said
    assert digests(folder / "site") == digests(alone / "site")


def test_nobody_at_the_address(tmp_path: Path, clausebook, monkeypatch) -> None:
    monkeypatch.setattr(ours, "PATIENCE", 1)
    folder = handbook_folder(tmp_path, "att")
    done = clausebook(*BUILD, "--handbook", folder, "--cluster", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr


def test_a_worker_with_other_versions_makes_nothing() -> None:
    with pytest.raises(ClusterError, match="has another Clausebook"):
        perform("mkdocs", "of another machine", dict)
    assert perform("mkdocs", ours.tools("mkdocs"), lambda: {"a": b"a"}) == {"a": b"a"}
