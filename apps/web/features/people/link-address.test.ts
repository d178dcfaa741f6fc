import { describe, expect, it } from "vitest";
import { linkAddress } from "./link-address.ts";

const alone = { publicOrigin: null, loopbackOnly: true, networkOrigins: [] };
const inNetwork = { ...alone, loopbackOnly: false, networkOrigins: ["http://192.168.1.7:3000"] };

describe("the address of a link", () => {
  it("is the page's own where others see the page too", () => {
    expect(linkAddress("/join/x", "https://lab.example", alone)).toEqual({
      href: "https://lab.example/join/x",
      warning: null,
    });
  });

  it("warns where only this machine can open it", () => {
    for (const origin of ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"])
      expect(linkAddress("/join/x", origin, alone)).toEqual({ href: `${origin}/join/x`, warning: "thisMachine" });
  });

  it("is the one in the network where the page is seen on the server itself", () => {
    expect(linkAddress("/join/x", "http://localhost:3000", inNetwork)).toEqual({
      href: "http://192.168.1.7:3000/join/x",
      warning: "thisNetwork",
    });
  });

  it("is what whoever runs the service says", () => {
    const reach = { ...inNetwork, publicOrigin: "https://touchstone.example" };
    expect(linkAddress("/join/x", "http://localhost:3000", reach)).toEqual({
      href: "https://touchstone.example/join/x",
      warning: null,
    });
  });
});
