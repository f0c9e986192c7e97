"""Web pages saved in one file: the page among the parts of the message, in the encoding that its part names."""

from __future__ import annotations

from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from gxgen.published.document import Paragraph
from gxgen.published.readers import ReaderError
from gxgen.published.readers.mhtml import read


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030"])
def test_the_page_is_read_and_its_pictures_are_not(charset: str) -> None:
    """Whether the page names its encoding or only its part does."""
    message = MIMEMultipart("related")
    message.attach(MIMEText("<p>一、总体情况</p><p style='display:none'>旧</p>", "html", charset))
    message.attach(MIMEImage(b"GIF89a", "gif"))
    blocks = read(message.as_bytes()).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["一、总体情况"]


def test_a_message_without_a_page_is_refused() -> None:
    """With why."""
    with pytest.raises(ReaderError, match="没有网页"):
        read(MIMEText("一封信", "plain", "utf-8").as_bytes())
