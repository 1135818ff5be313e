"""What a PDF says about itself: the XMP packet with the PDF/UA-1 and PDF/A-2a identification."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

PRODUCER = "CityPlanner"

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{optional}<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate><xmp:CreatorTool>{producer}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, language and date of a file, and who made it about what; plain single-line texts."""

    title: str
    language: str
    date: datetime.date
    author: str = ""
    subject: str = ""
    keywords: Sequence[str] = ()

    def info(self) -> dict[str, str]:
        """The entries of the document information dictionary."""
        day = self.date.strftime("D:%Y%m%d000000Z")
        entries = {"Title": self.title, "Producer": PRODUCER, "Creator": PRODUCER}
        entries |= {"CreationDate": day, "ModDate": day}
        more = {"Author": self.author, "Subject": self.subject, "Keywords": ", ".join(self.keywords)}
        return entries | {key: value for key, value in more.items() if value}

    def xmp(self) -> bytes:
        """The XMP packet, in UTF-8."""
        optional = ""
        if self.author:
            optional += (
                f"<dc:creator><rdf:Seq><rdf:li>{escape(self.author)}</rdf:li></rdf:Seq></dc:creator>\n"
            )
        if self.subject:
            subject = escape(self.subject)
            optional += f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>'
            optional += "</dc:description>\n"
        if self.keywords:
            optional += f"<pdf:Keywords>{escape(', '.join(self.keywords))}</pdf:Keywords>\n"
        return _PACKET.format(
            title=escape(self.title),
            language=escape(self.language),
            optional=optional,
            date=self.date.strftime("%Y-%m-%dT00:00:00Z"),
            producer=PRODUCER,
        ).encode("utf-8")
