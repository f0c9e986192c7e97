"""Reports made with the packs that ship come back: the rows that a pack adds, and texts set in its manner."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.compute import complete
from gxgen.engine.formats import FORMATS
from gxgen.engine.opening import read_with_pack
from gxgen.engine.packs import PackInUse, Packs
from gxgen.model import Report
from gxgen.packs.search import folders_in, shipped
from gxgen.published import Published
from gxgen.services.auditing import as_it_stands
from gxgen.spec import address_book
from gxgen.view import compose
from tests.published.made import narratives
from tests.strategies import YEARS, figures, forms

FOUND = Packs()
PACKS = tuple(folder.name for folder in folders_in(shipped()))
SUFFIXES = ("docx", "html", "txt")
TOPICS = ("active", "on_request", "management", "platform", "supervision")


def pack_of(name: str) -> PackInUse:
    """A pack that ships."""
    return FOUND.of(name, Path())


def printed(report: Report, pack: str, suffix: str) -> bytes:
    """The report as a file in the manner of a pack."""
    in_use = pack_of(pack)
    assert in_use.pack
    return FORMATS[suffix](in_use.pack)(compose(complete(report), in_use.compose_options))


def read_back(report: Report, pack: str, suffix: str, folder: Path, *, chosen: str = "") -> Published:
    """The report made and read, by nobody's hint unless a pack is chosen."""
    path = folder / f"report.{suffix}"
    path.write_bytes(printed(report, pack, suffix))
    return read_with_pack(path, FOUND, chosen)


@st.composite
def reports_in(draw: st.DrawFn, pack: str) -> Report:
    """A report in the forms of a pack."""
    form = draw(forms())
    year = draw(st.sampled_from(YEARS[form.first_year]))
    layout = pack_of(pack).form(year)
    assert layout
    texts = MappingProxyType(draw(narratives(layout)))
    return Report(year, layout, "某某县科学技术局", pack, narrative=texts, figures=draw(figures(layout)))


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("pack", PACKS)
@settings(max_examples=12)
@given(data=st.data())
def test_a_report_of_a_pack_comes_back(
    pack: str, suffix: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Every figure, extra rows included, and printed again with its pack it is the same text to the letter."""
    report = data.draw(reports_in(pack))
    published = read_back(report, pack, suffix, tmp_path_factory.mktemp("made"))
    assert published.report
    completed = complete(report)
    read = {**published.report.figures, **published.report.assertions}
    wanted = {address: str(completed.figure(address)) for address in address_book(report.layout).entries}
    assert {address: str(figure) for address, figure in read.items()} == wanted
    assert not published.report.unread
    assert printed(as_it_stands(published.report), pack, "txt") == printed(report, pack, "txt")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("pack", PACKS)
def test_topics_come_back_as_topics(pack: str, suffix: str, tmp_path: Path) -> None:
    """Heads on lines of their own, or run in: the five texts have their places."""
    layout = pack_of(pack).form(2023)
    assert layout
    texts = {f"overview.{topic}": f"这一方面的工作是第{number}项。\n逐项落实。" for number, topic in enumerate(TOPICS)}
    texts |= {"preamble": "现将情况公布如下。", "problems": "公开得不够及时。"}
    published = read_back(
        Report(2023, layout, "某某局", pack, narrative=MappingProxyType(texts)), pack, suffix, tmp_path
    )
    assert published.report
    assert dict(published.report.narrative) == texts


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_pack_is_named_only_if_its_row_is_there(suffix: str, tmp_path: Path) -> None:
    """The data file names the pack whose row was read; without the row none, unless somebody chooses one."""
    layout, official = pack_of("hubei").form(2023), pack_of("national").form(2023)
    assert layout
    assert official
    row = MappingProxyType({"disclosure.other_documents.issued": 7})
    with_row = read_back(Report(2023, layout, "某某局", "hubei", figures=row), "hubei", suffix, tmp_path)
    assert with_row.report
    assert with_row.report.pack == "hubei"
    assert with_row.report.figures["disclosure.other_documents.issued"] == 7
    plain = read_back(Report(2023, official, "某某局"), "national", suffix, tmp_path)
    assert plain.report
    assert plain.report.pack == "national"
    chosen = read_back(Report(2023, official, "某某局"), "national", suffix, tmp_path, chosen="hubei")
    assert chosen.report
    assert chosen.report.pack == "hubei"
    assert {address.rpartition(".")[0] for address in chosen.report.unread} == {"disclosure.other_documents"}
