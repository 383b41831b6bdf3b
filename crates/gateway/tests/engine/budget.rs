//! Session starts that are used up.

use polycord_gateway::{Input, Phase, SessionEvent, State};

use crate::rig::{DiscordRig as Rig, Entry, seconds};

const RESET: u64 = 3 * 3600;

fn told(rig: &Rig) -> Vec<u64> {
    let of = |(_, entry): &(_, Entry)| match entry {
        Entry::Event(SessionEvent::BudgetExhausted { retry_after }) => Some(retry_after.as_secs()),
        _ => None,
    };
    rig.journal.iter().filter_map(of).collect()
}

/// A session that has none and may begin none.
fn waiting() -> Rig {
    let mut rig = Rig::new(1);
    rig.budget = Some(seconds(RESET));
    rig.start();
    assert_eq!(rig.session.state(), State::AwaitingBudget);
    rig
}

#[test]
fn t12_without_session_starts_nothing_identifies_until_the_reset() {
    let mut rig = waiting();
    assert_eq!(told(&rig), [RESET]);
    assert_eq!(rig.session.state().phase(), Phase::Reconnecting);
    assert_eq!(
        rig.closes(),
        [Some(1000)],
        "no connection is kept for hours"
    );
    rig.budget = None;
    rig.pass(seconds(RESET - 1));
    assert_eq!((rig.dials().len(), rig.identifies()), (1, 0));
    rig.pass(seconds(2));
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!((rig.dials().len(), rig.identifies()), (2, 1));
    assert_eq!(rig.session.status().attempts, 0, "nothing has failed");
}

#[test]
fn t12_budget_that_is_still_used_up_after_the_reset_is_waited_for_again() {
    let mut rig = waiting();
    rig.pass(seconds(RESET + 1));
    assert_eq!(rig.session.state(), State::AwaitingBudget);
    assert_eq!((rig.dials().len(), told(&rig).len()), (2, 2));
    assert_eq!(rig.identifies(), 0);
}

#[test]
fn t12_wake_asks_again() {
    let mut rig = waiting();
    rig.pass(seconds(60));
    rig.input(Input::Wake);
    assert_eq!((told(&rig).len(), rig.identifies()), (2, 0));
    rig.budget = None;
    rig.input(Input::Wake);
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!(rig.identifies(), 1);
}

#[test]
fn t12_wake_while_the_connection_is_being_left_asks_again_too() {
    let mut rig = Rig::new(1);
    rig.budget = Some(seconds(RESET));
    rig.close_echo = false;
    rig.start();
    assert_eq!(rig.session.state(), State::Closing);
    rig.budget = None;
    rig.input(Input::Wake);
    rig.pass(seconds(2));
    assert_eq!(rig.session.state(), State::Ready);
}

#[test]
fn t12_resume_still_works_and_asks_nobody() {
    let mut rig = Rig::ready(1);
    rig.budget = Some(seconds(RESET));
    rig.close(None);
    rig.pass(seconds(5));
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!((rig.resumes(), rig.identifies()), (1, 0));
    assert_eq!(rig.count(|entry| *entry == Entry::Acquire), 0);
}

#[test]
fn t12_session_that_is_lost_meanwhile_waits_for_the_budget() {
    let mut rig = Rig::ready(1);
    rig.budget = Some(seconds(RESET));
    rig.close(Some(4009));
    rig.pass(seconds(60));
    assert_eq!(rig.session.state(), State::AwaitingBudget);
    assert_eq!((rig.resumes(), rig.identifies()), (0, 0));
}

#[test]
fn t14_t64_queue_that_answers_nobody_stops_no_session_that_can_be_resumed() {
    let mut rig = Rig::ready(1);
    rig.permits = false;
    for _ in 0..60 {
        rig.event("MESSAGE_CREATE");
        rig.close(None);
        rig.pass(seconds(60));
        assert_eq!(rig.session.state(), State::Ready);
    }
    assert_eq!((rig.resumes(), rig.identifies()), (60, 0));
}

#[test]
fn denial_of_an_old_connection_is_ignored_and_silly_waits_are_bounded() {
    let mut rig = Rig::new(1);
    rig.permits = false;
    rig.start();
    let old = rig.generation;
    rig.close(None);
    rig.pass(seconds(1));
    assert_eq!(rig.session.state(), State::AwaitingPermit);
    rig.input(Input::PermitDenied {
        generation: old,
        retry_after: seconds(9),
    });
    assert_eq!(rig.session.state(), State::AwaitingPermit);

    for (asked, waited) in [(0, 1), (u64::MAX, 24 * 3600)] {
        let mut rig = Rig::new(1);
        rig.budget = Some(seconds(asked));
        rig.start();
        assert_eq!(told(&rig), [waited]);
    }
}
