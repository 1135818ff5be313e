"""Pictures come into briefings upright, small enough, without what a camera wrote into them."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from cityplanner.base.errors import UserError
from cityplanner.reports.pictures import MOST_PIXELS, raster
from tests.reports.sample import picture, seal

ORIENTATION = 0x0112


def encoded(image: Image.Image, form: str, **more: object) -> bytes:
    out = BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def test_equal_pictures_give_equal_bytes() -> None:
    first = raster(picture())
    raster.cache_clear()
    assert raster(picture()) == first
    assert (first.media_type, first.width, first.height) == ("image/png", 640, 360)


def test_a_photograph_is_turned_upright_and_loses_what_the_camera_wrote() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010E] = "taken at home"
    found = raster(encoded(Image.new("RGB", (80, 40)), "JPEG", exif=exif))
    assert (found.width, found.height) == (40, 80)
    assert b"taken at home" not in found.data
    assert b"Exif" not in found.data


def test_a_large_picture_is_made_smaller_in_proportion() -> None:
    found = raster(encoded(Image.new("RGB", (5000, 1000)), "PNG"))
    assert (found.width, found.height) == (MOST_PIXELS, MOST_PIXELS // 5)


def test_what_is_transparent_prints_white() -> None:
    pixels = raster(seal()).pixels()
    assert pixels[:3] == b"\xff\xff\xff"
    assert len(pixels) == 300 * 300 * 3


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_every_kind_of_png_is_taken(mode: str) -> None:
    found = raster(encoded(Image.new(mode, (20, 10)), "PNG"))
    assert len(found.pixels()) == 20 * 10 * 3


def test_a_photograph_for_print_becomes_red_green_and_blue() -> None:
    with Image.open(BytesIO(raster(encoded(Image.new("CMYK", (20, 10)), "JPEG")).data)) as image:
        assert image.mode == "RGB"


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"<svg/>", picture()[:300]])
def test_what_is_no_picture_is_said_in_words(data: bytes) -> None:
    with pytest.raises(UserError, match="could not be read"):
        raster(data)


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(UserError, match="far too large"):
        raster(encoded(Image.new("1", (12_000, 12_000)), "PNG"))
