process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
for (;;);
