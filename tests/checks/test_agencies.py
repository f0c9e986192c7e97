"""What the name of an agency tells of it."""

from __future__ import annotations

import pytest

from gxgen.checks.agencies import cannot_make_rules, is_department

MINOR = (
    "兴庆区科学技术局",
    "云岭市澄溪区人民政府",
    "上海市浦东新区人民政府",
    "湄潭县人民政府办公室",
    "贵州省遵义市湄潭县人民政府",
    "鄂温克族自治旗人民政府",
    "阿里地区噶尔县人民政府",
    "巴马瑶族自治县教育局",
    "某某市科学技术局",
    "某某市公共资源交易中心",
    "某某市某某镇人民政府",
    "某某市某某乡政府",
    "某某街道办事处",
)
PERHAPS_NOT_MINOR = (
    "",
    "宁夏回族自治区人民政府",
    "广西壮族自治区科学技术厅",
    "贵州省人民政府办公厅",
    "深圳市人民政府",
    "镇江市人民政府",
    "景德镇市人民政府办公室",
    "新乡市人民政府",
    "萍乡市人民政府",
    "恩施土家族苗族自治州人民政府",
    "大兴安岭地区行政公署",
    "香港特别行政区政府",
    "青铜峡市人民政府",
    "某某市司法局",
    "国家税务总局某某县税务局",
    "国家市场监督管理总局",
    "海关总署",
    "农业农村部",
    "中国人民银行",
)
DEPARTMENTS = ("兴庆区科学技术局", "某某市科学技术委员会", "贵州省教育厅", "某某市国有资产监督管理委员会", "农业农村部")
NO_DEPARTMENTS = (
    "",
    "云岭市澄溪区人民政府",
    "某某镇政府",
    "某某高新技术产业开发区管委会",
    "某某经济技术开发区管理委员会",
    "某某市人民政府办公室",
    "贵州省人民政府办公厅",
    "某某街道办事处",
    "大兴安岭地区行政公署",
)


@pytest.mark.parametrize("agency", MINOR)
def test_a_body_below_a_city_and_a_bureau_are_known_by_their_names(agency: str) -> None:
    """Counties, districts, towns, their organs, and bureaus are told."""
    assert cannot_make_rules(agency)


@pytest.mark.parametrize("agency", PERHAPS_NOT_MINOR)
def test_where_the_name_does_not_tell_nothing_is_assumed(agency: str) -> None:
    """Provinces, cities, 自治州, national organs, and names that hold a word of a county by chance are left alone."""
    assert not cannot_make_rules(agency)


@pytest.mark.parametrize("agency", DEPARTMENTS)
def test_a_department_is_known_by_its_name(agency: str) -> None:
    """Bureaus, commissions, 厅 and ministries publish by 31 January."""
    assert is_department(agency)


@pytest.mark.parametrize("agency", NO_DEPARTMENTS)
def test_a_government_and_what_may_report_for_one_are_no_departments(agency: str) -> None:
    """Governments, 管委会, government offices and an unnamed agency have until 31 March."""
    assert not is_department(agency)
