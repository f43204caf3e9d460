"""What slow tests share: one browser for all of them, since two cannot be driven from one process."""

from tests.slow.browser import axe as axe
from tests.slow.browser import browser as browser
