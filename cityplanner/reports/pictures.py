"""Photographs, maps and seals: turned upright, kept to a sensible size, without what a camera wrote into them."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageOps

from cityplanner.base.errors import UserError
from cityplanner.base.language import _

MOST_PIXELS = 2400
"""The longer side: 300 to the inch over eight inches, more than any page of ours shows."""
QUALITY = 88


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture ready to be put into a file: PNG or JPEG bytes and its size in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int

    def pixels(self) -> bytes:
        """Red, green and blue of every pixel, row by row, on white where it was transparent."""
        with Image.open(BytesIO(self.data)) as image:
            return _on_white(image).tobytes()


@lru_cache(maxsize=8)
def raster(data: bytes) -> Raster:
    """A PNG or JPEG as briefings hold it; raises `UserError` for anything else."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _raster(data)
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        what = _("A picture could not be read: it is no whole PNG or JPEG, or far too large.")
        raise UserError(what, _("Save it again as PNG or JPEG, at most 6,000 pixels wide.")) from error


def _raster(data: bytes) -> Raster:
    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
        jpeg = image.format == "JPEG"
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((MOST_PIXELS, MOST_PIXELS))
        out = BytesIO()
        if jpeg:
            upright.convert("RGB").save(out, "JPEG", quality=QUALITY)
        else:
            clean = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
            clean.info.clear()
            clean.save(out, "PNG", optimize=True)
    return Raster(out.getvalue(), "image/jpeg" if jpeg else "image/png", *upright.size)


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
