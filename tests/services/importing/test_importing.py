"""Published reports to data files on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from gxgen.engine.results import Options
from gxgen.services.building import build, check
from gxgen.services.importing import import_reports, needs_a_person

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
SAMPLE = SAMPLES / "district_2024.toml"
RAGGED = SAMPLES.parent / "tests" / "published" / "ragged"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A report printed as text."""
    (result,) = build([SAMPLE], Options(output=tmp_path, formats=("txt",)))
    return result.written[0]


def test_a_data_file_stands_beside_the_report_and_is_named_by_agency_and_year(published: Path) -> None:
    """Without a folder given, the data file is the report's neighbour."""
    (result,) = import_reports([published])
    assert result.written == (published.with_name("云岭市澄溪区人民政府2024.toml"),)
    assert not needs_a_person(result)


def test_a_report_without_agency_is_named_by_its_year(tmp_path: Path) -> None:
    """What the title does not say is not made up."""
    (result,) = import_reports([RAGGED / "one_cell_a_line.txt"], Options(tmp_path))
    assert [path.name for path in result.written] == ["2021.toml"]


def test_importing_what_was_built_gives_the_same_report(published: Path, tmp_path: Path) -> None:
    """Built from the data file that was read back, the report is the same to the byte."""
    (imported,) = import_reports([published], Options(tmp_path / "read"))
    (again,) = build(imported.written, Options(output=tmp_path / "again", formats=("txt",)))
    assert again.written[0].read_bytes() == published.read_bytes()


def test_nothing_is_overwritten_unless_asked(published: Path) -> None:
    """A data file that is there stays as it is, and the second report of the same name is refused as well."""
    target = published.with_name("云岭市澄溪区人民政府2024.toml")
    target.write_text("mine", "utf-8")
    (refused,) = import_reports([published])
    assert [finding.code.name for finding in refused.findings] == ["E620"]
    assert target.read_text("utf-8") == "mine"
    (forced, twin) = import_reports([published, published], Options(force=True))
    assert forced.written == (target,)
    assert not twin.written
    assert [finding.code.name for finding in twin.findings] == ["E620"]
    assert "也是这个机关、这一年的报告；分开读入" in twin.findings[0].hint


def test_the_report_itself_is_never_overwritten(published: Path) -> None:
    """Even with force, a data file does not take the place of a file it was read from."""
    posing = published.with_name("云岭市澄溪区人民政府2024.toml")
    published.rename(posing)
    before = posing.read_bytes()
    (result,) = import_reports([posing], Options(force=True))
    assert not result.written
    assert posing.read_bytes() == before


def test_what_was_not_read_is_remarked_upon_in_the_data_file(tmp_path: Path) -> None:
    """Every warning is in the data file as a comment; the file itself is sound."""
    (result,) = import_reports([RAGGED / "tabs_with_cells_lost.txt"], Options(tmp_path))
    text = result.written[0].read_text("utf-8")
    warnings = [finding for finding in result.findings if finding.code.name.startswith("W")]
    assert warnings
    assert all(finding.message in text for finding in warnings)
    assert needs_a_person(result)
    (checked,) = check(result.written)
    assert not any(finding.is_error for finding in checked.findings)
