import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TitleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([LineChart, GridComponent, TitleComponent, LegendComponent, SVGRenderer]);

export interface Panel {
  readonly title: string;
  /** What runs along the bottom; steps, if left out. */
  readonly x?: string;
  readonly series: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
}

const width = 860;
const panelHeight = 260;
/** Dark on white in print, and told apart without colour by their strength. */
const colours = ["#2f6f6b", "#c2571a", "#4a5a9a"];
const text = { color: "#1f2a2e", fontFamily: "DejaVu Sans", fontSize: 12 };

/** Panels below one another. */
export function drawChart(panels: readonly Panel[]): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height: panels.length * panelHeight });
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: text,
    color: colours,
    title: panels.map(({ title }, index) => ({
      text: title,
      left: 60,
      top: index * panelHeight + 12,
      textStyle: { ...text, fontSize: 13, fontWeight: "bold" },
    })),
    legend: panels.map(({ series }, index) => ({
      data: series.map(({ name }) => key(index, name)),
      formatter: (name: string) => name.slice(name.indexOf(" ") + 1),
      right: 40,
      top: index * panelHeight + 10,
      textStyle: text,
    })),
    grid: panels.map((_, index) => ({ left: 60, right: 40, top: index * panelHeight + 44, height: panelHeight - 90 })),
    xAxis: panels.map(({ x = "step" }, gridIndex) => ({
      type: "value",
      gridIndex,
      name: x,
      nameLocation: "middle",
      nameGap: 24,
    })),
    yAxis: panels.map((_, gridIndex) => ({ type: "value", gridIndex, scale: true })),
    series: panels.flatMap(({ series }, index) =>
      series.map(({ name, points }, order) => ({
        type: "line" as const,
        name: key(index, name),
        xAxisIndex: index,
        yAxisIndex: index,
        data: points.map(([x, y]) => [x, y]),
        // Few points are looks at held-out data, and each is shown.
        showSymbol: points.length <= 40,
        symbolSize: 6,
        lineStyle: { width: order === 0 ? 1.2 : 2.2 },
        itemStyle: { color: colours[order % colours.length] },
      })),
    ),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** Legends find series by name, and panels share names. */
function key(panel: number, name: string): string {
  return `${panel} ${name}`;
}

/** The same picture as pixels, twice as fine. Its font comes with the project: machines that train often have none. */
export function pngOf(svg: string): Uint8Array {
  const fonts = join(dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json")), "ttf");
  const font = {
    fontFiles: [join(fonts, "DejaVuSans.ttf"), join(fonts, "DejaVuSans-Bold.ttf")],
    loadSystemFonts: false,
    defaultFontFamily: "DejaVu Sans",
  };
  return new Resvg(svg, { font, fitTo: { mode: "zoom", value: 2 } }).render().asPng();
}
