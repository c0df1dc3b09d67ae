import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";

/** What is coloured; any other language is shown plain. */
export const languages = { python, javascript, typescript, json };
