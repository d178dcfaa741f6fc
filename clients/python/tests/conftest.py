"""The product that is tested against: its address, a token of an admin, and what has been made ready in it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from touchstone_client import Touchstone


@pytest.fixture(scope="session")
def client() -> Iterator[Touchstone]:
    if "TOUCHSTONE_URL" not in os.environ:
        pytest.skip("set TOUCHSTONE_URL and TOUCHSTONE_TOKEN to a product that runs")
    with Touchstone() as opened:
        yield opened


@pytest.fixture(scope="session")
def project(client: Touchstone) -> str:
    """A project with rows that bring their votes."""
    made = client.projects.create("From a notebook", overlap=1, repeatShare=0)
    client.imports.rows(made["id"], PAIRS)
    return made["id"]


# Texts with line separators that are none of JSON Lines'.
PAIRS = [
    {"prompt": f"Which of {number}?", "chosen": f"This\u2028one, {number}.", "rejected": f"Not\x85that, {number}."}
    for number in range(12)
]
