import { afterEach, describe, expect, it, vi } from "vitest";
import { Drafts } from "./drafts";

afterEach(() => {
  window.localStorage.clear();
  vi.unstubAllGlobals();
});

const NOTHING = { drafts: new Map(), commands: [] };

function livingPages(...names: string[]) {
  const locks = { query: async () => ({ held: names.map((name) => ({ name })) }), request: async () => {} };
  vi.stubGlobal("navigator", { locks });
}

describe("drafts", () => {
  it("go to the next page once their own is gone, and only once", async () => {
    livingPages();
    new Drafts("s", "old").keep("notes", { text: "unsaved", baseSeq: 3 });
    const next = new Drafts("s", "new");
    expect((await next.inherit()).drafts).toEqual(new Map([["notes", { text: "unsaved", baseSeq: 3 }]]));
    expect(await next.inherit()).toEqual(NOTHING);
  });

  it("stay with a page that lives, and within their session", async () => {
    livingPages("mockloop.draft.s.old");
    new Drafts("s", "old").keep("notes", { text: "unsaved", baseSeq: 3 });
    new Drafts("other", "gone").keep("notes", { text: "elsewhere", baseSeq: 1 });
    expect(await new Drafts("s", "new").inherit()).toEqual(NOTHING);
  });

  it("survive rubbish in the storage", async () => {
    livingPages();
    window.localStorage.setItem("mockloop.draft.s.old|notes", "{not json");
    expect(await new Drafts("s", "new").inherit()).toEqual(NOTHING);
  });
});
