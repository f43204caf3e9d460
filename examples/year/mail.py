"""Releases that come by mail: what somebody's dedicated folder holds on a day."""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from .values import Article, Version, Year


def mails(year: Year, now: datetime) -> Mapping[str, bytes]:
    """Return the mails that have come by ``now``, by file name."""
    found = {}
    for article in year.articles:
        version = article.version(now)
        if article.sender and version is not None:
            found[f"{article.at:%Y-%m-%d}-{article.slug}.eml"] = _message(year, article, version)
    return found


def _message(year: Year, article: Article, version: Version) -> bytes:
    example = year.languages[article.lang].example
    message = EmailMessage(policy=SMTP)
    message["From"] = article.sender
    message["To"] = "Briefing desk <desk@library.example>"
    message["Subject"] = version.title
    message["Date"] = article.at
    message["Message-ID"] = f"<{article.slug}@{article.sender.rpartition('@')[2].rstrip('>')}>"
    message["X-Example"] = example
    message.set_content(f"{version.text}\n\n-- \n{example}\n")
    blocks = "".join(f"<p>{escape(' '.join(block.split()))}</p>\n" for block in version.paragraphs)
    message.add_alternative(
        f'<html lang="{article.lang}"><body><main><h1>{escape(version.title)}</h1>\n{blocks}</main>'
        f"<footer><p>{escape(example)}</p></footer></body></html>",
        subtype="html",
    )
    message.set_boundary(f"example-{article.slug}")
    return message.as_bytes()
