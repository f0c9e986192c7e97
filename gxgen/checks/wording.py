"""The words of what the checks find: the facts of each kind of finding, and one method for each audience.

A check decides that something is wrong and states the facts; every sentence stands here.  What is the same for the
clerk, the supervisor of published reports and the keeper of a template pack is worded once, as `for_clerk`.
Remedies that depend on no fact stand with the codes.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from gxgen.core.findings import Parameters, Words
from gxgen.model import printed
from gxgen.spec import YUAN_IN_TEN_THOUSAND

TEN_THOUSANDS_IN_YI = 10_000
"""万元 in 1 亿元."""


class LabelledCount(NamedTuple):
    """A figure and its label."""

    label: str
    number: int

    def __str__(self) -> str:
        """「本年制发件数」9; a negative number in brackets, since signs stand before some."""
        return f"「{self.label}」（{self.number}）" if self.number < 0 else f"「{self.label}」{self.number}"


def _joined(labelled_counts: tuple[LabelledCount, ...]) -> str:
    return " + ".join(map(str, labelled_counts))


def _total(labelled_counts: tuple[LabelledCount, ...]) -> int:
    return sum(each.number for each in labelled_counts)


# Tables


class TotalDiffers(Parameters, frozen=True):
    """A total that is given is not the one computed."""

    label: str
    given: str
    computed: int
    difference: int
    cause: str = ""
    """A clause that begins with a comma."""

    def for_clerk(self) -> Words:
        """The total was typed."""
        return Words(self._message("填写"), "核对各分项；总计由程序计算，也可以删去手填的数字")

    def for_supervisor(self) -> Words:
        """The total is printed."""
        return Words(self._message("印的是"))

    def _message(self, verb: str) -> str:
        return f"{self.label}{verb} {self.given}，由各分项算得 {self.computed}，相差 {self.difference}{self.cause}"


class Imbalance(Parameters, frozen=True):
    """The two sides of a 勾稽关系 are not equal in a column."""

    column: str
    left: tuple[LabelledCount, ...]
    right: tuple[LabelledCount, ...]
    rows: tuple[str, ...]
    """The rows to look at, as one says them."""
    cause: str = ""

    def for_clerk(self) -> Words:
        """Both sides, spelled out."""
        by = abs(_total(self.left) - _total(self.right))
        return Words(
            f"「{self.column}」列的勾稽关系不成立：{self._side(self.left)}，{self._side(self.right)}，"
            f"相差 {by}{self.cause}",
            f"核对这一列的{'、'.join(self.rows)}",
        )

    @staticmethod
    def _side(side: tuple[LabelledCount, ...]) -> str:
        return f"{' + '.join(f'{label} {number}' for label, number in side)} = {_total(side)}"


class OutOfBounds(Parameters, frozen=True):
    """Figures of a line are larger than others allow."""

    line: str
    of: tuple[LabelledCount, ...]
    """Empty for figures that must not add up to less than 0."""
    within: tuple[LabelledCount, ...]

    def for_clerk(self) -> Words:
        """Both sums and their difference."""
        if not self.of:
            return Words(f"{self.line}的{self._side(self.within)}，小于 0")
        return Words(
            f"{self.line}的{self._side(self.of)}，大于{self._side(self.within)}，"
            f"相差 {_total(self.of) - _total(self.within)}，请核对"
        )

    @staticmethod
    def _side(side: tuple[LabelledCount, ...]) -> str:
        return f"{_joined(side)} = {_total(side)}" if len(side) > 1 else _joined(side)


class LooksLikeYuan(Parameters, frozen=True):
    """An amount in 万元 that is more likely one in 元."""

    label: str
    amount: Decimal

    def for_clerk(self) -> Words:
        """The amount, and what it would be."""
        converted = printed((self.amount / YUAN_IN_TEN_THOUSAND).normalize())
        return Words(
            f"{self.label}填写 {printed(self.amount)}，合 {printed(self.amount // TEN_THOUSANDS_IN_YI)} 亿元；"
            "是不是把元当成了万元？",
            f"如果填写的是元，应除以 {YUAN_IN_TEN_THOUSAND}，写成 {converted}",
        )


class UnlikeLastYear(Parameters, frozen=True):
    """A figure is many times last year's, or a fraction of it."""

    label: str
    figure: Decimal
    last_year: int
    before: Decimal

    def for_clerk(self) -> Words:
        """Both figures."""
        return Words(
            f"{self.label} {printed(self.figure)}，{self.last_year}年是 {printed(self.before)}，相差悬殊；"
            "是不是多写或少写了 0，或者填错了单位？",
            "对照台账核对；数字确实这样，可以不改，或写明理由豁免",
        )

    def for_supervisor(self) -> Words:
        """The same, to be asked of the agency."""
        return Words(self.for_clerk().message, "请报告机关对照台账核对")


class LegislationReported(Parameters, frozen=True):
    """An agency that cannot make 规章 reports some."""

    row: str
    cells: tuple[tuple[str, str], ...]
    """Column and figure, as printed."""
    agency: str

    def for_clerk(self) -> Words:
        """The figures, and the question."""
        shown = "、".join(f"「{column}」{figure}" for column, figure in self.cells)
        return Words(f"「{self.row}」行填写了{shown}；{self.agency}有权制定规章吗？")


# The year before


class CarriedOverDiffers(Parameters, frozen=True):
    """A figure is not what last year's report and this year's changes make it."""

    line: str
    figure: LabelledCount
    year: int
    last_year: tuple[LabelledCount, ...]
    plus: tuple[LabelledCount, ...]
    minus: tuple[LabelledCount, ...]
    cause: str = ""

    def for_clerk(self) -> Words:
        """The figure, the steps to the one expected, and the difference."""
        expected = _total(self.last_year) + _total(self.plus) - _total(self.minus)
        steps = [
            f"{self.year - 1}年报告的{_joined(self.last_year)}",
            *(f"加{self.year}年的{each}" for each in self.plus),
            *(f"减{self.year}年的{each}" for each in self.minus),
        ]
        if len(self.last_year) > 1 or len(steps) > 1:
            steps.append(f"应为 {expected}")
        by = abs(self.figure.number - expected)
        return Words(f"{self.line}的{self.figure}；{'，'.join(steps)}，相差 {by}{self.cause}，请核对")


# The report as a whole


class WrongForm(Parameters, frozen=True):
    """The form is not that of the report's year; forms are given as their name and circular."""

    year: int
    used: tuple[str, str]
    right: tuple[str, str] | None
    """None for a year that has no form."""

    def for_clerk(self) -> Words:
        """The form used, and the right one."""
        used = f"{self.used[0]} 版（{self.used[1]}）"
        if self.right is None:
            return Words(f"{self.year}年没有对应的版式，报告用的是 {used}")
        return Words(f"{self.year}年的报告应当用 {self.right[0]} 版（{self.right[1]}），用的却是 {used}")


class HeadingMissing(Parameters, frozen=True):
    """An official section is not there."""

    heading: str

    def for_clerk(self) -> Words:
        """Its heading."""
        return Words(f"缺少「{self.heading}」")


class HeadingExtra(Parameters, frozen=True):
    """A section that the form does not have."""

    heading: str
    official: int
    """Sections of the form."""

    def for_clerk(self) -> Words:
        """Its heading."""
        return Words(f"多出「{self.heading}」，规定的只有 {self.official} 个部分")


class HeadingDiffers(Parameters, frozen=True):
    """A heading is in none of its official wordings."""

    heading: str
    official: str

    def for_clerk(self) -> Words:
        """Both headings."""
        return Words(f"标题「{self.heading}」与规定的不符，应是「{self.official}」")


class OrderDiffers(Parameters, frozen=True):
    """The sections stand in another order than the official one."""

    official: tuple[str, ...]

    def for_clerk(self) -> Words:
        """The official order."""
        return Words(f"各部分的顺序与规定的不符，应依次是：{'、'.join(self.official)}")


class PublishedEarly(Parameters, frozen=True):
    """The date of publication is before the end of the year."""

    published: date
    year: int

    def for_clerk(self) -> Words:
        """The date and the year."""
        return Words(f"公布日期 {_spoken(self.published)}早于{self.year}年年底，这一年的统计期还没有结束")


class PublishedLate(Parameters, frozen=True):
    """The date of publication is after the deadline."""

    published: date
    year: int
    deadline: date
    whose: str
    """部门, 政府, or 最晚 where the agency is not known."""

    def for_clerk(self) -> Words:
        """The date, the delay and the deadline."""
        late = (self.published - self.deadline).days
        return Words(
            f"公布日期 {_spoken(self.published)}，晚了 {late} 天：{self.year}年的报告，"
            f"{self.whose}应在{_spoken(self.deadline)}前公布"
        )


def _spoken(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


class SectionEmpty(Parameters, frozen=True):
    """A section that is narrative only has none."""

    heading: str
    key: str

    def for_clerk(self) -> Words:
        """The heading, and where to write."""
        message = f"「{self.heading}」没有文字，报告中这一部分只有标题"
        return Words(message, f'在 [narrative] 中写 {self.key} = """……"""')


class SectionSaysNothing(Parameters, frozen=True):
    """A section that is narrative only says 无 or the like."""

    heading: str
    text: str

    def for_clerk(self) -> Words:
        """The heading and what it says."""
        return Words(f"「{self.heading}」只写了「{self.text}」，是否还没有写完？", "如实写明情况")


class TopicsMissing(Parameters, frozen=True):
    """总体情况 goes topic by topic and leaves some out."""

    heading: str
    topics: tuple[str, ...]

    def for_clerk(self) -> Words:
        """The topics."""
        message = f"「{self.heading}」没有写到{'、'.join(self.topics)}"
        return Words(message, "补写这一方面的情况；没有相关工作也应说明")


# Texts


class NumberDiffers(Parameters, frozen=True):
    """A number in the text is not one that the tables give."""

    name: str
    stated: str
    """With its unit."""
    figures: tuple[str, ...]
    """All that would be right."""
    unit: str = ""
    """Of the figures, where it has to be said."""

    def for_clerk(self) -> Words:
        """Both numbers."""
        figures = " 或 ".join(self.figures) + (f" {self.unit}" if self.unit else "")
        return Words(
            f"正文写{self.name} {self.stated}，表中是 {figures}，请核对",
            "改正文字或表中的数字；如果说的不是全机关的数，可不改",
        )


class DeniedWrongly(Parameters, frozen=True):
    """The text says that there was none of what the tables have."""

    phrase: str
    figures: tuple[str, ...]
    """With their names and units."""

    def for_clerk(self) -> Words:
        """The phrase and the figures."""
        message = f"正文写「{self.phrase}」，表中有{'、'.join(self.figures)}，请核对"
        return Words(message, "改正文字或表中的数字")


class SumDiffers(Parameters, frozen=True):
    """Parts after 其中 do not add up to their total."""

    total: Decimal
    unit: str
    parts: tuple[Decimal, ...]
    added_up: Decimal

    def for_clerk(self) -> Words:
        """The sum, spelled out."""
        parts = " + ".join(map(str, self.parts))
        return Words(
            f"正文写共 {self.total} {self.unit}，其后各项 {parts} = {self.added_up}，"
            f"相差 {abs(self.added_up - self.total)}，请核对",
            "改正总数或其中一项",
        )


class PercentageDiffers(Parameters, frozen=True):
    """A percentage is not that of the numbers beside it."""

    stated: Decimal
    part: Decimal
    whole: Decimal
    computed: Decimal

    def for_clerk(self) -> Words:
        """The division."""
        return Words(
            f"正文写占 {self.stated}%，{self.part} ÷ {self.whole} 算得 {self.computed}%，请核对",
            "改正百分比或前面的数字",
        )


class FeeExceeds(Parameters, frozen=True):
    """信息处理费 in the text, in 元, is more than the amount of the table that it is part of."""

    yuan: Decimal
    label: str
    amount: str
    """With its unit."""

    def for_clerk(self) -> Words:
        """Both amounts."""
        return Words(
            f"正文写收取信息处理费 {self.yuan} 元，表中{self.label}是 {self.amount}，请核对",
            "信息处理费计入行政事业性收费，表中的金额不应更小",
        )


class YearDiffers(Parameters, frozen=True):
    """The text names another year than the report's."""

    phrase: str
    year: int
    expected: int
    """The year in its place: of a plan, the next one."""

    def for_clerk(self) -> Words:
        """The phrase, and the year of the report."""
        message = f"正文写「{self.phrase}」，这是 {self.year} 年的报告，是否是上年的文字？"
        return Words(message, f"改为 {self.expected} 年；说的确是那一年的事，可不改")


class TextDamaged(Parameters, frozen=True):
    """Words that lost something, or that a template left."""

    words_found: str
    problem: str

    def for_clerk(self) -> Words:
        """The words and what is wrong with them."""
        return Words(f"「{self.words_found}」：{self.problem}，请核对", "补全或删去")


class StrayMark(Parameters, frozen=True):
    """A mark for bold or for a quotation that missed its form."""

    mark: str

    def for_clerk(self) -> Words:
        """It would be printed."""
        return Words(
            f"「{self.mark}」会原样印出",
            "加粗写成 **文字**，两边各两个半角星号；引用数字写成半角 {{ 名称 }}",
        )

    def for_supervisor(self) -> Words:
        """It was printed."""
        return Words(f"「{self.mark}」是没有起作用的记号，原样印了出来")
