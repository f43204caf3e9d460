"""Files that people bring, by command."""

AT = ("--at", "2024-02-25T18:00")


def test_a_file_that_cannot_be_read_stops_no_other(monitor, tmp_path):
    """A folder of saved pages, one of them a stray picture: the others are read, the one is named."""
    picture, page = tmp_path / "picture.bin", tmp_path / "page.html"
    picture.write_bytes(bytes(range(256)) * 40)
    page.write_text("<html lang=en><title>A visit</title><main><p>The ministers met in Kyiv.</p></main>")

    finished = monitor("ingest", "--source", "ca-newsroom", str(picture), str(page), *AT)

    assert finished.returncode == 2
    assert "picture.bin" in finished.stderr
    assert "page.html" in finished.stdout
