import { changeProject, claimTasks, listWork } from "@touchstone/persistence";
import { expect, it } from "vitest";
import { assignmentDatabase } from "../harness/assignment-database.ts";
import { insertTasks, type LabellingProject, labellingProject } from "../harness/labelling-project.ts";

const open = assignmentDatabase(10);

const setMember = (id: string, data: { groups?: string[]; languages?: string[] }) =>
  open.db.member.update({ where: { id }, data });
const changed = (project: LabellingProject, change: object) =>
  changeProject(open.db, { workspaceId: project.workspaceId, id: null }, project.projectId, change);

it("a project of some groups is for their members alone, who find it as if there were no groups", async () => {
  const project = await labellingProject(open.db, { tasks: 3, overlap: 2, annotators: 2 });
  const [inside, outside] = project.annotators;
  if (!inside || !outside) throw new Error("no annotators");
  await setMember(inside.memberId, { groups: ["Nurses", "医生"] });
  await changed(project, { groups: ["医生"] });
  expect((await open.claimFor(project, inside)).tasks).toHaveLength(1);
  expect(await listWork(open.db, inside)).toHaveLength(1);
  await expect(open.claimFor(project, outside)).rejects.toMatchObject({ code: "not_found" });
  expect(await listWork(open.db, outside)).toEqual([]);
  await changed(project, { groups: [] });
  expect((await open.claimFor(project, outside)).tasks).toHaveLength(1);
});

it("gives each only tasks in languages that they read and of none, old ones and new ones, and names the others", async () => {
  const project = await labellingProject(open.db, { tasks: 2, overlap: 1, annotators: 3 });
  const { projectId } = project;
  const [reader, other, third] = project.annotators;
  if (!reader || !other || !third) throw new Error("no annotators");
  const tongue = (from: string | null, to: string) =>
    open.db.prompt.updateMany({ where: { projectId, language: from }, data: { language: to } });
  await tongue(null, "zh-CN");
  await changed(project, { languagesOnly: true });
  await insertTasks(open.db, projectId, { tasks: 1, overlap: 1, batch: 100 });
  await setMember(reader.memberId, { languages: ["zh"] });
  const claim = (who = reader, count = 2) => claimTasks(open.db, { ...who, projectId, count });
  // Of the new task nobody knows the language: everybody may have it.
  const anybody = await claim(other);
  expect(anybody.tasks.map(({ prompt }) => prompt.language)).toEqual([null]);
  expect((await claim(third)).waits).toEqual([
    { for: "others", tasks: 1, until: expect.any(String) },
    { for: "language", languages: ["zh"] },
  ]);
  expect((await claim()).tasks.map(({ prompt }) => prompt.language)).toEqual(["zh-CN", "zh-CN"]);
});
