"""Files on disk: whole writes that survive a crash, and YAML that knows its line numbers.

Nothing here knows what the files mean.
"""

from monitor.files.cache import load_cached, load_made
from monitor.files.writing import make_directory, sync_directory, what_failed, write_atomically
from monitor.files.yaml import YamlFile, load_yaml

__all__ = [
    "YamlFile",
    "load_cached",
    "load_made",
    "load_yaml",
    "make_directory",
    "sync_directory",
    "what_failed",
    "write_atomically",
]
