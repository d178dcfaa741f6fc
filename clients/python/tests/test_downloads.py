"""Downloads that break off: against answers that are made up, without a product."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import httpx
import pytest
from test_connection import ID, Answer, Breaking, asking, problem

from touchstone_client import ConnectionLost, FileFailed, NotWrittenYet

CONTENT = bytes(range(256)) * 4
OTHER = b"another version of it"


def file_of(content: bytes = CONTENT, **said: Any) -> httpx.Response:
    sha256 = hashlib.sha256(content).hexdigest()
    view = {"name": "hh.jsonl", "state": "ready", "rows": 3, "bytes": len(content), "sha256": sha256, **said}
    return httpx.Response(202, json=view)


def sent(content: bytes, start: int = 0, *, cut: int | None = None, status: int | None = None) -> httpx.Response:
    """The file from a place on, as far as the line holds."""
    part = content[start:cut]
    headers = {"etag": f'"{hashlib.sha256(content).hexdigest()}"'}
    if start > 0:
        headers["content-range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
    made = httpx.ByteStream(part) if cut is None else Breaking(part)
    return httpx.Response(status or (206 if start > 0 else 200), headers=headers, stream=made)


def test_a_download_goes_on_where_it_broke_off_with_a_condition(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answers: list[Answer] = [file_of(), sent(CONTENT, cut=300), sent(CONTENT, 300, cut=700), sent(CONTENT, 700)]
    client, asked, _ = asking(answers, monkeypatch)
    assert client.label_sets.download(ID, tmp_path / "a", "hh.jsonl").read_bytes() == CONTENT
    etag = f'"{hashlib.sha256(CONTENT).hexdigest()}"'
    told = [(one.headers.get("range"), one.headers.get("if-range")) for one in asked[1:]]
    assert told == [(None, None), ("bytes=300-", etag), ("bytes=700-", etag)]
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_another_process_goes_on_too_and_nothing_half_has_the_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    client, _, _ = asking([file_of(), sent(CONTENT, cut=300), httpx.ReadError("cut")], monkeypatch)
    client.retries = 0
    with pytest.raises(ConnectionLost):
        client.label_sets.download(ID, tmp_path / "a", "hh.jsonl")
    assert [one.name.endswith(".part") for one in tmp_path.iterdir()] == [True]
    client, asked, _ = asking([file_of(), sent(CONTENT, 300)], monkeypatch)
    assert client.label_sets.download(ID, tmp_path / "a", "hh.jsonl").read_bytes() == CONTENT
    assert asked[1].headers["range"] == "bytes=300-"
    # All of it was there already, and only its name was missing.
    (tmp_path / "a").replace(tmp_path / f"a.{hashlib.sha256(CONTENT).hexdigest()[:16]}.part")
    client, asked, _ = asking([file_of()], monkeypatch)
    assert client.label_sets.download(ID, tmp_path / "a", "hh.jsonl").read_bytes() == CONTENT
    assert len(asked) == 1


@pytest.mark.parametrize(
    "rest",
    [
        # Whoever does not know ranges sends all of it, and a cache may begin at a block before.
        pytest.param(sent(CONTENT), id="whole"),
        pytest.param(sent(CONTENT, 256), id="earlier"),
    ],
)
def test_what_comes_is_put_where_it_belongs(rest: httpx.Response, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    client, _, _ = asking([file_of(), sent(CONTENT, cut=300), rest], monkeypatch)
    assert client.label_sets.download(ID, tmp_path / "a", "hh.jsonl").read_bytes() == CONTENT


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda: sent(OTHER), id="another version"),
        pytest.param(lambda: waiting(), id="being written anew"),
    ],
)
def test_two_versions_are_never_put_together(changed: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answers = [file_of(), sent(CONTENT, cut=300), changed(), file_of(OTHER), sent(OTHER)]
    client, _, _ = asking(answers, monkeypatch)
    assert client.label_sets.download(ID, tmp_path / "a", "hh.jsonl").read_bytes() == OTHER
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def waiting() -> httpx.Response:
    said = problem("conflict", 409)
    return httpx.Response(409, json={**said.json(), "reason": "labelSetFileWaiting"})


def test_what_was_damaged_on_the_way_is_thrown_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    damaged = sent(CONTENT)
    damaged.stream = httpx.ByteStream(b"x" + CONTENT[1:])
    client, asked, _ = asking([file_of(), damaged, sent(CONTENT)], monkeypatch)
    assert client.label_sets.download(ID, tmp_path / "a", "hh.jsonl").read_bytes() == CONTENT
    assert "range" not in asked[2].headers


def test_it_waits_until_the_file_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    client, _, waits = asking([file_of(state="writing"), file_of(), sent(CONTENT)], monkeypatch)
    assert client.label_sets.download(ID, tmp_path / "a", "hh.jsonl").read_bytes() == CONTENT
    assert waits == [2.0]
    client, _, _ = asking([file_of(state="failed")], monkeypatch)
    with pytest.raises(FileFailed):
        client.label_sets.download(ID, tmp_path / "b", "hh.jsonl")
    client, _, _ = asking([file_of(state="writing")], monkeypatch)
    with pytest.raises(NotWrittenYet, match="3 rows"):
        client.label_sets.download(ID, tmp_path / "b", "hh.jsonl", timeout=-1)
