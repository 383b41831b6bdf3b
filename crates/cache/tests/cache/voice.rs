//! Who is connected to voice channels, and what the application is entitled to.

use fastrand::Rng;
use polycord_cache::{Cache, Change, Delta, Kind, Signal};
use polycord_types::id::ChannelId;
use serde_json::{Value, json};

use crate::play::{Play, channel, guild, id, member};

const ME: u64 = 99;

fn state(guild: u64, user: u64, channel: Option<u64>) -> Value {
    json!({"guild_id": guild.to_string(), "channel_id": channel.map(|id| id.to_string()),
        "user_id": user.to_string(), "session_id": "s", "deaf": false, "mute": false,
        "self_deaf": false, "self_mute": false, "self_video": false, "suppress": false,
        "request_to_speak_timestamp": null})
}

fn goes(play: &mut Play, guild: u64, user: u64, channel: Option<u64>) -> Vec<Change> {
    play.event("VOICE_STATE_UPDATE", state(guild, user, channel))
}

fn there(play: &Play, channel: u64) -> Vec<u64> {
    let states = play.cache.voice_members(id(channel));
    let users: Vec<_> = states.iter().map(|state| state.user_id().get()).collect();
    assert_eq!(play.cache.voice_users(id(channel)), users.len());
    users
}

/// In guilds 1 and 2, with a voice server in each, connected to 100 and 1100.
fn connected() -> Play {
    let mut play = Play::new(Cache::new());
    play.ready(&[]);
    for number in [1, 2] {
        let mut whole = guild(number);
        whole["members"] = json!([member(7), member(8), member(ME)]);
        whole["member_count"] = json!(3);
        play.event("GUILD_CREATE", whole);
        goes(&mut play, number, ME, Some((number - 1) * 1_000 + 100));
        let server =
            json!({"guild_id": number.to_string(), "token": "do-not-tell", "endpoint": "e:443"});
        play.event("VOICE_SERVER_UPDATE", server);
    }
    play
}

#[test]
fn somebody_comes_changes_and_goes() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let changes = goes(&mut play, 1, 7, Some(100));
    assert!(
        matches!(&changes[..], [Change::Voice(Delta::Added(_))]),
        "{changes:?}"
    );
    assert!(
        goes(&mut play, 1, 7, Some(100)).is_empty(),
        "the same again"
    );
    assert_eq!((there(&play, 100), there(&play, 101)), (vec![7], vec![]));

    let data = state(1, 7, Some(101)).to_string();
    let event = polycord_types::gateway::Event::decode("VOICE_STATE_UPDATE", &data).unwrap();
    let changes = play.cache.apply(&event, play.now);
    let [from, to] = [id(100), id(101)];
    let user = id(7);
    assert_eq!(
        changes.signals(),
        [
            Signal::VoiceStateUpdated { channel: from },
            Signal::VoiceStateUpdated { channel: to },
            Signal::VoiceMoved {
                user,
                from: Some(from),
                to: Some(to)
            },
        ]
    );
    assert_eq!((there(&play, 100), there(&play, 101)), (vec![], vec![7]));

    let mut muted = state(1, 7, Some(101));
    muted["mute"] = json!(true);
    muted["self_stream"] = json!(true);
    let changes = play.event("VOICE_STATE_UPDATE", muted);
    assert_eq!(changes.len(), 2, "the state and the member: {changes:?}");
    let now = play.cache.voice_state(id(1), id(7)).unwrap();
    assert!(now.is_mute() && now.is_streaming() && !now.is_deaf());
    assert!(play.member(1, 7).unwrap().is_mute());

    let changes = goes(&mut play, 1, 7, None);
    assert!(
        matches!(changes.last(), Some(Change::Voice(Delta::Removed(_)))),
        "{changes:?}"
    );
    assert!(goes(&mut play, 1, 7, None).is_empty());
    assert!(there(&play, 101).is_empty());
}

#[test]
fn the_member_in_a_voice_state_may_be_older_than_the_state() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let mut told = state(1, 9, Some(100));
    told["mute"] = json!(true);
    told["member"] = member(9);
    play.event("VOICE_STATE_UPDATE", told);
    assert!(play.member(1, 9).unwrap().is_mute());
    assert!(play.user(9).is_some());
}

#[test]
fn who_left_the_guild_is_not_brought_back_by_the_end_of_their_call() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    goes(&mut play, 1, 7, Some(100));
    let changes = play.leaves(1, 7);
    let about_voice = |change: &&Change| matches!(change, Change::Voice(_));
    assert_eq!(changes.iter().filter(about_voice).count(), 1);
    assert!(there(&play, 100).is_empty());
    let mut late = state(1, 7, None);
    late["member"] = member(7);
    assert!(play.event("VOICE_STATE_UPDATE", late).is_empty());
    assert!(play.member(1, 7).is_none() && play.user(7).is_none());
}

#[test]
fn a_whole_guild_tells_who_is_connected_and_who_is_not_any_more() {
    let mut play = Play::new(Cache::new());
    let mut whole = guild(1);
    let mut listed = state(1, 7, Some(100));
    listed.as_object_mut().unwrap().remove("guild_id");
    whole["voice_states"] = json!([listed]);
    play.event("GUILD_CREATE", whole);
    assert_eq!(there(&play, 100), [7]);
    play.event("GUILD_DELETE", json!({"id": "1", "unavailable": true}));
    assert_eq!(there(&play, 100), [7], "an outage");
    let changes = play.event("GUILD_CREATE", guild(1));
    assert!(
        matches!(&changes[0], Change::Voice(Delta::Removed(_))),
        "{changes:?}"
    );
    assert!(there(&play, 100).is_empty());
    goes(&mut play, 1, 8, Some(101));
    play.event("GUILD_DELETE", json!({"id": "1"}));
    assert_eq!(play.cache.voice_users(id(101)), 0);
    assert_eq!(play.cache.counts().of(Kind::VoiceState), 0);
}

#[test]
fn a_channel_that_goes_takes_those_who_are_in_it_and_not_those_who_were() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    goes(&mut play, 1, 7, Some(100));
    goes(&mut play, 1, 8, Some(100));
    goes(&mut play, 1, 7, Some(101));
    let mut deleted = channel(100);
    deleted["guild_id"] = json!("1");
    play.event("CHANNEL_DELETE", deleted);
    assert_eq!(there(&play, 101), [7]);
    assert!(play.cache.voice_state(id(1), id(8)).is_none());
    assert_eq!(play.cache.voice_users(id(100)), 0);
    assert!(goes(&mut play, 1, 8, None).is_empty(), "said already");
}

#[test]
fn a_call_in_direct_messages_is_no_voice_state() {
    let mut play = Play::new(Cache::new());
    let mut call = state(1, 7, Some(100));
    call["guild_id"] = Value::Null;
    assert!(play.event("VOICE_STATE_UPDATE", call).is_empty());
    assert_eq!(play.cache.counts().of(Kind::VoiceState), 0);
}

#[test]
fn ten_thousand_moves_leave_everybody_in_one_channel() {
    let mut play = Play::new(Cache::builder().max_entries(Kind::VoiceState, 12).build());
    play.event("GUILD_CREATE", guild(1));
    let mut random = Rng::with_seed(7);
    for _ in 0..10_000 {
        let channel = [None, Some(100), Some(101)][random.usize(..3)];
        goes(&mut play, 1, random.u64(20..40), channel);
        let all = play.cache.guild_voice_states(id(1)).count();
        assert_eq!(
            play.cache.voice_users(id(100)) + play.cache.voice_users(id(101)),
            all
        );
        assert!(all <= 12);
    }
}

#[test]
fn a_disconnect_that_nobody_asked_for_is_forced() {
    let mut play = connected();
    let own = |changes: Vec<Change>| {
        changes.into_iter().find_map(|change| match change {
            Change::OwnVoice {
                from, to, forced, ..
            } => Some((from.map(ChannelId::get), to.map(ChannelId::get), forced)),
            _ => None,
        })
    };
    play.cache.expect_voice(id(1), Some(id(100)));
    let changes = goes(&mut play, 1, ME, None);
    assert_eq!(own(changes), Some((Some(100), None, true)));
    assert!(play.cache.voice_server(id(1)).is_none());
    assert!(
        play.cache.voice_server(id(2)).is_some(),
        "connected there all the same"
    );
    assert_eq!(own(goes(&mut play, 1, ME, None)), None);

    assert_eq!(
        own(goes(&mut play, 1, ME, Some(100))),
        Some((None, Some(100), false))
    );
    assert_eq!(
        own(goes(&mut play, 1, ME, Some(101))),
        Some((Some(100), Some(101), true))
    );
    play.cache.expect_voice(id(1), None);
    assert_eq!(
        own(goes(&mut play, 1, ME, None)),
        Some((Some(101), None, false))
    );
    assert_eq!(
        own(goes(&mut play, 2, ME, None)),
        Some((Some(1_100), None, false)),
        "nothing was said"
    );
    assert_eq!(own(goes(&mut play, 1, 7, Some(100))), None);
}

#[test]
fn leaving_a_guild_ends_the_own_connection_to_it_and_to_no_other() {
    let mut play = connected();
    play.event("GUILD_DELETE", json!({"id": "1"}));
    assert!(play.cache.voice_state(id(1), id(ME)).is_none());
    assert!(play.cache.voice_server(id(1)).is_none());
    assert!(play.cache.voice_state(id(2), id(ME)).is_some());
    play.event("GUILD_CREATE", guild(1));
    assert!(play.cache.voice_state(id(1), id(ME)).is_none());
    assert_eq!(there(&play, 1_100), [ME]);
}

#[test]
fn the_token_of_a_voice_server_is_not_printed() {
    let play = connected();
    let server = play.cache.voice_server(id(1)).unwrap();
    assert_eq!(server.endpoint.as_deref(), Some("e:443"));
    assert!(!format!("{server:?} {:?}", play.cache).contains("do-not-tell"));
}

#[test]
fn entitlements_are_of_no_guild_and_stay_until_they_are_deleted() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let entitlement = json!({"id": "900", "sku_id": "1", "application_id": "2", "type": 8, "deleted": false,
        "guild_id": "1", "starts_at": null, "ends_at": null});
    let changes = play.event("ENTITLEMENT_CREATE", entitlement.clone());
    assert!(
        matches!(&changes[..], [Change::Entitlement(Delta::Added(_))]),
        "{changes:?}"
    );
    assert!(
        play.event("ENTITLEMENT_CREATE", entitlement.clone())
            .is_empty()
    );
    let mut ended = entitlement.clone();
    ended["ends_at"] = json!("2026-05-01T00:00:00.000000+00:00");
    assert_eq!(play.event("ENTITLEMENT_UPDATE", ended).len(), 1);
    play.event("GUILD_DELETE", json!({"id": "1"}));
    assert!(play.cache.entitlement(id(900)).unwrap().ends_at.is_some());
    assert_eq!(play.cache.entitlements().len(), 1);
    assert_eq!(play.event("ENTITLEMENT_DELETE", entitlement).len(), 1);
    assert!(play.cache.entitlement(id(900)).is_none());
}
