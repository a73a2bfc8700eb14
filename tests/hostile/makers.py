"""Sheets and documents made wrong: by bytes, by parts of their archives, and in ways that are known to hurt readers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from random import Random

ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%b">' % (c, b"&%c;" % (c - 1) * 20) for c in range(ord("b"), ord("l")))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
NUMBERS = (b"-1", b"0", b"99999999999", b"1e308", b"2147483648", b"NaN", b"")
TEXTS = (
    b"&a;",
    b"&k;",
    b"=1+1",
    b"\x00",
    b"\xff\xfe",
    b"&#0;",
    b"&#x10FFFF;",
    b"<![CDATA[",
    b"_x0000_",
    b"A" * 70_000,
)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def bytes_changed(content: bytes, random: Random) -> bytes:
    """Some bytes replaced, taken out or put in anywhere."""
    data = bytearray(content)
    for _n in range(random.randrange(1, 20)):
        at = random.randrange(len(data))
        match random.randrange(4):
            case 0:
                data[at] = random.randrange(256)
            case 1:
                data[at : at + 4] = random.randbytes(4)
            case 2:
                del data[at : at + random.randrange(1, 200)]
            case _:
                data[at:at] = random.randbytes(random.randrange(1, 50))
        if len(data) < 10:
            break
    return bytes(data)


def part_changed(content: bytes, random: Random) -> bytes:
    """One part of the archive changed so that the archive itself stays whole."""
    held = parts(content)
    name = random.choice([name for name in held if name.endswith((".xml", ".rels"))])
    data = held[name]
    match random.randrange(9):
        case 0:
            data = bytes_changed(data, random)
        case 1:
            data = data.replace(b"?>", b"?>" + random.choice((ENTITIES, OUTSIDE)), 1).replace(
                b"</t>", b"&k;</t>"
            )
        case 2:
            del held[name]
        case 3:
            data = data.replace(b'"1"', b'"' + random.choice(NUMBERS) + b'"')
        case 4:
            data = data.replace(b"</t>", random.choice(TEXTS) + b"</t>").replace(
                b"</v>", random.choice(TEXTS) + b"</v>"
            )
        case 5:
            data = data[: random.randrange(len(data) + 1)]
        case 6:
            data = data.replace(b">", b">" + b"<a>" * 20_000, 1)
        case 7:
            held[
                random.choice(("../../../../tmp/x", "/etc/x", "C:\\x", "xl/../../x", "a" * 60_000, "\u202e"))
            ] = data
        case _:
            data = data.replace(
                b'r="A', b'r="' + random.choice((b"XFD1048576", b"ZZZZ", b"A0", b"", b"A-1")), 2
            )
    if name in held:
        held[name] = data
    return packed(held)


def bombs(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Archives that unpack to far more than they are, in the part that is read, beside it, or twice packed."""
    held = parts(content)
    name = next(name for name in held if "sheet1.xml" in name or name == "word/document.xml")
    yield "spaces", packed({**held, name: held[name].replace(b">", b">" + b" " * 300_000_000, 1)})
    yield "beside", packed({**held, "xl/media/image1.png": bytes(600_000_000)})
    yield (
        "rows",
        packed({**held, name: held[name].replace(b"<row ", b"<row></row>" * 3_000_000 + b"<row ", 1)}),
    )
    yield (
        "strings",
        packed({**held, "xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 8_000_000 + b"</sst>"}),
    )
    yield "many parts", packed({**held, **{f"x/{n}": b"" for n in range(40_000)}})
    twice = packed({"a": bytes(100_000_000)})
    yield "twice", packed({**held, "xl/embeddings/a.zip": twice})


def lines(random: Random, head: str) -> bytes:
    """Text that calls itself a table."""
    cells = (
        "=1+1",
        "+cmd|' /C calc'!A0",
        "@SUM(1)",
        "-2+3",
        "\0",
        "\u202e",
        '"',
        "'",
        "x" * 40_000,
        "京",
        "\r",
        "１２",
        "1e400",
        "",
    )
    rows = [
        ",".join(random.choice(cells) for _n in range(random.randrange(1, 40)))
        for _r in range(random.randrange(1, 40))
    ]
    text = "\n".join((head, *rows))
    return bytes_changed(
        text.encode(random.choice(("utf-8", "gb18030", "utf-16", "utf-8-sig")), "replace"), random
    )


PICTURES = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\0\0\0",
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01" + b"\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03" + b"\0" * 100,
    b"GIF89a\xff\xff\xff\xff\xf7\0\0" + b"\x2c" * 900,
    b"BM" + b"\xff" * 80,
    b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
    b"%PDF-1.7\n1 0 obj <</OpenAction <</S /Launch /F (calc.exe)>> >>",
    b"RIFF\xff\xff\xff\xffWEBPVP8 " + b"\xff" * 60,
)
