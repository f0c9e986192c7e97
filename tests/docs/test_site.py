"""mkdocs.yml names every page of docs/ once, the pages for users in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from tests.docs.markdown import ROOT, read

GENERATED = {"changelog.md", "contributing.md", "samples.md", "security.md"}
"""Pages that tools/site_hook.py brings from outside docs/."""
FOR_USERS = ("填报", "模板", "主管部门")
"""The parts of the navigation whose readers are no engineers."""


class Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without running what it names for MkDocs to run."""


Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
SITE: dict[str, Any] = yaml.load(read(ROOT / "mkdocs.yml"), Loader)  # noqa: S506  # a SafeLoader


def pages(nav: list[Any]) -> Iterator[str]:
    """The pages of a navigation, or of a part of one."""
    for entry in nav:
        for target in entry.values() if isinstance(entry, dict) else (entry,):
            if isinstance(target, list):
                yield from pages(target)
            else:
                yield target


def test_every_page_is_in_the_navigation_once() -> None:
    """Nothing in docs/ is left out, and nothing is named that is not there."""
    there = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert sorted(pages(SITE["nav"])) == sorted(there | GENERATED)


def test_pages_for_users_are_in_chinese() -> None:
    """Their titles, in the navigation and on the page, and every heading that is no command."""
    for part in (entry[name] for entry in SITE["nav"] for name in FOR_USERS if name in entry):
        for page in set(pages(part)) - GENERATED:
            headings = re.findall(
                r"^#+ (.+)$", re.sub(r"(?ms)^```.*?^```$", "", read(ROOT / "docs" / page)), re.MULTILINE
            )
            untranslated = [text for text in headings if not re.search("[\u4e00-\u9fff]", text)]
            assert [text for text in untranslated if not text.startswith("gxgen ")] == [], page


def test_a_build_that_warns_fails() -> None:
    """Strict also without ``make docs``, and about anchors and pages that are left out."""
    assert SITE["strict"] is True
    assert set(SITE["validation"].values()) == {"warn"}
