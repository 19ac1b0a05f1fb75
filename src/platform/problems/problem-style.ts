/** The look of the pages about errors; none of the characters that are escaped in HTML. Contrast is at least 4.5:1 in both themes. */
export const PROBLEM_STYLE = `
:root { color-scheme: light dark; --ink: #1b2330; --soft: #566074; --paper: #fff; --ground: #eef1f6; --line: #d5dbe6;
  --accent: #1450b4; --code: #f4f6fa; }
@media (prefers-color-scheme: dark) { :root { --ink: #edf1f8; --soft: #a9b4c8; --paper: #1b2230; --ground: #10151e;
  --line: #38435a; --accent: #8db6ff; --code: #131925; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
main { max-width: 48rem; margin: 2.5rem auto; padding: 0 1rem; }
article { background: var(--paper); border: 1px solid var(--line); border-radius: 1rem; padding: 2rem; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .5rem; font-size: 1rem; color: var(--soft); }
p { margin: .5rem 0; }
.facts { margin: 0 0 .75rem; color: var(--soft); font-size: .925rem; overflow-wrap: anywhere; }
a { color: var(--accent); }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code, pre { font: .875rem/1.55 ui-monospace, Menlo, Consolas, monospace; }
code { background: var(--code); border-radius: .3rem; padding: .1rem .3rem; overflow-wrap: anywhere; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; margin: 0;
  overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
ul { list-style: none; margin: 0; padding: 0; }
li { display: grid; grid-template-columns: minmax(0, 18rem) 1fr; gap: .75rem; padding: .4rem 0; border-top: 1px solid var(--line); }
@media (max-width: 36rem) { li { grid-template-columns: 1fr; gap: .1rem; } }
nav { margin: 1rem .25rem; color: var(--soft); font-size: .925rem; }
`;
