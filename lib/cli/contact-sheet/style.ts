/** The sheet's own style: the studio's colours, both themes, one column on a phone. Nothing is loaded from anywhere. */
export const STYLE = `
:root{color-scheme:dark light;--page:#151515;--card:#1c1c1c;--well:#121212;--line:#ffffff1a;--text:#ececea;--soft:#a3a3a0;--warm:#f2a03d;--good:#7cc48d;--radius:12px}
@media (prefers-color-scheme:light){:root{--page:#fefefe;--card:#fff;--well:#f5f5f3;--line:#d8d8d8;--text:#1b1b1a;--soft:#5f5f5b;--warm:#a85a08;--good:#2c7a43}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.55 ui-sans-serif,system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-font-smoothing:antialiased}
main{max-width:1240px;margin:0 auto;padding:28px 32px 96px}
a{color:inherit;text-underline-offset:3px}
img{display:block;width:100%;height:auto;background:var(--well)}
.top{display:flex;justify-content:space-between;gap:16px;font-size:13px;color:var(--soft)}
.top b{color:var(--text);font-weight:600;letter-spacing:.01em}
h1{font-size:clamp(40px,7vw,84px);line-height:1;letter-spacing:-.035em;font-weight:650;margin:56px 0 18px;text-wrap:balance}
.lede{font-size:clamp(17px,2vw,21px);color:var(--soft);max-width:44ch;margin:0 0 32px;text-wrap:pretty}
.facts{display:flex;flex-wrap:wrap;gap:10px 36px;margin:0;padding:18px 0;border-block:1px solid var(--line)}
.facts div{display:flex;flex-direction:column-reverse}
.facts dt{font-size:12.5px;color:var(--soft)}
.facts dd{margin:0;font-size:22px;font-weight:600;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
.note{margin:14px 0 0;font-size:13.5px;color:var(--soft)}
section{margin-top:88px}
h2{font-size:28px;letter-spacing:-.02em;line-height:1.15;font-weight:640;margin:0 0 8px}
.under{color:var(--soft);margin:0 0 28px;max-width:62ch;text-wrap:pretty}
ol.thread{list-style:none;margin:0;padding:0}
ol.thread ol.thread{padding-left:44px;position:relative}
ol.thread>li{position:relative;padding-top:28px}
main>section>ol.thread>li{padding-top:0}
ol.thread ol.thread>li::before{content:"";position:absolute;left:-28px;top:0;width:28px;height:58px;border:solid var(--warm);border-width:0 0 5px 5px;border-style:double;border-bottom-left-radius:16px}
ol.thread ol.thread>li:not(:last-child)::after{content:"";position:absolute;left:-28px;top:0;bottom:0;border-left:5px double var(--warm)}
.turn{display:grid;grid-template-columns:minmax(0,1.45fr) minmax(260px,1fr);background:var(--card);border:1px solid var(--line);border-radius:var(--radius);overflow:hidden}
.turn figure,.pair figure,.sizes figure{margin:0}
.turn .told{padding:22px 24px;display:flex;flex-direction:column;gap:14px;min-width:0}
.turn h3{display:flex;align-items:center;gap:12px;margin:0;font-size:19px;font-weight:620;letter-spacing:-.01em}
.number{flex:none;display:inline-grid;place-items:center;width:28px;height:28px;border-radius:50%;border:4px double var(--warm);color:var(--warm);font-size:12.5px;font-weight:700;font-variant-numeric:tabular-nums}
.from{margin:-6px 0 0;font-size:13.5px;color:var(--warm)}
.said{margin:0}
.said dt{font-size:12.5px;color:var(--soft);margin-bottom:2px}
.said dd{margin:0 0 12px;font-size:14.5px;line-height:1.5;white-space:pre-line;overflow-wrap:anywhere}
.said dd:last-child{margin-bottom:0}
details{font-size:14.5px;line-height:1.5;color:var(--soft)}
summary{cursor:pointer;font-size:12.5px}
details p{margin:6px 0 0}
.made{margin:auto 0 0;padding:12px 14px;background:var(--well);border-radius:8px;display:grid;grid-template-columns:auto 1fr;gap:3px 14px;font-size:13px}
.made dt{color:var(--soft)}
.made dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.pair{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:14px}
.frame{position:relative;border-radius:var(--radius);overflow:hidden;border:1px solid var(--line)}
.frame .mask{position:absolute;inset:0;mix-blend-mode:multiply;opacity:.82;background:none}
figcaption{font-size:13px;color:var(--soft);padding-top:8px}
figcaption b{color:var(--text);font-weight:600}
.drift{display:flex;align-items:baseline;gap:18px;flex-wrap:wrap;margin:24px 0 0}
.drift strong{font-size:44px;letter-spacing:-.03em;font-weight:640;font-variant-numeric:tabular-nums}
.drift p{margin:0;max-width:56ch;color:var(--soft)}
.drift em{font-style:normal;color:var(--good)}
.sizes{display:flex;flex-wrap:wrap;gap:18px 14px}
.sizes figure{min-width:0}
.look{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr));gap:6px 48px}
.look h3{font-size:15px;font-weight:620;margin:22px 0 6px}
.look p,.look ul{margin:0 0 8px;font-size:15px}
.look>div>:first-child{margin-top:0}
.look ul{padding-left:18px}
.look ul.swatches{padding:0}
.swatches{display:flex;gap:10px;flex-wrap:wrap;margin:0 0 8px;padding:0;list-style:none;font:12.5px/1.4 ui-monospace,SFMono-Regular,Menlo,monospace}
.swatches li{width:92px}
.swatches span{display:block;height:56px;border-radius:8px;border:1px solid var(--line);margin-bottom:4px}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}
th{font-weight:500;font-size:12.5px;color:var(--soft);text-align:left}
th,td{padding:9px 14px 9px 0;border-bottom:1px solid var(--line);vertical-align:top}
td:nth-last-child(2),th:nth-last-child(2){text-align:right}
td:last-child,th:last-child{text-align:right;padding-right:0;white-space:nowrap}
footer{margin-top:88px;padding-top:18px;border-top:1px solid var(--line);font-size:13.5px;color:var(--soft)}
code{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,monospace;color:var(--text)}
@media (max-width:760px){main{padding:20px 16px 64px}h1{margin-top:40px}section{margin-top:64px}.turn{grid-template-columns:1fr}.turn .told{padding:16px}.pair{grid-template-columns:1fr}.facts{gap:14px 28px}.facts div{min-width:38%}ol.thread ol.thread{padding-left:20px}ol.thread ol.thread>li::before{left:-14px;width:14px;border-bottom-left-radius:10px}ol.thread ol.thread>li:not(:last-child)::after{left:-14px}ol.thread ol.thread ol.thread{padding-left:14px}ol.thread ol.thread ol.thread>li::before{left:-10px;width:10px}}
@media print{section{break-inside:avoid}}
`;
