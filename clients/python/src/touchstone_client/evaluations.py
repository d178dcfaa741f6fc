"""Evaluations: which of two policies people prefer, blind, with an interval that stays valid however often one looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .pages import Noun, at


@dataclass(frozen=True)
class Verdict:
    """What an evaluation says by now. Printed, it is one sentence."""

    verdict: Literal["better", "worse", "no meaningful difference", "not yet known"]
    """Of the candidate, against the baseline."""
    win_rate: float | None
    """Share of wins of the candidate, ties as one half; None while nothing is judged."""
    low: float | None
    high: float | None
    """The bounds of its interval: an anytime-valid confidence sequence (95 %) over the means of prompts."""
    margin: float
    """Half-width of the band around one half that counts as no meaningful difference."""
    judged: int
    """Prompts that are judged, of ``prompts``."""
    prompts: int
    judgements: int
    simulated: bool
    """Whether simulated annotators judged."""

    def __str__(self) -> str:
        by = "simulated judgements" if self.simulated else "judgements"
        of = f"{self.judgements} {by} on {self.judged} of {self.prompts} prompts"
        if self.win_rate is None:
            return f"{self.verdict} ({of})"
        return f"{self.verdict}: win rate {self.win_rate:.3f} [{self.low:.3f}, {self.high:.3f}], {of}"


class Evaluations(Noun):
    """``client.evaluations``"""

    def create(
        self,
        project: str,
        candidate: str,
        baseline: str,
        *,
        others: Sequence[str] = (),
        prompts: int = 60,
        overlap: int = 2,
        seed: int = 1,
        name: str | None = None,
    ) -> dict[str, Any]:
        """Has both policies answer prompts of the test split, for people to compare blind.

        :param candidate: a model version's id, as is ``baseline``
        :param others: further policies; who wins among several stands on the project's page Models
        """
        draft = {
            "candidateId": candidate,
            "baselineId": baseline,
            "otherIds": list(others),
            "prompts": prompts,
            "overlap": overlap,
            "seed": seed,
            **({"name": name} if name is not None else {}),
        }
        made: dict[str, Any] = self._client.request("POST", at("projects", project, "evaluations"), json=draft)
        return made

    def list(self, project: str) -> list[dict[str, Any]]:
        """Evaluations of a project, newest first."""
        items: list[dict[str, Any]] = self._client.request("GET", at("projects", project, "evaluations"))["items"]
        return items

    def get(self, evaluation: str) -> dict[str, Any]:
        """One evaluation, with all that the API says of it."""
        found: dict[str, Any] = self._client.request("GET", at("evaluations", evaluation))
        return found

    def verdict(self, evaluation: str) -> Verdict:
        """Which of the two policies is better, as far as it is known; it may be read at any time."""
        view = self.get(evaluation)
        rate = view["winRate"] or {"value": None, "low": None, "high": None}
        return Verdict(
            verdict=view["verdict"],
            win_rate=rate["value"],
            low=rate["low"],
            high=rate["high"],
            margin=view["margin"],
            judged=view["prompts"]["judged"],
            prompts=view["prompts"]["total"],
            judgements=view["judgements"],
            simulated=view["simulated"],
        )
