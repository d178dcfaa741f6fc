import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { text } from "node:stream/consumers";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { OutgoingAllow } from "./open-network.ts";
import { type Outgoing, type OutgoingRequest, type OutgoingSettings, openOutgoing } from "./outgoing.ts";

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function listening<Listening extends Server>(server: Listening): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push({
    close() {
      if ("closeAllConnections" in server && typeof server.closeAllConnections === "function") {
        server.closeAllConnections();
      }
      return new Promise((resolve) => server.close(resolve));
    },
  });
  return (server.address() as AddressInfo).port;
}

const serving = (listener: RequestListener): Promise<number> => listening(createServer(listener));

/** A server that says this to whoever connects, byte by byte. */
const saying = (said: string, end: boolean): Promise<number> =>
  listening(
    createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => (end ? socket.end(said) : socket.write(said)));
      opened.push({ close: () => socket.destroy() });
    }),
  );

function going(settings: Partial<OutgoingSettings> = {}): Outgoing {
  const outgoing = openOutgoing({ allow: OutgoingAllow.parse("127.0.0.1"), ...settings });
  opened.push(outgoing);
  return outgoing;
}

/** What becomes of a request and of its body: the reason, or the text. */
async function outcome(outgoing: Outgoing, url: string, request?: OutgoingRequest): Promise<unknown> {
  return outgoing.request(url, request).then(
    ({ body }) => text(body).catch((error: { reason?: string }) => error.reason ?? error),
    (error: { reason?: string }) => error.reason ?? error,
  );
}

let reached = 0;
const secretPort = await new Promise<{ port: number; server: Server }>((resolve) => {
  const server = createServer((_request, response) => {
    reached++;
    response.end("the own network's secret");
  });
  server.listen(0, "127.0.0.1", () => resolve({ port: (server.address() as AddressInfo).port, server }));
});
afterAll(() => secretPort.server.close());
const secret = `http://127.0.0.1:${secretPort.port}/`;

describe("what may be asked", () => {
  it("refuses what is not public, however it is written, before a connection is made", async () => {
    const outgoing = going({ allow: [] });
    const { port } = secretPort;
    const hosts = [
      ...["127.0.0.1", "localhost", "localhost.", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0.0.0.0", "0"],
      ...["[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "①②⑦.0.0.1", "127.0.0.1%2e"],
      ...["10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255"],
      ...[
        "198.18.0.1",
        "192.0.2.1",
        "240.0.0.1",
        "[fd00::1]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[2002:7f00:1::]",
      ],
      ...["[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2001:db8::1]", "[2001::1]", "[::ffff:0:127.0.0.1]", "[100::1]"],
    ];
    for (const host of hosts) {
      const url = `http://${host}:${port}/`;
      expect([host, await outcome(outgoing, url)]).toEqual([
        host,
        expect.stringMatching(/outgoing(Private|NoAddress|UnknownHost)/),
      ]);
      await expect(outgoing.judge(url)).rejects.toMatchObject({ code: "invalid_value" });
    }
    expect(reached).toBe(0);
  });

  it("refuses other schemes, passwords in an address, and what is no address", async () => {
    const outgoing = going();
    expect(await outcome(outgoing, "file:///etc/passwd")).toBe("outgoingScheme");
    expect(await outcome(outgoing, "ftp://example.org/")).toBe("outgoingScheme");
    expect(await outcome(outgoing, `http://ada:secret@127.0.0.1:${secretPort.port}/`)).toBe("outgoingCredentials");
    for (const none of ["", "example.org", "http://", "http://[::1", "http://1.2.3.4.5.6:99999/", "//x/y"]) {
      expect([none, await outcome(outgoing, none)]).toEqual([none, "outgoingNoAddress"]);
    }
  });

  it("reaches what the operator has opened, by address, range, name and port, and nothing beside it", async () => {
    const port = await serving((_request, response) => response.end("inside"));
    const named = { resolve: async () => [{ address: "127.0.0.1", family: 4 }] };
    const open = (text: string) => going({ allow: OutgoingAllow.parse(text), ...named });
    for (const allow of ["127.0.0.0/8", "127.0.0.1", `127.0.0.1:${port}`, "models.lan", `models.lan:${port}`]) {
      expect([allow, await outcome(open(allow), `http://models.lan:${port}/`)]).toEqual([allow, "inside"]);
    }
    for (const allow of ["10.0.0.0/8", `127.0.0.1:${port + 1}`, "other.lan", `models.lan:${port + 1}`, "::1"]) {
      expect([allow, await outcome(open(allow), `http://models.lan:${port}/`)]).toEqual([allow, "outgoingPrivate"]);
    }
    expect(await outcome(open("127.0.0.1"), `http://[::ffff:127.0.0.1]:${port}/`)).not.toBe("outgoingPrivate");
  });

  it("says which part of the allow-list it can't read", () => {
    for (const wrong of ["10.0.0.0/33", "http://a.lan", "10.0.0", "a.lan:99999", "[::1", "[a.lan]:80", "1.2.3.4/"]) {
      expect(OutgoingAllow.safeParse(`127.0.0.1,${wrong}`).error?.issues[0]?.message).toContain(wrong);
    }
    expect(OutgoingAllow.parse(undefined)).toEqual([]);
    expect(OutgoingAllow.parse(" 10.0.0.0/8, fd00::/8 ,[::1]:80,::1, a-b.lan")).toHaveLength(5);
  });

  it("connects to the address that was judged although the name leads elsewhere a moment later", async () => {
    const port = await serving((_request, response) => response.end("judged"));
    const answers = ["127.0.0.2", "127.0.0.1"];
    const asked: string[] = [];
    const resolve = async () => {
      const address = answers[Math.min(asked.length, 1)] ?? "";
      asked.push(address);
      return [{ address, family: 4 }];
    };
    // The first answer may be reached and has nobody listening; the second would have been, and may not.
    const outgoing = going({ allow: OutgoingAllow.parse("127.0.0.2"), resolve });
    expect(await outcome(outgoing, `http://rebinding.example:${port}/`)).toBe("outgoingUnreachable");
    expect(asked).toEqual(["127.0.0.2"]);
    expect(await outcome(outgoing, `http://rebinding.example:${port}/`)).toBe("outgoingPrivate");
    expect(asked).toEqual(["127.0.0.2", "127.0.0.1"]);
  });

  it("leaves alone the private ones among the addresses of a name", async () => {
    const port = await serving((_request, response) => response.end("the opened one"));
    const both = ["10.255.255.1", "127.0.0.1"].map((address) => ({ address, family: 4 }));
    expect(await outcome(going({ resolve: async () => both }), `http://two.example:${port}/`)).toBe("the opened one");
  });

  it("knows no address of a name that nobody gave one", async () => {
    const outgoing = going({ resolve: () => Promise.reject(new Error("ENOTFOUND")) });
    expect(await outcome(outgoing, "http://nowhere.example/")).toBe("outgoingUnknownHost");
  });
});

describe("redirects", () => {
  it("judges each anew, and does not go on into the own network", async () => {
    const targets: Record<string, string> = {
      "/own": secret,
      "/meta": "http://169.254.169.254/latest/",
      "/file": "file:///etc",
    };
    const port = await serving((request, response) => {
      response.writeHead(302, { location: targets[request.url ?? ""] }).end();
    });
    const outgoing = going({ allow: OutgoingAllow.parse(`127.0.0.1:${port}`) });
    expect(await outcome(outgoing, `http://127.0.0.1:${port}/own`)).toBe("outgoingPrivate");
    expect(await outcome(outgoing, `http://127.0.0.1:${port}/meta`)).toBe("outgoingPrivate");
    expect(await outcome(outgoing, `http://127.0.0.1:${port}/file`)).toBe("outgoingScheme");
    expect(reached).toBe(0);
  });

  it("counts them, follows relative ones, and follows none of a POST", async () => {
    const bodies: string[] = [];
    const port = await serving(async (request, response) => {
      bodies.push(`${request.method} ${await text(request)}`);
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end("arrived");
      else response.writeHead(307, { location: `./${left - 1}` }).end("moved");
    });
    const outgoing = going();
    expect(await outcome(outgoing, `http://127.0.0.1:${port}/5`)).toBe("arrived");
    expect(await outcome(outgoing, `http://127.0.0.1:${port}/6`)).toBe("outgoingRedirects");
    expect(await outcome(outgoing, `http://127.0.0.1:${port}/6`, { limits: { redirects: 0 } })).toBe("moved");
    bodies.length = 0;
    const posted = await outgoing.request(`http://127.0.0.1:${port}/1`, { method: "POST", body: "once" });
    expect([posted.status, await text(posted.body)]).toEqual([307, "moved"]);
    expect(bodies).toEqual(["POST once"]);
  });

  it("keeps headers that may be secrets from another origin, and gives them to its own", async () => {
    const seen: (string | undefined)[][] = [];
    const look: RequestListener = ({ headers }, response) => {
      seen.push([headers.authorization, headers["x-api-key"] as string | undefined, headers.cookie, headers.accept]);
      response.end("seen");
    };
    const other = await serving(look);
    const port = await serving((request, response) => {
      if (request.url === "/there") return look(request, response);
      const location = request.url === "/own" ? "/there" : `http://127.0.0.1:${other}/`;
      response.writeHead(302, { location }).end();
    });
    const headers = { Authorization: "Bearer t", "X-API-Key": "k", Cookie: "c=1", accept: "text/csv" };
    const outgoing = going();
    await outcome(outgoing, `http://127.0.0.1:${port}/own`, { headers });
    await outcome(outgoing, `http://127.0.0.1:${port}/other`, { headers });
    expect(seen).toEqual([
      ["Bearer t", "k", "c=1", "text/csv"],
      [undefined, undefined, undefined, "text/csv"],
    ]);
  });
});

describe("what an answer may take", () => {
  const limits = { answerMs: 200, idleMs: 200, wholeMs: 5_000, bytes: 1_000 };

  it("names who is too slow: to connect, to begin, in the middle, in all", async () => {
    const silent = await saying("", false);
    const stalls = await saying("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", false);
    const endless = await serving((_request, response) => {
      const drip = setInterval(() => response.write("."), 20);
      response.on("close", () => clearInterval(drip));
    });
    const outgoing = going({ limits });
    expect(await outcome(outgoing, `http://127.0.0.1:${silent}/`)).toBe("outgoingSlowAnswer");
    expect(await outcome(outgoing, `http://127.0.0.1:${stalls}/`)).toBe("outgoingStalled");
    expect(await outcome(outgoing, `http://127.0.0.1:${endless}/`, { limits: { wholeMs: 300 } })).toBe(
      "outgoingTooLong",
    );
    const never = going({ connectMs: 100, resolve: () => new Promise(() => {}) });
    expect(await outcome(never, "http://slow-names.example/")).toBe("outgoingSlowConnection");
  });

  it("takes no more bytes than allowed, said or unsaid, packed or plain", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const port = await serving((request, response) => {
      if (request.url === "/said") response.writeHead(200, { "content-length": 5_000_000_000 }).write("x");
      else if (request.url === "/bomb")
        response.writeHead(200, { "content-encoding": "gzip" }).end(bomb.subarray(0, 900));
      else if (request.url === "/twice")
        response.writeHead(200, { "content-encoding": "gzip, gzip" }).end(gzipSync(bomb));
      else if (request.url === "/endless") {
        const more = (): void => void (response.destroyed || response.write("x".repeat(500), () => setImmediate(more)));
        more();
      } else response.end("x".repeat(1_000));
    });
    const outgoing = going({ limits });
    for (const path of ["said", "bomb", "endless", "twice"]) {
      expect([path, await outcome(outgoing, `http://127.0.0.1:${port}/${path}`)]).toEqual([path, "outgoingTooLarge"]);
    }
    expect(await outcome(outgoing, `http://127.0.0.1:${port}/exact`)).toBe("x".repeat(1_000));
  });

  it("unpacks what it asked for, and names what it can't", async () => {
    const packed: Record<string, Buffer> = {
      gzip: gzipSync("packed"),
      deflate: deflateSync("packed"),
      br: brotliCompressSync("packed"),
      "gzip, br": brotliCompressSync(gzipSync("packed")),
      identity: Buffer.from("packed"),
      zstd: Buffer.from("?"),
      "gzip, gzip, gzip": Buffer.from("?"),
      "GZIP ": Buffer.from("not gzip"),
      "x-gzip": gzipSync("packed").subarray(0, 15),
    };
    const port = await serving((request, response) => {
      const encoding = decodeURIComponent(request.url?.slice(1) ?? "");
      response.writeHead(200, { "content-encoding": encoding }).end(packed[encoding]);
    });
    const outgoing = going();
    const outcomes = await Promise.all(
      Object.keys(packed).map((encoding) =>
        outcome(outgoing, `http://127.0.0.1:${port}/${encodeURIComponent(encoding)}`),
      ),
    );
    const [unread, damaged] = ["outgoingEncoding", "outgoingDamaged"];
    expect(outcomes).toEqual([...Array(5).fill("packed"), unread, unread, damaged, damaged]);
  });

  it("says when an answer ends in the middle, and when it is no HTTP at all", async () => {
    const half = await saying("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", true);
    const chunked = await saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", true);
    const nothing = await saying("", true);
    const ssh = await saying("SSH-2.0-OpenSSH_9.2\r\n", true);
    const headers = await saying(`HTTP/1.1 200 OK\r\nX: ${"x".repeat(100_000)}\r\n\r\n`, false);
    const outgoing = going();
    for (const port of [half, chunked, nothing]) {
      expect(await outcome(outgoing, `http://127.0.0.1:${port}/`)).toBe("outgoingBrokeOff");
    }
    for (const port of [ssh, headers]) {
      expect(await outcome(outgoing, `http://127.0.0.1:${port}/`)).toBe("outgoingNotHttp");
    }
    expect(await outcome(outgoing, `https://127.0.0.1:${half}/`)).toMatch(/outgoing(Certificate|BrokeOff|Unreachable)/);
    expect(await outcome(outgoing, "http://127.0.0.1:1/")).toBe("outgoingUnreachable");
  });

  it("lets go of the connection of whoever reads no further or is called off", async () => {
    let open = 0;
    const port = await serving((request, response) => {
      open++;
      request.socket.once("close", () => open--);
      response.write("begun");
    });
    const outgoing = going();
    const unread = await outgoing.request(`http://127.0.0.1:${port}/`);
    unread.body.destroy();
    const read = await outgoing.request(`http://127.0.0.1:${port}/`);
    for await (const _ of read.body) break;
    const leaving = new AbortController();
    const left = await outgoing.request(`http://127.0.0.1:${port}/`, { signal: leaving.signal });
    leaving.abort(new Error("called off"));
    await expect(text(left.body)).rejects.toThrow("called off");
    await expect.poll(() => open).toBe(0);
    expect(await outcome(outgoing, `http://127.0.0.1:${port}/`, { signal: leaving.signal })).toEqual(
      new Error("called off"),
    );
  });

  it("takes no proxy from the environment", async () => {
    const port = await serving((_request, response) => response.end("straight"));
    process.env.HTTP_PROXY = process.env.http_proxy = secret;
    try {
      expect(await outcome(going(), `http://127.0.0.1:${port}/`)).toBe("straight");
    } finally {
      delete process.env.HTTP_PROXY;
      delete process.env.http_proxy;
    }
    expect(reached).toBe(0);
    // The server that must not be reached could have been.
    expect(await outcome(going(), secret)).toBe("the own network's secret");
  });
});
