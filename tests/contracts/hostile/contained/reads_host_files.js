const fs = require("node:fs");
const found = [];
for (const path of ["/etc/shadow", "/etc/hostname", "/root", "/home", "/data", "/var", "/run", "/sys", "/proc/1/root/etc/shadow", "/boot"]) {
  try {
    fs.statSync(path).isDirectory() ? fs.readdirSync(path).length && found.push(path) : found.push(path);
  } catch {}
}
console.log(found.length ? "ESCAPED" : "contained", found);
