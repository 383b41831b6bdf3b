//! What comes again after a restart, because the session was resumed at an earlier event than the last that was saved.

use std::collections::HashSet;

use fastrand::Rng;
use polycord_cache::{Cache, SessionPoint};
use serde_json::{Value, json};

use crate::in_guild::scheduled;
use crate::messages::{direct, message};
use crate::play::{Play, channel, guild, id, member, thread, user};

type Told = (&'static str, Value);

fn point(sequence: u64) -> SessionPoint {
    SessionPoint {
        shard: (0, 1),
        session_id: "s".to_owned(),
        sequence,
    }
}

fn written(cache: &Cache, sequence: u64) -> Vec<u8> {
    let mut file = Vec::new();
    cache
        .snapshot([point(sequence)])
        .write_to(&mut file)
        .unwrap();
    file
}

fn restored(file: &[u8], sequence: u64) -> Play {
    let cache = Cache::builder().restore(file, &[point(sequence)]);
    Play::new(cache.unwrap())
}

fn in_guild() -> Play {
    let mut play = Play::new(Cache::new());
    play.ready(&[1]);
    let mut whole = guild(1);
    whole["members"] = json!([member(7), member(8), member(99)]);
    whole["member_count"] = json!(3);
    let mut counted = thread(200, 100, false);
    counted["message_count"] = json!(0);
    whole["threads"] = json!([counted]);
    let mut event = scheduled(700);
    event["user_count"] = json!(5);
    whole["guild_scheduled_events"] = json!([event]);
    play.event("GUILD_CREATE", whole);
    play
}

fn of_guild(mut value: Value) -> Value {
    value["guild_id"] = json!("1");
    value
}

fn poll() -> Value {
    let mut asked = message(100, 500, 7);
    asked["poll"] = json!({"question": {"text": "?"}, "answers": [{"answer_id": 1, "poll_media": {"text": "a"}}],
        "expiry": null, "allow_multiselect": false, "layout_type": 1});
    asked
}

fn reaction(who: u64, emoji: &str) -> Value {
    of_guild(
        json!({"user_id": who.to_string(), "channel_id": "100", "message_id": "500",
        "emoji": {"id": null, "name": emoji}, "burst": false, "type": 0}),
    )
}

fn about(user: u64, key: &str, of: &str) -> Value {
    let mut told = of_guild(json!({"user_id": user.to_string()}));
    told[key] = json!(of);
    told
}

fn vote(who: u64) -> Value {
    let mut vote = about(who, "message_id", "500");
    vote["channel_id"] = json!("100");
    vote["answer_id"] = json!(1);
    vote
}

/// Who is a member, has reacted, has voted and is interested.
type Done = HashSet<(u8, u64)>;

/// Something that is counted, or counted no more.
fn counted(random: &mut Rng, done: &mut Done, number: u64) -> Told {
    let who = random.u64(7..12);
    let what = random.u8(..8);
    let channel = *random.choice(&[100, 200]).unwrap();
    // Everything is done before it is undone.
    let is_more = what > 3 || done.insert((what, who)) || !done.remove(&(what, who));
    let [name, undone] = match what {
        0 => ["MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE"],
        1 => ["MESSAGE_POLL_VOTE_ADD", "MESSAGE_POLL_VOTE_REMOVE"],
        2 => ["GUILD_MEMBER_ADD", "GUILD_MEMBER_REMOVE"],
        3 => [
            "GUILD_SCHEDULED_EVENT_USER_ADD",
            "GUILD_SCHEDULED_EVENT_USER_REMOVE",
        ],
        4 => ["MESSAGE_DELETE"; 2],
        _ => ["MESSAGE_CREATE"; 2],
    };
    let data = match what {
        0 => reaction(who, "a"),
        1 => vote(who),
        2 => of_guild(member(who)),
        3 => about(who, "guild_scheduled_event_id", "700"),
        4 => {
            let deleted = random.u64(600..=600 + number).to_string();
            of_guild(json!({"id": deleted, "channel_id": channel.to_string()}))
        }
        5 => direct(300, 600 + number, who),
        _ => message(channel, 600 + number, who),
    };
    (if is_more { name } else { undone }, data)
}

#[test]
fn what_comes_again_after_a_restart_counts_once() {
    for seed in 0..100 {
        println!("seed {seed}");
        let mut random = Rng::with_seed(seed);
        let mut before = in_guild();
        before.event("MESSAGE_CREATE", poll());
        let mut done: Done = [(2, 7), (2, 8)].into();
        let told = (0..60).map(|number| counted(&mut random, &mut done, number));
        let told: Vec<_> = told.collect();
        for (name, data) in &told {
            before.event(name, data.clone());
        }
        let file = written(&before.cache, 60);
        let seen = random.usize(..60);
        let mut again = restored(&file, seen as u64);
        for (name, data) in &told[seen..] {
            again.event(name, data.clone());
        }
        let (now, then) = (written(&again.cache, 60), written(&before.cache, 60));
        let (now, then) = (String::from_utf8(now), String::from_utf8(then));
        let (now, then) = (now.unwrap(), then.unwrap());
        assert_eq!(now.lines().count(), then.lines().count());
        for (now, then) in now.lines().zip(then.lines()) {
            // What is remembered may be in another order, and so is the checksum.
            if !now.contains("\"guild\":{\"id\":1,") && !now.contains("crc32") {
                assert!(now == then, "from {seen} on:\n{now:.2000}\n{then:.2000}");
            }
        }
        let count = |play: &Play| play.guild(1).unwrap().member_count();
        assert_eq!(count(&again), count(&before));
    }
}

#[test]
fn a_history_with_a_hole_is_not_whole_after_a_restart() {
    let mut before = in_guild();
    before.event("MESSAGE_CREATE", message(100, 600, 8));
    before.ready(&[1]);
    let mut whole = guild(1);
    whole["channels"][0]["last_message_id"] = json!("700");
    before.event("GUILD_CREATE", whole);
    let gap = before.cache.gap(id(100));
    assert!(gap.is_some());
    let again = restored(&written(&before.cache, 5), 5);
    assert_eq!(again.cache.gap(id(100)), gap);
    assert_eq!(again.cache.gap(id(101)), None);
}

#[test]
fn what_is_said_while_a_channel_is_hidden_is_a_gap_after_a_restart_too() {
    let mut before = in_guild();
    before.event("MESSAGE_CREATE", message(100, 600, 8));
    let mut hidden = of_guild(channel(100));
    hidden["flags"] = json!(1 << 17);
    before.event("CHANNEL_UPDATE", hidden);
    let mut again = restored(&written(&before.cache, 5), 5);
    let mut seen = of_guild(channel(100));
    seen["last_message_id"] = json!("700");
    again.event("CHANNEL_UPDATE", seen);
    let gap = again.cache.gap(id(100)).unwrap();
    assert_eq!((gap.after, gap.until), (id(600), id(700)));
}

#[test]
fn a_user_written_by_hand_is_there_after_a_restart_and_goes_when_their_time_has_come() {
    let before = in_guild();
    let insert = |cache: &Cache, who: u64| {
        let user = serde_json::from_value(user(who)).unwrap();
        drop(cache.insert_user(&user, Play::new(cache.clone()).now));
    };
    insert(&before.cache, 1_000);
    insert(&before.cache, 1_001);
    let again = restored(&written(&before.cache, 5), 5);
    assert_eq!(again.user(1_000), before.user(1_000));
    for who in 2_000..3_023 {
        insert(&again.cache, who);
    }
    assert!(again.user(1_000).is_none(), "the earliest goes first");
    assert!(again.user(1_001).is_some());
}

#[test]
fn who_joined_before_a_restart_is_not_counted_again_because_they_were_heard_of() {
    let mut before = in_guild();
    let mut said = message(100, 600, 50);
    said["member"] = member(50);
    before.event("MESSAGE_CREATE", said);
    let mut again = restored(&written(&before.cache, 5), 5);
    again.joins(1, 50);
    assert_eq!(
        again.guild(1).unwrap().member_count(),
        Some(4),
        "they just joined"
    );
    again.joins(1, 50);
    assert_eq!(again.guild(1).unwrap().member_count(), Some(4));
}
