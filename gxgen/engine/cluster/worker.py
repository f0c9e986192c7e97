"""Reports built on other machines: inputs are sent by content, bytes come back, and files are written here.

Both ends are in this module: :class:`ClusterBuilder` runs in the command, :func:`build_submission` on a worker.
"""

from __future__ import annotations

import pickle
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from gxgen import __version__
from gxgen.engine.build_worker import BuildWorker, StagedReport, is_up_to_date, staged, write_staged
from gxgen.engine.cluster.payload import Payload, PayloadFiles, PayloadPacker, PayloadPacks, pickled
from gxgen.engine.executors import Inline
from gxgen.engine.formats import MAX_PACKS
from gxgen.engine.packs import PackInUse
from gxgen.engine.pipeline import InputMissing, Job, Outcome, ReportPipeline, failed
from gxgen.engine.results import Options

SYSTEM = "Windows" if sys.platform == "win32" else "POSIX"
"""Paths of one kind of system mean nothing to the other."""
NO_ANSWER = b"\x80\x05}."
"""An empty mapping, pickled."""
MOST_BYTES = 64 * 1024 * 1024
"""Maximum size of one report's inputs.  A government with more departments is built where the files are."""


class Submission(msgspec.Struct, frozen=True):
    """Reports to be built on other machines: what is sent for all of them at once."""

    content: bytes
    packs: Mapping[bytes, bytes]
    """Pickled packs by digest."""


class ClusterBuilder:
    """Packs jobs for the cluster, and writes the files of what comes back.

    Args:
        options: how reports are to be built.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._packer = PayloadPacker(options)
        self._local = Inline(BuildWorker(options))

    @property
    def local(self) -> Inline[BuildWorker]:
        """Does the steps that are not done on the cluster."""
        return self._local

    def submission(self, jobs: Sequence[Job]) -> Submission | None:
        """Return what has to be sent for some jobs; None if nothing has to be built on the cluster."""
        payloads = [self._packer.packed(job) for job in jobs if not is_up_to_date(job)]
        payloads = [each for each in payloads if sum(map(_size, each.data.values())) <= MOST_BYTES]
        if not payloads:
            return None
        digests = {digest for each in payloads for digest in each.packs.values()}
        content = pickled((self._options, payloads))
        return Submission(content, {digest: self._packer.contents[digest] for digest in digests})

    def received(self, jobs: Sequence[Job], answer: bytes = NO_ANSWER) -> Sequence[Outcome | None]:
        """Write what has been built of some jobs.

        A report that needs more than was sent, or more memory than a worker has, is built on this machine; None if
        the memory of this machine does not suffice either.
        """
        built: Mapping[str, Outcome] = pickle.loads(answer)  # noqa: S301  # the cluster is trusted with the reports
        return write_staged((self._staged(job, built.get(job.source)) for job in jobs), sync_early=len(jobs) > 1)

    def _staged(self, job: Job, outcome: Outcome | None) -> Outcome | StagedReport | None:
        if outcome is None:
            return self._local.results(BuildWorker.build, (job,))[0]
        try:
            return staged(outcome, self._options)
        except Exception as error:  # noqa: BLE001  # one report must not cost the others of a province
            return failed(job, error)


def _size(data: object) -> int:
    return len(data) if isinstance(data, bytes) else 0


_LOCK = threading.Lock()
"""Workers may have several threads, which share what is kept of packs and forms, and one processor at a time."""


def build_submission(version: str, system: str, content: bytes, packs: Mapping[str, bytes]) -> bytes | str:
    """Build the reports of a submission in memory; a text says why that cannot be done here.

    Nothing is raised: not every exception can travel, and one that cannot is waited for without end.

    Args:
        version: the command's version of gxgen.
        system: the command's kind of system.
        content: of the submission.
        packs: pickled, by their digests in hexadecimal digits.
    """
    if (version, system) != (__version__, SYSTEM):  # which might make other bytes of them
        return f"有工作进程上的 gxgen 是 {__version__}（{SYSTEM}），这里是 {version}（{system}）"
    try:
        with _LOCK:
            return _build_all(content, packs)
    except MemoryError:
        return pickled({})
    except Exception as error:  # noqa: BLE001  # see above
        return f"集群上的工作进程出错：{type(error).__name__} {error}"


def _build_all(content: bytes, packs: Mapping[str, bytes]) -> bytes:
    options, payloads = pickle.loads(content)  # noqa: S301  # a worker does what its scheduler says
    here = {digest: _pack(packs[digest]) for digest in packs}
    outcomes = {each.job.source: _build(options, each, here) for each in payloads}
    return pickled({source: each for source, each in outcomes.items() if each})


def _build(options: Options, payload: Payload, packs: Mapping[str, PackInUse]) -> Outcome | None:
    found = {key: packs[digest.hex()] for key, digest in payload.packs.items()}
    try:
        files = PayloadFiles(payload)
        return ReportPipeline(options, files=files, packs=PayloadPacks(options.pack, found)).run(payload.job)
    except (InputMissing, MemoryError):
        return None


@lru_cache(maxsize=MAX_PACKS)
def _pack(content: bytes) -> PackInUse:
    """A pack, one object as long as it is in use: its templates are prepared once."""
    in_use: PackInUse = pickle.loads(content)  # noqa: S301  # as above
    return in_use
