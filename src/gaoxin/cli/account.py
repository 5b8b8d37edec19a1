"""`gaoxin account`: open, close and change accounts from the machine itself (账号).

The first account of a zone is opened here; nobody can sign in before there is one.
"""

from __future__ import annotations

import sys

import click

from gaoxin.cli.console import SOUND, Console, verb

ACTIONS = ("open", "close", "password", "list")


@verb()
@click.argument("action", type=click.Choice(ACTIONS))
@click.argument("username", required=False)
@click.option("--role", metavar="ROLE", help="岗位 role: administrator, statistician, director …")
@click.option("--name", metavar="NAME", help="姓名 name of the person")
@click.option("--department", metavar="TEXT", default="", help="部门 department")
@click.option(
    "--zone", "zones", metavar="ZONE", multiple=True, help="高新区 zone, such as chuxiong; repeatable"
)
@click.option("--enterprise", metavar="CODE", help="企业用户所属企业 of an enterprise user: credit code")
@click.option("--password-stdin", is_flag=True, help="从标准输入读密码 read the password from standard input")
def command(
    console: Console,
    action: str,
    username: str | None,
    role: str | None,
    name: str | None,
    department: str,
    zones: tuple[str, ...],
    enterprise: str | None,
    password_stdin: bool,
) -> int:
    """开户、停用、改密码、列出账号。Open, close, list accounts, set a password.

    第一个账号在这里开。密码在提示符后输入，不写在命令行里。
    The first account is opened here. The password is asked for, never written on the command line.
    """
    from gaoxin.web import opening

    opening.connect()
    from gaoxin.web.accounts import desk, services

    if action == "list":
        people = desk.listed()
        lines = [f"{one.username}  {one.get_role_display()}  {one.display_name}" for one in people]
        document = [{"username": one.username, "role": one.role, "name": one.display_name} for one in people]
        console.show(document, lines or [console.text("还没有账号。", "There is no account yet.")])
        return SOUND
    if not username:
        raise click.UsageError("要写明账号名。Name the account.")
    if action == "close":
        services.close_account(by=None, username=username)
        console.show({"closed": username}, console.text(f"{username} 已停用。", f"{username} is closed."))
        return SOUND
    if action == "open" and not (role and name):
        raise click.UsageError("开户要写 --role 和 --name。To open an account give --role and --name.")
    secret = _secret(console, password_stdin)
    if action == "password":
        services.set_password(by=None, username=username, password=secret)
        console.show({"password": username}, console.text("密码已改。", "The password is changed."))
        return SOUND
    made = desk.open_by_hand(
        username=username,
        role=role or "",
        display_name=name or "",
        department=department,
        zones=zones,
        enterprise=enterprise,
        password=secret,
    )
    console.show(
        {"opened": made.username, "role": made.role},
        console.text(f"已开户：{made.username}，{made.get_role_display()}。", f"Opened {made.username}."),
    )
    return SOUND


def _secret(console: Console, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\n")
    secret: str = click.prompt(
        console.text("密码（至少 10 个字符）", "Password (at least 10 characters)"),
        hide_input=True,
        confirmation_prompt=True,
    )
    return secret
