"""Judgements: what people, imports and simulated annotators said of the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypedDict
from uuid import uuid4

from .pages import Noun, at


class Judgement(TypedDict, total=False):
    """The keys of a judgement that a notebook mostly needs; the API gives more."""

    id: str
    state: Literal["counted", "superseded", "retracted", "surplus"]
    taskId: str
    questions: list[dict[str, Any]]
    member: dict[str, str]
    answers: dict[str, Any] | None
    shownOrder: list[int]
    comment: str
    prompt: dict[str, Any]
    completions: list[dict[str, Any]]
    createdAt: str


class Judgements(Noun):
    """``client.judgements``"""

    def get(self, judgement: str) -> Judgement:
        """One judgement, by its id."""
        found: Judgement = self._client.request("GET", at("judgements", judgement))
        return found

    def claim(self, project: str, count: int = 1) -> list[dict[str, Any]]:
        """Tasks leased to whoever the token is of, for a program that judges; at most 2 at once."""
        answer = self._client.request("POST", at("work", project, "claims"), json={"count": count}, repeatable=True)
        tasks: list[dict[str, Any]] = answer["tasks"]
        return tasks

    def submit(
        self,
        task: Mapping[str, Any],
        answers: Mapping[str, Any],
        *,
        seconds: float,
        comment: str = "",
        flagged: bool = False,
        idempotency_key: str | None = None,
    ) -> dict[str, Any]:
        """Answers a task that was claimed; its receipt has the ``next`` one.

        It is stored once however often it is sent: a lost connection is tried again with the same key.

        :param answers: by the name of each question, such as ``{"preference": {"choice": "graded", "step": 2}}``
        :param seconds: how long the task was looked at, for the figures of pace
        """
        lease, shown = task["lease"], round(seconds * 1000)
        submission = {
            "leaseId": lease["id"],
            "leaseToken": lease["token"],
            "idempotencyKey": idempotency_key or str(uuid4()),
            "answers": dict(answers),
            "timings": {"visibleMs": shown, "activeMs": shown, "firstScrollMs": None},
            "comment": comment,
            "flagged": flagged,
            "client": {"locale": "en", "viewport": "", "input": "api"},
        }
        receipt: dict[str, Any] = self._client.request("POST", at("judgements"), json=submission, repeatable=True)
        return receipt

    # The last one, since after it the name no longer means the type.
    def list(
        self,
        project: str,
        *,
        state: Literal["counted", "surplus", "retracted"] | None = None,
        source: Literal["person", "imported", "simulated"] | None = None,
        member: str | None = None,
        hours: int | None = None,
    ) -> Iterator[Judgement]:
        """Judgements of a project, newest first, fetched a page at a time.

        Evaluations are blind while they are open: their judgements don't say which answer is whose.

        :param hours: only of so many hours up to now
        """
        said = {"state": state, "source": source, "member": member, "hours": hours}
        return self._pages(at("projects", project, "judgements"), said)
