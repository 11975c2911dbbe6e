"""QR codes."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from walkdesk.documents.codes import qr_modules


@pytest.mark.parametrize("payload", ["30-HP-0001/D0118/Y", "walkdesk:checkpoint:office-1:8412:" + "7" * 26])
def test_a_reader_reads_what_the_rectangles_draw(payload: str) -> None:
    width, rectangles = qr_modules(payload)
    image = Image.new("L", ((width + 8) * 4, (width + 8) * 4), 255)
    for x, y, w, h in rectangles:
        image.paste(0, ((x + 4) * 4, (y + 4) * 4, (x + w + 4) * 4, (y + h + 4) * 4))
    (found,) = zxingcpp.read_barcodes(image)
    assert found.text == payload
    assert len(rectangles) < width * width / 3
