const code: number = 5;
process.exit(code);
