//! READY, RESUME, op 1, op 7 and op 9: who gets which, and what is left of the session.

use std::time::Duration;

use polycord_simulator::{Fault, Simulator};
use serde_json::{Value, json};

use super::{answer_to, end_of, pass, start};
use crate::client::{ALL, End, GUILDS, QUERY, greeted, identify, ready, resume};

fn session(hello: &Value) -> String {
    hello["d"]["session_id"].as_str().unwrap().to_owned()
}

fn invalid(resumable: bool) -> Value {
    json!({ "t": null, "s": null, "op": 9, "d": resumable })
}

#[tokio::test(start_paused = true)]
async fn ready_has_every_documented_field_and_the_shard_if_one_was_named() {
    let sim = start().await;
    for named in [true, false] {
        let mut client = greeted(&sim, QUERY).await;
        let mut payload = identify(&sim, GUILDS, [0, 1]);
        if !named {
            payload["d"].as_object_mut().unwrap().remove("shard");
        }
        client.send(payload).await;
        let ready = client.dispatch("READY").await;
        let mut fields: Vec<&str> = ready["d"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        fields.sort_unstable();
        let mut expected = vec![
            "application",
            "guilds",
            "resume_gateway_url",
            "session_id",
            "user",
            "v",
        ];
        if named {
            expected.insert(4, "shard");
        }
        assert_eq!(fields, expected);
        for stub in ready["d"]["guilds"].as_array().unwrap() {
            assert_eq!(stub["unavailable"], true);
            assert_eq!(stub.as_object().unwrap().len(), 2);
        }
        pass(5).await;
    }
}

#[tokio::test(start_paused = true)]
async fn session_ids_have_no_beginning_in_common() {
    let sim = start().await;
    let mut beginnings = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let (_client, hello) = ready(&sim, 0).await;
        let id = session(&hello);
        assert_eq!(id.len(), 32);
        assert!(id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
        assert!(beginnings.insert(id.split_at(6).0.to_owned()), "{id}");
        pass(5).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_heartbeat_is_acknowledged_before_and_after_identify_and_asked_for_between() {
    let sim = start().await;
    let mut client = greeted(&sim, QUERY).await;
    client.send(json!({ "op": 1, "d": null })).await;
    assert_eq!(client.next().await.unwrap()["op"], 11);
    client.send(identify(&sim, 0, [0, 1])).await;
    client.dispatch("READY").await;
    client.send(json!({ "op": 1, "d": 1 })).await;
    assert_eq!(client.next().await.unwrap()["op"], 11);
    assert!(sim.request_heartbeat(0));
    let asked = client.next().await.unwrap();
    assert_eq!(asked, json!({ "t": null, "s": null, "op": 1, "d": null }));
}

#[tokio::test(start_paused = true)]
async fn op_7_asks_for_a_reconnect_and_the_session_goes_on() {
    let sim = start().await;
    let (mut client, hello) = ready(&sim, GUILDS).await;
    assert!(sim.reconnect(0));
    let asked = client.next().await.unwrap();
    assert_eq!(asked, json!({ "t": null, "s": null, "op": 7, "d": null }));
    client.close(4000).await;
    let resumed = answer_to(&sim, resume(&sim, &session(&hello), 3)).await;
    assert_eq!(resumed.unwrap()["t"], "RESUMED");
}

#[tokio::test(start_paused = true)]
async fn op_9_true_leaves_the_session_to_be_resumed() {
    let sim = start().await;
    let (mut client, hello) = ready(&sim, GUILDS).await;
    assert!(sim.invalid_session(0, true));
    assert_eq!(client.next().await.unwrap(), invalid(true));
    client.close(4000).await;
    sim.script(0, Fault::InvalidSessionOnResume { resumable: true });
    let mut client = greeted(&sim, QUERY).await;
    client.send(resume(&sim, &session(&hello), 3)).await;
    assert_eq!(client.next().await.unwrap(), invalid(true));
    client.send(resume(&sim, &session(&hello), 3)).await;
    client.dispatch("RESUMED").await;
}

#[tokio::test(start_paused = true)]
async fn op_9_false_ends_the_session() {
    let sim = start().await;
    let (mut client, hello) = ready(&sim, GUILDS).await;
    assert!(sim.invalid_session(0, false));
    assert_eq!(client.next().await.unwrap(), invalid(false));
    let answer = answer_to(&sim, resume(&sim, &session(&hello), 3)).await;
    assert_eq!(answer.unwrap(), invalid(false));
}

#[tokio::test(start_paused = true)]
async fn a_session_that_never_was_cannot_be_resumed() {
    let sim = start().await;
    let answer = answer_to(&sim, resume(&sim, "nobody's", 0)).await;
    assert_eq!(answer.unwrap(), invalid(false));
}

#[tokio::test(start_paused = true)]
async fn a_session_waits_as_long_as_the_window_and_no_longer() {
    let builder = Simulator::builder().in_memory();
    let window = Duration::from_secs(300);
    let sim = builder.resume_window(window).start().await.unwrap();
    for (seconds, lives) in [(299, true), (302, false)] {
        let (client, hello) = ready(&sim, GUILDS).await;
        client.close(4000).await;
        pass(seconds).await;
        let answer = answer_to(&sim, resume(&sim, &session(&hello), 3)).await;
        let answer = answer.unwrap();
        assert_eq!(answer["t"] == "RESUMED", lives, "{seconds} s: {answer}");
        pass(5).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_session_keeps_as_many_events_as_it_is_told_to_and_no_more() {
    let builder = Simulator::builder().in_memory().replay_limit(10);
    let sim = builder.start().await.unwrap();
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    for (missed, lives) in [(10, true), (11, false)] {
        let (client, hello) = ready(&sim, ALL).await;
        client.close(4000).await;
        for _ in 0..missed {
            sim.say(general, ada, "hello");
        }
        let answer = answer_to(&sim, resume(&sim, &session(&hello), 3)).await;
        let answer = answer.unwrap();
        assert_eq!(answer["t"] == "MESSAGE_CREATE", lives, "{missed}: {answer}");
        pass(5).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_session_goes_on_in_the_version_it_began_with() {
    let sim = start().await;
    let (client, hello) = ready(&sim, GUILDS).await;
    client.close(4000).await;
    let mut client = greeted(&sim, "/?v=9&encoding=json").await;
    client.send(resume(&sim, &session(&hello), 3)).await;
    assert_eq!(client.next().await.unwrap(), invalid(false));
    let answer = answer_to(&sim, resume(&sim, &session(&hello), 3)).await;
    assert_eq!(answer.unwrap()["t"], "RESUMED");
}

#[tokio::test(start_paused = true)]
async fn which_close_codes_leave_a_session_to_be_resumed() {
    let sim = start().await;
    let left = [4000, 4001, 4002, 4003, 4005, 4008, 1011, 4999];
    let ended = [4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014];
    let codes = left.map(|code| (code, true));
    for (code, lives) in codes.into_iter().chain(ended.map(|code| (code, false))) {
        let (mut client, hello) = ready(&sim, GUILDS).await;
        assert!(sim.close(0, code));
        assert_eq!(client.end().await, End::Closed(code));
        let answer = answer_to(&sim, resume(&sim, &session(&hello), 3)).await;
        assert_eq!(answer.unwrap()["t"] == "RESUMED", lives, "{code}");
        pass(5).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_resume_takes_the_session_from_the_connection_that_has_it() {
    let sim = start().await;
    let (mut old, hello) = ready(&sim, GUILDS).await;
    let mut new = greeted(&sim, QUERY).await;
    new.send(resume(&sim, &session(&hello), 3)).await;
    new.dispatch("RESUMED").await;
    assert_eq!(old.end().await, End::Cut);
    assert_eq!(sim.connections(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_a_client_says_before_a_heartbeat_is_due_costs_nothing_but_its_count() {
    let sim = start().await;
    let unknown = json!({ "op": 6, "d": { "token": sim.token(), "session_id": "x", "seq": 0 } });
    let mut client = greeted(&sim, QUERY).await;
    for _ in 0..120 {
        client.send(unknown.clone()).await;
        assert_eq!(client.next().await.unwrap(), invalid(false));
    }
    client.send(unknown).await;
    assert_eq!(client.end().await, End::Closed(4008));
    assert_eq!(end_of(&sim, "{").await, End::Closed(4002));
}
