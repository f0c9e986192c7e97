"""What a stranger's .docx may hold: text, styles, pictures.  Nothing that runs, and nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.parsers import expat

from gxgen.core.errors import TemplateError

AS_DOCX = "用 Word 打开后另存为「Word 文档（*.docx）」，不要选启用宏的格式"
NOT_DOCX = "Word 模板不是有效的 .docx 文件"
SAVE_AS_DOCX = "用 Word 或 WPS 打开后另存为「Word 文档（*.docx）」"
MACROS = re.compile(r"(?i)(?:^|/)(?:vbaProject\.bin|vbaData\.xml|customUI\d*\.xml)$|^customUI/|(?:^|/)activeX/")
SAFE_LINKS = ("http://", "https://", "mailto:", "#")
RUNNING = frozenset(
    ("vbaProject", "wordVbaData", "control", "oleObject", "aFChunk", "attachedToolbars", "extensibility")
)
"""The last step of types of relationships that bring something to run, or another document."""
REMEDIES: Mapping[str, str] = {
    "attachedTemplate": "在「开发工具—文档模板」中把附加的模板改为 Normal 后保存",
    "image": "删去链接的图片，用「插入—图片」把图片放进文件里",
    "oleObject": "删去链接或嵌入的对象，改用图片",
    "hyperlink": "超链接只能指向 http、https 或 mailto 地址",
}
FIELDS = re.compile(
    r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|RD|DATABASE|MACROBUTTON)\b", re.IGNORECASE
)
"""Fields that read other files or run something when Word opens the document."""
XML_PART = re.compile(r"(?i)\.(?:xml|rels|vml)$")


def refuse_names(names: Iterable[str]) -> None:
    """Refuse names that lead elsewhere, or that two parts share (ISO/IEC 29500-2, 6.2.2: whatever their case).

    Raises:
        TemplateError: there is one.
    """
    seen: set[str] = set()
    for name in names:
        steps = name.rstrip("/").split("/")
        if any(step in ("", ".", "..") for step in steps) or re.search(r"[\\:\x00-\x1f]", name):
            raise TemplateError(f"Word 模板里有路径可疑的部件「{name[:60]}」", "不要用来历不明的模板")
        if name.lower() in seen:
            raise TemplateError(f"Word 模板里有重名的部件「{name[:60]}」", SAVE_AS_DOCX)
        seen.add(name.lower())


def refuse_unsafe(parts: Mapping[str, bytes]) -> None:
    """Refuse a package with anything in it that runs, or that comes from elsewhere.

    Raises:
        TemplateError: there is something.
    """
    for name in parts:
        if MACROS.search(name):
            raise TemplateError("Word 模板带有宏或控件", AS_DOCX)
    for name, content in parts.items():
        if XML_PART.search(name):
            _look_through(name, content)


def _look_through(name: str, content: bytes) -> None:
    """Read a part's elements once, without making anything of them."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    reader = _Reader()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX) from error
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise TemplateError(f"Word 模板里的部件 {name} 读不出", SAVE_AS_DOCX) from error


def _refuse_doctype(*_: object) -> None:
    raise TemplateError("Word 模板里有 XML 实体或 DTD，Word 自己从不写这些", "不要用来历不明的模板")


class _Reader:
    """Looks at every element of a part."""

    def __init__(self) -> None:
        self._field = ""
        self._in_field = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "Relationship":
            _refuse_relationship(attributes)
        elif local in ("Override", "Default"):
            _refuse_type(attributes.get("ContentType", ""))
        elif local == "fldSimple":
            self._refuse_field(next((value for key, value in attributes.items() if key.endswith("instr")), ""))
        elif local == "fldChar":
            self._begin_or_end()
        elif local in ("instrText", "delInstrText"):
            self._in_field = True
        elif local == "altChunk":
            raise TemplateError("Word 模板里嵌着别的文档", "把内容直接粘贴进模板，不要链接或嵌入")

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] in ("instrText", "delInstrText"):
            self._in_field = False

    def characters(self, text: str) -> None:
        if self._in_field:
            self._field += text

    def _begin_or_end(self) -> None:
        """A field's words may be spread over runs, up to its separator or end."""
        self._refuse_field(self._field)
        self._field = ""

    @staticmethod
    def _refuse_field(words: str) -> None:
        if found := FIELDS.match(words):
            raise TemplateError(
                f"Word 模板里有会读取别的文件的域「{found[1]}」", "删去这个域，或按 Ctrl+Shift+F9 变成文字"
            )


def _refuse_relationship(attributes: Mapping[str, str]) -> None:
    kind = attributes.get("Type", "").rpartition("/")[2]
    target = attributes.get("Target", "").strip()
    if attributes.get("TargetMode", "").lower() == "external":
        if kind != "hyperlink" or not target.lower().startswith(SAFE_LINKS):
            remedy = REMEDIES.get(kind, "删去指向别处的链接或对象")
            raise TemplateError(f"Word 模板要用文件以外的东西：「{target[:80]}」（{kind}）", remedy)
    elif kind in RUNNING:
        raise TemplateError("Word 模板里嵌着对象、控件或宏", REMEDIES.get(kind, AS_DOCX))


def _refuse_type(content_type: str) -> None:
    if re.search(r"macroEnabled|vbaProject|ms-office\.activeX", content_type, re.IGNORECASE):
        raise TemplateError("Word 模板带有宏或控件（.docm、.dotm 改了后缀也是）", AS_DOCX)
