"""Read the contents of a folder: each file is an item, whose title comes with its document."""

from monitor.errors import ExtractError
from monitor.model import Item, ItemsRead, ReadJob
from monitor.reading.rows import parse_json

_MOST_ITEMS = 5_000


def read_inbox(job: ReadJob) -> ItemsRead:
    """Return the files of a folder as items; a file that was replaced is an edited item.

    Raises:
        ExtractError: the body is not what the gate to folders answers.
    """
    data = parse_json(job, job.body.decode("utf-8", "replace"))
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, list):
        raise ExtractError(job.source.id, "this is no list of files")
    items = tuple(
        Item(
            source_id=job.source.id,
            keys=(f"file:{file['name']}",),
            title="",
            version=file["sha256"],
            url=file["url"],
            lang=job.source.lang,
        )
        for file in files
    )
    return ItemsRead(
        items[:_MOST_ITEMS],
        listed=len(items),
        flags=("items-capped",) if len(items) > _MOST_ITEMS else (),
    )
