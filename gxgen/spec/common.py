"""The parts of the form that more than one circular prescribes in the same words.

Source: 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号, annexes.
"""

from __future__ import annotations

from gxgen.core import codes
from gxgen.spec.vocabulary import (
    Address,
    Balance,
    Bound,
    Carry,
    Crosstab,
    Head,
    Section,
    Table,
    Topic,
    Wording,
    group,
    leaf,
    total,
)

TITLE = "{year}年政府信息公开工作年度报告"

KEY_FIGURES: tuple[Address, ...] = (
    "requests.received.total",
    "requests.outcome.total.total",
    "requests.carried_forward.total",
    "reconsideration.total",
    "litigation.direct.total",
    "litigation.after_reconsideration.total",
)

UNNAMED = Wording(names=())
"""Of rows and columns that are called 其他: texts say that of too many things."""
ISSUED = r"(?:新?(?:制发|制定(?:并?(?:印发|出台|发布))?|出台|印发))"
CREATED = r"(?:新?(?:制作|制发|制定(?:并?(?:印发|出台|发布))?|出台))"
DOCUMENTS = Wording(names=("规范性文件",))
DECISIONS = Wording(noun="处理决定")

APPLICANTS = group(
    "申请人情况",
    leaf("individual", "自然人", wording=Wording(names=("自然人", "个人", "公民"))),
    group(
        "法人或其他组织",
        leaf("business", "商业企业", wording=Wording(loose_names=("企业",))),
        leaf("research", "科研机构", "科研企业", wording=Wording(names=("科研机构",))),
        leaf(
            "public_welfare",
            "社会公益组织",
            "社会组织",
            wording=Wording(names=("社会公益组织",), loose_names=("社会组织",)),
        ),
        leaf("legal_services", "法律服务机构", wording=Wording(loose_names=("律师事务所",))),
        leaf("other", "其他", wording=UNNAMED),
    ),
    total(),
)

VERDICTS = (
    leaf("upheld", "结果维持", wording=Wording(phrase=r"(?:结果)?(?:被)?维持(?:原行政行为|原决定)?")),
    leaf("corrected", "结果纠正", wording=Wording(phrase=r"(?:结果)?(?:被)?纠正")),
    leaf("other", "其他结果", wording=Wording(phrase="其他结果|其他$")),
    leaf("pending", "尚未审结", wording=Wording(phrase=r"尚未审结|未审结|正在审理", is_pending=True)),
    total(),
)

REFUSED = group(
    "（三）不予公开",
    leaf(
        "state_secret",
        "1.属于国家秘密",
        wording=Wording(
            names=(
                "属于国家秘密",
                "涉及国家秘密",
                "涉国家秘密",
                "国家秘密",
            )
        ),
    ),
    leaf(
        "forbidden_by_law",
        "2.其他法律行政法规禁止公开",
        wording=Wording(
            names=(
                "其他法律行政法规禁止公开",
                "法律行政法规禁止公开",
                "法律、行政法规禁止公开",
            )
        ),
    ),
    leaf(
        "public_safety",
        "3.危及“三安全一稳定”",
        wording=Wording(
            names=(
                "危及“三安全一稳定”",
                "“三安全一稳定”",
                "三安全一稳定",
            )
        ),
    ),
    leaf(
        "third_party",
        "4.保护第三方合法权益",
        wording=Wording(
            names=(
                "保护第三方合法权益",
                "第三方合法权益",
            )
        ),
    ),
    leaf(
        "internal_affairs",
        "5.属于三类内部事务信息",
        wording=Wording(
            names=(
                "属于三类内部事务信息",
                "三类内部事务信息",
                "内部事务信息",
            )
        ),
    ),
    leaf(
        "deliberation",
        "6.属于四类过程性信息",
        wording=Wording(
            names=(
                "属于四类过程性信息",
                "四类过程性信息",
                "过程性信息",
            )
        ),
    ),
    leaf(
        "enforcement_file",
        "7.属于行政执法案卷",
        wording=Wording(
            names=(
                "属于行政执法案卷",
                "行政执法案卷",
                "执法案卷",
            )
        ),
    ),
    leaf(
        "inquiry",
        "8.属于行政查询事项",
        wording=Wording(
            names=(
                "属于行政查询事项",
                "行政查询事项",
                "行政查询",
            )
        ),
    ),
    key="refused",
    wording=Wording(names=("不予公开", "不公开", "不同意公开")),
)

UNAVAILABLE = group(
    "（四）无法提供",
    leaf(
        "not_held",
        "1.本机关不掌握相关政府信息",
        wording=Wording(
            names=(
                "本机关不掌握相关政府信息",
                "不掌握相关政府信息",
                "不掌握相关信息",
                "本机关不掌握",
                "不掌握",
                "政府信息不存在",
                "信息不存在",
            )
        ),
    ),
    leaf(
        "not_compiled",
        "2.没有现成信息需要另行制作",
        wording=Wording(
            names=(
                "没有现成信息需要另行制作",
                "没有现成信息",
                "需要另行制作",
                "需另行制作",
            )
        ),
    ),
    leaf(
        "unclear",
        "3.补正后申请内容仍不明确",
        wording=Wording(
            names=(
                "补正后申请内容仍不明确",
                "申请内容仍不明确",
                "补正后内容仍不明确",
                "补正后仍不明确",
                "申请内容不明确",
            )
        ),
    ),
    key="unavailable",
    wording=Wording(names=("无法提供", "无法公开", "不能提供")),
)

NOT_HANDLED = group(
    "（五）不予处理",
    leaf(
        "petition",
        "1.信访举报投诉类申请",
        wording=Wording(
            names=(
                "信访举报投诉类申请",
                "信访举报投诉类",
                "信访、举报、投诉类申请",
                "信访、举报、投诉类",
                "信访举报类申请",
                "信访类申请",
            )
        ),
    ),
    leaf("repeated", "2.重复申请"),
    leaf(
        "publication",
        "3.要求提供公开出版物",
        wording=Wording(
            names=(
                "要求提供公开出版物",
                "公开出版物",
            )
        ),
    ),
    leaf(
        "excessive",
        "4.无正当理由大量反复申请",
        wording=Wording(
            names=(
                "无正当理由大量反复申请",
                "大量反复申请",
            )
        ),
    ),
    leaf("certification", "5.要求行政机关确认或重新出具已获取信息"),
    key="not_handled",
)


def requests_table(otherwise: Head) -> Table:
    """The table of 三, given its （六）其他处理: the only part in which the circulars differ."""
    outcome = group(
        "三、本年度办理结果",
        leaf(
            "granted",
            "（一）予以公开",
            wording=Wording(
                names=("予以公开", "同意公开", "准予公开", "决定公开", "全部公开"),
                can_be_denied=False,
                covers=("partly_granted",),
            ),
        ),
        leaf(
            "partly_granted",
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            wording=Wording(
                names=("部分公开", "予以部分公开", "部分予以公开", "同意部分公开", "区分处理后公开", "区分处理公开")
            ),
        ),
        REFUSED,
        UNAVAILABLE,
        NOT_HANDLED,
        otherwise,
        total("（七）总计"),
        key="outcome",
    )
    block = Crosstab(
        key="requests",
        corner="（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        columns=(APPLICANTS,),
        rows=(
            leaf("received", "一、本年新收政府信息公开申请数量"),
            leaf("brought_forward", "二、上年结转政府信息公开申请数量"),
            outcome,
            leaf("carried_forward", "四、结转下年度继续办理"),
        ),
        balances=(
            Balance(
                left=("requests.received", "requests.brought_forward"),
                right=("requests.outcome.total", "requests.carried_forward"),
            ),
        ),
        carries=(Carry(codes.BROUGHT_FORWARD, "requests.brought_forward", last_year=("requests.carried_forward",)),),
    )
    return Table((block,))


def disclosure_item(
    caption: str,
    columns: tuple[Head, ...],
    *rows: Head,
    bounds: tuple[Bound, ...] = (),
    carries: tuple[Carry, ...] = (),
) -> Crosstab:
    """One 第二十条第（N）项 of the table of 二."""
    return Crosstab(columns, rows, key="disclosure", caption=caption, corner="信息内容", bounds=bounds, carries=carries)


DISPUTES_TABLE = Table(
    (
        Crosstab(
            columns=(
                group(
                    "行政复议", *VERDICTS, key="reconsideration", wording=Wording(phrase=r"行政复议(?:案件|申请|案)?")
                ),
                group(
                    "行政诉讼",
                    group(
                        "未经复议直接起诉",
                        *VERDICTS,
                        key="direct",
                        wording=Wording(phrase=r"(?:未经复议)?直接(?:起诉|提起(?:行政)?诉讼)"),
                    ),
                    group(
                        "复议后起诉",
                        *VERDICTS,
                        key="after_reconsideration",
                        wording=Wording(phrase=r"(?:经)?复议后(?:又)?(?:起诉|提起(?:行政)?诉讼)"),
                    ),
                    key="litigation",
                    wording=Wording(phrase=r"行政诉讼(?:案件|案)?"),
                ),
            ),
        ),
    )
)


def sections(disclosure: Table, requests: Table) -> tuple[Section, ...]:
    """The six sections of the report, given the two tables that each circular draws anew."""
    return (
        Section(
            "overview",
            "一、总体情况",
            topics=(
                Topic("active", "主动公开", ("主动公开", "公开信息", "公开政府信息", "发布信息", "公开各类")),
                Topic("on_request", "依申请公开", ("申请",), about="requests"),
                Topic("management", "政府信息管理", ("管理", "制度", "审查", "领导小组", "机制", "规范")),
                Topic(
                    "platform",
                    "政府信息公开平台建设",
                    ("平台", "网站", "公众号", "微博", "专栏", "新媒体", "公开栏"),
                ),
                Topic("supervision", "监督保障", ("监督", "考核", "培训", "评议", "检查", "责任", "督促")),
            ),
        ),
        Section("disclosure", "二、主动公开政府信息情况", table=disclosure),
        Section("requests", "三、收到和处理政府信息公开申请情况", table=requests),
        Section(
            "disputes",
            "四、政府信息公开行政复议、行政诉讼情况",
            (
                "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
                "政府信息公开行政复议和行政诉讼情况",
            ),
            table=DISPUTES_TABLE,
        ),
        Section(
            "problems",
            "五、存在的主要问题及改进情况",
            ("政府信息公开工作存在的主要问题及改进情况", "存在问题及改进情况"),
            nonstandard_variants=("存在的主要问题及改进措施", "政府信息公开工作存在的主要问题及改进措施"),
        ),
        Section("other", "六、其他需要报告的事项", default="无"),
    )
