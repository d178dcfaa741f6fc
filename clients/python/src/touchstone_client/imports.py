"""Imports: rows in, after a receipt that says what becomes of each column and row."""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Union

import httpx

from .errors import NotAgreed
from .pages import Noun, at

if TYPE_CHECKING:
    import pandas

Data = Union["pandas.DataFrame", Iterable[Mapping[str, Any]], str, "os.PathLike[str]"]
"""Rows as dicts or a DataFrame, or the path of a file in any format that the product reads."""

Agree = bool | Callable[[dict[str, Any]], bool]

_BLOCK = 1 << 20
_IN_MEMORY = 64 << 20


class Imports(Noun):
    """``client.imports``"""

    def receipt(
        self,
        project: str,
        data: Data,
        *,
        format: str | None = None,
        mapping: Mapping[str, Any] | None = None,
        question: str | None = None,
    ) -> dict[str, Any]:
        """What would become of rows, and why; nothing is written."""
        with _file_of(data) as file:
            return self._receipt(project, file, _reading(format, mapping, question))

    def rows(
        self,
        project: str,
        data: Data,
        *,
        format: str | None = None,
        mapping: Mapping[str, Any] | None = None,
        question: str | None = None,
        agree: Agree = False,
        leave_out: bool = False,
        open: bool = True,
        pilot: int | None = None,
        file_name: str | None = None,
    ) -> dict[str, Any]:
        """Imports rows: all of them or none, and the same rows once more add nothing.

        :param data: dicts, a DataFrame, or a file (JSON Lines, JSON, CSV, TSV, Parquet, gzipped or zipped)
        :param format: what the rows are, where their columns don't say; ``columns`` goes with a ``mapping``
        :param mapping: which column is what, such as ``{"prompt": "question", "a": "first", "b": "second"}``
        :param question: what people are asked: ``preference``, ``rating``, or a questionnaire of the project
        :param agree: to what the receipt warns of; or a function that is shown the receipt and says so
        :param leave_out: import the other rows although some can't be taken
        :param open: whether people are given the new tasks; ``pilot`` opens only so many
        :returns: what was imported, counted
        :raises NotAgreed: the receipt warns of something that was not agreed to
        :raises TouchstoneError: the rows can't be taken; ``field`` and ``sentence`` say where and why
        :raises ConnectionLost: whether they were is not known: look at ``list``. The same call again adds only what is missing
        """
        reading = _reading(format, mapping, question)
        with _file_of(data) as file:
            receipt = self._receipt(project, file, reading)
            if not _agreed(receipt, agree, leave_out):
                raise NotAgreed(receipt)
            said = {
                **reading,
                "format": receipt["format"],
                "mapping": json.dumps(receipt["mapping"]) if receipt["mapping"] else None,
                "question": receipt["question"],
                "receipt": receipt["digest"],
                "leaveOut": leave_out,
                "open": open,
                "pilot": pilot,
                "fileName": file_name or _name_of(data),
            }
            imported: dict[str, Any] = self._send(at("projects", project, "imports"), file, said, repeatable=False)
            return imported

    def list(self, project: str) -> list[dict[str, Any]]:
        """Imports of a project, with what has become of their rows."""
        items: list[dict[str, Any]] = self._client.request("GET", at("projects", project, "imports"))["items"]
        return items

    def undo(self, import_id: str) -> dict[str, Any]:
        """Takes an import back of which nothing is judged."""
        undone: dict[str, Any] = self._client.request("DELETE", at("imports", import_id))
        return undone

    def _receipt(self, project: str, file: IO[bytes], reading: Mapping[str, Any]) -> dict[str, Any]:
        receipt: dict[str, Any] = self._send(at("projects", project, "imports", "receipt"), file, reading, repeatable=True)
        return receipt

    def _send(self, path: str, file: IO[bytes], params: Mapping[str, Any], *, repeatable: bool) -> Any:
        length = file.seek(0, os.SEEK_END)

        def body() -> Iterator[bytes]:
            file.seek(0)
            while block := file.read(_BLOCK):
                yield block

        headers = {"content-type": "application/octet-stream", "content-length": str(length)}
        # What a file is, is told by its bytes; and a large one takes as long as it takes.
        wait = httpx.Timeout(60, read=None)
        return self._client.request(
            "POST", path, params=params, body=body, headers=headers, repeatable=repeatable, timeout=wait
        )


def _reading(format: str | None, mapping: Mapping[str, Any] | None, question: str | None) -> dict[str, Any]:
    said = {"format": format, "mapping": None if mapping is None else json.dumps(mapping), "question": question}
    return {name: value for name, value in said.items() if value is not None}


def _agreed(receipt: dict[str, Any], agree: Agree, leave_out: bool) -> bool:
    if callable(agree):
        return agree(receipt)
    lost = receipt["counts"]["badRows"] > 0 and not leave_out
    weights = {one["weight"] for one in receipt["warnings"]}
    return not lost and "stop" not in weights and (agree or "confirm" not in weights)


def _name_of(data: Data) -> str | None:
    return Path(data).name if isinstance(data, (str, os.PathLike)) else None


@contextmanager
def _file_of(data: Data) -> Iterator[IO[bytes]]:
    """The rows as bytes that can be sent twice, for the receipt and for the import; many go to the disk."""
    if isinstance(data, (str, os.PathLike)):
        with Path(data).open("rb") as file:
            yield file
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spooled:
        for number, row in enumerate(_rows_of(data), start=1):
            try:
                line = json.dumps(row, allow_nan=False, default=_plain)
            except (TypeError, ValueError) as cause:
                raise ValueError(f"Row {number} can't be written as JSON: {cause}. Mend it, or leave it out.") from cause
            spooled.write(line.encode() + b"\n")
        yield spooled


def _rows_of(data: Any) -> Iterator[Mapping[str, Any]]:
    """Of a DataFrame each row without the cells that are missing, which JSON has no sign for."""
    if not hasattr(data, "to_dict"):
        yield from data
        return
    columns = [str(name) for name in data.columns]
    for values in data.itertuples(index=False, name=None):
        yield {name: value for name, value in zip(columns, values, strict=True) if not _is_missing(value)}


def _is_missing(value: Any) -> bool:
    """None, NaN, NaT and pandas.NA; none of them is equal to itself, or says so."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and math.isnan(value)


def _plain(value: Any) -> Any:
    """What NumPy and pandas hold, as JSON has it."""
    for way in ("tolist", "isoformat"):
        if hasattr(value, way):
            return getattr(value, way)()
    raise TypeError(f"a {type(value).__name__} is nothing that JSON knows")
