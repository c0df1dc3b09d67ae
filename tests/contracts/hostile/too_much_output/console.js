for (;;) console.log("x".repeat(200));
