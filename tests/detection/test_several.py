"""Several agreements of one pair on one page, and what is too weak to claim. The examples are invented."""

from monitor.detection import Detector, Thresholds
from monitor.model import Kind, Stage
from monitor.recognition import load_names

from .conftest import page

TITLE = "Latvian and Moldovan ministers meet in Riga"


def concluded(detection):
    """Return form and title of each conclusion, in order."""
    return [(f.instrument, f.title) for f in detection.findings if f.stage is Stage.CONCLUDED]


def test_two_instruments_joined_by_and(read) -> None:
    """They are two agreements; merged, one would be lost."""
    found = read(
        TITLE,
        "Latvia and Moldova signed an agreement on rail freight and a memorandum on schools in Riga today.",
    )
    assert concluded(found) == [
        ("agreement", "agreement on rail freight"),
        ("memorandum", "memorandum on schools"),
    ]
    assert [f.kind for f in found.findings] == [Kind.TRANSPORT, Kind.EDUCATION]
    assert len({f.id for f in found.findings}) == 2


def test_one_instrument_called_twice_is_one(read) -> None:
    """An agreement told twice is worse than one left inside another."""
    found = read(
        TITLE,
        "Latvia and Moldova signed an agreement on rail freight today.",
        "The agreement and its annexes will be published. The memorandum was signed by both ministers.",
    )
    assert len(concluded(found)) == 1


def test_the_items_of_a_list_under_a_signing(detector) -> None:
    """Visits end with lists; each item is quoted by itself."""
    document = page(
        TITLE,
        "Latvia and Moldova signed the following documents today:",
        "Agreement on the carriage of grain by rail;",
        "Memorandum of understanding on the training of teachers.",
        "The ministers then visited the port.",
    )
    findings = detector.detect(document).findings
    assert [document.text[f.start : f.end] for f in findings] == [
        "Agreement on the carriage of grain by rail;",
        "Memorandum of understanding on the training of teachers.",
    ]
    assert all(f.sides == ("LV", "MD") for f in findings)


def test_what_is_unsure_is_asked_and_not_claimed(detector) -> None:
    """Between the thresholds a reviewer decides."""
    document = page("Riga talks", "Grain.", "The agreement which Latvia and Moldova signed pleased both.")
    asked = Detector(detector._source, load_names(), Thresholds(claim=0.99, ask=0.01)).detect(document)
    assert [f for f in asked.findings if f.stage is Stage.CONCLUDED] == []
    assert [f.sides for f in asked.unsure] == [("LV", "MD")]


def test_equal_thresholds_ask_nothing(detector) -> None:
    """The width of the band is a setting."""
    document = page("Riga talks", "Grain.", "The agreement which Latvia and Moldova signed pleased both.")
    asked = Detector(detector._source, load_names(), Thresholds(claim=0.99, ask=0.99)).detect(document)
    assert asked.unsure == ()
