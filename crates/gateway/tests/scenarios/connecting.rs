//! Connections that are not made, or not answered.

use polycord_gateway::{SessionEvent, ShardStatus, State};
use polycord_simulator::Scenario;

use crate::{
    opcode::{HEARTBEAT, IDENTIFY},
    rig::{Rig, TRANSPORTS, minutes, resumable, seconds},
};

#[tokio::test(start_paused = true)]
async fn t04_a_resume_url_that_refuses_is_left_for_the_main_url_with_the_same_session() {
    for refusal in [
        Scenario::T04ResumeUrlUnavailable,
        Scenario::T04ResumeUrlRateLimited,
        Scenario::T04ResumeUrlForbidden,
    ] {
        let rig = Rig::ready().await;
        rig.play(refusal);
        rig.say("meanwhile");
        rig.wait_resumed(1).await;
        let dialled = rig.dialled();
        assert!(!dialled[1].starts_with("/resume"), "{dialled:?}");
        assert_eq!(rig.refused().len(), 1, "{refusal}");
        rig.assert_starts(1, 1);
        rig.assert_nothing_lost().await;
    }
}

#[tokio::test(start_paused = true)]
async fn t05_38_minutes_without_a_server_cost_no_session_and_few_dials() {
    let rig = Rig::ready().await;
    rig.play(Scenario::T05NobodyAnswersFor38Minutes);
    rig.pass(minutes(38)).await;
    let refused = rig.refused();
    assert!((38..=95).contains(&refused.len()), "{}", refused.len());
    assert!(rig.shard.status().attempts > 38);
    assert_ne!(rig.shard.status().state, State::Ready);
    // At the cap, waits are drawn from a minute: none is longer, some are nearly as long.
    let waits: Vec<_> = refused.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let longest = waits.iter().max().unwrap();
    assert!((seconds(40)..=seconds(60)).contains(longest), "{waits:?}");

    rig.say("while nobody could listen");
    rig.wait_resumed(1).await;
    rig.assert_starts(1, 1);
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t06_a_stored_session_whose_url_is_dead_is_resumed_at_the_main_url() {
    let rig = Rig::ready().await;
    let saved = rig.shard.close_resumable().await.unwrap();
    rig.play(Scenario::T06StoredUrlIsDead);
    let next = rig.next_process(saved);
    next.wait_resumed(1).await;
    next.pass(minutes(10)).await;
    assert_eq!((rig.refused().len(), rig.dialled().len()), (1, 2));
    assert!(!rig.dialled()[1].starts_with("/resume"));
    rig.assert_starts(1, 1);
}

#[tokio::test(start_paused = true)]
async fn t07_the_resume_url_is_asked_for_what_the_first_connection_asked_for() {
    for &transport in TRANSPORTS {
        let rig = Rig::ready_over(transport).await;
        rig.play(Scenario::T07ResumeUrlWithoutQuery);
        rig.wait_resumed(1).await;
        let dialled = rig.dialled();
        assert!(dialled[1].starts_with("/resume"), "{dialled:?}");
        let query = |path: &String| path.split_once('?').map(|(_, query)| query.to_owned());
        let asked = query(&dialled[0]).unwrap();
        assert_eq!(Some(&asked), query(&dialled[1]).as_ref());
        assert!(asked.starts_with("v=10&encoding=json"), "{asked}");
    }
}

#[tokio::test(start_paused = true)]
async fn t08_hello_that_never_arrives_costs_20_s_and_neither_session_nor_identify() {
    let rig = Rig::ready().await;
    rig.play(Scenario::T08HelloNeverArrives);
    rig.wait_resumed(1).await;
    let (at, code) = rig.client_closes()[0];
    assert!(resumable(code), "closed with {code:?}");
    assert_eq!((at - rig.opened()[1]).as_secs(), 20);
    rig.assert_starts(1, 1);
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t08_a_shard_that_gets_no_hello_keeps_no_other_from_identifying() {
    let rig = Rig::start(|sim| sim.play(0, Scenario::T08HelloNeverArrives)).await;
    rig.wait_ready(1).await;
    let identifies = rig.client_frames(IDENTIFY);
    // 20 s without HELLO and a backoff of a second at the most; not the 5 s of a spent permit besides.
    assert!(
        identifies.len() == 1 && identifies[0] < seconds(23),
        "{identifies:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn t09_op_7_or_9_instead_of_hello_is_followed_at_once_and_nothing_is_sent_before_hello() {
    for scenario in [
        Scenario::T09ReconnectInsteadOfHello,
        Scenario::T09InvalidSessionBeforeHello,
    ] {
        for &transport in TRANSPORTS {
            let rig = Rig::ready_over(transport).await;
            rig.play(scenario);
            rig.wait_resumed(1).await;
            assert!(rig.frames_on(2).is_empty(), "{:?}", rig.frames_on(2));
            let opened = rig.opened();
            assert_eq!(opened.len(), 3);
            // The second failure in a row: up to 2 s.
            assert!(opened[2] - opened[1] <= seconds(2), "{opened:?}");
            rig.assert_starts(1, 1);
            rig.assert_nothing_lost().await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn t10_cut_right_after_hello_the_next_connection_resumes_and_replays_everything() {
    for &transport in TRANSPORTS {
        let rig = Rig::ready_over(transport).await;
        rig.play(Scenario::T10CutAfterHello);
        for text in ["one", "two", "three"] {
            rig.say(text);
        }
        rig.wait_resumed(1).await;
        assert_eq!(rig.dialled().len(), 3);
        assert_eq!(rig.sim.identifies(), 1);
        rig.assert_nothing_lost().await;
        let replayed = rig.seen.handled().iter().filter(|it| it.replayed).count();
        assert_eq!(
            replayed, 3,
            "what came between RESUME and RESUMED is marked"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn t11_ended_before_hello_fifty_times_the_backoff_grows_although_connections_open() {
    for scenario in [
        Scenario::T11ClosedBeforeHello50Times,
        Scenario::T11CutBeforeHello50Times,
    ] {
        let rig = Rig::ready().await;
        rig.play(scenario);
        let back = |status: &ShardStatus| status.counters.resumed == 1;
        rig.wait_within(minutes(60), back).await;
        let opened = rig.opened();
        assert_eq!(opened.len(), 52);
        let took = opened[51] - opened[1];
        assert!(took > minutes(15), "{scenario}: {took:?}");
        rig.assert_starts(1, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn t15_op_9_in_answer_to_identify_waits_5_s_and_identifies_again_alone() {
    let rig = Rig::start(|sim| sim.play(0, Scenario::T15InvalidSessionOnIdentify)).await;
    rig.wait_ready(1).await;
    rig.pass(minutes(1)).await;
    let identifies = rig.client_frames(IDENTIFY);
    assert_eq!(identifies.len(), 2);
    assert!(
        identifies[1] - identifies[0] >= seconds(5),
        "{identifies:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn t17_a_ready_that_takes_its_time_is_waited_for_with_one_identify() {
    for (scenario, late) in [
        (Scenario::T17ReadyAfter60S, seconds(60)),
        (Scenario::T17ReadyAfter10Minutes, minutes(10)),
    ] {
        let rig = Rig::start(|sim| sim.play(0, scenario)).await;
        rig.pass(late - seconds(1)).await;
        assert_eq!(rig.shard.status().state, State::Identifying);
        let beats = rig.client_frames(HEARTBEAT).len() as u64;
        assert!(beats >= late.as_secs() / 42, "{beats} heartbeats");
        rig.wait_ready(1).await;
        assert_eq!((rig.dialled().len(), rig.sim.identifies()), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn t17_a_ready_that_is_late_by_more_than_a_minute_is_told() {
    let rig = Rig::start(|sim| sim.play(0, Scenario::T17ReadyAfter10Minutes)).await;
    rig.pass(seconds(90)).await;
    let told = rig.seen.events();
    let late = |event: &SessionEvent| matches!(event, SessionEvent::ReadyDelayed { .. });
    assert!(told.iter().any(late), "{told:?}");
}
