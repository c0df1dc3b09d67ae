const rude = new Error("x");
Object.defineProperty(rude, "stack", { get() { throw new Error("no"); } });
throw rude;
