use std::{collections::HashSet, time::Duration};

use polycord_types::{
    gateway::send::RequestGuildMembers,
    id::{GuildId, UserId},
    validate::Validate,
};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::{GUILD, OTHER, Rig, event, seconds, settle, spawn};
use crate::{CommandError, MemberRequest, RequestError, ShardId, State};

fn member(id: u32) -> Value {
    json!({"user": {"id": id.to_string(), "username": "ada"}, "roles": []})
}

/// The chunk with this number; its one member has the number plus 100 as id.
fn chunk(request: &Value, index: u32, count: u32) -> Value {
    json!({
        "guild_id": request["guild_id"],
        "members": [member(100 + index)],
        "chunk_index": index,
        "chunk_count": count,
        "nonce": request["nonce"],
    })
}

fn everybody(rig: &Rig) -> MemberRequest {
    everybody_of(rig, GUILD)
}

fn everybody_of(rig: &Rig, guild: GuildId) -> MemberRequest {
    rig.handle
        .request_members(RequestGuildMembers::everybody(guild))
}

fn ids(members: &super::super::Members) -> Vec<u64> {
    let users = members.members.iter().filter_map(|it| it.user.as_ref());
    users.map(|user| user.id.get()).collect()
}

#[tokio::test(start_paused = true)]
async fn t58_chunks_in_any_order_and_twice_are_put_together_in_theirs() {
    let rig = Rig::new();
    let answer = spawn(everybody(&rig));
    let request = rig.sent().await;
    assert_eq!(
        (&request["query"], &request["limit"]),
        (&json!(""), &json!(0))
    );
    for index in [2, 0, 7, 2, 0, 1] {
        rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, index, 3));
    }
    assert_eq!(ids(&answer.await.unwrap().unwrap()), [100, 101, 102]);
    assert_eq!(rig.pending(), 0);
}

#[tokio::test(start_paused = true)]
async fn presences_and_those_who_were_not_found_come_along() {
    let rig = Rig::new();
    let users = RequestGuildMembers::users(GUILD, [UserId::new(100), UserId::new(5)]);
    let answer = spawn(rig.handle.request_members(users.with_presences()));
    let request = rig.sent().await;
    let mut only = chunk(&request, 0, 1);
    only["presences"] = json!([{"user": {"id": "100"}, "status": "idle"}]);
    only["not_found"] = json!(["5"]);
    rig.event("GUILD_MEMBERS_CHUNK", only);
    let members = answer.await.unwrap().unwrap();
    assert_eq!((members.presences.len(), members.not_found.len()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn chunks_of_another_nonce_are_somebody_elses() {
    let rig = Rig::new();
    let ada = RequestGuildMembers::starting_with(GUILD, "ada", 10).nonce("mine");
    let one = spawn(rig.handle.request_members(ada.clone()));
    let two = spawn(rig.handle.request_members(ada));
    let (first, second) = (rig.sent().await, rig.sent().await);
    assert_ne!(first["nonce"], second["nonce"]);
    for foreign in [json!("mine"), json!(null), json!(7)] {
        let mut other = chunk(&first, 9, 1);
        other["nonce"] = foreign;
        rig.event("GUILD_MEMBERS_CHUNK", other);
    }
    let mut other = chunk(&second, 0, 1);
    other["members"] = json!([member(101)]);
    rig.event("GUILD_MEMBERS_CHUNK", other);
    rig.event("GUILD_MEMBERS_CHUNK", chunk(&first, 0, 1));
    assert_eq!(ids(&one.await.unwrap().unwrap()), [100]);
    assert_eq!(ids(&two.await.unwrap().unwrap()), [101]);
}

#[tokio::test(start_paused = true)]
async fn nonces_are_unique_and_short_enough() {
    let mut nonces = HashSet::new();
    for _ in 0..10 {
        let rig = Rig::new();
        for _ in 0..10 {
            let search = RequestGuildMembers::starting_with(GUILD, "a", 1);
            spawn(rig.handle.request_members(search.clone()));
            let nonce = rig.sent().await["nonce"].as_str().unwrap().to_owned();
            assert!(search.nonce(nonce.clone()).validate().is_ok(), "{nonce}");
            assert!(nonces.insert(nonce));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn t58_a_lost_chunk_ends_the_request_after_the_idle_timeout() {
    let rig = Rig::new();
    let answer = spawn(everybody(&rig));
    let request = rig.sent().await;
    let asked = Instant::now();
    sleep(seconds(9)).await;
    rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, 0, 3));
    sleep(seconds(9)).await;
    rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, 2, 3));
    for _ in 0..9 {
        // What comes twice is nothing new.
        sleep(seconds(1)).await;
        rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, 2, 3));
    }
    let error = answer.await.unwrap().unwrap_err();
    let expected = Some(3);
    assert!(matches!(error, RequestError::Timeout { received: 2, expected: it } if it == expected));
    assert!(error.is_retryable());
    assert_eq!(asked.elapsed().as_secs(), 28);
    assert_eq!(rig.pending(), 0);
}

#[tokio::test(start_paused = true)]
async fn no_answer_at_all_is_told_as_that() {
    let rig = Rig::new();
    let answer = spawn(everybody(&rig).idle_timeout(seconds(3)));
    rig.sent().await;
    let asked = Instant::now();
    let error = answer.await.unwrap().unwrap_err();
    assert!(matches!(
        error,
        RequestError::Timeout {
            received: 0,
            expected: None
        }
    ));
    assert_eq!(
        error.to_string(),
        "no answer came in time: 0 of an unknown number of parts"
    );
    assert_eq!(asked.elapsed().as_secs(), 3);
}

#[tokio::test(start_paused = true)]
async fn no_wait_is_without_an_end() {
    let rig = Rig::new();
    let answer = spawn(everybody(&rig).idle_timeout(Duration::MAX));
    rig.sent().await;
    let asked = Instant::now();
    let error = answer.await.unwrap().unwrap_err();
    assert!(matches!(error, RequestError::Timeout { .. }), "{error}");
    assert_eq!(asked.elapsed().as_secs(), 24 * 60 * 60);
}

#[tokio::test(start_paused = true)]
async fn time_in_line_is_no_idle_time_but_has_an_end() {
    let rig = Rig::new();
    let (one, two) = (spawn(everybody(&rig)), spawn(everybody_of(&rig, OTHER)));
    let (id, request) = rig.taken().await;
    sleep(seconds(119)).await;
    rig.requests().sent(id);
    sleep(seconds(2)).await;
    rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, 0, 1));
    assert!(one.await.unwrap().is_ok());
    let error = two.await.unwrap().unwrap_err();
    assert!(matches!(error, RequestError::Disconnected), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_resume_is_outlived() {
    let rig = Rig::new();
    let answer = spawn(everybody(&rig));
    let request = rig.sent().await;
    rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, 0, 2));
    rig.turn(State::BackingOff);
    sleep(seconds(100)).await;
    rig.turn(State::Ready);
    sleep(seconds(9)).await;
    rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, 1, 2));
    assert_eq!(ids(&answer.await.unwrap().unwrap()), [100, 101]);
}

#[tokio::test(start_paused = true)]
async fn after_a_resume_the_idle_time_counts_again() {
    let rig = Rig::new();
    let answer = spawn(everybody(&rig));
    rig.sent().await;
    rig.turn(State::BackingOff);
    sleep(seconds(50)).await;
    rig.turn(State::Ready);
    let ready = Instant::now();
    let error = answer.await.unwrap().unwrap_err();
    assert!(matches!(error, RequestError::Timeout { .. }), "{error}");
    assert_eq!(ready.elapsed().as_secs(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_session_that_stays_away_ends_the_request() {
    let rig = Rig::new();
    let answer = spawn(everybody(&rig));
    rig.sent().await;
    rig.turn(State::BackingOff);
    let away = Instant::now();
    let error = answer.await.unwrap().unwrap_err();
    assert!(matches!(error, RequestError::Disconnected), "{error}");
    assert_eq!(away.elapsed().as_secs(), 120);
}

#[tokio::test(start_paused = true)]
async fn a_lost_session_ends_what_was_sent_and_nothing_else() {
    let rig = Rig::new();
    let (one, two) = (spawn(everybody(&rig)), spawn(everybody_of(&rig, OTHER)));
    rig.sent().await;
    let (waiting, request) = rig.taken().await;
    rig.lose_session();
    let error = one.await.unwrap().unwrap_err();
    assert!(matches!(error, RequestError::SessionLost), "{error}");
    rig.requests().sent(waiting);
    rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, 0, 1));
    assert!(two.await.unwrap().is_ok());
}

fn limited(request: &Value, retry_after: f64) -> Value {
    let meta = json!({"guild_id": request["guild_id"], "nonce": request["nonce"]});
    json!({"opcode": 8, "retry_after": retry_after, "meta": meta})
}

#[tokio::test(start_paused = true)]
async fn t57_a_request_that_came_too_soon_is_sent_again_once() {
    let rig = Rig::new();
    let answer = spawn(everybody(&rig));
    let request = rig.sent().await;
    rig.event("RATE_LIMITED", limited(&request, 29.5));
    let told = Instant::now();
    let again = rig.sent().await;
    assert_eq!(again, request);
    let waited = told.elapsed();
    assert!(
        waited >= Duration::from_millis(29_500) && waited <= seconds(30),
        "{waited:?}"
    );
    rig.event("GUILD_MEMBERS_CHUNK", chunk(&again, 0, 1));
    assert!(answer.await.unwrap().is_ok());
}

#[tokio::test(start_paused = true)]
async fn t57_a_request_that_comes_too_soon_twice_or_by_far_tells_when_to_come_back() {
    let rig = Rig::new();
    let answer = spawn(everybody(&rig));
    let request = rig.sent().await;
    rig.event("RATE_LIMITED", limited(&request, 5.0));
    let again = rig.sent().await;
    rig.event("RATE_LIMITED", limited(&again, 7.5));
    let error = answer.await.unwrap().unwrap_err();
    let expected = Duration::from_millis(7500);
    assert!(matches!(error, RequestError::RateLimited { retry_after } if retry_after == expected));

    let answer = spawn(everybody(&rig));
    let request = rig.sent().await;
    rig.event("RATE_LIMITED", limited(&request, 3600.0));
    let error = answer.await.unwrap().unwrap_err();
    assert!(
        matches!(error, RequestError::RateLimited { retry_after } if retry_after == seconds(3600))
    );
    assert!(rig.nothing_to_send());
}

#[tokio::test(start_paused = true)]
async fn t57_a_rate_limit_that_makes_no_sense_holds_nothing_up() {
    for retry_after in [-1.0, 0.0, 1e300] {
        let rig = Rig::new();
        let answer = spawn(everybody(&rig));
        let request = rig.sent().await;
        rig.event("RATE_LIMITED", limited(&request, retry_after));
        let again = rig.sent().await;
        rig.event("GUILD_MEMBERS_CHUNK", chunk(&again, 0, 1));
        assert!(answer.await.unwrap().is_ok(), "{retry_after}");
    }
}

#[tokio::test(start_paused = true)]
async fn t57_the_rate_limit_of_another_request_is_not_ours() {
    let rig = Rig::new();
    let answer = spawn(everybody(&rig));
    let request = rig.sent().await;
    let mut other = limited(&request, 5.0);
    other["meta"]["nonce"] = json!("somebody else");
    rig.event("RATE_LIMITED", other);
    rig.event("RATE_LIMITED", limited(&json!({"guild_id": OTHER}), 5.0));
    let mut voice = limited(&request, 5.0);
    voice["opcode"] = json!(4);
    rig.event("RATE_LIMITED", voice);
    rig.event("RATE_LIMITED", json!("garbage"));
    sleep(seconds(8)).await;
    rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, 0, 1));
    assert!(answer.await.unwrap().is_ok());
    assert!(rig.nothing_to_send());
}

#[tokio::test(start_paused = true)]
async fn t58_a_guild_that_goes_ends_its_requests_only() {
    for outage in [true, false] {
        let rig = Rig::new();
        let (one, two) = (spawn(everybody(&rig)), spawn(everybody_of(&rig, OTHER)));
        let (first, second) = (rig.sent().await, rig.sent().await);
        rig.event("GUILD_MEMBERS_CHUNK", chunk(&first, 0, 2));
        let mut gone = json!({"id": GUILD});
        if outage {
            gone["unavailable"] = json!(true);
        }
        rig.event("GUILD_DELETE", gone);
        let error = one.await.unwrap().unwrap_err();
        assert!(matches!(error, RequestError::GuildGone { outage: it } if it == outage));
        assert_eq!(error.is_retryable(), outage);
        rig.event("GUILD_MEMBERS_CHUNK", chunk(&second, 0, 1));
        assert!(two.await.unwrap().is_ok());
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_was_whole_before_the_guild_went_is_given() {
    let rig = Rig::new();
    let answer = spawn(everybody(&rig));
    let request = rig.sent().await;
    rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, 0, 1));
    rig.event("GUILD_DELETE", json!({"id": GUILD}));
    assert!(answer.await.unwrap().is_ok());
}

#[tokio::test(start_paused = true)]
async fn who_asks_for_everybody_meanwhile_shares_the_answer() {
    let rig = Rig::new();
    let one = spawn(everybody(&rig));
    let request = rig.sent().await;
    rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, 1, 2));
    settle().await;
    let two = spawn(everybody(&rig));
    settle().await;
    assert!(rig.nothing_to_send());
    // The one who asked may leave.
    one.abort();
    settle().await;
    rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, 0, 2));
    assert_eq!(ids(&two.await.unwrap().unwrap()), [100, 101]);

    let three = spawn(everybody(&rig));
    let anew = rig.sent().await;
    assert_ne!(anew["nonce"], request["nonce"]);
    rig.event("GUILD_MEMBERS_CHUNK", chunk(&anew, 0, 1));
    assert_eq!(ids(&three.await.unwrap().unwrap()), [100]);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_whole_is_not_shared_with_who_comes_later() {
    let rig = Rig::new();
    let one = spawn(everybody(&rig));
    let mut slow = everybody(&rig);
    let polled = tokio::spawn(async move {
        slow.next().await.unwrap().unwrap();
        slow
    });
    let request = rig.sent().await;
    settle().await;
    assert!(rig.nothing_to_send());
    for index in [0, 1] {
        rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, index, 2));
    }
    assert!(one.await.unwrap().is_ok());
    // Somebody still reads the old answer.
    let _slow = polled.await.unwrap();
    spawn(everybody(&rig));
    assert_ne!(rig.sent().await["nonce"], request["nonce"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_shared_fails_for_all_and_is_sent_again_by_whoever_is_left() {
    let rig = Rig::new();
    let (one, two) = (spawn(everybody(&rig)), spawn(everybody(&rig)));
    let request = rig.sent().await;
    settle().await;
    assert!(rig.nothing_to_send());
    rig.event("RATE_LIMITED", limited(&request, 5.0));
    settle().await;
    one.abort();
    let again = rig.sent().await;
    let three = spawn(everybody(&rig));
    settle().await;
    rig.event("GUILD_DELETE", json!({"id": again["guild_id"]}));
    for task in [two, three] {
        let error = task.await.unwrap().unwrap_err();
        assert!(matches!(error, RequestError::GuildGone { .. }), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn other_questions_and_old_answers_are_not_shared() {
    let rig = Rig::new();
    let mut stream = everybody(&rig);
    let first = {
        let polled = tokio::spawn(async move {
            let first = stream.next().await;
            (stream, first)
        });
        let request = rig.sent().await;
        rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, 0, 2));
        polled.await.unwrap()
    };
    assert!(first.1.unwrap().is_ok());
    let presences = RequestGuildMembers::everybody(GUILD).with_presences();
    spawn(rig.handle.request_members(presences));
    assert_eq!(rig.sent().await["presences"], true);
    // The first is held, and not read on.
    sleep(seconds(11)).await;
    spawn(everybody(&rig));
    assert_eq!(rig.sent().await["guild_id"], json!(GUILD));
    drop(first.0);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_nobody_reads_holds_nothing_up_and_is_bounded() {
    let rig = Rig::new();
    let mut stream = everybody(&rig);
    let polled = tokio::spawn(async move {
        let _ = tokio::time::timeout(Duration::from_millis(1), stream.next()).await;
        stream
    });
    let request = rig.sent().await;
    let mut stream = polled.await.unwrap();
    let mut large = chunk(&request, 0, 100);
    large["padding"] = json!("x".repeat(20 << 20));
    let large = event("GUILD_MEMBERS_CHUNK", &large);
    for _ in 0..3 {
        rig.requests().offer(&large);
    }
    assert!(stream.next().await.unwrap().is_ok());
    for _ in 0..4 {
        rig.requests().offer(&large);
    }
    let kept = rig.requests().lock().flights[0].kept_bytes();
    assert!(kept < 65 << 20, "{kept}");
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(matches!(error, RequestError::Overrun), "{error}");
    assert!(stream.next().await.is_none());
    assert_eq!(rig.pending(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_stream_gives_each_chunk_as_it_comes_and_ends() {
    let rig = Rig::new();
    let mut stream = everybody(&rig);
    let reader = tokio::spawn(async move {
        let mut indexes = Vec::new();
        while let Some(chunk) = stream.next().await {
            indexes.push(chunk.unwrap().chunk_index);
        }
        indexes
    });
    let request = rig.sent().await;
    for index in [1, 1, 0] {
        rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, index, 2));
    }
    assert_eq!(reader.await.unwrap(), [1, 0]);
}

#[tokio::test(start_paused = true)]
async fn an_unreadable_chunk_is_told_as_that() {
    let rig = Rig::new();
    let answer = spawn(everybody(&rig));
    let request = rig.sent().await;
    rig.event(
        "GUILD_MEMBERS_CHUNK",
        json!({"nonce": request["nonce"], "members": []}),
    );
    let error = answer.await.unwrap().unwrap_err();
    assert!(matches!(error, RequestError::Unreadable(_)), "{error}");
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_sent_is_told_and_never_in_line() {
    let rig = Rig::new();
    let nobody = RequestGuildMembers::users(GUILD, []);
    let error = rig.handle.request_members(nobody).await.unwrap_err();
    assert!(matches!(error, RequestError::Invalid(_)), "{error}");
    assert!(error.to_string().contains("user_ids"), "{error}");

    let long = RequestGuildMembers::starting_with(GUILD, "x".repeat(5000), 1);
    let error = rig.handle.request_members(long).await.unwrap_err();
    assert!(
        matches!(error, RequestError::TooLarge { limit: 4096, .. }),
        "{error}"
    );
    assert!(rig.nothing_to_send());

    rig.requests().close();
    let error = everybody(&rig).await.unwrap_err();
    assert!(matches!(error, RequestError::Closed), "{error}");
    assert_eq!(rig.pending(), 0);
    assert!(rig.nothing_to_send());

    let rig = Rig::of(ShardId::new(0, 2), 64);
    let error = everybody(&rig).await.unwrap_err();
    let shard = ShardId::new(1, 2);
    assert!(
        matches!(error, RequestError::WrongShard { shard: it } if it == shard),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_and_a_shard_that_stops_are_told() {
    let rig = Rig::of(ShardId::ONE, 1);
    let one = spawn(everybody(&rig));
    settle().await;
    let error = everybody_of(&rig, OTHER).await.unwrap_err();
    assert!(matches!(error, RequestError::Full), "{error}");
    let (id, _) = rig.taken().await;
    assert!(rig.requests().failed(Some(id), CommandError::QueueFull));
    let error = one.await.unwrap().unwrap_err();
    assert!(matches!(error, RequestError::Full), "{error}");
    // Commands of others are others' business.
    assert!(!rig.requests().failed(None, CommandError::QueueFull));
    assert!(
        !rig.requests()
            .failed(Some(crate::CommandId(5)), CommandError::QueueFull)
    );

    let two = spawn(everybody(&rig));
    rig.sent().await;
    rig.requests().close();
    let error = two.await.unwrap().unwrap_err();
    assert!(matches!(error, RequestError::Closed), "{error}");
}

#[tokio::test(start_paused = true)]
async fn who_stops_waiting_is_forgotten() {
    let rig = Rig::new();
    assert_eq!(rig.pending(), 0);
    let request = everybody(&rig);
    settle().await;
    assert!(rig.nothing_to_send(), "nothing is sent before it is polled");
    let task = spawn(request);
    rig.sent().await;
    assert_eq!(rig.pending(), 1);
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    assert_eq!(rig.pending(), 0);
}

#[tokio::test(start_paused = true)]
async fn who_comes_late_to_a_request_that_is_not_sent_yet_has_patience_of_their_own() {
    let rig = Rig::new();
    let early = spawn(everybody(&rig));
    let (id, request) = rig.taken().await;
    sleep(seconds(110)).await;
    let late = spawn(everybody(&rig));
    let error = early.await.unwrap().unwrap_err();
    assert!(matches!(error, RequestError::Disconnected), "{error}");
    sleep(seconds(60)).await;
    rig.requests().sent(id);
    rig.event("GUILD_MEMBERS_CHUNK", chunk(&request, 0, 1));
    assert_eq!(late.await.unwrap().unwrap().members.len(), 1);
    assert!(rig.nothing_to_send());
}
