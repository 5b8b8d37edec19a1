"""Phrases of communiqués, monthly notices and work reports, each with the metric it must mean, or with none.

As they stand in a text: with the words any figure may carry (全市, 实现, 总量), in other spellings than the
catalogue's, as growth and shares. What no metric covers must stay unlinked.
"""

import pytest

from gaoxin.core.units import Dimension
from gaoxin.packs.library import open_library
from gaoxin.reading.linking import Linker, Question

# subject, kind, dimension of the number, phrase, metric
PHRASES = """
zone level money 地方财政收入 general_public_budget_revenue
zone level money 营业收入 total_operating_revenue
region level money 第一产业增加值 primary_industry_value_added
region growth ratio 第二产业 secondary_industry_value_added
region level money 全部工业增加值 industrial_value_added
region growth ratio 规模以上工业企业增加值 above_designated_industrial_value_added
region level money 规上工业企业营业收入 above_designated_industrial_revenue
region level money 规模以上工业企业实现营业收入 above_designated_industrial_revenue
region level money 规模以上服务业企业营业收入 above_designated_service_revenue
region level money 建筑业总产值 construction_output
region level money 全社会建筑业增加值 construction_value_added
region growth ratio 全社会固定资产投资 fixed_asset_investment
region growth ratio 固定资产投资完成额 fixed_asset_investment
zone level money 完成固定资产投资 fixed_asset_investment
region level money 房地产开发投资 real_estate_investment
region growth ratio 制造业投资 manufacturing_investment
region growth ratio 高技术产业投资 high_tech_industry_investment
region growth ratio 基础设施投资 infrastructure_investment
region level area 商品房销售面积 housing_sales_area
region level money 商品房销售额 housing_sales
region level money 社会消费品零售总额 retail_sales
region level money 限额以上单位消费品零售额 above_limit_retail_sales
region level money 餐饮收入 catering_revenue
region level money 外贸进出口总值 imports_and_exports
region level money 货物贸易进出口总额 imports_and_exports
region level money 进出口总值 imports_and_exports
region level money 出口额 exports
region level money 外贸出口 exports
region level money 进口额 imports
region level money_usd 实际利用外资 actual_foreign_investment
region level money_usd 实际使用外商直接投资 actual_foreign_investment
zone level money_usd 实际到位外资 actual_foreign_investment
zone level money_usd 合同利用外资 contracted_foreign_investment
zone level count 新设立外商投资企业 new_foreign_enterprises
region level money 地方一般公共预算收入 general_public_budget_revenue
region level money 一般公共预算支出 general_public_budget_expenditure
region level money 税收收入 tax_revenue
zone level money 全口径税收 tax_revenue
region share ratio 税收占一般公共预算收入的比重 tax_revenue
zone level money 财政总收入 total_fiscal_revenue
region level money 金融机构各项存款余额 deposit_balance
region level money 本外币贷款余额 loan_balance
zone level money 各项贷款余额 loan_balance
region level money 住户存款余额 household_deposits
region level money 保费收入 insurance_premiums
region level money 原保险保费收入 insurance_premiums
region level money 全体居民人均可支配收入 disposable_income_per_head
region level money 城镇常住居民人均可支配收入 urban_disposable_income_per_head
region level money 农村居民人均消费支出 rural_consumption_per_head
region growth ratio 居民消费价格 consumer_price_index
region growth ratio 居民消费价格指数 consumer_price_index
region growth ratio 工业生产者出厂价格 producer_price_index
region level count 城镇新增就业 new_urban_jobs
region level count 新增城镇就业 new_urban_jobs
region level ratio 城镇登记失业率 registered_unemployment_rate
region level count 年末常住人口 resident_population
region share ratio 常住人口城镇化率 urbanisation_rate
region level ratio 城镇化率 urbanisation_rate
region level count 户籍人口 registered_population
region level mass 全年货物运输总量 freight_volume
region level count 公路客运量 passenger_volume
region level mass 港口完成货物吞吐量 port_throughput
region level money 邮政业务总量 postal_business
region level count 快递业务量 express_parcels
region level count 接待国内外游客 tourist_visits
region level money 旅游总收入 tourism_revenue
region level mass 粮食总产量 grain_output
region level area 粮食播种面积 grain_sown_area
region level money 研究与试验发展(R&D)经费支出 rd_expenditure
region level money 全社会研发投入 rd_expenditure
region level ratio R&D经费投入强度 rd_intensity
region level ratio 全社会研发投入强度 rd_intensity
region share ratio 研发投入占GDP比重 rd_intensity
zone level money 技术合同成交额 technology_contract_value
zone level count 登记技术合同 technology_contracts
region level count 发明专利授权量 invention_patents_granted
region level count 有效发明专利 invention_patents_in_force
region level count 每万人发明专利拥有量 invention_patents_per_10k
region level count 万人高价值发明专利拥有量 high_value_invention_patents_per_10k
zone level count 国家高新技术企业 high_tech_enterprises
zone level count 有效期内高新技术企业 high_tech_enterprises
zone level count 高新技术企业保有量 high_tech_enterprises
zone level count 高新技术企业存量 high_tech_enterprises
zone level count 新增高新技术企业 high_tech_enterprises_added
zone level count 科技型中小企业入库 registered_technology_smes
zone level count 评价入库科技型中小企业 registered_technology_smes
zone level count 国家级专精特新“小巨人”企业 little_giants
zone level count 专精特新“小巨人”企业 little_giants
zone level count 省级专精特新中小企业 provincial_srdi_enterprises
zone level count 单项冠军企业 single_champions
zone level count 独角兽企业 unicorns
zone level count 上市公司 listed_companies
zone level count 境内外上市公司 listed_companies
zone level count 规上工业企业 above_designated_industrial_enterprises
zone level count 新增规上企业 new_above_designated_enterprises
zone level count 新增“四上”企业 new_above_designated_enterprises
zone level count 新登记市场主体 new_market_entities
zone level count 市场主体存量 market_entities
zone level count 实有市场主体 market_entities
zone level count 经营主体 market_entities
zone level count 省级以上研发平台 provincial_and_above_rd_platforms
zone level count 国家级研发平台 national_rd_platforms
zone level count 省级工程技术研究中心 provincial_engineering_research_centres
zone level count 院士工作站 academician_workstations
zone level count 博士后科研工作站 postdoctoral_workstations
zone level count 国家级孵化器 national_incubators
zone level count 国家级科技企业孵化器 national_incubators
zone level count 国家级众创空间 national_makerspaces
zone level count 在孵企业 incubated_enterprises
zone level count 新签约项目 signed_projects
zone level count 签约亿元以上项目 projects_signed_over_100m
zone level money 签约总额 contracted_investment
zone level money 签约金额 contracted_investment
zone level money 协议引资 contracted_investment
zone level money 省外到位资金 funds_in_place_outside_province
zone level money 实际利用省外资金 funds_in_place_outside_province
zone level money 引进市外资金 funds_in_place_outside_city
zone level money 到位资金 funds_in_place
zone level count 新开工项目 projects_started
zone level count 在建项目 projects_under_construction
zone level money 计划总投资 project_total_investment
zone growth energy 工业用电量 industrial_electricity_use
region growth ratio 单位GDP能耗 energy_per_gdp
zone level money_per_area 亩均税收 tax_per_mu
enterprise level count 研发人员 rd_staff
zone level count 从业人员 employed_persons
region level ratio 空气质量优良天数比例 good_air_days_ratio
region level ratio 森林覆盖率 forest_coverage
region level money 高新技术产业增加值 high_tech_industry_value_added
region growth ratio 高技术制造业增加值 high_tech_manufacturing_value_added
region growth ratio 装备制造业增加值 equipment_manufacturing_value_added
zone level money 战略性新兴产业产值 strategic_emerging_industry_output
zone share ratio 高新技术产业产值占规模以上工业总产值比重 high_tech_industry_output
zone level money 规模以上高新技术产业产值 high_tech_industry_output
region level money 数字经济核心产业增加值 digital_core_value_added
region level money 民营经济增加值 non_public_value_added
zone duration time 企业开办时间 enterprise_opening_limit
zone level money 综合保税区进出口总额 bonded_zone_trade
zone level money 跨境电商进出口额 cross_border_e_commerce
region level count 5G基站 base_stations_5g
region level count 医疗卫生机构床位 hospital_beds
zone level money 电子信息产业产值 industry_output
zone level money 装备制造产业实现产值 industry_output
zone growth ratio 汽车产业增加值 industry_value_added
zone level money 园区实现营业总收入 total_operating_revenue
zone level money 营业总收入 total_operating_revenue
zone level money 工业总产值 industrial_gross_output
zone level money 上缴税费 zone_taxes_paid
zone level money 实际上缴税费总额 zone_taxes_paid
zone level money_usd 出口总额 exports_usd
zone level count 期末从业人员 employed_persons
zone share ratio 研发投入强度 rd_to_operating_revenue
zone level count 注册企业 enterprises
zone level count 入驻企业 enterprises
zone level count 世界500强企业 fortune_500_enterprises
zone level count 入驻世界500强企业 fortune_500_enterprises
zone level count 外资企业 foreign_enterprises
zone level count 省级以上孵化器 provincial_incubators
zone level count 孵化器 incubators
zone level count 众创空间 makerspaces
zone level count 新型研发机构 new_type_rd_institutions
zone level count 企业研发机构 rd_platforms
zone level count 国家重点实验室 national_key_laboratories
zone level count 省级重点实验室 provincial_key_laboratories
zone level count 省级企业技术中心 provincial_technology_centres
zone level count 新增省级企业技术中心 new_provincial_technology_centres
zone level count 国家企业技术中心 national_technology_centres
zone level count 博士后工作站 postdoctoral_workstations
zone level count 瞪羚企业 gazelles
zone level count 新增瞪羚企业 new_gazelles
zone level count 国家级专精特新企业 little_giants
zone level count 小巨人企业 little_giants
zone level count 新增专精特新企业 new_srdi_enterprises
zone level count 制造业单项冠军企业 single_champions
zone level count 创新型中小企业 innovative_smes
zone level count 境内外上市企业 listed_companies
zone level count 新增上市企业 new_listed_companies
zone level count 规模以上企业 four_above_enterprises
zone level count 新入规企业 new_above_designated_enterprises
zone level count 专利授权 patents_granted
zone level count 授权发明专利 invention_patents_granted
zone level count 发明专利申请 invention_patent_applications
zone level count PCT国际专利申请 pct_applications
zone level count 有效注册商标 registered_trademarks
zone level money 技术合同登记额 technology_contract_value
zone level money 技术交易额 technology_transaction_value
zone level area 规划面积 planned_area
zone level area 建成区面积 developed_area
zone level area 标准厂房 standard_factory_area
zone level area 新建标准厂房 standard_factory_area_built
zone level money 招商引资到位资金 funds_in_place
zone level money 实际到位内资 funds_in_place
zone level money 引进省外到位资金 funds_in_place_outside_province
zone level money 州外到位资金 funds_in_place_outside_prefecture
zone level count 新引进项目 introduced_projects
zone level count 签约项目 signed_projects
zone level money 签约项目总投资 contracted_investment
zone level count 在谈项目 projects_in_negotiation
zone level count 开工项目 projects_started
zone level count 竣工项目 projects_completed
zone share ratio 项目开工率 start_rate
zone share ratio 资金到位率 funds_in_place_rate
zone level count 高层次人才 high_level_talents
zone level count R&D人员 rd_staff_of_region
zone share ratio 工业投资占固定资产投资比重 industrial_investment
zone growth ratio 规上工业总产值增速 above_designated_industrial_output
region share ratio 高技术制造业增加值占规上工业增加值比重 high_tech_manufacturing_value_added
region growth ratio 单位GDP能耗降低 energy_per_gdp
region growth ratio 万元GDP能耗 energy_per_gdp
region level coal_equivalent 规模以上工业综合能源消费量 industrial_energy_use
region share ratio 民营经济增加值占GDP比重 non_public_value_added
region level money 非公有制经济增加值 non_public_value_added
region level money 旅游收入 tourism_revenue
region level count 接待游客总人数 tourist_visits
region level money 人均消费支出 consumption_per_head
region level money 社零总额 retail_sales
region level money 限额以上社会消费品零售额 above_limit_retail_sales
region level count 学校 schools
region level count 医疗机构 medical_institutions
region level mass 粮食产量 grain_output
zone level count 高新技术企业数量 high_tech_enterprises
zone level count 高企 high_tech_enterprises
"""
# … and phrases that no metric of the catalogue covers.
UNCOVERED = """
region share ratio 三次产业结构
zone level count 净增市场主体
enterprise level money 研发投入
zone level money 高新技术企业营业收入
region level money 工业企业利润总额
region level ratio 规模以上工业企业亏损面
region level length 农村公路里程
region level length 高速铁路里程
zone level count 规上服务业企业
zone level count 新增“四上”单位
region level ratio 城镇居民恩格尔系数
zone level money 工业增值税
zone level money 企业所得税
zone level money 土地出让收入
region level money 政府性基金收入
zone level area 工业用地
region level count 城镇从业人员
region level count 新建5G基站
region level count 充电桩
region level area 高标准农田
region level mass 蔬菜产量
region level count 生猪出栏
region level count 工业机器人产量
region growth count 新能源汽车产量
zone level count 高新技术企业认定
zone level count 通过高新技术企业认定
"""


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(open_library(["national"]).metrics)


def asked(subject: str, kind: str, dimension: str, label: str) -> Question:
    return Question(label, Dimension[dimension], kind, subject)


@pytest.mark.parametrize("line", PHRASES.strip().splitlines(), ids=lambda line: line.split()[3])
def test_the_phrase_means_its_metric(linker: Linker, line: str) -> None:
    *given, metric = line.split()
    assert linker.find(asked(*given)).metric == metric


@pytest.mark.parametrize("line", UNCOVERED.strip().splitlines(), ids=lambda line: line.split()[3])
def test_the_phrase_is_left_unlinked(linker: Linker, line: str) -> None:
    assert linker.find(asked(*line.split())).metric is None
