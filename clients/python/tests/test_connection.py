"""What is tried again, and how often: against answers that are made up, without a product."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest

from touchstone_client import ConnectionLost, Touchstone, TouchstoneError

ID = "0195d2a0-0000-7000-8000-000000000001"


def problem(code: str, status: int) -> httpx.Response:
    body = {"type": "about:blank", "code": code, "title": "T.", "detail": "D.", "status": status, "requestId": "r"}
    return httpx.Response(status, json=body)


Answer = httpx.Response | Exception


def asking(answers: list[Answer], monkeypatch: pytest.MonkeyPatch) -> tuple[Touchstone, list[httpx.Request], list[float]]:
    """A client that gets these answers, what it asked, and how long it waited."""
    asked: list[httpx.Request] = []
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        given = answers.pop(0)
        if isinstance(given, Exception):
            raise given
        return given

    return Touchstone("http://test", "ts_x", transport=httpx.MockTransport(answer)), asked, waits


def test_what_reads_is_tried_again_with_waits_that_double(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = httpx.ReadError("cut")
    client, asked, waits = asking([lost, problem("unavailable", 503), httpx.Response(200, json={"items": []})], monkeypatch)
    assert client.projects.list() == []
    assert [request.headers["authorization"] for request in asked] == ["Bearer ts_x"] * 3
    assert 0.25 <= waits[0] <= 0.5 <= waits[1] <= 1


def test_the_wait_that_the_product_asks_for_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    limited = problem("too_many_requests", 429)
    limited.headers["retry-after"] = "7"
    client, _, waits = asking([limited, httpx.Response(201, json={"id": ID})], monkeypatch)
    client.runs.launch(ID, "reward")
    assert waits == [7.0]


@pytest.mark.parametrize("answer", [httpx.ReadError("cut"), problem("internal", 500), problem("invalid_spec", 422)])
def test_a_run_is_never_launched_twice_by_itself(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    client, asked, _ = asking([answer], monkeypatch)
    with pytest.raises((ConnectionLost, TouchstoneError)):
        client.runs.launch(ID, "reward")
    assert len(asked) == 1


def test_a_request_that_never_left_is_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    client, asked, _ = asking([httpx.ConnectError("refused"), httpx.Response(201, json={"id": ID})], monkeypatch)
    client.runs.launch(ID, "reward")
    assert len(asked) == 2


def test_each_try_of_a_judgement_carries_the_same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    client, asked, _ = asking([httpx.ReadError("cut"), httpx.Response(200, json={"created": True})], monkeypatch)
    client.judgements.submit({"lease": {"id": ID, "token": "t"}}, {}, seconds=1)
    keys = {json.loads(request.content)["idempotencyKey"] for request in asked}
    assert (len(asked), len(keys)) == (2, 1)


class Breaking(httpx.SyncByteStream):
    """Some bytes, and then the line is cut."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __iter__(self) -> Iterator[bytes]:
        yield self.content
        raise httpx.RemoteProtocolError("cut")


LINES = b'{"n": 0}\n{"n": 1}\n{"n": 2}\n'


def test_a_stream_of_a_frozen_set_goes_on_where_it_broke_off(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = httpx.Response(200, content=LINES)
    broken = [httpx.Response(200, stream=Breaking(LINES[:cut])) for cut in (13, 5)]
    client, _, _ = asking([*broken, whole], monkeypatch)
    assert [row["n"] for row in client.label_sets.stream(ID)] == [0, 1, 2]


def test_a_stream_of_what_changes_says_that_it_broke_off(monkeypatch: pytest.MonkeyPatch) -> None:
    client, _, _ = asking([httpx.Response(200, stream=Breaking(LINES[:13]))], monkeypatch)
    read: list[int] = []
    with pytest.raises(ConnectionLost):
        read.extend(row["n"] for row in client.exports.stream(ID))


def test_an_answer_that_is_not_the_products_is_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    client, _, _ = asking([httpx.Response(502, text="<html>")], monkeypatch)
    client.retries = 0
    with pytest.raises(ConnectionLost, match="502"):
        client.projects.list()


def test_without_a_token_it_says_where_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOUCHSTONE_TOKEN", raising=False)
    with pytest.raises(ValueError, match="page Account"):
        Touchstone("http://test")
