"""The style sheet of a briefing as HTML: screen light and dark, narrow screens, print."""

from __future__ import annotations

from cityplanner.reports.html.palette import NAMED, SERIES, dark, light
from cityplanner.reports.theme import Theme

FONTS = (
    '"Noto Sans","Segoe UI",system-ui,-apple-system,Roboto,"Noto Sans Arabic","Noto Sans SC","PingFang SC",'
    '"Microsoft YaHei","Noto Sans Devanagari",Arial,sans-serif'
)
_SCREEN = """
*{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:52rem;padding:1.5rem 1.25rem 3rem;background:var(--ground);color:var(--ink);
font-family:FONTS;line-height:1.55;overflow-wrap:break-word}
.skip{position:absolute;inset-inline-start:-100rem}
.skip:focus{position:static;display:inline-block;padding:.4rem .8rem}
a{color:var(--accent);text-decoration:underline;text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
header.title{border-block-end:1px solid var(--rule);padding-block-end:1.25rem;margin-block-end:1.75rem}
header.title .seal{display:block;height:5rem;width:auto;max-width:100%;margin-block-end:.75rem}
header.title p{margin:.25rem 0}
.office{color:var(--accent);font-weight:700}
.class{font-weight:700}
.subtitle{font-size:1.15rem;color:var(--quiet)}
h1,h2,h3,h4,h5,h6{line-height:1.25;margin:1.6em 0 .5em;break-after:avoid}
h1{font-size:2.1rem;margin:.35em 0}
h2{font-size:1.5rem;margin-block-start:2em;padding-block-end:.25em;border-block-end:1px solid var(--rule)}
h3{font-size:1.2rem}h4{font-size:1.05rem}h5,h6{font-size:1rem}h5,h6{color:var(--quiet)}
p{margin:0 0 .9rem}
.lead{font-size:1.15rem}
.small,.sources{font-size:.9rem}
.small,.quiet{color:var(--quiet)}
.accent{color:var(--accent)}.good{color:var(--good)}.caution{color:var(--caution)}.bad{color:var(--bad)}
ul,ol{margin:0 0 .9rem;padding-inline-start:1.6rem}
li{margin:.2rem 0}
li>ul,li>ol{margin:.2rem 0}
nav.contents{background:var(--panel);padding:1rem 1.25rem;margin:0 0 2rem;border-radius:.4rem}
nav.contents p{font-weight:700;margin:0 0 .4rem}
nav.contents ul{list-style:none;padding:0;margin:0}
nav.contents .l2{padding-inline-start:1.25rem}nav.contents .l3{padding-inline-start:2.5rem}
nav.contents .l4{padding-inline-start:3.75rem}nav.contents .l5{padding-inline-start:5rem}
ul.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.8rem;list-style:none;
padding:0;margin:1rem 0 1.4rem}
ul.facts li{background:var(--panel);border-radius:.4rem;padding:.8rem 1rem;margin:0;break-inside:avoid}
ul.facts span{display:block;color:var(--quiet);font-size:.9rem}
ul.facts strong{display:block;font-size:1.65rem;line-height:1.3}
ul.facts .long{font-size:1.25rem}
ul.facts .t-accent,.note.t-accent{background:var(--tint-accent)}
ul.facts .t-good,.note.t-good{background:var(--tint-good)}
ul.facts .t-caution,.note.t-caution{background:var(--tint-caution)}
ul.facts .t-bad,.note.t-bad{background:var(--tint-bad)}
.note{border-inline-start:.3rem solid var(--strong);padding:.8rem 1rem;margin:1rem 0 1.4rem;break-inside:avoid}
.note.t-accent{border-color:var(--accent)}.note.t-good{border-color:var(--good)}
.note.t-caution{border-color:var(--caution)}.note.t-bad{border-color:var(--bad)}
.note p:last-child{margin:0}
.scroll{overflow-x:auto;margin:0 0 1.4rem}
table{border-collapse:collapse;width:100%;font-size:.95rem}
caption,figcaption{font-weight:700;text-align:start;margin:0 0 .5rem;caption-side:top}
th,td{text-align:start;vertical-align:top;padding:.45rem .6rem;border-block-end:1px solid var(--rule)}
thead th{vertical-align:bottom;color:var(--quiet);font-size:.9rem;border-block-end:1px solid var(--strong)}
.center{text-align:center}.end{text-align:end;font-variant-numeric:tabular-nums}
tfoot th,tfoot td{background:var(--panel);font-weight:700;border-block-start:1px solid var(--strong)}
figure{margin:1.2rem 0 1.6rem}
figure img{display:block;height:auto;max-width:100%}
figure svg{display:block;width:100%;min-width:30rem;height:auto}
svg text{font-size:8.2px;fill:var(--ink)}
svg .sm{font-size:7.4px}svg .b{font-weight:700}
footer{border-block-start:1px solid var(--rule);margin-block-start:2.5rem;padding-block-start:.8rem;
font-size:.9rem;color:var(--quiet)}
"""
_PRINT = """
@media print{
body{max-width:none;padding:0;font-size:10pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.skip{display:none}
.scroll{overflow:visible}
figure,tr,li{break-inside:avoid}
figure svg{min-width:0}
thead{display:table-header-group}tfoot{display:table-row-group}
main a[href^="http"]::after{content:" (" attr(href) ")";font-size:.85em}
}
"""


def style(theme: Theme, classification: str, page_size: str) -> str:
    """The whole sheet; `classification` stands in the foot of every printed page."""
    drawing = "".join(
        f"svg .s{n}{{fill:var(--s{n})}}svg .l{n}{{stroke:var(--s{n});fill:none}}"
        f"svg .h{n}{{stroke:var(--l{n});fill:none}}svg .o{n}{{fill:var(--on{n})}}"
        for n in range(SERIES)
    )
    named = "".join(
        f"svg .f-{name}{{fill:var(--{name})}}svg .k-{name}{{stroke:var(--{name});fill:none}}"
        f"svg .o-{name}{{fill:var(--on{name})}}"
        for name in NAMED
    )
    named += "svg .f-quiet{fill:var(--quiet)}"
    foot = f'@bottom-left{{content:"{_escaped(classification)}"}}' if classification else ""
    foot += '@bottom-right{content:counter(page) " / " counter(pages)}'
    page = f"@page{{size:{page_size};margin:20mm 18mm;{foot}}}"
    return (
        f":root{{color-scheme:light;{light(theme).css()}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{dark(theme).css()}}}}}"
        f"{_SCREEN.replace('FONTS', FONTS)}{drawing}{named}{_PRINT}{page}"
    )


def _escaped(words: str) -> str:
    """Words as the inside of a CSS string, whatever they are."""
    return "".join(char if char.isalnum() and char.isascii() else f"\\{ord(char):x} " for char in words)
