import type { Pair } from "./pairs.ts";

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** The least that a browser can do on a key: the same texts, ready in the page, put where the last ones stood. */
export function barePage(pairs: readonly Pair[]): string {
  const [first] = pairs;
  if (!first) throw new RangeError("A page without pairs shows nothing.");
  const data = JSON.stringify(pairs).replaceAll("<", "\\u003c");
  return `<!doctype html><title>Bare</title>
<style>body{font:16px/1.5 sans-serif;margin:2rem}.answers{display:grid;grid-template-columns:1fr 1fr;gap:2rem}</style>
<main><div class="workbench-prompt"><p class="reading">${escaped(first.prompt)}</p></div>
<div class="answers">${first.completions.map((text) => `<p>${escaped(text)}</p>`).join("")}</div></main>
<script>
const pairs = ${data};
let shown = 0;
addEventListener("keydown", () => {
  const { prompt, completions } = pairs[++shown % pairs.length];
  document.querySelector(".reading").textContent = prompt;
  document.querySelectorAll(".answers p").forEach((answer, index) => { answer.textContent = completions[index]; });
});
</script>`;
}
