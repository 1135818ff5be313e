"""A briefing that uses every block, in every script the product promises."""

from __future__ import annotations

import datetime
from io import BytesIO

from PIL import Image, ImageDraw

from cityplanner.reports.blocks import (
    Block,
    Briefing,
    CallOut,
    Cell,
    Column,
    Contents,
    Fact,
    Figure,
    Heading,
    KeepTogether,
    KeyFacts,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Source,
    Sources,
    Table,
    TitlePage,
)
from cityplanner.reports.charts.description import (
    BarChart,
    CoverageBar,
    CoverageBars,
    CurveChart,
    LineChart,
    MapChart,
    MatrixChart,
    Place,
    Point,
    Series,
    Span,
    Timeline,
)

DAY = datetime.date(2026, 3, 2)
WORDS = (
    "The office answers seven of the nine recommendations that most participants supported, and two of them "
    "only in part. What it does not answer yet is listed with a reason, an owner and a date of review, so that "
    "nothing is dropped in silence. "
)

# One line per script: a language tag and names that must come back whole.
SCRIPTS: dict[str, tuple[str, str]] = {
    "Latin": ("pl", "Łódź, São Paulo, Reykjavík"),
    "Vietnamese": ("vi", "Thành phố Hồ Chí Minh"),
    "Cyrillic": ("uk", "Київ і Дніпро"),
    "Greek": ("el", "Αθήνα, Θεσσαλονίκη"),
    "Arabic": ("ar", "بيروت وعمّان"),
    "Hebrew": ("he", "אילת ותל אביב"),
    "Chinese": ("zh", "广州市人民政府外事办公室"),
    "Japanese": ("ja", "名古屋市国際交流課"),
    "Korean": ("ko", "부산광역시 국제협력과"),
    "Devanagari": ("hi", "मुंबई और नई दिल्ली"),
    "Thai": ("th", "กรุงเทพมหานคร"),
    "Armenian": ("hy", "Երևանի քաղաքապետարան"),
    "Georgian": ("ka", "თბილისის მერია"),
    "Ethiopic": ("am", "አዲስ አበባ"),
    "Bengali": ("bn", "ঢাকা দক্ষিণ সিটি কর্পোরেশন"),
    "Tamil": ("ta", "சென்னை மாநகராட்சி"),
    "Telugu": ("te", "హైదరాబాద్"),
    "Gujarati": ("gu", "અમદાવાદ"),
    "Gurmukhi": ("pa", "ਅੰਮ੍ਰਿਤਸਰ"),
    "Kannada": ("kn", "ಬೆಂಗಳೂರು"),
    "Malayalam": ("ml", "കൊച്ചി"),
    "Sinhala": ("si", "කොළඹ"),
    "Khmer": ("km", "ភ្នំពេញ"),
    "Lao": ("lo", "ວຽງຈັນ"),
    "Burmese": ("my", "ရန်ကုန်"),
}


def picture(size: tuple[int, int] = (640, 360), form: str = "PNG", mode: str = "RGB") -> bytes:
    """A picture of hills before a sky, drawn here so that no file is needed."""
    image = Image.new(mode, size, (206, 224, 238, 255)[: len(mode)])
    draw = ImageDraw.Draw(image)
    wide, high = size
    for n, shade in enumerate(((120, 160, 120), (80, 125, 90), (50, 95, 70))):
        left = wide * (n - 1) // 3
        draw.ellipse((left, high * (3 + n) // 6, left + wide, high * 2), fill=shade)
    out = BytesIO()
    image.save(out, form)
    return out.getvalue()


def seal() -> bytes:
    """A round seal on a transparent ground."""
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((6, 6, 294, 294), fill=(11, 90, 125, 255))
    draw.ellipse((36, 36, 264, 264), fill=(255, 255, 255, 255))
    draw.regular_polygon((150, 150, 80), 5, fill=(11, 90, 125, 255))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def charts() -> list[Block]:
    """A figure of each kind of chart."""
    rows = [
        CoverageBar("Emergency response", 0.82, note="9 of 11 recommendations"),
        CoverageBar("Local engagement: consular corps, foreign business, diaspora, residents", 0.61),
        CoverageBar("Networks and peer learning", 0.44, tone="caution"),
        CoverageBar("Racial equity and inclusion", 0.18, tone="bad"),
        CoverageBar("Virtual engagement", 0.0),
    ]
    years = ["2021", "2022", "2023", "2024", "2025"]
    themes = ["Climate and energy", "Trade and investment", "Culture, health and sport", "Diaspora"]
    return [
        Figure(
            CoverageBars(rows, target=0.6, target_label="target 60%"),
            alt="Coverage by theme: emergency response 82%, virtual engagement 0%.",
            caption="Coverage by theme",
        ),
        Figure(
            BarChart(themes, [Series("Engagements", [41, 28.5, 17, 9])], axis="Engagements this year"),
            alt="Engagements by theme, climate first with 41.",
            caption="Engagements by theme",
        ),
        Figure(
            BarChart(
                themes,
                [
                    Series("Staff", [120, 80, 60, 20]),
                    Series("Travel", [40, 60, 10, 5]),
                    Series("Grants", [10, 90, 30, 0]),
                ],
                stacked=True,
            ),
            alt="Budget by theme and kind; trade is the largest with 230.",
            caption="Budget by theme, thousand dollars",
        ),
        Figure(
            BarChart(
                years,
                [Series("Inbound", [12, 15, 9, 22, 27]), Series("Outbound", [4, 6, 3, 9, 8])],
                horizontal=False,
                axis="Delegations",
            ),
            alt="Delegations by year: inbound grew from 12 to 27.",
            caption="Delegations by year",
        ),
        Figure(
            LineChart(
                years,
                [
                    Series("Promises kept", [62, 66, 71, None, 83]),
                    Series("Answered in time", [40, 48, 47, 58, 64]),
                ],
                target=75,
                target_label="target 75",
                axis="Per cent",
            ),
            alt="Promises kept rose from 62 to 83 per cent.",
            caption="Promises kept",
            data=Table([Column("Year"), Column("Kept", align="end")], [["2021", "62"], ["2025", "83"]]),
        ),
    ]


def plots() -> list[Block]:
    """A figure of each of the charts that need more than bars and lines."""
    points = [Point(x, y, str(x)) for x, y in ((0, 0), (120, 41), (260, 63), (400, 71))]
    spans = [
        Span("Sister city agreement", datetime.date(1998, 5, 1), open_ended=True),
        Span("Heat action exchange", datetime.date(2024, 3, 1), datetime.date(2026, 9, 30), "first phase"),
        Span("Youth jobs pilot", datetime.date(2025, 9, 1), datetime.date(2026, 6, 30), tone="caution"),
    ]
    cells = [[(0.9, "D"), (0.4, "S"), None], [(0.2, "T"), None, (1.0, "D")]]
    places = [Place("Ahmedabad", 23.0, 72.6), Place("Genève", 46.2, 6.1), Place("São Paulo", -23.6, -46.6)]
    return [
        Figure(
            CurveChart(points, "Cost, thousand dollars", "Coverage", marks=[Point(260, 63, "best plan")]),
            alt="Coverage rises with money, most of it up to 260 thousand dollars.",
            caption="What money buys",
        ),
        Figure(
            Timeline(spans, DAY, "today"),
            alt="Two initiatives end this year; the sister city agreement goes on.",
            caption="Agreements and initiatives",
        ),
        Figure(
            MatrixChart(["Heat", "Youth jobs"], ["Climate", "Health", "Work"], cells),
            alt="Heat answers climate fully, youth jobs answer work fully.",
            caption="What answers what",
        ),
        Figure(MapChart(places), alt="Partners on three continents.", caption="Where the partners are"),
    ]


def tables() -> list[Block]:
    """A plain table with total, one with spans, an empty one."""
    money = Table(
        [
            Column("Initiative", 3),
            Column("Partner", 2),
            Column("Budget", align="end"),
            Column("Share", align="end"),
        ],
        [
            ["Heat action exchange", "City of Ahmedabad", "$120,000", "42%"],
            ["Consular welcome desk", "Consular corps", "$85,500", "30%"],
            [
                ["Youth jobs ", Run("pilot", italic=True)],
                Run("C40 Cities", link="https://www.c40.org/"),
                "$80,000",
                "28%",
            ],
        ],
        caption="Initiatives and money",
        row_headers=1,
        total=["Total", "", "$285,500", "100%"],
        id="money",
    )
    spanned = Table(
        [Column("Theme"), Column("Planned"), Column("Done"), Column("Remark", 2)],
        [
            [Cell("Climate", rows=2, header=True, scope="Row"), "4", "3", "One postponed"],
            ["2", "2", "On time"],
            [Cell("Culture", header=True), Cell("not planned this year", columns=2, align="center"), "—"],
        ],
        caption="Planned and done",
        head=[
            [Cell("Theme", rows=2), Cell("Visits", columns=2, align="center"), Cell("Remark", rows=2)],
            ["Planned", "Done"],
        ],
    )
    empty = Table([Column("Agreement", 3), Column("Expires")], [], caption="Agreements that expire this year")
    return [money, spanned, empty]


def every_block(language: str = "en", *, title_page: bool = True) -> Briefing:
    """The whole sample."""
    scripts = Table(
        [Column("Script"), Column("Name", 3)],
        [[name, Run(text, language=tag)] for name, (tag, text) in SCRIPTS.items()],
        caption="Names in every script",
        row_headers=1,
    )
    nested = ListBlock(
        [
            "Answer the two open recommendations on diaspora engagement",
            ListItem(
                ["Keep the ", Run("consular", bold=True), " welcome desk"],
                ListBlock(["one desk officer", ListItem("two languages", ListBlock(["Spanish", "Korean"]))]),
            ),
            WORDS,
        ]
    )
    blocks: list[Block] = [
        *([TitlePage("Prepared for the mayor's office")] if title_page else []),
        *([Contents(), PageBreak()] if title_page else []),
        Heading(1, "At a glance", id="glance"),
        Paragraph(WORDS, style="lead"),
        KeyFacts(
            [
                Fact("Recommendations answered", "7 of 9", "2 in part"),
                Fact("Coverage", "64%", "up from 51%", "good"),
                Fact("Commitments overdue", "5", "oldest: 84 days", "bad"),
                Fact("Budget", "$1,285,500", "of $1,400,000"),
            ]
        ),
        Paragraph(
            [
                WORDS,
                Run("Bold words", bold=True),
                ", ",
                Run("slanted words", italic=True),
                ", a ",
                Run("link to the web", link="https://example.org/a?b=c&d=ü"),
                ", one to ",
                Run("the money", link="#money"),
                " and a source ",
                Run("[1]", link="#s1"),
                ". ",
                Run("Ville de Genève", language="fr"),
                " is French.",
            ]
        ),
        CallOut(
            "caution", "Two agreements lapse in May", "Their notice period ends before the council meets."
        ),
        Heading(2, "What to do next"),
        nested,
        ListBlock(["First", "Second", "Third"], ordered=True, start=9),
        Heading(1, "Charts"),
        *charts(),
        *plots(),
        Heading(1, "Pictures"),
        Picture(picture(), "Green hills before a pale sky.", caption="The harbor from the hill", id="harbor"),
        Picture(picture((200, 150), "JPEG"), "The same hills in the evening.", width=0.3),
        Heading(1, "Tables"),
        *tables(),
        Heading(2, "Scripts"),
        scripts,
        Heading(3, "Small remarks"),
        KeepTogether([Paragraph(WORDS * 2), Paragraph("A remark in small type. " * 8, style="small")]),
        CallOut("good", "Promise kept", WORDS * 2),
        Heading(1, "Sources"),
        Sources(
            [Source("Roundtable of 2020, takeaway 3", id="s1"), Source(["Office log, ", Run("entry 12")])]
        ),
    ]
    return Briefing(
        "Executive briefing: the office at a glance",
        blocks,
        DAY,
        language=language,
        subtitle="International affairs of the City of Harborview, first quarter",
        office="Mayor's Office of International Affairs",
        classification="Internal",
        author="Office of International Affairs",
        subject="Quarterly briefing",
        keywords=("international affairs", "coverage"),
        note="made from the plan of 1 March",
        seal=seal(),
        seal_alt="Seal of the City of Harborview: a star in a ring.",
    )
