import pytest
from alone import seen_by


@pytest.mark.slow
def test_eight_threads_publish_while_the_site_is_read_and_nothing_is_lost(root, tmp_path):
    seen, errors = seen_by(root / "tests" / "publish_together.py", tmp_path)
    assert seen["errors"] == []
    assert seen["published"] == seen["paths"] == 64
    assert set(seen["reads"]) == {"200"}
    assert "database is locked" not in errors
