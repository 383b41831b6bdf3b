//! What a cache holds outlives its process, or is refused with the reason.

use std::io::{self, Write};

use polycord_cache::{Cache, CacheBuilder, GuildState, Kind, RestoreError, SessionPoint};
use serde_json::json;

use crate::leaving::filled;
use crate::play::{Play, channel, guild, id, member, secs, thread};

fn point(session: &str, sequence: u64) -> SessionPoint {
    SessionPoint {
        shard: (0, 1),
        session_id: session.to_owned(),
        sequence,
    }
}

/// Two guilds, one of which has an outage.
fn played(cache: Cache) -> Play {
    let mut play = Play::new(cache);
    play.ready(&[1, 2]);
    let mut whole = guild(1);
    whole["threads"] = json!([thread(200, 100, false)]);
    whole["members"][0]["nick"] = json!("Ada");
    whole["members"][0]["roles"] = json!(["150"]);
    whole["members"].as_array_mut().unwrap().push(member(99));
    play.event("GUILD_CREATE", whole);
    play.event("GUILD_CREATE", guild(2));
    play.event("GUILD_DELETE", json!({"id": "2", "unavailable": true}));
    play
}

fn written(cache: &Cache, sessions: &[SessionPoint]) -> Vec<u8> {
    let mut file = Vec::new();
    let snapshot = cache.snapshot(sessions.iter().cloned());
    snapshot.write_to(&mut file).unwrap();
    file
}

#[test]
fn what_was_known_is_known_again() {
    let before = played(Cache::new());
    let file = written(&before.cache, &[point("s", 5)]);
    let again = Cache::builder().restore(&file[..], &[point("s", 5)]);
    let mut again = Play::new(again.unwrap());

    assert_eq!(written(&again.cache, &[]), written(&before.cache, &[]));
    let (now, then) = (again.cache.counts(), before.cache.counts());
    assert!(now.iter().eq(then.iter()), "{now:?} {then:?}");
    assert_eq!(again.cache.current_user(), before.cache.current_user());
    for id in [1, 2] {
        assert_eq!(again.guild(id), before.guild(id));
        assert_eq!(again.channel_ids(id), before.channel_ids(id));
        assert_eq!(again.role_ids(id), before.role_ids(id));
        assert_eq!(again.member_ids(id), before.member_ids(id));
    }
    let ada = again.member(1, 7).unwrap();
    assert_eq!((ada.nick(), ada.roles()), (Some("Ada"), &[id(150)][..]));
    assert_eq!(again.user(7), before.user(7));
    assert_eq!(again.channel(200), before.channel(200));
    assert_eq!(again.state(2), Some(GuildState::Unavailable));

    // It goes on as if nothing had happened: what is told again is known, who leaves is gone, and users with them.
    let mut same = channel(100);
    same["guild_id"] = json!("1");
    assert!(again.event("CHANNEL_UPDATE", same).is_empty());
    again.leaves(1, 8);
    assert!(again.user(8).is_some(), "guild 2 is shared with them");
    again.event("GUILD_DELETE", json!({"id": "2"}));
    assert!(again.user(8).is_none());
    assert_eq!(again.guild(1).unwrap().member_count(), Some(1));
    again.event("GUILD_DELETE", json!({"id": "1"}));
    let own = [Kind::User, Kind::CurrentUser];
    for (kind, count) in again.cache.counts().iter() {
        assert_eq!(count, usize::from(own.contains(&kind)), "{kind:?}");
    }
}

#[test]
fn every_kind_outlives_its_process_but_who_is_typing_and_the_voice_server() {
    let mut before = filled();
    before.event(
        "VOICE_CHANNEL_STATUS_UPDATE",
        json!({"id": "101", "guild_id": "1", "status": "singing"}),
    );
    let file = written(&before.cache, &[]);
    let again = Cache::builder().restore(&file[..], &[]).unwrap();
    for (kind, entries) in before.cache.counts().iter() {
        let ends = matches!(kind, Kind::Typing | Kind::VoiceServer);
        let expected = if ends { 0 } else { entries };
        assert_eq!(again.counts().of(kind), expected, "{kind:?}");
    }
    assert_eq!(again.audit(), Vec::<String>::new());

    let cache = &before.cache;
    let message = again.message(id(100), id(1_000)).unwrap();
    assert_eq!(message.content(), "hello");
    let author = message.author(&again).unwrap();
    assert_eq!(author.username, "user 7");
    assert_eq!(again.presence(id(1), id(7)), cache.presence(id(1), id(7)));
    assert_eq!(
        again.voice_state(id(1), id(8)),
        cache.voice_state(id(1), id(8))
    );
    assert_eq!(again.voice_users(id(101)), 1);
    assert_eq!(again.read_state(id(100)), cache.read_state(id(100)));
    assert_eq!(
        again.channel(id(101)).unwrap().voice_status(),
        Some("singing")
    );
    assert_eq!(again.invite("rust"), cache.invite("rust"));
    assert_eq!(again.ban(id(1), id(50)), cache.ban(id(1), id(50)));
}

#[test]
fn guilds_of_a_session_that_is_not_resumed_are_cold() {
    let before = played(Cache::new());
    let file = written(&before.cache, &[point("s", 5)]);
    let again = Play::new(Cache::builder().restore(&file[..], &[]).unwrap());
    assert_eq!(again.state(1), Some(GuildState::Cold));
    assert_eq!(again.member(1, 7), before.member(1, 7));
}

#[test]
fn a_snapshot_of_another_session_or_with_a_gap_is_refused() {
    let before = played(Cache::new());
    let file = written(&before.cache, &[point("s", 5)]);
    let restored = |session| Cache::builder().restore(&file[..], &[session]);

    assert!(restored(point("s", 4)).is_ok(), "what comes again is known");
    let old = restored(point("s", 6)).unwrap_err();
    assert!(matches!(
        old,
        RestoreError::TooOld {
            snapshot: 5,
            session: 6,
            ..
        }
    ));
    assert!(old.to_string().contains("resume it at 5"), "{old}");
    let other = restored(point("t", 5)).unwrap_err();
    assert!(matches!(
        other,
        RestoreError::OtherSession { shard: (0, 1) }
    ));
}

#[test]
fn a_damaged_snapshot_is_refused() {
    let before = played(Cache::new());
    let file = written(&before.cache, &[]);
    let restored = |file: &[u8]| Cache::builder().restore(file, &[]);
    assert!(restored(&file).is_ok());
    for end in (0..file.len()).step_by(13) {
        assert!(restored(&file[..end]).is_err(), "cut at {end}");
    }
    let mut random = fastrand::Rng::with_seed(7);
    for at in (0..file.len()).step_by(13) {
        let mut file = file.clone();
        file[at] ^= 1 << random.u8(..8);
        let error = restored(&file).expect_err("a bit is another");
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn what_is_no_snapshot_or_of_another_version_is_refused() {
    let restored = |file: &str| Cache::builder().restore(file.as_bytes(), &[]).unwrap_err();
    assert!(matches!(restored("{}\n"), RestoreError::NotASnapshot));
    let earlier = restored("{\"polycord_cache\": 1, \"sessions\": [], \"current_user\": null}\n");
    assert!(matches!(earlier, RestoreError::Version { found: 1, .. }));
    let later = restored("{\"polycord_cache\": 1000}\n");
    assert!(matches!(later, RestoreError::Version { found: 1000, .. }));
    assert!(matches!(
        restored("PNG\n"),
        RestoreError::Damaged { line: 1, .. }
    ));
    assert!(matches!(
        restored(""),
        RestoreError::Damaged { line: 1, .. }
    ));
}

#[test]
fn the_cache_goes_on_while_a_snapshot_is_written() {
    /// A disk that takes its time: the cache is told more between any two bytes.
    struct Slow<'a> {
        play: &'a mut Play,
        file: Vec<u8>,
        events: u64,
    }

    impl Write for Slow<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.events += 1;
            self.play.joins(1, 1_000 + self.events);
            self.file.push(bytes[0]);
            Ok(1)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let mut play = played(Cache::new());
    let expected = written(&play.cache, &[]);
    let snapshot = play.cache.snapshot([]);
    let mut disk = Slow {
        play: &mut play,
        file: Vec::new(),
        events: 0,
    };
    snapshot.write_to(&mut disk).unwrap();
    let (file, events) = (disk.file, disk.events);
    assert!(events > 1_000);
    assert_eq!(file, expected);
    assert_eq!(play.guild(1).unwrap().member_count(), Some(2 + events));
}

#[test]
fn bounds_of_the_new_cache_hold_for_what_was_saved() {
    let before = played(Cache::new());
    let file = written(&before.cache, &[]);
    let restored = |builder: CacheBuilder| builder.restore(&file[..], &[]).unwrap();

    let few = restored(Cache::builder().max_entries(Kind::Member, 2));
    assert_eq!(few.counts().of(Kind::Member), 2);
    let none = restored(Cache::builder().disable(Kind::Member));
    assert_eq!(none.counts().of(Kind::Member), 0);
    assert!(
        none.user(id(8)).is_some(),
        "users are still known to share a guild"
    );

    let short = restored(Cache::builder().ttl(Kind::User, secs(10)));
    assert!(short.user(id(8)).is_some());
    drop(short.tick(secs(10)));
    assert!(short.user(id(8)).is_none());
}
