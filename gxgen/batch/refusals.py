"""What a pack wants of a form and cannot have, in words for its keeper."""

from __future__ import annotations

from gxgen.findings import Finding
from gxgen.packs import Pack, SettingPath
from gxgen.spec.amendments import Reason, Refusal

ANOTHER = "换一个表上没有的；表上规定的行不能删去，也不能改名"


def worded(pack: Pack, refusal: Refusal) -> Finding:
    """The finding for one thing that cannot be added, where the pack writes it."""
    setting, at_key = _setting(refusal)
    return pack.finding(setting, *_words(pack, refusal), at_key=at_key)


def _setting(refusal: Refusal) -> tuple[SettingPath, bool]:
    """The setting that is at fault, and whether its key is rather than its value."""
    which = refusal.which
    match refusal.reason:
        case Reason.NO_SUCH_ROW | Reason.AFTER_TOTAL:
            return ("rows", which, "after"), False
        case Reason.KEY_TAKEN:
            return ("rows", which, "key"), False
        case Reason.LABEL_TAKEN:
            return ("rows", which, "label"), False
        case Reason.NO_SUCH_SECTION:
            return ("headings", which), True
        case Reason.NOT_A_VARIANT:
            return ("headings", which), False
        case Reason.NO_SUCH_PLACE:
            return ("texts", *str(which).split(".")), True


def _words(pack: Pack, refusal: Refusal) -> tuple[str, str]:
    match refusal.reason:
        case Reason.NO_SUCH_ROW:
            after = pack.rows[_number(refusal)].after
            return f"表上没有「{after}」这一行，不能在它后面加行", _nearest(after, refusal.known)
        case Reason.AFTER_TOTAL:
            return "总计是最后一行，后面不能加行", "把 after 改为总计前面的一行"
        case Reason.KEY_TAKEN:
            return f"键「{pack.rows[_number(refusal)].key}」表上已经有了", f"给加的行{ANOTHER}"
        case Reason.LABEL_TAKEN:
            return f"「{pack.rows[_number(refusal)].label}」这一行表上已经有了", f"给加的行{ANOTHER}"
        case Reason.NO_SUCH_SECTION:
            return f"报告没有「{refusal.which}」这一部分", f"可以写：{'、'.join(refusal.known)}"
        case Reason.NOT_A_VARIANT:
            wording = pack.headings[str(refusal.which)]
            return f"标题不能改为「{wording}」，也不能删去", f"可以写：{' 或 '.join(refusal.known)}"
        case Reason.NO_SUCH_PLACE:
            return f"正文没有「{refusal.which}」这一处", _nearest(str(refusal.which), refusal.known)


def _number(refusal: Refusal) -> int:
    assert isinstance(refusal.which, int), "rows are told by their numbers"
    return refusal.which


def _nearest(written: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    nearest = next(iter(get_close_matches(written, known, n=1)), "")
    return f"是否想写 {nearest}？" if nearest else f"例如 {'、'.join(known[:8])}"
