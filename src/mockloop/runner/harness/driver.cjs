// Runs inside the sandbox: waits for one job on descriptor 4, answers on 3, reports its own course on 5.
// Nothing here is trusted by the outside, which compares values itself and measures time itself.
"use strict";

const fs = require("node:fs");
const vm = require("node:vm");
const Module = require("node:module");
const { readSync, writeSync, closeSync, writeFileSync } = fs;
const { parse } = JSON;
const quote = JSON.stringify; // applied to strings only: on objects a candidate's toJSON would speak
const { isArray, from: arrayFrom } = Array;
const { getPrototypeOf, keys: keysOf, create } = Object;
const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const { isFinite: finite, isNaN: nan } = Number;
const exit = process.exit.bind(process);

const RESULTS = 3;
const JOBS = 4;
const CONTROL = 5;
const DEPTH = 200;

class ListNode {
  constructor(val = 0, next = null) {
    this.val = val;
    this.next = next;
  }
}

class TreeNode {
  constructor(val = 0, left = null, right = null) {
    this.val = val;
    this.left = left;
    this.right = right;
  }
}

class Unreturnable extends Error {}

const bytesOf = Buffer.from.bind(Buffer);

function tell(text, to = RESULTS) {
  const bytes = bytesOf(text + "\n");
  for (let at = 0; at < bytes.length; ) at += writeSync(to, bytes, at);
}

let unread = Buffer.alloc(0);
const piece = Buffer.alloc(1 << 16);

// The outside sends the next line only when it is due, so nothing is read ahead.
function readLine() {
  const parts = [unread];
  let end = unread.indexOf(10);
  while (end < 0) {
    const count = readSync(JOBS, piece);
    if (count === 0) return null;
    const part = Buffer.from(piece.subarray(0, count));
    const found = part.indexOf(10);
    parts.push(part);
    if (found >= 0) end = parts.slice(0, -1).reduce((sum, one) => sum + one.length, 0) + found;
  }
  const all = Buffer.concat(parts);
  unread = all.subarray(end + 1);
  return all.subarray(0, end).toString("utf8");
}

// --- values ---

function build(kind, value) {
  if (kind === "list_node" && value) return value.reduceRight((next, val) => new ListNode(val, next), null);
  if (kind === "tree_node") return buildTree(value);
  return value;
}

function buildTree(values) {
  if (!values || values.length === 0 || values[0] === null) return null;
  const root = new TreeNode(values[0]);
  const waiting = [root];
  for (let at = 1, head = 0; head < waiting.length && at < values.length; head++) {
    for (const side of ["left", "right"]) {
      if (at < values.length && values[at] !== null) {
        waiting[head][side] = new TreeNode(values[at]);
        waiting.push(waiting[head][side]);
      }
      at++;
    }
  }
  return root;
}

function flattenList(node, above) {
  const items = [];
  const seen = new Set();
  for (; node !== null && node !== undefined; node = node.next) {
    if (seen.has(node)) throw new Unreturnable("the returned linked list runs in a circle");
    if (typeof node !== "object" || !("next" in node)) {
      throw new Unreturnable(`a ${kindOf(node)} is linked where a ListNode belongs`);
    }
    seen.add(node);
    items.push(encode(node.val, above));
  }
  return `[${items.join(",")}]`;
}

function flattenTree(root, above) {
  const items = [];
  const seen = new Set();
  const waiting = [root];
  for (let head = 0; head < waiting.length; head++) {
    const node = waiting[head];
    if (node === null || node === undefined) {
      items.push("null");
      continue;
    }
    if (seen.has(node)) throw new Unreturnable("the returned tree contains a node twice");
    if (typeof node !== "object" || !("left" in node && "right" in node)) {
      throw new Unreturnable(`a ${kindOf(node)} hangs where a TreeNode belongs`);
    }
    seen.add(node);
    items.push(encode(node.val, above));
    waiting.push(node.left, node.right);
  }
  while (items.length && items[items.length - 1] === "null") items.pop();
  return `[${items.join(",")}]`;
}

function kindOf(value) {
  if (value === null || typeof value !== "object") return typeof value;
  const made = getPrototypeOf(value)?.constructor;
  return typeof made === "function" && typeof made.name === "string" ? made.name.slice(0, 80) : "object";
}

// `value` as JSON text with tags for what JSON has not; written by hand, so that no toJSON is asked.
function encode(value, above = []) {
  switch (typeof value) {
    case "string":
      return quote(value.isWellFormed() ? value : value.toWellFormed());
    case "boolean":
      return value ? "true" : "false";
    case "number":
      if (finite(value)) return `${value}`;
      return `{"$":"float","v":"${nan(value) ? "nan" : value > 0 ? "inf" : "-inf"}"}`;
    case "undefined":
      return '{"$":"undefined"}';
    case "bigint":
      return `{"$":"bigint","v":"${value < 0n ? "-" : ""}0x${(value < 0n ? -value : value).toString(16)}"}`;
    case "object":
      return value === null ? "null" : encodeObject(value, above);
    default:
      return `{"$":"object","v":"${typeof value}"}`;
  }
}

function encodeObject(value, above) {
  if (value instanceof ListNode) return `{"$":"list_node","v":${flattenList(value, above)}}`;
  if (value instanceof TreeNode) return `{"$":"tree_node","v":${flattenTree(value, above)}}`;
  if (above.includes(value)) throw new Unreturnable("the returned value contains itself");
  if (above.length >= DEPTH) throw new Unreturnable(`the returned value is nested more than ${DEPTH} levels deep`);
  const inside = [...above, value];
  const list = (items) => `[${arrayFrom(items, (item) => encode(item, inside)).join(",")}]`;
  if (isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) return list(value);
  if (value instanceof Set) return `{"$":"set","v":${list(setValues.call(value))}}`;
  if (value instanceof Map) {
    const pairs = arrayFrom(mapEntries.call(value), ([key, item]) => `[${encode(key, inside)},${encode(item, inside)}]`);
    return `{"$":"map","v":[${pairs.join(",")}]}`;
  }
  const parent = getPrototypeOf(value);
  // A candidate may bring a class of their own for the nodes.
  if (kindOf(value) === "ListNode" && "next" in value) return `{"$":"list_node","v":${flattenList(value, inside)}}`;
  if (kindOf(value) === "TreeNode" && "left" in value) return `{"$":"tree_node","v":${flattenTree(value, inside)}}`;
  if (parent !== null && parent !== Object.prototype) return `{"$":"object","v":${quote(kindOf(value))}}`;
  const keys = keysOf(value);
  if (keys.includes("$")) {
    return `{"$":"map","v":[${keys.map((key) => `[${quote(key)},${encode(value[key], inside)}]`).join(",")}]}`;
  }
  return `{${keys.map((key) => `${quote(key)}:${encode(value[key], inside)}`).join(",")}}`;
}

function encodeReturned(value, kind) {
  if (kind === "list_node") return flattenList(value, []);
  if (kind === "tree_node") return flattenTree(value ?? null, []);
  return encode(value);
}

// --- source ---

let file = "/tmp/main.js";
let lines = null; // generated line -> line of the candidate, where the two differ

function lineIn(stack) {
  const found = new RegExp(`${file.replace(".", "\\.")}:(\\d+)`).exec(stack);
  if (!found) return null;
  const line = Number(found[1]);
  return lines ? (lines[line - 1] ?? null) : line;
}

function describe(error) {
  if (error instanceof Unreturnable) return `{"type":"","text":${quote(error.message)},"line":null}`;
  let type = "", text = "", line = null;
  try {
    if (error !== null && typeof error === "object" && "message" in error) {
      type = `${error.name}`.slice(0, 80);
      text = `${error.message}`.slice(0, 2000);
      line = lineIn(`${error.stack}`);
    } else {
      type = "Thrown";
      text = `${error}`.slice(0, 2000);
    }
  } catch {
    text = "an error that cannot be shown";
  }
  return `{"type":${quote(type)},"text":${quote(text.toWellFormed())},"line":${line}}`;
}

// Types are stripped in place, which keeps every line where it was; enums and parameter properties need a
// rewrite, which does not, so the lines are told to the outside.
function withoutTypes(source) {
  try {
    return Module.stripTypeScriptTypes(source, { mode: "strip" });
  } catch (error) {
    if (error.code !== "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX") throw error;
  }
  const code = Module.stripTypeScriptTypes(source, { mode: "transform", sourceMap: true });
  const at = code.lastIndexOf("//# sourceMappingURL=");
  const map = new Module.SourceMap(parse(Buffer.from(code.slice(code.indexOf(",", at) + 1), "base64").toString()));
  const text = code.slice(0, at);
  lines = text.split("\n").map((line, i) => {
    const entry = map.findEntry(i, line.length);
    return entry.originalLine === undefined ? null : entry.originalLine + 1;
  });
  tell(`{"lines":[${lines.map((line) => line ?? "null").join(",")}]}`, CONTROL);
  return text;
}

function tellCompileError(error) {
  const found = /:(\d+)(?:\n|$)/.exec(`${error.message}`.startsWith("x ") ? "" : `${error.stack}`);
  const message = `${error.message}`.split("\n")[0].replace(/\s*:\d+$/, "");
  const line = found ? Number(found[1]) : null;
  tell(`{"compile":{"type":"SyntaxError","text":${quote(message)},"line":${line}}}`, CONTROL);
  const shown = `${error.stack}`.replace(/^:(?=\d+\n)/, `${file}:`).split("\n").filter((one) => !/^\s+at /.test(one));
  writeSync(2, shown.join("\n") + "\n");
}

// --- running ---

function runScript(job, source) {
  closeSync(JOBS);
  closeSync(CONTROL);
  writeFileSync(file, source);
  process.argv = [process.argv[0], file, ...job.args];
  process.chdir("/tmp");
  Module.runMain(file);
}

async function load(job, source) {
  const require = Module.createRequire(file);
  const holder = { exports: {} };
  Object.assign(globalThis, { ListNode, TreeNode, require, module: holder, exports: holder.exports });
  const named = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(job.entry_point);
  const lookUp = named ? `typeof ${job.entry_point} === "undefined" ? undefined : ${job.entry_point}` : null;
  let script;
  try {
    script = new vm.Script(source, { filename: file, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
  } catch (error) {
    if (!/\b(import|export|await)\b/.test(error.message)) throw error;
    const path = file.replace(/\.[jt]s$/, ".mjs");
    // Whoever imports something should not have to know that they must export as well. On their first line: lines stay.
    const asker = lookUp && !source.startsWith("#!") ? `export function $declared() { return ${lookUp}; } ` : "";
    writeFileSync(path, asker + source);
    file = path;
    const found = await import(path);
    return found[job.entry_point] ?? found.$declared?.() ?? found.default?.[job.entry_point] ?? found.default;
  }
  script.runInThisContext();
  if (lookUp) {
    const declared = vm.runInThisContext(lookUp, { filename: "/box/driver" });
    if (declared !== undefined) return declared;
  }
  const held = holder.exports?.[job.entry_point] ?? (typeof holder.exports === "function" ? holder.exports : undefined);
  if (held !== undefined) return held;
  const Solution = vm.runInThisContext('typeof Solution === "function" ? Solution : undefined');
  if (!Solution || job.entry_kind !== "function") return undefined;
  const instance = new Solution();
  return typeof instance[job.entry_point] === "function" ? (...given) => instance[job.entry_point](...given) : undefined;
}

async function call(job, target, given) {
  if (job.entry_kind === "function") {
    const built = given.map((value, i) => build(job.parameter_kinds[i] ?? "plain", value));
    return encodeReturned(await target(...built), job.return_kind);
  }
  const [operations, lists] = given;
  const instance = new target(...lists[0]);
  const values = ["null"];
  for (let i = 1; i < operations.length; i++) {
    if (typeof instance[operations[i]] !== "function") {
      throw new Unreturnable(`${job.entry_point} has no method named ${operations[i]}`);
    }
    values.push(encode(await instance[operations[i]](...lists[i])));
  }
  return `[${values.join(",")}]`;
}

async function runSolution(job, source) {
  let due = null;
  // The event loop ran dry while a call was awaited: its promise can no longer settle.
  process.on("beforeExit", () => {
    if (due === null) return;
    tell(`{"i":${due},"e":{"type":"","text":"the returned promise never settled","line":null}}`);
    exit(1);
  });
  const fail = (error) => {
    if (due !== null) tell(`{"i":${due},"e":${describe(error)}}`);
    exit(1);
  };
  process.on("uncaughtException", fail);
  let target, broken = null;
  try {
    due = job.indexes[0];
    target = await load(job, source);
    if (typeof target !== "function") throw new Unreturnable(`there is no ${job.entry_kind} named ${job.entry_point}`);
  } catch (error) {
    if (error instanceof SyntaxError && !/\n\s+at .*\/tmp\/main/.test(error.stack)) {
      tellCompileError(error);
      exit(1);
    }
    broken = error;
  }
  for (const index of job.indexes) {
    due = index;
    tell(`{"i":${index},"ready":1}`);
    const given = parse(readLine());
    let answer;
    try {
      if (broken) throw broken;
      answer = `{"i":${index},"v":${await call(job, target, given)}}`;
    } catch (error) {
      answer = `{"i":${index},"e":${describe(error)}}`;
    }
    tell(answer);
    tell(`{"i":${index},"ended":0}`, CONTROL);
    if (index !== job.indexes[job.indexes.length - 1]) while (readLine() !== "next");
  }
  due = null;
  exit(0);
}

function main() {
  const typed = process.argv.includes("typescript");
  if (process.argv.includes("warm") && typed) Module.stripTypeScriptTypes("", { mode: "strip" });
  tell('{"ready":1}', CONTROL);
  const line = readLine();
  if (line === null) return;
  const job = parse(line);
  let source = job.source;
  if (typed) {
    file = "/tmp/main.ts";
    try {
      source = withoutTypes(source);
    } catch (error) {
      tellCompileError(error);
      exit(1);
    }
  }
  if (job.kind === "script") runScript(job, source);
  else runSolution(job, source);
}

main();
