"""The pieces of PresentationML that python-pptx has no words for, as templates (ECMA-376 part 1, 19 and 20)."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from pptx.oxml import parse_xml
from pptx.oxml.xmlchemy import BaseOxmlElement

from pipeline.deck.zones import Box

EMU_IN = 914400
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
P173 = "http://schemas.microsoft.com/office/powerpoint/2017/3/main"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"


def emu(inches: float) -> int:
    """English metric units, the whole numbers that PowerPoint counts in."""
    return round(inches * EMU_IN)


def element(source: str) -> BaseOxmlElement:
    """An element from XML that has the place for the namespaces: ``<p:sp {ns}>``."""
    made: BaseOxmlElement = parse_xml(source.replace("{ns}", NAMESPACES, 1))
    return made


def frame(box: Box) -> str:
    """``a:xfrm`` for a box."""
    return (
        f'<a:xfrm><a:off x="{emu(box.left)}" y="{emu(box.top)}"/>'
        f'<a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/></a:xfrm>'
    )


def placeholder(
    number: int,
    name: str,
    kind: str,
    box: Box,
    *,
    size_pt: float = 0,
    bold: bool = False,
    colour: str = "tx1",
    align: str = "l",
    anchor: str = "ctr",
    text: str = "",
    space_pt: float = 0,
) -> BaseOxmlElement:
    """A placeholder of a master or a layout; ``kind`` is the attributes of its ``p:ph``. No insets: as in a film."""
    body = f'<a:r><a:rPr lang="en-US"/><a:t>{escape(text)}</a:t></a:r>' if text else ""
    level = f'algn="{align}" marL="0" indent="0"'
    space = f'<a:spcBef><a:spcPts val="{round(space_pt * 100)}"/></a:spcBef>'
    return element(
        f"<p:sp {{ns}}><p:nvSpPr><p:cNvPr id={quoteattr(str(number))} name={quoteattr(name)}/>"
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" '
        f'anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle><a:lvl1pPr {level}>{space}<a:buNone/>"
        f'<a:defRPr sz="{round(size_pt * 100)}" b="{int(bold)}">'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>'
        f"<a:p>{body}</a:p></p:txBody></p:sp>"
    )


def bullet(paragraph: BaseOxmlElement, size_pt: float) -> None:
    """Begin a paragraph with a bullet that hangs to the left of it."""
    indent = round(size_pt * 1.1 * 12700)
    settings = paragraph.get_or_add_pPr()
    settings.set("marL", str(indent))
    settings.set("indent", str(-indent))
    settings.append(element('<a:buFont {ns} typeface="Arial"/>'))
    settings.append(element('<a:buChar {ns} char="•"/>'))


def corner(number: int, box: Box, section: str, page: int, locale: str, size_pt: float) -> BaseOxmlElement:
    """The section and the slide's number, which PowerPoint keeps up to date, as a text box at the right.

    It is no footer: viewers that draw footers with the background would hide them behind the film.
    """
    look = f'lang="{locale}" sz="{round(size_pt * 100)}"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill></a:rPr>'
    name = f"<a:r><a:rPr {look}<a:t>{escape(section)}    </a:t></a:r>" if section else ""
    return element(
        f'<p:sp {{ns}}><p:nvSpPr><p:cNvPr id="{number}" name="Section and number"/><p:cNvSpPr txBox="1"/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr>{frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></a:bodyPr>'
        f'<a:lstStyle/><a:p><a:pPr algn="r"/>{name}'
        f'<a:fld id="{{C1FF6DA9-008F-4B48-92A6-B652298478BF}}" type="slidenum"><a:rPr {look}<a:t>{page}</a:t></a:fld>'
        f"</a:p></p:txBody></p:sp>"
    )


def stripe(number: int, box: Box, colour: str) -> BaseOxmlElement:
    """A stripe of a layout in a theme colour; being the layout's, readers aloud pass over it."""
    return element(
        f'<p:sp {{ns}}><p:nvSpPr><p:cNvPr id="{number}" name="Stripe {number}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-US"/></a:p></p:txBody></p:sp>'
    )


def autoplay(shape: int, seconds: float, loop: bool) -> BaseOxmlElement:
    """``p:timing`` that starts the film of ``shape`` when its slide appears and leaves its last frame standing.

    As PowerPoint writes "Start: Automatically": an effect in the main sequence that begins with the sequence.
    There is no trigger on a click: a click anywhere goes on to the next slide.
    """
    target = f'<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl>'
    begin = '<p:stCondLst><p:cond delay="0"/></p:stCondLst>'
    play = (
        f'<p:cmd type="call" cmd="playFrom(0.0)"><p:cBhvr>'
        f'<p:cTn id="6" dur="{round(seconds * 1000)}" fill="hold"/>{target}</p:cBhvr></p:cmd>'
    )
    effect = (
        f'<p:par><p:cTn id="5" presetID="1" presetClass="mediacall" presetSubtype="0" fill="hold" '
        f'nodeType="afterEffect">{begin}<p:childTnLst>{play}</p:childTnLst></p:cTn></p:par>'
    )
    first = (
        '<p:par><p:cTn id="3" fill="hold"><p:stCondLst><p:cond delay="indefinite"/>'
        '<p:cond evt="onBegin" delay="0"><p:tn val="2"/></p:cond></p:stCondLst>'
        f'<p:childTnLst><p:par><p:cTn id="4" fill="hold">{begin}<p:childTnLst>{effect}</p:childTnLst>'
        "</p:cTn></p:par></p:childTnLst></p:cTn></p:par>"
    )
    sequence = (
        '<p:seq concurrent="1" nextAc="seek">'
        f'<p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>{first}</p:childTnLst></p:cTn>'
        '<p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:prevCondLst>'
        '<p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:nextCondLst>'
        "</p:seq>"
    )
    repeat = ' repeatCount="indefinite"' if loop else ""
    video = (
        f'<p:video><p:cMediaNode vol="80000"><p:cTn id="7"{repeat} fill="hold" display="0"><p:stCondLst>'
        f'<p:cond delay="indefinite"/></p:stCondLst></p:cTn>{target}</p:cMediaNode></p:video>'
    )
    return element(
        '<p:timing {ns}><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot">'
        f"<p:childTnLst>{sequence}{video}</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"
    )


def sections(named: list[tuple[str, str, list[int]]]) -> BaseOxmlElement:
    """``p:extLst`` of a presentation with its sections: name, GUID and the ids of its slides ([MS-PPTX] 2.2.5)."""
    parts = "".join(
        f'<p14:section name={quoteattr(name)} id="{guid}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{slide}"/>' for slide in slides)
        + "</p14:sldIdLst></p14:section>"
        for name, guid, slides in named
    )
    return element(
        f'<p:extLst {{ns}}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
        f'<p14:sectionLst xmlns:p14="{P14}">{parts}</p14:sectionLst></p:ext></p:extLst>'
    )


def captions(relation: str, label: str, locale: str, guid: str) -> BaseOxmlElement:
    """``p14:extLst`` of a ``p14:media``: a track of captions that PowerPoint can show ([MS-PPTX] 2.2.4.1, 2.2.14)."""
    return element(
        f'<p14:extLst {{ns}} xmlns:p14="{P14}"><p:ext uri="{{3AFAAA56-56D3-431D-BCD4-E75A35582382}}">'
        f'<p173:tracksInfo xmlns:p173="{P173}" displayLoc="media"><p173:trackLst>'
        f'<p173:track id="{guid}" label={quoteattr(label)} lang="{locale}" r:embed="{relation}"/>'
        "</p173:trackLst></p173:tracksInfo></p:ext></p14:extLst>"
    )


def notes_master(relation: str) -> BaseOxmlElement:
    """``p:notesMasterIdLst`` of a presentation, which python-pptx leaves out."""
    return element(f'<p:notesMasterIdLst {{ns}}><p:notesMasterId r:id="{relation}"/></p:notesMasterIdLst>')
