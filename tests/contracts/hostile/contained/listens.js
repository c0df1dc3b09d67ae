const server = require("node:net").createServer();
server.on("error", (error) => console.log("contained", error.code));
server.listen(0, () => { console.log("ESCAPED"); process.exit(0); });
