"""Label sets: frozen selections of judgements, what runs learn from. A set never changes; its SHA-256 says which it is."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypedDict

from .exports import Container, Rows, save
from .pages import Noun, at


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
