"""`gaoxin check`: send packs through the gates and print every issue (检查内容包)."""

from pathlib import Path

import click

from gaoxin.cli.console import FINDINGS, SOUND, Console, verb


@verb()
@click.argument("packs", nargs=-1, metavar="[PACK]...")
@click.option(
    "--schemas",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="把 JSON Schema 写到目录，不检查内容 write the JSON Schemas of pack files instead of checking",
)
def command(console: Console, packs: tuple[str, ...], schemas: Path | None) -> int:
    """检查内容包：读取、形状、引用、编译、用例。不写 PACK 就检查全部。

    PACK 是自带内容包的名字，或一个目录。A PACK is the name of a shipped pack or a folder.
    """
    if schemas is not None:
        if packs:
            raise click.UsageError("--schemas writes the schemas of all kinds; leave out PACK")
        return _write_schemas(console, schemas)

    from gaoxin.core.issues import render
    from gaoxin.workspace.checking import check_packs

    verdict = check_packs(packs or None)
    library = verdict.library
    counts = {name: sum(i.severity == name for i in verdict.issues) for name in ("error", "warning", "info")}
    held = {
        "packs": len(library.packs),
        "metrics": len(library.metrics),
        "observations": len(library.observations),
        "cross_checks": len(library.cross_checks),
        "cases": len(library.cases),
    }
    document = {
        "sound": verdict.sound,
        "gates": dict(verdict.states),
        "counts": {**held, **counts},
        "issues": [issue.as_dict() for issue in verdict.issues],
    }
    lines = [render(verdict.issues, console.lang)] if verdict.issues else []
    lines.append(
        console.text(
            f"{held['packs']} 个内容包，{held['metrics']} 个指标，{held['observations']} 个观测值，"
            f"{held['cases']} 个用例：{counts['error']} 处错误，{counts['warning']} 处提醒",
            f"{held['packs']} packs, {held['metrics']} metrics, {held['observations']} observations, "
            f"{held['cases']} cases: {counts['error']} errors, {counts['warning']} warnings",
        )
    )
    console.show(document, lines)
    return SOUND if verdict.sound else FINDINGS


def _write_schemas(console: Console, folder: Path) -> int:
    from gaoxin.packs.jsonschema import write_schemas

    try:
        written = write_schemas(folder)
    except OSError as error:
        raise click.FileError(str(folder), hint=error.strerror) from error
    console.show(
        {"written": [str(path) for path in written]},
        console.text(
            f"已写 {len(written)} 个 JSON Schema 到 {folder}",
            f"wrote {len(written)} JSON Schemas to {folder}",
        ),
    )
    return SOUND
