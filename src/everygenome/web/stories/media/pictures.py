"""Pictures, drawn anew from their points alone. Runs in the worker, which knows no Django."""

import io
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

from everygenome.web.stories.media import limits
from everygenome.web.stories.media.refusals import RefusedError

_TYPE = "image/webp"
# Lossy, at a quality at which photographs show no difference on a screen.
_QUALITY = {"whole": 82, "small": 75}
_ORIENTATION = 0x0112  # the number of EXIF's tag
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# A WebP file is made of named parts; in these there are points, and in all others words.
_POINTS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})


def clean(source: Path, into: Path, form: str) -> list[dict[str, Any]]:
    """Draw a picture anew, whole and small, without anything that was written about it.

    Args:
        source: the picture as it was sent.
        into: the folder in which `whole` and `small` are made, as WebP.
        form: one of Pillow's formats; no other is tried.

    Returns:
        What was made: `size_name`, `kind`, `type`, `width` and `height` in pixels.

    Raises:
        RefusedError: it has too many points, or something is left in what was made.
    """
    points = _points(source, form)
    made = []
    for name, longest in (("whole", limits.WHOLE), ("small", limits.SMALL)):
        points.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        path = into / name
        points.save(path, "WEBP", quality=_QUALITY[name])
        if not _parts(path.read_bytes()) <= _POINTS:
            raise RefusedError("unclean")
        made.append(
            {
                "size_name": name,
                "kind": "picture",
                "type": _TYPE,
                "width": points.width,
                "height": points.height,
            }
        )
    return made


def _points(source: Path, form: str) -> Image.Image:
    """The first picture in the file, upright, in sRGB, not larger than is kept."""
    Image.MAX_IMAGE_PIXELS = limits.PICTURE_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image: Image.Image = Image.open(source, formats=[form])
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise RefusedError("pixels") from error
        with image:
            image.load()
            profile, turned = image.info.get("icc_profile"), _orientation(image)
            image = _plain(image)
            image.thumbnail((limits.WHOLE, limits.WHOLE), Image.Resampling.LANCZOS)
    image = _in_srgb(image, profile)
    if turned in _UPRIGHT:
        image = image.transpose(_UPRIGHT[turned])
    # From the points alone: whatever else the picture carried stays behind.
    return Image.frombytes(image.mode, image.size, image.tobytes())


def _orientation(image: Image.Image) -> int:
    """How the camera was held; upright where that cannot be read."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # a damaged note about a picture is no damage to the picture
        return 1


def _plain(image: Image.Image) -> Image.Image:
    """The picture in a form that can be made smaller without steps in its colours."""
    if image.mode.startswith("I;16"):
        # Sixteen bits for each point: Pillow would cut the lighter ones off, not scale them.
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture with the colours that every screen shows."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            changed = ImageCms.profileToProfile(
                image, found, ImageCms.createProfile("sRGB"), outputMode=mode
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile of another kind of picture: as if there were none
        else:
            if changed is not None:
                return changed
    return image.convert(mode)


def _parts(webp: bytes) -> set[bytes]:
    """The names of the parts of a WebP file; each is a name, a length and so many bytes."""
    names, at = set(), 12
    while at < len(webp):
        names.add(webp[at : at + 4])
        length = int.from_bytes(webp[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
    return names
