//! Members are let in, or are not.

use polycord_cache::{Cache, Kind};
use polycord_types::gateway::EventKind;
use serde_json::{Value, json};

use crate::play::{Play, guild, member};

fn voice(user: u64, channel: Option<&str>) -> Value {
    json!({"guild_id": "1", "channel_id": channel, "user_id": user.to_string(), "session_id": "s",
        "deaf": false, "mute": false, "self_deaf": false, "self_mute": false, "self_video": false,
        "suppress": false, "request_to_speak_timestamp": null})
}

fn in_voice_only() -> Play {
    let cache = Cache::builder()
        .admit_members(|member| member.is_in_voice)
        .build();
    Play::new(cache)
}

#[test]
fn a_cache_of_members_in_voice_asks_after_the_guild_told_who_is() {
    let mut play = in_voice_only();
    play.ready(&[1]);
    let mut guild = guild(1);
    guild["members"] = json!([member(7), member(8), member(99)]);
    guild["member_count"] = json!(3);
    guild["voice_states"] = json!([voice(8, Some("100"))]);
    play.event("GUILD_CREATE", guild);
    assert_eq!(
        play.member_ids(1),
        [8, 99],
        "one in voice, and the current user"
    );
    assert!(play.user(7).is_none(), "nothing needs them");
    assert!(play.user(8).is_some());
    assert_eq!(play.guild(1).unwrap().member_count(), Some(3));
}

#[test]
fn who_leaves_voice_goes_and_who_is_there_when_heard_of_stays() {
    let mut play = in_voice_only();
    play.ready(&[1]);
    play.event("GUILD_CREATE", guild(1));
    assert!(play.member_ids(1).is_empty());

    play.event("VOICE_STATE_UPDATE", voice(8, Some("100")));
    let mut update = member(8);
    update["guild_id"] = json!("1");
    play.event("GUILD_MEMBER_UPDATE", update);
    assert_eq!(play.member_ids(1), [8]);
    // Another channel is still voice.
    play.event("VOICE_STATE_UPDATE", voice(8, Some("101")));
    assert_eq!(play.member_ids(1), [8]);

    play.event("VOICE_STATE_UPDATE", voice(8, None));
    assert!(play.member_ids(1).is_empty());
    assert!(play.user(8).is_none());
    let stats = play.cache.stats().of(Kind::Member);
    assert_eq!((stats.evictions.admission, stats.evictions.total()), (1, 1));
    assert_eq!(play.cache.audit(), Vec::<String>::new());
}

#[test]
fn who_is_not_let_in_is_counted_all_the_same_and_once() {
    let mut play = in_voice_only();
    play.event("GUILD_CREATE", guild(1));
    for _ in 0..2 {
        assert_eq!(play.joins(1, 20), []);
        assert_eq!(play.guild(1).unwrap().member_count(), Some(3));
    }
    play.leaves(1, 20);
    assert_eq!(play.guild(1).unwrap().member_count(), Some(2));
    assert_eq!(play.cache.counts().of(Kind::User), 0);
}

#[test]
fn roles_can_decide_and_their_loss_evicts() {
    let cache = Cache::builder()
        .admit_members(|member| member.roles.iter().any(|role| role.get() == 150))
        .build();
    let mut play = Play::new(cache);
    play.event("GUILD_CREATE", guild(1));
    let mut update = member(8);
    update["guild_id"] = json!("1");
    update["roles"] = json!(["150"]);
    play.event("GUILD_MEMBER_UPDATE", update.clone());
    assert_eq!(play.member_ids(1), [8]);
    update["roles"] = json!([]);
    play.event("GUILD_MEMBER_UPDATE", update);
    assert!(play.member_ids(1).is_empty());
}

#[test]
fn voice_is_wanted_by_who_is_let_in() {
    let voice = EventKind::VoiceStateUpdate;
    assert!(in_voice_only().cache.wants(voice));
}

fn connected(play: &mut Play) {
    play.event("VOICE_STATE_UPDATE", voice(8, Some("100")));
    let mut update = member(8);
    update["guild_id"] = json!("1");
    play.event("GUILD_MEMBER_UPDATE", update);
    assert_eq!(play.member_ids(1), [8]);
}

#[test]
fn who_was_in_voice_before_a_guild_is_told_anew_is_not_in_voice_for_that() {
    let mut play = in_voice_only();
    play.event("GUILD_CREATE", guild(1));
    connected(&mut play);
    play.event("GUILD_CREATE", guild(1));
    assert!(play.member_ids(1).is_empty());
    assert!(play.user(8).is_none());
    assert_eq!(play.cache.audit(), Vec::<String>::new());
}

#[test]
fn who_was_in_a_voice_channel_that_is_deleted_goes_with_it() {
    let mut play = in_voice_only();
    play.event("GUILD_CREATE", guild(1));
    connected(&mut play);
    let channel = json!({"id": "100", "type": 2, "guild_id": "1"});
    play.event("CHANNEL_DELETE", channel);
    assert!(play.member_ids(1).is_empty());
    assert_eq!(play.cache.audit(), Vec::<String>::new());
}

#[test]
fn who_is_in_voice_is_known_without_voice_states_and_after_a_restart() {
    let all = Cache::builder();
    let some = all.clone().admit_members(|member| member.is_in_voice);
    let no_states = some.clone().disable(Kind::VoiceState);
    for (before, after) in [
        (&no_states, &no_states),
        (&some, &some),
        (&no_states, &some),
        (&some, &no_states),
        (&all, &some),
    ] {
        let mut play = Play::new(before.clone().build());
        play.event("GUILD_CREATE", guild(1));
        play.event("VOICE_STATE_UPDATE", voice(8, Some("100")));
        let mut update = member(8);
        update["guild_id"] = json!("1");
        play.event("GUILD_MEMBER_UPDATE", update);
        let mut file = Vec::new();
        play.cache.snapshot([]).write_to(&mut file).unwrap();
        let mut again = Play::new(after.restore(&file[..], &[]).unwrap());
        assert_eq!(again.member_ids(1), [8]);
        again.event("VOICE_STATE_UPDATE", voice(8, None));
        assert!(again.member_ids(1).is_empty());
        assert_eq!(again.cache.audit(), Vec::<String>::new());
    }
}
