import { describe, expect, it } from "vitest";
import { lockFaults } from "./check-lock.mjs";

const whole = () => ({
  packages: {
    "": {},
    "node_modules/next": {
      version: "1.0.0",
      integrity: "sha512-a",
      optionalDependencies: { "@next/swc-linux": "1.0.0", "@next/swc-mac": "1.0.0" },
    },
    "node_modules/@next/swc-linux": { version: "1.0.0", integrity: "sha512-b" },
    "node_modules/next/node_modules/@next/swc-mac": { version: "1.0.0", integrity: "sha512-c" },
  },
});
const manifest = { dependencies: { next: "1.0.0" } };

describe("lockFaults", () => {
  it("accepts a whole lock, with nested packages", () => {
    expect(lockFaults(whole(), manifest)).toEqual([]);
  });

  it("names a platform package that was dropped", () => {
    const lock = whole();
    delete lock.packages["node_modules/next/node_modules/@next/swc-mac"];
    expect(lockFaults(lock, manifest)).toEqual([expect.stringContaining("@next/swc-mac@1.0.0 is missing")]);
  });

  it("names an address of a mirror and a missing checksum", () => {
    const lock = whole();
    lock.packages["node_modules/@next/swc-linux"] = { version: "1.0.0", resolved: "https://mirror.test/a.tgz" };
    expect(lockFaults(lock, manifest)).toHaveLength(2);
  });

  it("wants the exact versions of package.json", () => {
    expect(lockFaults(whole(), { dependencies: { next: "1.0.1" } })).toHaveLength(1);
    expect(lockFaults(whole(), { dependencies: { next: "^1.0.0" } })).toHaveLength(1);
  });
});
