"""How a fetch ends early: one exception, carrying what is recorded."""

from monitor.model import Transport


class StopError(Exception):
    """The fetch ends here. Never leaves this room: it becomes the exchange's outcome.

    ``detail`` is a sentence without the host, which the fetcher puts before it.
    """

    def __init__(self, transport: Transport, detail: str) -> None:
        super().__init__(detail)
        self.transport = transport
        self.detail = detail
