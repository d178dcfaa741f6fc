import { describe, expect, it } from "vitest";
import { filesNamedIn, isBuildFile, isDeskPage, isWhole, readKeeping } from "./cache-rules.ts";

const id = "0195d2a0-0000-7000-8000-000000000001";
const answer = (status: number, contentType: string, redirected = false) => ({
  status,
  redirected,
  headers: new Headers({ "content-type": contentType }),
});

describe("what the desk's worker keeps", () => {
  it("keeps desks, and no page of staff, of signing in, or above the desks", () => {
    expect(isDeskPage(`/work/${id}`)).toBe(true);
    expect(isDeskPage(`/work/${id}/recent`)).toBe(true);
    for (const path of ["/work", "/work/", `/projects/${id}`, `/projects/${id}/export`, "/people", "/sign-in", "/"]) {
      expect(isDeskPage(path), path).toBe(false);
    }
  });

  it("keeps files of a build by their hashed names, and never an answer of the API, data of a route or the worker", () => {
    expect(isBuildFile("/_next/static/chunks/0ir6yhxcuj-30.js")).toBe(true);
    expect(isBuildFile("/_next/static/media/inter.1a2b~3.woff2")).toBe(true);
    const never = [
      "/api/session",
      "/api/work",
      `/api/projects/${id}/export.jsonl`,
      `/api/work/${id}/guideline/_next/static/chunks/a.js`,
      `/work/${id}`,
      "/_next/static/service-worker/sw-work.js",
      "/_next/image/a.js",
      "/_next/static/chunks/../../../api/session",
      "/icon.svg",
    ];
    for (const path of never) expect(isBuildFile(path), path).toBe(false);
  });

  it("finds every file that a page names, in its tags and in the data it starts from, each once", () => {
    const html = `<link rel="stylesheet" href="/_next/static/chunks/3-k.css" nonce=""/>
      <script src="/_next/static/chunks/turbopack-2u.js" async=""></script>
      <script>self.__next_f.push([1,"[\\"/_next/static/chunks/3-k.css\\",\\"static/chunks/0~a_b.js\\"]"])</script>
      <img src="/static/other/x.js"><a href="/api/work">`;
    expect(filesNamedIn(html)).toEqual([
      "/_next/static/chunks/3-k.css",
      "/_next/static/chunks/turbopack-2u.js",
      "/_next/static/chunks/0~a_b.js",
    ]);
  });

  it("keeps no error, no redirect, and no page in place of a file", () => {
    expect(isWhole(answer(200, "text/html; charset=utf-8"), "page")).toBe(true);
    expect(isWhole(answer(200, "text/html", true), "page")).toBe(false);
    expect(isWhole(answer(404, "text/html"), "page")).toBe(false);
    expect(isWhole(answer(502, "application/json"), "page")).toBe(false);
    expect(isWhole(answer(200, "application/javascript"), "file")).toBe(true);
    expect(isWhole(answer(200, "text/html"), "file")).toBe(false);
  });

  it("takes from a message only what may be kept, and lets one of another version be", () => {
    const files = ["/_next/static/chunks/a.js", "/api/session", 7];
    expect(readKeeping({ build: "b", page: `/work/${id}`, files })).toEqual({
      build: "b",
      page: `/work/${id}`,
      files: ["/_next/static/chunks/a.js"],
    });
    expect(readKeeping({ build: "b", page: "/people", files: [] })).toMatchObject({ page: null });
    for (const message of [null, "keep", {}, { build: 1, page: null, files: [] }, { build: "b", page: null }]) {
      expect(readKeeping(message)).toBeUndefined();
    }
  });
});
