try {
  require("node:inspector").open(9229, "127.0.0.1");
  console.log(require("node:inspector").url() ? "ESCAPED" : "contained");
} catch (error) {
  console.log("contained", error.code);
}
process.exit(0);
