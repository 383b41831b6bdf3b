//! Active threads and who is in them, from their events to what readers see.

use polycord_cache::{Cache, Change, Delta, Kind};
use serde_json::{Value, json};

use crate::play::{Play, channel, guild, id, member, thread};

const JOINED: &str = "2026-01-01T00:00:00.000000+00:00";

fn of_guild(mut value: Value) -> Value {
    value["guild_id"] = json!("1");
    value
}

/// A guild with the threads 200 in channel 100 and 201 in channel 101. The current user is a member.
fn with_threads() -> Play {
    let mut play = Play::new(Cache::new());
    play.ready(&[1]);
    let mut whole = guild(1);
    whole["members"] = json!([member(7), member(8), member(99)]);
    whole["member_count"] = json!(3);
    whole["threads"] = json!([thread(200, 100, false), thread(201, 101, false)]);
    play.event("GUILD_CREATE", whole);
    play
}

fn threads(play: &Play) -> Vec<u64> {
    let threads = play.cache.guild_threads(id(1));
    threads.map(|thread| thread.id.get()).collect()
}

fn members(play: &Play, thread: u64) -> Vec<u64> {
    let members = play.cache.thread_members(id(thread));
    members.map(|member| member.user_id().get()).collect()
}

fn come_and_gone(thread: u64, count: u32, come: &[u64], gone: &[u64]) -> Value {
    let come: Vec<_> = come
        .iter()
        .map(|user| {
            json!({"id": thread.to_string(), "user_id": user.to_string(), "flags": 0,
                "join_timestamp": JOINED, "member": member(*user), "presence": null})
        })
        .collect();
    let gone: Vec<_> = gone.iter().map(u64::to_string).collect();
    json!({"id": thread.to_string(), "guild_id": "1", "member_count": count,
        "added_members": come, "removed_member_ids": gone})
}

fn own(thread: u64) -> Value {
    json!({"id": thread.to_string(), "user_id": "99", "join_timestamp": JOINED, "flags": 1})
}

#[test]
fn own_membership_is_told_without_ids_and_kept_by_updates() {
    let mut play = Play::new(Cache::new());
    play.ready(&[1]);
    let mut whole = guild(1);
    let mut joined = thread(200, 100, false);
    joined["member"] = json!({"join_timestamp": JOINED, "flags": 3});
    whole["members"] = json!([member(7), member(99)]);
    whole["threads"] = json!([joined]);
    play.event("GUILD_CREATE", whole);
    let known = play.channel(200).unwrap();
    let own = known.member.as_ref().unwrap();
    assert_eq!((own.id, own.user_id), (Some(id(200)), Some(id(99))));
    assert_eq!(members(&play, 200), [99]);

    let mut renamed = of_guild(thread(200, 100, false));
    renamed["name"] = json!("renamed");
    assert_eq!(play.event("THREAD_UPDATE", renamed).len(), 1);
    assert_eq!(play.channel(200).unwrap().member, known.member);
}

#[test]
fn a_thread_is_archived_and_unarchived() {
    let mut play = with_threads();
    play.event("THREAD_MEMBERS_UPDATE", come_and_gone(201, 1, &[8], &[]));
    let changes = play.event("THREAD_UPDATE", of_guild(thread(201, 101, true)));
    assert!(
        matches!(
            &changes[..],
            [
                Change::Thread(Delta::Updated { .. }),
                Change::ThreadMember(Delta::Removed(_))
            ]
        ),
        "{changes:?}"
    );
    assert_eq!(threads(&play), [200]);
    assert!(members(&play, 201).is_empty());
    let again = play.event("THREAD_UPDATE", of_guild(thread(201, 101, true)));
    assert!(again.is_empty());

    let changes = play.event("THREAD_UPDATE", of_guild(thread(201, 101, false)));
    assert!(matches!(&changes[..], [Change::Thread(Delta::Added(_))]));
    play.event("THREAD_MEMBER_UPDATE", of_guild(own(201)));
    assert_eq!(members(&play, 201), [99]);
    assert_eq!(play.channel(201).unwrap().member.as_ref().unwrap().flags, 1);
}

#[test]
fn ten_thousand_archived_threads_leave_nothing() {
    let mut play = with_threads();
    for id in 10_000..20_000 {
        play.event("THREAD_CREATE", of_guild(thread(id, 100, false)));
        play.event("THREAD_MEMBERS_UPDATE", come_and_gone(id, 1, &[8], &[]));
        play.event("THREAD_UPDATE", of_guild(thread(id, 100, true)));
    }
    let counts = play.cache.counts();
    assert_eq!(counts.of(Kind::Thread), 2);
    assert_eq!(counts.of(Kind::ThreadMember), 0);
}

#[test]
fn a_list_of_threads_says_where_the_current_user_is_and_others_stay() {
    let mut play = with_threads();
    play.event("THREAD_MEMBER_UPDATE", of_guild(own(200)));
    play.event("THREAD_MEMBERS_UPDATE", come_and_gone(200, 2, &[8], &[]));
    let sync = |threads: Value, members: Value| json!({"guild_id": "1", "channel_ids": ["100"], "threads": threads, "members": members});
    let both = json!([thread(200, 100, false), thread(202, 100, false)]);
    play.event("THREAD_LIST_SYNC", sync(both, json!([own(202)])));
    assert_eq!(threads(&play), [200, 201, 202]);
    assert_eq!(members(&play, 200), [8], "the current user is not in it");
    assert!(play.channel(200).unwrap().member.is_none());
    assert_eq!(members(&play, 202), [99]);

    play.event("THREAD_LIST_SYNC", sync(json!([]), json!([])));
    assert_eq!(
        threads(&play),
        [201],
        "a channel without threads is cleared"
    );
    assert_eq!(play.cache.counts().of(Kind::ThreadMember), 0);
}

#[test]
fn users_come_to_a_thread_and_leave_it() {
    let mut play = with_threads();
    let come = come_and_gone(200, 2, &[9, 8], &[]);
    play.event("THREAD_MEMBERS_UPDATE", come.clone());
    assert_eq!(members(&play, 200), [8, 9]);
    assert!(play.member(1, 9).is_some(), "the event tells all of them");
    assert_eq!(play.channel(200).unwrap().member_count, Some(2));
    let known = play.cache.thread_member(id(200), id(8)).unwrap();
    assert_eq!(
        (known.thread_id(), known.user_id(), known.guild_id()),
        (id(200), id(8), id(1))
    );
    assert!(play.event("THREAD_MEMBERS_UPDATE", come).is_empty());

    let gone = come_and_gone(200, 50, &[], &[8]);
    let changes = play.event("THREAD_MEMBERS_UPDATE", gone.clone());
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert_eq!(members(&play, 200), [9]);
    assert_eq!(
        play.channel(200).unwrap().member_count,
        Some(50),
        "Discord counts"
    );
    assert!(play.event("THREAD_MEMBERS_UPDATE", gone).is_empty());

    play.leaves(1, 9);
    assert!(
        members(&play, 200).is_empty(),
        "who left the guild left its threads"
    );
    let unknown = come_and_gone(299, 1, &[8], &[]);
    assert!(play.event("THREAD_MEMBERS_UPDATE", unknown).is_empty());
    assert_eq!(play.cache.counts().of(Kind::ThreadMember), 0);
}

#[test]
fn a_private_thread_goes_with_the_current_user_and_a_public_one_stays() {
    let mut play = Play::new(Cache::new());
    play.ready(&[1]);
    let mut whole = guild(1);
    whole["members"] = json!([member(99)]);
    let mut private = thread(200, 100, false);
    private["type"] = json!(12);
    let mut public = thread(201, 100, false);
    for thread in [&mut private, &mut public] {
        thread["member"] = json!({"join_timestamp": JOINED, "flags": 0});
    }
    whole["threads"] = json!([private, public]);
    play.event("GUILD_CREATE", whole);
    assert_eq!(threads(&play), [200, 201]);
    for thread in [200, 201] {
        play.event(
            "THREAD_MEMBERS_UPDATE",
            come_and_gone(thread, 0, &[], &[99]),
        );
    }
    assert_eq!(threads(&play), [201]);
    assert!(play.channel(201).unwrap().member.is_none());
    assert_eq!(play.cache.counts().of(Kind::ThreadMember), 0);
}

#[test]
fn being_added_to_a_known_thread_is_an_update() {
    let mut play = with_threads();
    let mut added = of_guild(thread(200, 100, false));
    added["member"] = json!({"join_timestamp": JOINED, "flags": 0});
    let changes = play.event("THREAD_CREATE", added.clone());
    assert!(
        matches!(
            &changes[..],
            [
                Change::Thread(Delta::Updated { .. }),
                Change::ThreadMember(Delta::Added(_))
            ]
        ),
        "{changes:?}"
    );
    assert!(play.event("THREAD_CREATE", added).is_empty());
}

#[test]
fn a_new_post_is_the_last_of_its_forum() {
    let mut play = Play::new(Cache::new());
    let mut whole = guild(1);
    whole["channels"][0]["type"] = json!(15);
    play.event("GUILD_CREATE", whole);
    let mut post = of_guild(thread(300, 100, false));
    post["newly_created"] = json!(true);
    play.event("THREAD_CREATE", post.clone());
    let last = |play: &Play, channel| play.channel(channel).unwrap().last_message_id;
    assert_eq!(last(&play, 100), Some(id(300)));
    post["id"] = json!("299");
    play.event("THREAD_CREATE", post.clone());
    assert_eq!(last(&play, 100), Some(id(300)), "it never goes back");
    post["id"] = json!("301");
    post["parent_id"] = json!("101");
    play.event("THREAD_CREATE", post);
    assert_eq!(
        last(&play, 101),
        None,
        "what is said in a thread is not said beside it"
    );
}

#[test]
fn a_thread_of_no_channel_is_late_where_all_channels_are_known() {
    let mut play = with_threads();
    play.event("CHANNEL_DELETE", of_guild(channel(100)));
    let late = of_guild(thread(202, 100, false));
    assert!(play.event("THREAD_CREATE", late.clone()).is_empty());
    assert_eq!(threads(&play), [201]);

    let mut resumed = Play::new(Cache::new());
    resumed.event("THREAD_CREATE", late);
    assert_eq!(threads(&resumed), [202], "nothing is known of the channels");
}

#[test]
fn a_deleted_channel_takes_its_threads_with_all_that_is_in_them() {
    for kind in [0, 15] {
        let mut play = with_threads();
        let mut parent = of_guild(channel(100));
        parent["type"] = json!(kind);
        play.event("CHANNEL_UPDATE", parent.clone());
        play.event("THREAD_MEMBERS_UPDATE", come_and_gone(200, 1, &[8], &[]));
        play.event("CHANNEL_DELETE", parent);
        assert_eq!(threads(&play), [201]);
        assert_eq!(play.cache.counts().of(Kind::ThreadMember), 0);
    }
}

#[test]
fn no_channel_becomes_a_thread_and_no_thread_a_channel() {
    let mut play = with_threads();
    let changes = play.event("CHANNEL_UPDATE", of_guild(channel(200)));
    assert!(changes.is_empty(), "{changes:?}");
    let changes = play.event("THREAD_UPDATE", of_guild(thread(100, 101, false)));
    assert!(changes.is_empty(), "{changes:?}");
    assert_eq!(threads(&play), [200, 201]);
    assert_eq!(play.channel_ids(1), [100, 101, 200, 201]);
}

#[test]
fn a_second_guild_create_forgets_who_was_in_threads_that_are_gone_or_left_meanwhile() {
    let mut play = with_threads();
    for thread in [200, 201] {
        play.event(
            "THREAD_MEMBERS_UPDATE",
            come_and_gone(thread, 2, &[7, 8], &[]),
        );
    }
    let mut second = guild(1);
    second["members"] = json!([member(8), member(99)]);
    second["threads"] = json!([thread(201, 101, false)]);
    play.event("GUILD_CREATE", second);
    assert!(members(&play, 200).is_empty());
    assert_eq!(members(&play, 201), [8]);
    assert!(play.user(7).is_none());
}

#[test]
fn who_was_in_a_thread_goes_with_it_when_a_bound_takes_it() {
    let mut play = Play::new(Cache::builder().max_entries(Kind::Thread, 2).build());
    play.ready(&[1]);
    play.event("GUILD_CREATE", guild(1));
    for id in 200..1_000 {
        play.event("THREAD_CREATE", of_guild(thread(id, 100, false)));
        play.event("THREAD_MEMBERS_UPDATE", come_and_gone(id, 2, &[7, 8], &[]));
    }
    assert_eq!(threads(&play), [998, 999]);
    assert_eq!(play.cache.counts().of(Kind::ThreadMember), 4);
    assert_eq!(members(&play, 999), [7, 8]);
}
