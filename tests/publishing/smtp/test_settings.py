"""The password comes from the environment or a closed file, and is never shown."""

import pytest

from monitor.errors import ConfigError
from monitor.publishing import Security, SmtpSettings, password_from


def test_it_comes_from_the_environment():
    """K1: never from a file that is kept with the workspace."""
    assert password_from({"MONITOR_SMTP_PASSWORD": "secret"}) == "secret"
    assert password_from({}) == ""


def test_it_comes_from_a_file_that_only_the_owner_reads(tmp_path):
    """As container and systemd secrets are given."""
    path = tmp_path / "password"
    path.write_text("secret\n")
    path.chmod(0o600)

    assert password_from({"MONITOR_SMTP_PASSWORD_FILE": str(path)}) == "secret"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda path: path.chmod(0o644), "chmod 600", id="open-to-others"),
        pytest.param(lambda path: path.unlink(), "cannot be read", id="missing"),
    ],
)
def test_a_file_that_is_missing_or_open_is_refused(tmp_path, make, message):
    """A secret that everybody reads is none; the message says what to do."""
    path = tmp_path / "password"
    path.write_text("secret")
    make(path)

    with pytest.raises(ConfigError, match=message):
        password_from({"MONITOR_SMTP_PASSWORD_FILE": str(path)})


def test_both_at_once_are_refused(tmp_path):
    """Which of them holds would be a guess."""
    with pytest.raises(ConfigError, match="not both"):
        password_from({"MONITOR_SMTP_PASSWORD": "a", "MONITOR_SMTP_PASSWORD_FILE": "b"})


def test_a_password_is_never_sent_in_the_clear():
    """Refused when the settings are read, not when the first mail is due."""
    with pytest.raises(ValueError, match="without encryption"):
        SmtpSettings("mail.example", 25, "a@x.example", Security.NONE, username="monitor")


def test_settings_do_not_show_their_password():
    """K2: a log line or a traceback prints settings sooner or later."""
    settings = SmtpSettings("mail.example", 587, "a@x.example", username="monitor", password="secret")

    assert "secret" not in repr(settings)
