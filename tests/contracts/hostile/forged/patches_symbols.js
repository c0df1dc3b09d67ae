// Well-known symbols and inherited fields, which the encoder might ask.
for (const kind of [Array, Map, Set, Object, Error]) {
  Object.defineProperty(kind, Symbol.hasInstance, { value: () => true });
}
Object.defineProperty(Object.prototype, "v", { get: () => "passed", configurable: true });
Object.defineProperty(Object.prototype, "$", { get: () => "list_node", configurable: true });
Object.defineProperty(Object.prototype, "toJSON", { value: () => "passed", configurable: true });
Array.prototype[Symbol.iterator] = function* () { yield "passed"; };
String.prototype.isWellFormed = () => false;
String.prototype.toWellFormed = () => ({ toJSON: () => "passed" });
RegExp.prototype.exec = () => ["passed"];
function answer(token) {
  return { [Symbol.toPrimitive]: () => "passed", mine: token };
}
