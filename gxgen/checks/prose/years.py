"""Place every year that the text names, and find those that do the work of the report year (N-10).

An earlier year stands rightly in a comparison, a title, a document number, the date of an event, what was carried
over, or the problems of last year.  It does the work of the report year where it dates the report, its period or
what the agency did all year; so does the report year in a plan.  Every spelling of a year is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gxgen.checks.prose.claims import finding_at, texts
from gxgen.checks.wording import YearDiffers
from gxgen.compute import Completed
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.core.regex import regex

NUMERALS = {
    **{char: str(digit) for digit, char in enumerate("０１２３４５６７８９")},
    **{char: str(digit) for digit, char in enumerate("〇一二三四五六七八九")},
    **dict.fromkeys("○零ＯO", "0"),
}
"""Characters that stand for a digit in years."""
DIGIT = f"[0-9{''.join(NUMERALS)}]"
YEAR = regex(rf"[2２二](?<!\d.) ?[0０〇○零ＯO] ?{DIGIT} ?{DIGIT} ?年")
DOTTED_PERIOD = regex(
    r"(20\d\d)(?<!\d.{4})[.\-/]0?1[.\-/]0?1\s?(?:日)?(?:起)?(?:至|到|—{1,2}|－|-|~|～|–)\s?(?:(20\d\d)[.\-/])?12[.\-/]31"
)

# A text is judged in a shape of the same length, in which each year is one mark and fillers.
EARLIER, REPORTED, LATER, FILLER = "\ue000", "\ue001", "\ue002", "\ue00f"
MARK = f"[{EARLIER}{REPORTED}{LATER}]"
ANY = f"{MARK}{FILLER}{{3,12}}"
OTHER = f"[{EARLIER}{LATER}]{FILLER}{{3,12}}"
EARLIER_YEAR = f"{EARLIER}{FILLER}{{3,12}}"
REPORT_YEAR = f"{REPORTED}{FILLER}{{3,12}}"
WIDE = str.maketrans(",;:()?!０１２３４５６７８９", "，；：（）？！0123456789")

LONGEST_SENTENCE = 1_000
SENTENCE_END = regex(r"[。！？!?\n]")
LONGEST_CONTRAST = 40
ABOUT_TO_COME = regex(
    r"[将拟（(]|打算|计划|思路|工作安排|努力方向|改进措施|设想|下一?步|[转延][至到入2２二]|转[^，。]{0,4}2"
)
"""Words of which one stands in every sentence that may name the report year wrongly."""
NUMBERING = r"\s*\**(?:[（]?[一二三四五六七八九十\d]{1,3}[）、.．，：]\s?|第[一二三四五六][，、]|[一二三四五]是)?\**\s*"
CONTRAST = regex(rf"{REPORT_YEAR}(?!度?[^，。；]{{0,12}}(?:将|拟|打算))|今年|本年|当年度")

PERIOD = regex(
    rf"(?P<first>{ANY}) ?(?:0?1|一|元) ?月份?(?: ?(?:0?1|一) ?日)?(?:零时)?(?:起|开始)?，? ?"
    r"(?:至|到|—{1,2}|－|-|~|～|–|―)"
    rf" ?(?P<last>{ANY}|同年|当年)? ?(?:12|十二) ?月份?(?: ?(?:31|三十一) ?日)?"
)
OF_FIGURES = regex(r"统计|数据|期限|报告期|时限|本报告|本年度报告|所列")
PERIOD_OF_OTHER_THINGS = regex(r"清理|案卷|评查|审计|有效期|施行|实施|规划|同期|相比|抽查|梳理|档案|巡察|监测")

OF_A_REPORT = regex(r"报告|年报|现将|特将|现就")
OWN_REPORT = regex(
    rf"(?P<verb>现将|特将|现就|现公布|现发布|公布|发布|编制|编写|撰写|制作|形成)了?(?:本|我)?"
    rf"(?P<between>[^。；{EARLIER}{LATER}{REPORTED}]{{0,40}})(?P<year>{OTHER})度?(?P<rest>[^。；]{{0,40}})"
)
REPORTED_AS = regex(
    r"(?:本级|全[县区市省])?(?:政府|政务)?(?:信息)?公开(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)"
)
FOLLOWS = regex(r"[^。；]{0,30}?(?:如下|报告|公布|公开|汇报|通报|公告)")
DUTY_DONE = regex(r"已|按时|按期|及时|按规定|按要求|完成|月|督促|指导|审核|汇总|各|上年|去年|报送")
SUBJECT_REPORT = regex(
    rf"(?:^|[，：])\s*(?:本|我|此)?[一-龥]{{0,20}}?(?P<year>{OTHER})度?(?:政府|政务)信息公开(?:工作)?(?:年度)?(?:工作)?报告》?"
    r"(?=由|包括|共分|分为|的?电子版|全文|中所列|所列|中的?数据|如下)"
)
TITLE = regex(
    rf"{NUMBERING}《?(?:[一-龥]{{2,40}})?(?P<year>{OTHER})度?(?:政府|政务)信息公开(?:工作)?(?:年度)?(?:工作)?报告》?\s*"
)
HEADING = regex(
    rf"{NUMBERING}(?:[一-龥]{{2,24}}(?<![较比与和自对照实]))?(?P<year>{OTHER})度?"
    r"(?:[一-龥、]{0,20})(?:情况|做法|主要工作|工作总结|成效|工作回顾|统计|概况|概述|亮点)\s*[:：]?\s*"
)
HEADING_OF_OTHER_THINGS = regex(r"整改|考核|[预决]算|问题|要点|回头看|落实[^，]*意见|建议|提案|反馈")

RELATIVE = regex(
    rf"(?P<word>今年|本年度?|本报告年度|报告期内?|本报告期|本统计年度|去年|上一?年度?|明年|下一?年度?|次年|来年)"
    rf"[（]即?(?P<year>{ANY})"
)
RELATIVE_AFTER = regex(rf"(?P<year>{ANY})度?[（]即?(?P<word>今年|本年度?|本报告期|去年|上一?年度?|明年|下一?年度?)[）]")
UNTIL = regex(
    rf"(?:截至|截止到?|截止至)(?P<year>{OTHER})(?:底|末|年底|年末| ?(?:12|十二) ?月 ?(?:31|三十一) ?日| ?12月底)"
)
UNTIL_OF_OTHER_THINGS = regex(r"整改|清理|有效期")
CARRIED_IN = regex(rf"(?P<year>{EARLIER_YEAR})度?(?:结转|转入)(?![至到下入]|{MARK})[^，。；]{{0,20}}?\d+ ?件")
CARRIED_OUT = regex(
    rf"(?:结转|转|顺延|延)(?:至|到|入)?(?P<year>[{EARLIER}{REPORTED}]{FILLER}{{3,12}})度?(?:继续)?(?:办理|答复|处理|办结)"
)
FROM_BEFORE = regex(f"上一?年|去年|往年|{EARLIER}")

SUBJECT_BEFORE = regex(
    r"(?:^|[，：；])\s*(?:截至目前，)?(?:我|本|全|各)?[一-龥]{1,20}(?<!自)(?<!于)(?<!对)(?<!较)(?<!比)(?<!与)(?<!据)"
    r"(?<![局府会道镇乡办关位统厅县区市院]的)(?:局|政府|委员会|委|街道|街道办事处|[镇乡办厅院县区市]|办公室|机关|单位|部门|系统|处|所)在?$"
)
SHORT_SUBJECT_BEFORE = regex(
    r"(?:^|[，：；])\s*(?:我|本|全)(?:局|委|街道|[镇乡办厅院县区市]|办公室|机关|单位|系统)在?$"
)
START = regex(
    rf"(?:(?:^|[；：]){NUMBERING}|(?:^|[；：，])\s*)(?:回顾|过去的|刚刚过去的|总体来看，|总的来看，|综上，|在|全年（)?$"
)
NOT_ALL_YEAR = regex(
    r"度? ?(?:\d{1,2} ?[月.—\-－~～、至到]|[一二三四五六七八九十]{1,2}月|[底末初前后起]|以[来前后]|之[前后]|年[底末初]"
    r"|[至到和与及或—\-－~～、]|第[一二三四]季"
    r"|[上下]半年|[春夏秋冬]|版|级|届|的)"
)
NOUN = regex(
    r"度?[一-龥]{0,16}?(?:[预决]算|要点|考核|绩效|报告|年报|方案|计划|规划|测评|评估|排名|通报|目录|清单|通知|问题|不足|事项|项目"
    r"|制定的|印发的|收到的|受理的|公开的|发布的|结转|未办结|遗留|年鉴|公报|台账|办理的|制发的|同期|办法|意见|行动|任务|工程)"
)
AWARD_OR_EVENT = (
    r"被|荣获|获得?|获评|评为|入选|列为|成立|组建|合并|划转|更名|撤销|改革|建成|启用|上线|投入使用|印发|出台|修订|制定|施行|颁布|挂牌|设立|迁"
    r"|调整|建立|引入|接到|提起|起诉"
)
ALL_YEAR = (
    r"认真|深入|严格|坚持|以习近平|以党的|高度重视|紧紧|围绕|全面|持续|积极|不断|扎实|切实|着力|进一步|按照|根据|紧扣|聚焦|始终|牢牢|大力|稳步"
    r"|有序|充分|依托|通过|贯彻|主动公开|主动发布|(?:信息|政务)公开(?:工作)?[，在总取有虽]|没有|未(?:收到|发生|产生|收取|出现|受理|接到|制发|新增|曾)"
    r"|无(?:政府|依|行政|规|收|其他|需|因|被)|均已|仍存在|还存在|仍有|取得|继续|将|多措并举|健全|完善|强化|加强|规范|落实|推进|做好|依法|均未|均无"
    r"|在[^，。；]{2,40}(?:领导|指导|支持|关心|部署)下"
)
AMOUNT = (
    r"(?:公开|发布|收到|收|受理|办理|答复|办结|制发|印发|废止|召开|举办|开展|组织|更新|推送|回应|解读|编发|接受|新增|收取|刊发|报送|审核|制作|上报|录入"
    r"|回复|转载|处理|接待|维护|培训|发放|梳理|清理|提供|累计|共|共计|合计|总计|发生|产生)"
    r"[^，。；]{0,24}?\d+(?: ?[件条次篇场个份期])?"
)
WORK = regex(rf"(?P<work>{ALL_YEAR}|{AMOUNT})|(?P<event>{AWARD_OR_EVENT})")
WORK_AFTER_SUBJECT = regex(
    rf"(?:度|全年|年度内|度内|期间|内|里|间)*(?:[一-龥]{{0,8}}?)(?P<work>{AMOUNT}|未(?:收到|发生|产生|收取|制发)|没有|无(?:政府|依|行政|收)"
    r"|(?:政府信息|政务)公开(?:工作)?(?:总体|情况|有序|取得|开展|虽|主要|扎实))"
)
AFTER_YEAR = regex(r"(?:度|全年|度内|期间|间|年内)?，|无其他|未|没有")
ATTRIBUTIVE = regex(r"[一-龥]{0,10}(?:收到|公开|受理|发布|制定|印发|答复|办理|制发)的")
COUNTED_ALL_YEAR = regex(
    r"(?:度|全年)?[，,]?(?:我|本|全)?[一-龥]{0,16}?，?"
    r"(?P<work>(?:共|累计|总计)?(?:新收|收到|受理|主动公开|公开|发布|制发|答复|办结)[^，。；]{0,24}?\d+ ?[件条篇]"
    r"|未收到|未发生)"
)
NOTHING_CARRIED = regex(r"[无未]结转|没有结转|因此|故")

SUBJECT = r"[，：]?(?:我|本|全)?[一-龥]{0,16}?，?"
STALE_PLAN = regex(
    rf"(?:(?P<year>{REPORT_YEAR})度?{SUBJECT}(?:将(?:继续|进一步|重点|着力|着重|严格|认真|不断|坚持|努力|主要|从以下|从|围绕|持续|加大|加强|深入|切实|按照)"
    rf"|拟(?:从|在|采取|重点)|打算|计划(?:从|在|采取|重点|进一步)))"
)
PLAN_HEADING = regex(
    rf"{NUMBERING}(?:下一步|下步)?(?P<year>{REPORT_YEAR})度?[一-龥]{{0,10}}?(?:工作)?(?:打算|思路|工作计划|工作安排|努力方向|改进措施|工作设想)\s*[:：]?\s*"
)
NEXT_YEAR = regex(
    rf"(?:下一步|下步)(?:工作)?[，：]?(?:我局|我镇|[一-龥]{{0,10}})?，?(?:在)?(?P<year>{REPORT_YEAR})度?，?"
)
PLAN_OF_BEFORE = regex(rf"提出|年初|去年|上年|承诺|纳入|列入|列为|作为|{EARLIER}")


class Mention(NamedTuple):
    """A year in a text, in any spelling."""

    start: int
    end: int
    year: int


class Question(NamedTuple):
    """A phrase that names another year than the one expected."""

    start: int
    end: int
    at: int
    """Offset of the year."""
    expected: int

    def moved(self, by: int) -> Question:
        """The same question, further on by so many characters."""
        return Question(self.start + by, self.end + by, self.at + by, self.expected)


def mentions(text: str) -> list[Mention]:
    """Every year that a text names with 年."""
    return [Mention(*found.span(), _number(found[0])) for found in YEAR.finditer(text)]


def _number(spelled: str) -> int:
    return int("".join(NUMERALS.get(char, char) for char in spelled if char not in " 年"))


def years_named(completed: Completed) -> Iterator[Finding]:
    """No other year does the work of the report year, and the report year none of the next (N-10)."""
    year = completed.report.year
    for place, text in texts(completed):
        for asked in sorted(questions(text, year)):
            differs = YearDiffers(text[asked.start : asked.end], year, asked.expected)
            yield finding_at(completed, place, (asked.start, asked.end), codes.TEXT_YEAR, differs)


def questions(text: str, year: int) -> Iterator[Question]:
    """The phrases of a text to ask about, one for a year."""
    for found in DOTTED_PERIOD.finditer(text) if "12.31" in text or "12-31" in text or "12/31" in text else ():
        named = [int(each) for each in found.groups() if each]
        if set(named) != {year} and not named[0] < named[-1] == year:
            yield Question(*found.span(), found.start(), year)
    for start, end, here in _sentences(text):
        if any(mention.year != year for mention in here) or ABOUT_TO_COME.search(text, start, end):
            sentence = _shape(text, start, end, here, year)
            years = {mention.start - start: mention.year for mention in here}
            asked: set[int] = set()
            for question in _of_sentence(sentence, _following(text, end, year), years, year):
                if question.at not in asked:
                    asked.add(question.at)
                    yield question.moved(start)


def _sentences(text: str) -> Iterator[tuple[int, int, list[Mention]]]:
    """The sentences that name years, without those that are too long: where they begin and end, and the years."""
    named = mentions(text)
    at = 0
    while at < len(named):
        start, end = _sentence_around(text, named[at].start)
        first = at
        while at < len(named) and named[at].start < end:
            at += 1
        if end - start <= LONGEST_SENTENCE:
            yield start, end, named[first:at]


def _following(text: str, end: int, year: int) -> str:
    """The shape of the beginning of the next sentence, if it is of the same paragraph."""
    if not text.startswith("。", end):
        return ""
    next_end = min(_end(text, end + 1), end + LONGEST_CONTRAST)
    named = [Mention(*found.span(), _number(found[0])) for found in YEAR.finditer(text, end + 1, next_end)]
    return _shape(text, end + 1, next_end, named, year)


def _sentence_around(text: str, at: int) -> tuple[int, int]:
    """The sentence around an offset; where it begins further off than the longest one, it is too long."""
    earliest = max(at - LONGEST_SENTENCE - 1, 0)
    start = max(text.rfind(mark, earliest, at) for mark in "。！？!?\n") + 1
    return start or earliest, _end(text, at)


def _end(text: str, start: int) -> int:
    found = SENTENCE_END.search(text, start, start + LONGEST_SENTENCE + 1)
    return found.start() if found else min(len(text), start + LONGEST_SENTENCE + 1)


def _shape(text: str, start: int, end: int, named: list[Mention], year: int) -> str:
    """Part of a text with its years as marks and its punctuation wide, of the same length."""
    pieces = list[str]()
    for mention in named:
        mark = EARLIER if mention.year < year else LATER if mention.year > year else REPORTED
        pieces += (text[start : mention.start], mark, FILLER * (mention.end - mention.start - 1))
        start = mention.end
    return "".join((*pieces, text[start:end])).translate(WIDE)


def _of_sentence(sentence: str, following: str, years: dict[int, int], year: int) -> Iterator[Question]:
    yield from _relative(sentence, years, year)
    if REPORTED in sentence:
        yield from _plans(sentence, year)
    if "转" in sentence or "延" in sentence:
        yield from _carried(sentence, years, year)
    yield from _periods(sentence, years, year)
    if EARLIER in sentence or LATER in sentence:
        yield from _own_reports(sentence, year)
        yield from _statements(sentence, following, years, year)


def _relative(sentence: str, years: dict[int, int], year: int) -> Iterator[Question]:
    """今年（2022年）, 上年（2021年）: the two name different years."""
    for pattern in (RELATIVE, RELATIVE_AFTER) if "（" in sentence else ():
        for found in pattern.finditer(sentence):
            word = found["word"]
            expected = year - 1 if word[0] in "去上" else year + 1 if word[0] in "明下次来" else year
            if years[found.start("year")] != expected:
                yield Question(found.start(), found.end(), found.start("year"), expected)


def _plans(sentence: str, year: int) -> Iterator[Question]:
    """The report year as the time of what will be done."""
    heading = PLAN_HEADING.fullmatch(sentence)
    if heading:
        yield Question(heading.start("year"), heading.end(), heading.start("year"), year + 1)
    for pattern in (STALE_PLAN, NEXT_YEAR):
        for found in pattern.finditer(sentence):
            if not PLAN_OF_BEFORE.search(sentence):
                yield Question(found.start(), found.end(), found.start("year"), year + 1)


def _carried(sentence: str, years: dict[int, int], year: int) -> Iterator[Question]:
    """Applications carried over from before last year, or to a year that is over."""
    for found in CARRIED_IN.finditer(sentence):
        if years[found.start("year")] < year - 1 and not CONTRAST.search(sentence):
            yield Question(found.start(), found.end(), found.start("year"), year - 1)
    for found in CARRIED_OUT.finditer(sentence):
        if not FROM_BEFORE.search(sentence, 0, found.start()):
            yield Question(found.start(), found.end(), found.start("year"), year + 1)


def _periods(sentence: str, years: dict[int, int], year: int) -> Iterator[Question]:
    """A whole year, or several, that do not end with the report year."""
    for found in PERIOD.finditer(sentence):
        named = [years[found.start(group)] for group in ("first", "last") if found.start(group) in years]
        if set(named) == {year} or named[0] < named[-1] == year:
            continue
        of_figures = OF_FIGURES.search(sentence)
        if not of_figures and (
            PERIOD_OF_OTHER_THINGS.search(sentence)
            or named[0] < named[-1]
            or CONTRAST.search(sentence[: found.start()] + sentence[found.end() :])
        ):
            continue
        wrong = next(group for group in ("first", "last") if years.get(found.start(group), year) != year)
        yield Question(found.start(), found.end(), found.start(wrong), year)


def _own_reports(sentence: str, year: int) -> Iterator[Question]:
    """The report itself, under the name of another year."""
    for found in OWN_REPORT.finditer(sentence) if OF_A_REPORT.search(sentence) else ():
        rest, verb = found["rest"], found["verb"]
        if verb in ("现将", "特将", "现就"):
            end = FOLLOWS.match(rest)
        else:
            end = REPORTED_AS.match(rest)
            before = sentence[max(found.start() - 30, 0) : found.start()] + found["between"]
            if verb not in ("现公布", "现发布") and DUTY_DONE.search(before):
                continue
        if end:
            yield Question(found.start(), found.start("rest") + end.end(), found.start("year"), year)
    title = TITLE.fullmatch(sentence)
    titles = (title,) if title and not DUTY_DONE.search(sentence) else ()
    for named in (*SUBJECT_REPORT.finditer(sentence), *titles):
        yield Question(named.start("year"), named.end(), named.start("year"), year)


def _statements(sentence: str, following: str, years: dict[int, int], year: int) -> Iterator[Question]:
    """What the agency did, or had not to do, in another year as if it were the report's."""
    heading = HEADING.fullmatch(sentence)
    if heading and not HEADING_OF_OTHER_THINGS.search(sentence):
        yield Question(heading.start("year"), heading.end(), heading.start("year"), year)
    for at, named in years.items():
        if named == year:
            continue
        end = at + 1
        while sentence.startswith(FILLER, end):
            end += 1
        if CONTRAST.search(sentence, end) or CONTRAST.match(following.lstrip()):
            continue
        until = UNTIL.search(sentence, max(at - 4, 0), end + 12)
        if until and until.start("year") == at and not UNTIL_OF_OTHER_THINGS.search(sentence):
            yield Question(until.start(), until.end(), at, year)
        elif (worked := _work(sentence, at, end, is_later=named > year)) is not None:
            yield Question(at, worked, at, year)


def _work(sentence: str, at: int, end: int, *, is_later: bool) -> int | None:
    """Where the words end that say what was done all through the year, or None."""
    if NOT_ALL_YEAR.match(sentence, end) or NOTHING_CARRIED.search(sentence, end):
        return None
    before = sentence[max(at - 40, 0) : at]
    is_start = START.search(before) is not None and (at <= 40 or "，" in before or "；" in before or "：" in before)
    if is_later:
        found = COUNTED_ALL_YEAR.match(sentence, end) if is_start else None
        return found.end("work") if found else None
    if is_start:
        head = sentence[end : end + 80]
        has_comma = AFTER_YEAR.match(head) is not None
        if not has_comma and (NOUN.match(head) or ATTRIBUTIVE.match(head)):
            return None
        clauses = "，".join(head.split("，")[:3])
        found = WORK.search(clauses)
        return end + found.end() if found and found["work"] else None
    if SUBJECT_BEFORE.search(before) or SHORT_SUBJECT_BEFORE.search(before):
        found = WORK_AFTER_SUBJECT.match(sentence, end)
        return found.end("work") if found and not ATTRIBUTIVE.match(sentence, end) else None
    return None
