const names = Object.keys(process.env).filter((name) => !["PATH", "LANG", "HOME", "PWD"].includes(name));
console.log(names.length ? "ESCAPED" : "contained", names);
