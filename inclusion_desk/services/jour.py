"""Today, for what is shown as it stands on the day."""

from __future__ import annotations

from datetime import UTC, date, datetime


def aujourdhui() -> date:
    """Tell the day it is on this machine."""
    return datetime.now(tz=UTC).astimezone().date()
