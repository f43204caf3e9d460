"""Exchange -> items and documents; one file a kind. Pure: bodies come in, values go out."""

from monitor.reading.kinds import preload, read

__all__ = ["preload", "read"]
