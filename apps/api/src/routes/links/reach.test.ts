import type { NetworkInterfaceInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { reachOf } from "./reach.ts";

const at = (address: string, internal: boolean): NetworkInterfaceInfo => ({
  address,
  internal,
  family: "IPv4",
  netmask: "255.255.255.0",
  mac: "00:00:00:00:00:00",
  cidr: null,
});
const interfaces = { lo: [at("127.0.0.1", true)], eth0: [at("192.168.1.7", false)] };
const reach = (host: string, publicOrigin?: string) => reachOf({ host, port: 3000, publicOrigin }, interfaces);

describe("from where the service can be opened", () => {
  it("is this machine alone where it listens on loopback, whatever networks there are", () => {
    for (const host of ["127.0.0.1", "localhost", "::1"])
      expect(reach(host)).toEqual({ publicOrigin: null, loopbackOnly: true, networkOrigins: [] });
  });

  it("is the machine's networks where it listens on all addresses", () => {
    expect(reach("0.0.0.0")).toEqual({
      publicOrigin: null,
      loopbackOnly: false,
      networkOrigins: ["http://192.168.1.7:3000"],
    });
  });

  it("is what whoever runs it says", () => {
    expect(reach("127.0.0.1", "https://touchstone.example").publicOrigin).toBe("https://touchstone.example");
  });
});
