"""Everything that a report is made of, as one digest: equal digests, equal outputs and findings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from gxgen import __version__
from gxgen.batch.packs import PackInUse, Packs
from gxgen.batch.rendering import Job
from gxgen.batch.results import Options
from gxgen.batch.sources import find_sources, real_path
from gxgen.batch.survey import Seen
from gxgen.source import bytes_of, digest_of


class Inputs:
    """Knows the digest of every file of a run, and works out those of reports.

    Args:
        seen: the data files that were looked at.
        options: how reports are to be built.
        sole: whether the run is about one report alone.
    """

    def __init__(self, seen: Iterable[Seen], options: Options, *, sole: bool) -> None:
        self._digests = {one.path: one.digest for one in seen}
        self._by_identity: Mapping[str, bytes] | None = None
        packs = Packs(options.pack, options.packs)
        self._pack = cache(lambda name, folder: _of_pack(packs.of(name, Path(folder))))
        self._under = cache(self._of_files_under)
        self._departments = (options.departments,) if options.departments else ()
        against = [str(options.against), self._of(str(options.against)).hex()] if options.against else []
        self._of_run = _joined(__version__, *options.formats, str(options.strict), str(sole), *against)

    def digest(self, job: Job, seen: Seen) -> bytes:
        """What the report of a job is made of."""
        folder, _ = os.path.split(seen.path)
        parts = [self._of_run, self._pack(seen.pack, folder), seen.digest]
        departments = self._departments or tuple(Path(folder, each) for each in seen.departments)
        if job.previous or departments:
            # Findings name other files by the paths that this run has for them.
            parts += [_joined(job.source, job.previous), self._of(job.previous) if job.previous else b""]
            parts += [self._under(path) for path in departments]
        return sha256(b"".join(digest_of(part) for part in parts)).digest()

    def _of(self, path: str) -> bytes:
        if path not in self._digests:
            raw = bytes_of(Path(path))
            self._digests[path] = digest_of(raw) if isinstance(raw, bytes) else b""
        return self._digests[path]

    def _of_files_under(self, path: Path) -> bytes:
        """Every data file that a department's may be; whether there is anything at all."""
        if not os.path.exists(path):  # noqa: PTH110  # Path.exists() raises for a name that is too long
            return b"nothing"
        known = self._known()
        files = (str(source.path) for source in find_sources([path]))
        return _joined(*(f"{file}\n{(known.get(real_path(Path(file))) or self._of(file)).hex()}" for file in files))

    def _known(self) -> Mapping[str, bytes]:
        if self._by_identity is None:
            self._by_identity = {real_path(Path(path)): digest for path, digest in self._digests.items()}
        return self._by_identity


def _of_pack(in_use: PackInUse) -> bytes:
    pack = in_use.pack
    told = [str(finding) for finding in in_use.findings]
    if pack is None:
        return _joined("", *told)
    settings = [f"{name}\n{file.path}\n{file.text}" for name, file in pack.files.items()]
    template = digest_of(pack.word_template).hex()
    return _joined(pack.name, str(pack.folder), template, pack.text_template, pack.html_template, *settings, *told)


def _joined(*texts: str) -> bytes:
    return digest_of(b"".join(digest_of(text.encode("utf-8", "surrogatepass")) for text in texts))
