"""Downloads that go on where they broke off, in another process too."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from .errors import ConnectionLost, TouchstoneError

if TYPE_CHECKING:
    from .client import Touchstone

_BLOCK = 1 << 20
"""Bytes that are read of a file at a time."""


class ChangedMeanwhile(Exception):
    """What is at the address is another file by now: it was written anew, as when something of it was deleted."""


def download(client: Touchstone, path: str, to: Path, sha256: str, size: int) -> Path:
    """A file of which the hash is known. It has its name only once all of it is there and has that hash.

    What is there of it so far lies beside it under a name with the beginning of the hash, so that whoever is asked to go on
    never puts two versions together.

    :raises ChangedMeanwhile: at the address lies another file by now
    :raises ConnectionLost: it broke off more often in a row than is tried again; what came so far stays, and the next call goes on
    """
    part = to.with_name(f"{to.name}.{sha256[:16]}.part")
    part.touch()
    tries, bytes_before = client.retries, part.stat().st_size
    while True:
        try:
            _fetch_rest(client, path, part, sha256, size)
            if _hash_of(part) == sha256:
                return part.replace(to)
            # Bytes that were damaged on the way, or on this disk, are never handed on.
            part.write_bytes(b"")
            raise ConnectionLost("What came does not have the hash that it should have. It was thrown away; try again.")
        except ConnectionLost:
            came = part.stat().st_size > bytes_before
            tries, bytes_before = client.retries if came else tries - 1, part.stat().st_size
            if tries < 0:
                raise


def _fetch_rest(client: Touchstone, path: str, part: Path, sha256: str, size: int) -> None:
    """Appends what is missing; begins again where what is there can't be gone on with."""
    start = part.stat().st_size
    if start > size:
        part.write_bytes(b"")
        start = 0
    if start == size:
        return
    etag = f'"{sha256}"'
    # A proxy that compressed it would change where each byte is.
    headers = {"accept-encoding": "identity"}
    if start > 0:
        headers |= {"range": f"bytes={start}-", "if-range": etag}
    with _as_it_was(), client.stream(path, headers=headers) as response:
        if response.headers.get("etag") != etag:
            raise ChangedMeanwhile
        with part.open("r+b") as file:
            file.seek(_place_of(response))
            file.truncate()
            for block in response.iter_raw():
                file.write(block)


@contextmanager
def _as_it_was() -> Iterator[None]:
    """Where the file is no longer written, it is being written anew."""
    try:
        yield
    except TouchstoneError as refused:
        if refused.reason in ("labelSetFileWaiting", "labelSetFileWriting"):
            raise ChangedMeanwhile from None
        raise


def _place_of(response: httpx.Response) -> int:
    """Where in the file an answer begins: of the whole at its beginning, also where a part was asked for."""
    if response.status_code != 206:
        return 0
    said = re.match(r"bytes (\d+)-", response.headers.get("content-range", ""))
    if said is None:
        raise ConnectionLost("The answer is a part of the file and does not say which.")
    return int(said[1])


def _hash_of(file: Path) -> str:
    made = hashlib.sha256()
    with file.open("rb") as opened:
        for block in iter(lambda: opened.read(_BLOCK), b""):
            made.update(block)
    return made.hexdigest()
