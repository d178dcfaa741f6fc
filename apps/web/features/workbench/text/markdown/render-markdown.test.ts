import fc from "fast-check";
import { decodeString } from "micromark-util-decode-string";
import { describe, expect, it } from "vitest";
import { randomMarkdown } from "./random-markdown.fixture.ts";
import { htmlOf, render, wordsOnPage } from "./rendered-page.fixture.ts";

const html = (source: string) => htmlOf(render(source));
const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Words of a source that the page does not hold as often; entities and escapes may stand as what they mean. */
function missing(source: string, shown: string): readonly string[] {
  const page = wordsOnPage(shown);
  const lostOf = (text: string): readonly string[] => {
    const left = [...page];
    return wordsOf(text).filter((word) => {
      const at = left.indexOf(word);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  const written = lostOf(source);
  if (written.length === 0) return [];
  const meant = new Set(lostOf(decodeString(source)));
  return written.filter((word) => meant.has(word));
}

/** No element that loads or runs something, and no address but those of pages and letters. */
function expectHarmless(shown: string): void {
  const ours = shown.replace(/<span class="katex">.*?<\/math>/gs, "");
  expect(ours).not.toMatch(/<(?:img|script|style|iframe|object|embed|link|form|input|video|audio)\b/);
  expect(ours).not.toMatch(/ (?:on\w+|src|srcset)="/);
  for (const [, address] of ours.matchAll(/href="([^"]*)"/g)) expect(address).toMatch(/^(?:https?:\/\/|mailto:)/);
}

describe("renderMarkdown", () => {
  it("loses no word of 2,000 texts such as models write, and runs and fetches nothing", () => {
    let fallen = 0;
    let blocks = 0;
    fc.assert(
      fc.property(randomMarkdown, (source) => {
        const rendered = render(source);
        blocks += rendered.length;
        fallen += rendered.filter(({ fellBack }) => fellBack).length;
        const shown = htmlOf(rendered);
        expect(missing(source, shown)).toEqual([]);
        expectHarmless(shown);
      }),
      { numRuns: 2_000 },
    );
    // The check is a net, not the way: if most blocks fell into it nothing would be rendered.
    expect(fallen / blocks).toBeLessThan(0.2);
  });

  it("loses nothing of strings that are no Markdown at all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (source) => {
        expect(missing(source, html(source))).toEqual([]);
      }),
    );
  });

  it.each([
    ["code in one line", "```print('hi')```", '<p dir="auto"><code>print(&#x27;hi&#x27;)</code></p>'],
    [
      "what follows a closing fence",
      "```\ncode\n``` and this last sentence",
      "code\n``` and this last sentence</code>",
    ],
    ["words after a fence's language", "```python print('hi')\nx\n```", ">python print(&#x27;hi&#x27;)</div>"],
    ["a fence of tildes", "~~~python\nx\n~~~\nAfter.", '<p dir="auto">After.</p>'],
    ["a fence in a fence", "````md\n```py\nx\n```\n````", "```py"],
    ["a fence that never closes", "```\na\n\nb", "<code>a\n\nb</code>"],
    ["an empty fence", "before\n\n```\n```\n\nafter", '<p dir="auto">after</p>'],
    ["a comment", "<!-- hidden -->", "&lt;!-- hidden --&gt;"],
    ["the address of a reference", '[a][1]\n\n[1]: https://example.org "T"', "[1]: https://example.org &quot;T&quot;"],
    ["a footnote", "a[^n]\n\n[^n]: the note", "the note"],
    ["front matter", "---\ntitle: x\n---\ntext", "title: x"],
    ["HTML", '<b onclick="x()">bold</b>', "&lt;b onclick=&quot;x()&quot;&gt;"],
    ["a line break", "one\ntwo", '<p dir="auto">one\ntwo</p>'],
    ["a drawing", "  /\\_/\\\n ( o.o )", '<p dir="auto">  /\\_/\\\n ( o.o )</p>'],
    ["numbers as written", "1. a\n1. b", '<li value="1" dir="auto"><span class="item-line">b</span></li>'],
    ["a ticked box", "- [x] done", 'aria-label="[x]"'],
    ["cells beyond the head of a table", "| a |\n|---|\n| 1 | 2 |", '<td dir="auto">2</td>'],
    ["where a link leads", "[here](https://example.org/x)", "(https://example.org/x)"],
  ])("shows %s", (_, source, expected) => {
    expect(html(source)).toContain(expected);
  });

  it("colours code whose language it knows, and cuts nothing", () => {
    const shown = html("```ts\nconst a = 1;\n\n  log(a);\n```");
    expect(shown).toContain('<span class="hljs-keyword">const</span>');
    expect(shown.replace(/<[^>]*>/g, "")).toBe("tsconst a = 1;\n\n  log(a);");
  });

  it("fetches and runs nothing: no picture, no address that is not a web page or a letter", () => {
    const hostile =
      '![cat](http://192.0.2.1/cat.png) <img src=x onerror=alert(1)> [x](javascript:alert(1)) [y](data:text/html,z) [z](/api/x) <a href="javascript:1">q</a>\n\n<script>alert(1)</script>\n\n<style>body{display:none}</style>\n\n<iframe src=http://192.0.2.1>';
    const shown = html(hostile);
    expect(shown).not.toMatch(/<(?:img|script|style|iframe|object|svg|link)\b/);
    expect([...shown.matchAll(/(?:href|src|style)="([^"]*)"/g)].map(([, address]) => address)).toEqual([
      "http://192.0.2.1/cat.png",
    ]);
    expect(shown).toContain("Not fetched:");
    expect(shown).toContain("javascript:alert(1)");
  });

  it("opens links elsewhere, without telling them from where", () => {
    expect(html("https://example.org")).toBe(
      '<p dir="auto"><a href="https://example.org" target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer">https://example.org</a></p>',
    );
  });

  it("falls back to the source of a block that it cannot show whole, and of that block alone", () => {
    const deep = ">".repeat(200);
    const rendered = render(`**a**\n\n${deep} deep\n\n**b**`);
    expect(rendered.map(({ fellBack }) => fellBack)).toEqual([false, true, false]);
    expect(htmlOf(rendered)).toContain("&gt;&gt;");
  });
});
