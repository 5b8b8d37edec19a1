"""What time does Word show beside a comment or a revision?"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

_CHINA = timezone(timedelta(hours=8))


def wall_clock() -> str:
    """Now on the clocks of China, as `w:date`: Word prints it as it stands, whatever the Z says."""
    return f"{datetime.now(_CHINA):%Y-%m-%dT%H:%M:%SZ}"
