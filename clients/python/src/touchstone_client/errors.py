"""What can go wrong. Every error says what in one sentence; what the API refuses carries a code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx


class TouchstoneError(Exception):
    """The API answered, and the answer is a problem."""

    code: str
    """What a program tells errors apart by, such as ``not_found`` or ``invalid_line``."""
    status: int
    field: str | None
    """The field at fault, as a dotted path, where one is."""
    sentence: str
    """What is wrong and how it is mended."""
    issues: list[dict[str, Any]]
    """Each fault with its own ``path`` and ``message``, where there are several."""
    reason: str | None
    """Which of a code's several things it is; None where the code says all."""
    request_id: str
    """Quote this to whoever reads the logs."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.code = problem["code"]
        self.issues = problem.get("issues") or []
        first = self.issues[0] if self.issues else {}
        self.field = problem.get("path") or first.get("path")
        self.sentence = first.get("message") or problem.get("detail") or problem["title"]
        self.reason = problem.get("reason")
        self.request_id = problem["requestId"]
        at = f" ({self.field})" if self.field else ""
        more = f" And {len(self.issues) - 1} more." if len(self.issues) > 1 else ""
        super().__init__(f"{self.code}{at}: {self.sentence}{more}")

    @property
    def may_succeed_later(self) -> bool:
        """Whether the same request is worth another try."""
        return self.status in (408, 429, 460) or self.status >= 500


class ConnectionLost(Exception):
    """No answer came, or it broke off, or what came is not the API's."""


class NotAgreed(Exception):
    """An import has to be agreed to first: its receipt says what would be lost or was assumed."""

    receipt: dict[str, Any]

    def __init__(self, receipt: dict[str, Any]) -> None:
        self.receipt = receipt
        said = [one["code"] for one in receipt["warnings"] if one["weight"] != "note"]
        bad = [f"line {row['line']}: {row['message']}" for row in receipt["badRows"][:3]]
        super().__init__(
            f"Nothing was imported. The receipt says: {', '.join([*said, *bad])}. "
            "Look at .receipt; pass agree=True to go on, and leave_out=True to import the other rows."
        )


class RunEnded(Exception):
    """A run that was waited for has failed or was cancelled; ``run`` says how."""

    run: dict[str, Any]

    def __init__(self, run: dict[str, Any]) -> None:
        self.run = run
        error = run.get("error") or {}
        why = f"{error['code']}: {error['message']}" if error else "nothing more is known"
        super().__init__(f"The run {run['kind']} #{run['number']} is {run['state']}: {why}")


class FileFailed(Exception):
    """A file of a label set could not be written. Ask with ``again=True``; where that fails too, the product's log says why."""


class NotWrittenYet(Exception):
    """A file of a label set is still being written after all the time that was to be waited for it."""


def error_of(response: httpx.Response) -> TouchstoneError | ConnectionLost:
    """The error that a failed response stands for; its body has been read."""
    try:
        problem = response.json()
        return TouchstoneError(response.status_code, problem)
    except (ValueError, KeyError, TypeError):
        # A proxy in between wrote it, so it says nothing about the request.
        return ConnectionLost(f"The server answered {response.status_code} without saying why.")
