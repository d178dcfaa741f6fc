"""Projects: prompts and answers, what people are asked about them, and the guideline."""

from __future__ import annotations

from typing import Any, TypedDict

from .pages import Noun, at


class Project(TypedDict, total=False):
    """The keys of a project that a notebook mostly needs; the API gives more."""

    id: str
    name: str
    description: str
    state: str
    overlap: int
    questionnaires: list[dict[str, Any]]
    wanted: int
    judged: int


class Projects(Noun):
    """``client.projects``"""

    def list(self) -> list[Project]:
        """All projects of the workspace, with how many judgements they want (``wanted``) and have (``judged``)."""
        items: list[Project] = self._client.request("GET", at("projects"))["items"]
        return items

    def get(self, project: str) -> Project:
        """One project, by its id."""
        found: Project = self._client.request("GET", at("projects", project))
        return found

    def named(self, name: str) -> Project:
        """The one project of this name. :raises LookupError: if there is none, or more than one"""
        found = [one for one in self.list() if one["name"] == name]
        if len(found) != 1:
            raise LookupError(f"{len(found)} projects are named “{name}”.")
        return found[0]

    def create(self, name: str, *, guideline: str = "", overlap: int = 3, **settings: Any) -> Project:
        """A new project.

        :param guideline: Markdown that annotators read before their first task
        :param overlap: how many people judge each task
        :param settings: further ones as the API names them, such as ``repeatShare=0`` or ``template={"name": …}``
        """
        draft = {"name": name, "guideline": guideline, "overlap": overlap, **settings}
        made: Project = self._client.request("POST", at("projects"), json=draft)
        return made

    def figures(self, project: str) -> dict[str, Any]:
        """How far people are: tasks, judgements by source, pace."""
        figures: dict[str, Any] = self._client.request("GET", at("projects", project, "figures"))
        return figures
