"""CSV files with a column of numbers, as people have them: what is read, and a sentence with its place for the rest."""

import csv
import os
from pathlib import Path

import pytest
from sklearn.datasets import load_linnerud

from engine.data.numbers.file import FILE_MAX_BYTES, read_column
from engine.errors import InputError
from engine.recorders import resolve, run

MANY = "\n".join(str(i) for i in range(401))
MONTHS = "1월,120\n2월,135\n3월,128\n"
VISITORS = (120, 135, 128)


def write(folder: Path, content: str | bytes) -> str:
    path = folder / "data.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


READ = [
    # one column, two, separators, quotes, blank rows, the mark of UTF-8
    ("1\n2\n3\n", "", "data", (1, 2, 3)),
    ("temperature\n1.5\n-2e1\n3\n", "", "temperature", (1.5, -20, 3)),
    ("\ufeffvalue\r\n1\r\n\r\n2\r\n", "", "value", (1, 2)),
    ("month,passengers\n1949-01,112\n1949-02,118\n", "passengers", "passengers", (112, 118)),
    ("month;값\n1월;1\n2월;2\n", "2", "값", (1, 2)),
    ("1\t4\n2\t5\n", "2", "data 2", (4, 5)),
    ("a|b\n1|2\n3|4\n", "b", "b", (2, 4)),
    ('"a, b",c\n"1",2\n', "a, b", "a, b", (1,)),
    (" 7 \n 8\n", "1", "data", (7, 8)),
    ("a\r1\r2\r3\r", "", "a", (1, 2, 3)),
    ('"a\nb",c\n1,2\n2,3\n', "a b", "a b", (1, 2)),
    ('"Month", "2019", "2020"\n"Jan",  20,  30\n"Feb",  23,  41\n', "2020", "2020", (30, 41)),
    ('"Jan" ,20\n"Feb" ,30\n', "2", "data 2", (20, 30)),
    ("name,v\nSeoul; Jung,3\nBusan; Jung,4\n", "v", "v", (3, 4)),
    ("a,b\n2021,x;y\n2022,z;w\n", "a", "a", (2021, 2022)),
    # decimal commas
    ("wert\n0,5\n0,7\n0,65\n", "", "wert", (0.5, 0.7, 0.65)),
    ("-3,5\n0\n2,75\n", "", "data", (-3.5, 0, 2.75)),
    ("Tag;Temperatur\n01.01.2026;-3,5\n02.01.2026;0\n", "Temperatur", "Temperatur", (-3.5, 0)),
    ("1,5;2,5\n3,5;4,5\n", "2", "data 2", (2.5, 4.5)),
    ("Mo;x;3,5\nTu;y;4,5\n", "3", "data 3", (3.5, 4.5)),
    ('a,b\nx,"0,5"\ny,"1,25"\n', "b", "b", (0.5, 1.25)),
    ("a;b\n1;1,5e3\n2;-2,5E-1\n", "b", "b", (1500, -0.25)),
    # thousands: a mark that groups in one cell of a column, or of the file, groups in all
    ('a,b\nx,"1,234"\ny,"2,345"\nz,999\n', "b", "b", (1234, 2345, 999)),
    ('v\n"1,234"\n"2,345.5"\n', "", "v", (1234, 2345.5)),
    ("방문자\n1,234\n12,345\n999\n", "", "방문자", (1234, 12345, 999)),
    ("v\n9,411,260\n9,384,512\n", "", "v", (9411260, 9384512)),
    ("v\n12,34,567\n1,23,456\n", "", "v", (1234567, 123456)),
    ("Jahr;a;b\n2019;1.234;2,5\n2020;2.345;1,5\n", "a", "a", (1234, 2345)),
    ("year;a;b\n2019;1,234;2.5\n2020;2,345;1.5\n", "a", "a", (1234, 2345)),
    ("a;b\n1;1.234,5\n2;-12.345.678\n", "b", "b", (1234.5, -12345678)),
    ("a\n1 234,5\n12\n", "", "a", (1234.5, 12)),
    ("a;b\n1;1\u202f234,5\n2;2\u00a0345,6\n3;3\u2009456,7\n", "b", "b", (1234.5, 2345.6, 3456.7)),
    ("a\n1'234.5\n2’345\n", "", "a", (1234.5, 2345)),
    # signs
    ("a,b\n1,12.5%\n2,13 %\n", "b", "b (%)", (12.5, 13)),
    ("rate %\n1%\n2％\n", "", "rate %", (1, 2)),
    ("a\n−5\n－3\n+4\n", "", "a", (-5, -3, 4)),
    ("a\n５\n１．５\n१२\n", "", "a", (5, 1.5, 12)),
    # above the table and below it, and empty cells at its ends
    ("sep=;\nday;value\nMo;3\nTu;5\n", "value", "value", (3, 5)),
    ("sep=,\n1,4\n2.5,5\n", "2", "data 2", (4, 5)),
    (
        "# Station: hill\n# Unit: ppm, yearly\n#\nyear,ppm\n2021,400.5\n2022,402.1\n",
        "ppm",
        "ppm",
        (400.5, 402.1),
    ),
    ("# year,ppm\n1958,315.71\n1959,317.45\n", "ppm", "ppm", (315.71, 317.45)),
    ("# NOAA\n# year  month  ppm\n1958   3  315.71\n1958  12  317.45\n", "ppm", "ppm", (315.71, 317.45)),
    ("#;Name\n1;5\n2;6\n", "Name", "Name", (5, 6)),
    ("2023년 서울\n\n월,방문자\n1월,120\n2월,130\n", "방문자", "방문자", (120, 130)),
    ("2023년 서울,,\n,,\n월,방문자,비고\n1월,120,x\n2월,130,\n", "방문자", "방문자", (120, 130)),
    ("title\n\nvalue\n1\n2\n", "", "value", (1, 2)),
    ("월,방문자\n1월,120\n2월,130\n자료: 통계청\n", "방문자", "방문자", (120, 130)),
    ("월,방문자\n1월,120\n2월,130\n합 계,250\n", "방문자", "방문자", (120, 130)),
    ("지역,수\n계,250\n서울,120\n부산,130\n", "수", "수", (120, 130)),
    ("a,b,\n1,2,\n2,3,\n", "b", "b", (2, 3)),
    ("a,b\n1,2,\n2,3,\n", "b", "b", (2, 3)),
    ("a;b\n1;2;\n2;3;\n", "b", "b", (2, 3)),
    ("a,b,,,\n1,2,,,\n,,,,\n2,3,,,\n", "b", "b", (2, 3)),
    ("월,\n1,120\n2,130\n", "월", "월", (1, 2)),
    # the columns that R and pandas put before
    ('"","x"\n"1",5\n"2",6\n"3",7\n', "", "x", (5, 6, 7)),
    (",v\n0,1.5\n1,2.5\n", "", "v", (1.5, 2.5)),
    (",0\n0,1.5\n1,2.5\n", "", "0", (1.5, 2.5)),
    (",0,1\n0,1.5,2\n1,2.5,3\n", "1", "1", (2, 3)),
    ('"x" "y"\n"a" 5.1 3\n"b" 6.1 4\n', "y", "y", (3, 4)),
    ('"x"\n"1" 5.1\n"2" 6.1\n', "", "x", (5.1, 6.1)),
    # names that are numbers: by name, else by place
    ("Month,2019,2020,2021\nJan,20,30,44\nFeb,23,41,40\n", "2020", "2020", (30, 41)),
    ("Month,2019,2020,2021\nJan,20,30,44\nFeb,23,41,40\n", "3", "2020", (30, 41)),
    ("i,2019,2020,3\n1,20,30,44\n2,23,41,40\n", "3", "3", (44, 40)),
    ("x,2020\n1,30\n2,41\n", "2", "2020", (30, 41)),
    ("2020\n30\n41\n", "2020", "2020", (30, 41)),
    ("12 kg\n13\n14\n", "12 kg", "12 kg", (13, 14)),
    ("지역,2020.01,2020.02\n서울,5,6\n부산,8,9\n", "2020.02", "2020.02", (6, 9)),
    ("지역,1,2,3\n서울,5,6,7\n부산,8,9,10\n", "3", "3", (7, 10)),
    ("연도,1월,2월\n2020,2,3.5\n2021,3,4\n", "2월", "2월", (3.5, 4)),
    ("2000\n2100\n2230\n", "", "data", (2000, 2100, 2230)),
    ("Na,K\n1,2\n3,4\n", "Na", "Na", (1, 3)),
    # spaces between columns and in numbers
    ("value\n1 120\n2 135\n", "", "value", (1120, 2135)),
    ("all the people\n1 120\n2 135\n", "", "all the people", (1120, 2135)),
    ("day value\n1 12\n2 13.5\n", "value", "value", (12, 13.5)),
    ("v\n1\n# in between\n2\n# end\n", "", "v", (1, 2)),
    ("a,b\n1,2\n# in between\n3,4\n", "b", "b", (2, 4)),
    ("a,b\n#1,2\n#2,4\n", "b", "b", (2, 4)),
    ("순번,값\n1,5\n2,6\n3,7\n,18\n", "값", "값", (5, 6, 7)),
    ("<TICKER>,<CLOSE>\nA,1.5\nB,2.5\n", "<CLOSE>", "<CLOSE>", (1.5, 2.5)),
    ("1,5 2,5\n3,5 4,5\n", "2", "data 2", (2.5, 4.5)),
    ("x, y\n1, 2\n3, 4\n", "y", "y", (2, 4)),
    ("v|\n0,535|\n-0,5|\n", "", "v", (0.535, -0.5)),
    ("value\n\n5\n6\n", "", "value", (5, 6)),
    ("v\n,1\n,2\n", "2", "v", (1, 2)),
    ("# a comment, of two\n월,2001\n2000,30\n2001,40\n", "2", "2001", (30, 40)),
    # offices: KOSIS, the weather service, the World Bank, NASA, Yahoo
    (
        '"지역별","항목","2021 년","2022 년"\n"전국","명","51,638,809","51,439,038"\n"서울","명","9,509,458","942"\n',
        "2022 년",
        "2022 년",
        (51439038, 942),
    ),
    (
        "통계표명:,인구동향,\n단위:,명,\n연도,출생,사망\n2020,272,305\n2021,260,317\n,,\n* 출처,,\n",
        "사망",
        "사망",
        (305, 317),
    ),
    ("날짜,지점,기온\r\n\t2023-01-01,108,-0.2\r\n\t2023-01-02,108,-5\r\n", "기온", "기온", (-0.2, -5)),
    (
        '"Source","WDI",\n\n"Updated","2023-12-18",\n\n"Country","1960","1961",\n"Aruba","54","55",\n"Korea","5","6",\n',
        "1961",
        "1961",
        (55, 6),
    ),
    ("Land-Ocean: Means\nYear,Jan,Feb\n1880,-.18,***\n1881,-.19,-.14\n", "Jan", "Jan", (-0.18, -0.19)),
    (
        'Date,Close*\n"Jan 3, 2023","3,824.14"\n"Jan 4, 2023","3,852.97"\n',
        "Close*",
        "Close*",
        (3824.14, 3852.97),
    ),
    # encodings
    (("월,방문자\n" + MONTHS).encode("cp949"), "방문자", "방문자", VISITORS),
    (("월,뷁(㎍/㎥)\n" + MONTHS).encode("cp949"), "뷁(㎍/㎥)", "뷁(㎍/㎥)", VISITORS),
    ("일\n1\n2\n".encode("cp949"), "", "일", (1, 2)),
    ("월\t방문자\r\n1월\t120\r\n2월\t135\r\n".encode("utf-16"), "방문자", "방문자", (120, 135)),
    (b"\xfe\xff" + "월\t수\r\n1월\t120\r\n".encode("utf-16-be"), "수", "수", (120,)),
    ("월\t수\r\n1월\t120\r\n".encode("utf-16-le"), "수", "수", (120,)),
    ("월\t수\r\n1월\t120\r\n".encode("utf-32"), "수", "수", (120,)),
    ("Größe;b\n1,5;2\n2,5;3\n".encode("cp1252"), "Größe", "Größe", (1.5, 2.5)),
    ("Temp °C\n1\n2\n".encode("cp1252"), "", "Temp °C", (1, 2)),
    ("POPULAÇÃO\n1\n2\n".encode("latin-1"), "", "POPULAÇÃO", (1, 2)),
    ("1\n2\n3\n\x1a", "", "data", (1, 2, 3)),
    # decomposed, as a Mac writes: in the file, on the command line
    ("\u1102\u1161\u110b\u1175,b\n1,2\n3,4\n", "나이", "나이", (1, 3)),
    ("Ho\u0308he,b\n1,2\n3,4\n", "Höhe", "Höhe", (1, 3)),
    ("Höhe,b\n1,2\n3,4\n", "Ho\u0308he", "Höhe", (1, 3)),
]


@pytest.mark.parametrize(("content", "column", "name", "numbers"), READ)
def test_what_is_read(
    tmp_path: Path, content: str | bytes, column: str, name: str, numbers: tuple[float, ...]
):
    assert read_column(write(tmp_path, content), column) == (name, numbers)


def test_real_data_as_scikit_learn_has_it(tmp_path: Path):
    bunch = load_linnerud()
    path = tmp_path / "linnerud.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([bunch.target_names, *bunch.target.tolist()])
    name, numbers = read_column(str(path), "Pulse")
    assert (name, list(numbers)) == ("Pulse", bunch.target[:, bunch.target_names.index("Pulse")].tolist())


REFUSED = [
    ("", "", "is empty"),
    ("\n \n", "", "is empty: put one number in each row"),
    ("# only\n# comments\n", "", "is empty"),
    (",\n,\n", "", "has no values"),
    ("name\n", "", "has a header and no numbers below it"),
    # cells
    ("1\nx\n3\n", "", "row 2, column 1: 'x' is not a number; give numbers such as 12"),
    ("n\n1\n1_000\n", "", "row 3, column 1: '1_000' is not a number, for it has underscores; write 1000"),
    ("1_000\n2\n3\n", "", "1_000 is above the column and may be one of its numbers"),
    ("n\n1_000\n2\n3\n", "", r"row 2 has no number \(1_000\)"),
    ("a,b\n1,2\n1,\n", "b", "row 3, column 2: the cell is empty; write a number, or delete the row"),
    ("a,b\n1,NA\n1,2\n", "b", "row 2, column 2: 'NA' stands for a missing value"),
    ("m,v\nJan,n/a\nFeb,3\n", "v", r"row 2 has no number \(Jan, n/a\)"),
    ("n\n1\nnan\n", "", "row 3, column 1: nan is not finite"),
    ("1\n-inf\n", "", "row 2, column 1: -inf is not finite"),
    ("1\n1e999\n", "", "row 2, column 1: 1e999 is not finite"),
    ("1\n1e-999\n", "", "row 2, column 1: 1e-999 is too small"),
    ("a,b\n1,0x1F\n2,3\n", "b", "row 2, column 2: '0x1F' is hexadecimal"),
    ("a,b\n1,#DIV/0!\n2,3\n", "b", "row 2, column 2: '#DIV/0!' is an error of the spreadsheet"),
    ("a,b\n1,2021-03-01\n2,3\n", "b", "row 2, column 2: '2021-03-01' is a date or a time"),
    ("a,b\n1,12:30\n2,3\n", "b", "row 2, column 2: '12:30' is a date or a time"),
    ("a,b\n1,$5\n2,3\n", "b", r"'\$5' is not a number alone; write the number only, and its unit"),
    ("w\n5\n12 kg\n", "", "row 3, column 1: '12 kg' is not a number alone"),
    ("12 kg\n13\n14\n", "", "12 kg is above the column and may be one of its numbers"),
    ("12명\n13\n14\n", "1", "12명 is above the column and may be one of its numbers"),
    ("a,b\n1,(5)\n2,3\n", "b", r"'\(5\)' is not a number; write a minus before it"),
    ("a,b\n1,5²\n2,3\n", "b", "'5²' is not a number"),
    ("a,b\n1,12%\n2,13\n", "b", "not both percentages"),
    ("a;b\n1;1.5\n2;2,5\n", "b", r"a decimal point in row 2 \(1.5\) and a decimal comma in row 3 \(2,5\)"),
    # what could be read in two ways
    ("0,5\n0,7\n1,0\n", "", "0,5 in row 1 is one number with a decimal comma, or several cells"),
    ("0,5\n0,7\n1,0\n", "2", "0,5 in row 1 is one number with a decimal comma, or several cells"),
    ("1,2,3\n4,5,6\n7,8,1\n", "2", "may be the names of the columns or numbers"),
    ("7,2,3\n4,5,6\n7,8,1\n", "2", "2,3 in row 1 is one number with a decimal comma"),
    ("Tag,Temp\n1,3,5\n2,4,5\n", "Temp", "names 2 columns in row 1 and has 3 cells .* decimal commas"),
    ("9,411,260\n9,384,512\n", "", "commas between thousands, or several cells"),
    ("12 345\n12 346\n", "", "a space between thousands, or several cells"),
    ("day value\n1 120\n2 135\n", "value", "a space between thousands, or several cells"),
    ("ａ，ｂ\n1，2\n", "", "'1，2' is not a number"),
    ("2019,2020,2021\n30,41,38\n23,41,40\n", "2", "--column 2019"),
    ("2001|2002|2003\n101|462367,4|1\n389|71931,7|4\n", "3", "2001, 2002, 2003 may be the names"),
    ("월|2001\n1월|0,5\n2월|-0,7\n", "2", "2001 may be the names"),
    ('2001\n"2,5"\n"-4,1"\n', "", "2001 may be the names"),
    ("My data\n\n0\n7.75\n0.95\n", "", "0 may be the names"),
    ("id,0\n2026-01-01,7\n2026-01-02,5\n", "2", "0 may be the names"),
    ("월;c0\n0;4,583\n1;-4,924\n", "2", "4,583 may be a number of thousands"),
    ("2000,876,934.52\n2001,680,279.58\n", "3", "one number with a decimal comma, or several cells"),
    ("67'612,22,\n32'439,88,\n", "1", "one number with a decimal comma, or several cells"),
    ("id,2001,2002,\n2000,881.94,408,708.774,\n2001,835.19,360,372.259,\n", "2002", "names 3 columns"),
    (",0,1\nJan0,-184,759,959 760,41\nMo1,118,950,329 342,76\n", "2", "names 3 columns in row 1"),
    ("1,2,3\n0.5,0.7,0.9\n1.5,1.7,1.9\n", "2", "begin with a letter above.$"),
    ("wert\n1,234\n2,345\n", "", "1,234 may be a number of thousands, or one with a decimal comma"),
    ("a;b\nx;1.234\ny;2.345\n", "b", "1.234 may be a number of thousands, or one with a decimal point"),
    ("2020\n30\n41\n", "", "2020 may be the names of the columns or numbers.*--column 2020"),
    ("Seoul,2020\nBusan,30\n", "2", "2020 may be the names of the columns or numbers"),
    (
        "월,수\n1월,120\n2월,130\n합계,251\n",
        "수",
        "row 4 is called 합계: if it sums up other rows, delete it",
    ),
    ("m,v\na,1\nb,3\nAverage,2\n", "v", "row 4 is called Average"),
    # rows and columns
    ("a,b\n1,2\n3\n", "a", "row 3 has 1 cells and row 1 has 2: give every row the same number"),
    ("a,b\nm,kg\n1,2\n", "b", r"row 2 has no number \(m, kg\) and stands between row 1 and the numbers"),
    ("시점,2020,2020\n지역,남,여\n전국,1,2\n", "남", r"row 2 has no number \(지역, 남, 여\)"),
    ("a,b\n1,2\n", "", "has 2 columns: choose one with --column, for example --column 'b'"),
    ("a,b\n1,x\n", "", "for example --column 'a'"),
    ("a,b\n1,2\n", "c", r"has no column c\. Known: a, b"),
    ("price,b\n1,2\n", "prise", r"has no column prise\. Did you mean price\?"),
    ("a,b\n1,2\n", "3", "has no column 3, and no place 3 among its 2"),
    ("a,a\n1,2\n", "a", "has 2 columns a: choose one by its place from 1"),
    ("\x1b[31m,b\n1,2\n", "1", "has signs that cannot be shown"),
    # no CSV, and no encoding that the rules settle
    ('"1\n2\n3', "", r"this is not CSV \(row 3: a quotation mark is opened and never closed\)"),
    ("1\n2\0\n", "", r"holds zero bytes \(row 2\)"),
    (b"value\n1\n\x81\xff\n", "", r"text \(row 3\): save it as CSV UTF-8"),
    ("Температура\n1\n2\n".encode("cp1251"), "", "is neither UTF-8 nor Korean"),
    ("月,x\n1,2\n2,3\n".encode("cp932"), "x", "is neither UTF-8 nor Korean"),
    ("Wartość\n1\n2\n".encode("cp1250"), "", "is neither UTF-8 nor Korean"),
    ("Yıl\n1\n2\n".encode("cp1254"), "", "is neither UTF-8 nor Korean"),
    ("Größe\n1\n2\n".encode("mac-roman"), "", "is neither UTF-8 nor Korean"),
    ("A형\n1\n2\n".encode("cp949"), "", "may be Korean .* or Western European"),
    (b"\xff\xfe1", "", "says that it is UTF-16 text and is damaged"),
    ('{"a": [1, 2]}', "", "is JSON, not CSV"),
    ("[1, 2, 3]", "", "is JSON, not CSV"),
    ("<html><table>", "", "is a web page or XML, not CSV"),
    (b"\x1f\x8b\x08\0", "", r"is a compressed file \(gzip\), not CSV: unpack it"),
    (
        b"PK\x03\x04 xl/workbook.xml",
        "",
        r"is an Excel workbook \(.xlsx\), not CSV: open it in Excel and save it",
    ),
    (b"PK\x03\x04 data.csv", "", "is a zip archive, not CSV"),
    (b"\xd0\xcf\x11\xe0", "", r"is an Excel workbook \(.xls\)"),
    (b"%PDF-1.7", "", "is a PDF"),
]


@pytest.mark.parametrize(("content", "column", "sentence"), REFUSED)
def test_what_cannot_be_read(tmp_path: Path, content: str | bytes, column: str, sentence: str):
    with pytest.raises(InputError, match=sentence):
        read_column(write(tmp_path, content), column)


LARGE = [
    (b"1\n" * (FILE_MAX_BYTES // 2 + 1), "at most"),
    (b"a" * 900_000 + b"\n1\n2\n3\n", "a cell has more than 131,072 characters"),
    (b"a" * 100_000 + b"\n1\n2\n3\n", "has 100,000 characters: give the column a name of 100 at most"),
    (b"1,2.5," * 100_000, "has 200,000 columns: keep 2,000 at most"),
    (b"1 " * 400_000, "."),
    (b"1\n" * 400_000, "has more than 1,000 rows"),
    (b'" ' * 400_000, "has no values"),
    (b"#\n" * 400_000, "is empty"),
    (b"\xb0\xa1" * 400_000, "a cell has more than"),
    (b"1" * 100_000 + b"\n2\n3\n", "characters"),
    (b"1\n2\n3\n" + b"\n" * 990_000, "more than 10,000 lines without a value: delete those"),
    (b"a,b\n" + b"\r\n" * 490_000 + b"1,2\n" * 4, "more than 10,000 lines without a value"),
    (b"1;2\n" * 4 + b";\n" * 490_000, "more than 10,000 lines without a value"),
    (b"v\n2\n" + b"1" * 5000 + b"\n", "is not a number"),
]


@pytest.mark.parametrize(("content", "sentence"), LARGE, ids=range(len(LARGE)))
def test_what_is_too_large_is_refused_at_once(tmp_path: Path, content: bytes, sentence: str):
    with pytest.raises(InputError, match=sentence) as refused:
        read_column(write(tmp_path, content), "")
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("1\n2\n", "data has 2 numbers: give a series of 3 to 400"),
        (MANY, "data has 401 numbers: give a series of 3 to 400"),
        ("7\n7\n7\n", "All numbers of data are the same: give a series that changes"),
        ("7\n7.0000000001\n7\n", "All numbers of data are the same"),
        (
            "5e-324\n1e-323\n0\n",
            "numbers of data differ by 9.88131e-324 at most: give them in a smaller unit",
        ),
        ("1e-170\n2e-170\n4e-170\n", "differ by 3e-170 at most"),
        ("1e101\n2\n3\n", "give numbers up to 1e[+]100 in size"),
    ],
)
def test_numbers_that_make_no_series(tmp_path: Path, content: str, sentence: str):
    with pytest.raises(InputError, match=sentence):
        resolve("rnn", {"series": write(tmp_path, content)})


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("", "'' is not a path"),
        ("a\0b", "is not a path"),
        ("none.csv", "none.csv cannot be read .*: check the path"),
        (".", "is a folder: give the path of a file"),
        ("/dev/null", "is no ordinary file"),
        ("/dev/zero", "is no ordinary file"),
        ("fifo", "is no ordinary file"),
        ("x" * 5000, "cannot be read"),
        ("sparse", "has 1 GiB: give a file of at most"),
    ],
)
def test_no_such_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, sentence: str):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("fifo")
    with open("sparse", "wb") as file:
        file.truncate(2**30)
    with pytest.raises(InputError, match=sentence):
        resolve("rnn", {"series": path})


def test_the_numbers_are_kept_so_that_the_run_can_be_repeated_without_the_file(tmp_path: Path):
    path = write(tmp_path, "pulse\n50\n52\n58\n62\n")
    trace = run("rnn", {"series": path, "steps": 2, "long": 10})
    assert trace.params["given"]["series"] == {"pulse": [50.0, 52.0, 58.0, 62.0]}
    Path(path).unlink()
    again = run("rnn", {**trace.params["given"], "seed": trace.seed})
    assert again.digest() == trace.digest()
    assert again.params["resolved"] == trace.params["resolved"]


def test_another_content_is_another_run(tmp_path: Path):
    """The cache takes the resolved parameters as its key: a changed file must not find the old trace."""
    first = resolve("rnn", {"series": write(tmp_path, "1\n2\n3\n")})
    assert resolve("rnn", {"series": write(tmp_path, "1\n2\n4\n")})["series"] != first["series"]
