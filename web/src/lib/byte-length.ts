const encoder = new TextEncoder();

/** How many bytes a text has when it is sent. Limits count bytes, and an emoji has four. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}
