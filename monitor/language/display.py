"""Names of languages, for saying in which one a quotation stands."""

from collections.abc import Mapping
from functools import cache

from babel import Locale


@cache
def language_names() -> Mapping[str, str]:
    """Return the English names of languages by their tag, as the CLDR gives them."""
    return {str(tag): str(name) for tag, name in Locale("en").languages.items()}
