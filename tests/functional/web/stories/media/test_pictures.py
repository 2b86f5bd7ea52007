"""A picture keeps what is seen on it, and nothing that was written about it."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

from everygenome.errors import InputError
from everygenome.web.stories.media import pictures
from tests.functional.web.stories.media.strangers import PHRASE, cleaned, tells

pytestmark = [pytest.mark.slow]

XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{PHRASE}</x:xmpmeta>".encode()
# Of 51 degrees and 31 minutes north: the seconds, as EXIF writes them.
SECONDS = struct.pack(">II", 1234577, 40093)


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x010E] = made[0x013B] = PHRASE  # what it shows, and who made it
    made[0x0112] = orientation
    place = made.get_ifd(0x8825)
    place[1], place[2] = "N", (51.0, 31.0, IFDRational(1234577, 40093))
    return made


def profile() -> bytes:
    """One with a name, in which red and green are called by each other's names."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for old, new in ((b"rXYZ", b"????"), (b"gXYZ", b"rXYZ"), (b"????", b"gXYZ")):
        data = data.replace(old, new, 1)
    return data.replace("sRGB built-in".encode("utf-16-be"), "Lovelace 1843".encode("utf-16-be"))


def drawn(mode: str = "RGB") -> Image.Image:
    """Blue, with a red corner at the top left."""
    image = Image.new("RGBA", (80, 40), "blue")
    image.paste("red", (0, 0, 20, 10))
    return image.convert(mode)


def text_chunks() -> PngImagePlugin.PngInfo:
    made = PngImagePlugin.PngInfo()
    made.add_text("Author", PHRASE)
    made.add_itxt("Place", PHRASE)
    return made


@pytest.fixture
def sent(tmp_path):
    """Write a picture as it is sent."""

    def saved(image, form, **options):
        path = tmp_path / "holiday in Marylebone.jpg"
        image.save(path, form, **options)
        return path

    return saved


def seen(one) -> Image.Image:
    with Image.open(one.path) as image:
        image.load()
    return image


def is_near(point, wanted) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(point, wanted, strict=True))


@pytest.mark.parametrize(
    ("form", "options"),
    [
        (
            "JPEG",
            {"exif": exif(), "xmp": XMP, "icc_profile": profile(), "comment": PHRASE.encode()},
        ),
        ("PNG", {"exif": exif(), "pnginfo": text_chunks(), "icc_profile": profile()}),
        ("WEBP", {"exif": exif(), "xmp": XMP, "icc_profile": profile()}),
        ("GIF", {"comment": PHRASE.encode()}),
        # What some phones send: a second picture behind the first.
        ("MPO", {"save_all": True, "append_images": [drawn()], "exif": exif()}),
    ],
)
def test_no_word_and_no_place_is_left_in_a_picture(sent, form, options):
    source = sent(drawn(), form, **options)
    assert tells(source)
    assert (SECONDS in source.read_bytes()) == ("exif" in options)
    made = cleaned(source)
    assert [(one.size_name, one.kind, one.type) for one in made] == [
        ("whole", "picture", "image/webp"),
        ("small", "picture", "image/webp"),
    ]
    for one in made:
        data = one.path.read_bytes()
        assert not tells(one.path)
        assert SECONDS not in data
        assert b"acsp" not in data  # what every colour profile holds
        assert (one.size, one.width, one.height, one.seconds) == (len(data), 80, 40, None)
        image = seen(one)
        assert (image.format, image.size) == ("WEBP", (80, 40))
        assert not dict(image.getexif())
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


def test_whatever_is_left_in_what_was_drawn_is_found(sent):
    source = sent(drawn("RGBA"), "WEBP", exif=exif(), xmp=XMP, icc_profile=profile(), lossless=True)
    words = {b"EXIF", b"XMP ", b"ICCP"}
    assert pictures._parts(source.read_bytes()) == {b"VP8X", b"VP8L"} | words
    assert not words & pictures._POINTS
    whole, _ = cleaned(source)
    assert pictures._parts(whole.path.read_bytes()) == {b"VP8 "}


def test_what_stands_behind_a_picture_is_left_behind(sent):
    source = sent(drawn(), "JPEG")
    source.write_bytes(source.read_bytes() + b"PK\x03\x04<script>" + PHRASE.encode())
    assert tells(source)
    assert not any(tells(one.path) for one in cleaned(source))


@pytest.mark.parametrize(
    ("orientation", "right", "lower"),
    [
        *[(1, False, False), (2, True, False), (3, True, True), (4, False, True)],
        *[(5, False, False), (6, True, False), (7, True, True), (8, False, True)],
    ],
)
def test_a_picture_stands_as_the_camera_was_held(sent, orientation, right, lower):
    image = seen(cleaned(sent(drawn(), "JPEG", exif=exif(orientation), quality=95))[0])
    width, height = image.size
    assert (width, height) == ((80, 40) if orientation < 5 else (40, 80))
    for at_right in (False, True):
        for below in (False, True):
            point = image.getpixel((width - 4 if at_right else 3, height - 4 if below else 3))
            is_red = (at_right, below) == (right, lower)
            assert is_near(point, (254, 0, 0) if is_red else (0, 0, 254))


def test_colours_are_those_that_the_profile_meant(sent):
    image = seen(cleaned(sent(drawn("RGBA"), "PNG", icc_profile=profile()))[0])
    assert is_near(image.convert("RGB").getpixel((5, 5)), (0, 254, 0))
    assert is_near(image.convert("RGB").getpixel((70, 30)), (0, 0, 254))


@pytest.mark.parametrize("broken", [b"no profile", profile()[:300]])
def test_a_broken_profile_is_as_none(tmp_path, broken):
    path = tmp_path / "sent"
    drawn().save(path, "JPEG", icc_profile=broken, quality=95)
    assert is_near(seen(cleaned(path)[0]).getpixel((5, 5)), (254, 0, 0))


@pytest.mark.parametrize(
    ("mode", "form"),
    [("RGBA", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("RGBA", "GIF"), ("RGBA", "WEBP")],
)
def test_what_is_transparent_stays_so(sent, mode, form):
    image = Image.new("RGBA", (1000, 500), (0, 0, 0, 0))
    image.paste((250, 250, 250, 255), (500, 0, 1000, 500))
    if mode == "P":
        image = image.quantize(8)
    whole, small = (seen(one) for one in cleaned(sent(image.convert(mode), form)))
    for made in (whole, small):
        assert made.mode == "RGBA"
        assert made.getpixel((made.width // 4, 10))[3] == 0
        assert made.getpixel((made.width * 3 // 4, 10))[3] == 255
        assert is_near(made.getpixel((made.width * 3 // 4, 10))[:3], (250, 250, 250))


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_of_a_picture_that_moves_the_first_is_taken(sent, form):
    others = [Image.new("RGB", (80, 40), "white") for _ in range(2)]
    image = seen(cleaned(sent(drawn(), form, save_all=True, append_images=others))[0])
    assert getattr(image, "n_frames", 1) == 1
    assert is_near(image.convert("RGB").getpixel((5, 5)), (254, 0, 0))


@pytest.mark.parametrize(
    ("size", "whole", "small"),
    [
        ((4000, 3000), (2000, 1500), (480, 360)),
        ((1500, 3000), (1000, 2000), (240, 480)),
        ((30, 20), (30, 20), (30, 20)),
        ((9000, 2), (2000, 1), (480, 1)),
    ],
)
def test_pictures_are_made_no_larger_than_they_are_shown(sent, size, whole, small):
    made = cleaned(sent(Image.new("L", size, 128), "PNG"))
    assert [(one.width, one.height) for one in made] == [whole, small]
    assert [seen(one).size for one in made] == [whole, small]


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_every_kind_of_points_is_read(tmp_path, mode):
    grey = Image.new("L", (40, 40), 0)
    grey.paste(255, (0, 0, 20, 40))
    if mode == "I;16":
        image = Image.frombytes("I;16", (40, 40), (b"\xff\xff" * 20 + bytes(40)) * 40)
    else:
        image = grey.convert(mode)
    path = tmp_path / "sent"
    image.save(path, "JPEG" if mode == "CMYK" else "PNG")
    made = seen(cleaned(path)[0]).convert("RGB")
    assert is_near(made.getpixel((5, 20)), (254, 254, 254))
    assert is_near(made.getpixel((35, 20)), (0, 0, 0))


def test_sixteen_bits_become_eight_in_proportion(tmp_path):
    path = tmp_path / "sent"
    Image.frombytes("I;16", (40, 40), b"\x00\x60" * 1600).save(path, "PNG")
    assert is_near(seen(cleaned(path)[0]).convert("RGB").getpixel((20, 20)), (96, 96, 96))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_half_a_picture_is_refused(tmp_path, form):
    whole = io.BytesIO()
    Image.effect_noise((300, 300), 80).convert("RGB").save(whole, form)
    path = tmp_path / "sent"
    path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    with pytest.raises(InputError, match=r"^The file cannot be read\. It may be damaged"):
        cleaned(path)


def declared(width: int, height: int) -> bytes:
    """A PNG that says that it is so large, in a few bytes."""
    whole = io.BytesIO()
    Image.new("L", (1, 1)).save(whole, "PNG")
    data = bytearray(whole.getvalue())
    data[16:24] = struct.pack(">II", width, height)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    return bytes(data)


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (10_000, 6_001)])
def test_more_points_than_can_be_read_are_refused(tmp_path, width, height):
    path = tmp_path / "sent"
    path.write_bytes(declared(width, height))
    with pytest.raises(InputError, match=r"^The picture has more than 60 megapixels\. Please"):
        cleaned(path)


def test_as_many_points_as_are_allowed_are_read(tmp_path):
    path = tmp_path / "sent"
    Image.new("P", (10_000, 6_000), 3).save(path, "PNG", transparency=3)
    assert [(one.width, one.height) for one in cleaned(path)] == [(2000, 1200), (480, 288)]
