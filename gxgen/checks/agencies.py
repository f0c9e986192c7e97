"""What the name of an agency says about its rank and its kind."""

from __future__ import annotations

import re

NATIONAL = r"国家|国务院|中国|中华|全国|.*部"
"""Organs of the state council and their branches: some can make 规章, and their names follow no pattern."""
LARGER_THAN_A_COUNTY = r"自治区|特别行政区|特区|地区"
"""Words for regions in which 区 is no district."""
COUNTY = r"[县区旗]"
"""No province, city with districts or 自治州 has one of these in its name."""
TOWN = r"(?:镇|乡)(?:人民)?政府(?:办公室)?$|街道办事处$"
"""Only at the end: 镇江 and 新乡 are cities with districts."""
OFFICE = r"(?<!总)局$|中心$"
LAW_OFFICE = r"司法局$"
"""It keeps the register of its government's 规章, and may report them."""

GOVERNMENT = r"(?:政府|管委会|区管理委员会)$"
NOT_A_DEPARTMENT = r"政府办公[厅室]$|街道办事处$|公署$|兵团$"
"""May report in the name of a government, or is none of the 部门 of 条例第四十九条."""


def cannot_make_rules(agency: str) -> bool:
    """Whether an agency certainly lacks the power to make 规章 (立法法第九十一条、第九十三条).

    It does if its name is that of a county, a district, a town, one of their organs, or a department.
    """
    if not agency or re.match(NATIONAL, agency):
        return False
    if re.search(COUNTY, re.sub(LARGER_THAN_A_COUNTY, "", agency)) or re.search(TOWN, agency):
        return True
    return bool(re.search(OFFICE, agency)) and not re.search(LAW_OFFICE, agency)


def is_department(agency: str) -> bool:
    """Whether the agency is a department, and not a government or its office."""
    return bool(agency) and not re.search(GOVERNMENT, agency) and not re.search(NOT_A_DEPARTMENT, agency)


def is_town(agency: str) -> bool:
    """Whether the agency is the government of a town or the office of a street, which have no departments."""
    return re.search(TOWN, agency) is not None


def is_county_department(agency: str) -> bool:
    """Whether the agency is certainly a department of a county or district."""
    name = re.sub(LARGER_THAN_A_COUNTY, "", agency)
    return is_department(agency) and re.search(rf"{COUNTY}.", name) is not None and re.match(NATIONAL, agency) is None
