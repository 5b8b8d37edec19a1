"""Frameworks: three ways to write one, and what is refused with its place."""

from __future__ import annotations

import pytest

from gaoxin.core.errors import FrameworkError
from gaoxin.indicators.frameworks.reading import from_csv, from_yaml
from gaoxin.indicators.frameworks.tree import Framework
from tests.indicators.builders import a_framework, two_levels

NESTED = """
id: f
name: 体系
tree:
  code: T
  name: 总
  children:
    - {code: P, name: 甲, weight: 3, children: [{code: a, name: 一}, {code: b, name: 二, direction: -1}]}
    - {code: c, name: 三, weight: 1, unit: 家, target: 8, denominator: d0}
"""
FLAT = """code,name,parent,weight,direction,unit,target,denominator
T,总,,,,,,
P,甲,T,3,,,,
a,一,P,1,1,,,
b,二,P,1,-1,,,
c,三,T,1,1,家,8,d0
"""
META = """iCode,iName,Level,Parent,Weight,Direction,Type,Unit,Target,Denominator
a,一,1,P,1,1,Indicator,,,
b,二,1,P,1,-1,Indicator,,,
c,三,1,T,1,1,Indicator,家,8,d0
P,甲,2,T,3,1,Aggregate,,,
T,总,3,,1,1,Aggregate,,,
G,组,,,,,Group,,,
d0,人口,,,,,Denominator,千人,,
"""


@pytest.mark.parametrize("framework", [from_yaml(NESTED), from_csv(FLAT), from_csv(META)])
def test_three_ways_to_write_one_tree(framework: Framework) -> None:
    assert framework.top.code == "T"
    assert [leaf.code for leaf in framework.leaves] == ["a", "b", "c"]
    assert [child.code for child in framework.children("P")] == ["a", "b"]
    assert framework.node("b").direction == -1
    assert (framework.node("c").target, framework.node("c").denominator) == (8.0, "d0")
    assert framework.share("P") == 0.75
    assert [framework.level(code) for code in ("a", "P", "T")] == [1, 2, 3]


def test_columns_of_coinr_that_are_no_indicators() -> None:
    assert [(c.code, c.role, c.unit) for c in from_csv(META).columns] == [
        ("G", "group", ""),
        ("d0", "denominator", "千人"),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("T,总,,\na,一,T,1\na,二,T,1", "f.csv:4 a：编号写了两次"),
        ("T,总,,\nPump,一,T,1\na,二,Pmup,1", "f.csv:4 a：上级 Pmup 不存在。是不是想写 Pump？"),
        ("T,总,,\na,一,b,1\nb,二,a,1", "a：上级关系成环：a → b → a"),
        ("T,总,,\nS,另,,\na,一,T,1", "现有 2 个：T、S"),
        ("T,总,,\na,一,T,-1", "f.csv:3 a：权重是负数"),
        ("T,总,,\na,一,T,inf", "f.csv:3 a：权重是负数或不是数"),
        ("T,总,,\na,一,T,高", "f.csv:3：weight 不是数：高"),
    ],
)
def test_what_is_no_tree(rows: str, words: str) -> None:
    with pytest.raises(FrameworkError) as caught:
        from_csv(f"code,name,parent,weight\n{rows}\n", name="f.csv")
    assert words in caught.value.zh


def test_unknown_column_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(FrameworkError, match="是不是想写 weight？"):
        from_csv("code,name,parent,wieght\nT,总,,\n")


def test_a_node_that_is_not_there() -> None:
    with pytest.raises(FrameworkError, match="没有 z"):
        a_framework().node("z")


def test_weights_that_do_not_sum_are_said() -> None:
    remarks = two_levels().remarks()
    assert [remark.code for remark in remarks] == ["framework.weights_renormalised"]
    assert "合计 4" in remarks[0].zh


def test_unknown_weights_are_said_and_make_the_framework_unverified() -> None:
    framework = a_framework("ab", b={"weight": None})
    assert [remark.code for remark in framework.remarks()] == ["framework.weight_unknown"]
    assert framework.share("b") is None
    assert not framework.is_verified
