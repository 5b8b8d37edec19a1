"""What fair-competition review looks for in a clause, as a table (公平竞争审查要点).

Source: 《公平竞争审查条例》, State Council Decree No. 783 (国务院令第783号), in force since 2024-08-01,
articles 8 to 11, and article 12 for what may be kept nevertheless. The numbers of articles and items were not
compared with the published original: every flag is `to_confirm`.
"""

from __future__ import annotations

from dataclasses import dataclass

DECREE_ZH = "《公平竞争审查条例》（国务院令第783号，2024年8月1日起施行）"
DECREE_EN = (
    "Regulations on Fair Competition Review (State Council Decree No. 783, in force from 1 August 2024)"
)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look for.

    `metrics`: figures whose use in conditions or money raises it; `fields`: the same for elements of a list,
    `compute_contracts.domestic`. `words`: a pattern of texts; `spared`: one that makes a hit harmless.
    """

    id: str
    zh: str
    en: str
    article_zh: str
    article_en: str
    rewrite_zh: str
    rewrite_en: str
    metrics: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    words: str = ""
    spared: str = ""


POINTS: tuple[Point, ...] = (
    Point(
        "tax_tied",
        "奖补金额与缴纳税收或地方财政贡献挂钩，等于变相返还税收",
        "the amount is tied to tax paid or to local revenue: a tax refund by another name",
        "第十条第一、二项（税收优惠，选择性、差异化的财政奖励或者补贴）",
        "article 10, items 1 and 2 (tax favours; selective fiscal rewards or subsidies)",
        "改按研发投入、设备投资、新增就业等投入或结果计奖，并对同类企业一视同仁",
        "reward inputs or results, such as R&D, equipment or new jobs, alike for all firms of the kind",
        metrics=frozenset({"taxes_paid", "value_added_tax_payable"}),
        words=r"缴纳(的)?(税收|税款|税额)|纳税(额|总额|贡献)|税收(留成|返还|贡献)|(地方|区级)?财政贡献"
        r"|(地方|区级)留成|地方经济贡献|tax(es)? paid|tax refund",
        spared=r"不与?(缴纳|纳税|税收|财政贡献|地方留成)|取消|不得",
    ),
    Point(
        "moves_registration",
        "要求把注册地迁入或留在本地，限制经营者自由迁移",
        "asks firms to move their registration here or to keep it here, which restricts where they may go",
        "第九条第一、二项（阻碍经营者迁出，强制或者变相强制在本地投资、设立机构）",
        "article 9, items 1 and 2 (hindering firms from leaving; forcing them to invest or set up here)",
        "改为“在本区有实际经营场所和项目”，不论注册地；不设迁入前提和若干年内不得迁出",
        "ask for premises and a project in the zone, wherever the firm is registered; no condition to move "
        "in or to stay for years",
        words=r"(注册地|注册地址|工商注册|税务登记|税务关系|总部)[^。；，]{0,8}(迁入|迁至|变更至|落户)|迁入(本区|园区|我区)"
        r"|(年内|年之内|期内)不(得|能)?迁(出|离)|不迁离|承诺不迁|具有独立法人资格[^。]{0,8}在(本区|我区)注册"
        r"|move (its|their) registration",
        spared=r"不论注册地|不要求",
    ),
    Point(
        "registered_here",
        "条件要求在园区注册：在园区经营是给钱的理由，注册地不是",
        "asks for registration in the zone: working there is a reason to pay, being registered there is not",
        "第九条第二、五项（限制外地经营者，歧视性要求）",
        "article 9, items 2 and 5 (restricting firms from elsewhere; discriminating demands)",
        "把“在园区注册并经营”改为“在园区实际经营（项目在园区实施）”，外地注册的企业在园区有项目的同样适用",
        "let “registered and operating in the zone” become “operating in the zone”, so that a firm "
        "registered elsewhere with a project here falls under it",
        metrics=frozenset({"zone_flag"}),
        words=r"在(本区|我区|园区|高新区|开发区)[^。；，]{0,6}(注册|登记)",
        spared=r"不论注册地|不要求",
    ),
    Point(
        "one_province",
        "只给在某个地区注册的企业，区别对待外地经营者",
        "only for firms registered in one region, which treats firms from elsewhere differently",
        "第九条第二、四项（排斥外地经营者，歧视性补贴）",
        "article 9, items 2 and 4 (excluding firms from elsewhere; discriminating subsidies)",
        "去掉注册省份条件，改按项目实施地点判断",
        "drop the province of registration and look at where the project is carried out",
        metrics=frozenset({"reg_province"}),
        words=r"(仅限|只限|限于)(本地|本省|本市|本区|区内|市内|省内|辖区内?)企业",
    ),
    Point(
        "named_firm",
        "点名特定企业，给予特定经营者待遇",
        "names a firm, which favours a particular operator",
        "第八条第三项、第十条第二项（限定特定经营者，给予特定经营者奖补）",
        "article 8, item 3, and article 10, item 2 (particular operators)",
        "改为写明可以客观核对的条件，任何符合条件的企业都能申请",
        "write conditions that can be checked and that any firm may meet",
        words=r"((?!的)[\u4e00-\u9fff（）()]){3,30}?(有限责任公司|股份有限公司|有限公司|集团公司)",
    ),
    Point(
        "procurement_bias",
        "采购、招标或推广应用偏向本地产品或本地企业",
        "favours local products or local firms in procurement, tenders or promotion",
        "第八条第三项、第九条第三项（限定购买，排斥外地经营者参加采购招标）",
        "article 8, item 3, and article 9, item 3 (limiting purchases; excluding firms from tenders)",
        "采购和推广目录按性能、质量公开征集，不设产地、注册地条件和加分",
        "draw up lists for procurement in public by performance and quality, without origin or registration",
        words=r"(采购|招标|投标|选用|使用)[^。；，]{0,12}(本地|本区|本市|本省|区内|市内|省内|辖区)[^。；，]{0,6}(产品|企业|服务|设备)"
        r"|(本地|本区|本市|本省|区内|市内|省内)(产品|企业|服务)[^。；，]{0,6}(优先|加分)"
        r"|优先(采购|选用|使用)[^。；，]{0,6}(本地|本区|区内)",
    ),
    Point(
        "ownership",
        "按所有制或投资来源区别对待",
        "treats firms differently by ownership or by where their capital comes from",
        "第八条第四项、第十条第二项（歧视性条件，差异化奖补）",
        "article 8, item 4, and article 10, item 2 (discriminating conditions; differing subsidies)",
        "改按项目投资额、技术水平等客观指标设档，各类所有制企业适用同一标准",
        "set bands by objective measures such as investment or technology, the same for every ownership",
        metrics=frozenset({"registration_type"}),
        words=r"外资(企业|项目)?|外商(投资)?|内资企业|国有(企业|控股)|民营企业|私营企业|港澳台(企业|投资)"
        r"|foreign[- ]invested",
        spared=r"不论所有制|各类所有制|一视同仁|不分|无论",
    ),
    Point(
        "origin",
        "按产品的产地区别给补贴",
        "pays differently by where a product comes from",
        "第九条第四项（对外地或者进口商品设置歧视性补贴）",
        "article 9, item 4 (discriminating subsidies for goods from elsewhere or imported)",
        "改按性能、自主可控程度等公开的技术要求给补贴，不按产地",
        "pay by published technical requirements, not by origin",
        fields=frozenset({"compute_contracts.domestic"}),
        words=r"国产[^。；，]{0,10}(封顶|最高|补|奖|比例)|进口(产品|设备)[^。；，]{0,8}(不予|不补|除外)|本地产(品|的)",
    ),
)
