"""Files on disk: whole writes that survive a crash, YAML and TOML that know their line numbers.

Nothing here knows what the files mean.
"""

from monitor.files.cache import load_cached, load_made
from monitor.files.toml import TomlFile, load_toml
from monitor.files.words import load_words
from monitor.files.writing import make_directory, sync_directory, what_failed, write_atomically
from monitor.files.yaml import YamlFile, load_yaml

__all__ = [
    "TomlFile",
    "YamlFile",
    "load_cached",
    "load_made",
    "load_toml",
    "load_words",
    "load_yaml",
    "make_directory",
    "sync_directory",
    "what_failed",
    "write_atomically",
]
