"""What a page may announce is asked of a reviewer, once, and only where nobody knows it yet."""

from tests.pipeline.conftest import FEED, feed, page

VAGUE = "The minister praised the rail agreement signed with Ukraine and spoke of trains."
ADDRESS = "https://ministry.example/1.html"


def _asked(house):
    return [question.text for question in house.store.questions()]


def _publish(house, *paragraphs):
    house.run()
    house.pages[FEED.url] = feed(("1", "A minister in Kyiv"), ("0", "Nothing of interest"))
    house.pages[ADDRESS] = page("A minister in Kyiv", *paragraphs)
    house.run()


def test_what_is_too_weak_to_claim_is_asked_once_with_its_words(house):
    """Neither told as signed nor lost: a person looks at the sentence."""
    _publish(house, VAGUE.replace("signed with Ukraine", "signed by Canada and Ukraine"))
    house.run()

    (text,) = _asked(house)
    assert "signed by Canada and Ukraine" in text
    assert ADDRESS in text
    assert house.store.changes() == ()


def test_others_agreements_are_not_asked_about(house):
    """A question that no briefing needs is noise."""
    _publish(house, VAGUE.replace("signed with Ukraine", "signed by Canada and Peru"))

    assert _asked(house) == []


def test_what_the_page_itself_announces_is_not_asked_about(house):
    """A page that claims a signing leaves nothing to ask about its sides."""
    _publish(
        house,
        "Canada and Ukraine signed an agreement on rail freight in Kyiv today.",
        VAGUE.replace("signed with Ukraine", "signed by Canada and Ukraine"),
    )

    assert _asked(house) == []
