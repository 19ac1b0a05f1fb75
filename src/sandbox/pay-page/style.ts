/** The look of the pay page. Colours keep a contrast of at least 4.5:1 in both themes. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b2330; --soft: #566074; --paper: #fff; --ground: #eef1f6;
  --line: #d5dbe6; --accent: #1450b4; --on-accent: #fff; --warn: #fff4d6; --warn-ink: #5c4300; }
@media (prefers-color-scheme: dark) { :root { --ink: #edf1f8; --soft: #a9b4c8; --paper: #1b2230;
  --ground: #10151e; --line: #38435a; --accent: #8db6ff; --on-accent: #0b1a35; --warn: #3b2f0b; --warn-ink: #ffe3a0; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
.banner { background: var(--warn); color: var(--warn-ink); padding: .75rem 1rem; text-align: center; font-weight: 600; }
main { max-width: 28rem; margin: 2.5rem auto; padding: 0 1rem; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 1rem; padding: 2rem;
  box-shadow: 0 8px 30px rgb(16 24 40 / .08); }
.gateway { margin: 0; color: var(--soft); font-weight: 600; letter-spacing: .02em; }
h1 { margin: .25rem 0 0; font-size: 1.15rem; font-weight: 600; overflow-wrap: anywhere; }
.amount { margin: .75rem 0 1.5rem; font-size: 2.5rem; line-height: 1.1; font-weight: 700;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .4rem 1rem; margin: 0 0 1.75rem; padding: 1rem 0;
  border: solid var(--line); border-width: 1px 0; font-size: .925rem; }
dt { color: var(--soft); } dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
form, fieldset { display: grid; gap: .65rem; grid-template-columns: 1fr 1fr; margin: 0; }
fieldset { grid-column: 1 / -1; min-width: 0; border: 0; border-top: 1px solid var(--line); padding: 1rem 0 0; margin-top: .75rem; }
legend { padding: 0 .75rem 0 0; color: var(--soft); font-size: .9rem; font-weight: 600; }
fieldset button { font-size: .9rem; font-weight: 500; padding: .55rem .5rem; }
button.wide { grid-column: 1 / -1; }
button { font: inherit; font-weight: 600; padding: .75rem 1rem; border-radius: .6rem; cursor: pointer;
  border: 1px solid var(--line); background: transparent; color: var(--ink); }
button:hover { border-color: var(--accent); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button.main { grid-column: 1 / -1; background: var(--accent); border-color: var(--accent); color: var(--on-accent);
  font-size: 1.1rem; padding: .9rem 1rem; }
.card p:last-child { margin-bottom: 0; }
.note { color: var(--soft); font-size: .875rem; text-align: center; margin: 1.25rem .5rem 0; }
`;
