"""The words with which reports speak of applications and disputes.

A number is understood only if this lexicon has every word of its label, back to the number before or to the beginning
of the sentence, or if its clause is complete by itself.  With one unknown word (an office, another year) nothing is
claimed: a wrong warning costs more than a missed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from gxgen.checks.agencies import is_department
from gxgen.core.regex import LazyPattern, regex
from gxgen.spec import Layout, Leaf, address_book, layouts

ORGANS = (
    "局|委|委员会|办|办公室|县|区|市|州|省|旗|院|厅|镇|乡|街道|街道办事处|单位"
    "|机关|所|中心|部门|政府|人民政府|管委会|队|支队|大队|总队|处|系统|辖区|馆|台|站|社|校|学校|公司|集团|协会|分局|税务局"
)
OTHER_ORGAN = (
    r"[一-龥](?<![我本全各])(?:局|委(?!托)|镇|乡(?!村)|街道|处(?![理罚置])|院|中心|科(?![技学普研级员])|所(?![有在需属])|(?<!网)站"
    r"|公司|单位|部门|学校|(?<![举承主督交经])办(?![理结复事实公]))"
)
"""The end of a name that is not how an agency calls itself."""
APPLICANT_PHRASE = r"公民、?法人(?:和|或者?|及|、)其他组织(?:的|提出的?|提交的?|向我?本?[一-龥]{0,4}提出的?)?"
APPLICATION = (
    rf"(?:{APPLICANT_PHRASE})?(?:依申请公开(?:政府)?(?:信息)?(?:的)?(?:申请|信件|来信|来件|事项|业务)?(?:件|书|表)?"
    r"|(?:政府|政务)?信息公开(?:的)?申请(?:件|书|表|事项|信件|数量)?|公开申请(?:件)?"
    r"|申请(?:政府|政务)?信息公开(?:的)?(?:事项)?|申请公开(?:的)?(?:政府|政务)?(?:信息)?(?:事项)?"
    rf"|(?<=[到收理接结复])申请(?!人)(?:件|书|表|事项)?)"
)
CARRIED_IN = r"(?:(?:上一?年|去年|20\d\d年)度?(?:结转|转结|转入)(?:下来)?|结转上一?年度?|上一?年度?未办结)"
CARRIED_OUT = (
    r"(?:(?:办理)?(?:结转|顺延|转结|延转|转)(?:至|到|入)?(?:下一?年度?|次年|明年|来年|20\d\d年度?)|下一?年度?继续办理)"
    r"(?:继续)?(?:办理|处理|答复|办结)?"
)
RECEIVED = r"(?:新?(?:收到|接收|接到|收悉|收|受理)|新增)"
HANDLED = r"(?:办结|答复|回复|办理完毕|办理完结|处理完毕|办复)"
UNFINISHED = r"(?:尚|仍|正|还)在(?:法定)?(?:办理|处理|答复)(?:的?期限?之?内|之?中|过程中|时限内)?"
PROCESSED = r"(?:办理(?![完结答情期时之过])|处理(?![完决]))"
"""May be said of the applications received, or of those finished."""
CHANNEL = (
    r"(?:通过|以|由|经|采[取用])?(?:邮寄|邮政寄送|信函|来信|挂号信|网络|网上|网站|线上|线下|平台|在线|当面|现场|窗口|传真|电子邮件|邮件|电子邮箱)"
    r"(?:、(?:邮寄|信函|网络|网上|当面|现场|传真|电子邮件))*(?:平台|申请|方式|形式|渠道|途径|系统)?"
)
"""A way of applying: what came by it may be less than all, and never more."""
BROUGHT = (
    r"(?:因(?:政府|政务)?信息公开(?:工作|申请|答复)?(?:被)?|因依申请公开(?:政府信息)?(?:工作|答复)?(?:被)?)?"
    r"(?:被)?(?:申请|提起|提出|发生|产生|引发|引起|导致)?(?:的)?"
)
NOISE = (
    r"[，,、；：:（()）\s]|\*\*",
    r"20\d\d年1月1日(?:起)?(?:至|到|—|-)(?:20\d\d年)?12月31日(?:止|期间)?",
    r"(?:20\d\d年|本年|全年|今年|当年|年内|年度内?|报告期内?|期间|本报告期内?|本统计年度内?|统计期内?)度?(?:内|期间|以来|里)?",
    r"截至?(?:到)?(?:20\d\d年)?(?:12月31日|年?底|目前|年?末)",
    rf"(?:我|本|全)(?:{ORGANS})(?:机关|系统)?",
    "各级行政机关|各部门|各单位|各级各部门|行政机关|全区|全县|全市|全省",
    "共计?|总共|合计|累计|总计|一共|总|为|有|计|是|达|分别|数量?|总数|总量|件数|情况|仅|只",
    "的|了|已|均|都|全部|依法|依规|按时|按期|如期|按规定|及时|规范|妥善|实际|向|由|对|中|在|属于?|予以",
    "其中|包括|含|其余|剩余|[按从]申请(?:人|主体)?的?(?:类型|类别|性质|身份)?(?:划分|分类|来看|看|分)?|另外?|另有|还有?|以及|及|和|与|并|加(?:上(?!一?年))?|连同|来自",
    r"通过[^，。；：0-9]{0,40}等(?:多种|各种|多个|不同)?(?:方式|渠道|途径|形式|平台)",
    "全(?:省|市|县|区|州|旗)(?:各级)?行政机关|经(?:审查|审核|核实|研究|查)|尚|仍|截止|对|应|需",
    "各类|各种|各项|有关|相关|书面|群众|社会公众|公众|市民|村民|居民|社会各界|个人或单位|申请人|一年来|过去一年|本年度",
    "办理结果|处理结果|从|来看|看|因|由于|原因|理由|类|性质|其|人次|渠道",
    "复议机关|人民法院|法院|提出|提交|申请人为?|申请|作出|做出|决定|进行|办理|处理|登记|法定期限内|规定期限内|期限内|时限内",
)
TERRITORY = regex("[我本全][县区市州省旗镇乡]|[我本全]街道")
"""For a government this is itself; for a department it includes others."""
LIMITING = regex(
    rf"其中|{OTHER_ORGAN}"
    r"|网|信函|邮|当面|平台|渠道|窗口|现场|方式|通过|以下|不|仅|只|\d"
)
"""Words that limit a statement to a part of the agency or of the applications."""
WORDS = {
    "application": APPLICATION,
    "brought_forward": CARRIED_IN,
    "carried_forward": CARRIED_OUT,
    "received": RECEIVED,
    "handled": HANDLED,
    "processed": PROCESSED,
    "channel": CHANNEL,
    "unfinished": UNFINISHED,
    "newly_received": rf"新(?=收|受理|接|增)|不含(?={CARRIED_IN})",
    "due": "[应需]办(?:理|结)?",
    "carried": "结转(?:的)?",
    "disclosure_of_information": r"政府信息公开(?:工作|类|方面|领域)?|信息公开(?:工作|类|方面)?",
    "verb_of_dispute": r"发生|涉及|引发|引起|被(?:申请|提起|提出)?|提起|审结|未经复议|直接起诉|复议后起诉|经复议后?",
    "concluded": r"(?<!未)审结",
}


@lru_cache(maxsize=8)
def _known(names: frozenset[str]) -> LazyPattern[str]:
    """A pattern of known words only.  Atomic and possessive, so that ambiguous words cause no backtracking."""
    words = sorted((*WORDS.values(), *_dispute_phrases(), *map(re.escape, names)), key=len, reverse=True)
    return regex(f"(?>{'|'.join((*words, *NOISE))})*+")


def _dispute_phrases() -> Iterator[str]:
    """How texts speak of disputes and their results, in the words of every form."""
    for layout in layouts():
        for column in dispute_columns(layout):
            for head in column.trail:
                if phrase := head.wording.phrase:
                    is_kind = head is column.trail[0]
                    yield rf"{BROUGHT}(?:政府信息公开)?(?:类)?{phrase}" if is_kind else phrase
    yield "诉讼(?:案件|案)?"  # 行政复议、诉讼


@lru_cache(maxsize=8)
def dispute_columns(layout: Layout) -> tuple[Leaf, ...]:
    """The columns of the table of disputes: the one table whose rows have no heads."""
    return tuple(entry.column for entry in address_book(layout).entries.values() if not entry.row.address)


SHORTEST_NAME = 3
CHINESE_RUN = regex(r"[一-龥]{2,}")
AUTHORITY = regex(r"(?<=.[镇乡道])(?:人民政府|政府|办事处)(?:办公室)?$")
"""What follows the name of a town or street, which is itself called so: 青山镇收到申请8件."""
PART_OF_ORGAN = regex(r"[一-龥]?[局办委处科所]")


def by_any_name(label: str, agency: str) -> str:
    """Replace the agency's name, and short forms of it, by 我局.

    A short form is a subsequence of the name that ends with its last character: 区科技局; of a town also without 政府.
    """
    if len(agency) < SHORTEST_NAME or not (agency[-1] in label or AUTHORITY.sub("", agency)[-1] in label):
        return label
    return CHINESE_RUN.sub(lambda run: _renamed(run[0], agency), label)


def names_agency(sentence: str, agency: str) -> bool:
    """Whether a sentence has the agency's name or a short form of it."""
    return by_any_name(sentence, agency) != sentence


def _renamed(run: str, agency: str) -> str:
    for name in (agency, AUTHORITY.sub("", agency)):
        at = 0
        for char in name[:-1]:
            at += run.startswith(char, at)
        if run.startswith(name[-1], at) and not PART_OF_ORGAN.match(run, at + 1):
            return f"我局{run[at + 1 :]}"
    return run


def is_understood(label: str, names: frozenset[str], agency: str = "") -> bool:
    """Whether every word of *label* is known.

    Args:
        label: part of a sentence.
        names: the form's own rows and columns.
        agency: the agency, which may be called by a short form of its name.
    """
    called = by_any_name(label, agency)
    return _is_known(called, names) and not (TERRITORY.search(called) and is_department(agency))


@lru_cache(maxsize=4096)
def _is_known(label: str, names: frozenset[str]) -> bool:
    """Cached, because the same few labels recur in most reports."""
    return _known(names).fullmatch(label) is not None


@lru_cache(maxsize=8192)
def says(word: str, label: str) -> bool:
    """Whether a label contains the word with that key in :data:`WORDS`."""
    return _pattern(word).search(label) is not None


@cache
def _pattern(word: str) -> LazyPattern[str]:
    return regex(WORDS[word])
