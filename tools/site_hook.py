"""What mkdocs.yml cannot say of the documentation site: pages that lie outside docs/, and a page for each package.

MkDocs calls the functions whose names begin with ``on_``.  Pages link to each other as files of the project, so that
links work wherever the files are read; the site has some of these files under other names, and others not at all.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
OUTSIDE: Mapping[str, str] = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "samples/README.md": "samples.md",
}
"""Pages outside docs/, and their names in the site."""
MODULES, REFERENCE = "modules", "Reference"
"""The folder of the packages' pages, and the part of the navigation that lists them."""
ROLE = re.compile(r":(?:class|data|func|meth|mod):(?=<code>)")
LOADED = re.compile(r"<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)=[\"']?(?P<address>(?:https?:)?//[^\s\"'>]+)")
LINK_OR_CODE = re.compile(r"(?ms)```.*?^```|`[^`\n]+`|(?<!!)\[(?P<text>[^\]\n]*)\]\((?P<target>[^)\s]+)\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """List the packages' pages in the navigation."""
    for part in config.nav or []:
        if REFERENCE in part:
            part[REFERENCE] += [{name: f"{MODULES}/{name}.md"} for name in packages(ROOT / "gxgen")]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that do not lie in docs/."""
    from mkdocs.structure.files import File

    for source, name in OUTSIDE.items():
        files.append(File.generated(config, name, content=(ROOT / source).read_text(encoding="utf-8")))
    for name in packages(ROOT / "gxgen"):
        files.append(File.generated(config, f"{MODULES}/{name}.md", content=package_page(name)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Lead links where the site has their pages."""
    return relinked(markdown, page.file.src_uri)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Show a name in a docstring without the role before it, which Sphinx would read and Markdown does not."""
    return ROLE.sub("", html)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Refuse a page that a computer without internet could not show.

    Raises:
        PluginError: it loads something from elsewhere.
    """
    from mkdocs.exceptions import PluginError

    if found := LOADED.search(output):
        raise PluginError(f"{page.file.src_uri} loads {found['address']}")
    return output


def packages(package: Path) -> Iterator[str]:
    """The packages and modules directly within a package that its users may see, in the order of their names."""
    for path in sorted(package.iterdir()):
        if not path.name.startswith("_") and (path.suffix == ".py" or (path / "__init__.py").is_file()):
            yield f"{package.name}.{path.stem}"


def package_page(name: str) -> str:
    """A page on a package and all modules in it."""
    return f"::: {name}\n    options:\n      heading_level: 1\n      show_submodules: true\n"


def relinked(markdown: str, page: str) -> str:
    """A page with its links as the site needs them.

    Args:
        markdown: the page, with links to files of the project.
        page: the name of the page in the site.
    """
    names = {new: old for old, new in OUTSIDE.items()}
    folder = posixpath.dirname(names.get(page, f"docs/{page}"))

    def replaced(found: re.Match[str]) -> str:
        target = found["target"]
        if target is None or re.match(r"[a-z]+:|#", target):
            return found[0]
        path, hash_mark, anchor = target.partition("#")
        file = posixpath.normpath(posixpath.join(folder, path))
        name = OUTSIDE.get(file) or (file.removeprefix("docs/") if file.startswith("docs/") else None)
        if name is None:  # a file that the site does not show
            return str(found["text"])
        return f"[{found['text']}]({posixpath.relpath(name, posixpath.dirname(page) or '.')}{hash_mark}{anchor})"

    return LINK_OR_CODE.sub(replaced, markdown)
