const text: string = "x".repeat(500);
while (true) console.error(text);
