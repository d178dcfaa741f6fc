import { readdirSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { deflateSync } from "node:zlib";
import type { MediaRef, Problem } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { newProject } from "../harness/import-file.ts";
import { gifWithPage, png, pngOf, wav } from "../harness/made-media.ts";
import { keptMedia, uploadMedia } from "../harness/upload-media.ts";
import { createLogin, newTenant, Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let stranger: Visitor;
let workspaceId: string;
let projectId: string;
/** Room for two of the larger files below. */
const quota = 400_000;
beforeAll(async () => {
  api = await openApi({ TOUCHSTONE_MEDIA_BYTES: String(quota) });
  ({ admin, workspaceId } = await newTenant(api.server, "ada@example.org"));
  ({ admin: stranger } = await newTenant(api.server, "eve@example.org"));
  projectId = await newProject(admin, "pictures");
});
afterAll(() => api.close());

const red = [200, 40, 40] as const;
const filesOnDisk = () =>
  readdirSync(api.filesDir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
const reasonOf = (response: { json<T>(): T }) => response.json<Problem>().reason;
const get = (who: Visitor, id: string, headers: Record<string, string> = {}) =>
  who.send("GET", `/api/media/${id}`, undefined, headers);

describe("an upload", () => {
  it("is what its bytes are, and says how large and how long it is", async () => {
    expect(await keptMedia(admin, projectId, "red.png", png(60, 40, red))).toMatchObject({
      kind: "image",
      type: "image/png",
      name: "red.png",
      width: 60,
      height: 40,
    });
    const tone = await uploadMedia(admin, projectId, "tone.wav", wav(0.5), "audio/x-wav");
    expect(tone.json()).toMatchObject({ kind: "audio", type: "audio/wav", seconds: 0.5 });
  });

  const svg = Buffer.from("<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>");
  const huge = pngOf(60_000, 60_000, deflateSync(Buffer.alloc(10)));
  it.each([
    ["lies of its type", "a.png", png(8, 8, red), "image/jpeg", "mediaLies"],
    ["lies of its kind", "a.png", png(8, 8, red), "audio/wav", "mediaLies"],
    ["is called as another type is", "a.jpg", png(8, 8, red), undefined, "mediaMisnamed"],
    ["is an SVG, whatever it is called", "a.png", svg, "image/png", "mediaSvg"],
    ["is a page", "a.gif", Buffer.from("<html><script>1</script></html>"), "image/gif", "mediaUnknown"],
    ["is empty", "a.png", Buffer.alloc(0), undefined, "mediaUnknown"],
    ["is a picture that was cut off", "a.png", png(64, 64, red).subarray(0, 100), undefined, "mediaBroken"],
    ["is a sound that was cut off", "a.wav", wav(1).subarray(0, 9_000), undefined, "mediaBroken"],
    ["is a GIF with no end", "a.gif", gifWithPage().subarray(0, 60), undefined, "mediaBroken"],
    ["would fill a browser's memory", "a.png", huge, undefined, "mediaTooManyPixels"],
  ])("that %s is refused by name, and nothing of it is kept", async (_, name, bytes, type, reason) => {
    const before = filesOnDisk().length;
    const response = await uploadMedia(admin, projectId, name, bytes, type);
    expect([response.statusCode, reasonOf(response)]).toEqual([422, reason]);
    expect(response.json<Problem>().detail).toContain(`“${name}”`);
    expect(filesOnDisk()).toHaveLength(before);
  });

  it("of a type that is not taken is refused before it is read", async () => {
    const response = await uploadMedia(admin, projectId, "a.svg", svg, "image/svg+xml");
    expect(response.statusCode).toBe(415);
    const path = await uploadMedia(admin, projectId, "../../etc/passwd", png(8, 8, red));
    expect(path.statusCode).toBe(422);
  });

  it("of a picture that holds a page is served as the picture it is, and may run nothing", async () => {
    const { id } = await keptMedia(admin, projectId, "polyglot.gif", gifWithPage());
    const { headers, statusCode } = await get(admin, id);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "image/gif",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, max-age=31536000, immutable",
      "content-disposition": 'inline; filename="polyglot.gif"',
    });
  });

  it("of the same bytes twice is one file under both names; one name is one file", async () => {
    const one = await keptMedia(admin, projectId, "blue.png", png(20, 20, [0, 0, 200]));
    const other = await keptMedia(admin, projectId, "azure.png", png(20, 20, [0, 0, 200]));
    expect(other).toEqual({ ...one, name: "azure.png" });
    const taken = await uploadMedia(admin, projectId, "azure.png", png(20, 20, [0, 0, 100]));
    expect([taken.statusCode, reasonOf(taken)]).toEqual([409, "mediaNameTaken"]);
    const elsewhere = await newProject(admin, "others");
    expect((await keptMedia(admin, elsewhere, "azure.png", png(20, 20, [0, 0, 200]))).id).not.toBe(one.id);
  });

  it("beyond the workspace's room is refused with what is used, and deleting makes room", async () => {
    const large = await keptMedia(admin, projectId, "long.wav", wav(15));
    const second = await uploadMedia(admin, projectId, "longer.wav", wav(20));
    expect([second.statusCode, reasonOf(second)]).toEqual([413, "mediaQuota"]);
    expect(second.json<Problem>().values).toMatchObject({ limit: quota, bytes: wav(20).length });
    expect((await admin.send("DELETE", `/api/media/${large.id}`)).statusCode).toBe(204);
    expect((await uploadMedia(admin, projectId, "longer.wav", wav(20))).statusCode).toBe(201);
    const { items } = (await admin.send("GET", `/api/projects/${projectId}/media`)).json<{ items: MediaRef[] }>();
    expect(items.map(({ name }) => name)).toEqual(["blue.png", "longer.wav", "polyglot.gif", "red.png", "tone.wav"]);
    expect((await admin.send("DELETE", `/api/media/${items[1]?.id}`)).statusCode).toBe(204);
  });

  it("that the disk does not take leaves no row, says no path, and is taken once the disk does", async () => {
    const place = `${api.filesDir}/media/${workspaceId}`;
    const other = await newProject(admin, "no room");
    // A file where the folder is to be: what a disk refuses is refused the same way.
    await writeFile(`${place}/${other}`, "");
    const failed = await uploadMedia(admin, other, "a.png", png(9, 9, red));
    expect(failed.statusCode).toBe(500);
    expect(failed.body).not.toContain(api.filesDir);
    expect((await admin.send("GET", `/api/projects/${other}/media`)).json()).toMatchObject({ items: [] });
    await rm(`${place}/${other}`);
    expect((await uploadMedia(admin, other, "a.png", png(9, 9, red))).statusCode).toBe(201);
  });
});

describe("a stored file", () => {
  it("comes whole or by the range that a player asks for", async () => {
    const bytes = wav(0.25);
    const { id } = await keptMedia(admin, projectId, "range.wav", bytes);
    const whole = await get(admin, id);
    expect(whole.rawPayload.equals(bytes)).toBe(true);
    expect(whole.headers).toMatchObject({ "accept-ranges": "bytes", "content-length": String(bytes.length) });
    const ranges = [
      ["bytes=0-9", 0, 10],
      ["bytes=100-", 100, bytes.length],
      ["bytes=-20", bytes.length - 20, bytes.length],
      [`bytes=5-${bytes.length * 2}`, 5, bytes.length],
    ] as const;
    for (const [range, start, end] of ranges) {
      const part = await get(admin, id, { range });
      expect([range, part.statusCode]).toEqual([range, 206]);
      expect(part.headers["content-range"]).toBe(`bytes ${start}-${end - 1}/${bytes.length}`);
      expect(part.rawPayload.equals(bytes.subarray(start, end))).toBe(true);
    }
    for (const range of [`bytes=${bytes.length}-`, "bytes=-0"]) {
      expect((await get(admin, id, { range })).statusCode, range).toBe(416);
    }
    for (const range of ["bytes=9-3", "bytes=0-1,4-5", "lines=0-1", "bytes=-"]) {
      expect((await get(admin, id, { range })).statusCode, range).toBe(200);
    }
    const etag = String(whole.headers.etag);
    expect((await get(admin, id, { "if-none-match": etag })).statusCode).toBe(304);
    expect((await get(admin, id, { range: "bytes=0-9", "if-range": '"another"' })).statusCode).toBe(200);
    const head = await admin.send("HEAD" as "GET", `/api/media/${id}`);
    expect([head.statusCode, head.headers["content-length"], head.body]).toEqual([200, String(bytes.length), ""]);
  });

  it("is opened by the people of its project alone, whoever has its address", async () => {
    const { id } = await keptMedia(admin, projectId, "walls.png", png(30, 30, red));
    const own = await newProject(stranger, "their own");
    expect((await get(stranger, id)).statusCode).toBe(404);
    expect((await stranger.send("DELETE", `/api/media/${id}`)).statusCode).toBe(404);
    expect((await stranger.send("GET", `/api/projects/${projectId}/media`)).statusCode).toBe(404);
    expect((await uploadMedia(stranger, projectId, "b.png", png(31, 31, red))).statusCode).toBe(404);
    // The same picture in a project of their own is another file, and gives nothing away.
    expect((await keptMedia(stranger, own, "walls.png", png(30, 30, red))).id).not.toBe(id);
    expect((await get(new Visitor(api.server), id)).statusCode).toBe(401);

    const db = api.server.database;
    const role = "annotator" as const;
    const { memberId } = await createLogin(db, "ann@example.org", { workspaceId, role });
    const annotator = await new Visitor(api.server).signIn("ann@example.org");
    const shown = await get(annotator, id);
    expect([shown.statusCode, shown.headers["content-disposition"]]).toEqual([200, `inline; filename="${id}"`]);
    expect((await annotator.send("DELETE", `/api/media/${id}`)).statusCode).toBe(403);
    // Led to another project alone, by an open link.
    const elsewhere = await newProject(admin, "elsewhere");
    await db.projectAccess.create({ data: { workspaceId, projectId: elsewhere, memberId } });
    expect((await get(annotator, id)).statusCode).toBe(404);
    await db.projectAccess.create({ data: { workspaceId, projectId, memberId } });
    expect((await get(annotator, id)).statusCode).toBe(200);
  });
});
