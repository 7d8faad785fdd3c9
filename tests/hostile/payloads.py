"""Sixty texts that somebody might enter to make a page, a document or a spreadsheet do something.

Each holds the mark WFX, by which it is found again in what is written. They are made by hand from the kinds that
OWASP's cheat sheets on cross-site scripting, CSV injection and template injection describe.
"""

MARK = "WFX"

HTML = (
    "<script>WFX()</script>",
    "</script><script>WFX()</script>",
    "<ScRiPt>WFX()</sCrIpT>",
    "<img src=x onerror=WFX()>",
    "<svg onload=WFX()>",
    "<svg><script>WFX()</script></svg>",
    '"><script>WFX()</script>',
    "'><img src=x onerror='WFX()'>",
    '" onmouseover="WFX()" x="',
    "' autofocus onfocus='WFX()",
    "<body onload=WFX()>",
    "<iframe src=javascript:WFX()></iframe>",
    '<iframe srcdoc="<script>WFX()</script>"></iframe>',
    "<object data=javascript:WFX()></object>",
    "<embed src=javascript:WFX()>",
    '<a href="javascript:WFX()">here</a>',
    '<a href="data:text/html,<script>WFX()</script>">here</a>',
    "<base href=https://wfx.example/>WFX",
    '<meta http-equiv="refresh" content="0;url=https://wfx.example">WFX',
    "<link rel=stylesheet href=https://wfx.example/WFX.css>",
    "<style>@import 'https://wfx.example/WFX.css'</style>",
    "<form action=https://wfx.example><input name=WFX>",
    "<math><mtext></mtext><script>WFX()</script></math>",
    "<details open ontoggle=WFX()>",
    "<!--><script>WFX()</script>-->",
    "]]><script>WFX()</script><![CDATA[",
    "<title></title><script>WFX()</script>",
    "<textarea></textarea><script>WFX()</script>",
    "&lt;script&gt;WFX()&lt;/script&gt;",
    "%3Cscript%3EWFX()%3C/script%3E",
)
MARKDOWN = (
    "[here](javascript:WFX())",
    "[here](JaVaScRiPt:WFX())",
    "[here](vbscript:WFX)",
    "[here](data:text/html;base64,WFX)",
    "[here](file:///etc/WFX)",
    "![WFX](file:///etc/hostname)",
    "![WFX](https://wfx.example/WFX.png)",
    "<javascript:WFX()>",
    "`<script>WFX()</script>`{=html}",
    '```{=typst}\n#eval("WFX")\n```',
    "```{=openxml}\n<w:p><w:r><w:instrText>WFX</w:instrText></w:r></w:p>\n```",
    "| WFX | <script> |\n| --- | --- |\n| =WFX | x |",
    "[^WFX]: <script>WFX()</script>",
)
SHEET = (
    "=WFX()",
    '=HYPERLINK("https://wfx.example/WFX","here")',
    "=cmd|' /C calc'!WFX",
    "+WFX()",
    "-WFX()",
    "@SUM(WFX)",
    "\t=WFX()",
    "'=WFX()",
    '=IMPORTXML("https://wfx.example","//WFX")',
    "DDEAUTO c:\\windows\\WFX.exe",
)
TEMPLATES = (
    "{{ WFX }}{% load WFX %}",
    "{{ request.user.password }} WFX",
    "${WFX}",
    "#{WFX}",
    '#import "WFX.typ"',
    '#read("/etc/hostname") WFX',
    '{"WFX": "</script>"}',
)
PAYLOADS = (*HTML, *MARKDOWN, *SHEET, *TEMPLATES)
