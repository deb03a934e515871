"""An empty presentation that looks like the films: master, layouts, theme colours and fonts.

It starts from python-pptx's own empty file, which is 4:3 and in Office's colours; of its layouts four stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.presentation import Presentation as PresentationType
from pptx.util import Emu

from engine import __version__
from pipeline.deck import zones
from pipeline.deck.powerpoint.xml import emu, placeholder, stripe
from scenes.stage.style import Look

# On every computer with Office, Korean ones or not; its Latin letters go with the films' Noto Sans.
FONT = "Malgun Gothic"
OPENING, TEXT, FILM = 0, 1, 5  # python-pptx's layouts that are kept
NAMES = {OPENING: "Opening", TEXT: "Text", FILM: "Film or picture"}
DARK_MAP = {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}
LIGHT_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
ACCENTS = {
    "input": "accent1",
    "positive": "accent2",
    "negative": "accent3",
    "activation": "accent4",
    "gradient": "accent5",
    "loss": "accent6",
}
APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Application>gradreel {__version__}</Application><PresentationFormat>Widescreen</PresentationFormat>"
    "</Properties>"
)


def empty(look: Look) -> PresentationType:
    """A 16:9 presentation without slides in the colours of ``look``."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(emu(zones.WIDTH_IN)), Emu(emu(zones.HEIGHT_IN))
    size = deck.element.find("{*}sldSz")
    del size.attrib["type"]
    dark = look.name == "dark"
    master = deck.slide_master
    colours = master.element.find("{*}clrMap")
    for role, slot in (DARK_MAP if dark else LIGHT_MAP).items():
        colours.set(role, slot)
    _theme(master.part.part_related_by(RT.THEME), look, dark)
    _shapes(master, [*_titled(), _body()])
    kept = {number: deck.slide_layouts[number] for number in NAMES}
    for layout in list(deck.slide_layouts):
        if layout not in kept.values():
            deck.slide_layouts.remove(layout)
    _shapes(kept[OPENING], _opening())
    _shapes(kept[TEXT], [*_titled(), _body()])
    _shapes(kept[FILM], [*_titled()])
    for number, layout in kept.items():
        layout.element.cSld.set("name", NAMES[number])
    _tidy(deck)
    return deck


def layout_of(deck: PresentationType, number: int) -> object:
    """One of the layouts kept: OPENING, TEXT or FILM."""
    return deck.slide_layouts.get_by_name(NAMES[number])


def _titled() -> Sequence[BaseOxmlElement]:
    return [
        placeholder(2, "Title", 'type="title"', zones.TITLE, size_pt=zones.TITLE_PT, bold=True, text="Title")
    ]


def _body() -> BaseOxmlElement:
    return placeholder(
        3,
        "Text",
        'type="body" idx="1"',
        zones.BODY,
        size_pt=zones.BODY_PT,
        anchor="ctr",
        text="Text",
        space_pt=14,
    )


def _opening() -> Sequence[BaseOxmlElement]:
    return [
        placeholder(
            2,
            "Title",
            'type="ctrTitle"',
            zones.OPENING_TITLE,
            size_pt=zones.OPENING_PT,
            bold=True,
            anchor="b",
            text="Title",
        ),
        placeholder(
            3,
            "Subtitle",
            'type="subTitle" idx="1"',
            zones.OPENING_SUBTITLE,
            size_pt=zones.OPENING_SUBTITLE_PT,
            colour="tx2",
            anchor="t",
            text="Subtitle",
            space_pt=10,
        ),
        *(
            stripe(number, box, ACCENTS[role])
            for number, (box, role) in enumerate(zip(zones.STRIPES, zones.STRIPE_ROLES, strict=True), 4)
        ),
    ]


def _shapes(owner: object, shapes: Sequence[BaseOxmlElement]) -> None:
    """Put these shapes in the place of all that ``owner`` (a master or a layout) has."""
    tree = owner.shapes._spTree  # type: ignore[attr-defined]  # no public way to remove a shape
    for old in list(tree)[2:]:  # the first two describe the tree itself
        tree.remove(old)
    for shape in shapes:
        tree.append(shape)


def _theme(part: Part, look: Look, dark: bool) -> None:
    """Give the theme the colours of ``look`` and the font."""
    root = etree.fromstring(part.blob)
    ink, background = (look.ink, look.background)
    colours = {
        "dk1": background if dark else ink,
        "lt1": ink if dark else background,
        "dk2": look.surface if dark else look.muted,
        "lt2": look.muted if dark else look.surface,
        "hlink": look.positive,
        "folHlink": look.gradient,
    } | {slot: look.colour(role) for role, slot in ACCENTS.items()}
    root.set("name", "gradreel")
    scheme = root.find(".//{*}clrScheme")
    scheme.set("name", f"gradreel {look.name}")
    for slot, colour in colours.items():
        place = scheme.find(f"{{*}}{slot}")
        for old in list(place):
            place.remove(old)
        etree.SubElement(place, f"{{{place.nsmap['a']}}}srgbClr", val=colour.lstrip("#"))
    fonts = root.find(".//{*}fontScheme")
    fonts.set("name", "gradreel")
    for latin in fonts.iterfind(".//{*}latin"):
        latin.set("typeface", FONT)
    for east_asian in fonts.iterfind(".//{*}ea"):
        east_asian.set("typeface", FONT)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _tidy(deck: PresentationType) -> None:
    """What the empty file says of the program that made it goes: its printer, its name."""
    part = deck.part
    for key, relation in list(part.rels.items()):
        if relation.reltype == RT.PRINTER_SETTINGS:
            part.rels.pop(key)
    part.package.part_related_by(RT.EXTENDED_PROPERTIES)._blob = APP.encode()
