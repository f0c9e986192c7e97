"""Word documents: what Word, WPS and LibreOffice put around a report, and what of it counts."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from gxgen.compute import complete
from gxgen.model import Report
from gxgen.published import Published, read_bytes, read_published
from gxgen.source import read
from tests.published.made import document
from tests.published.test_round_trip import figures_as_printed, figures_read
from tests.render.made import expected_lines

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "district_2024.toml"
SOFFICE = shutil.which("soffice") or ""
Change = Callable[[str], str]


def sample() -> Report:
    """A report with a figure in every row."""
    report = read(SAMPLE).report
    assert report
    return report


def changed(change: Change) -> Published:
    """The sample's Word document with its main part changed, read."""
    raw = document(sample(), ".docx")
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == "word/document.xml" else content)
    return read_bytes(file.getvalue(), ".docx")


def in_controls(xml: str) -> str:
    """Every table in a content control, as forms made in Word have it."""
    return re.sub(r"(<w:tbl>.*?</w:tbl>)", r"<w:sdt><w:sdtContent>\1</w:sdtContent></w:sdt>", xml, flags=re.DOTALL)


def in_a_table(xml: str) -> str:
    """Every table in the one cell of another."""
    return re.sub(r"(<w:tbl>.*?</w:tbl>)", r"<w:tbl><w:tr><w:tc>\1<w:p/></w:tc></w:tr></w:tbl>", xml, flags=re.DOTALL)


def with_deletions(xml: str) -> str:
    """A figure in every cell that has been struck from the text with tracked changes."""
    deleted = '<w:del w:id="9" w:author="a"><w:r><w:delText>9</w:delText></w:r></w:del>'
    return re.sub(r"(<w:tc>.*?)(<w:r>)", rf"\1{deleted}\2", xml, flags=re.DOTALL)


def in_pieces(xml: str) -> str:
    """Every run of two characters or more in two, as Word does when it checks spelling."""
    return re.sub(
        r'<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)<w:t xml:space="preserve">([^<&])([^<&]+)</w:t></w:r>',
        r'<w:r>\1<w:t>\2</w:t></w:r><w:proofErr w:type="spellStart"/><w:r>\1<w:t>\3</w:t></w:r>',
        xml,
    )


@pytest.mark.parametrize("change", [in_controls, in_a_table, with_deletions, in_pieces])
def test_what_stands_around_the_text_changes_nothing(change: Change) -> None:
    """The figures are read all the same."""
    published = changed(change)
    assert figures_read(published) == figures_as_printed(sample())
    assert published.findings == ()


@pytest.mark.parametrize(
    "properties", ['<w:vertAlign w:val="superscript"/>', "<w:strike/>"], ids=["raised", "struck out"]
)
def test_a_raised_or_struck_number_is_no_digit(properties: str) -> None:
    """A footnote's number beside a figure, or a figure struck out, is left out and reported by its place.

    The figure is read where its total confirms it, and not at all otherwise.
    """
    mark = f"<w:r><w:rPr>{properties}</w:rPr><w:t>1</w:t></w:r>"

    def marked(xml: str) -> str:
        return re.sub(r"(<w:t[^>]*>506</w:t></w:r>)", rf"\1{mark}", xml)

    confirmed = changed(marked)
    assert figures_read(confirmed) == figures_as_printed(sample())
    doubtful = changed(lambda xml: marked(xml).replace(">728<", ">729<", 1))
    assert doubtful.report
    assert "requests.received.individual" in doubtful.report.unread
    for published, code in ((confirmed, "I619"), (doubtful, "W614")):
        (finding,) = published.findings
        assert (finding.code.name, finding.address.startswith("requests.received")) == (code, True)
        assert finding.message.startswith("第 2 个表格第 4 行")


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_what_libreoffice_saves_is_read_the_same(suffix: str, tmp_path: Path) -> None:
    """Saved again as .docx, or as .pdf, the report has the same figures and the same lines."""
    source = tmp_path / "report.docx"
    source.write_bytes(document(sample(), ".docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    saving = ("--headless", "--convert-to", suffix, "--outdir", str(tmp_path / "saved"))
    subprocess.run([SOFFICE, profile, *saving, str(source)], check=True, capture_output=True, timeout=300)
    published = read_published(tmp_path / "saved" / f"report.{suffix}")
    assert published.report
    assert figures_read(published) == figures_as_printed(sample())
    assert published.report.unread == frozenset()
    printed = replace(sample(), narrative=complete(sample()).narrative)
    assert expected_lines(published.report) == expected_lines(printed)


BOX = "<w:txbxContent><w:p><w:r><w:t>框里的话。</w:t></w:r></w:p></w:txbxContent>"
OLD_BOX = f'<w:pict><v:shape xmlns:v="urn:v"><v:textbox>{BOX}</v:textbox></v:shape></w:pict>'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
CHOICE = f'<mc:Choice Requires="wps"><w:drawing>{BOX}</w:drawing></mc:Choice>'


@pytest.mark.parametrize(
    "box",
    [
        OLD_BOX,
        f"<mc:AlternateContent {MC}>{CHOICE}<mc:Fallback>{OLD_BOX}</mc:Fallback></mc:AlternateContent>",
        f"<mc:AlternateContent {MC}>{CHOICE}</mc:AlternateContent>",
    ],
)
def test_what_stands_in_a_text_box_is_read_once_after_its_paragraph(box: str) -> None:
    """Word shows it on the page; the figures stay what they are."""
    overview = "一、总体情况"

    def boxed(xml: str) -> str:
        end = xml.index("</w:p>", xml.index(overview))
        return f"{xml[:end]}<w:r>{box}</w:r>{xml[end:]}"

    published = changed(boxed)
    assert published.report
    assert figures_read(published) == figures_as_printed(sample())
    assert [text.count("框里的话。") for text in published.report.narrative.values() if "框里的话。" in text] == [1]
    assert published.report.narrative["overview.lead"].startswith("框里的话。\n")
