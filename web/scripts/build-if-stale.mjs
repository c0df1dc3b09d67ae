// Brings src/mockloop/static up to date with web/, doing only what is needed. `make run` and `make test` call it:
//   .venv/bin/node web/scripts/build-if-stale.mjs [--force | --dependencies]
// `--force` builds in any case; `--dependencies` only installs packages.
// Uses the npm that came with the node that runs it, so a machine without Node needs nothing else.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const web = path.resolve(import.meta.dirname, "..");
const target = path.resolve(web, "../src/mockloop/static");
const lock = path.join(web, ".next-build-lock");
const SOURCES = ["src", "public", "scripts", "stubs", "package.json", "package-lock.json", "next.config.ts",
  "postcss.config.mjs", "tsconfig.json"];
const NOT_IN_THE_BUILD = /\.test\.(ts|tsx|mjs)$|^public\/vendor\//;

function filesUnder(place) {
  const full = path.join(web, place);
  if (!existsSync(full)) return [];
  const entries = readdirSync(path.dirname(full), { withFileTypes: true });
  if (entries.find((entry) => entry.name === path.basename(full))?.isFile()) return [place];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(web, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"));
}

/** One fingerprint of names and contents, in an order that does not depend on the file system. */
function fingerprint(places) {
  const hash = createHash("sha256");
  for (const file of places.flatMap(filesUnder).filter((name) => !NOT_IN_THE_BUILD.test(name)).sort()) {
    hash.update(`${file}\0`).update(readFileSync(path.join(web, file))).update("\0");
  }
  return hash.digest("hex");
}

function stampIn(folder) {
  const file = path.join(folder, ".stamp");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : null;
}

function npm(...words) {
  const binaries = path.dirname(process.execPath);
  const bundled = path.resolve(binaries, "../lib/node_modules/npm/bin/npm-cli.js");
  const [program, first] = existsSync(bundled) ? [process.execPath, [bundled]] : ["npm", []];
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  env.PATH = [binaries, process.env.PATH].filter(Boolean).join(path.delimiter);
  const { status, error } = spawnSync(program, [...first, ...words], { cwd: web, env, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** One build at a time: two would write the same folders. A lock whose owner died is taken over. */
function takeLock() {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      process.on("exit", () => rmSync(lock, { force: true }));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const owner = Number(readFileSync(lock, "utf8"));
      if (owner && !alive(owner)) rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
}

process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));

const packages = () => `${fingerprint(["package-lock.json"])} ${process.platform}-${process.arch}`;
const installed = () => stampIn(path.join(web, "node_modules")) === packages();

function install() {
  if (installed()) return;
  console.log("web: installing packages");
  npm("ci", "--no-audit", "--no-fund");
  writeFileSync(path.join(web, "node_modules/.stamp"), packages());
}

function build() {
  install();
  console.log("web: building");
  // Taken before the build: what changes meanwhile makes it stale again.
  const sources = fingerprint(SOURCES);
  npm("run", "build");
  publish(sources);
}

/** Swaps the whole folder, so that a server never starts on half a build. */
function publish(stamp) {
  const fresh = `${target}.new`;
  const old = `${target}.old`;
  for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(target), { recursive: true });
  cpSync(path.join(web, "out"), fresh, { recursive: true });
  writeFileSync(path.join(fresh, ".stamp"), stamp);
  if (existsSync(target)) renameSync(target, old);
  renameSync(fresh, target);
  rmSync(old, { recursive: true, force: true });
}

if (process.argv.includes("--dependencies")) {
  if (!installed()) {
    takeLock();
    install();
  }
} else {
  const force = process.argv.includes("--force");
  const stale = () => force || stampIn(target) !== fingerprint(SOURCES);
  if (stale()) {
    takeLock();
    // Asked again: whoever held the lock may just have built the same.
    if (stale()) build();
  }
}
