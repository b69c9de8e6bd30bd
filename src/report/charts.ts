import type { EChartsCoreOption } from 'echarts/core';
import { formatKroner, formatNumber, type Ore } from '../law/money.js';
import type { Bucket } from './ageing.js';
import { escaped, Html } from './html.js';
import type { FunnelStep, MonthInflow } from './kpi.js';
import { BUCKET_WORDS, funnelWord, monthInWords } from './words.js';

/** The charts of the page, as pictures that need no script. */
export interface Charts {
  ageing(buckets: readonly Bucket[]): Html;
  inflow(months: readonly MonthInflow[]): Html;
  funnel(steps: readonly FunnelStep[]): Html;
}

const WIDTH = 720;
const TEXT = { fontFamily: "'Inkasso Sans', sans-serif", fontSize: 14, color: '#1a1a1a' };
const BLUE = '#1f4e79';
const ORANGE = '#b35900';
const AXIS = { lineStyle: { color: '#595959' } };
const GRID = { lineStyle: { color: '#d9d9d9' } };
const STILL = { type: 'bar', silent: true, emphasis: { disabled: true }, barMaxWidth: 64 } as const;

/** Loads the drawing library, which only pages need. */
export async function loadCharts(): Promise<Charts> {
  const [{ init, use }, { BarChart }, { GridComponent, LegendComponent }, { SVGRenderer }] =
    await Promise.all([
      import('echarts/core'),
      import('echarts/charts'),
      import('echarts/components'),
      import('echarts/renderers'),
    ]);
  use([BarChart, GridComponent, LegendComponent, SVGRenderer]);
  const draw = (height: number, id: string, title: string, desc: string, option: EChartsCoreOption): Html => {
    const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
    chart.setOption({ animation: false, textStyle: TEXT, ...option });
    const svg = chart.renderToSVGString();
    chart.dispose();
    return accessible(svg, height, id, title, desc);
  };
  return {
    ageing: (buckets) =>
      draw(280, 'ageing', 'Utestående etter alder', ageingInWords(buckets), ageingOption(buckets)),
    inflow: (months) =>
      draw(280, 'inflow', 'Innbetalt per måned', inflowInWords(months), inflowOption(months)),
    funnel: (steps) =>
      draw(
        60 + 40 * steps.length,
        'funnel',
        'Hvor langt kravene kom',
        funnelInWords(steps),
        funnelOption(steps),
      ),
  };
}

/** The library's picture as one image with a name and a description, and nothing of what belongs to a screen. */
function accessible(svg: string, height: number, id: string, title: string, desc: string): Html {
  const inner = svg
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (class|ecmeta_\w+|pointer-events)="[^"]*"/g, '')
    .replaceAll('zr', `${id}-`);
  return new Html(
    `<svg role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${WIDTH} ${height}" xmlns="http://www.w3.org/2000/svg">` +
      `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${escaped(desc)}</desc>${inner}</svg>`,
  );
}

/** Short enough for an axis; the exact figures stand in the table. */
function shortKroner(ore: Ore): string {
  const kroner = ore / 100;
  if (kroner < 1_000_000) return formatNumber(Math.round(kroner) * 100).slice(0, -3);
  return `${String(Math.round(kroner / 10_000) / 100).replace('.', ',')} mill.`;
}

const kronerAxis = {
  type: 'value',
  name: 'kroner',
  nameTextStyle: TEXT,
  axisLabel: { ...TEXT, formatter: shortKroner },
  splitLine: GRID,
  minInterval: 100,
};

function ageingOption(buckets: readonly Bucket[]): EChartsCoreOption {
  return {
    grid: { left: 90, right: 16, top: 40, bottom: 32 },
    xAxis: {
      type: 'category',
      data: buckets.map(({ key }) => BUCKET_WORDS[key]),
      axisLabel: { ...TEXT, interval: 0 },
      axisLine: AXIS,
      axisTick: { show: false },
    },
    yAxis: kronerAxis,
    series: [
      {
        ...STILL,
        data: buckets.map(({ openOre }) => openOre),
        itemStyle: { color: BLUE },
        label: {
          ...TEXT,
          show: true,
          position: 'top',
          formatter: ({ dataIndex }: { dataIndex: number }) => shortKroner(buckets[dataIndex]?.openOre ?? 0),
        },
      },
    ],
  };
}

function ageingInWords(buckets: readonly Bucket[]): string {
  return `Søyler: ${buckets.map((b) => `${BUCKET_WORDS[b.key]} ${formatKroner(b.openOre)}`).join(', ')}.`;
}

function inflowOption(months: readonly MonthInflow[]): EChartsCoreOption {
  const recovered = months.some(({ recoveredOre }) => recoveredOre !== 0);
  const ordinary = {
    ...STILL,
    name: 'Innbetalt',
    stack: 'inn',
    itemStyle: { color: BLUE },
    data: months.map(({ collectedOre, recoveredOre }) => collectedOre - recoveredOre),
  };
  const regained = {
    ...STILL,
    name: 'Gjenvunnet på tapsførte krav',
    stack: 'inn',
    itemStyle: { color: ORANGE },
    data: months.map(({ recoveredOre }) => recoveredOre),
  };
  return {
    grid: { left: 90, right: 16, top: recovered ? 64 : 40, bottom: 48 },
    ...(recovered ? { legend: { top: 0, left: 90, textStyle: TEXT, selectedMode: false } } : {}),
    xAxis: {
      type: 'category',
      data: months.map(({ month }) => monthInWords(month).replace(' ', '\n')),
      axisLabel: TEXT,
      axisLine: AXIS,
      axisTick: { show: false },
    },
    yAxis: kronerAxis,
    series: recovered ? [ordinary, regained] : [ordinary],
  };
}

function inflowInWords(months: readonly MonthInflow[]): string {
  return `Søyler per måned: ${months.map((m) => `${monthInWords(m.month)} ${formatKroner(m.collectedOre)}`).join(', ')}.`;
}

function funnelOption(steps: readonly FunnelStep[]): EChartsCoreOption {
  const all = steps[0]?.count ?? 0;
  return {
    grid: { left: 190, right: 110, top: 8, bottom: 36 },
    xAxis: { type: 'value', min: 0, minInterval: 1, axisLabel: TEXT, splitLine: GRID },
    yAxis: {
      type: 'category',
      inverse: true,
      data: steps.map(({ step }) => funnelWord(step)),
      axisLabel: { ...TEXT, interval: 0 },
      axisLine: AXIS,
      axisTick: { show: false },
    },
    series: [
      {
        ...STILL,
        barMaxWidth: 28,
        data: steps.map(({ count }) => count),
        itemStyle: { color: BLUE },
        label: {
          ...TEXT,
          show: true,
          position: 'right',
          formatter: ({ dataIndex }: { dataIndex: number }) => funnelShare(steps[dataIndex]?.count ?? 0, all),
        },
      },
    ],
  };
}

/** "12 (40 %)" of all that fell due: a number of claims, and its percent. */
export function funnelShare(count: number, all: number): string {
  return all === 0 ? String(count) : `${count} (${Math.round((count * 100) / all)} %)`;
}

function funnelInWords(steps: readonly FunnelStep[]): string {
  const all = steps[0]?.count ?? 0;
  return `Søyler: ${steps.map((s) => `${funnelWord(s.step)} ${funnelShare(s.count, all)}`).join(', ')}.`;
}
