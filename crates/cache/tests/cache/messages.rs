//! Messages, their reactions and polls.

use polycord_cache::{Cache, CachedMessage, Change, Delta, Kind};
use polycord_types::emoji::Emoji;
use serde_json::{Value, json};

use crate::play::{Play, guild, id, secs, user};

/// Us, as READY says.
const ME: u64 = 99;

pub(crate) fn message(channel: u64, message: u64, author: u64) -> Value {
    json!({"id": message.to_string(), "channel_id": channel.to_string(), "guild_id": "1",
        "author": user(author), "content": format!("message {message}"),
        "timestamp": "2026-01-01T00:00:00.000000+00:00", "edited_timestamp": null, "tts": false,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [],
        "embeds": [], "pinned": false, "type": 0, "flags": 0})
}

pub(crate) fn direct(channel: u64, id: u64, author: u64) -> Value {
    let mut direct = message(channel, id, author);
    direct.as_object_mut().unwrap().remove("guild_id");
    direct
}

fn delete(channel: u64, message: u64) -> Value {
    json!({"id": message.to_string(), "channel_id": channel.to_string(), "guild_id": "1"})
}

fn reaction(message: u64, who: u64, emoji: &str, burst: bool) -> Value {
    json!({"user_id": who.to_string(), "channel_id": "100", "message_id": message.to_string(),
        "guild_id": "1", "emoji": {"id": null, "name": emoji}, "burst": burst,
        "type": u8::from(burst)})
}

/// In guild 1 with channels 100 and 101, members 7 and 8, and ourselves.
pub(crate) fn in_guild(cache: Cache) -> Play {
    let mut play = Play::new(cache);
    play.ready(&[1]);
    play.event("GUILD_CREATE", guild(1));
    play
}

fn get(play: &Play, channel: u64, message: u64) -> Option<CachedMessage> {
    play.cache.message(id(channel), id(message))
}

fn ids(play: &Play, channel: u64) -> Vec<u64> {
    let messages = play.cache.messages(id(channel));
    messages.map(|message| message.id().get()).collect()
}

/// Count, super reactions, whether one is ours, whether a super reaction is ours: of each emoji.
fn reactions(play: &Play, message: u64) -> Vec<(String, u32, u32, bool, bool)> {
    let message = get(play, 100, message).unwrap();
    let reactions = message.reactions().iter().map(|it| {
        assert_eq!(it.count(), it.normal_count() + it.burst_count());
        let name = it.emoji_name().unwrap().to_owned();
        (
            name,
            it.count(),
            it.burst_count(),
            it.is_own(),
            it.is_own_burst(),
        )
    });
    reactions.collect()
}

#[test]
fn a_message_is_found_by_id_and_told_as_discord_sends_it() {
    let mut play = in_guild(Cache::new());
    let mut sent = message(100, 500, 7);
    sent["mentions"] = json!([user(8)]);
    sent["embeds"] = json!([{"title": "An embed", "fields": []}]);
    sent["pinned"] = json!(true);
    sent["type"] = json!(19);
    sent["message_reference"] = json!({"message_id": "400", "channel_id": "100"});
    sent["nonce"] = json!("1");
    sent["flags"] = json!(4);
    let changes = play.event("MESSAGE_CREATE", sent.clone());
    assert!(
        matches!(
            &changes[..],
            [Change::Message(Delta::Added(_)), Change::ReadState(_)]
        ),
        "{changes:?}"
    );

    let cached = get(&play, 100, 500).unwrap();
    assert_eq!(
        (cached.guild_id(), cached.channel_id()),
        (Some(id(1)), id(100))
    );
    assert_eq!(
        (cached.content(), cached.author_id()),
        ("message 500", id(7))
    );
    assert_eq!(cached.author(&play.cache).unwrap().username, "user 7");
    assert_eq!(cached.mentions(), [id(8)]);
    assert!(cached.is_pinned());
    sent.as_object_mut().unwrap().remove("nonce");
    let told: polycord_types::message::Message = serde_json::from_value(sent).unwrap();
    assert_eq!(cached.to_message(&play.cache), told);
    assert!(get(&play, 101, 500).is_none(), "it is in one channel");
    assert_eq!(play.cache.counts().of(Kind::Message), 1);
}

#[test]
fn a_channel_keeps_its_newest_messages_in_whatever_order_they_come() {
    let mut play = in_guild(Cache::builder().messages_per_channel(3).build());
    for it in [500, 502, 501, 499, 504, 503, 498] {
        play.event("MESSAGE_CREATE", message(100, it, 7));
    }
    play.event("MESSAGE_CREATE", message(101, 700, 7));
    assert_eq!(ids(&play, 100), [504, 503, 502]);
    assert_eq!(ids(&play, 101), [700]);
    assert_eq!(play.cache.counts().of(Kind::Message), 4);
    assert_eq!(play.channel(100).unwrap().last_message_id, Some(id(504)));
}

#[test]
fn a_cap_of_zero_keeps_none() {
    let mut play = in_guild(Cache::builder().messages_per_channel(0).build());
    play.event("MESSAGE_CREATE", message(100, 500, 7));
    let changes = play.event("MESSAGE_UPDATE", message(100, 500, 7));
    assert!(changes.is_empty(), "{changes:?}");
    assert_eq!(play.cache.counts().of(Kind::Message), 0);
    assert!(!play.cache.is_enabled(Kind::Message));
    assert_eq!(
        play.cache.read_state(id(100)).unwrap().unread,
        1,
        "which needs no message"
    );
}

#[test]
fn a_message_that_comes_twice_is_one_message_and_evicts_no_other() {
    let mut play = in_guild(Cache::builder().messages_per_channel(3).build());
    for it in [500, 501, 502] {
        play.event("MESSAGE_CREATE", message(100, it, 7));
        assert!(play.event("MESSAGE_CREATE", message(100, it, 7)).is_empty());
    }
    assert_eq!(ids(&play, 100), [502, 501, 500]);
    play.event("MESSAGE_CREATE", message(100, 503, 7));
    assert!(
        play.event("MESSAGE_CREATE", message(100, 500, 7))
            .is_empty()
    );
    assert_eq!(ids(&play, 100), [503, 502, 501]);
}

#[test]
fn an_update_of_a_message_that_is_not_cached_is_told_and_not_kept() {
    let mut play = in_guild(Cache::new());
    play.event("MESSAGE_CREATE", message(100, 500, 7));
    let changes = play.event("MESSAGE_UPDATE", message(100, 400, 7));
    let [Change::UncachedMessageUpdated { new }] = &changes[..] else {
        panic!("{changes:?}")
    };
    assert_eq!((new.id(), new.content()), (id(400), "message 400"));
    assert_eq!(ids(&play, 100), [500]);
    let changes = play.event("MESSAGE_DELETE", delete(100, 400));
    assert!(
        matches!(&changes[..], [Change::MessagesRemoved { ids, old, .. }]
            if *ids == [id(400)] && old.is_empty()),
        "{changes:?}"
    );
}

#[test]
fn an_update_keeps_what_it_cannot_know() {
    let mut play = in_guild(Cache::new());
    let mut sent = message(100, 500, 7);
    sent["tts"] = json!(true);
    play.event("MESSAGE_CREATE", sent);
    play.event("MESSAGE_REACTION_ADD", reaction(500, ME, "🦀", false));
    play.event("MESSAGE_REACTION_ADD", reaction(500, 7, "🦀", false));
    let mut edited = message(100, 500, 7);
    edited["content"] = json!("edited");
    edited["edited_timestamp"] = json!("2026-01-02T00:00:00.000000+00:00");
    let changes = play.event("MESSAGE_UPDATE", edited.clone());
    let [Change::Message(Delta::Updated { old, new })] = &changes[..] else {
        panic!("{changes:?}")
    };
    assert_eq!((old.content(), new.content()), ("message 500", "edited"));
    assert!(new.is_tts());
    assert!(old.edited_timestamp().is_none() && new.edited_timestamp().is_some());
    assert_eq!(
        reactions(&play, 500),
        [("🦀".to_owned(), 2, 0, true, false)]
    );
    assert!(play.event("MESSAGE_UPDATE", edited.clone()).is_empty());

    edited["reactions"] = json!([{"count": 5, "count_details": {"burst": 1, "normal": 4},
        "me": false, "me_burst": false, "emoji": {"id": null, "name": "🦀"}, "burst_colors": []}]);
    play.event("MESSAGE_UPDATE", edited);
    assert_eq!(
        reactions(&play, 500),
        [("🦀".to_owned(), 5, 1, true, false)]
    );
}

#[test]
fn deleted_messages_are_gone_and_many_are_one_change() {
    let mut play = in_guild(Cache::new());
    for it in 500..505 {
        play.event("MESSAGE_CREATE", message(100, it, 7));
    }
    let changes = play.event("MESSAGE_DELETE", delete(100, 500));
    let removed = |change: &Change| matches!(change, Change::Message(Delta::Removed(old)) if old.id() == id(500));
    assert_eq!(
        changes.iter().filter(|it| removed(it)).count(),
        1,
        "{changes:?}"
    );
    assert!(get(&play, 100, 500).is_none());

    let changes = play.event(
        "MESSAGE_DELETE_BULK",
        json!({"ids": ["501", "502", "77"], "channel_id": "100", "guild_id": "1"}),
    );
    let bulk: Vec<_> = changes
        .iter()
        .filter_map(|change| match change {
            Change::MessagesRemoved { ids, old, .. } => Some((ids.len(), old.len())),
            _ => None,
        })
        .collect();
    assert_eq!(bulk, [(3, 2)]);
    assert_eq!(ids(&play, 100), [504, 503]);
    // A message that was deleted does not come back when its making is told once more.
    assert!(
        play.event("MESSAGE_CREATE", message(100, 502, 7))
            .is_empty()
    );
    assert_eq!(ids(&play, 100), [504, 503]);
}

#[test]
fn an_ephemeral_message_is_nowhere() {
    let mut play = in_guild(Cache::new());
    for mut sent in [
        message(100, 500, 7),
        direct(100, 501, 7),
        direct(900, 502, 7),
    ] {
        sent["flags"] = json!(64);
        let changes = play.event("MESSAGE_CREATE", sent);
        let told = changes.iter().any(|change| {
            matches!(
                change,
                Change::Message(_) | Change::ReadState(_) | Change::DmChannel(_)
            )
        });
        assert!(!told, "{changes:?}");
    }
    assert_eq!(play.cache.counts().of(Kind::Message), 0);
    assert_eq!(play.cache.counts().of(Kind::DmChannel), 0);
    assert!(play.cache.read_state(id(100)).is_none());
    assert_eq!(play.channel(100).unwrap().last_message_id, None);
}

#[test]
fn a_guild_message_that_names_no_guild_is_no_direct_one() {
    let mut play = in_guild(Cache::new());
    play.event("MESSAGE_CREATE", direct(100, 500, 7));
    assert_eq!(get(&play, 100, 500).unwrap().guild_id(), Some(id(1)));
    assert_eq!(play.cache.counts().of(Kind::DmChannel), 0);
}

#[test]
fn reactions_are_counted_by_emoji_and_kind_and_once_each() {
    let mut play = in_guild(Cache::new());
    play.event("MESSAGE_CREATE", message(100, 500, 7));
    let steps = [
        ("ADD", 7, "a", true, vec![("a", 1, 1, false, false)]),
        ("ADD", 7, "a", true, vec![("a", 1, 1, false, false)]),
        ("ADD", 8, "a", false, vec![("a", 2, 1, false, false)]),
        ("ADD", ME, "a", false, vec![("a", 3, 1, true, false)]),
        ("ADD", ME, "a", false, vec![("a", 3, 1, true, false)]),
        (
            "ADD",
            ME,
            "b",
            true,
            vec![("a", 3, 1, true, false), ("b", 1, 1, false, true)],
        ),
        (
            "REMOVE",
            7,
            "a",
            true,
            vec![("a", 2, 0, true, false), ("b", 1, 1, false, true)],
        ),
        (
            "REMOVE",
            7,
            "a",
            true,
            vec![("a", 2, 0, true, false), ("b", 1, 1, false, true)],
        ),
        (
            "ADD",
            7,
            "a",
            true,
            vec![("a", 3, 1, true, false), ("b", 1, 1, false, true)],
        ),
        ("REMOVE", ME, "b", true, vec![("a", 3, 1, true, false)]),
        ("REMOVE", ME, "a", false, vec![("a", 2, 1, false, false)]),
        ("REMOVE", ME, "a", false, vec![("a", 2, 1, false, false)]),
    ];
    for (number, (what, who, emoji, burst, expected)) in steps.into_iter().enumerate() {
        let event = format!("MESSAGE_REACTION_{what}");
        play.event(&event, reaction(500, who, emoji, burst));
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(name, a, b, c, d)| (name.to_owned(), a, b, c, d))
            .collect();
        assert_eq!(reactions(&play, 500), expected, "step {number}");
    }
}

#[test]
fn reactions_that_are_taken_away_at_once_may_come_again() {
    let mut play = in_guild(Cache::new());
    play.event("MESSAGE_CREATE", message(100, 500, 7));
    for emoji in ["a", "b"] {
        play.event("MESSAGE_REACTION_ADD", reaction(500, 7, emoji, false));
    }
    let one = json!({"channel_id": "100", "message_id": "500", "guild_id": "1",
        "emoji": {"id": null, "name": "a"}});
    play.event("MESSAGE_REACTION_REMOVE_EMOJI", one.clone());
    assert_eq!(
        reactions(&play, 500),
        [("b".to_owned(), 1, 0, false, false)]
    );
    assert!(play.event("MESSAGE_REACTION_REMOVE_EMOJI", one).is_empty());
    play.event("MESSAGE_REACTION_ADD", reaction(500, 7, "a", false));
    assert_eq!(reactions(&play, 500).len(), 2);
    let all = json!({"channel_id": "100", "message_id": "500", "guild_id": "1"});
    play.event("MESSAGE_REACTION_REMOVE_ALL", all);
    assert!(reactions(&play, 500).is_empty());
    play.event("MESSAGE_REACTION_ADD", reaction(500, 7, "b", false));
    assert_eq!(
        reactions(&play, 500),
        [("b".to_owned(), 1, 0, false, false)]
    );
}

#[test]
fn a_reaction_of_ours_that_came_with_the_message_is_not_counted_again() {
    let mut play = in_guild(Cache::new());
    let mut sent = message(100, 500, 7);
    sent["reactions"] = json!([{"count": 1, "count_details": {"burst": 0, "normal": 1},
        "me": true, "me_burst": false, "emoji": {"id": "55", "name": "crab"}, "burst_colors": []}]);
    play.event("MESSAGE_CREATE", sent);
    let mut added = reaction(500, ME, "renamed", false);
    added["emoji"]["id"] = json!("55");
    assert!(play.event("MESSAGE_REACTION_ADD", added).is_empty());
    assert_eq!(
        reactions(&play, 500),
        [("crab".to_owned(), 1, 0, true, false)]
    );
    let emoji = Emoji {
        id: Some(id(55)),
        ..Emoji::default()
    };
    assert!(get(&play, 100, 500).unwrap().reactions()[0].is_with(&emoji));
}

#[test]
fn reactions_to_a_message_that_is_not_cached_count_nothing() {
    let mut play = in_guild(Cache::new());
    let changes = play.event("MESSAGE_REACTION_ADD", reaction(500, 7, "a", false));
    assert!(changes.is_empty(), "{changes:?}");
    assert_eq!(play.cache.counts().of(Kind::Message), 0);
}

#[test]
fn votes_are_counted_until_the_poll_is_over() {
    let mut play = in_guild(Cache::new());
    let mut sent = message(100, 500, 7);
    sent["poll"] = json!({"question": {"text": "?"}, "answers": [
            {"answer_id": 1, "poll_media": {"text": "yes"}},
            {"answer_id": 2, "poll_media": {"text": "no"}}],
        "expiry": null, "allow_multiselect": false, "layout_type": 1});
    play.event("MESSAGE_CREATE", sent.clone());
    let vote = |who: u64, answer: u32| {
        json!({"user_id": who.to_string(), "channel_id": "100", "message_id": "500",
            "guild_id": "1", "answer_id": answer})
    };
    let votes = |play: &Play| {
        let message = get(play, 100, 500).unwrap();
        let results = message.poll().unwrap().results.as_ref().unwrap();
        let mut counts: Vec<_> = results
            .answer_counts
            .iter()
            .map(|it| (it.id, it.count))
            .collect();
        counts.sort_unstable();
        counts
    };
    for (who, answer) in [(7, 1), (7, 1), (8, 2), (6, 2)] {
        play.event("MESSAGE_POLL_VOTE_ADD", vote(who, answer));
    }
    assert_eq!(votes(&play), [(1, 1), (2, 2)]);
    play.event("MESSAGE_POLL_VOTE_REMOVE", vote(6, 2));
    play.event("MESSAGE_POLL_VOTE_REMOVE", vote(6, 2));
    assert_eq!(votes(&play), [(1, 1), (2, 1)]);
    // Results that are not told are not none.
    play.event("MESSAGE_UPDATE", sent.clone());
    assert_eq!(votes(&play), [(1, 1), (2, 1)]);
    sent["poll"]["results"] = json!({"is_finalized": true, "answer_counts": [
        {"id": 1, "count": 4, "me_voted": false}]});
    play.event("MESSAGE_UPDATE", sent);
    assert!(play.event("MESSAGE_POLL_VOTE_ADD", vote(5, 1)).is_empty());
    assert_eq!(votes(&play), [(1, 4)]);
}

#[test]
fn what_was_said_in_a_channel_goes_with_it() {
    let mut play = in_guild(Cache::new());
    let thread = |archived| {
        let mut thread = crate::play::thread(300, 100, archived);
        thread["guild_id"] = json!("1");
        thread
    };
    let fill = |play: &mut Play, from: u64| {
        for (channel, message_id) in [(100, from), (300, from + 1), (101, from + 2)] {
            play.event("MESSAGE_CREATE", message(channel, message_id, 7));
        }
    };
    play.event("THREAD_CREATE", thread(false));
    fill(&mut play, 500);
    play.event("THREAD_UPDATE", thread(true));
    assert_eq!(
        (ids(&play, 300), ids(&play, 100).len()),
        (vec![], 1),
        "archived"
    );
    assert!(play.cache.read_state(id(300)).is_none());

    play.event("THREAD_UPDATE", thread(false));
    fill(&mut play, 510);
    let deleted = json!({"id": "300", "guild_id": "1", "parent_id": "100", "type": 11});
    play.event("THREAD_DELETE", deleted);
    assert_eq!(
        (ids(&play, 300), ids(&play, 100).len()),
        (vec![], 2),
        "deleted"
    );

    play.event("THREAD_CREATE", thread(false));
    fill(&mut play, 520);
    let mut gone = crate::play::channel(100);
    gone["guild_id"] = json!("1");
    let changes = play.event("CHANNEL_DELETE", gone);
    let bulks = changes.iter().filter_map(|change| match change {
        Change::MessagesRemoved { ids, old, .. } => Some((ids.len(), old.len())),
        _ => None,
    });
    let mut bulks: Vec<_> = bulks.collect();
    bulks.sort_unstable();
    assert_eq!(bulks, [(1, 1), (3, 3)]);
    assert_eq!(ids(&play, 300).len() + ids(&play, 100).len(), 0);
    assert_eq!(ids(&play, 101).len(), 3);

    play.event("GUILD_DELETE", json!({"id": "1"}));
    for kind in [Kind::Message, Kind::ReadState, Kind::User] {
        let own = usize::from(kind == Kind::User);
        assert_eq!(play.cache.counts().of(kind), own, "{}", kind.name());
    }
    assert_eq!(ids(&play, 101).len(), 0);
}

#[test]
fn a_second_guild_create_leaves_no_messages_of_channels_that_are_gone() {
    let mut play = in_guild(Cache::new());
    for (channel, it) in [(100, 500), (101, 501), (888, 502)] {
        play.event("MESSAGE_CREATE", message(channel, it, 7));
    }
    assert_eq!(ids(&play, 888), [502], "of a thread that is not known");
    let mut second = guild(1);
    second["channels"] = json!([crate::play::channel(101)]);
    play.event("GUILD_CREATE", second);
    assert_eq!(play.cache.counts().of(Kind::Message), 1);
    assert_eq!(ids(&play, 101), [501]);
}

#[test]
fn ten_thousand_webhook_messages_leave_no_user() {
    let mut play = in_guild(Cache::new());
    let before = play.cache.counts().of(Kind::User);
    for it in 0..10_000 {
        let mut sent = message(100, 1_000 + it, 5_000_000 + it);
        sent["webhook_id"] = json!((5_000_000 + it).to_string());
        play.event("MESSAGE_CREATE", sent);
    }
    assert_eq!(play.cache.counts().of(Kind::User), before);
    assert_eq!(play.cache.counts().of(Kind::Member), 2);
    let last = get(&play, 100, 10_999).unwrap();
    let author = last.author(&play.cache).unwrap();
    assert_eq!(author.username, "user 5009999", "as it called itself");
    assert_eq!(last.webhook_id(), Some(id(5_009_999)));
}

#[test]
fn a_user_lives_as_long_as_a_message_needs_them() {
    let mut play = in_guild(Cache::builder().messages_per_channel(2).build());
    let mut sent = message(100, 500, 8);
    sent["mentions"] = json!([user(55)]);
    play.event("MESSAGE_CREATE", sent.clone());
    assert_eq!(play.user(55).unwrap().name(), "user 55");
    play.leaves(1, 8);
    assert!(play.member(1, 8).is_none());
    assert!(play.user(8).is_some(), "who wrote a message");

    sent["mentions"] = json!([]);
    let changes = play.event("MESSAGE_UPDATE", sent);
    assert!(play.user(55).is_none());
    assert!(
        changes
            .iter()
            .any(|it| matches!(it, Change::User(Delta::Removed(_))))
    );
    for it in [501, 502] {
        assert!(play.user(8).is_some());
        play.event("MESSAGE_CREATE", message(100, it, 7));
    }
    assert!(play.user(8).is_none(), "the message was crowded out");
    assert!(play.user(7).is_some());
}

#[test]
fn a_message_that_expires_makes_room_in_its_channel() {
    let cache = Cache::builder()
        .ttl(Kind::Message, secs(60))
        .messages_per_channel(3)
        .build();
    let mut play = in_guild(cache);
    for it in 500..503 {
        play.event("MESSAGE_CREATE", message(100, it, 55));
    }
    play.now = secs(61);
    let _ = play.cache.tick(play.now);
    assert!(get(&play, 100, 502).is_none());
    assert_eq!(ids(&play, 100).len(), 0);
    for it in 503..506 {
        play.event("MESSAGE_CREATE", message(100, it, 7));
    }
    assert_eq!(ids(&play, 100), [505, 504, 503]);
    play.cache.sweep(play.now);
    assert_eq!(play.cache.counts().of(Kind::Message), 3);
    assert!(play.user(55).is_none());
}

#[test]
fn messages_stay_as_they_were_while_they_are_read() {
    let mut play = in_guild(Cache::new());
    for it in 500..503 {
        play.event("MESSAGE_CREATE", message(100, it, 7));
    }
    let mut reading = play.cache.messages(id(100));
    assert_eq!(reading.next().unwrap().id(), id(502));
    play.event("MESSAGE_DELETE", delete(100, 501));
    play.event("MESSAGE_CREATE", message(100, 504, 7));
    let rest: Vec<_> = reading.map(|message| message.id().get()).collect();
    assert_eq!(rest, [501, 500]);
    let view = play.cache.view(id(1)).unwrap();
    let of_view: Vec<_> = view.messages(id(100)).map(|it| it.id().get()).collect();
    assert_eq!(of_view, [504, 502, 500]);
}

#[test]
fn a_thread_counts_its_messages_and_a_channel_knows_its_last() {
    let mut play = in_guild(Cache::new());
    let mut thread = crate::play::thread(300, 100, false);
    thread["guild_id"] = json!("1");
    thread["message_count"] = json!(0);
    thread["total_message_sent"] = json!(0);
    play.event("THREAD_CREATE", thread.clone());
    let mut starter = message(300, 300, 7);
    starter["type"] = json!(21);
    play.event("MESSAGE_CREATE", starter);
    for it in [500, 501, 501, 502] {
        play.event("MESSAGE_CREATE", message(300, it, 7));
    }
    play.event("MESSAGE_DELETE", delete(300, 501));
    play.event("MESSAGE_DELETE", delete(300, 501));
    let told = play.channel(300).unwrap();
    assert_eq!(
        (told.message_count, told.total_message_sent),
        (Some(2), Some(3))
    );
    assert_eq!(told.last_message_id, Some(id(502)));
    // What an event of the channel tells later is older.
    thread["last_message_id"] = json!("500");
    play.event("THREAD_UPDATE", thread);
    assert_eq!(play.channel(300).unwrap().last_message_id, Some(id(502)));
}
