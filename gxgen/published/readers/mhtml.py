"""Web pages saved in one file (RFC 2557), as browsers and Word write them: the page is one part of a message."""

from __future__ import annotations

from contextlib import suppress
from email import message_from_bytes
from email.message import Message

from gxgen.published.document import Pages
from gxgen.published.readers import html
from gxgen.published.readers.errors import ReaderError

MOST_PARTS = 10_000
PAGES = ("text/html", "application/xhtml+xml")


def read(raw: bytes) -> Pages:
    """Read a web page in one file.

    Raises:
        ReaderError: there is no page in it.
    """
    pages = [part for part, _ in zip(message_from_bytes(raw).walk(), range(MOST_PARTS), strict=False) if _is_page(part)]
    content = pages[0].get_payload(decode=True) if pages else None
    if not isinstance(content, bytes) or not content.strip():
        raise ReaderError("这是存成一个文件的网页，里面没有网页", "用浏览器打开，另存为网页再读")
    charset = pages[0].get_content_charset("")
    if charset and b"charset" not in content[:4096].lower():
        with suppress(LookupError):
            content = content.decode(charset, "replace").encode()
    return html.read(content)


def _is_page(part: Message) -> bool:
    return part.get_content_type() in PAGES
