// Looks for holes in package-lock.json, before `npm ci` finds them on somebody else's machine. Run by `make check`.
//
// A registry mirror may lag behind for single packages. `npm install` then silently leaves platform packages
// (@next/swc-darwin-arm64, say) out of the lock, and `npm ci` refuses everywhere.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The names under which `dependent` may find `name`, nearest first, as Node resolves them. */
function candidates(dependent, name) {
  const places = [];
  for (let at = dependent; at; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    places.push(`${at}/node_modules/${name}`);
  }
  return [...places, `node_modules/${name}`];
}

/** Everything wrong with a parsed lock file, one sentence each. */
export function lockFaults(lock, manifest) {
  const faults = [];
  const packages = lock.packages ?? {};
  for (const [place, entry] of Object.entries(packages)) {
    if (place === "") continue;
    if (entry.resolved?.startsWith("http")) faults.push(`${place}: names a registry address (${entry.resolved})`);
    if (!entry.integrity && !entry.link && !entry.resolved?.startsWith("file:") && !entry.inBundle) {
      faults.push(`${place}: has no checksum`);
    }
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const found = candidates(place, name).map((at) => packages[at]).find(Boolean);
      if (!found) faults.push(`${place}: ${name}@${version} is missing from the lock`);
    }
  }
  for (const kind of ["dependencies", "devDependencies"]) {
    for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
      const locked = packages[`node_modules/${name}`]?.version;
      if (/^\d/.test(version) && locked !== version) {
        faults.push(`${name}: package.json wants ${version}, the lock has ${locked ?? "nothing"}`);
      }
      if (!/^(\d|file:)/.test(version)) faults.push(`${name}: ${version} is not an exact version`);
    }
  }
  return faults;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const web = path.resolve(import.meta.dirname, "..");
  const read = (name) => JSON.parse(readFileSync(path.join(web, name), "utf8"));
  const faults = lockFaults(read("package-lock.json"), read("package.json"));
  for (const fault of faults) console.error(fault);
  if (faults.length) process.exit(1);
  console.log("package-lock.json is complete");
}
