"""`gaoxin sandbox`: an invented, watermarked population to practise on (生成演示数据)."""

from __future__ import annotations

import sys

import click

from gaoxin.cli.console import SOUND, Console, verb
from gaoxin.cli.progress import bar


@verb()
@click.option(
    "--enterprises",
    default=6_000,
    show_default=True,
    type=click.IntRange(1, 200_000),
    help="企业数 how many enterprises",
)
@click.option("--zone", default="zone/sandbox", show_default=True, help="演练区 practice zone")
@click.option("--seed", default=1, show_default=True, type=int, help="种子 seed")
def command(console: Console, enterprises: int, zone: str, seed: int) -> int:
    """在演练区生成虚构企业；全部标为合成数据，不会与真实数据混在一起。

    Fill a practice zone with invented enterprises. Everything is marked synthetic and never mixes with real
    data; the same seed gives the same enterprises.
    """
    from gaoxin.web import opening

    opening.connect(migrate=True)
    from gaoxin.web.ledger.synthetic import load_sandbox

    code = zone if "/" in zone else f"zone/{zone}"
    with bar(console, sys.stderr) as progress:
        made = load_sandbox(enterprises=enterprises, zone=code, seed=seed, progress=progress)
    console.show(
        {"zone": made.zone, "enterprises": made.enterprises, "observations": made.observations, "seed": seed},
        console.text(
            f"{made.zone}：新增 {made.enterprises} 家虚构企业，{made.observations} 个合成数。"
            if made.enterprises
            else f"{made.zone} 已经有这批虚构企业，没有变化。",
            f"{made.zone}: {made.enterprises} invented enterprises, {made.observations} synthetic figures."
            if made.enterprises
            else f"{made.zone} has this population already; nothing changed.",
        ),
    )
    return SOUND
