"""Reports made on other machines: inputs go there by content, bytes come back, and files are written here.

Both ends are in this module.  :class:`Sender` is with the files; :func:`render_there` runs where there are none.
"""

from __future__ import annotations

import pickle
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from gxgen import __version__
from gxgen.engine.build_worker import Made, Maker, Ready, draft_of, stands, written
from gxgen.engine.cluster.payload import Packer, Parcel, Sent, SentPacks, as_bytes
from gxgen.engine.executors import Inline
from gxgen.engine.formats import MOST_PACKS
from gxgen.engine.packs import PackInUse
from gxgen.engine.pipeline import Job, Missing, Rendered, Renderer, failed
from gxgen.engine.results import Options

SYSTEM = "Windows" if sys.platform == "win32" else "POSIX"
"""Paths of one kind of system mean nothing to the other."""
MOST_BYTES = 64 * 1024 * 1024
"""Of one report's inputs.  A government with so many departments is made where they are."""


class Load(NamedTuple):
    """Reports to be made elsewhere: what goes there, once and for all of them."""

    content: bytes
    packs: Mapping[bytes, bytes]
    """By digest."""


class Sender:
    """Sends jobs, and makes reports of what comes back.

    Args:
        options: how.
        sole: whether the run is about one report alone.
    """

    def __init__(self, options: Options, *, sole: bool) -> None:
        self._options = options
        self._sole = sole
        self._packer = Packer(options)
        self._here = Maker(options, sole=sole)

    def __getattr__(self, method: str) -> object:
        """What is not sent is done here."""
        return getattr(self._here, method)

    def load(self, jobs: Sequence[Job]) -> Load | None:
        """What has to be sent for some jobs; None if there is nothing to make."""
        parcels = [self._packer.packed(job) for job in jobs if not stands(job)]
        parcels = [each for each in parcels if sum(map(_size, each.data.values())) <= MOST_BYTES]
        if not parcels:
            return None
        digests = {digest for each in parcels for digest in each.packs.values()}
        content = as_bytes((self._options, self._sole, parcels))
        return Load(content, {digest: self._packer.contents[digest] for digest in digests})

    def received(self, jobs: Sequence[Job], answer: bytes) -> Sequence[Made | None]:
        """Write what has been made of some jobs.

        A report that turned out to be made of more than was sent is made here, as is one that the memory of a worker
        did not suffice for; None if that of this machine does not either.
        """
        come: Mapping[str, Rendered] = pickle.loads(answer)  # noqa: S301  # the cluster is trusted with the reports
        return written((self._draft(job, come.get(job.source)) for job in jobs), at_once=len(jobs) > 1)

    def _draft(self, job: Job, rendered: Rendered | None) -> Made | Ready | None:
        if rendered is None:
            made: Made | None = Inline(self._here).results("make", (job,))[0]
            return made
        try:
            return draft_of(rendered, self._options)
        except Exception as error:  # noqa: BLE001  # one report must not cost the others of a province
            return Made(failed(job, error).result)


def _size(data: object) -> int:
    return len(data) if isinstance(data, bytes) else 0


_ONE_AT_A_TIME = threading.Lock()
"""Workers may have several threads, which share what is kept of packs and forms, and one processor at a time."""


def render_there(version: str, system: str, content: bytes, packs: Mapping[str, bytes]) -> bytes | str:
    """Make the reports of a load in memory; a text says why that cannot be done here.

    Nothing is raised: not every exception can travel, and one that cannot is waited for without end.

    Args:
        version: of the gxgen that asks.
        system: its kind of system.
        content: of the load.
        packs: pickled, by their digests in hexadecimal digits.
    """
    if (version, system) != (__version__, SYSTEM):  # which might make other bytes of them
        return f"有工作进程上的 gxgen 是 {__version__}（{SYSTEM}），这里是 {version}（{system}）"
    try:
        with _ONE_AT_A_TIME:
            return _all_rendered(content, packs)
    except MemoryError:
        return as_bytes({})
    except Exception as error:  # noqa: BLE001  # see above
        return f"集群上的工作进程出错：{type(error).__name__} {error}"


def _all_rendered(content: bytes, packs: Mapping[str, bytes]) -> bytes:
    options, sole, parcels = pickle.loads(content)  # noqa: S301  # a worker does what its scheduler says
    here = {digest: _pack(packs[digest]) for digest in packs}
    rendered = {each.job.source: _rendered(options, sole, each, here) for each in parcels}
    return as_bytes({source: each for source, each in rendered.items() if each})


def _rendered(options: Options, sole: bool, parcel: Parcel, packs: Mapping[str, PackInUse]) -> Rendered | None:
    found = {key: packs[digest.hex()] for key, digest in parcel.packs.items()}
    try:
        renderer = Renderer(options, sole=sole, files=Sent(parcel), packs=SentPacks(options.pack, found))
        return renderer.rendered(parcel.job)
    except (Missing, MemoryError):
        return None


@lru_cache(maxsize=MOST_PACKS)
def _pack(content: bytes) -> PackInUse:
    """A pack, one object as long as it is in use: its templates are prepared once."""
    in_use: PackInUse = pickle.loads(content)  # noqa: S301  # as above
    return in_use
