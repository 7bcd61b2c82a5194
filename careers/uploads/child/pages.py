"""The pages of a PDF as pixels, which run nothing on anybody's desk (T19)."""

import io

import pypdfium2
from PIL import Image, PngImagePlugin

MOST_PAGES = 20
WIDTH = 1200
MOST_HEIGHT = 3000
_PLUGINS = (PngImagePlugin,)
Image.preinit()


def draw(content: bytes, output) -> tuple[int, list[int]]:
    """Write the first pages as PNG, one after the other. Returns how many pages there are, and the bytes of each."""
    with pypdfium2.PdfDocument(content) as document:
        number = len(document)
        return number, [output.write(_png(document[index])) for index in range(min(number, MOST_PAGES))]


def _png(page) -> bytes:
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1), MOST_HEIGHT / max(height, 1))
    picture = page.render(scale=scale).to_pil()
    page.close()
    made = io.BytesIO()
    # 64 colours are enough to read by, and a third of the bytes.
    picture.convert("RGB").quantize(64, method=Image.Quantize.FASTOCTREE).save(made, "PNG", optimize=False)
    return made.getvalue()
