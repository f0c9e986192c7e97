"""The example of every code is one, and gxgen says of it what the document says."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from gxgen.cli.explain import DOCUMENT, in_markdown, in_terminal
from gxgen.cli.formats import as_text
from gxgen.core.codes import CODES
from gxgen.core.findings import Code
from gxgen.services.building import check
from tests.docs.markdown import fences, headings, read

NAMED = re.compile(r"# (\S+\.toml)\n")
SHOWN = [code for code in CODES if "```toml" in in_markdown(code.name)]


def told_of(code: Code, folder: Path) -> str:
    """What ``gxgen check`` says of the example's last data file, as far as the code is concerned."""
    name = "2023.toml"
    for fence in fences(in_markdown(code.name)):
        if fence.language == "toml":
            found = NAMED.match(fence.text)
            name = found[1] if found else "2023.toml"
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(fence.text, "utf-8")
    (result,) = check([Path(name)])
    ours = replace(result, findings=tuple(finding for finding in result.findings if finding.code is code))
    return "".join(f"{line.rstrip()}\n" for line in as_text(ours))


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_every_code_has_an_example(code: Code) -> None:
    """No code is without an example, be it a data file or a paragraph."""
    assert in_markdown(code.name)


@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.name)
def test_an_example_is_answered_as_the_document_says(
    code: Code, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The data file of an example trips the code, with just these words.  GXGEN_REWRITE=1 writes them anew."""
    monkeypatch.chdir(tmp_path)
    told = told_of(code, tmp_path)
    if os.environ.get("GXGEN_REWRITE"):
        document = read(DOCUMENT)
        body = in_markdown(code.name)
        answered = re.sub(r"(?<=```text\n).*?(?=^```$)", lambda _: told, body, flags=re.DOTALL | re.MULTILINE)
        DOCUMENT.write_text(document.replace(body, answered), encoding="utf-8", newline="\n")
    else:
        assert [fence.text for fence in fences(in_markdown(code.name)) if fence.language == "text"] == [told]
        assert f" {code.name} " in told


def test_the_document_has_examples_of_codes_only_and_in_their_order() -> None:
    """Every heading is a code, none stands twice, and they come in the order of their numbers."""
    titles = [text for level, text in headings(read(DOCUMENT)) if level == 2]
    assert titles == [code.name for code in CODES if in_markdown(code.name)]


@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.name)
def test_the_terminal_shows_an_example_without_markdown(code: Code) -> None:
    """Every line of an example's blocks is there, set in, and no fence is."""
    shown = in_terminal(code.name)
    assert "```" not in shown
    for fence in fences(in_markdown(code.name)):
        assert all(f"    {line}".rstrip() in shown.split("\n") for line in fence.text.splitlines() if line)
