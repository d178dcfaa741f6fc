"""Label sets: frozen selections of judgements, what runs learn from. A set never changes; its SHA-256 says which it is."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypedDict

from .downloads import ChangedMeanwhile, download
from .errors import FileFailed, NotWrittenYet
from .exports import Container, Rows, save
from .pages import Noun, at


_LOOK_AGAIN = 2.0
"""Seconds between two looks at a file that is being written."""


class LabelSet(TypedDict):
    """A set, as it was frozen."""

    id: str | None
    """None where there is nothing to freeze."""
    sha256: str | None
    selected: int
    judgements: int
    leftOut: int


class LabelSets(Noun):
    """``client.label_sets``"""

    def make(
        self,
        project: str,
        *,
        filter: Mapping[str, Any] | None = None,
        ids: Sequence[str] | None = None,
        include_simulated: bool = False,
        include_evaluations: bool = False,
        preview: bool = False,
    ) -> LabelSet:
        """Freezes the judgements that count on some items; the same judgements give the same set.

        :param filter: as the page Browse filters, such as ``{"split": "train"}``; left out, all items
        :param ids: or exactly these items
        :param preview: only counts them
        """
        selection = {"ids": list(ids)} if ids is not None else {"filter": dict(filter or {})}
        draft = {
            "selection": selection,
            "includeSimulated": include_simulated,
            "includeEvaluations": include_evaluations,
            "preview": preview,
        }
        # Said twice it is the same set.
        made: LabelSet = self._client.request("POST", at("projects", project, "label-sets"), json=draft, repeatable=True)
        return made

    def stream(
        self,
        label_set: str,
        format: str = "trl-preference",
        *,
        aggregation: Literal["votes", "majority", "soft"] | None = None,
    ) -> Rows:
        """The set's rows in a shape that trainers read; ``.to_dataframe()`` gives all of them at once.

        A stream that breaks off goes on where it was.
        """
        said = {"format": format, "aggregation": aggregation}
        return Rows(self._client, at("label-sets", label_set, "export"), said, settled=True)

    def save(
        self,
        label_set: str,
        path: str | os.PathLike[str],
        format: str = "trl-preference",
        *,
        container: Container = "parquet",
    ) -> Path:
        """The set into a file, which has its name only once it is whole; ``folder`` is a zip for the Hugging Face Hub."""
        return save(self._client, at("label-sets", label_set, "export"), {"format": format, "container": container}, path)

    def download(
        self,
        label_set: str,
        path: str | os.PathLike[str],
        name: str = "trl-preference.parquet",
        *,
        again: bool = False,
        timeout: float = 3_600.0,
    ) -> Path:
        """A file of the set as the product keeps it; it is written there first, where it is not yet.

        A download that breaks off goes on where it was, also when the notebook was started anew in between: what came so
        far lies beside the file. The file has its name only once all of it is there and its SHA-256 is right.

        :param name: what it holds, such as ``trl-preference.parquet``, ``openrlhf.majority.jsonl.gz`` or ``judgements.zip``
            (the product's docs/label-sets.md has all names)
        :param again: has it written anew first: one that could not be written, or had open pairs of an evaluation then
        :param timeout: how many seconds to wait at most until the file is written
        :raises FileFailed: the product could not write it
        :raises NotWrittenYet: it is not written after that time; the product goes on with it
        """
        to = Path(path)
        deadline = time.monotonic() + timeout
        while True:
            sha256, size = self._written(label_set, name, again, deadline)
            again = False
            try:
                return download(self._client, at("label-sets", label_set, "files", name), to, sha256, size)
            except ChangedMeanwhile:
                # Of the version before nothing can be used.
                to.with_name(f"{to.name}.{sha256[:16]}.part").unlink(missing_ok=True)
                if time.monotonic() > deadline:
                    raise NotWrittenYet(f"{name} is written anew again and again.") from None

    def _written(self, label_set: str, name: str, again: bool, deadline: float) -> tuple[str, int]:
        """Has a file written, waits until it is there, and says its hash and how many bytes it has."""
        while True:
            # Of one that is there or under way this says only how far it is.
            draft = {"name": name, "again": again}
            said = self._client.request("POST", at("label-sets", label_set, "files"), json=draft, repeatable=True)
            again = False
            if said["state"] == "ready":
                return said["sha256"], said["bytes"]
            if said["state"] == "failed":
                raise FileFailed(f"{name} could not be written.")
            if time.monotonic() > deadline:
                raise NotWrittenYet(f"{name} is not written yet; {said['rows']} rows are. Ask again later.")
            time.sleep(_LOOK_AGAIN)
