"""Against a product that runs: rows in, judgements, a label set out, a run, a verdict."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import PAIRS

from touchstone_client import NotAgreed, RunEnded, Touchstone, TouchstoneError


def test_rows_come_back_from_a_frozen_set_as_they_went_in(client: Touchstone, project: str) -> None:
    label_set = client.label_sets.make(project)
    assert label_set["judgements"] == len(PAIRS)
    assert label_set["id"] is not None
    rows = client.label_sets.stream(label_set["id"])
    assert sorted(row["chosen"][-1]["content"] for row in rows) == sorted(pair["chosen"] for pair in PAIRS)
    # Frozen once more it is the same set, and gone through once more it has the same rows.
    assert client.label_sets.make(project)["sha256"] == label_set["sha256"]
    assert len(list(rows)) == len(PAIRS)


def test_a_set_becomes_a_dataframe_and_a_dataframe_becomes_rows(client: Touchstone, project: str, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="no pandas here")
    label_set = client.label_sets.make(project)["id"]
    assert label_set is not None
    frame = client.label_sets.stream(label_set).to_dataframe()
    assert len(frame) == len(PAIRS)
    pytest.importorskip("pyarrow", reason="no pyarrow here")
    path = client.label_sets.save(label_set, tmp_path / "set.parquet")
    assert sorted(pandas.read_parquet(path)["label_id"]) == sorted(frame["label_id"])
    whole = client.label_sets.download(label_set, tmp_path / "kept.parquet")
    assert sorted(pandas.read_parquet(whole)["label_id"]) == sorted(frame["label_id"])
    assert sorted(one.name for one in tmp_path.iterdir()) == ["kept.parquet", "set.parquet"]

    other = client.projects.create("From a frame", overlap=1)["id"]
    frame = pandas.DataFrame(PAIRS).assign(split=["train"] * 11 + [None])
    assert client.imports.rows(other, frame)["judgements"] == len(PAIRS)


def test_a_receipt_says_what_would_be_lost_and_nothing_is_written_unasked(client: Touchstone, tmp_path: Path) -> None:
    project = client.projects.create("Refused", overlap=1)["id"]
    bad = [*PAIRS[:3], {"prompt": "No answers at all"}]
    with pytest.raises(NotAgreed) as refused:
        client.imports.rows(project, bad)
    assert refused.value.receipt["badRows"][0]["line"] == 4
    assert client.imports.list(project) == []
    assert client.imports.rows(project, bad, leave_out=True, agree=True)["judgements"] == 3

    with pytest.raises(ValueError, match="Row 2"):
        client.imports.rows(project, [PAIRS[0], {"prompt": float("nan")}])


def test_a_file_goes_in_as_it_is(client: Touchstone, tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text("prompt,chosen,rejected\nWhy?,Because.,No.\n", encoding="utf-8")
    project = client.projects.create("A file", overlap=1)["id"]
    assert client.imports.rows(project, file)["judgements"] == 1
    [listed] = client.imports.list(project)
    assert listed["fileName"] == "pairs.csv"


def test_judgements_are_listed_over_pages_and_can_be_made_by_a_program(client: Touchstone, project: str) -> None:
    imported = list(client.judgements.list(project, source="imported"))
    assert len(imported) == len(PAIRS)
    assert client.judgements.get(imported[0]["id"])["id"] == imported[0]["id"]

    asked = client.projects.create("For a program", overlap=1, repeatShare=0)["id"]
    client.imports.rows(asked, [{"prompt": "Which?", "completions": ["This.", "That."]}], format="prompts")
    [task] = client.judgements.claim(asked)
    key = "0195d2a0-0000-7000-8000-000000000001"
    answers = {"preference": {"choice": "graded", "step": 1}}
    receipts = [client.judgements.submit(task, answers, seconds=3, idempotency_key=key) for _ in range(2)]
    assert [one["created"] for one in receipts] == [True, False]
    assert receipts[0]["judgementId"] == receipts[1]["judgementId"]


def test_a_refusal_has_a_code_a_field_and_a_sentence(client: Touchstone, project: str) -> None:
    with pytest.raises(TouchstoneError) as refused:
        client.projects.create("")
    assert (refused.value.code, refused.value.field) == ("invalid_value", "name")
    assert refused.value.sentence.endswith(".") and not refused.value.may_succeed_later
    with pytest.raises(TouchstoneError) as unknown:
        client.runs.launch(project, "reward", {"no such setting": 1})
    assert unknown.value.code == "invalid_spec" and "no such setting" in str(unknown.value)
    with pytest.raises(TouchstoneError) as nowhere:
        client.evaluations.verdict("0195d2a0-0000-7000-8000-000000000009")
    assert nowhere.value.code == "not_found"


def test_a_run_is_launched_waited_for_and_its_end_told(client: Touchstone, project: str) -> None:
    model = {"vocab": 300, "context": 64, "layers": 1, "heads": 2, "kvHeads": 2, "width": 16, "hidden": 32}
    tiny = {"steps": 3, "batchSize": 2, "model": model}
    run = client.runs.launch(project, "pretrain", tiny, name="from a notebook")
    seen: list[str] = []
    ended = client.runs.wait(run["id"], progress=lambda now: seen.append(now["state"]), every=0.1, timeout=60)
    assert (ended["name"], ended["step"], seen[-1]) == ("from a notebook", 3, "succeeded")
    assert ended["modelVersionId"] is not None
    assert [one["id"] for one in client.runs.list(project)] == [run["id"]]
    curves = client.runs.metrics(run["id"])
    assert curves and all(step <= 3 for points in curves.values() for step, _ in points)

    late = client.runs.launch(project, "pretrain", {**tiny, "steps": 100_000})
    client.runs.cancel(late["id"])
    with pytest.raises(RunEnded, match="is cancelled"):
        client.runs.wait(late["id"], progress=False, every=0.1)


def test_a_verdict_is_read_with_its_interval(client: Touchstone) -> None:
    evaluation = os.environ.get("TOUCHSTONE_EVALUATION") or pytest.skip("no evaluation was made ready")
    verdict = client.evaluations.verdict(evaluation)
    assert verdict.judgements > 0 and verdict.judged <= verdict.prompts
    assert verdict.win_rate is not None and verdict.low is not None and verdict.high is not None
    assert verdict.low <= verdict.win_rate <= verdict.high
    assert f"{verdict.win_rate:.3f} [{verdict.low:.3f}, {verdict.high:.3f}]" in str(verdict)
