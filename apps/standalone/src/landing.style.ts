/** The landing page's whole style sheet; inlined, so that the page needs no second request. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1c1a27;--soft:#5d5970;--paper:#faf9fc;--card:#fff;--line:#e5e2ee;--accent:#5b3df5;--ok:#0b7a4b;--okbg:#dff5ea;--bad:#a4231b;--badbg:#fde6e3;--wait:#6b6780;--waitbg:#eeecf4}
@media (prefers-color-scheme:dark){:root{--ink:#f1eff8;--soft:#aaa5be;--paper:#14121c;--card:#1d1a28;--line:#322e42;--accent:#a695ff;--ok:#6fe0ac;--okbg:#123526;--bad:#ff9b92;--badbg:#431b18;--wait:#b7b2ca;--waitbg:#2a2638}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
header,main{max-width:1120px;margin:0 auto;padding:0 24px}
header{padding-top:56px;padding-bottom:28px}
.eyebrow{margin:0;font-weight:700;letter-spacing:.08em;text-transform:uppercase;color:var(--accent);font-size:14px}
h1{margin:6px 0 10px;font-size:clamp(28px,4.4vw,44px);line-height:1.12;letter-spacing:-.02em}
h2{font-size:20px;margin:0 0 6px}h3{font-size:18px;margin:0}
.lead{margin:0;color:var(--soft);max-width:66ch}.overall{font-weight:600;color:var(--ink)}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(240px,1fr));gap:16px}
article{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:18px 18px 14px;display:flex;flex-direction:column}
article p{margin:8px 0 0;color:var(--soft);font-size:15px}article .links{margin-top:auto;padding-top:14px;display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 14px}
.links a{font-weight:500;font-size:13px}.links a.first{font-weight:700;font-size:14px}
.top{display:flex;justify-content:space-between;align-items:center;gap:8px;min-height:28px}
a{color:var(--accent);text-decoration:none;font-weight:600;font-size:14px}a:hover{text-decoration:underline}a:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:3px}
.state{flex:none;font-size:12px;font-weight:700;border-radius:99px;padding:3px 10px;background:var(--waitbg);color:var(--wait)}
.state[data-state=ready]{background:var(--okbg);color:var(--ok)}.state[data-state=down]{background:var(--badbg);color:var(--bad)}
.two{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:32px;margin:40px 0 64px}
@media (max-width:820px){.two{grid-template-columns:minmax(0,1fr)}}
.two p{margin:0 0 10px;color:var(--soft)}
table{width:100%;border-collapse:collapse;font-size:14px}th,td{text-align:left;padding:7px 10px 7px 0;border-bottom:1px solid var(--line);vertical-align:top}th{color:var(--soft);font-weight:600}
pre{margin:10px 0 0;background:#191626;color:#f1eff8;border:1px solid var(--line);padding:16px;border-radius:12px;white-space:pre-wrap;overflow-wrap:anywhere;font-size:13px;line-height:1.6}
code{background:var(--waitbg);padding:1px 6px;border-radius:5px;font-size:.92em}
td:first-child{font-weight:600}td+td{color:var(--soft)}
@media (max-width:560px){header,main{padding:0 16px}header{padding-top:36px;padding-bottom:24px}thead{display:none}tr{display:grid;grid-template-columns:1fr auto auto;gap:0 12px;padding:8px 0;border-bottom:1px solid var(--line)}td{border:0;padding:0}td:first-child,td:last-child{grid-column:1/-1}pre{font-size:12px;padding:14px}}`;
