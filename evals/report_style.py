"""The report's style sheet, to be put into its one file: light and dark, wide and narrow."""

CSS = """
:root { color-scheme: light dark; --paper: #fbfaf8; --card: #fff; --ink: #1d1f23; --soft: #5b606a; --rule: #e2dfd8;
  --grid: #ebe8e2; --calm: #3a5ba0; --calm-soft: #a9bbe0; --good: #2c7a5b; --good-soft: #9fd0bc; --bad: #a8402f;
  --mark: #fff0b8; --gold-edge: #2c7a5b; --given-edge: #a8402f; }
@media (prefers-color-scheme: dark) { :root { --paper: #15171b; --card: #1d2026; --ink: #e8e6e1; --soft: #a3a8b3;
  --rule: #32363f; --grid: #2a2e36; --calm: #8fb0f5; --calm-soft: #45598a; --good: #6fc7a3; --good-soft: #2f6350;
  --bad: #f0917f; --mark: #574a16; --gold-edge: #6fc7a3; --given-edge: #f0917f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
main { max-width: 1080px; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; margin: 0; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 0.25rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: 0.25rem 0; }
small, .soft { color: var(--soft); font-size: 0.85rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 0.75rem; margin-top: 1.5rem; }
.tile, .card { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 0.9rem 1rem; }
.tile b { display: block; font-size: 1.7rem; font-weight: 600; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile small { display: block; } .tile span { white-space: nowrap; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0.75rem; }
.pair > *, .sides > * { min-width: 0; }
.card { margin-top: 0.75rem; }
.whiskers { display: grid; grid-template-columns: 11rem minmax(0, 1fr) 10.5rem; gap: 0.15rem 1rem;
  align-items: center; margin-top: 0.5rem; }
.whiskers .value { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
.whiskers .value small { display: inline-block; min-width: 6.2rem; }
.whiskers .label { white-space: nowrap; }
.track { width: 100%; display: block; overflow: visible; }
svg text { fill: var(--soft); font-size: 12px; }
.grid { stroke: var(--grid); stroke-width: 1; }
.whisker { stroke-width: 5; stroke-linecap: round; }
.good .whisker { stroke: var(--good-soft); } .good circle { fill: var(--good); }
.calm .whisker { stroke: var(--calm-soft); } .calm circle { fill: var(--calm); }
.track circle, .area circle { stroke: var(--card); stroke-width: 2; }
.plot { position: relative; padding: 0.75rem 1.4rem 1.6rem 3rem; }
.area { width: 100%; height: 220px; display: block; overflow: visible; }
.area circle { fill: var(--calm); }
.line { fill: none; stroke: var(--calm); stroke-width: 2; stroke-linejoin: round; }
.ys, .xs { position: absolute; color: var(--soft); font-size: 12px; font-variant-numeric: tabular-nums; }
.ys { left: 0; top: 0.75rem; height: 220px; width: 2.6rem; }
.ys span { position: absolute; right: 0; transform: translateY(-50%); }
.xs { left: 3rem; right: 1.4rem; bottom: 0.3rem; height: 1rem; }
.xs span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
.bars { display: flex; align-items: flex-end; gap: 4px; margin-top: 1.25rem; }
.bar { flex: 1 1 0; max-width: 5rem; text-align: center; font-size: 12px; color: var(--soft); min-width: 0; }
.bar i { display: block; background: var(--calm); border-radius: 4px 4px 0 0; min-height: 1px; margin: 2px 0 4px; }
.bar b { font-weight: 400; display: block; height: 2.6em; line-height: 1.25; overflow-wrap: normal; }
.bar span { font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 0.93rem; }
th, td { text-align: right; padding: 0.4rem 0.6rem; border-bottom: 1px solid var(--rule); vertical-align: baseline;
  white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
.what { text-align: left; color: var(--soft); white-space: normal; }
th { font-weight: 600; font-size: 0.85rem; color: var(--soft); }
details > summary { cursor: pointer; padding: 0.5rem 0; font-weight: 600; }
details > summary small { font-weight: 400; }
summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--calm); outline-offset: 2px; }
.miss { border-top: 1px solid var(--rule); padding: 1rem 0; }
.miss h3 { font-size: 1.02rem; }
.why { color: var(--bad); font-size: 0.92rem; }
.turn { color: var(--soft); font-size: 0.9rem; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1.25rem; margin-top: 0.6rem; }
.sides h4 { margin: 0 0 0.3rem; font-size: 0.8rem; color: var(--soft); font-weight: 600; }
blockquote { margin: 0 0 0.5rem; padding: 0.15rem 0 0.15rem 0.8rem; border-left: 3px solid var(--rule); font-size: 0.93rem; }
.expected blockquote { border-color: var(--gold-edge); } .given blockquote { border-color: var(--given-edge); }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
code, .settings td { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.82rem; }
.settings td { text-align: left; white-space: normal; } .settings td:first-child { white-space: nowrap; }
@media (max-width: 760px) { main { padding: 1.25rem 1rem 3rem; } .pair, .sides { grid-template-columns: minmax(0, 1fr); }
  .tiles { grid-template-columns: 1fr 1fr; } .tile b { font-size: 1.4rem; }
  .whiskers { grid-template-columns: minmax(0, 1fr) auto; grid-auto-flow: dense; gap: 0 0.75rem; }
  .whiskers .track { grid-column: 1 / -1; margin: 0 0 0.3rem; } .whiskers .value { grid-column: 2; }
  .whiskers .label:empty, .whiskers .value:empty { display: none; }
  .whiskers .value small { min-width: 0; margin-left: 0.5rem; }
  th, td { padding: 0.4rem 0.25rem; font-size: 0.84rem; } .what { display: none; } .bar { font-size: 11px; } }
@media print { details > summary { list-style: none; } }
"""
