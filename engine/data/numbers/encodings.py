"""The text in a file's bytes, by strict rules: a mark at the beginning, else UTF-8, else Korean, else Western European.

Libraries that guess an encoding from statistics are wrong on files of a few rows (a Korean header of two syllables
comes out as Big5, "°C" as a syllable), so nothing is guessed: what fits no rule, or two, is refused.
"""

import codecs
import re
import unicodedata

from engine.errors import InputError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FORMATS = (
    (b"\x1f\x8b", "a compressed file (gzip)", "unpack it first"),
    (b"BZh", "a compressed file (bzip2)", "unpack it first"),
    (b"\xfd7zXZ\0", "a compressed file (xz)", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a compressed file (Zstandard)", "unpack it first"),
    (b"7z\xbc\xaf", "an archive (7z)", "unpack it first"),
    (b"Rar!", "an archive (RAR)", "unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook (.xls)", "open it in Excel and save it as CSV UTF-8"),
    (b"%PDF", "a PDF", "copy the numbers into a CSV file"),
    (b"{\\rtf", "a rich text document", "save it as plain text"),
    (b"PAR1", "a Parquet file", "save it as CSV"),
    (b"\x89HDF", "an HDF5 file", "save it as CSV"),
    (b"CDF\x01", "a NetCDF file", "save it as CSV"),
    (b"\x93NUMPY", "a .npy array", "save it as CSV, for example with numpy.savetxt"),
    (b"SQLite format 3", "a database (SQLite)", "export the table as CSV"),
    (b"\x89PNG", "a picture", "give a CSV file"),
    (b"\xff\xd8\xff", "a picture", "give a CSV file"),
    (b"RDX", "an R data file", "save it with write.csv"),
)
WORKBOOKS = ((b"xl/", "an Excel workbook (.xlsx)"), (b"opendocument.spreadsheet", "a spreadsheet (.ods)"))
# Signs of KS X 1001 that stand in Korean tables beside Hangul: punctuation, units, circled numbers, Greek, arrows.
_KOREAN_SIGNS = frozenset(
    (
        "Lo",
        "So",
        "Sm",
        "Sc",
        "Po",
        "Ps",
        "Pe",
        "Pd",
        "No",
        "Nl",
        "Ll",
        "Lu",
        "Lm",
        "Sk",
        "Pi",
        "Pf",
        "Zs",
        "Nd",
    )
)
# The letters beyond a to z of each language: a text has those of one. Icelandic is left out: its ð, þ and ý stand
# where Turkish has ğ, ş and ı; and æ is no French letter here, for œ and æ together are Polish ś and ć.
_ALPHABETS = (
    "àâçéèêëîïôœùûüÿ",
    "äöüßé",
    "áéíñóúüªº",
    "áâãàçéêíóôõúüªº",
    "àèéìîòóù",
    "åäöéšž",
    "æøåéòô",
    "éèëïóöüáíú",
)
_WESTERN_SIGNS = frozenset("°²³¹µ·€£§¢¥©®±×÷ºª«»–—‘’“”…%‰\xa0¿¡½¼¾")


def decoded(data: bytes, name: str) -> str:
    """The text of ``data``; ``name`` is the file's, for messages.

    Raises InputError for what is no text (workbooks, archives, pages and so on, by name) and for bytes whose
    encoding the rules do not settle.
    """
    _check_format(data, name)
    text = _text(data, name).lstrip("\ufeff").rstrip("\x1a")  # Ctrl-Z ends files of old programs
    if "\0" in text:
        row = len(re.findall(r"\r\n|\r|\n", text[: text.index("\0")])) + 1
        raise InputError(f"{name} holds zero bytes (row {row}), so it is no text: save it as CSV UTF-8.")
    start = text[:200].lstrip().lower()
    if re.match(r"<(!|\?|html|head|meta|body|table|div|style|script|svg|workbook)", start):
        raise InputError(f"{name} is a web page or XML, not CSV: open it in Excel and save it as CSV UTF-8.")
    if re.match(r'\{\s*["}]|\[\s*[\[{"\d]', start):
        raise InputError(f"{name} is JSON, not CSV: write one number in each row.")
    return text


def _check_format(data: bytes, name: str) -> None:
    what, remedy = None, "open it in Excel and save it as CSV UTF-8"
    if data.startswith(b"PK\x03\x04"):
        what, remedy = next(
            ((kind, remedy) for sign, kind in WORKBOOKS if sign in data),
            ("a zip archive", "unpack it first"),
        )
    for sign, kind, cure in FORMATS:
        if data.startswith(sign):
            what, remedy = kind, cure
    if what is not None:
        raise InputError(f"{name} is {what}, not CSV: {remedy}.")


def _text(data: bytes, name: str) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _marked(data, encoding, name)
    try:
        text = data.decode("utf-8")
        if "\0" not in text:
            return text
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        return _unmarked_utf16(data) or data.decode("latin-1")
    korean, western = _korean(data), _western(data)
    if korean is not None and western is None:
        return korean
    if western is not None and korean is None:
        return western
    row = len(re.findall(rb"\r\n|\r|\n", data[: _first_high(data)])) + 1
    why = "neither UTF-8 nor Korean (CP949) nor Western European (CP1252)"
    if korean is not None:
        why = "not UTF-8, and may be Korean (CP949) or Western European (CP1252)"
    raise InputError(f"{name} is {why} text (row {row}): save it as CSV UTF-8.")


def _first_high(data: bytes) -> int:
    """Where UTF-8 ends."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _marked(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        said = encoding.removesuffix("-sig").upper()
        raise InputError(
            f"{name} says that it is {said} text and is damaged at byte {error.start + 1}: save it as CSV UTF-8."
        ) from error


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: read when exactly one order of bytes gives digits, line ends and no odd signs."""
    found = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        usual = all(one in "\t\r\n" or unicodedata.category(one) not in ("Cc", "Cn", "Co") for one in text)
        if usual and re.search(r"[\r\n]", text) and re.search(r"[0-9]", text):
            found.append(text)
    return found[0] if len(found) == 1 else None


def _korean(data: bytes) -> str | None:
    """As CP949, when what is not ASCII is Hangul (at least one of the 2,350 usual syllables) and signs beside it."""
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        return None
    usual = False
    for place, one in enumerate(text):
        if one.isascii():
            continue
        if "가" <= one <= "힣":
            within = _latin(text[place - 1 : place]) and _latin(text[place + 1 : place + 2])
            if within:  # a syllable inside a Latin word: two accented letters of another encoding
                return None
            usual = usual or len(_euc_kr(one)) == 2
        elif "\u3400" <= one <= "\u9fff" or unicodedata.category(one) not in _KOREAN_SIGNS:
            return None
    return text if usual else None


def _latin(one: str) -> bool:
    return one.isascii() and one.isalpha()


def _euc_kr(one: str) -> bytes:
    """Two bytes for a usual syllable, more or none for those that only CP949 added."""
    try:
        return one.encode("euc_kr")
    except UnicodeEncodeError:
        return b""


def _western(data: bytes) -> str | None:
    """As CP1252, when accented letters stand in words that have a plain letter, and signs beside no accented one."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    letters: set[str] = set()
    for word in re.findall(r"[^\W_]+", text):
        strange = [one for one in word if not one.isascii() and one.isalpha()]
        if len(strange) > 1 and len(strange) == len(word):
            return None
        if re.search(r"[²³¹]\w", word):
            return None
        letters |= {one.lower() for one in strange} - _WESTERN_SIGNS
    if not any(letters <= set(alphabet) for alphabet in _ALPHABETS):
        return None
    for run in re.findall(r"[^\x00-\x7f]+", text):
        signs = [one for one in run if not one.isalpha() or one in _WESTERN_SIGNS]
        if any(one not in _WESTERN_SIGNS for one in signs) or (signs and len(run) > 2):
            return None
        if signs and len(signs) < len(run):
            return None
    return text
