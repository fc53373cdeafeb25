import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "charts"))  # the made-up Measured of the charts' tests


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch, request):
    """Cutting the font for a PDF takes a second; only the tests that look at a PDF wait for it."""
    if "pdf" in request.node.name:
        return
    from louxing_analysis.charts import page

    save = page.save

    def quick(figure, path):
        if str(path).endswith(".pdf"):
            Path(path).write_bytes(b"")
            return Path(path)
        return save(figure, path)

    monkeypatch.setattr(page, "save", quick)
