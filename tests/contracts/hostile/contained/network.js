const tries = {
  tcp: () => require("node:net").connect(22, "127.0.0.1"),
  http: () => require("node:http").get("http://1.1.1.1/"),
  udp: () => require("node:dgram").createSocket("udp4").send("x", 53, "1.1.1.1"),
};
let left = Object.keys(tries).length + 2;
const end = (name, text) => { console.log(name, text); if (!--left) process.exit(0); };
for (const [name, make] of Object.entries(tries)) {
  try {
    const one = make();
    if (!one) { end(name, "nothing"); continue; }
    one.on("connect", () => end(name, "ESCAPED")).on("response", () => end(name, "ESCAPED"));
    one.on("error", (error) => end(name, error.code));
  } catch (error) {
    end(name, error.code);
  }
}
require("node:dns").lookup("example.com", (error) => end("dns", error ? error.code : "ESCAPED"));
fetch("http://127.0.0.1:8000/").then(() => end("fetch", "ESCAPED"), (error) => end("fetch", `${error}`));
