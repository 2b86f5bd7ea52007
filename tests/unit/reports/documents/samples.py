"""Documents for tests: one as a funder would get it, and one whose every text is hostile."""

import datetime
from dataclasses import replace

from everygenome.reports.documents.model import (
    Callout,
    Columns,
    Document,
    Figures,
    Grid,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Points,
    SideBySide,
)
from tests.unit.charts.samples import CHARTS

HOSTILE = (
    '#import "@preview/cetz:0.3.0"',
    '#read("/etc/passwd") #sys.inputs #panic("x")',
    "$ sum_(i=0) $ @label <label> *bold* _it_ `raw` // gone /* gone */ = H - + / \\ ~ ---",
    "<script>alert(1)</script><img src=x onerror=alert(1)> </style></svg>]]> &amp; &#x3c;",
    '" onload="alert(1)" \' style=\'x',
    "a|b\n# heading\n\n- item\r\n[link](javascript:alert(1)) ![](http://x/y.png) <b>b</b>",
    "nul\x00 bell\x07 escape\x1b half\ud800 none\uffff order\u202edesrever\u2066",
    "東京 한국 ไทย አማርኛ 😀👩‍👩‍👧 🇬🇧",
    "محمد עברית देवनागरी ქართული Հայերեն Ελλάδα Київ Tromsø Nguyễn",
    "W" * 400,
    "{{x}} ${x} {0} %s %(x)s",
    "",
)


def chart(name):
    function, rows, options = CHARTS[name]
    return function(*rows, title="", **options)


def picture(name="composition", **changes):
    made = Picture(
        specification=chart(name),
        title=f"The finding of {name}",
        alt=f"A chart of {name}.",
        caption="Participations, discovery.",
    )
    return replace(made, **changes)


def grid(rows=6, **changes):
    made = Grid(
        head=("Group", "Share", "Records"),
        rows=tuple((f"Group {place}", f"{place}.5%", f"{place:,}") for place in range(rows)),
        caption="Shares by group.",
        numbers=frozenset({1, 2}),
        quiet=frozenset({rows - 1}),
    )
    return replace(made, **changes)


def document(*blocks, **changes):
    made = Document(
        title="A fund’s portfolio",
        subtitle="2005 to 2019",
        facts=(
            ("Release", "2019-12-06-232326de"),
            ("This report", "https://everygenome.example/a?b=1&c=2"),
        ),
        demonstration=False,
        blocks=blocks,
        footer="everygenome 0.1.0, release 2019-12-06-232326de",
        date=datetime.date(2019, 12, 6),
    )
    return replace(made, **changes)


def report(**changes):
    """Four charts, tables, and every other part: six pages or fewer."""
    return document(
        Paragraph("Nine in ten were recorded as European.", lead=True),
        Figures((("88.1%", "of participations"), ("335 million", "participations"))),
        Heading("Who takes part"),
        picture("composition"),
        grid(),
        Heading("How it changed"),
        picture("trend"),
        Heading("Where", level=3),
        picture("map"),
        Callout("We have changed our rules since.", "right of reply"),
        Heading("Against the world"),
        picture("ratio"),
        Callout("Eleven publications.", "small base"),
        Notes((("Small base", "Few studies."), ("Missing", "Is not zero."))),
        Points(("One", "Two")),
        PageBreak(),
        Heading("Annex"),
        grid(60, small=True),
        **changes,
    )


def hostile(text, **changes):
    """A document in which every text is the same one."""
    specification = chart("composition")
    specification["description"] = text
    for row in specification["datasets"]["letters"]:
        row["text"] = text
    return document(
        Heading(text),
        Paragraph(text),
        Points((text, text)),
        Figures(((text, text), (text, text))),
        Picture(specification=specification, title=text, alt=text, caption=text),
        Grid(
            head=(text, text),
            rows=((text, text),) * 2,
            caption=text,
            numbers=frozenset({1}),
            spans=((text, 2),),
        ),
        Notes(((text, text),)),
        Callout(text, text),
        SideBySide(((Heading(text), Paragraph(text)), (Callout(text, text),))),
        Columns((Notes(((text, text),)), Points((text,)))),
        title=text,
        subtitle=text,
        facts=((text, text),),
        footer=text,
        **changes,
    )
