"""What every noun has in common: the client that it asks, and lists that come a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from .client import Touchstone

_LARGEST_PAGE = 200


class Noun:
    """One noun of the API."""

    def __init__(self, client: Touchstone) -> None:
        self._client = client

    def _pages(self, path: str, params: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """Everything in a list, its pages fetched as they are needed."""
        cursor: str | None = None
        while True:
            query = {**(params or {}), "limit": _LARGEST_PAGE, "cursor": cursor}
            page = self._client.request("GET", path, params=query)
            yield from page["items"]
            cursor = page["next"]
            if cursor is None:
                return


def at(*parts: str) -> str:
    """A path of the API, its parts made safe: ``at("projects", id, "runs")``."""
    return "/api/" + "/".join(quote(part, safe="") for part in parts)
