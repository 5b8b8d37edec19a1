"""As which sign is each character read (字符归一)?

One character is read as one character, so no offset moves: full-width digits, letters and punctuation as
half-width ones, traditional characters that occur in figures and in the words around them as simplified
ones, the many minus signs as one. Signs that nobody sees are not read at all.
"""

from __future__ import annotations

from gaoxin.core.visible import is_invisible

_TRADITIONAL = (
    "億萬幣產業總點個戶項數據經濟開發區園國際廠創興術學習與為從東車專電氣醫藥農機構設備動員實現達過減長較環節額進預計測兩條隻"
    "類種級評優勢強頭銷營稅費務財資貸債淨餘價連續單認證書標準質檢驗圖報記網絡線鐵軌綠護態約熱礦鋼銅鋁鋰鈉鎳飛紡織紙漿釀遊戲體"
    "係統籌協調會議關於對應當時間歲無處門檻組領導幹負責規劃範圍內徵論斷結幫獨貫徹壓轉變遠並併顯維貢獻獎勵賽選舉觸養齡殘衛稱號"
    "簽訂談噸畝頃圓鎮鄉縣黨歷屆臺灣廣陝蘇遼寧魯贛瓊雲貴滬濱瀋陽濰撫順慶閩滄蘭烏齊爾龍麗漢鄭鄲張韓幾佔將鄰這該衆眾們後週鐘歐漲"
    "躍躋戰階層樓輛櫃獲晉昇擴滿尋濃適歸雙隊縮鑒鑑劑嚴臨權難隨離險雜極蹤異顧頻願飯館駐驅鮮麥黃齒聯聲職腦舊莊藝藍蟲補裝複覽觀訊"
    "訓託訴診詳誠誤說課請諮識譜讀讓豐貨販賀賣購贊趕趨跡載輕輪輸轄辦辭迴遞遲郵醞釋針鈣鈦錄錢鋪鎖鏈鏡鑄閉閒闊陰陳陸隱雖靜靈韌響"
    "頁頂頓頗題顏風飲駛"
    "冊製註貿爭産値擔匯彙團綜橋軟試煉練樣檔運勞確碼穩積築簡糧給繼繳聞華衝見視詢豬貧贏趙軍遷還錦鍋馬魚鹽參帶換損"
    "擇擬氫漁潤潔澤燈狀療監礎競純細終綫緊縱績繞罰羅義腳膠艦蓋薦訪諾謝譽貼賠賴贈轟遺鄧銀銳錯鍵閱霧須頒騎驕鳳鴻"
)
_SIMPLIFIED = (
    "亿万币产业总点个户项数据经济开发区园国际厂创兴术学习与为从东车专电气医药农机构设备动员实现达过减长较环节额进预计测两条只"
    "类种级评优势强头销营税费务财资贷债净余价连续单认证书标准质检验图报记网络线铁轨绿护态约热矿钢铜铝锂钠镍飞纺织纸浆酿游戏体"
    "系统筹协调会议关于对应当时间岁无处门槛组领导干负责规划范围内征论断结帮独贯彻压转变远并并显维贡献奖励赛选举触养龄残卫称号"
    "签订谈吨亩顷圆镇乡县党历届台湾广陕苏辽宁鲁赣琼云贵沪滨沈阳潍抚顺庆闽沧兰乌齐尔龙丽汉郑邯张韩几占将邻这该众众们后周钟欧涨"
    "跃跻战阶层楼辆柜获晋升扩满寻浓适归双队缩鉴鉴剂严临权难随离险杂极踪异顾频愿饭馆驻驱鲜麦黄齿联声职脑旧庄艺蓝虫补装复览观讯"
    "训托诉诊详诚误说课请咨识谱读让丰货贩贺卖购赞赶趋迹载轻轮输辖办辞回递迟邮酝释针钙钛录钱铺锁链镜铸闭闲阔阴陈陆隐虽静灵韧响"
    "页顶顿颇题颜风饮驶"
    "册制注贸争产值担汇汇团综桥软试炼练样档运劳确码稳积筑简粮给继缴闻华冲见视询猪贫赢赵军迁还锦锅马鱼盐参带换损"
    "择拟氢渔润洁泽灯状疗监础竞纯细终线紧纵绩绕罚罗义脚胶舰盖荐访诺谢誉贴赔赖赠轰遗邓银锐错键阅雾须颁骑骄凤鸿"
)
_MARKS = {
    **dict.fromkeys("－−–‐‑‒﹣⁃", "-"),
    **dict.fromkeys("―─━", "—"),
    **dict.fromkeys("～〜∼˜", "~"),
    **dict.fromkeys("﹪", "%"),
    **dict.fromkeys("∶︰", ":"),
    **dict.fromkeys("﹐︐", ","),
    **dict.fromkeys("•・‧∙", "·"),
    **dict.fromkeys("｡", "。"),
    **dict.fromkeys("､", "、"),
    **dict.fromkeys("「『﹁﹃", "“"),
    **dict.fromkeys("」』﹂﹄", "”"),
    **dict.fromkeys("﹙", "("),
    **dict.fromkeys("﹚", ")"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " "),
    "⁄": "/",
    "∕": "/",
}


def _table() -> dict[int, str]:
    table = {ord(old): new for old, new in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)}
    table.update({point: chr(point - 0xFEE0) for point in range(0xFF01, 0xFF5F)})
    table.update({ord(old): new for old, new in _MARKS.items()})
    return table


_READ_AS = _table()


def read_as(text: str) -> str:
    """The text in the signs it is read in, one for one: ２０２１年，增長３．５％ → 2021年,增长3.5%."""
    return text.translate(_READ_AS)


def unseen(text: str) -> frozenset[str]:
    """The signs of this text that nobody sees; line ends are not among them."""
    return frozenset(sign for sign in set(text) if is_invisible(sign))


def is_chinese(sign: str) -> bool:
    """A Chinese character or a mark of Chinese punctuation: no space is written beside it."""
    return (
        "\u4e00" <= sign <= "\u9fff" or sign in "。、“”‘’《》〈〉【】〔〕…—㎡" or "\u3400" <= sign <= "\u4dbf"
    )
