"""Exports: rows as trainers read them, streamed, and as files."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .errors import ConnectionLost
from .pages import Noun, at

if TYPE_CHECKING:
    import pandas

    from .client import Touchstone

Container = Literal["jsonl", "csv", "parquet", "folder"]


class Rows:
    """Rows of an export, each a dict. They come as they are read, in constant memory, and anew each time they are gone through.

    :param settled: whether the same rows come each time, as of a frozen label set: then a stream that broke off goes on
        where it was, and else it raises :class:`ConnectionLost`
    """

    def __init__(self, client: Touchstone, path: str, params: Mapping[str, Any], settled: bool) -> None:
        self._client, self._path, self._params, self._settled = client, path, params, settled

    def __iter__(self) -> Iterator[dict[str, Any]]:
        told = 0
        tries = self._client.retries if self._settled else 0
        while True:
            try:
                for number, line in enumerate(self._lines()):
                    if number < told:
                        continue
                    told, tries = number + 1, self._client.retries if self._settled else 0
                    yield json.loads(line)
                return
            except ConnectionLost:
                if tries == 0:
                    raise
                tries -= 1

    def _lines(self) -> Iterator[bytes]:
        """Lines between line feeds alone: texts hold other line separators, at which httpx would cut."""
        rest = b""
        with self._client.stream(self._path, self._params) as response:
            for block in response.iter_bytes():
                *lines, rest = (rest + block).split(b"\n")
                yield from lines
        if rest:
            yield rest

    def to_dataframe(self) -> pandas.DataFrame:
        """All rows as a DataFrame, a column each; lists and objects stay Python's own. Needs pandas."""
        import pandas

        return pandas.DataFrame.from_records(list(self))


class Exports(Noun):
    """``client.exports``: what stands in a project now. For data that stays as it is, freeze a label set."""

    def stream(
        self,
        project: str,
        format: str = "trl-preference",
        *,
        include_simulated: bool = False,
        aggregation: Literal["votes", "majority", "soft"] | None = None,
    ) -> Rows:
        """Rows as of this moment. The columns of each format stand in the product's docs/exports.md."""
        said = {"format": format, "includeSimulated": include_simulated, "aggregation": aggregation}
        return Rows(self._client, at("projects", project, "exports"), said, settled=False)

    def counts(self, project: str, *, include_simulated: bool = False) -> dict[str, Any]:
        """How many rows each export would have now, and what would be left out, by reason."""
        said = {"includeSimulated": include_simulated}
        counts: dict[str, Any] = self._client.request("GET", at("projects", project, "exports", "counts"), params=said)
        return counts

    def save(
        self, project: str, path: str | os.PathLike[str], format: str = "trl-preference", *, container: Container = "jsonl"
    ) -> Path:
        """The same into a file, which has its name only once it is whole."""
        return save(self._client, at("projects", project, "exports"), {"format": format, "container": container}, path)


def save(client: Touchstone, path: str, params: Mapping[str, Any], to: str | os.PathLike[str]) -> Path:
    """A download into a file; after a break it is begun again."""
    whole = Path(to)
    part = whole.with_name(whole.name + ".part")
    for attempt in range(client.retries + 1):
        try:
            with client.stream(path, params) as response, part.open("wb") as file:
                for block in response.iter_bytes():
                    file.write(block)
            return part.replace(whole)
        except ConnectionLost:
            if attempt == client.retries:
                raise
    raise AssertionError("unreachable")
