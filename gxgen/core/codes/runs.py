"""Codes of writing files, and of runs over many reports."""

from __future__ import annotations

from gxgen.core.findings import Code, Severity

__all__ = ["CHANGED", "INTERNAL", "OUTPUT", "SAME_OUTPUT", "WORKER_DIED"]

E = Severity.ERROR

OUTPUT = Code(
    "E601",
    E,
    "写不出文件",
    "输出的文件夹须能写入，同名文件不能正被 Word 或 WPS 打开。",
    "关闭文件或换一个文件夹后再运行。",
)
SAME_OUTPUT = Code(
    "E602",
    E,
    "两份报告同名",
    "输出以报告标题命名，同一文件夹里标题相同的报告会互相覆盖。",
    "改正机关名称，或用 title 另定标题。",
)
WORKER_DIED = Code(
    "E603",
    E,
    "制作中途进程被终止",
    "制作这份报告的进程被系统终止了两次，多半是内存不足；别的报告不受影响。",
    "关闭别的程序，或用 -j 1 再运行一次；没有改动的报告不会重做。",
)
CHANGED = Code(
    "E604",
    E,
    "运行当中数据文件被改动",
    "报告的标题与开始时读到的不同；按新标题写出可能盖掉别的报告，所以没有写。",
    "保存好数据文件，再运行一次。",
)
INTERNAL = Code(
    "E605",
    E,
    "程序自己出错",
    "gxgen 没有料到的情况，不是数据文件的错；别的报告不受影响。",
    "请把这条信息和数据文件发给 gxgen 的维护者。",
)
