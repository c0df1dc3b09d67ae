// Puts a brotli and a gzip twin beside each text file of the export; the server picks one. Run after `next build`.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const TEXT = /\.(html|js|mjs|css|txt|json|svg|webmanifest|map|ttf)$/;
const WORTH_IT_BYTES = 512;
// 10, because 11 takes three times as long for one per cent.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };

const out = path.resolve(process.argv[2] ?? "out");
const files = readdirSync(out, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && TEXT.test(entry.name))
  .map((entry) => path.join(entry.parentPath, entry.name));

let before = 0;
let after = 0;

async function compress(file) {
  const content = readFileSync(file);
  if (content.length < WORTH_IT_BYTES) return;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(content, BROTLI),
    promisify(gzip)(content, { level: 9 }),
  ]);
  if (br.length < content.length) writeFileSync(`${file}.br`, br);
  if (gz.length < content.length) writeFileSync(`${file}.gz`, gz);
  before += content.length;
  after += br.length;
}

const queue = [...files];
await Promise.all(
  Array.from({ length: 4 }, async () => {
    for (let file = queue.pop(); file; file = queue.pop()) await compress(file);
  }),
);
console.log(`compressed ${files.length} files: ${Math.round(before / 1024)} kB to ${Math.round(after / 1024)} kB`);
