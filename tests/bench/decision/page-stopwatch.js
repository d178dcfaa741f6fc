// Runs on the page, before its own scripts and apart from them. Plain JavaScript: what a bundler adds to a function of ours
// would be missing there.
let pressedAt = null;
let shown = "";

function look() {
  // Where a task's prompt stands, on the workbench and on the bare page.
  const now = document.querySelector(".workbench-prompt .reading")?.textContent ?? "";
  if (now === "" || now === shown) return;
  shown = now;
  const from = pressedAt;
  pressedAt = null;
  if (from === null) return;
  // A message that is posted in a frame is handled once the frame has been painted.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => window.reportPainted(performance.now() - from);
  requestAnimationFrame(() => port2.postMessage(null));
}

new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
window.addEventListener(
  "keydown",
  ({ timeStamp }) => {
    pressedAt = timeStamp;
  },
  { capture: true },
);
