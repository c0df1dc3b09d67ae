const more = () => process.stdout.write("x".repeat(65536), more);
more();
