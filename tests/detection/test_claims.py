"""Tense, mood and negation decide between news and a false "signed". The examples are invented."""

import pytest

from monitor.model import Stage


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        pytest.param(
            "en",
            "Rail agreement",
            "Latvia and Moldova signed an agreement on rail freight in Riga today.",
            id="en-past",
        ),
        pytest.param(
            "en",
            "Rail agreement",
            "An agreement on rail freight was signed today in Riga by the ministers of Latvia and Moldova.",
            id="en-passive",
        ),
        pytest.param(
            "en",
            "Latvia and Moldova sign rail agreement",
            "The ministers met in Riga.",
            id="en-headline-present",
        ),
        pytest.param(
            "en",
            "Riga visit",
            "Latvia and Moldova have today entered into a memorandum of understanding on rail freight.",
            id="en-entered-into",
        ),
        pytest.param(
            "de",
            "Besuch in Riga",
            "Lettland und die Republik Moldau haben heute in Riga ein Verkehrsabkommen unterzeichnet.",
            id="de-perfect-at-the-end",
        ),
        pytest.param(
            "fr",
            "Visite à Riga",
            "La Lettonie et la Moldavie ont signé aujourd’hui à Riga un accord sur le fret ferroviaire.",
            id="fr-perfect",
        ),
        pytest.param(
            "uk",
            "Візит до Риги",
            "Латвія та Молдова сьогодні підписали в Ризі угоду про залізничні перевезення.",
            id="uk-past",
        ),
        pytest.param(
            "pl",
            "Wizyta w Rydze",
            "W Rydze ministrowie Łotwy i Mołdawii podpisali dziś umowę o przewozach kolejowych.",
            id="pl-past",
        ),
        pytest.param(
            "ja", "ラトビア訪問", "ラトビアとモルドバは本日、鉄道協定に署名しました。", id="ja-past"
        ),
    ],
)
def test_a_conclusion_is_found(read, lang, title, text) -> None:
    """One wording that is not read is one agreement that nobody hears of."""
    found = read(title, text, lang=lang)
    assert (found.stage, [finding.sides for finding in found.findings]) == (Stage.CONCLUDED, [("LV", "MD")])


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        pytest.param(
            "Latvia and Moldova will sign an agreement on rail freight in Riga next month.",
            Stage.ANNOUNCED_INTENT,
            id="future",
        ),
        pytest.param(
            "Latvia and Moldova are to sign an agreement on rail freight tomorrow.",
            Stage.ANNOUNCED_INTENT,
            id="to-be-signed-tomorrow",
        ),
        pytest.param(
            "Latvia and Moldova intend to sign an agreement on rail freight.",
            Stage.ANNOUNCED_INTENT,
            id="intention",
        ),
        pytest.param(
            "Latvia and Moldova have not signed an agreement on rail freight, the ministry said.",
            Stage.AGREED_TEXT,
            id="negation",
        ),
        pytest.param(
            "Latvia refused to sign the agreement on rail freight with Moldova.",
            Stage.AGREED_TEXT,
            id="refusal",
        ),
        pytest.param(
            "Latvia and Moldova opened negotiations on an agreement on rail freight. The talks go on.",
            Stage.NEGOTIATING,
            id="talks",
        ),
        pytest.param(
            "Latvia and Moldova marked the twentieth anniversary of the agreement on rail freight, "
            "signed on 3 May 2011.",
            Stage.ANNIVERSARY,
            id="anniversary",
        ),
        pytest.param(
            "The parliament of Latvia ratified the agreement on rail freight with Moldova, "
            "which was signed last year.",
            Stage.RATIFIED,
            id="ratification-of-an-old-signing",
        ),
        pytest.param(
            "Latvia and Moldova signed an agreement on rail freight on 3 May 2011.",
            Stage.RECALLED,
            id="old-date",
        ),
        pytest.param("The minister signed a decree on rail freight.", Stage.UNRELATED, id="decree"),
    ],
)
def test_what_is_no_conclusion(read, text, stage) -> None:
    """A plan, a refusal or an old signing told as new ends the trust in every other line."""
    found = read("Rail freight", text)
    same = {Stage.DECLINED: Stage.AGREED_TEXT}
    assert [f for f in found.findings if f.stage is Stage.CONCLUDED] == []
    assert same.get(found.stage, found.stage) is stage


def test_a_denial_in_the_title_weighs_against_the_body(read) -> None:
    """Papers repeat what they deny."""
    found = read(
        "No agreement signed with Moldova, Latvia says",
        "Reports that Latvia signed an agreement with Moldova are false, the ministry said.",
    )
    assert [f for f in found.findings if f.stage is Stage.CONCLUDED] == []


def test_the_headline_asserts_and_the_body_plans(read) -> None:
    """A headline in the present tense is read with the lead that says when."""
    found = read(
        "Latvia and Moldova sign rail agreement next week",
        "Latvia and Moldova will sign an agreement on rail freight next week.",
    )
    assert found.stage is Stage.ANNOUNCED_INTENT


def test_a_language_without_words_is_read_by_names_and_said_so(read) -> None:
    """What is not read must not look like nothing found."""
    found = read("Latvya", "Xyzzy qwerty plugh.", lang="eo", published=None)
    assert found.stage is Stage.UNRELATED
    assert "no words for the language" in found.reasons[0]
