"""What a web site sets around a report: when and whence, letters large and small, buttons, the pages beside it."""

from __future__ import annotations

import re

from gxgen.published.folding import squeezed

_NAMED = r"""
(?:发布|发表|公布|更新|成文|发文|生成)(?:时间|日期|日) | 日期 | (?:信息|文章|稿件|内容)?来源 | 责任编辑
| 索引号 | 发文字号 | 文号 | 发布机构 | (?:浏览|阅读|访问|点击)(?:次数|量|数)? | 字[体号]
| 当前位置 | 您(?:现在)?的?(?:所在)?位置(?:是)? | 上一[篇条页] | 下一[篇条页]
| 分享[到至]? | 版权所有 | 主办(?:单位)? | 承办(?:单位)? | 技术支持 | (?:网站)?备案号
"""
_BUTTON = r"""
打印(?:本页|此页)? | 关闭(?:窗口|本页|此页)? | 返回(?:顶部|首页|列表) | 分享[到至]? | 收藏(?:本页)? | 字[体号] | 大中小
| 无障碍(?:阅读|模式|浏览)? | (?:长者|适老|关怀|老年)(?:版|模式)? | 相关(?:稿件|链接|文章|阅读)
"""
FURNITURE = re.compile(
    rf"[（(]?(?:{_NAMED})[:：][^。；]{{0,100}} | (?:[【\[(（]*(?:{_BUTTON})[:：]?[】\])）]*[|·]?)+ | 扫一扫.{{0,20}}"
    r"| [【\[]字[体号][:：][^】\]。]{0,20}[】\]](?:打印(?:本页)?)?",
    re.VERBOSE,
)
LONGEST = 200


def is_furniture(text: str) -> bool:
    """Whether a whole line is of this kind; such a word inside a sentence is not."""
    return len(text) <= LONGEST and bool(FURNITURE.fullmatch(squeezed(text)))
