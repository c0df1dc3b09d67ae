import fs from "node:fs";
const b = ;
