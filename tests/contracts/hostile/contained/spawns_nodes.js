const { spawn } = require("node:child_process");
let alive = 0;
for (let i = 0; i < 40; i++) {
  try {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    child.on("error", () => {});
    alive += child.pid ? 1 : 0;
  } catch {}
}
console.log(alive > 30 ? "ESCAPED" : "contained", alive);
process.exit(0);
