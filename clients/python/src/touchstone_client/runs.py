"""Runs: a trainer at work on frozen labels, from the queue to the model that it publishes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, TypedDict

from .errors import RunEnded
from .pages import Noun, at

Trainer = Literal["pretrain", "sft", "reward", "ilql", "rloo", "grpo", "ppo", "dpo", "generate"]
Model = str | Mapping[str, str]
"""A model version by its id; or ``{"runId": …}``, what that run will publish."""


class Run(TypedDict, total=False):
    """The keys of a run that a notebook mostly needs; the API gives more."""

    id: str
    number: int
    kind: str
    name: str
    state: Literal["waiting", "queued", "running", "succeeded", "failed", "cancelled"]
    step: int
    totalSteps: int | None
    secondsLeft: float | None
    error: dict[str, Any] | None
    alerts: list[dict[str, Any]]
    labelSet: dict[str, Any] | None
    modelVersionId: str | None
    evaluationId: str | None


class Runs(Noun):
    """``client.runs``"""

    def launch(
        self,
        project: str,
        trainer: Trainer,
        settings: Mapping[str, Any] | None = None,
        *,
        name: str | None = None,
        seed: int = 1,
        policy: Model | None = None,
        reward: Model | None = None,
        include_simulated: bool = False,
        gpu: bool = False,
    ) -> Run:
        """Puts a run on the queue. It is not asked for a second time by itself, since that would be a second run.

        :param settings: those of the trainer that differ from its defaults, such as ``{"epochs": 2, "lr": 3e-4}``
        :param policy: the model that learns, or that ``generate`` asks
        :param reward: the reward model that scores what the policy says (``rloo``, ``grpo``, ``ppo``)
        :raises TouchstoneError: ``invalid_spec`` names the setting, ``too_few_labels`` what is missing
        """
        models = {"policy": _model(policy), "reward": _model(reward)}
        draft = {
            "kind": trainer,
            "seed": seed,
            "spec": dict(settings or {}),
            "capability": "gpu" if gpu else "cpu",
            "includeSimulated": include_simulated,
            **({"name": name} if name is not None else {}),
            **{role: model for role, model in models.items() if model is not None},
        }
        run: Run = self._client.request("POST", at("projects", project, "runs"), json=draft)
        return run

    def get(self, run: str) -> Run:
        """One run as it is now."""
        found: Run = self._client.request("GET", at("runs", run))
        return found

    def wait(
        self,
        run: str,
        *,
        progress: Callable[[Run], None] | bool = True,
        every: float = 2.0,
        timeout: float | None = None,
    ) -> Run:
        """Waits until a run has succeeded.

        :param progress: is told of each change; ``True`` prints a line, ``False`` nothing
        :param every: seconds between looks
        :raises RunEnded: it failed or was cancelled
        :raises TimeoutError: after ``timeout`` seconds; the run goes on
        """
        tell = progress if callable(progress) else (_print if progress else lambda _: None)
        until = None if timeout is None else time.monotonic() + timeout
        told: tuple[Any, ...] | None = None
        while True:
            now = self.get(run)
            seen = (now["state"], now["step"])
            if seen != told:
                tell(now)
                told = seen
            if now["state"] == "succeeded":
                return now
            if now["state"] in ("failed", "cancelled"):
                raise RunEnded(dict(now))
            if until is not None and time.monotonic() > until:
                raise TimeoutError(f"The run is {now['state']} still, after {timeout:g} seconds.")
            time.sleep(every)

    def metrics(self, run: str) -> dict[str, list[tuple[int, float]]]:
        """Curves by name, each a list of (step, value)."""
        series = self._client.request("GET", at("runs", run, "metrics"))["series"]
        return {one["name"]: [(step, value) for step, value in one["points"]] for one in series}

    def cancel(self, run: str) -> Run:
        """Ends a run; what it has published stays."""
        ended: Run = self._client.request("POST", at("runs", run, "cancel"))
        return ended

    # The last one, since after it the name no longer means the type.
    def list(self, project: str) -> Iterator[Run]:
        """Runs of a project, newest first."""
        return self._pages(at("projects", project, "runs"))


def _model(model: Model | None) -> Mapping[str, str] | None:
    return {"modelVersionId": model} if isinstance(model, str) else model


def _print(run: Run) -> None:
    steps = f", step {run['step']}" + (f" of {run['totalSteps']}" if run["totalSteps"] else "")
    left = f", about {run['secondsLeft']:.0f} s left" if run["secondsLeft"] else ""
    print(f"{run['kind']} #{run['number']}: {run['state']}{steps}{left}", flush=True)
