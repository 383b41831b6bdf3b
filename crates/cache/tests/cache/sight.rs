//! What is known of what the current user could not view, or was not told, for a while.

use polycord_cache::{Cache, Change, Kind};
use serde_json::{Value, json};

use crate::in_guild::{ban, integration, invite, rule};
use crate::messages::message;
use crate::play::{Play, channel, guild, id, member, role, thread};

const VIEW: u64 = 1 << 10;
const CONNECT: u64 = 1 << 20;
const BAN_MEMBERS: u64 = 1 << 2;
const MANAGE_CHANNELS: u64 = 1 << 4;
const MANAGE_GUILD: u64 = 1 << 5;
const ALL: u64 = VIEW | CONNECT | BAN_MEMBERS | MANAGE_CHANNELS | MANAGE_GUILD;

fn of_guild(mut value: Value) -> Value {
    value["guild_id"] = json!("1");
    value
}

/// A channel whose overwrites are told, and the last message in it.
fn open(id: u64, last: u64) -> Value {
    let mut channel = of_guild(channel(id));
    channel["permission_overwrites"] = json!([]);
    channel["last_message_id"] = json!(last.to_string());
    channel
}

fn denied(id: u64, last: u64, permissions: u64) -> Value {
    let mut channel = open(id, last);
    channel["permission_overwrites"] =
        json!([{"id": "1", "type": 0, "allow": "0", "deny": permissions.to_string()}]);
    channel
}

/// As Discord shows a channel that may not be viewed.
fn obfuscated(id: u64) -> Value {
    of_guild(
        json!({"id": id.to_string(), "type": 0, "name": "___hidden___", "position": 0,
        "flags": 1 << 17, "permission_overwrites":
            [{"id": "1", "type": 0, "allow": "0", "deny": VIEW.to_string()}]}),
    )
}

fn everyone(permissions: u64) -> Value {
    let mut role = role(1);
    role["permissions"] = json!(permissions.to_string());
    json!({"guild_id": "1", "role": role})
}

fn whole() -> Value {
    let mut whole = guild(1);
    whole["roles"] = json!([everyone(ALL)["role"]]);
    whole["members"] = json!([member(7), member(99)]);
    let mut voice = open(102, 450);
    voice["type"] = json!(2);
    whole["channels"] = json!([open(100, 500), open(101, 500), voice]);
    whole
}

/// We are in a guild, and may view, and be told, everything.
fn in_guild() -> Play {
    let mut play = Play::new(Cache::new());
    play.ready(&[1]);
    play.event("GUILD_CREATE", whole());
    play.event("MESSAGE_CREATE", message(100, 600, 7));
    play
}

fn gap(play: &Play, channel: u64) -> Option<(u64, u64)> {
    let gap = play.cache.gap(id(channel))?;
    Some((gap.after.get(), gap.until.get()))
}

#[test]
fn what_was_said_while_a_channel_could_not_be_viewed_is_a_gap() {
    for hidden in [obfuscated(100), denied(100, 600, VIEW)] {
        let mut play = in_guild();
        play.event("CHANNEL_UPDATE", hidden.clone());
        assert_eq!(play.cache.messages(id(100)).count(), 0);
        assert_eq!(gap(&play, 100), None, "nothing is known of it yet");
        play.event("CHANNEL_UPDATE", hidden);
        play.event("CHANNEL_UPDATE", open(100, 700));
        assert_eq!(gap(&play, 100), Some((600, 700)));
        let state = play.cache.read_state(id(100)).unwrap();
        assert!(state.is_estimate, "some may be unread");

        play.event("MESSAGE_CREATE", message(100, 800, 7));
        assert_eq!(gap(&play, 100), Some((600, 700)));
        play.cache.close_gap(id(100));
        assert_eq!(gap(&play, 100), None);
    }
}

#[test]
fn a_channel_in_which_nothing_was_said_meanwhile_has_no_gap() {
    let mut play = in_guild();
    play.event("CHANNEL_UPDATE", obfuscated(100));
    play.event("CHANNEL_UPDATE", open(100, 600));
    play.event("MESSAGE_CREATE", message(100, 800, 7));
    assert_eq!(gap(&play, 100), None);
    play.event("CHANNEL_UPDATE", obfuscated(100));
    play.event("CHANNEL_UPDATE", open(100, 900));
    assert_eq!(gap(&play, 100), Some((800, 900)));
}

#[test]
fn a_channel_that_a_role_shows_again_has_a_gap_up_to_the_first_message_heard() {
    let mut play = in_guild();
    play.event("GUILD_ROLE_UPDATE", everyone(0));
    assert_eq!(play.cache.messages(id(100)).count(), 0);
    play.event("GUILD_ROLE_UPDATE", everyone(ALL));
    play.event("MESSAGE_CREATE", message(100, 800, 7));
    assert_eq!(gap(&play, 100), Some((600, 799)));
    play.event("MESSAGE_CREATE", message(100, 900, 7));
    assert_eq!(gap(&play, 100), Some((600, 799)));
    assert_eq!(gap(&play, 101), None, "nothing was said");
}

#[test]
fn a_guild_told_anew_marks_what_was_said_since_a_channel_could_be_viewed() {
    for still_hidden in [true, false] {
        let mut play = in_guild();
        play.event("CHANNEL_UPDATE", obfuscated(100));
        play.ready(&[1]);
        let mut anew = whole();
        anew["channels"][0] = if still_hidden {
            obfuscated(100)
        } else {
            open(100, 700)
        };
        play.event("GUILD_CREATE", anew);
        let expected = (!still_hidden).then_some((600, 700));
        assert_eq!(gap(&play, 100), expected);
        play.event("CHANNEL_UPDATE", open(100, 750));
        let expected = if still_hidden { (600, 750) } else { (600, 700) };
        assert_eq!(gap(&play, 100), Some(expected));
    }
}

#[test]
fn a_thread_that_is_told_with_its_channel_again_has_a_gap() {
    let mut play = in_guild();
    let mut told = of_guild(thread(200, 100, false));
    play.event("THREAD_CREATE", told.clone());
    play.event("MESSAGE_CREATE", message(200, 650, 7));
    play.event("THREAD_CREATE", of_guild(thread(201, 100, false)));
    play.event("CHANNEL_UPDATE", denied(100, 600, VIEW));
    play.event("CHANNEL_UPDATE", open(100, 600));
    told["last_message_id"] = json!("670");
    let sync = json!({"guild_id": "1", "channel_ids": ["100"], "members": [], "threads": [told]});
    play.event("THREAD_LIST_SYNC", sync);
    assert_eq!(gap(&play, 200), Some((650, 670)));
    assert_eq!(gap(&play, 100), None);
    assert_eq!(gap(&play, 201), None);
}

#[test]
fn a_channel_that_is_deleted_while_it_is_hidden_leaves_nothing_to_its_namesake() {
    let mut play = in_guild();
    play.event("CHANNEL_UPDATE", obfuscated(100));
    play.event("CHANNEL_DELETE", obfuscated(100));
    play.event("CHANNEL_CREATE", open(100, 700));
    assert_eq!(gap(&play, 100), None);
}

#[test]
fn a_voice_channel_that_could_be_viewed_only_from_within_is_not_after_one_left_it() {
    let connect = |channel: Value| {
        json!({"channel_id": channel, "user_id": "99", "guild_id": "1", "session_id": "s", "deaf": false,
            "mute": false, "self_deaf": false, "self_mute": false, "self_video": false, "suppress": false,
            "request_to_speak_timestamp": null})
    };
    let mut hidden = denied(102, 450, VIEW);
    hidden["type"] = json!(2);

    let mut play = in_guild();
    play.event("VOICE_STATE_UPDATE", connect(json!("102")));
    play.event("MESSAGE_CREATE", message(102, 610, 7));
    play.event("CHANNEL_UPDATE", hidden.clone());
    assert_eq!(
        play.cache.messages(id(102)).count(),
        1,
        "who is in it may view it"
    );
    play.event("VOICE_STATE_UPDATE", connect(json!(null)));
    assert_eq!(play.cache.messages(id(102)).count(), 0);
    play.event("MESSAGE_CREATE", message(102, 630, 7));
    assert_eq!(gap(&play, 102), Some((610, 629)));

    let mut play = in_guild();
    play.event("MESSAGE_CREATE", message(102, 610, 7));
    play.event("CHANNEL_UPDATE", hidden);
    assert_eq!(play.cache.messages(id(102)).count(), 0);
}

/// Something of each kind of which only those hear who may moderate.
fn moderated() -> Play {
    let mut play = in_guild();
    play.event("INTEGRATION_CREATE", integration(800));
    play.event("AUTO_MODERATION_RULE_CREATE", rule(900));
    play.event("INVITE_CREATE", invite("rust", 100));
    play.event("INVITE_CREATE", invite("ferris", 101));
    play.event("GUILD_BAN_ADD", ban(50));
    assert_eq!(known(&play), [1, 1, 2, 1]);
    play
}

/// How many integrations, rules, invites and bans are known.
fn known(play: &Play) -> [usize; 4] {
    let counts = play.cache.counts();
    [
        Kind::Integration,
        Kind::AutoModerationRule,
        Kind::Invite,
        Kind::Ban,
    ]
    .map(|kind| counts.of(kind))
}

fn forgotten(changes: &[Change]) -> Vec<Kind> {
    let kinds = changes.iter().filter_map(|change| match change {
        Change::Forgotten { kind, .. } => Some(*kind),
        Change::Ban(_) | Change::Invite(_) | Change::AutoModerationRule(_) => {
            panic!("nobody knows whether they are gone: {change:?}")
        }
        _ => None,
    });
    kinds.collect()
}

#[test]
fn bans_rules_and_invites_do_not_go_stale_once_nobody_tells_of_them() {
    for (lost, left, kind) in [
        (BAN_MEMBERS, [1, 1, 2, 0], Kind::Ban),
        (MANAGE_GUILD, [1, 0, 2, 1], Kind::AutoModerationRule),
        (MANAGE_CHANNELS, [1, 1, 0, 1], Kind::Invite),
    ] {
        let mut play = moderated();
        let changes = play.event("GUILD_ROLE_UPDATE", everyone(ALL & !lost));
        assert_eq!(forgotten(&changes), [kind]);
        assert_eq!(known(&play), left);
        let again = play.event("GUILD_ROLE_UPDATE", everyone(ALL & !lost));
        assert!(again.is_empty(), "{again:?}");
        let changes = play.event("GUILD_ROLE_UPDATE", everyone(ALL));
        assert_eq!(changes.len(), 1, "what is told from now on is not yet");
    }
    let mut play = moderated();
    play.event("GUILD_ROLE_UPDATE", everyone(1 << 3));
    assert_eq!(
        known(&play),
        [1, 1, 2, 1],
        "an administrator is told everything"
    );
}

#[test]
fn ten_thousand_losses_and_gains_of_sight_leave_nothing() {
    let mut play = in_guild();
    let hide_and_show = |play: &mut Play, n: u64| {
        play.event("THREAD_CREATE", of_guild(thread(10_000 + n, 100, false)));
        play.event("MESSAGE_CREATE", message(10_000 + n, 20_000 + n, 7));
        play.event("CHANNEL_UPDATE", obfuscated(100));
        play.event("CHANNEL_UPDATE", open(100, 600));
        // The thread was deleted meanwhile, which nobody told.
        let sync = json!({"guild_id": "1", "channel_ids": ["100"], "members": [], "threads": []});
        play.event("THREAD_LIST_SYNC", sync);
    };
    (0..100).for_each(|n| hide_and_show(&mut play, n));
    let before = play.cache.counts();
    (100..10_100).for_each(|n| hide_and_show(&mut play, n));
    assert_eq!(play.cache.counts(), before, "in bytes, too");
    assert_eq!(play.cache.audit(), Vec::<String>::new());
}

#[test]
fn invites_to_a_channel_that_may_not_be_managed_any_more_are_forgotten_and_no_others() {
    let mut play = moderated();
    let changes = play.event("CHANNEL_UPDATE", denied(100, 600, MANAGE_CHANNELS));
    assert_eq!(forgotten(&changes), [Kind::Invite]);
    assert!(play.cache.invite("rust").is_none());
    assert!(play.cache.invite("ferris").is_some());
    assert_eq!(play.cache.messages(id(100)).count(), 1, "it can be viewed");
}

#[test]
fn who_owns_the_guild_no_more_is_not_told_everything_any_more() {
    let mut play = Play::new(Cache::new());
    play.ready(&[1]);
    let mut own = whole();
    own["owner_id"] = json!("99");
    own["roles"] = json!([everyone(VIEW)["role"]]);
    play.event("GUILD_CREATE", own.clone());
    play.event("GUILD_BAN_ADD", ban(50));
    assert!(play.cache.ban(id(1), id(50)).is_some());
    play.event(
        "GUILD_UPDATE",
        json!({"id": "1", "name": "guild 1", "owner_id": "7", "roles": own["roles"], "emojis": []}),
    );
    assert!(play.cache.ban(id(1), id(50)).is_none());
}

#[test]
fn a_pin_that_was_taken_off_while_the_channel_could_not_be_viewed_is_not_shown() {
    let pin =
        |last: Value| json!({"guild_id": "1", "channel_id": "100", "last_pin_timestamp": last});
    let last = |play: &Play| play.channel(100).unwrap().last_pin_timestamp.is_some();

    let mut play = in_guild();
    play.event(
        "CHANNEL_PINS_UPDATE",
        pin(json!("2026-02-01T00:00:00+00:00")),
    );
    play.event("CHANNEL_UPDATE", open(100, 600));
    assert!(
        last(&play),
        "an event that is silent about pins says nothing"
    );
    for hidden in [denied(100, 600, VIEW), obfuscated(100)] {
        play.event(
            "CHANNEL_PINS_UPDATE",
            pin(json!("2026-02-01T00:00:00+00:00")),
        );
        play.event("CHANNEL_UPDATE", hidden);
        play.event("CHANNEL_UPDATE", open(100, 600));
        assert!(!last(&play));
    }
}
