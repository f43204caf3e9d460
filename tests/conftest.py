"""What all tests share."""

import pytest

# Contracts are not named test_*, but their failures must say as much.
pytest.register_assert_rewrite("tests.store.contract")
