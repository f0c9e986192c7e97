"""A cluster on the loopback, as a program: prints its scheduler's address, and ends when its input does."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    from distributed import LocalCluster

    count, preload = int(sys.argv[1]), str(Path(__file__).with_name("cluster_preload.py"))
    options = {"preload": [preload], "dashboard_address": None, "worker_dashboard_address": None}
    with LocalCluster(n_workers=count, threads_per_worker=1, host="127.0.0.1", **options) as cluster:
        print(cluster.scheduler_address, flush=True)  # noqa: T201  # read by the test
        sys.stdin.read()
