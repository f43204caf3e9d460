"""What every store must do, whatever it stands on; see test_contract.py and tests/slow/test_postgres.py."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from monitor.errors import StaleError, StateError
from monitor.model import (
    Batch,
    DeliveryStatus,
    EditionSeen,
    Gap,
    Life,
    ManualLook,
    PartialDate,
    Passage,
    PassageKind,
    Question,
    ReportKind,
    Stage,
    Told,
    Validators,
    sides_of,
)
from tests.store.samples import (
    BORDURIA,
    BRIEFING,
    DAY,
    RURITANIA,
    SIDES,
    SOURCE,
    SYLDAVIA,
    T0,
    agreement,
    audit,
    change,
    decision,
    delivery,
    document,
    exchange,
    finding,
    full_batch,
    item,
    later,
    pending,
    poll,
    report,
    state,
)

NAUGHTY = [
    pytest.param("line\u2028separator\u2029", id="line-separators"),
    pytest.param("bidi \u202e\u2066 and zero\u200bwidth", id="bidi"),
    pytest.param("nul \0 and bell \a", id="control-characters"),
    pytest.param("'; DROP TABLE findings; --", id="sql"),
    pytest.param('{"not": "json"} \\u0000 %s :x ?', id="placeholders"),
    pytest.param("договір 협정 協定 معاهدة \U0001f58b", id="scripts"),
    pytest.param("e\u0301 is not é", id="not-normalised"),
]


class StoreContract:
    """Subclasses give a fixture ``store``: a new, empty store."""

    # --- everything comes back

    def test_a_batch_comes_back_as_it_was(self, store):
        """Whatever is lost or changed on its way to the disk is a wrong claim later."""
        batch = full_batch()
        store.save(batch)

        assert store.polls(SOURCE) == (batch.poll,)
        assert store.source_states() == {SOURCE: batch.state}
        assert store.exchanges(SOURCE) == batch.exchanges
        assert store.validators(SOURCE, "https://mfa.example/feed") == Validators('"1"', body_sha256="ab")
        assert store.documents([document().id]) == batch.documents
        assert store.documents([document().id])[0].published.words == "16 February 2031"
        assert store.findings() == batch.findings
        assert store.reckonings() == batch.reckonings
        assert store.agreements() == batch.agreements
        assert store.changes() == batch.changes
        assert store.pending("readers") == batch.pending
        assert store.decisions() == batch.decisions
        assert store.gaps() == batch.gaps
        assert store.questions() == batch.questions
        assert store.looks() == batch.looks
        assert store.editions_seen() == {BRIEFING: "e1"}
        assert store.audit() == batch.audit
        assert store.check() == ()

    def test_an_empty_store_answers_everything_with_nothing(self, store):
        """The first run asks before anything was recorded."""
        assert store.polls(SOURCE) == store.exchanges(SOURCE) == store.findings() == store.reports() == ()
        assert store.source_states() == store.item_versions(SOURCE) == store.first_seen(["f-1"]) == {}
        assert store.validators(SOURCE, "x") is store.agreement("x") is store.report("x") is None
        assert store.editions_seen() == {}
        assert list(store.export()) == []
        assert store.check() == ()

    @pytest.mark.parametrize("text", NAUGHTY)
    def test_hostile_text_comes_back_unchanged(self, store, text):
        """A title that is cut, escaped or refused is a fault that the site's author chooses (P7)."""
        passages = (Passage(PassageKind.PARAGRAPH, text),)
        made = document(title=text, passages=passages)
        store.save(
            Batch(
                at=T0,
                items=(item(title=text),),
                documents=(made,),
                findings=(finding(title=text),),
                agreements=(agreement(title=text),),
                questions=(Question("q", SOURCE, T0, text),),
                audit=(replace(audit(), detail=text),),
            )
        )

        assert store.documents([made.id]) == (made,)
        assert store.findings()[0].title == store.agreements()[0].title == text
        assert store.questions()[0].text == store.audit()[0].detail == text

    def test_times_are_instants_whatever_their_zone(self, store):
        """Slots follow a researcher's zone, instants do not (the same slot must be found again)."""
        kyiv = timezone(timedelta(hours=2))
        slot = datetime(2031, 2, 17, 10, 0, tzinfo=kyiv)
        store.save(Batch(at=T0, poll=poll(slot), exchanges=(exchange(slot),)))

        assert store.polls(SOURCE)[0].slot == T0
        assert len(store.exchanges(SOURCE, slot=T0)) == 1

    def test_a_time_without_zone_is_refused(self, store):
        """It would mean another instant on another machine."""
        with pytest.raises(StateError, match="without a time zone"):
            store.save(Batch(at=T0, poll=poll(datetime(2031, 2, 17, 8, 0))))  # noqa: DTZ001 - that is the point

    def test_text_that_is_not_unicode_is_refused_whole(self, store):
        """A lone surrogate cannot be written; the batch must not be written without it."""
        with pytest.raises(StateError, match="findings"):
            store.save(full_batch(findings=(finding(title="\ud800"),)))

        assert store.documents([document().id]) == ()

    # --- all or nothing

    def test_a_batch_that_fails_half_way_leaves_nothing(self, store):
        """A finding without its document, or a change nobody is told of, must not exist (D1)."""
        with pytest.raises(StateError, match="nothing of it was recorded"):
            store.save(full_batch(documents=()))

        assert store.polls(SOURCE) == store.changes() == store.pending("readers") == store.audit() == ()
        assert list(store.export()) == []

    def test_a_slot_is_recorded_once(self, store):
        """Two workers that poll one slot must not both report what they found."""
        store.save(full_batch())
        second = full_batch(2, poll=poll(later(hours=1), detail="the second"))

        with pytest.raises(
            StateError, match=r"poll of borduria-mfa at 2031-02-17T09:00:00.* recorded already"
        ):
            store.save(second)
        assert store.findings() == (finding(1),)

    def test_a_report_is_recorded_once(self, store):
        """Its bytes never change, since every try must send the same."""
        store.save(full_batch())
        store.save_report(report(), [delivery()], [pending()], [])

        with pytest.raises(StateError, match="report r-1 is recorded already"):
            store.save_report(report(subject="another"), [], [], [audit()])
        assert store.report("r-1") == report()
        assert len(store.audit()) == 2

    # --- sources

    def test_polls_come_newest_first_and_limited(self, store):
        """Years of polls must not be read to judge the last."""
        for hour in (3, 1, 2):
            store.save(Batch(at=T0, poll=poll(later(hours=hour))))
        store.save(Batch(at=T0, poll=poll(source="another")))

        assert [each.slot for each in store.polls(SOURCE, limit=2)] == [later(hours=3), later(hours=2)]

    def test_exchanges_come_oldest_first_and_of_one_slot(self, store):
        """Re-reading a poll needs its pages in the order in which they came."""
        first, second = later(hours=1), later(hours=2)
        made = (exchange(second), exchange(first, 0), exchange(first, 1))
        store.save(Batch(at=T0, exchanges=made))

        assert store.exchanges(SOURCE) == (made[1], made[2], made[0])
        assert store.exchanges(SOURCE, slot=first) == (made[1], made[2])
        assert store.exchanges(SOURCE, since=second) == (made[0],)

    def test_a_source_that_was_asked_twice_in_a_slot_keeps_both_replies(self, store):
        """A run that was killed asks again; what it was told before stays evidence."""
        for _ in range(2):
            store.save(Batch(at=T0, exchanges=(exchange(),)))

        assert len(store.exchanges(SOURCE)) == 2

    def test_all_validators_are_given_at_once(self, store):
        """A cycle over ten thousand sources must not ask ten thousand times."""
        kept = ((SOURCE, "u", Validators('"1"')), (SOURCE, "v", Validators('"2"')), ("b", "u", Validators()))
        store.save(Batch(at=T0, validators=kept))

        assert store.all_validators() == {(source, url): value for source, url, value in kept}

    def test_what_stands_behind_what_can_be_looked_up(self, store):
        """From a claim to its document, its bytes and the reply that brought them."""
        batch = full_batch()
        store.save(batch)
        stored = [each for each in batch.exchanges if each.body_sha256]

        assert list(store.stored_replies()) == stored
        assert store.items(SOURCE) == tuple(sorted(batch.items, key=lambda each: each.key))
        assert {key: set(ids) for key, ids in store.documents_by_body().items()} == {
            body: {each.id for each in batch.documents if each.body_sha256 == body}
            for body in {each.body_sha256 for each in batch.documents if each.body_sha256}
        }
        assert {each for ids in store.findings_by_document().values() for each in ids} == {
            each.id for each in batch.findings
        }

    def test_a_cycle_records_what_it_was_given(self, store):
        """Polls that found nothing are written together, whatever the store stands on."""
        hours = [later(hours=hour) for hour in range(1, 4)]
        with store.cycle() as cycle:
            for at in hours:
                cycle.save(Batch(at=at, poll=poll(at), state=state(last_slot=at), exchanges=(exchange(at),)))

        assert [each.slot for each in store.polls(SOURCE)] == hours[::-1]
        assert store.source_states()[SOURCE].last_slot == hours[-1]
        assert len(store.exchanges(SOURCE)) == 3

    def test_state_and_validators_are_replaced(self, store):
        """The last answer counts; stale validators would hide an edit (F14)."""
        for etag in ('"1"', '"2"'):
            store.save(
                Batch(at=T0, state=state(last_detail=etag), validators=((SOURCE, "u", Validators(etag)),))
            )

        assert store.source_states()[SOURCE].last_detail == '"2"'
        assert store.validators(SOURCE, "u") == Validators('"2"')

    def test_every_key_of_an_item_knows_its_version(self, store):
        """A site that changes its guids is recognised by its addresses (H4)."""
        store.save(Batch(at=T0, items=(item(1), item(2, "v7"))))

        versions = store.item_versions(SOURCE)

        assert versions["guid:1"] == versions["https://mfa.example/1"] == versions["title 1"] == "v1"
        assert versions["guid:2"] == "v7"

    def test_an_edited_item_has_its_new_version_under_every_key(self, store):
        """Else each poll would take it for edited again."""
        store.save(Batch(at=T0, items=(item(1, "v1"),)))
        store.save(Batch(at=T0, items=(item(1, "v2", keys=("guid:1", "https://mfa.example/new")),)))

        assert store.item_versions(SOURCE) == {
            "guid:1": "v2",
            "https://mfa.example/1": "v2",
            "title 1": "v2",
            "https://mfa.example/new": "v2",
        }

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["owner-first", "owner-last"])
    def test_an_item_keeps_its_strongest_key_when_others_share_it(self, store, order):
        """Items of one title and day share a weak key; neither may look edited for that."""
        owner = item(1, "v1", keys=("title 1",))
        other = item(2, "v2", keys=("guid:2", "title 1"))
        for number in order:
            store.save(Batch(at=T0, items=((owner, other)[number],)))

        assert store.item_versions(SOURCE) == {"guid:2": "v2", "title 1": "v1"}

    def test_a_gap_that_grows_or_closes_stays_one_gap(self, store):
        """It is told until it is closed, not once a poll."""
        gap = Gap(SOURCE, T0, later(days=1), "nothing known was seen")
        store.save(Batch(at=T0, gaps=(gap, replace(gap, source_id="another"))))
        store.save(Batch(at=T0, gaps=(replace(gap, until=later(days=2)),)))
        assert [each.until for each in store.gaps()] == [later(days=1), later(days=2)]

        store.save(Batch(at=T0, gaps=(replace(gap, closed=True),)))

        assert [each.source_id for each in store.gaps()] == ["another"]
        assert len(store.gaps(open_only=False)) == 2

    def test_an_answered_question_is_not_asked_again(self, store):
        """A question that comes back every week is not read."""
        question = Question("q-1", SOURCE, T0, "Has the site moved?")
        store.save(Batch(at=T0, questions=(question,)))
        store.save(Batch(at=T0, questions=(replace(question, answered=True),)))

        assert store.questions() == ()
        assert [each.answered for each in store.questions(open_only=False)] == [True]

    def test_looks_come_newest_first(self, store):
        """The last look by hand is what coverage shows."""
        looks = [ManualLook(SOURCE, "anna", later(days=day)) for day in (1, 3, 2)]
        store.save(Batch(at=T0, looks=tuple(looks)))

        assert store.looks() == (looks[1], looks[2], looks[0])

    # --- what was found

    def test_many_documents_are_fetched_by_id(self, store):
        """A register has thousands; unknown ids are left out."""
        made = [document(number) for number in range(1200)]
        store.save(Batch(at=T0, documents=tuple(made)))

        found = store.documents([*(each.id for each in made), "d-unknown", made[0].id])

        assert len(found) == 1200
        assert set(found) == set(made)

    def test_findings_are_found_by_id_and_by_sides(self, store):
        """The ledger groups all findings of a pair, never those of one poll."""
        ours, theirs = finding(1), finding(2, sides_of("QB", "QS"))
        store.save(Batch(at=T0, documents=(document(1), document(2)), findings=(ours, theirs)))

        assert store.findings(ids=[theirs.id, "f-unknown"]) == (theirs,)
        assert store.findings(sides=[SIDES]) == (ours,)
        assert store.findings(sides=[SIDES, theirs.sides]) == tuple(
            sorted((ours, theirs), key=lambda f: f.id)
        )
        assert store.findings(sides=[]) == store.findings(ids=[]) == ()
        assert store.findings(ids=[ours.id], sides=[theirs.sides]) == ()

    def test_a_finding_keeps_the_time_at_which_it_was_first_seen(self, store):
        """Reading it again, by better rules, must not make old news new."""
        store.save(Batch(at=T0, documents=(document(),), findings=(finding(),)))
        store.save(Batch(at=later(days=9), findings=(finding(score=0.99),)))

        assert store.first_seen([finding().id, "f-unknown"]) == {finding().id: T0}
        assert store.findings()[0].score == 0.99
        assert store.first_seen([finding().id])[finding().id].tzinfo == UTC

    def test_agreements_are_found_by_party_and_sides(self, store):
        """A briefing asks for its focal party; a party may stand on either side."""
        pairs = [SIDES, sides_of("QB", "QS"), sides_of("QS", "QR")]
        made = [agreement(number, pair) for number, pair in enumerate(pairs)]
        store.save(Batch(at=T0, agreements=tuple(made)))

        assert store.agreements(party=BORDURIA) == (made[0], made[1])
        assert store.agreements(party=SYLDAVIA) == (made[1], made[2])
        assert store.agreements(sides=[SIDES]) == (made[0],)
        assert store.agreements(party=RURITANIA, sides=[pairs[1], pairs[2]]) == (made[2],)
        assert store.agreements(sides=[]) == ()

    def test_an_agreement_that_advances_replaces_its_row(self, store):
        """One agreement is one line in every report."""
        store.save(Batch(at=T0, agreements=(agreement(),)))
        store.save(Batch(at=T0, agreements=(agreement(stage=Stage.IN_FORCE),)))

        assert [each.stage for each in store.agreements()] == [Stage.IN_FORCE]

    def test_a_merged_agreement_is_found_by_its_old_id(self, store):
        """Links in sent digests, decisions and editions keep their meaning."""
        old, new = agreement(1), agreement(2)
        store.save(Batch(at=T0, agreements=(old, new)))
        merged = replace(new, aliases=(old.id,))
        store.save(Batch(at=T0, agreements=(merged,)))

        assert store.agreements() == (merged,)
        assert store.agreement(old.id) == store.agreement(new.id) == merged
        assert store.agreement("unknown") is None

    def test_a_merge_of_merged_agreements_keeps_every_old_id(self, store):
        """Even where the last merge names only the id before it."""
        first, second, third = (agreement(number, findings=()) for number in (1, 2, 3))
        store.save(Batch(at=T0, agreements=(first, second, third)))
        store.save(Batch(at=T0, agreements=(replace(second, aliases=(first.id,)),)))
        last = replace(third, aliases=(second.id,))
        store.save(Batch(at=T0, agreements=(last,)))

        assert store.agreement(first.id) == store.agreement(second.id) == last
        assert store.check() == ()

    def test_an_agreement_that_is_split_off_again_is_itself(self, store):
        """A split undoes a merge: the old id is the old agreement's again."""
        old, new = agreement(1), agreement(2)
        store.save(Batch(at=T0, agreements=(replace(new, aliases=(old.id,)),)))
        store.save(Batch(at=T0, agreements=(new, old)))

        assert store.agreement(old.id) == old
        assert store.agreements() == (old, new)

    # --- several processes

    def test_what_rests_on_an_older_state_is_refused(self, store):
        """Between reading and writing somebody else recorded something: working on would undo it (S6)."""
        basis = store.revision()
        store.save(Batch(at=T0, changes=(change(1),), audit=(audit(1),)))

        with pytest.raises(StaleError):
            store.save(Batch(at=T0, changes=(change(2),), audit=(audit(2),), basis=basis))
        assert store.changes() == (change(1),)
        store.save(Batch(at=T0, changes=(change(2),), audit=(audit(2),), basis=store.revision()))
        assert len(store.changes()) == 2

    # --- briefings

    def test_the_edition_last_taken_in_counts(self, store):
        """Somebody may take an edit back: A, B, A."""
        for sha256 in ("a", "b", "a"):
            store.save(Batch(at=T0, editions=(EditionSeen(BRIEFING, sha256, "2031-02-01"),)))
            assert store.editions_seen() == {BRIEFING: sha256}

    def test_changes_come_by_date_of_the_event(self, store):
        """A digest tells a story; undated ones come last."""
        days = {3: 20, 1: 5, 2: None, 4: 9}
        made = {
            number: change(number, date=day and PartialDate.day(date(2031, 2, day)))
            for number, day in days.items()
        }
        store.save(Batch(at=T0, changes=tuple(made.values())))

        assert store.changes() == (made[1], made[4], made[3], made[2])

    def test_changes_of_one_briefing_in_some_lives(self, store):
        """What was decided is not asked again, another briefing's is not ours."""
        decided, open_, foreign = change(1, life=Life.DECIDED), change(2), change(3, briefing_id="cbp-2")
        store.save(Batch(at=T0, changes=(decided, open_, foreign)))

        assert store.changes(BRIEFING, lives=[Life.OPEN]) == (open_,)
        assert store.changes(BRIEFING) == (decided, open_)
        assert store.changes(lives=[Life.DECIDED, Life.OPEN]) == (decided, open_, foreign)

    def test_decisions_come_in_the_order_taken_and_stay(self, store):
        """The last one counts; a repeated request must not take it twice."""
        first, second = decision(2), decision(1)
        store.save(Batch(at=T0, decisions=(first,)))
        store.save(Batch(at=T0, decisions=(second, replace(first, reason="rewritten"))))

        assert store.decisions() == (first, second)

    def test_decisions_on_some_subjects(self, store):
        """A change is shown with what was decided on it."""
        ours, theirs = decision(1, "c-1"), decision(2, "c-2")
        store.save(Batch(at=T0, decisions=(ours, theirs)))

        assert store.decisions(subjects=["c-2", "c-9"]) == (theirs,)
        assert store.decisions(subjects=[]) == ()

    # --- reports

    def test_a_report_keeps_its_bytes_and_ticks_off_what_it_tells(self, store):
        """Progress and bytes in one transaction: nothing is told twice, nothing forgotten (D1)."""
        store.save(full_batch())
        told = pending()
        store.save(Batch(at=T0, pending=(pending(subscription="reviewers"),)))
        store.save_report(report(), [delivery()], [told], [audit(7)])

        assert store.report("r-1") == report()
        assert store.pending("readers") == ()
        assert len(store.pending("reviewers")) == 1
        assert store.deliveries() == (delivery(),)
        assert store.audit()[-1] == audit(7)
        assert store.check() == ()

    def test_reports_are_listed_newest_first_without_bytes(self, store):
        """A year of digests must not be read to list them."""
        store.save(full_batch())
        for number in (1, 3, 2):
            store.save_report(report(number), [], [], [])
        store.save_report(report(4, briefing_id="cbp-2"), [], [], [])

        assert [each.id for each in store.reports(briefing_id=BRIEFING)] == ["r-3", "r-2", "r-1"]
        assert {each.renderings for each in store.reports()} == {()}

    def test_what_was_told_is_never_told_again(self, store):
        """A change that comes back as it was is old news, for ever (D6)."""
        store.save(full_batch())
        store.save_report(report(), [], [pending()], [])
        store.save(Batch(at=later(days=3000), pending=(pending(since=later(days=3000)),)))

        assert store.pending("readers") == ()

    def test_a_new_version_of_a_change_is_told(self, store):
        """A lead that is confirmed is news."""
        store.save(full_batch())
        store.save_report(report(), [], [pending()], [])
        store.save(Batch(at=T0, pending=(pending(version="2"),)))

        assert store.pending("readers") == (pending(version="2"),)

    def test_only_the_latest_version_of_a_change_waits(self, store):
        """One change is one line in the digest."""
        store.save(full_batch())
        store.save(Batch(at=T0, pending=(pending(version="2"),)))

        assert [each.version for each in store.pending("readers")] == ["2"]

    def test_a_version_that_came_while_a_report_was_written_still_waits(self, store):
        """The report told the version it was rendered from."""
        store.save(full_batch())
        store.save(Batch(at=T0, pending=(pending(version="2"),)))
        store.save_report(report(), [], [pending(version="1")], [])

        assert [each.version for each in store.pending("readers")] == ["2"]

    def test_what_was_told_is_remembered_with_its_report(self, store):
        """What a digest must still tell is what is not in this memory; a correction names the report."""
        store.save(full_batch())
        store.save_report(report(2), [], [pending()], [])
        store.save(Batch(at=T0, pending=(pending(version="2"), pending(subscription="reviewers"))))
        store.save_report(report(1), [], [pending(version="0")], [])

        assert store.told("readers") == (
            Told(pending(version="0"), "r-1", later(hours=1)),
            Told(pending(), "r-2", later(hours=2)),
        )
        assert store.told("reviewers") == ()

    def test_the_last_report_of_a_kind_is_found(self, store):
        """When the last digest was made says when the next is due; a reminder is none."""
        store.save(full_batch())
        for number in (1, 2):
            store.save_report(report(number), [], [], [])
        store.save_report(report(3, kind=ReportKind.REMINDER), [], [], [])
        store.save_report(report(4, subscription_id="others"), [], [], [])

        assert store.last_report("readers").id == "r-2"
        assert store.last_report("readers", ReportKind.REMINDER).id == "r-3"
        assert store.last_report("readers", until=later(hours=1)).id == "r-1"
        assert store.last_report("nobody") is None

    def test_reports_are_found_by_id(self, store):
        """Without reading ten years of them."""
        store.save(full_batch())
        for number in (1, 2, 3):
            store.save_report(report(number), [], [], [])

        assert [each.id for each in store.reports(ids=["r-1", "r-3", "r-9"])] == ["r-3", "r-1"]

    def test_deliveries_are_found_by_status(self, store):
        """What was given up is asked for at every report."""
        store.save(full_batch())
        dead = delivery(recipient="b@library.example", status=DeliveryStatus.DEAD)
        store.save_report(report(), [delivery(), dead], [], [])

        assert store.deliveries(status=DeliveryStatus.DEAD) == (dead,)

    def test_deliveries_are_found_by_report(self, store):
        """Who was told of something is who its report was sent to."""
        store.save(full_batch())
        for number in (1, 2):
            store.save_report(report(number), [delivery(number)], [], [])

        assert store.deliveries(of=["r-2"]) == (delivery(2),)
        assert store.deliveries(of=[]) == ()

    def test_pending_comes_oldest_first(self, store):
        """What has waited longest is told first."""
        store.save(Batch(at=T0, changes=(change(1), change(2))))
        second, first = pending(1, since=later(days=2)), pending(2, since=later(days=1))
        store.save(Batch(at=T0, pending=(second, first)))

        assert store.pending("readers") == (first, second)

    def test_a_delivery_is_due_while_it_waits_and_its_time_has_come(self, store):
        """A dead or sent one is never tried again; one that backs off is not tried early (D11)."""
        store.save(full_batch())
        cases = {
            "new": {},
            "backing-off": {"status": DeliveryStatus.RETRY, "next_try": later(hours=2)},
            "due-again": {"status": DeliveryStatus.RETRY, "next_try": later(hours=1)},
            "waits-for-morning": {"next_try": later(days=1)},
            "sent": {"status": DeliveryStatus.SENT, "sent_at": T0},
            "dead": {"status": DeliveryStatus.DEAD},
        }
        made = [delivery(recipient=name, **case) for name, case in cases.items()]
        store.save_report(report(), made, [], [])

        due = store.deliveries(due_at=later(hours=1))

        assert {each.recipient for each in due} == {"new", "due-again"}
        assert [each.id for each in store.deliveries()] == sorted(each.id for each in made)

    def test_an_outcome_replaces_the_delivery(self, store):
        """Each attempt is counted, with its audit, in one transaction."""
        store.save(full_batch())
        store.save_report(report(), [delivery()], [], [])
        tried = delivery(
            status=DeliveryStatus.RETRY, attempts=1, next_try=later(hours=1), last_error="no answer"
        )
        store.save_outcome(tried, [audit(8)])

        assert store.deliveries() == (tried,)
        assert store.audit()[-1] == audit(8)

    def test_a_delivery_of_no_report_is_refused(self, store):
        """What has no bytes cannot be sent."""
        with pytest.raises(StateError, match="nothing of it was recorded"):
            store.save_outcome(delivery(9), [audit()])
        assert store.audit() == ()

    def test_the_audit_is_kept_in_order_and_by_subject(self, store):
        """Who did what, and nothing overwritten."""
        entries = (audit(3), audit(1, subject="c-1"), audit(3))
        for entry in entries:
            store.save(Batch(at=T0, audit=(entry,)))

        assert store.audit() == entries
        assert store.audit(subject="c-1") == (entries[1],)

    # --- export

    def test_two_ways_to_the_same_end_export_the_same_bytes(self, make_store):
        """A run that was killed and run again is compared with one that was not (S1)."""
        straight, crooked = make_store(), make_store()
        straight.save(full_batch(1))
        straight.save(full_batch(2))
        straight.save_report(report(), [delivery()], [pending(2)], [])

        crooked.save(full_batch(2, at=later(days=5), poll=None))
        retrieved = document(1, retrieved=later(days=9))
        gap = Gap(SOURCE, later(days=3), later(days=4), "nothing known was seen")
        crooked.save(full_batch(1, at=later(days=6), documents=(retrieved,), gaps=(gap,)))
        crooked.save(Batch(at=T0, exchanges=(exchange(),), audit=(audit(9),)))
        crooked.save_report(report(made_at=later(days=7)), [delivery()], [pending(2)], [audit(10)])
        crooked.save_outcome(delivery(attempts=3, last_error="no answer"), [])

        crooked_lines = [line for line in crooked.export() if '"closed"' not in line]
        straight_lines = [line for line in straight.export() if '"closed"' not in line]
        assert crooked_lines == straight_lines
        assert len(straight_lines) > 15

    @pytest.mark.parametrize(
        "difference",
        [
            pytest.param({"findings": (finding(score=0.5),)}, id="score"),
            pytest.param({"agreements": (agreement(place="Szohôd"),)}, id="place"),
            pytest.param({"changes": (change(life=Life.WITHDRAWN),)}, id="life"),
            pytest.param({"decisions": (decision(7),)}, id="decision"),
            pytest.param({"pending": (pending(version="2"),)}, id="waiting"),
            pytest.param({"items": (item(version="v2"),)}, id="item"),
            pytest.param({"agreements": (agreement(2, aliases=("qb-old",)),)}, id="alias"),
        ],
    )
    def test_another_end_exports_other_bytes(self, store, difference):
        """An export that hides a difference proves nothing."""
        store.save(full_batch())
        before = list(store.export())
        store.save(Batch(at=T0, **difference))

        assert list(store.export()) != before

    def test_dates_keep_their_words(self, store):
        """A date is quoted as the source wrote it."""
        store.save(Batch(at=T0, agreements=(agreement(),)))

        assert store.agreements()[0].concluded.date.words == DAY.words
